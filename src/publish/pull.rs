//! The pull request on which something is left.

use crate::exchange::encoded;
use crate::github::{Client, Problem, is_repository};
use serde::{Deserialize, Serialize};

/// A pull request, as far as it matters for what is left on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pull {
    /// Its number.
    pub number: u64,
    /// Its newest commit.
    pub head: String,
    /// Whether it was closed without being merged.
    pub given_up: bool,
    /// Whether it was merged.
    pub merged: bool,
}

/// A branch that pull requests may come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Whose repository it is in.
    pub owner: String,
    /// Its name; hostile text.
    pub name: String,
    /// The commit that it was at.
    pub head: String,
}

#[derive(Deserialize)]
struct Told {
    number: u64,
    state: String,
    merged_at: Option<String>,
    head: End,
}

#[derive(Deserialize)]
struct End {
    sha: String,
}

impl From<Told> for Pull {
    fn from(told: Told) -> Self {
        let merged = told.merged_at.is_some();
        Self { number: told.number, head: told.head.sha, given_up: told.state != "open" && !merged, merged }
    }
}

/// Asks for it.
///
/// # Errors
/// All of `evidence/github-…`, when it can't be told.
pub fn pull(client: &Client, repository: &str, number: u64) -> Result<Pull, Problem> {
    let repository = is_repository(repository)?;
    let what = format!("the pull request {repository}#{number}");
    client.over(&what, async |wire| {
        let told: Told = wire.get(&what, &format!("/repos/{repository}/pulls/{number}")).await?;
        Ok(Pull::from(told))
    })
}

/// The one open pull request of a branch that is at a commit. Of a fork the end of a workflow tells no number.
///
/// # Errors
/// `evidence/no-pull-request` where there is none, or are several; all of `evidence/github-…`.
pub fn of_branch(client: &Client, repository: &str, branch: &Branch) -> Result<Pull, Problem> {
    let repository = is_repository(repository)?;
    let what = "the pull request of a branch";
    let head = encoded(&format!("{}:{}", branch.owner, branch.name));
    let path = format!("/repos/{repository}/pulls?state=open&per_page=100&head={head}");
    client.over(what, async |wire| {
        let mut pulls: Vec<Told> = wire.get(what, &path).await?;
        pulls.retain(|pull| pull.head.sha == branch.head);
        match (pulls.pop(), pulls.is_empty()) {
            (Some(pull), true) => Ok(Pull::from(pull)),
            (found, _) => Err(Problem::new(
                "evidence/no-pull-request",
                match found {
                    None => "no open pull request is at the commit that the workflow ran for",
                    Some(_) => "several pull requests are at the commit that the workflow ran for",
                },
                "name it with --pr; what was judged before a newer push is told by the run of that push",
            )),
        }
    })
}
