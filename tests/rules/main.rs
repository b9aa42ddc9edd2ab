//! Every rule of the built-in pack, and of the pack in `examples/policies`, by its cases, which stand beside it:
//! `policies/backup/restore-tested.cases.json`.
//!
//! A case is a base proposal of `examples/`, edits by JSON Pointer, and the findings that the rule must make of it, with
//! level, place and message. Run with `UPDATE=1` to write what was found into the cases; then read the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod case;
mod mutation;

use case::{Case, judge};
use changegate::policy::{Pack, pack};
use changegate::source::Source;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[test]
fn every_rule_does_what_its_cases_say() {
    let mut wrong = Vec::new();
    // While one family is worked on, `RULES=impact/` judges it alone.
    let only = std::env::var("RULES").unwrap_or_default();
    for (folder, (id, source)) in rules().into_iter().filter(|(_, (id, _))| id.starts_with(&only)) {
        let path = Path::new(folder).join(format!("{id}.cases.json"));
        let Ok(text) = fs::read_to_string(&path) else {
            wrong.push(format!("{id}: there is no {}", path.display()));
            continue;
        };
        let mut cases: Vec<Case> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let pack = Pack { rules: vec![(Arc::clone(&id), source)], sound: false };
        for case in &mut cases {
            let (found, owed) = judge(&pack, case);
            if owed != case.owed {
                wrong.push(format!("{id}: {}\n  expected to be owed {:?}\n  found {owed:?}", case.name, case.owed));
                case.owed = owed;
            }
            if found != case.expect {
                wrong.push(format!(
                    "{id}: {}\n  expected {}\n  found    {}",
                    case.name,
                    serde_json::to_string(&case.expect).unwrap(),
                    serde_json::to_string(&found).unwrap()
                ));
                case.expect = found;
            }
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, serde_json::to_string_pretty(&cases).unwrap() + "\n").unwrap();
        }
        if !cases.iter().any(|case| case.expect.is_empty()) {
            wrong.push(format!("{id}: no case passes"));
        }
        if !cases.iter().any(|case| !case.expect.is_empty() || !case.owed.is_empty()) {
            wrong.push(format!("{id}: no case fails"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a fast track may leave out is left out by other rules, which ask `fast_track_holds`; and `fast-track/eligible` tells what
/// is wrong. How severe is severe enough is a parameter of that rule alone.
#[test]
fn a_fast_track_holds_where_it_is_not_denied() {
    let probe = r#"
        const RULE = #{ title: "A probe", why: "A test.", help: "none", phases: ["plan", "deploy"], level: "info" };
        fn check(p) { if fast_track_holds() { info("it holds"); } }
    "#;
    let source = Arc::new(Source::new("probe.rhai".to_owned(), probe.to_owned()));
    let pack = Pack { rules: vec![(Arc::from("a/probe"), source)], sound: false };
    let cases = fs::read_to_string("policies/fast-track/eligible.cases.json").unwrap();
    let cases: Vec<Case> = serde_json::from_str(&cases).unwrap();
    let asks = |case: &Case| case.base == "fast-track" && !case.remove.iter().any(|removed| removed == "/fast_track");
    let severe = |case: &Case| !case.expect.iter().any(|found| found.message.contains("the fast track begins at"));
    let mut held = 0;
    for case in cases.iter().filter(|case| asks(case) && severe(case)) {
        let holds = judge(&pack, case).0.iter().any(|found| found.message == "it holds");
        assert_eq!(holds, case.expect.is_empty(), "{}", case.name);
        held += usize::from(holds);
    }
    assert!(held > 0, "no case passes");
}

/// The folder of a pack, and a rule of it: its id and its text.
type PackRule = (&'static str, (Arc<str>, Arc<Source>));

/// All rules with the folder of their pack.
fn rules() -> Vec<PackRule> {
    let examples = pack(Path::new(""), Path::new("examples/policies")).unwrap_or_else(|fault| panic!("{fault:?}"));
    // From the folder, so that a rule can be worked on without building anything; that the same are built in holds
    // tests/architecture.rs.
    let built_in = pack(Path::new(""), Path::new("policies")).unwrap_or_else(|fault| panic!("{fault:?}"));
    let built_in = built_in.rules.into_iter().map(|rule| ("policies", rule));
    built_in.chain(examples.rules.into_iter().map(|rule| ("examples/policies", rule))).collect()
}

#[test]
fn every_cases_file_has_its_rule() {
    let files: Vec<_> = rules().into_iter().map(|(folder, (id, _))| format!("{folder}/{id}.cases.json")).collect();
    let mut folders = vec![PathBuf::from("policies"), PathBuf::from("examples/policies")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(path) = path.to_str().filter(|path| path.ends_with(".cases.json")) {
                assert!(files.iter().any(|known| known == path), "{path} belongs to no rule");
            }
        }
    }
}
