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
    /// Whether a merge queue is about to merge it: then its head is what the queue has made of it.
    pub queued: bool,
    /// Its title; hostile text.
    pub title: String,
    /// Its text; hostile, too, and empty where there is none.
    pub body: String,
}

/// The pull request of the event that started the workflow, or of the merge queue that did; none elsewhere, and for events of another kind.
///
/// # Errors
/// When the description of the event can't be read: a run that knows that it is about a pull request must not forget about it.
pub fn pull_request() -> Result<Option<PullRequest>, Fault> {
    if env::var_os("GITHUB_ACTIONS").is_none_or(|value| value != "true") {
        return Ok(None);
    }
    let name = env::var("GITHUB_EVENT_NAME").unwrap_or_default();
    match name.as_str() {
        "merge_group" => queued(&described()?).map(Some),
        name if name.starts_with("pull_request") => read(&described()?).map(Some),
        _ => Ok(None),
    }
}

fn described() -> Result<String, Fault> {
    let path = env::var_os("GITHUB_EVENT_PATH").ok_or_else(|| unreadable("GITHUB_EVENT_PATH is not set"))?;
    fs::read_to_string(path).map_err(|error| unreadable(&error.to_string()))
}

/// The events of which what is checked out is what they are about. Of others, such as a comment or the end of another workflow, it is the default
/// branch, whatever pull request they came from, and that would be judged in place of it.
const OF_WHAT_IS_CHECKED_OUT: [&str; 9] = [
    "create",
    "deployment",
    "deployment_status",
    "push",
    "registry_package",
    "release",
    "repository_dispatch",
    "schedule",
    "workflow_dispatch",
];

/// Whether a run that knows of no base may judge what is checked out.
///
/// # Errors
/// In GitHub Actions, when the event may be about something else.
pub fn of_what_is_checked_out() -> Result<(), Fault> {
    if env::var_os("GITHUB_ACTIONS").is_none_or(|value| value != "true") {
        return Ok(());
    }
    let name = env::var("GITHUB_EVENT_NAME").unwrap_or_default();
    if OF_WHAT_IS_CHECKED_OUT.contains(&&*name) {
        return Ok(());
    }
    let message = if name.is_empty() {
        "GITHUB_EVENT_NAME does not say what the run is about".to_owned()
    } else {
        format!(
            "the event `{name}` names no base, and what is checked out for it is the default branch and no pull request"
        )
    };
    Err(Fault::new("trust/event", message).help(
        "run on the event pull_request, pull_request_target or merge_group; or check out the head of the pull request and name both: --base origin/BRANCH and --pr NUMBER",
    ))
}

fn read(text: &str) -> Result<PullRequest, Fault> {
    let event = Event::parse(text)?;
    let numbers = ["/pull_request/number", "/number"];
    let number = numbers.iter().find_map(|pointer| event.0.pointer(pointer)?.as_u64());
    Ok(PullRequest {
        base: event.commit("/pull_request/base/sha")?,
        head: event.commit("/pull_request/head/sha")?,
        number: number.ok_or_else(|| unreadable("it has no number at /pull_request/number"))?,
        repository: event.text("/pull_request/base/repo/full_name").or_else(|| event.text("/repository/full_name")),
        branch: event.text("/pull_request/base/ref"),
        queued: false,
        title: event.text("/pull_request/title").unwrap_or_default(),
        body: event.text("/pull_request/body").unwrap_or_default(),
    })
}

/// A merge queue names the branch that it has made after the pull request that is the last of the group: `gh-readonly-queue/main/pr-42-3f1c2a9…`.
fn queued(text: &str) -> Result<PullRequest, Fault> {
    let event = Event::parse(text)?;
    let branch = event.text("/merge_group/head_ref").unwrap_or_default();
    let number = branch.rsplit('/').next().and_then(|name| name.strip_prefix("pr-")?.split_once('-')?.0.parse().ok());
    Ok(PullRequest {
        base: event.commit("/merge_group/base_sha")?,
        head: event.commit("/merge_group/head_sha")?,
        number: number.ok_or_else(|| unreadable("it has no number in /merge_group/head_ref"))?,
        repository: event.text("/repository/full_name"),
        branch: event.text("/merge_group/base_ref").map(|branch| of_branch(&branch).unwrap_or(&branch).to_owned()),
        queued: true,
        title: String::new(),
        body: String::new(),
    })
}

/// The branch of a pull request for which another workflow ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Whose repository the branch is in.
    pub owner: String,
    /// The branch; hostile text.
    pub branch: String,
    /// The commit that it was at.
    pub head: String,
}

/// What another workflow ran for, whose end has started this one; none for events of another kind.
///
/// # Errors
/// When the description of the event can't be read.
pub fn finished() -> Result<Option<Finished>, Fault> {
    let of_actions = env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    if !of_actions || env::var("GITHUB_EVENT_NAME").as_deref() != Ok("workflow_run") {
        return Ok(None);
    }
    let event = Event::parse(&described()?)?;
    let text = |pointer| event.text(pointer).ok_or_else(|| unreadable(&format!("it has no text at {pointer}")));
    Ok(Some(Finished {
        owner: text("/workflow_run/head_repository/owner/login")?,
        branch: text("/workflow_run/head_branch")?,
        head: event.commit("/workflow_run/head_sha")?,
    }))
}

/// The branch that the workflow runs on, where it is one and no tag.
pub fn branch() -> Option<String> {
    let of_actions = env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    let name = env::var("GITHUB_REF").ok().filter(|_| of_actions)?;
    of_branch(&name).map(str::to_owned)
}

fn of_branch(name: &str) -> Option<&str> {
    name.strip_prefix("refs/heads/")
}

/// The description of an event.
struct Event(Value);

impl Event {
    fn parse(text: &str) -> Result<Self, Fault> {
        serde_json::from_str(text).map(Self).map_err(|error| unreadable(&format!("it is no JSON: {error}")))
    }

    fn text(&self, pointer: &str) -> Option<String> {
        self.0.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
    }

    fn commit(&self, pointer: &str) -> Result<String, Fault> {
        let name = self.text(pointer).filter(|name| is_commit(name));
        name.ok_or_else(|| unreadable(&format!("it has no commit at {pointer}")))
    }
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
        let told = PullRequest {
            base: base.clone(),
            head,
            number: 7,
            repository: None,
            branch: None,
            queued: false,
            title,
            body,
        };
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

    #[test]
    fn a_merge_queue_names_its_pull_request() {
        let (base, head) = ("a1".repeat(20), "b2".repeat(20));
        let event = |name: &str| {
            format!(
                r#"{{ "merge_group": {{ "base_sha": "{base}", "head_sha": "{head}", "head_ref": "{name}", "base_ref": "refs/heads/main" }},
                "repository": {{ "full_name": "acme/payments" }} }}"#
            )
        };
        let told = queued(&event("refs/heads/gh-readonly-queue/main/pr-42-a1a1a1")).expect("an event");
        assert_eq!((told.number, told.queued, told.branch.as_deref()), (42, true, Some("main")));
        assert_eq!((&told.base, &told.head), (&base, &head));
        for name in ["", "refs/heads/main", "pr-42", "pr--a1", "pr-x-a1", "gh-readonly-queue/pr-42-a1/main"] {
            assert_eq!(queued(&event(name)).expect_err(name).code, "trust/event", "{name}");
        }
    }
}
