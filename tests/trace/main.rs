//! `changegate trace`, as those meet it who ask why a rule says what it says.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod bounds;
#[path = "../schema/closed.rs"]
mod closed;
mod days;
mod hostile;
mod lines;
mod refused;
mod why;

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const HEADER: &str = r#"const RULE = #{ title: "A title", why: "A test.", help: "mend it", phases: ["plan"], level: "deny", params: #{ most: 3 } };"#;

/// A folder with a rule, of which the header is the first line, and with the routine patch of the wiki.
fn folder(body: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("policies/a")).unwrap();
    fs::write(folder.path().join("policies/a/rule.rhai"), format!("{HEADER}\n{body}")).unwrap();
    let mut proposal: Value = serde_json::from_slice(&fs::read("examples/routine-patch.json").unwrap()).unwrap();
    let names = [
        ("web", Some("2.31.0")),
        ("db", Some("16.4")),
        ("mail", Some("3.9")),
        ("cache", None),
        ("search", Some("9.1")),
    ];
    let part = |(name, version): (&str, Option<&str>)| match version {
        Some(version) => json!({ "name": name, "kind": "application", "version": version }),
        None => json!({ "name": name, "kind": "application" }),
    };
    proposal["system"]["components"] = names.into_iter().map(part).collect();
    fs::write(folder.path().join("p.json"), serde_json::to_vec_pretty(&proposal).unwrap()).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    asked(folder, arguments).output().unwrap()
}

