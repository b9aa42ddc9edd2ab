//! Where a branch is now. The `base.sha` of a pull request does not tell that: it is the commit at which the branch was when the pull request was last
//! pushed to, and stays so when others merge.

use super::people::is_repository;
use super::wire::Wire;
use super::{Problem, is_commit};
use crate::exchange::encoded;
use serde::Deserialize;

/// Asks for the commit that a branch is at.
pub async fn tip(wire: Wire<'_>, repository: &str, branch: &str) -> Result<String, Problem> {
    #[derive(Deserialize)]
    struct Told {
        name: String,
        commit: At,
    }
    #[derive(Deserialize)]
    struct At {
        sha: String,
    }
    let repository = is_repository(repository)?;
    let what = format!("the branch {branch} of {repository}");
    let told: Told = wire.get(&what, &format!("/repos/{repository}/branches/{}", encoded(branch))).await?;
    // One that was renamed is answered for by its new name.
    if told.name != branch {
        return Err(Problem::moved(format!("the branch {branch} of {repository} is called {} by now", told.name)));
    }
    if !is_commit(&told.commit.sha) {
        return Err(Problem::malformed(&what, format!("`{}` is no name of a commit", told.commit.sha)));
    }
    Ok(told.commit.sha)
}
