//! What can be wrong with cases, and with what they begin with: each is told with its code and its place, and none passes.

use crate::{copy, run, said};
use std::fs;

/// What comes of one case in the place of all others.
fn of_case(case: &str) -> (Option<i32>, String) {
    of_file(&format!("{{\n  \"cases\": [{case}]\n}}\n"))
}

fn of_file(text: &str) -> (Option<i32>, String) {
    let folder = copy();
    fs::write(folder.path().join("policies/house/ticket.cases.json"), text).unwrap();
    said(&run(folder.path(), &["policies/house/ticket.rhai"]))
}

#[test]
fn a_case_that_can_not_be_run_is_undecided() {
    const WIKI: &str = r#""base": "proposals/wiki.json""#;
    for (case, code, what) in [
        (
            r#"{ "name": "a", "base": "nowhere.json", "expect": [] }"#.to_owned(),
            "cases/base",
            "nowhere.json can't be read",
        ),
        (
            r#"{ "name": "a", "base": "policies/house/ticket.rhai", "expect": [] }"#.to_owned(),
            "cases/base",
            "ticket.rhai:1:1",
        ),
        (
            r#"{ "name": "a", "base": "../changegate.toml", "expect": [] }"#.to_owned(),
            "input/path-escape",
            "its path leads upwards",
        ),
        (
            r#"{ "name": "a", "base": "/etc/hostname", "expect": [] }"#.to_owned(),
            "input/path-escape",
            "begins at the root of the machine",
        ),
        (
            r#"{ "name": "a", "set": { "/ticket": "OPS-1" }, "expect": [] }"#.to_owned(),
            "cases/invalid",
            "no rule judges this, as the proposal of the case is not valid: the field `changegate` is missing, and 4 more",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "set": {{ "ticket": "OPS-1" }}, "expect": [] }}"#),
            "cases/malformed-value",
            "is not a JSON Pointer",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "profile": {{ "system/criticality": "low" }}, "expect": [] }}"#),
            "cases/malformed-value",
            "is not a JSON Pointer",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "profile": {{ "/systm/criticality": "low" }}, "expect": [] }}"#),
            "cases/profile",
            "`systm` is no field",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "remove": ["/nothing"], "expect": [] }}"#),
            "cases/edit",
            "an edit can't be made: nothing stands there (`/nothing`)",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "set": {{ "/title/x": 1 }}, "expect": [] }}"#),
            "cases/edit",
            "and so no `x`",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "set": {{ "/{}": 1 }}, "expect": [] }}"#, "a/".repeat(600)),
            "cases/edit",
            "more than 512 parts",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "profile": {{ "/system/criticalty": "low" }}, "expect": [] }}"#),
            "cases/profile",
            "`criticalty` is no field",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "evidence": {{ "freeze": [] }}, "expect": [] }}"#),
            "cases/evidence",
            "`freeze` is no field",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "phase": "close", "expect": [] }}"#),
            "cases/other-phase",
            "no part in the phase close",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "params": {{ "prefx": "A" }}, "expect": [] }}"#),
            "config/unknown-parameter",
            "did you mean `prefix`?",
        ),
        (format!(r#"{{ "name": "a", {WIKI} }}"#), "cases/missing-field", "`expect` is missing"),
        (
            format!(r#"{{ "name": "a", {WIKI}, "expect": [{{ "level": "deny", "at": "ticket", "message": "x" }}] }}"#),
            "cases/malformed-value",
            "is not a JSON Pointer",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "expects": [], "expect": [] }}"#),
            "cases/unknown-field",
            "did you mean `expect`?",
        ),
        (
            format!(r#"{{ "name": "a", {WIKI}, "expect": [] }}, {{ "name": "a", {WIKI}, "expect": [] }}"#),
            "cases/same-name",
            "the first one",
        ),
    ] {
        let (status, told) = of_case(&case);
        assert!(
            status == Some(2) && told.contains(&format!("error[{code}]")) && told.contains(what),
            "{case}\n{status:?} {told}"
        );
    }
}

#[test]
fn a_file_that_can_not_be_read_is_undecided() {
    for (text, code) in
        [("{", "cases/syntax"), ("", "cases/syntax"), ("[]", "cases/wrong-type"), ("{}", "cases/missing-field")]
    {
        let (status, told) = of_file(text);
        assert!(status == Some(2) && told.contains(&format!("error[{code}]")), "{text}: {status:?} {told}");
    }
    let (status, told) = of_file("{ \"cases\": [] }");
    assert!(
        status == Some(2) && told.contains("nothing is tested") && told.contains("warn[cases/one-sided]"),
        "{told}"
    );
}

#[test]
fn cases_without_a_rule_are_undecided() {
    let folder = copy();
    fs::rename(folder.path().join("policies/house/ticket.rhai"), folder.path().join("policies/house/tickets.rhai"))
        .unwrap();
    let (status, told) = said(&run(folder.path(), &[]));
    assert_eq!(status, Some(2));
    assert!(told.contains("policies/house/ticket.cases.json belongs to no rule"), "{told}");
    assert!(told.contains("warn[cases/none]"), "{told}");
}