fn asked(folder: &Path, arguments: &[&str]) -> Command {
    let rules = ["--policies", "policies", "--no-builtin", "trace", "--now", "2026-11-20T10:00:00Z"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
    command
        .current_dir(folder)
        .args(rules)
        .args(arguments)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1");
    command
}

fn said(output: &Output) -> (Option<i32>, String) {
    let text = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
    (output.status.code(), text)
}

/// What is told to programs of the rule, and the exit status.
fn told(folder: &Path) -> (Option<i32>, Value) {
    let output = run(folder, &["a/rule", "p.json", "--format", "json"]);
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

/// Text, value and turn of each note of a line.
fn notes(told: &Value, line: u64) -> Vec<(String, String, String)> {
    let lines = told["trace"]["lines"].as_array().unwrap();
    let line = lines.iter().find(|one| one["line"] == line).unwrap();
    let text = |note: &Value, name: &str| note[name].as_str().unwrap().to_owned();
    let notes = line["came"].as_array().unwrap().iter();
    notes.map(|note| (text(note, "text"), text(note, "value"), text(note, "turn"))).collect()
}

const MANY: &str = r#"fn check(p) {
    let limit = params.most;
    if p.title == () || p.ticket == "none" { return; }
    let long = p.system.components.filter(|part| len(part.name) > limit);
    for (part, number) in p.system.components {
        if !known(part) && number >= limit {
            deny(`${part.name} is unknown`, part.name);
        }
    }
    if long.is_empty() {
        warn("all names are short");
    }
    else if p.ticket == () { info("no ticket"); }
}

fn known(part) {
    if part.version == () {
        return false;
    }
    true
}

fn never() { 1 }
"#;

#[test]
fn each_line_has_what_came_of_it() {
    let folder = folder(MANY);
    let output = run(folder.path(), &["a/rule", "p.json"]);
    insta::assert_snapshot!(said(&output).1);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn what_is_dim_is_marked_by_more_than_its_colour() {
    let folder = folder(MANY);
    let coloured = run(folder.path(), &["a/rule", "p.json", "--color", "always"]);
    let plain = run(folder.path(), &["a/rule", "p.json"]);
    let plain_of = |text: &str| {
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        first + &parts.map(|part| part.split_once('m').map_or("", |(_, rest)| rest)).collect::<String>()
    };
    // Lines break where they break without colour, too.
    assert_eq!(plain_of(&said(&coloured).1), said(&plain).1);
    assert!(said(&plain).1.contains("┆"));
}

#[test]
fn a_verdict_says_why() {
    let body = |condition: &str| {
        format!("fn check(p) {{\n    if {condition} {{\n        deny(\"a title\", p.title);\n    }}\n}}\n")
    };
    for (condition, status, so) in [("p.title == ()", 0, "spared"), ("p.title != ()", 1, "reported")] {
        let folder = folder(&body(condition));
        let (found, told) = told(folder.path());
        assert_eq!((found, &told["exit"]), (Some(status), &status.into()));
        let why = &told["why"][0];
        assert_eq!((&why["line"], &why["text"], &why["so"]), (&3.into(), &condition.into(), &so.into()));
        let title = &why["values"][0];
        assert_eq!((&title["text"], &title["from"]["pointer"]), (&"p.title".into(), &"/title".into()));
        assert_eq!(title["from"]["file"], "p.json");
        assert!(title["from"]["line"].as_u64() > Some(1));
    }
    // One that ends early passes because of that.
    let folder = folder("fn check(p) {\n    if p.ticket == () { return; }\n    deny(\"x\");\n}\n");
    let (status, told) = told(folder.path());
    assert_eq!((status, &told["why"][0]["so"]), (Some(0), &"ended".into()));
    assert_eq!(told["why"][0]["values"][0]["from"]["absent"], true);
}

#[test]
fn what_fails_is_told_where_it_failed() {
    let folder = folder("fn check(p) {\n    let title = p.title;\n    if title > 3 { deny(\"x\"); }\n}\n");
    let (status, told) = told(folder.path());
    assert_eq!((status, &told["outcome"]), (Some(2), &"undecided".into()));
    assert_eq!(told["faults"][0]["code"], "policy/compared-kinds");
    let failed = notes(&told, 4);
    assert!(failed.iter().any(|(_, value, _)| value.contains("compares a text with")), "{failed:?}");
    let (status, text) = said(&run(folder.path(), &["a/rule", "p.json"]));
    assert_eq!(status, Some(2));
    assert!(text.contains("fails here: it compares"), "{text}");
}

#[test]
fn what_is_for_programs_is_as_its_schema_says() {
    let mut schema: Value = serde_json::from_str(&fs::read_to_string("schemas/trace-v1.json").unwrap()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    closed::close(&mut schema);
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    let bodies = [
        MANY,
        "fn check(p) { deny(\"x\", p.title); }",
        "fn check(p) { p.title + 1; }",
        "fn check(p) { for part in p.system.components { deny(part.name); } deny_when(p.title == \"x\", \"y\"); }",
        "fn check(p) { owe(\"a\", \"b\", ()); while true { break; } }",
    ];
    for body in bodies {
        let folder = folder(body);
        let (_, told) = told(folder.path());
        assert!(validator.validate(&told).is_ok(), "{:#?}", validator.iter_errors(&told).collect::<Vec<_>>());
        // Nothing but what is judged decides what is written.
        assert_eq!(self::told(folder.path()).1, told);
    }
    // What is no valid proposal was traced by nobody.
    let folder = folder(MANY);
    fs::write(folder.path().join("p.json"), "{}").unwrap();
    let (status, told) = told(folder.path());
    assert!(validator.validate(&told).is_ok(), "{told}");
    assert_eq!((status, &told["trace"], &told["exit"]), (Some(1), &Value::Null, &1.into()));
}

#[test]
fn a_page_takes_the_place_of_an_earlier_one_and_of_nothing_else() {
    let folder = folder(MANY);
    let page = ["a/rule", "p.json", "--report", "html=page.html", "--report", "json=trace.json"];
    for _ in 0..2 {
        assert_eq!(run(folder.path(), &page).status.code(), Some(1));
    }
    let text = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(
        text.starts_with("<!doctype html>\n<!-- changegate report -->") && text.contains("script-src &#39;none&#39;")
    );
    let told: Value = serde_json::from_str(&fs::read_to_string(folder.path().join("trace.json")).unwrap()).unwrap();
    assert_eq!(told["schema"], "changegate.trace/v1");
    fs::write(folder.path().join("page.html"), "mine").unwrap();
    let (status, text) = said(&run(folder.path(), &page));
    assert!(status == Some(2) && text.contains("report/unwritable"), "{text}");
    assert_eq!(fs::read_to_string(folder.path().join("page.html")).unwrap(), "mine");
}

#[test]
#[cfg(target_os = "linux")]
fn no_file_stays_where_what_is_said_can_not_be() {
    let folder = folder(MANY);
    let mut command = asked(folder.path(), &["a/rule", "p.json", "--report", "json=trace.json"]);
    let status = command.stdout(fs::File::create("/dev/full").unwrap()).status().unwrap();
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(status.code(), Some(2));
    assert!(names.iter().all(|name| !name.to_string_lossy().contains("trace.json")), "{names:?}");
}
