//! Every rule of the built-in pack, and of the pack in `examples/policies`, by its cases, which stand beside it:
//! `policies/backup/restore-tested.cases.json`.
//!
//! `changegate test policies` runs the same, and with `--update` writes what was found into the cases; then read the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod abandoned;
mod as_list;
mod case;
mod change;
mod coverage;
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
mod traced;
mod wide;

use changegate::cases;
use changegate::files::Files;
use changegate::policy::pack;
use changegate::source::Source;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

#[test]
fn every_rule_does_what_its_cases_say() {
    let wrong = of_each_rule(wrong_with);
    assert!(wrong.is_empty(), "{}\n`changegate test policies` tells more", wrong.join("\n"));
}

/// What is wrong with a rule or its cases.
fn wrong_with((_, rule): &PackRule) -> Vec<String> {
    let files = Files::folder(Path::new(""));
    let tested = cases::test(&files, case::ground(), rule, &cases::Asked::default());
    let of_cases = tested.cases.iter();
    let wrong = of_cases.clone().flat_map(|case| &case.differences).chain(&tested.lacks);
    let wrong = wrong.map(|found| format!("{}: {}: {}", found.primary.place, found.message, found.primary.text));
    let faults = of_cases.flat_map(|case| &case.faults).chain(&tested.faults);
    wrong.chain(faults.map(|fault| format!("{}: {}: {:?}", rule.0, fault.message, fault.labels))).collect()
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
    let folders = ["policies".into(), "examples/policies".into()];
    let suite = cases::Suite::of(&Files::folder(Path::new("")), &folders, &[]);
    assert!(suite.faults.is_empty(), "{:#?}", suite.faults);
    assert_eq!(suite.rules.len(), rules().len());
}
