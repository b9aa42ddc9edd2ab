//! Calendars through the program: what they do to verdicts, and `changegate calendar`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod check;
#[path = "../schema/closed.rs"]
mod closed;
mod show;

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder to run in, with a proposal whose window is a Wednesday evening in Berlin.
#[derive(Debug)]
pub struct Desk {
    folder: TempDir,
}

pub const CONFIG: &str = "[calendars]\nfiles = [\"calendars/*.ics\"]\n";

impl Desk {
    pub fn new(calendar: &str) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let profile = fs::read_to_string("examples/systems/wiki.json").unwrap();
        desk.with("changegate.toml", CONFIG)
            .with("systems/wiki.json", &profile)
            .with("changes/p.json", &proposal("2026-11-25T19:00:00+01:00", "2026-11-25T20:30:00+01:00").to_string())
            .with("calendars/a.ics", calendar)
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn with(self, path: &str, text: &str) -> Self {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_changegate"))
            .args(arguments)
            .args(["--now", "2026-11-21T12:00:00Z"])
            .current_dir(&self.folder)
            .env_remove("TZ")
            .env_remove("CLICOLOR_FORCE")
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    /// The report of a check.
    pub fn check(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[&["check", "--format", "json"], arguments].concat(), &[]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(i64::from(output.status.code().unwrap()), report["exit"]["status"].as_i64().unwrap());
        report
    }
}

/// A routine patch at a time.
pub fn proposal(start: &str, end: &str) -> Value {
    let mut proposal: Value =
        serde_json::from_str(&fs::read_to_string("examples/routine-patch.json").unwrap()).unwrap();
    proposal["window"]["start"] = json!(start);
    proposal["window"]["end"] = json!(end);
    proposal
}

/// A calendar of events, each the lines between its BEGIN and END.
pub fn calendar(events: &[&str]) -> String {
    let events: Vec<_> = events.iter().map(|lines| format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n")).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-TIMEZONE:Europe/Berlin\n{}END:VCALENDAR\n", events.concat())
}

pub const FREEZE: &str =
    "UID:1\nSUMMARY:stocktaking\nDTSTART:20261125T180000\nDTEND:20261126T060000\nCATEGORIES:freeze";

/// The findings of one rule, as `level: message`.
pub fn findings(report: &Value, rule: &str) -> Vec<String> {
    let findings = report["proposals"][0]["findings"].as_array().unwrap();
    let of = findings.iter().filter(|finding| finding["rule"] == rule);
    of.map(|finding| format!("{}: {}", finding["level"].as_str().unwrap(), finding["message"].as_str().unwrap()))
        .collect()
}

/// The faults of a run and of its proposals, as `code at line:column`.
pub fn faults(report: &Value) -> Vec<String> {
    let none = Vec::new();
    let of_proposals = report["proposals"].as_array().unwrap().iter().flat_map(|one| one["faults"].as_array().unwrap());
    let all = report["faults"].as_array().unwrap_or(&none).iter().chain(of_proposals);
    all.map(|fault| {
        let place = &fault["labels"][0];
        format!(
            "{} {}:{}:{}",
            fault["code"].as_str().unwrap(),
            place["file"].as_str().unwrap_or("-"),
            place["line"],
            place["column"]
        )
    })
    .collect()
}
