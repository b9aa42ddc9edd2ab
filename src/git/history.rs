//! What was merged into a line of commits, and when.

use super::{Commit, Repository, problem};
use crate::finding::Fault;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// A commit of a line, with all that came in by it: a merge brings what was merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Its name.
    pub commit: Commit,
    /// When it was made, by its own account: not earlier than what it stands on.
    pub at: Timestamp,
    /// The first line of what it says of itself; hostile text.
    pub title: String,
    /// The files that it touched, from the top of the repository.
    pub paths: Vec<PathBuf>,
}

/// What was merged into a line of commits.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The oldest first.
    pub merged: Vec<Merged>,
    /// That there may be more, where history was cut off when it was cloned.
    pub cut_off: Option<Fault>,
}

/// How many commits of a line are looked at. A freeze lasts days, and no line of the main branch grows by so many in that time.
const MOST: usize = 10_000;

impl Repository {
    /// What was merged into the line of first parents that ends in a commit since a time, the oldest first.
    ///
    /// Commits tell their own dates, and one may tell an old one. But none was merged before what it stands on: of a line all commits
    /// count that come after the first one that is late enough.
    ///
    /// # Errors
    /// When git can't tell.
    pub fn merged_since(&self, tip: &Commit, since: Timestamp) -> Result<Line, Fault> {
        let refused = |error: &str| problem::refused("what was merged", error);
        let unreadable = || refused("its answer can't be read");
        let Some(Late { count, is_cut_off, .. }) = self.late(tip, since)? else {
            return Ok(Line { merged: Vec::new(), cut_off: None });
        };
        let cut_off = is_cut_off.then(|| problem::cut_off(tip));
        let most = format!("--max-count={count}");
        let form = "--format=%H%x00%ct%x00%s";
        let what = ["log", "-z", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--name-status"];
        // All that the settings of a repository could change about it, and what its author could: a submodule that is not looked at.
        let as_is = ["--no-notes", "--no-show-signature", "--encoding=UTF-8", "--root", "--no-relative"];
        let all = ["--ignore-submodules=none", &most, form, tip.as_str()];
        let answer = self.ask(&[what.as_slice(), &as_is, &all].concat())?;
        let mut merged = merged(answer.success().map_err(refused)?).ok_or_else(unreadable)?;
        merged.reverse();
        let mut latest = Timestamp::MIN;
        for one in &mut merged {
            latest = latest.max(one.at);
            one.at = latest;
        }
        Ok(Line { merged, cut_off })
    }

    /// How much of a line was made since a time; none where nothing was.
    pub(super) fn late(&self, tip: &Commit, since: Timestamp) -> Result<Option<Late>, Fault> {
        let refused = |error: &str| problem::refused("what was merged", error);
        let most = format!("--max-count={}", MOST + 1);
        let answer = self.ask(&["rev-list", "--first-parent", "--timestamp", &most, tip.as_str()])?;
        let line = answer.success().map_err(refused)?;
        let dates: Vec<i64> =
            line.lines().map(date).collect::<Option<_>>().ok_or_else(|| refused("its answer can't be read"))?;
        let Some(first) = dates.iter().rposition(|&date| date >= since.as_second()) else { return Ok(None) };
        if first >= MOST {
            return Err(problem::too_many_commits(tip, MOST));
        }
        let is_cut_off = first + 1 == dates.len() && self.is_shallow();
        // Of the last commit of a history that was cut off, nobody can tell what it changed.
        let count = if is_cut_off { first } else { first + 1 };
        let before = line.lines().nth(first + 1).and_then(|line| Commit::read(line.split_once(' ')?.1));
        Ok(Some(Late { count, before, is_cut_off }))
    }
}

/// The end of a line that was made since a time.
pub(super) struct Late {
    /// How many commits that are.
    count: usize,
    /// The newest one before them.
    pub(super) before: Option<Commit>,
    /// Whether there may be more, where history was cut off when it was cloned.
    pub(super) is_cut_off: bool,
}

impl Repository {
    /// Whether a commit holds what merging a head into a base makes, and nothing else. It need not be a merge: the commits of the head may
    /// have been squashed or rebased.
    ///
    /// # Errors
    /// When git can't merge them, as one before 2.38; what would take somebody to decide is no error.
    pub fn is_merge_of(&self, commit: &Commit, base: &Commit, head: &Commit) -> Result<bool, Fault> {
        let refused = |error: &str| problem::refused("what a merge comes to", error);
        let merged = self.ask(&["merge-tree", "--write-tree", base.as_str(), head.as_str()])?;
        let merged = match merged.success() {
            Ok(tree) => tree,
            // Of conflicts it complains where it prints what it has merged.
            Err("") => return Ok(false),
            Err(error) => return Err(refused(error)),
        };
        let tree = self.ask(&["rev-parse", "--verify", "--end-of-options", &format!("{commit}^{{tree}}")])?;
        Ok(tree.success().map_err(refused)?.trim_end() == merged.trim_end())
    }

