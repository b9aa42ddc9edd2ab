//! A pull request on a server that takes what is written, and a folder with a report about it.

use super::material::Report;
use super::server::{Answer, Request, Server};
use serde_json::{Value, json};
use std::process::Command;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

pub const HEAD: &str = "77aa0010000000000000000000000000000000aa";
pub const TOKEN: &str = "ghp_5ecret5ecret5ecret";
pub const COMMENTS: &str = "/repos/acme/payments/issues/42/comments";
pub const CHECKS: &str = "/repos/acme/payments/check-runs";
/// The number of the bot of a workflow's token.
pub const BOT: u64 = 41_898_282;

pub type Refuse = dyn Fn(&Request) -> Option<Answer> + Send + Sync;

/// What the server has.
#[derive(Clone)]
pub struct Hub {
    pub comments: Arc<Mutex<Vec<Value>>>,
    pub pull: Value,
    pub refuse: Arc<Refuse>,
}

pub fn said(status: u16, message: &str) -> Answer {
    Answer::new(status, json!({ "message": message }).to_string())
}

pub fn by(id: u64, user: u64, body: &str) -> Value {
    json!({ "id": id, "body": body, "user": { "id": user, "login": "x", "type": "Bot" } })
}

impl Hub {
    pub fn new() -> Self {
        Self {
            comments: Arc::default(),
            pull: json!({ "number": 42, "state": "open", "merged_at": null, "head": { "sha": HEAD } }),
            refuse: Arc::new(|_| None),
        }
    }

    pub fn with(self, comments: Vec<Value>) -> Self {
        *self.comments.lock().unwrap() = comments;
        self
    }

    /// Answers so what it has an answer for.
    pub fn refusing(self, refuse: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static) -> Self {
        Self { refuse: Arc::new(refuse), ..self }
    }

    /// The texts of all comments.
    pub fn texts(&self) -> Vec<String> {
        self.comments.lock().unwrap().iter().map(|comment| comment["body"].as_str().unwrap().to_owned()).collect()
    }

    pub fn serve(&self) -> Server {
        let hub = self.clone();
        Server::new(move |request, _| (hub.refuse)(request).unwrap_or_else(|| hub.answer(request)))
    }

    fn answer(&self, request: &Request) -> Answer {
        let mut comments = self.comments.lock().unwrap();
        let sent = || serde_json::from_slice::<Value>(&request.body).unwrap();
        let (path, _) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let one = path.strip_prefix("/repos/acme/payments/issues/comments/").map(|id| id.parse::<u64>().unwrap());
        match (&*request.method, path, one) {
            ("POST", "/graphql", _) => {
                Answer::json(&json!({ "data": { "viewer": { "login": "github-actions[bot]", "databaseId": BOT } } }))
            }
            ("GET", "/repos/acme/payments/pulls/42", _) => Answer::json(&self.pull),
            ("GET", "/repos/acme/payments/pulls", _) => Answer::json(&json!([self.pull])),
            ("GET", COMMENTS, _) => Answer::json(&comments.clone().into()),
            ("POST", COMMENTS, _) => {
                let id = 900 + comments.len() as u64;
                comments.push(by(id, BOT, sent()["body"].as_str().unwrap()));
                Answer::new(201, r#"{ "id": 900 }"#)
            }
            ("PATCH", _, Some(id)) => {
                let comment = comments.iter_mut().find(|comment| comment["id"] == id).unwrap();
                comment["body"] = sent()["body"].clone();
                Answer::json(&json!({ "id": id }))
            }
            ("DELETE", _, Some(id)) => {
                comments.retain(|comment| comment["id"] != id);
                Answer::new(204, "")
            }
            ("POST", CHECKS, _) => Answer::new(201, r#"{ "id": 7 }"#),
            ("PATCH", "/repos/acme/payments/check-runs/7", _) => Answer::json(&json!({ "id": 7 })),
            _ => said(404, "Not Found"),
        }
    }
}

/// A folder with a report and with a configuration that names the server.
pub struct Desk {
    pub folder: TempDir,
    pub server: Server,
    pub environment: Vec<(String, String)>,
}

/// What the program has said.
#[derive(Debug)]
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new(hub: &Hub, report: &Report) -> Self {
        let (folder, server) = (TempDir::new().unwrap(), hub.serve());
        let config = format!("[github]\napi = \"{}\"\nrepository = \"acme/payments\"\n", server.url);
        std::fs::write(folder.path().join("changegate.toml"), config).unwrap();
        std::fs::write(folder.path().join("report.json"), report.json().to_string()).unwrap();
        Self { folder, server, environment: vec![("GITHUB_TOKEN".to_owned(), TOKEN.to_owned())] }
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// An event of GitHub Actions.
    pub fn event(&mut self, name: &str, event: &Value) {
        let path = self.folder.path().join("event.json");
        std::fs::write(&path, event.to_string()).unwrap();
        for (key, value) in
            [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", name), ("GITHUB_EVENT_PATH", path.to_str().unwrap())]
        {
            self.environment.push((key.to_owned(), value.to_owned()));
        }
    }

    pub fn publish(&self, arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
            .arg("publish")
            .args(arguments)
            .arg("report.json")
            .current_dir(self.folder.path())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let said = Said { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!said.out.contains(TOKEN) && !said.err.contains(TOKEN), "{said:?}");
        said
    }

    /// What was written: method, path and body.
    pub fn written(&self) -> Vec<(String, String, Value)> {
        let asked = self.server.asked().into_iter();
        let writes = asked.filter(|request| request.method != "GET" && request.path != "/graphql");
        writes
            .map(|request| {
                let body = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
                (request.method, request.path, body)
            })
            .collect()
    }
}
