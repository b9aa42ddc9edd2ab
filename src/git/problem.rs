//! Why git can't be believed or asked: wording beside the data.

use super::Commit;
use crate::finding::Fault;
use std::io;
use std::path::Path;

pub(super) fn no_git(error: &io::Error) -> Fault {
    let help = if error.kind() == io::ErrorKind::NotFound {
        "install git; without it, run without --base"
    } else {
        "see that git runs here: `git status`"
    };
    Fault::new("trust/git", format!("git can't be asked: {error}")).help(help)
}

pub(super) fn no_repository(folder: &Path, why: &str) -> Fault {
    Fault::new("trust/no-repository", format!("{} is in no git repository that can be read: {why}", folder.display()))
        .help("run in a clone of the repository; where it belongs to another user, `git config --global --add safe.directory FOLDER` allows it")
}

pub(super) fn no_commit(name: &str, shallow: bool) -> Fault {
    let help = if shallow {
        "the clone is shallow: fetch all of its history, `git fetch --unshallow`, in GitHub Actions with `fetch-depth: 0`"
    } else {
        "name a branch, a tag or a commit that is here; `git fetch origin` brings those of the server: `origin/main`"
    };
    Fault::new("trust/no-commit", format!("`{name}` stands for no commit of this clone")).help(help)
}

pub(super) fn no_merge_base(one: &Commit, other: &Commit, shallow: bool) -> Fault {
    let help = if shallow {
        "the clone is shallow: fetch all of its history, `git fetch --unshallow`, in GitHub Actions with `fetch-depth: 0`"
    } else {
        "the two histories are unrelated: name the branch that this one was begun from"
    };
    Fault::new("trust/no-merge-base", format!("{} and {} have no commit in common", one.short(), other.short()))
        .help(help)
}

pub(super) fn several_merge_bases(one: &Commit, other: &Commit, count: usize) -> Fault {
    let message = format!("{} and {} have {count} newest commits in common", one.short(), other.short());
    Fault::new("trust/no-merge-base", message).help(
        "which changes are those of this branch can't be told: merge the base into it, or rebase it, and run again",
    )
}

pub(super) fn refused(what: &str, why: &str) -> Fault {
    Fault::new("trust/git", format!("git can't tell {what}: {why}")).help("see that the clone is whole: `git fsck`")
}

pub(super) fn too_many_commits(tip: &Commit, most: usize) -> Fault {
    let message =
        format!("more than {most} commits on the line that ends in {} are late enough to be looked at", tip.short());
    Fault::new("trust/git", message).help("correct the date since which they count")
}

pub(super) fn cut_off(tip: &Commit) -> Fault {
    let message = format!(
        "the history of {} was cut off when it was cloned, and what was merged earlier can't be told",
        tip.short()
    );
    Fault::new("trust/git", message)
        .help("fetch all of it: `git fetch --unshallow`, in GitHub Actions with `fetch-depth: 0`")
}
