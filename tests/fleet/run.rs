//! Runs of the program over files in a folder of their own.

use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A proposal of the examples, with an id of its own and some values changed; those that become null are taken out. Nobody decides on a
/// rollback in it, so that it counts on those alone whom a test names.
pub fn edited(base: &str, id: &str, changes: &[(&str, Value)]) -> Value {
    let text = fs::read_to_string(format!("examples/{base}.json")).unwrap();
    let mut proposal: Value = serde_json::from_str(&text).unwrap();
    proposal["id"] = id.into();
    for decider in ["decision_owner", "deputy"] {
        proposal["rollback"].as_object_mut().unwrap().remove(decider);
    }
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = proposal.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        if value.is_null() {
            parent.remove(name)
        } else {
            parent.insert(name.to_owned(), value.clone())
        };
    }
    proposal
}

/// A proposal for the database of payments.
pub fn payments(id: &str, changes: &[(&str, Value)]) -> Value {
    edited("payments-db", id, changes)
}

/// A proposal for the identity service, which the database of payments needs, with people of its own.
pub fn identity(id: &str, changes: &[(&str, Value)]) -> Value {
    let own = [("/system/id", json!("identity")), ("/support/contacts", contacts(&["@zoe"]))];
    payments(id, &[own.as_slice(), changes].concat())
}

pub fn contacts(names: &[&str]) -> Value {
    names.iter().map(|name| json!({ "name": name, "roles": ["technical"] })).collect()
}

/// Changes that move a proposal into the night that begins on a day of December, one hour later or earlier in it.
pub fn night(day: u32, later: i32) -> Vec<(&'static str, Value)> {
    let at = |hour: i32, minute: &str| json!(format!("2026-12-{day:02}T{:02}:{minute}:00+01:00", hour + later));
    vec![
        ("/window/start", at(1, "00")),
        ("/window/end", at(5, "00")),
        ("/window/latest_rollback_decision", at(4, "10")),
    ]
}

pub struct Run {
    folder: tempfile::TempDir,
    pub report: Value,
}

/// Judges some files, by names without `.json`, in one run.
pub fn run(files: &[(&str, Value)]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), files);
    let report = judged(folder.path(), &["changes"], None);
    Run { folder, report }
}

pub fn write_all(folder: &Path, files: &[(&str, Value)]) {
    for name in ["changes", "systems"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    let profile = fs::read_to_string("examples/systems/payments-db.json").unwrap();
    fs::write(folder.join("systems/payments-db.json"), &profile).unwrap();
    let mut profile: Value = serde_json::from_str(&profile).unwrap();
    profile["system"]["id"] = "identity".into();
    for field in ["dependencies", "dependants"] {
        profile["system"][field] = json!([]);
    }
    fs::write(folder.join("systems/identity.json"), profile.to_string()).unwrap();
    fs::copy("examples/systems/wiki.json", folder.join("systems/wiki.json")).unwrap();
    for (name, proposal) in files {
        fs::write(folder.join(format!("changes/{name}.json")), serde_json::to_string_pretty(proposal).unwrap())
            .unwrap();
    }
}

pub fn judged(folder: &Path, patterns: &[&str], input: Option<&Value>) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
    command.arg("-C").arg(folder).args(["check", "--now", "2026-11-21T12:00:00Z", "--format", "json"]).args(patterns);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let text = input.map(Value::to_string).unwrap_or_default();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap()
}

impl Run {
    /// What a rule says, in the order of the files: the level, the line where it is, and those where the others are. A line is told
    /// as `a: "start": "…"`.
    pub fn told(&self, rule: &str) -> Vec<String> {
        let mut told = Vec::new();
        for proposal in self.report["proposals"].as_array().unwrap() {
            let findings = proposal["findings"].as_array().unwrap().iter();
            for finding in findings.filter(|finding| finding["rule"] == rule) {
                let mut places = vec![self.line(finding)];
                places.extend(finding["related"].as_array().unwrap().iter().map(|label| self.line(label)));
                told.push(format!("{} {}", finding["level"].as_str().unwrap(), places.join(" | ")));
            }
        }
        told
    }

    fn line(&self, place: &Value) -> String {
        let file = place["file"].as_str().unwrap();
        let text = fs::read_to_string(self.folder.path().join(file)).unwrap();
        let line = text.lines().nth(place["line"].as_u64().unwrap() as usize - 1).unwrap().trim();
        let name = file.trim_start_matches("changes/").trim_end_matches(".json");
        format!("{name}: {}", line.trim_end_matches(['{', '[', ',', ' ']).replace('"', ""))
    }

    pub fn messages(&self, rule: &str) -> Vec<&str> {
        let proposals = self.report["proposals"].as_array().unwrap().iter();
        let findings = proposals.flat_map(|proposal| proposal["findings"].as_array().unwrap());
        findings.filter(|finding| finding["rule"] == rule).map(|finding| finding["message"].as_str().unwrap()).collect()
    }
}
