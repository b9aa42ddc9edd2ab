//! How each tool is asked for the same things.

use super::Bench;
use super::support::{NOW, PROPOSAL, changegate, output, run, trial};
use changegate::config::Config;
use changegate::document::{Document, Limits};
use changegate::facts::{Facts, Phase};
use changegate::policy::{RuleSet, pack};
use changegate::proposal::model::PROPOSAL as SHAPE;
use changegate::proposal::{Scaled, Thresholds, read};
use serde_json::Value;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

pub struct Tool {
    pub name: &'static str,
    pub install: &'static str,
    /// What stands behind the figures.
    pub how: &'static str,
    /// None where it is not installed.
    pub version: fn() -> Option<String>,
    /// Judges one file, and answers in JSON.
    pub check: fn(&Bench, &Path) -> Command,
    /// The rules that deny, read off that answer.
    pub denied: fn(&Value) -> Vec<String>,
    /// The seconds of one evaluation, once everything is loaded and the proposal is read.
    pub once: fn(&Bench) -> Option<f64>,
    /// Judges all files of the folder `proposals`, by as few processes as the tool allows.
    pub many: fn(&Bench) -> Vec<Command>,
}

pub const TOOLS: &[Tool] = &[
    Tool {
        name: "changegate",
        install: "",
        how: "rules as texts, parsed in each run; one evaluation on one thread through the library, with findings and reads \
              tracked; all files in one run on all cores, each checked against the schema",
        version: || Some(env!("CARGO_PKG_VERSION").to_owned()),
        check: |bench, file| {
            let mut command = changegate();
            command.arg("-C").arg(&bench.folder).args([
                "check",
                "--no-builtin",
                "--now",
                NOW,
                "--format",
                "json",
                "--policies",
            ]);
            command.arg(&bench.rules).arg(file.file_name().unwrap());
            command
        },
        denied: |report| {
            let findings =
                report["proposals"].as_array().into_iter().flatten().flat_map(|one| one["findings"].as_array());
            findings
                .flatten()
                .filter(|finding| finding["level"] == "deny")
                .filter_map(|finding| name(&finding["rule"]))
                .collect()
        },
        once: |bench| Some(ours(bench)),
        many: |bench| {
            let mut command = changegate();
            command.arg("-C").arg(&bench.folder).args(["check", "--no-builtin", "--now", NOW, "--policies"]);
            command.arg(&bench.rules).arg("proposals");
            vec![command]
        },
    },
    Tool {
        name: "regorus",
        install: "cargo install regorus --example regorus",
        how: "its own example program; one evaluation by `benches/peers/regorus`, where that was built, as the program has no \
              way to evaluate twice; one process a file",
        version: || installed("regorus", "regorus", &["--version"]),
        check: |bench, file| {
            let mut command = Command::new(program("regorus"));
            command.arg("eval").arg("-d").arg(&bench.rego).arg("-i").arg(file).arg("data.main.deny");
            command
        },
        denied: expression,
        once: regorus,
        many: |bench| files(bench).iter().map(|file| (TOOLS[1].check)(bench, file)).collect(),
    },
    Tool {
        name: "OPA",
        install: "go install github.com/open-policy-agent/opa@latest",
        how: "`opa eval`; one evaluation by `opa bench`, with the query prepared and the input parsed; all files by one `opa exec`",
        version: || installed("opa", "Version:", &["version"]),
        check: |bench, file| {
            let mut command = Command::new(program("opa"));
            command
                .args(["eval", "--format", "json", "--data"])
                .arg(&bench.rego)
                .arg("--input")
                .arg(file)
                .arg("data.main.deny");
            command
        },
        denied: expression,
        once: opa,
        many: |bench| {
            let mut command = Command::new(program("opa"));
            command.args(["exec", "--decision", "main/deny", "--bundle"]).arg(bench.folder.join("bundle"));
            command.args(files(bench));
            vec![command]
        },
    },
    Tool {
        name: "conftest",
        install: "go install github.com/open-policy-agent/conftest@latest",
        how: "`conftest test`; it has no way to tell the time of one evaluation",
        version: || installed("conftest", "Conftest:", &["--version"]),
        check: |bench, file| {
            let mut command = Command::new(program("conftest"));
            command.args(["test", "--output", "json", "--policy"]).arg(&bench.rego).arg(file);
            command
        },
        denied: |results| {
            let failures =
                results.as_array().into_iter().flatten().filter_map(|one| one["failures"].as_array()).flatten();
            failures.filter_map(|failure| name(&failure["metadata"]["rule"])).collect()
        },
        once: |_| None,
        many: |bench| {
            let mut command = Command::new(program("conftest"));
            command.args(["test", "--policy"]).arg(&bench.rego).arg(bench.folder.join("proposals"));
            vec![command]
        },
    },
];

