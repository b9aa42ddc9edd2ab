//! Who has pushed the commits of a pull request: the activity of the repository that the branch is in tells it, by the clock of the server.
//!
//! A commit says itself who made it and when; who pushed it and when, only the server knows.

use super::people::is_repository;
use super::shapes::{Activity, End, account};
use super::wire::Wire;
use super::{ForcePush, Problem, Push, Pushes};
use crate::exchange::encoded;
use std::collections::BTreeSet;

/// So many pushes GitHub tells of at once.
const PAGE: usize = 100;

/// What GitHub tells of the pushes to a branch.
pub enum Told {
    Known(Pushed),
    /// Nothing, or not enough.
    Not(Pushes),
}

/// The pushes to a branch, the newest first.
pub struct Pushed {
    all: Vec<Activity>,
    /// Whether there may be more before them.
    is_cut: bool,
}

/// Asks who pushed to a branch, up to the push that brought it to the commit at which it stands; once it is merged, at which it stood: what came since, its deletion
/// above all, moves the pull request no more.
///
/// What the token may not see of the repository of the pull request itself is for whoever gives the token; what it may not see of a fork, its owner may have
/// hidden, so that who pushed is unknown.
pub async fn pushes(wire: Wire<'_>, of: &str, head: &End, is_merged: bool) -> Result<Told, Problem> {
    let Some(repository) = head.repo.as_ref().map(|repository| repository.full_name.as_str()) else {
        return Ok(Told::Not(Pushes::Gone));
    };
    let repository = is_repository(repository)?;
    let branch = format!("refs/heads/{}", head.branch);
    let what = format!("the activity of {repository}");
    let path = format!("/repos/{repository}/activity?ref={}&per_page={PAGE}", encoded(&branch));
    let mut activity: Vec<Activity> = match wire.get(&what, &path).await {
        Ok(activity) => activity,
        Err(problem) if problem.is_answer() => {
            let why = format!("{}; it is read with the permission `Contents: read`", problem.message);
            if repository.eq_ignore_ascii_case(of) {
                return Err(Problem { message: why, ..problem });
            }
            return Ok(Told::Not(Pushes::Unknown(why)));
        }
        Err(problem) => return Err(problem),
    };
    let is_cut = activity.len() >= PAGE;
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
            let why = format!("the last push that GitHub tells of ended at {found}, and the head is {sha}");
            return Ok(Told::Not(Pushes::Unknown(why)));
        }
        None => {
            let why = format!("GitHub tells of no push to {}", head.branch);
            return Ok(Told::Not(Pushes::Unknown(why)));
        }
    }
    Ok(Told::Known(Pushed { all: activity, is_cut }))
}

impl Pushed {
    /// The pushes by which some commits may have come, of which `below` are the parents that are none of them.
    ///
    /// Of a push only its last commit is told: where that was taken back, the others may have stayed. So all count since the branch had
    /// nothing of the change: since it was made, or was last at a commit on which the change stands.
    pub fn of_the_change(self, head: &str, commits: &BTreeSet<&str>, below: &BTreeSet<&str>) -> Pushes {
        let Self { all, is_cut } = self;
        let is_before = |entry: &Activity| entry.ends() || below.contains(&*entry.after);
        let start = all.iter().position(|entry| entry.begins() || is_before(entry));
        if start.is_none() && is_cut {
            return Pushes::Unknown(format!(
                "GitHub tells of the last {PAGE} pushes to the branch, and the change may have begun before"
            ));
        }
        let since = start.map_or(all.len(), |at| at + usize::from(all.get(at).is_some_and(|entry| !is_before(entry))));
        let may_be_of_it = |(at, entry): &(usize, Activity)| {
            let is_of_it = entry.after == head || commits.contains(&*entry.after);
            (is_of_it || *at < since) && (entry.after == head || !entry.is_merge())
        };
        let push =
            |(_, entry): (usize, Activity)| Push { at: entry.timestamp, by: account(entry.actor), commit: entry.after };
        Pushes::Known(all.into_iter().enumerate().filter(may_be_of_it).map(push).collect())
    }
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
