//! What a pull request says of itself: its two ends, its title and its text. Whoever opened it has written that.

use super::people::is_repository;
use super::shapes::End;
use super::wire::Wire;
use super::{Problem, Tip};
use serde::{Deserialize, Serialize};

/// A pull request in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    /// Its title; hostile text.
    pub title: String,
    /// Its text; hostile, too, and empty where there is none.
    pub body: String,
    /// What is to be merged.
    pub head: Tip,
    /// Into what.
    pub base: Tip,
}

/// Asks for it.
pub async fn announcement(wire: Wire<'_>, repository: &str, number: u64) -> Result<Announcement, Problem> {
    #[derive(Deserialize)]
    #[serde(expecting = "expected a pull request")]
    struct Told {
        number: u64,
        title: String,
        body: Option<String>,
        head: End,
        base: End,
    }
    let repository = is_repository(repository)?;
    let what = format!("the pull request {repository}#{number}");
    let told: Told = wire.get(&what, &format!("/repos/{repository}/pulls/{number}")).await?;
    if told.number != number {
        return Err(Problem::malformed(&what, format!("it is about number {}", told.number)));
    }
    let (head, base) = (Tip::from(told.head), Tip::from(told.base));
    if let Some(end) = [&head, &base].into_iter().find(|end| !is_commit(&end.sha)) {
        return Err(Problem::malformed(&what, format!("`{}` is no name of a commit", end.sha)));
    }
    Ok(Announcement { title: told.title, body: told.body.unwrap_or_default(), head, base })
}

/// Whether something is the whole name of a commit.
pub fn is_commit(name: &str) -> bool {
    [40, 64].contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}
