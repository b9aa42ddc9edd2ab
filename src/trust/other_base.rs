//! Whether the branch that a pull request goes to still is what it is judged by.
//!
//! The base is the commit that an event or an operator named, and the branch goes on. By a branch that has gone on is judged what would come to the
//! same: others may merge what they like, as long as nobody has to judge by it.

use super::JudgedBy;
use crate::evidence::Touched;
use crate::finding::Fault;
use crate::git::{Commit, Repository, short};
use std::path::Path;

/// What a change was judged by.
#[derive(Debug)]
pub struct Grounds {
    pub(super) repository: Repository,
    pub(super) base: Commit,
    pub(super) head: Commit,
    pub(super) judged_by: JudgedBy,
}

/// What of a run says which differences of a branch matter to it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reach {
    /// Whether the base comes from a merge queue: then it is ahead of the branch by what is merged before.
    pub queued: bool,
    /// Whether something was asked of the history of the base, which each commit adds to.
    pub history: bool,
}

impl Grounds {
    /// Those of a run.
    pub const fn new(repository: Repository, base: Commit, head: Commit, judged_by: JudgedBy) -> Self {
        Self { repository, base, head, judged_by }
    }

    /// The files of the trusted side that the change touches.
    ///
    /// # Errors
    /// When git can't tell what it touches.
    pub fn touched(&self) -> Result<Vec<Touched>, Fault> {
        super::touched(&self.repository, &self.base, &self.head, &self.judged_by)
    }

    /// Whether the change touches a file by a path from the folder in which the gate runs.
    ///
    /// # Errors
    /// When git can't tell what it touches.
    pub fn touches(&self, is_meant: impl Fn(&Path) -> bool) -> Result<bool, Fault> {
        let began = self.repository.merge_base(&self.base, &self.head)?;
        let changes = self.repository.changes(&began, &self.head)?;
        let mut paths = changes.iter().flat_map(|change| change.from.iter().chain([&change.path]));
        Ok(paths.any(|path| path.strip_prefix(&self.judged_by.root).is_ok_and(&is_meant)))
    }

    /// Whether the same would come of judging by the commit at which the branch is.
    ///
    /// # Errors
    /// `trust/other-base` when it would not, or nobody can tell.
    pub fn hold(&self, branch: &str, tip: &str, reach: Reach) -> Result<(), Fault> {
        if tip == self.base.as_str() {
            return Ok(());
        }
        let Some(why) = self.differs(tip, reach)? else { return Ok(()) };
        let message =
            format!("what is judged by is {}, and GitHub has `{branch}` at {}, {why}", self.base.short(), short(tip));
        Err(Fault::new("trust/other-base", message).help(format!(
            "judge by the branch as it is now: `git fetch origin {branch}`, and run again with --base origin/{branch}"
        )))
    }

    /// Why something else could come of it; nothing where it could not.
    fn differs(&self, tip: &str, reach: Reach) -> Result<Option<String>, Fault> {
        let (repository, base) = (&self.repository, &self.base);
        let Ok(tip) = repository.commit(tip) else {
            return Ok(Some("a commit that this clone does not have".to_owned()));
        };
        if reach.queued && began(repository, base, &tip).as_ref() == Some(&tip) {
            return Ok(None);
        }
        if reach.history {
            return Ok(Some("and what has come to it meanwhile counts here, too".to_owned()));
        }
        // Else what others have done would pass for the change, or hide a part of it.
        let from = began(repository, base, &self.head);
        if from.is_none() || from != began(repository, &tip, &self.head) {
            return Ok(Some("with which this change has other commits in common".to_owned()));
        }
        let changes = repository.changes(base, &tip)?;
        let mut paths = changes.iter().flat_map(|change| change.from.iter().chain([&change.path]));
        let other = paths.find_map(|path| Some((path, self.judged_by.as_what(path)?)));
        Ok(other.map(|(path, what)| format!("where {what}, `{}`, is another", path.display())))
    }
}

/// That the branch has gone on, where no git is there to say by what.
pub fn unknown_tip(branch: &str, tip: &str, base: &str) -> Fault {
    let message = format!(
        "what is judged by is {}, and GitHub had `{branch}` at {}, and without git nobody can tell what came between",
        short(base),
        short(tip)
    );
    Fault::new("trust/other-base", message)
        .help("judge by the record where the repository is, with the --base that it was made with")
}

fn began(repository: &Repository, one: &Commit, other: &Commit) -> Option<Commit> {
    repository.merge_base(one, other).ok()
}