fn name(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The denials in an answer of OPA's form.
fn expression(answer: &Value) -> Vec<String> {
    let denials = answer["result"][0]["expressions"][0]["value"].as_array().into_iter().flatten();
    denials.filter_map(|denial| name(&denial["rule"])).collect()
}

fn files(bench: &Bench) -> Vec<PathBuf> {
    let list = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    list(&bench.folder.join("proposals")).iter().flat_map(|part| list(part)).collect()
}

/// A program on the path, or where `go install` and `cargo install` put theirs.
fn program(name: &str) -> PathBuf {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let usual = [home.join("go/bin").join(name), home.join(".cargo/bin").join(name)];
    usual.into_iter().find(|path| path.exists()).unwrap_or_else(|| name.into())
}

/// The version in the line that begins so, where the program is there.
fn installed(name: &str, line: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program(name));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
    let text = String::from_utf8_lossy(&command.output().ok()?.stdout).into_owned();
    let version = text.lines().find_map(|own| own.strip_prefix(line)).map_or("of an unknown version", str::trim);
    Some(version.to_owned())
}

fn ours(bench: &Bench) -> f64 {
    let rules = RuleSet::load(
        &[pack(&changegate::files::Files::folder(Path::new("")), &bench.rules).unwrap()],
        &[],
        Phase::Plan,
    )
    .unwrap();
    let document = Document::parse("passing.json", PROPOSAL.as_bytes().to_vec(), &Limits::default()).unwrap();
    let proposal = read(&document, &SHAPE).unwrap();
    let facts = Facts {
        scale: Arc::new(Scaled::of(&proposal, &Thresholds::default())),
        proposal: Arc::new(proposal),
        evidence: Arc::clone(&Config::none().evidence),
        now: NOW.parse().unwrap(),
        phase: Phase::Plan,
    };
    let batch = || {
        let start = Instant::now();
        (0..1_000).for_each(|_| drop(black_box(rules.evaluate(black_box(&facts)))));
        start.elapsed().as_secs_f64() / 1e3
    };
    let mut times: Vec<_> = (0..if trial() { 1 } else { 50 }).map(|_| batch()).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn opa(bench: &Bench) -> Option<f64> {
    let mut command = Command::new(program("opa"));
    command.args(["bench", "--format", "json", "--data"]).arg(&bench.rego);
    command.arg("--input").arg(bench.folder.join("passing.json")).arg("data.main.deny");
    let report: Value = serde_json::from_slice(&output(&mut command).stdout).ok()?;
    Some(report["T"].as_f64()? / report["N"].as_f64()? / 1e9)
}

/// Asks the small program beside this bench, which is a package of its own so that nothing else has to build regorus.
fn regorus(bench: &Bench) -> Option<f64> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/regorus/Cargo.toml");
    let cargo = |verb: &str| {
        let mut command = Command::new("cargo");
        command.args([verb, "--quiet", "--release", "--manifest-path"]).arg(&manifest);
        command
    };
    if run(&mut cargo("build")).code != Some(0) {
        return None;
    }
    let mut command = cargo("run");
    command.arg("--").arg(&bench.rego).arg(bench.folder.join("passing.json"));
    String::from_utf8_lossy(&output(&mut command).stdout).trim().parse().ok()
}
