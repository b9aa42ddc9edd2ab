//! The git repository in which the gate runs: commits, what stands in them, and what changed between two.
//!
//! The git command is asked, and no library: it reads every kind of repository that people have (partial and shallow clones, work
//! trees, SHA-256), honours what its owner has configured, and answers in one to three milliseconds. A library was measured beside it:
//! see ARCHITECTURE.md. Plumbing is called, whose output is made for programs, and `git log` with every
//! setting given that could change what it says; nothing is written.

mod command;
mod history;
mod objects;
mod problem;
mod states;
mod versions;

use crate::finding::Fault;
use command::Command;
pub use history::{Line, Merged};
pub use objects::{Entry, Kind, Snapshot};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
pub use states::State;
use std::fmt;
use std::path::{Path, PathBuf};
pub use versions::Version;

/// A commit, by its whole name in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit(Box<str>);

impl Commit {
    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The beginning of the name, as people write it: twelve digits, enough for the largest repositories there are.
    pub fn short(&self) -> &str {
        short(&self.0)
    }

    /// None for what is no name of a commit.
    fn read(text: &str) -> Option<Self> {
        let name = text.trim_end();
        let hexadecimal = name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (hexadecimal && [40, 64].contains(&name.len())).then(|| Self(name.into()))
    }
}

/// The beginning of the name of a commit, be it of one that nobody has looked up.
///
/// ```
/// assert_eq!(changegate::git::short("8e5e7e5ab8b370d6c329ec480221332ada57f0ab"), "8e5e7e5ab8b3");
/// ```
pub fn short(name: &str) -> &str {
    name.get(..12).unwrap_or(name)
}

impl Serialize for Commit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Commit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| de::Error::custom("what should name a commit does not"))
    }
}

impl fmt::Display for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file that differs between two commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its path from the top of the repository; of one that was removed, the one that it had.
    pub path: PathBuf,
    /// Where it stood before, if it was moved.
    pub from: Option<PathBuf>,
    /// What happened to it.
    pub kind: ChangeKind,
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its content, its mode or its kind is another one.
    Modified,
    /// It has another name, and perhaps another content.
    Moved,
}

/// The repository around a folder.
#[derive(Debug, Clone)]
pub struct Repository {
    /// Its top folder, canonical.
    top: PathBuf,
}

impl Repository {
    /// The repository that a folder lies in.
    ///
    /// # Errors
    /// When it lies in none that git can read.
    pub fn around(folder: &Path) -> Result<Self, Fault> {
        let asked = Command::new(folder, &["rev-parse", "--show-toplevel"]).run();
        let answer = asked.map_err(|error| problem::no_git(&error))?;
        let top = answer.success().map_err(|error| problem::no_repository(folder, error))?;
        let top = Path::new(top.trim_end_matches(['\n', '\r']));
        top.canonicalize().map(|top| Self { top }).map_err(|error| problem::no_repository(folder, &error.to_string()))
    }

