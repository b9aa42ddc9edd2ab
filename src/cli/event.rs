//! What GitHub Actions says of the pull request that a run is about.

use crate::finding::Fault;
use crate::github::is_commit;
use serde_json::Value;
use std::env;
use std::fs;

/// The two ends of a pull request, as the code host has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullRequest {
    /// The commit of the branch that it goes to.
    pub base: String,
    /// Its own newest commit.
    pub head: String,
    /// Its number.
    pub number: u64,
    /// The repository that it goes to, `owner/name`.
    pub repository: Option<String>,
    /// The branch that it goes to.
    pub branch: Option<String>,
    /// Its title; hostile text.
    pub title: String,
    /// Its text; hostile, too, and empty where there is none.
    pub body: String,
}

/// The pull request of the event that started the workflow; none elsewhere, and for events of another kind.
///
/// # Errors
/// When the description of the event can't be read: a run that knows that it is about a pull request must not forget about it.
pub fn pull_request() -> Result<Option<PullRequest>, Fault> {
    if env::var_os("GITHUB_ACTIONS").is_none_or(|value| value != "true") {
        return Ok(None);
    }
    let name = env::var("GITHUB_EVENT_NAME").unwrap_or_default();
    if !["pull_request", "pull_request_target", "pull_request_review"].contains(&name.as_str()) {
        return Ok(None);
    }
    let path = env::var_os("GITHUB_EVENT_PATH").ok_or_else(|| unreadable("GITHUB_EVENT_PATH is not set"))?;
    let text = fs::read_to_string(path).map_err(|error| unreadable(&error.to_string()))?;
    read(&text).map(Some)
}

fn read(text: &str) -> Result<PullRequest, Fault> {
    let event: Value = serde_json::from_str(text).map_err(|error| unreadable(&format!("it is no JSON: {error}")))?;
    let commit = |end: &str| {
        let name = event.pointer(&format!("/pull_request/{end}/sha")).and_then(Value::as_str);
        name.filter(|name| is_commit(name))
            .map(str::to_owned)
            .ok_or_else(|| unreadable(&format!("it has no commit at /pull_request/{end}/sha")))
    };
    let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let number = ["/pull_request/number", "/number"].iter().find_map(|pointer| event.pointer(pointer)?.as_u64());
    Ok(PullRequest {
        base: commit("base")?,
        head: commit("head")?,
        number: number.ok_or_else(|| unreadable("it has no number at /pull_request/number"))?,
        repository: text("/pull_request/base/repo/full_name").or_else(|| text("/repository/full_name")),
        branch: text("/pull_request/base/ref"),
        title: text("/pull_request/title").unwrap_or_default(),
        body: text("/pull_request/body").unwrap_or_default(),
    })
}

fn unreadable(why: &str) -> Fault {
    Fault::new("trust/event", format!("the event of the pull request can't be read: {why}"))
        .help("GitHub Actions sets GITHUB_EVENT_PATH to a file that describes it; outside of Actions, unset GITHUB_ACTIONS and name the base with --base")
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test")]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_or_refused() {
        let (base, head) = ("a1".repeat(20), "b2".repeat(20));
        let event = format!(
            r#"{{ "number": 7, "pull_request": {{ "base": {{ "sha": "{base}" }}, "head": {{ "sha": "{head}" }} }} }}"#
        );
        let (title, body) = (String::new(), String::new());
        let told = PullRequest { base: base.clone(), head, number: 7, repository: None, branch: None, title, body };
        assert_eq!(read(&event).expect("an event"), told);
        let whole = event.replace(
            "\"base\": {",
            "\"number\": 8, \"title\": \"Bump\", \"body\": null, \"base\": { \"ref\": \"main\", \"repo\": { \"full_name\": \"acme/payments\" },",
        );
        let told = PullRequest {
            number: 8,
            repository: Some("acme/payments".to_owned()),
            branch: Some("main".to_owned()),
            title: "Bump".to_owned(),
            ..told
        };
        assert_eq!(read(&whole).expect("an event"), told);
        for text in [
            "",
            "[]",
            "{}",
            &event.replace("head", "tail"),
            &event.replace("number", "count"),
            &event.replace(&base, "main"),
            &event.replace(&base, "--all"),
        ] {
            assert_eq!(read(text).expect_err(text).code, "trust/event", "{text}");
        }
    }
}
