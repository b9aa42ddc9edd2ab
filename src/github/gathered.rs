//! What was read about a pull request: plain data, and no more of it than what is judged by.

use super::{Account, At, Permission, Person};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A pull request as it stood at one moment: head, base and the time of its last change were the same before and after all was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gathered {
    /// `owner/name`, as it was asked.
    pub repository: String,
    /// The number of the pull request.
    pub number: u64,
    /// The pull request itself.
    pub pull: Pull,
    /// All reviews, as GitHub lists them.
    pub reviews: Vec<Review>,
    /// All commits, from the oldest to the head.
    pub commits: Vec<Commit>,
    /// The force-pushes of its branch.
    pub force_pushes: Vec<ForcePush>,
    /// When it was turned to another base: what was reviewed before may have been less.
    #[serde(default)]
    pub turned: Vec<At>,
    /// Which reviews were dismissed.
    pub dismissals: Vec<Dismissal>,
    /// Who has pushed what is its head.
    pub pushes: Pushes,
    /// The files that it changes.
    pub files: Vec<File>,
    /// What those may do whose review would count otherwise, by the numbers of their accounts. Of others it was not asked.
    #[serde(default)]
    pub permissions: BTreeMap<u64, Permission>,
}

/// The pull request itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pull {
    /// How far it is.
    pub stage: Stage,
    /// Who opened it; none where the user was deleted.
    pub author: Option<Account>,
    /// What is to be merged.
    pub head: Tip,
    /// Into what.
    pub base: Tip,
    /// When anything of it last changed.
    pub updated_at: At,
}

/// How far a pull request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It can be reviewed.
    Open,
    /// It is not ready yet.
    Draft,
    /// It was closed and not merged.
    Closed,
    /// It is merged.
    Merged,
}

/// One end of a pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tip {
    /// The commit.
    pub sha: String,
    /// The name of the branch.
    pub branch: String,
    /// `owner/name`; none where a fork was deleted.
    pub repository: Option<String>,
}

/// One review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Its number.
    pub id: u64,
    /// Whose; none where the user was deleted.
    pub by: Option<Account>,
    /// `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`, `DISMISSED`, `PENDING`, or what came to be since.
    pub state: String,
    /// When it was submitted; a pending one is not yet.
    pub at: Option<At>,
    /// The commit that was looked at.
    pub commit: Option<String>,
    /// What GitHub calls them in the repository: `MEMBER`, `NONE` and others.
    #[serde(default)]
    pub association: Option<String>,
}

/// One commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commit {
    /// Its name.
    pub sha: String,
    /// When it was made, as it says itself.
    pub at: Option<At>,
    /// Who wrote it.
    pub author: Person,
    /// Who put it where it is.
    pub committer: Person,
    /// Who is named by `Co-authored-by`.
    pub coauthors: Vec<Person>,
}

/// One force-push of the branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForcePush {
    /// When.
    pub at: At,
    /// By whom.
    pub by: Option<Account>,
    /// To which commit; none where GitHub does not say it.
    #[serde(default)]
    pub commit: Option<String>,
}

/// That a review was dismissed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    /// The number of the review.
    pub review: u64,
    /// When.
    pub at: At,
    /// By whom.
    pub by: Option<Account>,
}

/// Who has pushed the head, and what is below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Pushes {
    /// Each push that ended at a commit of the pull request, the last one first; never empty, and the last to the head.
    Known(Vec<Push>),
    /// It can't be told: why.
    Unknown(String),
    /// The fork that it was pushed to was deleted, and what GitHub knew of who pushed with it.
    Gone,
}

/// One push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// When, by the clock of the server.
    pub at: At,
    /// By whom; none where the user was deleted.
    pub by: Option<Account>,
    /// To which commit.
    pub commit: String,
}

/// One file that is changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its path.
    pub path: String,
    /// Its path before, where it was moved: both have owners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
}
