//! A repository of git, with what the gate is to judge by.

use super::{Room, Told, rule};
use std::process::Command;

/// A repository whose branch `main` holds a rule, a profile, a configuration and a proposal.
pub struct Repository {
    pub room: Room,
}

pub const QUIET: &str = "rules/quiet.rhai";

impl Repository {
    pub fn new() -> Self {
        let room = Room::of_rule(rule(""))
            .with("changegate.toml", "[policies]\npaths = [\"rules\"]\nbuiltin = false\n[evidence]\ngithub = \"off\"\n")
            .with("systems/wiki.json", std::fs::read_to_string("examples/systems/wiki.json").unwrap());
        let repository = Self { room };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("first");
        repository.git(&["switch", "--quiet", "--create=upgrade"]);
        repository
    }

    #[track_caller]
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.room.at("."))
            .output()
            .expect("git, with which this repository was cloned");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub fn with(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        Self { room: self.room.with(path, text) }
    }

    pub fn check(&self, arguments: &[&str]) -> Told {
        let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
            .args(["check", "--now", "2026-11-21T12:00:00Z", "--format", "json"])
            .args(arguments)
            .current_dir(self.room.at("."))
            .output()
            .unwrap();
        let report = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)));
        Told { status: output.status.code(), report }
    }
}

impl Repository {
    /// A run as GitHub Actions starts it for a pull request from one commit to another.
    pub fn in_actions(&self, event: &str, base: &str, head: &str, arguments: &[&str]) -> Told {
        let described =
            serde_json::json!({ "number": 7, "pull_request": { "base": { "sha": base }, "head": { "sha": head } } });
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, described.to_string()).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
            .args(["check", "--now", "2026-11-21T12:00:00Z", "--format", "json", "p.json"])
            .args(arguments)
            .current_dir(self.room.at("."))
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_EVENT_NAME", event)
            .env("GITHUB_EVENT_PATH", file.path())
            .output()
            .unwrap();
        Told { status: output.status.code(), report: serde_json::from_slice(&output.stdout).unwrap() }
    }
}
