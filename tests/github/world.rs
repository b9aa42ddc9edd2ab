//! A pull request as GitHub would tell it: opened and pushed by @ada, approved by @bo. Tests change what they are about.

use super::server::{Answer, Request, Server};
use changegate::github::{self, Accounts, Client, Gathered, Problem, Settings, Token};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

pub const TOKEN: &str = "ghp_5ecret5ecret5ecret";
pub const HEAD: &str = "77aa0010000000000000000000000000000000aa";
pub const OLD: &str = "3f1c2a9000000000000000000000000000000000";
pub const PULL: &str = "/repos/acme/payments/pulls/42";
pub const TIMELINE: &str = "/repos/acme/payments/issues/42/timeline";

pub const MAIN: &str = "/repos/acme/payments/branches/main";

pub type Change = Arc<dyn Fn(&Request, usize) -> Option<Answer> + Send + Sync>;

#[derive(Clone)]
pub struct World {
    pub pull: Value,
    pub reviews: Vec<Value>,
    pub commits: Vec<Value>,
    pub events: Vec<Value>,
    pub files: Vec<Value>,
    pub activity: Vec<Value>,
    /// Where the branch is to which it goes.
    pub tip: String,
    pub changes: Vec<(String, Change)>,
}

pub fn user(id: u64, login: &str) -> Value {
    json!({ "id": id, "login": login, "type": "User", "site_admin": false })
}

pub fn ada() -> Value {
    user(1, "ada")
}

pub fn bo() -> Value {
    user(2, "bo")
}

pub fn review(id: u64, user: Value, state: &str, at: &str, commit: &str) -> Value {
    json!({ "id": id, "user": user, "state": state, "submitted_at": at, "commit_id": commit, "body": "hm" })
}

pub fn commit(sha: &str, by: Value, at: &str) -> Value {
    let signature = json!({ "name": "Ada", "email": "ada@example.com", "date": at });
    json!({ "sha": sha, "author": by, "committer": by, "parents": [],
        "commit": { "message": "feat: x", "author": signature, "committer": signature } })
}

pub fn push(by: Value, after: &str, at: &str) -> Value {
    json!({ "id": 1, "before": OLD, "after": after, "ref": "refs/heads/upgrade/pg", "timestamp": at, "activity_type": "push", "actor": by })
}

pub fn role(word: &str, user: &Value) -> Answer {
    Answer::json(&json!({ "permission": word, "role_name": word, "user": user }))
}

pub fn role_of(login: &str) -> String {
    format!("/repos/acme/payments/collaborators/{login}/permission")
}

impl World {
    pub fn new() -> Self {
        let end = |sha: &str, branch: &str| json!({ "sha": sha, "ref": branch, "repo": { "id": 7, "full_name": "acme/payments" } });
        Self {
            pull: json!({
                "number": 42, "state": "open", "draft": false, "merged": false, "user": ada(), "title": "PostgreSQL 17",
                "head": end(HEAD, "upgrade/pg"), "base": end("b000000", "main"),
                "commits": 1, "changed_files": 1, "updated_at": "2026-11-20T12:00:00Z"
            }),
            reviews: vec![review(100, bo(), "APPROVED", "2026-11-20T11:00:00Z", HEAD)],
            commits: vec![commit(HEAD, ada(), "2026-11-20T10:00:00Z")],
            events: vec![
                json!({ "event": "committed", "sha": HEAD }),
                json!({ "event": "labeled", "created_at": "2026-11-20T10:30:00Z", "actor": ada() }),
            ],
            files: vec![json!({ "filename": "db/version.tf", "status": "modified", "patch": "@@" })],
            activity: vec![push(ada(), HEAD, "2026-11-20T10:01:00Z")],
            tip: OLD.to_owned(),
            changes: Vec::new(),
        }
    }

