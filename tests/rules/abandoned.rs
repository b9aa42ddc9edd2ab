//! What was given up before anything changed can be closed, whatever had been prepared by then.

use crate::good;
use crate::of_each;
use changegate::facts::Phase;
use changegate::gate::Gate;
use serde_json::{Value, json};

/// What a proposal has to say before it is anything; all else may be missing when it is given up.
const LEAST: [&str; 9] =
    ["changegate", "id", "title", "submitted_by", "submitted_at", "system", "change", "reason", "window"];

#[test]
fn what_was_abandoned_can_be_closed_whatever_was_prepared() {
    let goods: Vec<_> = good::all().into_iter().filter(|good| good.phase == Phase::Plan).collect();
    let open = of_each(&goods, |good| {
        let closing = good::gate(Phase::Close, "2027-01-08T09:00:00Z", good.systems);
        forms(&good.proposal).into_iter().filter_map(|form| left_open(&closing, good.file, form)).collect::<Vec<_>>()
    });
    let open: Vec<_> = open.into_iter().flatten().collect();
    assert!(open.is_empty(), "{}", open.join("\n"));
}

/// The proposal as it was good, each of its parts left out, no more of it than there has to be, and that so late that the gate would not have let it begin.
fn forms(whole: &Value) -> Vec<(String, Value)> {
    let without = |lost: &dyn Fn(&str) -> bool| {
        let mut form = whole.clone();
        form.as_object_mut().unwrap().retain(|part, _| LEAST.contains(&part.as_str()) || !lost(part));
        form
    };
    let bare = without(&|_| true);
    let mut late = bare.clone();
    late["submitted_at"] = late["window"]["start"].clone();
    late["reason"]["class"] = "security".into();
    let parts = whole.as_object().unwrap().keys().filter(|part| !LEAST.contains(&part.as_str()));
    let each = parts.map(|part| (format!("without `{part}`"), without(&|lost| lost == part)));
    let whole =
        [("whole", whole.clone()), ("bare", bare), ("late", late)].map(|(called, form)| (called.to_owned(), form));
    whole.into_iter().chain(each).collect()
}

fn left_open(closing: &Gate, file: &str, (called, mut proposal): (String, Value)) -> Option<String> {
    proposal["record"] = json!({
        "outcome": "abandoned",
        "finished_at": "2026-11-21T18:00:00+01:00",
        "staff": ["@bo"],
        "issues": [{ "what": "the maker withdrew the release", "resolution": "the next one is proposed anew", "resolved": true }],
        "rollback": "not-needed",
        "communication": {
            "confirmed_at": "2026-11-21T18:30:00+01:00",
            "channel": "mail",
            "to": ["users", "operators", "support-staff", "customers", "partners"],
        },
        "follow_ups": [],
        "lessons": { "went_well": ["it was noticed in time"], "took_longer": [], "missed": ["a second source"] },
    });
    if proposal.get("fast_track").is_some() {
        proposal["record"]["review"] = json!({
            "at": "2026-11-26T10:00:00+01:00",
            "by": ["@ida", "@ada"],
            "outcome": "The release was withdrawn two hours before the window; the proxy blocks uploads until the next one is there.",
            "obligations": [{ "id": "log-search", "status": "done", "on": "2026-11-24", "by": "@ida" }],
        });
    }
    let judgement = closing.judge("proposal.json", proposal.to_string().into_bytes());
    assert!(judgement.faults.is_empty(), "{file}: {:#?}", judgement.faults);
    let denials = judgement.findings.iter().filter(|finding| finding.blocks());
    let denials: Vec<_> = denials.map(|finding| format!("\n  [{}] {}", finding.rule, finding.message)).collect();
    (!denials.is_empty()).then(|| format!("{file}, {called}:{}", denials.concat()))
}
