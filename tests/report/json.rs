//! The report for programs.

use crate::closed;
use crate::material::*;
use changegate::finding::Level;
use changegate::report::SCHEMA;
use changegate::verdict::{Configured, Judgement, Other, Profile, Terms};
use serde_json::Value;

/// Reports of all kinds: passed, blocked, undecided, empty, hostile, with everything that may be said.
fn reports() -> Vec<String> {
    let s = sources();
    let mut undecided = judgement("proposals/gone.json", Vec::new());
    undecided.faults = vec![rule_fault(&s), placeless_fault()];
    (undecided.id, undecided.title, undecided.digest, undecided.profile) = (None, None, None, None);
    (undecided.evaluated, undecided.scale) = (false, None);
    let mut unread = terms();
    unread.configuration = Some(Configured { file: "changegate.toml".into(), digest: None, scale: Vec::new() });
    let defaults = Terms { configuration: None, ..terms() };
    let mut faulty = judgement("proposals/faulty.json", Vec::new());
    faulty.profile = Some(Profile { file: "systems/faulty.json".into(), digest: None });
    let mut owing = judgement("proposals/owing.json", Vec::new());
    owing.obligations = vec![owed("load-test", Some("2026-12-20")), owed("lessons", None)];
    owing.accepted = vec![accepted("@ada", Some("2026-12-20")), accepted("@bo", None)];
    let mut among = judgement("proposals/among.json", Vec::new());
    among.others = vec![Other { file: "proposals/fine.json".into(), digest: format!("sha256:{}", "ef".repeat(32)) }];
    vec![
        json(&terms(), &[among], &[]),
        json(&terms(), &[owing], &[]),
        json(&defaults, &[faulty], &[]),
        json(&unread, &[], &[placeless_fault()]),
        json(&terms(), &[], &[]),
        json(&terms(), &[judgement("proposals/fine.json", Vec::new())], &[]),
        json(&adjusted_terms(), &blocked(), &[]),
        json(&terms(), &[judgement("twice.json", vec![duplicate_key(), hostile(), minified()])], &[]),
        json(&terms(), &[undecided], &[placeless_fault()]),
    ]
}

fn blocked() -> Vec<Judgement> {
    let s = sources();
    vec![
        judgement("proposals/fine.json", Vec::new()),
        judgement(s.proposal.name(), vec![vague_reason(&s), old_restore_test(&s), no_duration(&s)]),
    ]
}

fn parsed(report: &str) -> Value {
    serde_json::from_str(report).unwrap_or_else(|error| panic!("{error}\n{report}"))
}

#[test]
fn a_blocked_run() {
    insta::assert_snapshot!(json(&adjusted_terms(), &blocked(), &[]));
}

#[test]
fn an_undecided_run() {
    let s = sources();
    insta::assert_snapshot!(json(&terms(), &[], &[rule_fault(&s), placeless_fault()]));
}

#[test]
fn reports_are_as_the_schema_says() {
    let mut schema = parsed(SCHEMA);
    jsonschema::draft202012::meta::validate(&schema).expect("the schema is a schema");
    closed::close(&mut schema);
    let validator =
        jsonschema::draft202012::options().should_validate_formats(true).build(&schema).expect("the schema compiles");
    for report in reports() {
        let errors: Vec<String> = validator
            .iter_errors(&parsed(&report))
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}\n{report}");
    }
}

/// Fields may be added within the version, so a report of a later one must still be valid by the schema of today.
#[test]
fn a_report_with_more_fields_is_valid() {
    let validator = jsonschema::draft202012::new(&parsed(SCHEMA)).expect("the schema compiles");
    let mut report = parsed(&json(&adjusted_terms(), &blocked(), &[]));
    report["later"] = 1.into();
    for pointer in ["/policies", "/digests", "/rules/0", "/proposals/1", "/proposals/1/findings/0", "/summary", "/exit"]
    {
        report.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}"))["later"] = 1.into();
    }
    let errors: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// All of the schema is described, and no object is closed to what is added later.