    /// Answers what begins so by a function, where that has an answer.
    pub fn on(
        mut self,
        start: &str,
        change: impl Fn(&Request, usize) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        self.changes.insert(0, (start.to_owned(), Arc::new(change)));
        self
    }

    /// Answers what begins so always in the same way.
    pub fn always(self, start: &str, answer: Answer) -> Self {
        self.on(start, move |_, _| Some(answer.clone()))
    }

    /// Answers what begins so in this way the first time, and then as it should be.
    pub fn first(self, start: &str, answer: Answer) -> Self {
        self.on(start, move |_, before| (before == 0).then(|| answer.clone()))
    }

    pub fn serve(self) -> Server {
        Server::new(move |request, before| self.respond(request, before))
    }

    /// What it answers, when the same was asked so often before.
    pub fn respond(&self, request: &Request, before: usize) -> Answer {
        let mut changes = self.changes.iter().filter(|(start, _)| request.path.starts_with(start));
        changes.find_map(|(_, change)| change(request, before)).unwrap_or_else(|| self.answer(request))
    }

    fn answer(&self, request: &Request) -> Answer {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let list = |all: &[Value]| page(all, query);
        match path {
            PULL => Answer::json(&self.pull),
            TIMELINE => list(&self.events),
            "/repos/acme/payments/pulls/42/reviews" => list(&self.reviews),
            "/repos/acme/payments/pulls/42/commits" => list(&self.commits),
            "/repos/acme/payments/pulls/42/files" => list(&self.files),
            "/repos/acme/payments/activity" => Answer::json(&self.activity.clone().into()),
            MAIN => {
                Answer::json(&json!({ "name": "main", "commit": { "sha": self.tip, "url": "x" }, "protected": true }))
            }
            path => self.role(path).unwrap_or_else(|| Answer::new(404, r#"{"message":"Not Found"}"#)),
        }
    }

    /// What a reviewer may do: to write, where nothing else is said.
    fn role(&self, path: &str) -> Option<Answer> {
        let login = path.strip_prefix("/repos/acme/payments/collaborators/")?.strip_suffix("/permission")?;
        let user = &self.reviews.iter().rev().find(|review| review["user"]["login"] == login)?["user"];
        Some(role("write", user))
    }

    /// What is gathered of it, and by which requests.
    pub fn gather(self) -> (Result<Gathered, Problem>, Server) {
        let server = self.serve();
        (client(&server).gather("acme/payments", 42, &Accounts::default()), server)
    }

    /// What is gathered of it, when all goes well.
    pub fn gathered(mut self) -> Gathered {
        self.pull["commits"] = self.commits.len().into();
        self.pull["changed_files"] = self.files.len().into();
        self.gather().0.unwrap()
    }

    /// Why nothing can be gathered of it: the code, and what is said.
    pub fn problem(self) -> Problem {
        let problem = self.gather().0.unwrap_err();
        assert!(!problem.help.is_empty() && !problem.message.ends_with('.'), "{problem:?}");
        problem
    }
}

fn page(all: &[Value], query: &str) -> Answer {
    let number = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.parse::<usize>().ok());
    let (per_page, page) = (number("per_page=").unwrap(), number("page=").unwrap());
    let start = ((page - 1) * per_page).min(all.len());
    let end = (start + per_page).min(all.len());
    let answer = Answer::json(&all[start..end].to_vec().into());
    if end < all.len() { answer.with("link", r#"<https://elsewhere.example/?page=2>; rel="next""#) } else { answer }
}

/// Times as short as a test needs them.
pub fn settings(url: &str) -> Settings {
    Settings {
        server: github::Server::parse(url).unwrap(),
        token: Some(Token::new(TOKEN).unwrap()),
        patience: Duration::from_secs(20),
        run: None,
        each: Duration::from_millis(2000),
        pause: Duration::from_millis(2),
        cooling: Duration::from_millis(4),
        pages: 6,
    }
}

pub fn client(server: &Server) -> Client {
    Client::new(settings(&server.url))
}