    /// Its top folder.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// The commit that a name stands for: a branch, a tag, a remote's branch, the digits of a commit.
    ///
    /// # Errors
    /// When it stands for none that is here.
    pub fn commit(&self, name: &str) -> Result<Commit, Fault> {
        let what = format!("{name}^{{commit}}");
        // A name that begins with a hyphen is no option.
        let answer = self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &what])?;
        answer.success().ok().and_then(Commit::read).ok_or_else(|| problem::no_commit(name, self.is_shallow()))
    }

    /// The commits that a commit was made from, the first one first.
    ///
    /// # Errors
    /// When git can't tell.
    pub fn parents(&self, commit: &Commit) -> Result<Vec<Commit>, Fault> {
        let answer = self.ask(&["rev-list", "--parents", "--max-count=1", commit.as_str()])?;
        let line = answer.success().map_err(|error| problem::refused("the parents of a commit", error))?;
        Ok(line.split_whitespace().skip(1).filter_map(Commit::read).collect())
    }

    /// The newest commit that two have in common.
    ///
    /// # Errors
    /// When they have none here, or several: a history that was merged crosswise has no one state in which a branch began.
    pub fn merge_base(&self, one: &Commit, other: &Commit) -> Result<Commit, Fault> {
        let answer = self.ask(&["merge-base", "--all", one.as_str(), other.as_str()])?;
        let bases: Vec<_> =
            answer.success().map(|text| text.lines().filter_map(Commit::read).collect()).unwrap_or_default();
        match bases.as_slice() {
            [base] => Ok(base.clone()),
            [] => Err(problem::no_merge_base(one, other, self.is_shallow())),
            several => Err(problem::several_merge_bases(one, other, several.len())),
        }
    }

    /// The files that differ from one commit to another, in the order of their paths.
    ///
    /// # Errors
    /// When git can't tell.
    pub fn changes(&self, from: &Commit, to: &Commit) -> Result<Vec<Change>, Fault> {
        let how = [
            "diff-tree",
            "-r",
            "-z",
            "-M",
            "--no-commit-id",
            "--name-status",
            "--ignore-submodules=none",
            "--no-relative",
        ];
        let arguments = [&how[..], &[from.as_str(), to.as_str()]].concat();
        let answer = self.ask(&arguments)?;
        let text = answer.success().map_err(|error| problem::refused("the files that changed", error))?;
        changes(text).ok_or_else(|| problem::refused("the files that changed", "its answer can't be read"))
    }

    /// What stands in a commit.
    pub fn snapshot(&self, commit: &Commit) -> Snapshot {
        Snapshot::new(self.clone(), commit.clone())
    }

    /// Whether history was cut off when it was cloned. Asked only where something is missing, to say what to do.
    fn is_shallow(&self) -> bool {
        let answer = self.ask(&["rev-parse", "--is-shallow-repository"]);
        answer.is_ok_and(|answer| answer.success().is_ok_and(|text| text.trim_end() == "true"))
    }

    fn ask(&self, arguments: &[&str]) -> Result<command::Answer, Fault> {
        Command::new(&self.top, arguments).run().map_err(|error| problem::no_git(&error))
    }
}

/// Reads `A\0path\0R090\0old\0new\0…`. None for what git does not say.
fn changes(text: &str) -> Option<Vec<Change>> {
    let mut fields = text.split_terminator('\0');
    let mut changes = Vec::new();
    while let Some(status) = fields.next() {
        let first = PathBuf::from(fields.next()?);
        changes.push(match status.as_bytes().first()? {
            b'A' => Change { path: first, from: None, kind: ChangeKind::Added },
            b'D' => Change { path: first, from: None, kind: ChangeKind::Removed },
            b'M' | b'T' => Change { path: first, from: None, kind: ChangeKind::Modified },
            b'R' => Change { path: fields.next()?.into(), from: Some(first), kind: ChangeKind::Moved },
            _ => return None,
        });
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    Some(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_read_as_git_writes_them() {
        let read = changes("M\0b/x.json\0A\0a\nb\0R087\0old\0new\0D\0gone\0T\0link\0");
        let told: Vec<_> = read
            .iter()
            .flatten()
            .map(|change| {
                (change.path.to_str().unwrap_or_default(), change.kind, change.from.as_deref().and_then(Path::to_str))
            })
            .collect();
        assert_eq!(
            told,
            [
                ("a\nb", ChangeKind::Added, None),
                ("b/x.json", ChangeKind::Modified, None),
                ("gone", ChangeKind::Removed, None),
                ("link", ChangeKind::Modified, None),
                ("new", ChangeKind::Moved, Some("old")),
            ]
        );
        for broken in ["X\0a\0", "M", "R100\0old\0", "\0"] {
            assert_eq!(changes(broken), None, "{broken:?}");
        }
    }

    #[test]
    fn names_of_commits_are_whole() {
        assert!(Commit::read(&"a1".repeat(20)).is_some() && Commit::read(&format!("{}\n", "0f".repeat(32))).is_some());
        for text in ["", "HEAD", "a1b2c3", &"A1".repeat(20), &"g1".repeat(20), &"a1".repeat(21)] {
            assert!(Commit::read(text).is_none(), "{text}");
        }
    }
}
