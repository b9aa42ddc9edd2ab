//! What a fast track may leave out is left out by other rules, which ask `fast_track_holds`; and `fast-track/eligible` tells what
//! is wrong. Both have to say the same of every proposal.

use super::case::{Case, Expected, cases, judge};
use changegate::cases::OneRule;
use changegate::source::Source;
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;

/// How severe is severe enough and how soon is soon enough are parameters of `fast-track/eligible` alone, and whether a vector is whole is
/// asked by it alone.
const RULE_ALONE: [&str; 3] =
    ["the fast track begins at", "the fast track is for what begins within", "no CVSS vector"];

fn probe() -> OneRule {
    let probe = r#"
        const RULE = #{ title: "A probe", why: "A test.", help: "none", phases: ["plan", "deploy"], level: "info" };
        fn check(p) { if fast_track_holds() { info("it holds"); } }
    "#;
    OneRule::new(&Arc::from("a/probe"), &Arc::new(Source::new("probe.rhai".to_owned(), probe.to_owned())))
}

fn eligible() -> OneRule {
    let text = fs::read_to_string("policies/fast-track/eligible.rhai").unwrap();
    OneRule::new(&Arc::from("fast-track/eligible"), &Arc::new(Source::new("eligible.rhai".to_owned(), text)))
}

fn holds(probe: &OneRule, case: &Case) -> bool {
    judge(probe, case).iter().any(|found| found.message == "it holds")
}

fn by_rule_alone(found: &[Expected]) -> bool {
    RULE_ALONE.iter().any(|what| found.iter().any(|found| found.message.contains(what)))
}

/// What could not be verified is warned of, and holds.
fn is_denied(found: &[Expected]) -> bool {
    found.iter().any(|found| found.level == "deny")
}

fn without_claim(case: &Case) -> bool {
    case.remove.iter().any(|removed| removed == "/fast_track")
}

#[test]
fn a_fast_track_holds_where_it_is_not_denied() {
    let probe = probe();
    let mut held = 0;
    for case in cases("policies", "fast-track/eligible")
        .iter()
        .filter(|case| case.base == "examples/fast-track.json" && !without_claim(case))
    {
        if !by_rule_alone(&case.expect) {
            let holds = holds(&probe, case);
            assert_eq!(holds, !is_denied(&case.expect), "{}", case.name);
            held += usize::from(holds);
        }
    }
    assert!(held > 0, "no case passes");
}

/// The sections that the fast track is about. What stands elsewhere is left out and takes no other values, which would take a minute.
const READ: [&str; 4] = ["/change", "/reason", "/fast_track", "/window/start"];

/// Each value of the example is left out, and each of those is changed, with the advisory looked up and without.
#[test]
fn whatever_makes_eligible_deny_spares_nothing() {
    let (probe, eligible) = (probe(), eligible());
    let example: Value = serde_json::from_str(&fs::read_to_string("examples/fast-track.json").unwrap()).unwrap();
    let looked_up = cases("policies", "fast-track/eligible")
        .into_iter()
        .find(|case| case.name == "verified: severe, affected and fixed")
        .unwrap();
    let bare =
        || Case { set: Default::default(), remove: Vec::new(), evidence: Default::default(), ..looked_up.clone() };
    let mut denied = 0;
    for ground in [&bare as &dyn Fn() -> Case, &|| looked_up.clone()] {
        for (pointer, becomes) in edits(&example) {
            let mut case = ground();
            if case.remove.contains(&pointer) {
                continue;
            }
            case.name = format!("{pointer} becomes {becomes:?}");
            match becomes {
                Some(value) => _ = case.set.insert(pointer, value),
                None => case.remove.push(pointer),
            }
            let found = judge(&eligible, &case);
            // A proposal that is no valid one is judged by no rule.
            if without_claim(&case) || by_rule_alone(&found) || found.iter().any(|found| found.rule.is_some()) {
                continue;
            }
            assert_eq!(holds(&probe, &case), !is_denied(&found), "{}: {found:#?}", case.name);
            denied += usize::from(is_denied(&found));
        }
    }
    assert!(denied > 20, "{denied} edits were denied");
}

fn edits(proposal: &Value) -> Vec<(String, Option<Value>)> {
    let mut edits = Vec::new();
    let mut places = vec![String::new()];
    while let Some(pointer) = places.pop() {
        let value = proposal.pointer(&pointer).unwrap();
        if !pointer.is_empty() {
            edits.push((pointer.clone(), None));
            if READ.iter().any(|section| pointer.starts_with(section)) {
                edits.extend(others(value).into_iter().map(|other| (pointer.clone(), Some(other))));
            }
        }
        match value {
            Value::Object(members) => places.extend(members.keys().map(|name| format!("{pointer}/{name}"))),
            Value::Array(items) => places.extend((0..items.len()).map(|index| format!("{pointer}/{index}"))),
            _ => {}
        }
    }
    edits
}

/// Other values of the kind: words of the fields that the fast track depends on, versions before and after, times long past and to come.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(flag) => vec![json!(!flag)],
        Value::String(_) => {
            let texts =
                ["tbd", "bug", "planned", "optional", "urgent", "low", "1.0", "2.31.0", "2.31.3", "99.0", "series 9"];
            let times = ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"];
            texts.into_iter().chain(times).map(|text| json!(text)).collect()
        }
        _ => Vec::new(),
    }
}