#[test]
fn a_rule_that_fails_is_undecided_in_its_case() {
    let folder = copy();
    let rule = folder.path().join("policies/house/ticket.rhai");
    let text = fs::read_to_string(&rule).unwrap();
    fs::write(&rule, text.replace("p.ticket == ()", "p.ticket < 5")).unwrap();
    let (status, told) = said(&run(folder.path(), &["policies/house/ticket.rhai", "--filter", "one of ours"]));
    assert!(
        status == Some(2) && told.contains("error[policy/compared-kinds]") && told.contains("in this case"),
        "{told}"
    );
    fs::write(&rule, text.replace("fn check(p)", "fn check(p")).unwrap();
    let (status, told) = said(&run(folder.path(), &["policies/house/ticket.rhai"]));
    assert!(status == Some(2) && told.matches("error[policy/").count() == 1, "{told}");
}

/// What a case holds is somebody else's text.
#[test]
fn hostile_text_is_inert() {
    let case = r#"{ "name": "\u001b[31m::error::\u202e<b>", "base": "proposals/wiki.json", "set": { "/ticket": "\u001b]0;x\u0007<script>" }, "expect": [] }"#;
    let folder = copy();
    fs::write(folder.path().join("policies/house/ticket.cases.json"), format!("{{ \"cases\": [{case}] }}")).unwrap();
    for format in ["human", "json", "junit"] {
        let (status, told) = said(&run(folder.path(), &["policies/house/ticket.rhai", "--format", format]));
        assert_eq!(status, Some(1), "{told}");
        let hostile = ['\u{1b}', '\u{7}', '\u{202e}'].iter().any(|character| told.contains(*character));
        assert!(!hostile && !told.lines().any(|line| line.trim_start().starts_with("::")), "{format}: {told}");
        assert!(format != "junit" || roxmltree::Document::parse(&told).is_ok(), "{told}");
    }
}

/// A link in the folder may lead to any file of the machine, and its lines would be shown.
#[cfg(unix)]
#[test]
fn a_base_behind_a_link_is_not_read() {
    let folder = copy();
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("proposals/link.json")).unwrap();
    let case = r#"{ "cases": [{ "name": "a", "base": "proposals/link.json", "expect": [] }] }"#;
    fs::write(folder.path().join("policies/house/ticket.cases.json"), case).unwrap();
    let (status, told) = said(&run(folder.path(), &["policies/house/ticket.rhai"]));
    assert!(status == Some(2) && told.contains("error[input/path-escape]"), "{told}");
    assert!(told.contains("a symbolic link is on the way to it"), "{told}");
}

/// A case may be about what is not valid, if it says so.
#[test]
fn what_is_not_valid_can_be_expected() {
    let found = r#""expect": [{ "rule": "proposal/missing-field", "level": "deny", "at": "", "message": "the field `title` is missing" }]"#;
    let case = format!(r#"{{ "name": "a", "base": "proposals/wiki.json", "remove": ["/title"], {found} }}"#);
    let (status, told) = of_case(&case);
    assert!(status == Some(0) && told.contains("no case gives the rule anything to judge"), "{told}");
    let (status, told) = of_case(&case.replace("`title`", "`titel`"));
    assert!(status == Some(1) && told.contains("failed[cases/differs]"), "{told}");
}

/// A case may expect whatever a rule may say.
#[test]
fn what_is_owed_at_length_can_be_expected() {
    let folder = copy();
    let rule = folder.path().join("policies/house/ticket.rhai");
    let text = fs::read_to_string(&rule).unwrap();
    let owe = format!("fn check(p) {{ owe(\"a\", \"{}\", ());", "word ".repeat(150));
    fs::write(&rule, text.replace("fn check(p) {", &owe)).unwrap();
    let path = folder.path().join("policies/house/ticket.cases.json");
    fs::write(&path, r#"{ "cases": [{ "name": "a", "base": "proposals/wiki.json", "expect": [] }] }"#).unwrap();
    for arguments in [&["policies/house/ticket.rhai", "--update"][..], &["policies/house/ticket.rhai"]] {
        let (status, told) = said(&run(folder.path(), arguments));
        assert_eq!(status, Some(0), "{told}");
    }
}

/// Whoever reads the difference sees what was written.
#[test]
fn what_is_written_hides_nothing() {
    let folder = copy();
    let path = folder.path().join("policies/house/ticket.cases.json");
    let case = r#"{ "name": "a", "base": "proposals/wiki.json", "set": { "/ticket": "x\u202ey\u009bz\ud83d\ude00" }, "expect": [] }"#;
    fs::write(&path, format!("{{ \"cases\": [{case}] }}")).unwrap();
    for status in [Some(0), Some(0)] {
        let (ended, told) = said(&run(folder.path(), &["policies/house/ticket.rhai", "--update"]));
        assert_eq!(ended, status, "{told}");
    }
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(r#""message": "x\u202ey\u009bz😀 is no ticket of ours""#), "{text}");
}

#[test]
fn what_is_owed_twice_is_expected_twice() {
    let folder = copy();
    let rule = folder.path().join("policies/house/ticket.rhai");
    let text = fs::read_to_string(&rule).unwrap();
    fs::write(&rule, text.replace("fn check(p) {", "fn check(p) { owe(\"a\", \"b\", ()); owe(\"a\", \"b\", ());"))
        .unwrap();
    for (owed, status) in [(r#""- a: b", "- a: b""#, 0), (r#""- a: b""#, 1), (r#""- a: b", "- a: c""#, 1)] {
        let case = format!(
            r#"{{ "cases": [{{ "name": "a", "base": "proposals/wiki.json", "owed": [{owed}], "expect": [] }}] }}"#
        );
        fs::write(folder.path().join("policies/house/ticket.cases.json"), case).unwrap();
        assert_eq!(said(&run(folder.path(), &["policies/house/ticket.rhai"])).0, Some(status), "{owed}");
    }
}
