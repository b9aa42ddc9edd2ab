//! The answers of GitHub, as far as they are read. What is unknown is passed over, what is missing or of another kind is not.

use super::{Account, At, Person, Stage, Tip};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
pub struct User {
    pub id: u64,
    pub login: String,
    #[serde(rename = "type")]
    pub kind: String,
}

impl From<User> for Account {
    fn from(user: User) -> Self {
        Self { id: user.id, login: user.login, kind: user.kind }
    }
}

/// The user of a commit: null, or an object without anything in it, where GitHub knows none.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Linked {
    User(User),
    Nobody(#[expect(dead_code, reason = "it is there to be empty")] BTreeMap<String, Nothing>),
}

/// No value is one of these, so that a map of them is empty.
#[derive(Debug, Deserialize)]
pub enum Nothing {}

#[derive(Debug, Deserialize)]
pub struct Pull {
    pub number: u64,
    pub state: String,
    pub draft: bool,
    pub merged: bool,
    pub user: Option<User>,
    pub head: End,
    pub base: End,
    pub commits: u64,
    pub changed_files: u64,
    pub updated_at: At,
}

impl Pull {
    /// How far it is; none for a state that is not known.
    pub fn stage(&self) -> Option<Stage> {
        match (self.state.as_str(), self.merged, self.draft) {
            ("closed", true, _) => Some(Stage::Merged),
            ("closed", false, _) => Some(Stage::Closed),
            ("open", false, true) => Some(Stage::Draft),
            ("open", false, false) => Some(Stage::Open),
            _ => None,
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct End {
    pub sha: String,
    #[serde(rename = "ref")]
    pub branch: String,
    pub repo: Option<Repository>,
}

impl From<End> for Tip {
    fn from(end: End) -> Self {
        Self { sha: end.sha, branch: end.branch, repository: end.repo.map(|repository| repository.full_name) }
    }
}

#[derive(Debug, Deserialize)]
pub struct Repository {
    pub full_name: String,
}

#[derive(Debug, Deserialize)]
pub struct Review {
    pub id: u64,
    pub user: Option<User>,
    pub state: String,
    pub submitted_at: Option<At>,
    pub commit_id: Option<String>,
    pub author_association: Option<String>,
}

impl From<Review> for super::Review {
    fn from(review: Review) -> Self {
        Self {
            id: review.id,
            by: review.user.map(Account::from),
            state: review.state,
            at: review.submitted_at,
            commit: review.commit_id,
            association: review.author_association,
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct Commit {
    pub sha: String,
    pub commit: Made,
    pub author: Option<Linked>,
    pub committer: Option<Linked>,
    #[serde(default)]
    pub parents: Vec<Parent>,
}

#[derive(Debug, Deserialize)]
pub struct Parent {
    pub sha: String,
}

/// What the commit says of itself.
#[derive(Debug, Deserialize)]
pub struct Made {
    pub message: String,
    pub author: Option<Signature>,
    pub committer: Option<Signature>,
}

#[derive(Debug, Deserialize)]
pub struct Signature {
    pub email: Option<String>,
    /// None where it is no point in time: whoever makes a commit says when, and git takes any number.
    #[serde(default, deserialize_with = "claimed")]
    pub date: Option<At>,
}

fn claimed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<At>, D::Error> {
    let date: Option<String> = Option::deserialize(deserializer)?;
    Ok(date.and_then(|date| date.parse().ok()).map(At))
}

/// Who signed a commit: the account that GitHub links, or the mail.
pub fn person(linked: Option<Linked>, signature: Option<&Signature>) -> Person {
    match linked {
        Some(Linked::User(user)) => Person::Account(user.into()),
        _ => Person::Mail(signature.and_then(|signature| signature.email.clone()).unwrap_or_default()),
    }
}

/// An event of the timeline. Most kinds are of no interest, and need not have a time or somebody who did it.
#[derive(Debug, Deserialize)]
pub struct Event {
    pub event: Option<String>,
    pub created_at: Option<At>,
    pub actor: Option<Linked>,
    /// Of a push by force: what the branch was brought to.
    pub commit_id: Option<String>,
    pub dismissed_review: Option<Dismissed>,
}

#[derive(Debug, Deserialize)]
pub struct Dismissed {
    pub review_id: u64,
}

#[derive(Debug, Deserialize)]
pub struct File {
    pub filename: String,
    pub previous_filename: Option<String>,
}

/// One entry of the activity of a repository.
#[derive(Debug, Deserialize)]
pub struct Activity {
    pub after: String,
    #[serde(rename = "ref")]
    pub branch: String,
    pub timestamp: At,
    pub activity_type: Option<String>,
    pub actor: Option<Linked>,
}

impl Activity {
    /// Whether a pull request was merged into the branch: who does that brings what another pull request has shown.
    pub fn is_merge(&self) -> bool {
        self.activity_type.as_deref().is_some_and(|kind| ["pr_merge", "merge_queue_merge"].contains(&kind))
    }

    /// Whether the branch was made by it.
    pub fn begins(&self) -> bool {
        self.activity_type.as_deref() == Some("branch_creation")
    }

    /// Whether the branch was deleted by it.
    pub fn ends(&self) -> bool {
        self.activity_type.as_deref() == Some("branch_deletion")
    }
}

pub fn account(linked: Option<Linked>) -> Option<Account> {
    match linked {
        Some(Linked::User(user)) => Some(user.into()),
        _ => None,
    }
}
