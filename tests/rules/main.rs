//! Every rule of the built-in pack, and of the pack in `examples/policies`, by its cases, which stand beside it:
//! `policies/backup/restore-tested.cases.json`.
//!
//! A case is a base proposal of `examples/`, edits by JSON Pointer, and the findings that the rule must make of it, with
//! level, place and message. Run with `UPDATE=1` to write what was found into the cases; then read the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod abandoned;
mod as_list;
mod case;
mod change;
mod crowd;
mod decided;
mod fast_track;
mod faulty;
mod firmware;
mod good;
mod halves;
mod haste;
mod large;
mod mutation;
mod nights;
mod omissions;
mod pairs;
mod wide;

use case::{Case, OneRule, judge};
use changegate::files::Files;
use changegate::policy::pack;
use changegate::source::Source;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

#[test]
fn every_rule_does_what_its_cases_say() {
    let wrong = of_each_rule(wrong_with);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a rule or its cases.
fn wrong_with((folder, (id, source)): &PackRule) -> Vec<String> {
    let mut wrong = Vec::new();
    let path = Path::new(folder).join(format!("{id}.cases.json"));
    let Ok(text) = fs::read_to_string(&path) else { return vec![format!("{id}: there is no {}", path.display())] };
    let mut cases: Vec<Case> =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rule = OneRule::new(id, source);
    for case in &mut cases {
        let (found, owed) = judge(&rule, case);
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
    wrong
}

/// Asks something of each rule, over all cores; the answers come in the order of the rules.
fn of_each_rule<T: Send>(ask: impl Fn(&PackRule) -> Vec<T> + Sync) -> Vec<T> {
    // While one family is worked on, `RULES=impact/` asks of it alone.
    let only = std::env::var("RULES").unwrap_or_default();
    let rules: Vec<_> = rules().into_iter().filter(|(_, (id, _))| id.starts_with(&only)).collect();
    of_each(&rules, ask).into_iter().flatten().collect()
}

/// Asks something of each item, over all cores; the answers come in the order of the items.
fn of_each<I: Sync, T: Send>(items: &[I], ask: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut answers = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return answers };
            answers.push((index, ask(item)));
        }
    };
    let mut answers: Vec<_> = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        // The stack of the gate's own threads.
        let start = |_| thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, work).unwrap();
        let threads: Vec<_> = (0..threads).map(start).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    answers.sort_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// The folder of a pack, and a rule of it: its id and its text.
type PackRule = (&'static str, (Arc<str>, Arc<Source>));

/// All rules with the folder of their pack.
fn rules() -> Vec<PackRule> {
    let examples =
        pack(&Files::folder(Path::new("")), Path::new("examples/policies")).unwrap_or_else(|fault| panic!("{fault:?}"));
    // From the folder, so that a rule can be worked on without building anything; that the same are built in holds
    // tests/architecture.rs.
    let built_in =
        pack(&Files::folder(Path::new("")), Path::new("policies")).unwrap_or_else(|fault| panic!("{fault:?}"));
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
