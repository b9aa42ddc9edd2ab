//! A repository with a change on a branch of it, of which a proposal is drafted.

use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

pub const LOCK: &str = r#"{ "name": "wiki", "lockfileVersion": 3, "packages": {
  "": { "name": "wiki" },
  "node_modules/search": { "version": "2.31.0", "integrity": "sha512-AAAA" },
  "node_modules/left-pad": { "version": "1.3.0", "integrity": "sha512-BBBB" },
  "node_modules/gone": { "version": "1.0.0", "integrity": "sha512-CCCC" }
} }
"#;
pub const FILE: &str = "changes/wiki-search-2.31.2.json";

/// A repository with a change on a branch of it.
pub struct Desk(pub TempDir);

impl Desk {
    /// The system `wiki` with its profile, and a lockfile in which these texts are replaced on the branch.
    pub fn changing(replaced: &[(&str, &str)], message: &str) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.git(&["init", "--quiet", "--initial-branch=main"]);
        desk.write("changegate.toml", "");
        desk.write("systems/wiki.json", &fs::read_to_string("examples/systems/wiki.json").unwrap());
        desk.write("app/package-lock.json", LOCK);
        desk.commit("base");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        let lock = replaced.iter().fold(LOCK.to_owned(), |lock, (from, to)| {
            assert!(lock.contains(from), "{from}");
            lock.replace(from, to)
        });
        desk.write("app/package-lock.json", &lock);
        desk.commit(message);
        desk
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("git, with which this repository was cloned");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
        for name in ["GITHUB_ACTIONS", "CLICOLOR_FORCE", "GITHUB_TOKEN", "GH_TOKEN"] {
            command.env_remove(name);
        }
        command.args(arguments).current_dir(&self.0).output().unwrap()
    }

    /// Runs it in a workflow, in the event of a pull request from one commit to another, of which more is told.
    pub fn in_event(&self, arguments: &[&str], [base, head]: [&str; 2], mut pull: Value) -> Output {
        for (name, commit) in [("base", base), ("head", head)] {
            pull[name] = json!({ "sha": self.git(&["rev-parse", commit]) });
        }
        self.write("event.json", &json!({ "number": 7, "pull_request": pull }).to_string());
        Command::new(env!("CARGO_BIN_EXE_changegate"))
            .args(arguments)
            .current_dir(&self.0)
            .envs([("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "pull_request")])
            .env("GITHUB_EVENT_PATH", self.at("event.json"))
            .output()
            .unwrap()
    }

    /// Drafts from `main`, and gives what was written.
    #[track_caller]
    pub fn draft(&self, arguments: &[&str]) -> (Value, String) {
        let output = self.run(&[&["draft", "--base", "main", "--out", "d.json"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8(output.stdout).unwrap();
        (serde_json::from_str(&fs::read_to_string(self.at("d.json")).unwrap()).unwrap(), told)
    }

    /// The message of a draft that is refused.
    #[track_caller]
    pub fn refused(&self, arguments: &[&str], code: &str) -> String {
        let output = self.run(&[&["draft"], arguments].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(&format!("error[{code}]")), "{told}");
        told
    }
}
