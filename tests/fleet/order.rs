//! The order of the files never changes what is found.

use super::few_rules::judged;
use super::run::edited;
use changegate::verdict::{Judgement, Outcome};
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Value, json};

const IDS: [&str; 5] = ["a", "b", "c", "d", "e"];
const SYSTEMS: [&str; 3] = ["s", "t", "u"];
const SITES: [&str; 3] = ["one", "two", "three"];

/// A small proposal in a small world, so that many have to do with each other.
fn proposal() -> impl Strategy<Value = Value> {
    let of = |names: &'static [&'static str]| subsequence(names, 0..=names.len().min(2));
    (
        (0..IDS.len(), 0..SYSTEMS.len(), 0..6_u32, 1..4_u32),
        (of(&IDS), of(&SYSTEMS), of(&SYSTEMS), of(&["@ada", "@bo"]), of(&SITES)),
        (0..3_usize, 0..4_usize, prop::option::of(0..9_u32)),
    )
        .prop_map(|((id, system, start, hours), (after, needs, needing, people, sites), (version, record, later))| {
            let at = |hour: u32| json!(format!("2026-12-06T{hour:02}:00:00Z"));
            let systems = |names: &[&str]| names.iter().map(|name| json!({ "system": name })).collect::<Value>();
            let mut contacts: Value = people.iter().map(|name| json!({ "name": name, "roles": ["technical"] })).collect();
            if let (Some(contact), Some(later)) = (contacts.get_mut(0), later) {
                contact["to"] = at(later + 1);
            }
            let record = [
                Value::Null,
                json!({}),
                json!({ "outcome": "succeeded", "finished_at": "2026-11-20T05:00:00Z" }),
                json!({ "outcome": "abandoned", "finished_at": "2026-11-20T05:00:00Z" }),
            ][record]
                .clone();
            let dependencies = systems(&needs);
            // A later window, and a stage that begins in it or in the first one.
            let alternatives: Value =
                later.iter().map(|&later| json!({ "start": at(later), "end": at(later + 2) })).collect();
            let stages: Value = later.iter().map(|&later| json!({ "name": "next", "start": at(later + 1) })).collect();
            edited(
                "routine-patch",
                IDS[id],
                &[
                    ("/after", json!(after)),
                    (
                        "/system",
                        json!({ "id": SYSTEMS[system], "dependencies": dependencies, "dependants": systems(&needing) }),
                    ),
                    ("/window/start", at(start)),
                    ("/window/end", at(start + hours)),
                    ("/window/latest_rollback_decision", Value::Null),
                    ("/window/alternatives", alternatives),
                    ("/change/rollout", json!({ "strategy": "staged", "stages": stages })),
                    ("/support", json!({ "contacts": contacts })),
                    ("/change/sites", json!(sites)),
                    ("/change/to", json!(["2.31.2", "2.31.3", "v2.31.2"][version])),
                    ("/record", record),
                ],
            )
        })
}

/// What is found, as far as it may not depend on the names of files.
fn told(judgement: &Judgement) -> (Option<String>, Outcome, Vec<String>) {
    let finding = |finding: &changegate::finding::Finding| {
        format!("{} {} {} {}", finding.rule, finding.level, finding.pointer, finding.related.len())
    };
    let mut findings: Vec<_> = judgement.findings.iter().map(finding).collect();
    findings.extend(judgement.faults.iter().map(|fault| fault.code.to_owned()));
    findings.sort();
    (judgement.title.clone(), judgement.outcome(), findings)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_never_changes_what_is_found(
        (proposals, turned) in prop::collection::vec(proposal(), 2..7).prop_flat_map(|mut proposals| {
            // The title tells which is which, as ids may occur twice.
            proposals.iter_mut().enumerate().for_each(|(number, proposal)| proposal["title"] = format!("proposal {number}").into());
            (Just(proposals.clone()), Just(proposals).prop_shuffle())
        })
    ) {
        let found = |proposals: &[Value]| {
            let mut found: Vec<_> = judged(proposals, |_| {}).iter().map(told).collect();
            found.sort_by(|one, other| one.0.cmp(&other.0));
            found
        };
        prop_assert_eq!(found(&proposals), found(&turned));
    }
}
