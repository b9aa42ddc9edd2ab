//! What a rule says weighs what its days and the proposal make of it, and a trace says so.

use super::{folder, run, said, told};
use serde_json::Value;
use std::fs;

#[test]
fn a_rule_that_does_not_block_yet_says_from_when_on_it_does() {
    let folder = folder("fn check(p) {\n    deny(\"one\", p.title);\n    warn(\"two\", p.title);\n}\n");
    let path = folder.path().join("policies/a/rule.rhai");
    let text = fs::read_to_string(&path).unwrap().replace("level:", "effective_on: \"2027-03-01\", level:");
    fs::write(&path, text).unwrap();
    let (status, text) = said(&run(folder.path(), &["a/rule", "p.json"]));
    assert_eq!(status, Some(0));
    assert!(text.contains("staged   warns, and blocks from 2027-03-01"), "{text}");
    assert!(text.contains("PASS  a/rule: the rule denies nothing; it warns 2 times"), "{text}");
    assert!(text.contains("warn: one (blocks from 2027-03-01)") && text.contains("warn: two  p.json"), "{text}");
    let (_, told) = told(folder.path());
    assert_eq!((&told["level"], &told["blocks_on"]), (&"warn".into(), &"2027-03-01".into()));
    assert_eq!(told["effective_on"], "2027-03-01");
    let came = |line: usize| told["trace"]["lines"][line]["came"][0]["blocks_on"].clone();
    assert_eq!((came(1), came(2)), ("2027-03-01".into(), Value::Null));
    let report = ["a/rule", "p.json", "--report", "html=page.html"];
    assert_eq!(run(folder.path(), &report).status.code(), Some(0));
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.contains("The rule warns, and blocks from 2027-03-01."), "{page}");
    assert_eq!(page.matches("(blocks from 2027-03-01)").count(), 2);
}

#[test]
fn a_draft_is_no_invalid_proposal() {
    let folder = folder("fn check(p) {\n    if p.title == () { deny(\"x\"); }\n}\n");
    let path = folder.path().join("p.json");
    let mut proposal: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    proposal["draft"] = true.into();
    fs::write(&path, serde_json::to_vec(&proposal).unwrap()).unwrap();
    let (status, text) = said(&run(folder.path(), &["a/rule", "p.json"]));
    assert_eq!(status, Some(1));
    assert!(text.contains("the proposal is a draft, whatever the rule says"), "{text}");
}