#[test]
fn the_schema_is_open_and_described() {
    fn walk(schema: &Value, at: &str) {
        if let Some(properties) =
            schema.get("properties").and_then(Value::as_object).filter(|_| schema.get("type").is_some())
        {
            assert_eq!(schema.get("additionalProperties"), None, "{at}");
            for (name, property) in properties {
                assert!(
                    property.get("description").is_some() || property.get("$ref").is_some(),
                    "{at}/{name} has a description"
                );
                walk(property, &format!("{at}/{name}"));
            }
        }
    }
    let schema = parsed(SCHEMA);
    walk(&schema, "");
    for (name, definition) in schema["$defs"].as_object().expect("definitions") {
        assert!(definition.get("description").is_some(), "{name} has a description");
        walk(definition, name);
    }
}

/// Written piece by piece, it is indented as if written at once.
#[test]
fn reports_are_pretty_and_end_with_a_newline() {
    for report in reports() {
        assert!(report.ends_with("\n}\n"), "{report}");
        let mut depth = 0_usize;
        for line in report.lines() {
            let text = line.trim_start();
            depth -= usize::from(text.starts_with(['}', ']']));
            assert_eq!(line.len() - text.len(), 2 * depth, "{line}");
            depth += usize::from(text.ends_with(['{', '[']));
        }
    }
}

#[test]
fn equal_runs_give_equal_bytes() {
    assert_eq!(reports(), reports());
}

#[test]
fn text_is_raw_and_inert() {
    let judged = Judgement { consulted: unavailable(HOSTILE), ..judgement(HOSTILE, vec![hostile()]) };
    let report = json(&terms(), &[judged], &[]);
    assert!(report.bytes().all(|b| b == b'\n' || (b' '..=b'~').contains(&b)), "{report:?}");
    let report = parsed(&report);
    assert_eq!(report["proposals"][0]["file"], HOSTILE);
    assert_eq!(report["proposals"][0]["consulted"][0]["why"], HOSTILE);
    assert_eq!(report["proposals"][0]["findings"][0]["rule"], HOSTILE);
    assert_eq!(report["proposals"][0]["findings"][0]["because"][1]["value"], HOSTILE);
}

#[test]
fn the_causes_are_those_that_decided() {
    let causes = |report: &str| parsed(report)["exit"].clone();
    let s = sources();
    let mut both = judgement("a.json", vec![old_restore_test(&s)]);
    both.faults.push(placeless_fault());
    assert_eq!(
        causes(&json(&terms(), &[judgement("a.json", vec![])], &[])),
        serde_json::json!({"status": 0, "causes": []})
    );
    assert_eq!(
        causes(&json(&terms(), &blocked(), &[])),
        serde_json::json!({"status": 1, "causes": ["backup/restore-tested", "rollback/fits-window"]})
    );
    assert_eq!(causes(&json(&terms(), &[both], &[])), serde_json::json!({"status": 2, "causes": ["input/not-found"]}));
    assert_eq!(
        causes(&json(&terms(), &[], &[])),
        serde_json::json!({"status": 2, "causes": ["check/nothing-to-judge"]})
    );
}

#[test]
fn many_findings_in_one_long_line_take_bounded_time() {
    let one = minified();
    let source = std::sync::Arc::clone(&one.primary.place.source);
    let at =
        |n: usize| changegate::source::Place::new(&source, changegate::source::Span::new(n * 30 + 10, n * 30 + 20));
    let findings =
        (0..30_000).map(|n| finding("a/b", Level::Deny, "m", "", changegate::finding::Label::new(at(n), ""))).collect();
    let start = std::time::Instant::now();
    let report = json(&terms(), &[judgement("many.json", findings)], &[]);
    assert_eq!(parsed(&report)["summary"]["deny"], 30_000);
    assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
}
