//! The same eleven checks and the same proposals for OPA, conftest and regorus. Run with `cargo bench --bench peers`, or
//! `benches/peers/run`. What is not installed is named, with the way to install it.
//!
//! Every tool first has to give the same verdict and to name the same rules, on a proposal that passes and on one that does
//! not; only then is it measured. changegate does more than the others in that time: it checks the whole proposal against its
//! schema, and keeps the place of each value.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement is for whoever runs it")]

#[path = "../support/mod.rs"]
mod support;
mod tools;

use serde_json::Value;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tools::{TOOLS, Tool};

/// The rules that deny the second proposal; the first passes.
const DENIED: &[&str] = &[
    "approvals/by-another",
    "backup/exists",
    "backup/restore-tested",
    "rollback/decision-owner",
    "rollback/triggers",
    "window/fits",
    "window/lead-time",
];

const FILES: usize = 1_000;
/// The others look at each file by itself; files on one system in one night would be held against each other.
const SYSTEMS: usize = 200;

#[derive(Debug)]
pub struct Bench {
    pub rules: PathBuf,
    pub rego: PathBuf,
    /// Where `passing.json`, `failing.json` and the folder `proposals` are.
    pub folder: PathBuf,
}

struct Measured {
    tool: &'static Tool,
    version: String,
    cold: Duration,
    once: Option<f64>,
    many: Duration,
}

fn main() {
    let files = if support::trial() { 10 } else { FILES };
    let profiles: Vec<_> = (0..SYSTEMS).map(support::profile).chain([support::PROFILE.to_owned()]).collect();
    let folder = support::fleet(files, &profiles, |number| {
        let text = support::PROPOSAL.replace("CHG-2026-0417", &format!("CHG-2026-{number:06}"));
        support::days_later(&support::on_system(&text, number % SYSTEMS), number / SYSTEMS)
    });
    fs::write(folder.path().join("passing.json"), support::PROPOSAL).unwrap();
    fs::write(folder.path().join("failing.json"), failing()).unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    // OPA takes every file below a folder for policies or data.
    fs::create_dir(folder.path().join("bundle")).unwrap();
    fs::copy(own.join("rules.rego"), folder.path().join("bundle/rules.rego")).unwrap();
    let bench = Bench {
        rules: own.join("rules"),
        rego: folder.path().join("bundle/rules.rego"),
        folder: folder.path().to_owned(),
    };

    let (mut present, mut absent) = (Vec::new(), Vec::new());
    for tool in TOOLS {
        match (tool.version)() {
            Some(version) => present.push((tool, version)),
            None => absent.push(tool),
        }
    }
    for (tool, _) in &present {
        agree(tool, &bench);
    }
    let mut cold = vec![Vec::new(); present.len()];
    let runs = if support::trial() { 1 } else { 50 };
    for round in 0..=runs {
        for ((tool, _), times) in present.iter().zip(&mut cold) {
            let run = support::run(&mut (tool.check)(&bench, &bench.folder.join("passing.json")));
            if round > 0 {
                times.push(run.wall);
            }
        }
    }
    let measured: Vec<_> = present
        .into_iter()
        .zip(cold)
        .map(|((tool, version), mut cold)| Measured {
            tool,
            version,
            cold: support::middle(&mut cold).0,
            once: (tool.once)(&bench),
            many: many(tool, &bench),
        })
        .collect();
    table(&measured, files);
    for tool in absent {
        println!("- {} is not installed, and was not measured: `{}`", tool.name, tool.install);
    }
}

/// The passing proposal with what seven of the rules deny.
fn failing() -> String {
    let mut proposal: Value = serde_json::from_str(support::PROPOSAL).unwrap();
    for approval in proposal["approvals"].as_array_mut().unwrap() {
        approval["by"] = "@bo".into();
    }
    proposal["submitted_by"] = "@bo".into();
    proposal["backup"].as_object_mut().unwrap().remove("retention");
    proposal["backup"]["restore_test"]["outcome"] = "failed".into();
    proposal["rollback"]["deputy"] = proposal["rollback"]["decision_owner"].clone();
    for trigger in proposal["rollback"]["triggers"].as_array_mut().unwrap() {
        trigger.as_object_mut().unwrap().remove("above");
    }
    proposal["window"]["repair"] = 600.into();
    proposal["submitted_at"] = "2026-11-24T10:00:00+01:00".into();
    serde_json::to_string_pretty(&proposal).unwrap()
}

fn agree(tool: &Tool, bench: &Bench) {
    for (file, expected) in [("passing.json", &[][..]), ("failing.json", DENIED)] {
        let output = support::output(&mut (tool.check)(bench, &bench.folder.join(file)));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let json = serde_json::from_str(&text).unwrap_or_else(|error| {
            panic!("{}: {error}: {text} {}", tool.name, String::from_utf8_lossy(&output.stderr))
        });
        let denied: BTreeSet<String> = (tool.denied)(&json).into_iter().collect();
        let expected: BTreeSet<String> = expected.iter().map(|&rule| rule.to_owned()).collect();
        assert_eq!(denied, expected, "{} on {file}", tool.name);
    }
}

/// The least time of three for all files.
fn many(tool: &Tool, bench: &Bench) -> Duration {
    let runs = if support::trial() { 1 } else { 3 };
    let once = || {
        let start = Instant::now();
        for mut command in (tool.many)(bench) {
            let run = support::run(&mut command);
            assert_eq!(run.code, Some(0), "{}", tool.name);
        }
        start.elapsed()
    };
    (0..runs).map(|_| once()).min().unwrap()
}

fn table(measured: &[Measured], files: usize) {
    let ours = &measured[0];
    let ratio = |theirs: f64, ours: f64| format!("{:.1} ×", theirs / ours);
    println!("\n| | version | cold start | | one evaluation | | {files} files | |\n|---|---|---|---|---|---|---|---|");
    for one in measured {
        let cold = ratio(one.cold.as_secs_f64(), ours.cold.as_secs_f64());
        let many = ratio(one.many.as_secs_f64(), ours.many.as_secs_f64());
        let (once, once_ratio) = match (one.once, ours.once) {
            (Some(theirs), Some(ours)) => (support::time(theirs), ratio(theirs, ours)),
            _ => ("not told".to_owned(), String::new()),
        };
        println!(
            "| {} | {} | {} | {cold} | {once} | {once_ratio} | {} | {many} |",
            one.tool.name,
            one.version,
            support::ms(one.cold),
            support::time(one.many.as_secs_f64()),
        );
    }
    println!();
    for one in measured {
        println!("- {}: {}", one.tool.name, one.tool.how);
    }
}
