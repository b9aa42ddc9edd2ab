//! Reports for programs, as a run would write them.

use super::hub::HEAD;
use serde_json::{Value, json};

pub struct Report {
    pub phase: &'static str,
    pub head: Option<String>,
    pub findings: Vec<Value>,
}

pub fn finding(level: &str, message: &str, line: u32) -> Value {
    json!({
        "rule": "backup/restore-tested", "level": level, "message": message, "help": "restore it", "pointer": "/backup",
        "label": "here", "file": "changes/db.json", "line": line, "column": 3, "end_line": line, "end_column": 9,
        "because": [], "related": [], "policy": null, "waived": null
    })
}

impl Report {
    pub fn blocked() -> Self {
        Self {
            phase: "plan",
            head: Some(HEAD.to_owned()),
            findings: vec![finding("deny", "the restore test is too old", 12)],
        }
    }

    pub fn passed() -> Self {
        Self { findings: Vec::new(), ..Self::blocked() }
    }

    pub fn json(&self) -> Value {
        let count = |level: &str| self.findings.iter().filter(|finding| finding["level"] == level).count();
        let outcome = if count("deny") > 0 { "blocked" } else { "pass" };
        let base = self.head.as_ref().map(|head| json!({ "name": "main", "commit": "b".repeat(40), "head": head }));
        json!({
            "schema": "changegate.report/v1", "version": "0.1.0", "phase": self.phase, "now": "2026-11-21T12:00:00Z",
            "now_given": false, "configuration": null, "base": base, "consulted": [], "findings": [], "faults": [],
            "proposals": [{
                "file": "changes/db.json", "closed": false, "outcome": outcome, "consulted": [], "obligations": [], "accepted": [], "findings": self.findings, "faults": []
            }],
            "summary": {
                "proposals": 1, "evaluated": 1, "closed": 0, "passed": usize::from(outcome == "pass"),
                "blocked": usize::from(outcome == "blocked"), "undecided": 0, "deny": count("deny"), "waived": 0,
                "warn": count("warn"), "info": count("info"), "faults": 0
            },
            "outcome": outcome, "exit": { "status": 0, "causes": [] }, "a field of later": 1
        })
    }
}