    /// What a commit says of itself; hostile text.
    ///
    /// # Errors
    /// When git can't tell.
    pub fn message(&self, commit: &Commit) -> Result<String, Fault> {
        let what = ["log", "-1", "--no-notes", "--no-show-signature", "--encoding=UTF-8", "--format=%B"];
        let answer = self.ask(&[what.as_slice(), &[commit.as_str()]].concat())?;
        answer.success().map(str::to_owned).map_err(|error| problem::refused("the message of a commit", error))
    }

    /// When the newest commit was made, of those that a commit stands on, that touched a file; none where none did.
    ///
    /// # Errors
    /// When git can't tell.
    pub fn last_change(&self, tip: &Commit, path: &Path) -> Result<Option<Timestamp>, Fault> {
        let refused = |error: &str| problem::refused("when a file was last changed", error);
        let name = path.to_str().ok_or_else(|| refused("its name is not UTF-8"))?;
        let answer = self.ask(&["rev-list", "--timestamp", "--max-count=1", tip.as_str(), "--", name])?;
        let line = answer.success().map_err(refused)?.trim_end();
        let read = |line: &str| date(line).and_then(|date| Timestamp::from_second(date).ok());
        if line.is_empty() { Ok(None) } else { read(line).map(Some).ok_or_else(|| refused("its answer can't be read")) }
    }
}

/// Reads `1795283772 3f1c…`.
fn date(line: &str) -> Option<i64> {
    line.split_once(' ')?.0.parse().ok()
}

/// Reads what `git log -z` writes: the fields of a commit, and then a letter and a path for each file, the first after a new line. What
/// commits say of themselves can't hold the zero byte that ends each field, and no letter can be taken for the name of a commit.
fn merged(text: &str) -> Option<Vec<Merged>> {
    let mut fields = text.split_terminator('\0').peekable();
    let mut merged = Vec::new();
    while let Some(name) = fields.next() {
        let commit = Commit::read(name)?;
        let at = Timestamp::from_second(fields.next()?.parse().ok()?).ok()?;
        let title = fields.next()?.to_owned();
        let mut paths = Vec::new();
        while fields.next_if(|field| is_status(field.trim_start_matches('\n'))).is_some() {
            paths.push(fields.next()?.into());
        }
        merged.push(Merged { commit, at, title, paths });
    }
    Some(merged)
}

fn is_status(field: &str) -> bool {
    matches!(field, "A" | "D" | "M" | "T")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_git_writes_it() {
        let (one, two) = ("1a".repeat(20), "2b".repeat(20));
        let text = format!("{one}\x0020\0Merge \x01 M\0\nA\0network/b\0M\0A\0{two}\x0010\0\0");
        let told: Vec<_> = merged(&text)
            .into_iter()
            .flatten()
            .map(|merged| (merged.commit.to_string(), merged.at.as_second(), merged.title, merged.paths))
            .collect();
        assert_eq!(
            told,
            [
                (one.clone(), 20, "Merge \x01 M".to_owned(), vec!["network/b".into(), "A".into()]),
                (two.clone(), 10, String::new(), vec![]),
            ]
        );
        for broken in
            ["x\x001\0t\0", &format!("{one}\0x\0t\0"), &format!("{one}\x001\0"), &format!("{one}\x001\0t\0\nA\0")]
        {
            assert_eq!(merged(broken), None, "{broken:?}");
        }
    }
}
