//! Who has pushed the commits of a pull request: the activity of the repository that the branch is in tells it, by the clock of the server.
//!
//! A commit says itself who made it and when; who pushed it and when, only the server knows.

use super::people::is_repository;
use super::shapes::{Activity, End, account};
use super::wire::Wire;
use super::{ForcePush, Problem, Push, Pushes};
use crate::exchange::encoded;

/// Asks who pushed to a branch, up to the push that brought it to the commit at which it stands; once it is merged, at which it stood: what came since, its deletion
/// above all, moves the pull request no more.
///
/// What the token may not see of the repository of the pull request itself is for whoever gives the token; what it may not see of a fork, its owner may have
/// hidden, so that who pushed is unknown.
pub async fn pushes(wire: Wire<'_>, of: &str, head: &End, is_merged: bool) -> Result<Pushes, Problem> {
    let Some(repository) = head.repo.as_ref().map(|repository| repository.full_name.as_str()) else {
        return Ok(Pushes::Gone);
    };
    let repository = is_repository(repository)?;
    let branch = format!("refs/heads/{}", head.branch);
    let what = format!("the activity of {repository}");
    let path = format!("/repos/{repository}/activity?ref={}&per_page=100", encoded(&branch));
    let mut activity: Vec<Activity> = match wire.get(&what, &path).await {
        Ok(activity) => activity,
        Err(problem) if problem.is_answer() => {
            let why = format!("{}; it is read with the permission `Contents: read`", problem.message);
            if repository.eq_ignore_ascii_case(of) {
                return Err(Problem { message: why, ..problem });
            }
            return Ok(Pushes::Unknown(why));
        }
        Err(problem) => return Err(problem),
    };
    activity.retain(|entry| entry.branch == branch);
    // The newest first, whatever order it comes in; of one second, that of the list.
    activity.sort_by_key(|entry| std::cmp::Reverse(entry.timestamp));
    if is_merged {
        let landed = activity.iter().position(|entry| entry.after == head.sha).unwrap_or(activity.len());
        activity.drain(..landed);
    }
    match activity.first() {
        Some(newest) if newest.after == head.sha => {}
        Some(newest) => {
            let (found, sha) = (short(&newest.after), short(&head.sha));
            return Ok(Pushes::Unknown(format!(
                "the last push that GitHub tells of ended at {found}, and the head is {sha}"
            )));
        }
        None => return Ok(Pushes::Unknown(format!("GitHub tells of no push to {}", head.branch))),
    }
    activity.retain(|entry| entry.after == head.sha || !entry.is_merge());
    let push = |entry: Activity| Push { at: entry.timestamp, by: account(entry.actor), commit: entry.after };
    Ok(Pushes::Known(activity.into_iter().map(push).collect()))
}

/// Who has pushed the head of a fork that was deleted: the timeline of the pull request stays, and tells of pushes by force. If the last of them brought the
/// branch to the head, nobody pushed after it: a push that comes after moves the branch on, and only force takes it back.
pub fn by_force(force_pushes: &[ForcePush], head: &str) -> Pushes {
    let is_to_head = |push: &&ForcePush| push.commit.as_deref() == Some(head);
    let Some(last) = force_pushes.iter().map(|push| push.at).max() else { return Pushes::Gone };
    // Of those of one second it is not known which was the last.
    if !force_pushes.iter().filter(|push| push.at == last).all(|push| is_to_head(&push)) {
        return Pushes::Gone;
    }
    let mut known: Vec<_> = force_pushes
        .iter()
        .filter(is_to_head)
        .map(|push| Push { at: push.at, by: push.by.clone(), commit: head.to_owned() })
        .collect();
    known.sort_by_key(|push| std::cmp::Reverse(push.at));
    Pushes::Known(known)
}

/// The first characters of the name of a commit.
pub fn short(sha: &str) -> &str {
    sha.get(..7).unwrap_or(sha)
}
