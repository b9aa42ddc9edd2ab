//! One comment, which is written anew and not repeated.

use super::author::author;
use super::refused::refused;
use crate::exchange::{Failure, Verb, Why};
use crate::github::{Client, Problem, Wire, all, is_repository};
use crate::report::Told;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Commented {
    /// There is one more comment.
    Made,
    /// The earlier one was written anew.
    Renewed,
}

#[derive(Deserialize)]
struct Earlier {
    id: u64,
    body: Option<String>,
    user: Option<User>,
}

#[derive(Deserialize)]
struct User {
    id: u64,
}

/// The first line, by which it is known again. Runs of one pull request that are about different things have names, and a comment each.
fn marker(name: Option<&str>) -> String {
    name.map_or_else(|| "<!-- changegate -->".to_owned(), |name| format!("<!-- changegate: {name} -->"))
}

/// Writes the comment of this name. Where there came to be several, the first stays.
///
/// # Errors
/// `publish/forbidden`, `publish/refused`, and all of `evidence/github-…`.
pub fn comment(
    client: &Client,
    repository: &str,
    number: u64,
    told: &Told,
    name: Option<&str>,
) -> Result<Commented, Problem> {
    let repository = is_repository(repository)?;
    let marker = marker(name);
    let body = json!({ "body": format!("{marker}\n{}", told.markdown()) });
    client.over("the comments", async |wire| {
        let own = author(wire).await?;
        let list = format!("/repos/{repository}/issues/{number}/comments");
        let comments: Vec<Earlier> = all(wire, &format!("the comments on {repository}#{number}"), &list).await?;
        let is_own = |comment: &&Earlier| {
            comment.user.as_ref().is_some_and(|user| user.id == own)
                && comment.body.as_deref().and_then(|body| body.lines().next()) == Some(&*marker)
        };
        let mut earlier = comments.iter().filter(is_own).map(|comment| comment.id);
        let at = |id: u64| format!("/repos/{repository}/issues/comments/{id}");
        let renewed = match earlier.next() {
            Some(first) => is_there(write(wire, Verb::Replace, &at(first), Some(&body)).await)?,
            None => false,
        };
        if !renewed {
            write(wire, Verb::Post, &list, Some(&body)).await.map_err(refused)?;
        }
        // Two runs at the same time may each have made one; what the further ones tell is outdated.
        for further in earlier {
            is_there(write(wire, Verb::Delete, &at(further), None).await)?;
        }
        Ok(if renewed { Commented::Renewed } else { Commented::Made })
    })
}

async fn write(wire: Wire<'_>, verb: Verb, path: &str, body: Option<&Value>) -> Result<(), Failure> {
    wire.over.send("a comment on the pull request", verb, path, body).await.map(drop)
}

/// Whether an earlier comment is still there: another run, or somebody, may have taken it away meanwhile. Where the token may not write, that
/// shows when a new one is made.
fn is_there(written: Result<(), Failure>) -> Result<bool, Problem> {
    match written {
        Ok(()) => Ok(true),
        Err(Failure { why: Why::Refused(raw), .. }) if matches!(raw.status, 404 | 410) => Ok(false),
        Err(failure) => Err(refused(failure)),
    }
}
