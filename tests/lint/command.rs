//! The command: what is written, in which format, and how it ends.

use super::closed;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
    command.arg("-C").arg(folder).arg("lint").args(arguments).env("COLUMNS", "100").output().unwrap()
}

pub fn said(output: &Output) -> (Option<i32>, String) {
    let text = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
    (output.status.code(), text)
}

/// A folder with rules and cases, so that nothing is found but what is wrong with the text.
pub fn folder(rules: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("policies")).unwrap();
    fs::write(folder.path().join("changegate.toml"), "[policies]\npaths = [\"policies\"]\n").unwrap();
    for (name, body) in rules {
        let rule = format!(
            "const RULE = #{{ title: \"A ticket\", why: \"A test.\", help: \"name the ticket in `ticket`\", phases: [\"plan\"], level: \"deny\" }};\n{body}"
        );
        fs::write(folder.path().join(format!("policies/{name}.rhai")), rule).unwrap();
        let cases = r#"{ "cases": [{ "name": "a", "expect": [] }, { "name": "b", "expect": [{ "level": "deny", "at": "", "message": "b" }] }] }"#;
        fs::write(folder.path().join(format!("policies/{name}.cases.json")), cases).unwrap();
    }
    folder
}

pub const SOUND: &str = "fn check(p) {\n    if p.ticket == () { deny(\"no ticket is named\"); }\n}\n";
pub const UNUSED: &str =
    "fn check(p) {\n    let most = 3;\n    if p.ticket == () { deny(\"no ticket is named\"); }\n}\n";
const UNKNOWN: &str =
    "fn check(p) {\n    let most = 3;\n    if p.tickt == () || p.titel == () { dney(\"no ticket is named\"); }\n}\n";

#[test]
fn the_exit_status_says_whether_something_was_found() {
    let sound = folder(&[("a", SOUND)]);
    assert_eq!(said(&run(sound.path(), &[])), (Some(0), "PASSED  no findings in 1 rule\n".to_owned()));
    let unused = folder(&[("a", SOUND), ("b", UNUSED)]);
    let (status, told) = said(&run(unused.path(), &[]));
    assert!(
        status == Some(1) && told.contains("FAILED  1 finding in 2 rules, of which 1 can be mended by --fix"),
        "{told}"
    );
    // A part of the folder is enough.
    for path in ["policies/a.rhai", "./policies/a.cases.json"] {
        assert_eq!(said(&run(unused.path(), &[path])).0, Some(0), "{path}");
    }
}

#[test]
fn a_rule_that_cant_be_loaded_is_told_with_all_others() {
    let folder = folder(&[("a", UNKNOWN), ("b", UNUSED), ("c", "fn check(p) { import \"x\"; }")]);
    let (status, told) = said(&run(folder.path(), &[]));
    assert_eq!(status, Some(2), "{told}");
    for part in [
        "`proposal` has no field `tickt`",
        "`titel`",
        "no function `dney`",
        "error[policy/syntax]",
        "`most` is never read",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(told.ends_with("UNDECIDED  1 finding in 3 rules, of which 1 can be mended by --fix; 4 errors\n"), "{told}");
}

#[test]
fn nothing_to_look_at_is_undecided_in_every_format() {
    let empty = tempfile::tempdir().unwrap();
    let bad = folder(&[("a", SOUND)]);
    fs::write(bad.path().join("changegate.toml"), "bad = [").unwrap();
    for format in ["human", "json", "sarif", "github"] {
        for (folder, code) in [(&empty, "cases/nothing-to-test"), (&bad, "config/syntax")] {
            let (status, told) = said(&run(folder.path(), &["--format", format]));
            assert!(status == Some(2) && told.contains(code), "{format}: {told}");
        }
        assert_eq!(said(&run(bad.path(), &["--format", format, "policies/none.rhai"])).0, Some(2), "{format}");
    }
    assert_eq!(said(&run(empty.path(), &["--diff"])).0, Some(2));
    // What can't be read is no rule without cases.
    let folder = folder(&[("a", SOUND)]);
    fs::write(folder.path().join("policies/a.cases.json"), "{").unwrap();
    let (status, told) = said(&run(folder.path(), &[]));
    assert!(status == Some(2) && told.contains("error[cases/syntax]"), "{told}");
}

#[test]
fn what_is_for_programs_is_as_its_schema_says() {
    let folder = folder(&[("a", UNKNOWN), ("b", UNUSED), ("c", SOUND)]);
    let output = run(folder.path(), &["--format", "json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut schema: Value = serde_json::from_str(&fs::read_to_string("schemas/lint-v1.json").unwrap()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    closed::close(&mut schema);
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    assert!(validator.validate(&told).is_ok(), "{:#?}", validator.iter_errors(&told).collect::<Vec<_>>());
    assert_eq!((&told["summary"]["outcome"], &told["summary"]["fixable"]), (&"undecided".into(), &1.into()));
    let finding = &told["rules"][1]["findings"][0];
    assert_eq!((&finding["code"], &finding["fixable"]), (&"lint/unused-variable".into(), &true.into()));
    let place = ["line", "column", "end_line", "end_column"].map(|name| finding[name].as_u64().unwrap());
    assert_eq!(place, [3, 9, 3, 13]);
    assert_eq!(told["rules"][0]["faults"].as_array().map(Vec::len), Some(3));
    assert_eq!(run(folder.path(), &["--format", "json"]).stdout, output.stdout);
    let mended = run(folder.path(), &["--format", "json", "--fix"]);
    let told: Value = serde_json::from_slice(&mended.stdout).unwrap();
    assert!(validator.validate(&told).is_ok(), "{:#?}", validator.iter_errors(&told).collect::<Vec<_>>());
    assert_eq!(told["rules"][1]["mended"][0], *finding);
}

#[test]
fn code_scanning_and_annotations_are_told_where() {
    let folder = folder(&[("a", UNKNOWN), ("b", UNUSED)]);
    let output = run(folder.path(), &["--format", "sarif"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let run_of = &told["runs"][0];
    let ids: Vec<_> =
        run_of["results"].as_array().unwrap().iter().map(|result| result["ruleId"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        ["policy/unknown-field", "policy/unknown-field", "policy/unknown-function", "lint/unused-variable"]
    );
    assert_eq!(run_of["automationDetails"]["id"], "changegate/lint/");
    assert_eq!(run_of["invocations"][0]["exitCodeDescription"], "undecided");
    let region = &run_of["results"][3]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"], &region["endColumn"]),
        (&3.into(), &9.into(), &13.into())
    );
    let (_, told) = said(&run(folder.path(), &["--format", "github"]));
    assert!(
        told.contains(
            "::warning file=policies/b.rhai,line=3,endLine=3,col=9,endColumn=13,title=warn[lint/unused-variable]::"
        ),
        "{told}"
    );
    assert!(told.contains("::error file=policies/a.rhai,") && told.ends_with("changegate: undecided\n"), "{told}");
}

#[test]
fn a_new_rule_is_clean() {
    let folder = folder(&[]);
    let new = Command::new(env!("CARGO_BIN_EXE_changegate"))
        .current_dir(folder.path())
        .args(["new", "rule", "house/x"])
        .status();
    assert!(new.unwrap().success());
    assert_eq!(said(&run(folder.path(), &[])), (Some(0), "PASSED  no findings in 1 rule\n".to_owned()));
}
