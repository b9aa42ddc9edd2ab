//! `changegate test`, as those meet it who write rules: what can be wrong with cases, what is written for programs, and what --update
//! writes into them. What it prints for people is in tests/cli/test.trycmd.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[path = "../schema/closed.rs"]
mod closed;
mod coverage;
mod new;
mod wrong;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The folder of tests/cli/test.trycmd, of which a case fails and one begins with what is not there.
const FOLDER: &str = "tests/cli/test.in";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_changegate"))
        .arg("-C")
        .arg(folder)
        .arg("test")
        .args(arguments)
        .env("COLUMNS", "200")
        .output()
        .unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    let text = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
    (output.status.code(), text)
}

/// A copy that can be written to.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut names = vec![String::new()];
    while let Some(name) = names.pop() {
        for entry in fs::read_dir(Path::new(FOLDER).join(&name)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{name}/{}", entry.file_name().to_str().unwrap());
            let name = name.trim_start_matches('/').to_owned();
            if entry.file_type().unwrap().is_dir() {
                fs::create_dir_all(folder.path().join(&name)).unwrap();
                names.push(name);
            } else {
                fs::copy(entry.path(), folder.path().join(&name)).unwrap();
            }
        }
    }
    folder
}

/// What a terminal takes that knows no more than ASCII.
#[test]
fn what_is_cut_ends_as_the_terminal_takes_it() {
    let folder = copy();
    let file = folder.path().join("policies/house/ticket.cases.json");
    let cases =
        format!(r#"{{ "cases": [{{ "name": "{}", "base": "proposals/wiki.json", "expect": [] }}] }}"#, "a".repeat(300));
    fs::write(file, cases).unwrap();
    for (locale, end) in [("de_DE.ISO-8859-1", "a...\n"), ("C.UTF-8", "a…\n")] {
        let told = Command::new(env!("CARGO_BIN_EXE_changegate"))
            .current_dir(folder.path())
            .args(["-v", "test", "policies/house/ticket.rhai"])
            .env("LC_ALL", locale)
            .output()
            .unwrap();
        let text = String::from_utf8(told.stdout).unwrap();
        assert!(text.contains(end), "{locale}: {text}");
        assert_eq!(text.is_ascii(), locale != "C.UTF-8", "{text}");
    }
}

#[test]
fn what_is_for_programs_is_as_its_schema_says() {
    let output = run(Path::new(FOLDER), &["--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut schema: Value = serde_json::from_str(&fs::read_to_string("schemas/test-v1.json").unwrap()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    closed::close(&mut schema);
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    assert!(validator.validate(&told).is_ok(), "{:#?}", validator.iter_errors(&told).collect::<Vec<_>>());
    assert_eq!(told["summary"]["outcome"], "undecided");
    let counts = ["cases", "passed", "failed", "undecided"].map(|name| told["summary"][name].as_u64().unwrap());
    assert_eq!(counts, [6, 4, 1, 1]);
    let failed = &told["rules"][1]["cases"][1];
    assert_eq!((&failed["outcome"], &failed["line"]), (&"failed".into(), &5.into()));
    assert_eq!(failed["differences"][0]["rule"], "cases/differs");
    assert_eq!(failed["found"][0]["level"], "warn");
    // Nothing but what is run decides what is written.
    assert_eq!(run(Path::new(FOLDER), &["--format", "json"]).stdout, output.stdout);
}

#[test]
fn a_run_without_rules_is_told_to_programs_too() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["--format", "json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &told["faults"][0]["code"]), (Some(2), &"cases/nothing-to-test".into()));
    let output = run(folder.path(), &["--format", "junit"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    assert!(document.descendants().any(|node| node.has_tag_name("error")));
    // So is a configuration that can't be read.
    fs::write(folder.path().join("changegate.toml"), "bad = [").unwrap();
    let output = run(folder.path(), &["--format", "json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &told["faults"][0]["code"]), (Some(2), &"config/syntax".into()));
}

#[test]
fn junit_has_a_suite_for_each_rule() {
    let output = run(Path::new(FOLDER), &["--format", "junit"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let suites: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    let counts = suites.iter().map(|suite| {
        let count = |name: &str| suite.attribute(name).unwrap().to_owned();
        let told = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
        assert_eq!((count("failures"), count("errors")), (told("failure"), told("error")));
        assert_eq!(count("tests"), told("testcase"));
        [count("name"), count("tests"), count("failures"), count("errors")]
    });
    let expected = [["house/ticket", "3", "0", "0"], ["house/title", "3", "1", "1"]];
    assert_eq!(counts.collect::<Vec<_>>(), expected.map(|counts| counts.map(str::to_owned)));
}

#[test]
fn what_was_found_is_written_in_place_of_what_was_expected() {
    let folder = copy();
    let path = folder.path().join("policies/house/title.cases.json");
    let before = fs::read_to_string(&path).unwrap();
    let of_titles = ["--filter", "title: too", "--update"];
    assert_eq!(said(&run(folder.path(), &of_titles)).0, Some(0));
    let after = fs::read_to_string(&path).unwrap();
    let (start, end) = (before.find("[{").unwrap(), before.find("}]").unwrap() + 2);
    let found = r#"[
        {
          "level": "warn",
          "at": "/title",
          "message": "the title has 58 characters, and 40 are shown"
        }
      ]"#;
    assert_eq!(after, format!("{}{found}{}", &before[..start], &before[end..]));
    let (status, told) = said(&run(folder.path(), &of_titles[..2]));
    assert_eq!((status, told.trim()), (Some(0), "PASSED  1 case of 2 rules: 1 passed"));
    // What passes is left as it is, to the byte.
    assert_eq!(said(&run(folder.path(), &of_titles)).0, Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), after);
    // So is what could not be run.
    assert_eq!(said(&run(folder.path(), &["--update"])).0, Some(2));
    assert_eq!(fs::read_to_string(&path).unwrap(), after);
}

#[test]
fn what_is_owed_is_written_too() {
    let folder = copy();
    let rule = folder.path().join("policies/house/title.rhai");
    let text = fs::read_to_string(&rule).unwrap();
    fs::write(
        &rule,
        text.replace(
            "fn check(p) {",
            "fn check(p) { owe(\"short-title\", \"a shorter title\", day_of(now + days(3), \"UTC\"));",
        ),
    )
    .unwrap();
    let (status, told) = said(&run(folder.path(), &["--filter", "title: short"]));
    assert_eq!(status, Some(1), "{told}");
    assert!(
        told.contains("failed[cases/owed]")
            && told.contains("called owed and not expected: `2026-11-24 short-title: a shorter title`"),
        "{told}"
    );
    assert_eq!(said(&run(folder.path(), &["--filter", "title: short", "--update"])).0, Some(0));
    let cases = fs::read_to_string(folder.path().join("policies/house/title.cases.json")).unwrap();
    assert!(cases.contains("\"owed\": [\n      \"2026-11-24 short-title: a shorter title\"\n    ]"), "{cases}");
    assert_eq!(said(&run(folder.path(), &["--filter", "title: short"])).0, Some(0));
}

/// Where a folder of rules is named, a part of it keeps the ids of the whole.
#[test]
fn a_part_of_a_folder_keeps_its_ids() {
    for path in
        ["policies/house", "./policies/house/", "policies/house/ticket.rhai", "policies/house/ticket.cases.json"]
    {
        let (_, told) = said(&run(Path::new(FOLDER), &[path, "-v", "--filter", "house/ticket: none"]));
        assert!(
            told.contains("  passed  policies/house/ticket.cases.json:5:15: none") && told.contains("1 passed"),
            "{path}: {told}"
        );
    }
}

/// The ends of lines are those of the file.
#[test]
fn lines_end_as_they_did() {
    let folder = copy();
    let path = folder.path().join("policies/house/title.cases.json");
    let windows = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
    fs::write(&path, &windows).unwrap();
    assert_eq!(said(&run(folder.path(), &["--filter", "title: too", "--update"])).0, Some(0));
    let after = fs::read_to_string(&path).unwrap();
    assert!(after != windows && after.replace("\r\n", "").find('\n').is_none(), "{after:?}");
}

/// What no case asks about is told with what `equal` would say of it.
#[test]
fn mutants_that_nobody_notices_are_told() {
    let folder = copy();
    let of_tickets = ["--mutate", "policies/house/ticket.rhai"];
    let (status, told) = said(&run(folder.path(), &of_tickets));
    assert!(status == Some(1) && told.contains("failed[cases/survivor]"), "{told}");
    assert!(told.contains("1 not noticed, 0 equal"), "{told}");
    let path = folder.path().join("policies/house/ticket.cases.json");
    let text = fs::read_to_string(&path).unwrap();
    let equal = r#""equal": [{ "line": "} else if !starts_with(p.ticket, params.prefix) {", "column": 11, "change": "never", "reason": "a test" }],"#;
    fs::write(&path, text.replacen("{", &format!("{{ {equal}"), 1)).unwrap();
    let (status, told) = said(&run(folder.path(), &of_tickets));
    assert!(status == Some(0) && told.contains("0 not noticed, 1 equal, score 100 %"), "{told}");
    fs::write(&path, text.replacen("{", &format!("{{ {}", equal.replace("11", "12")), 1)).unwrap();
    let (status, told) = said(&run(folder.path(), &of_tickets));
    assert!(status == Some(1) && told.contains("failed[cases/no-survivor]"), "{told}");
    assert!(told.contains("1 not noticed, 0 equal"), "{told}");
}
