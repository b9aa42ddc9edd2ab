//! What is of which scale.

use crate::document::{Document, Limits};
use crate::proposal::model::PROPOSAL;
use crate::proposal::read;
use crate::proposal::scale::{Decisive, Scale, Scaled, Thresholds};

fn scale(system: &str, change: &str, reason: &str) -> (Scale, String, Vec<String>) {
    let text = format!(
        r#"{{"changegate": 1, "id": "x", "title": "x", "system": {{"id": "x"{system}}}, "change": {{{change}}}, "reason": {{{reason}}}}}"#
    );
    let document = Document::parse("x.json", text.into_bytes(), &Limits::default()).expect("a document");
    let tree = read(&document, &PROPOSAL).expect("a proposal");
    let scaled = Scaled::of(&tree, &Thresholds::default());
    let pointer = |decisive: &Decisive| match decisive.missing {
        Some(missing) => format!("{}/{missing}", tree.pointer(decisive.node)),
        None => tree.pointer(decisive.node),
    };
    (scaled.scale, scaled.why.clone(), scaled.because.iter().map(pointer).collect())
}

const LOW: &str = r#", "criticality": "low""#;
const PATCH: &str = r#""from": "1.0.0", "to": "1.0.1""#;

#[test]
fn a_small_step_of_a_small_system_is_routine() {
    let (scale, why, because) = scale(LOW, PATCH, r#""urgency": "planned""#);
    assert_eq!(scale, Scale::Routine);
    assert_eq!(why, "a patch step of a system of low criticality, which can be taken back");
    assert_eq!(because, ["/change/from", "/change/to", "/system/criticality"]);
}

#[test]
fn the_larger_of_the_stated_and_the_computed_step_counts() {
    for (change, expected) in [
        (r#""from": "1.0.0", "to": "2.0.0", "size": "patch""#, "the step is major"),
        (r#""from": "1.0.0", "to": "1.0.1", "size": "major""#, "the step is major"),
        (r#""from": "2.0.0", "to": "1.0.0", "size": "patch""#, "the step goes back to an earlier version"),
        (
            r#""from": "1.0.0", "to": "1.0.1", "components": [{"component": "a", "from": "1.0.0", "to": "3.0.0"}]"#,
            "the step is major",
        ),
        (r#""from": "latest", "to": "newest""#, "the size of the step is not known"),
        (r#""kind": "software""#, "the size of the step is not known"),
    ] {
        let (scale, why, _) = scale(LOW, change, "");
        assert_eq!((scale, &*why), (Scale::Standard, expected), "{change}");
    }
    for change in [
        r#""from": "a", "to": "b", "size": "patch""#,
        r#""from": "2025.4", "to": "2026.1", "scheme": "calendar", "size": "minor""#,
    ] {
        assert_eq!(scale(LOW, change, "").0, Scale::Routine, "{change}");
    }
}

#[test]
fn what_is_grave_is_critical() {
    for (system, change, why, because) in [
        ("", PATCH, "nothing says how critical the system is", "/system/criticality"),
        (r#", "criticality": "critical""#, PATCH, "the system is critical", "/system/criticality"),
        (
            r#", "criticality": "low", "serves": ["public-service"]"#,
            PATCH,
            "the system serves public service",
            "/system/serves/0",
        ),
        (
            LOW,
            r#""from": "1.0.0", "to": "1.0.1", "reversibility": "irreversible""#,
            "the change is irreversible",
            "/change/reversibility",
        ),
        (
            r#", "criticality": "high""#,
            r#""size": "major""#,
            "the step is major and the criticality of the system high",
            "/change/size",
        ),
    ] {
        let found = scale(system, change, "");
        assert_eq!((found.0, &*found.1, &*found.2[0]), (Scale::Critical, why, because));
    }
}

#[test]
fn what_is_neither_is_standard_and_haste_is_an_emergency() {
    for (change, reason, why) in [
        (r#""size": "patch", "reversibility": "hard""#, "", "the change is hard to reverse"),
        (r#""size": "patch", "alters": ["schema"]"#, "", "the change alters the schema"),
        (r#""size": "patch""#, r#""class": "hardware""#, "the class is hardware"),
        (r#""size": "patch""#, r#""urgency": "urgent""#, "the urgency is urgent"),
    ] {
        let found = scale(LOW, change, reason);
        assert_eq!((found.0, &*found.1), (Scale::Standard, why));
    }
    assert_eq!(scale("", PATCH, r#""urgency": "emergency""#).0, Scale::Emergency);
}
