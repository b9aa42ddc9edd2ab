//! The states that files had on a line of commits.

use super::{Commit, Entry, Kind, Repository, problem};
use crate::finding::Fault;
use jiff::Timestamp;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A file as it stood in a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What stood there.
    pub entry: Entry,
    /// The last commit of the line in which it did.
    pub commit: Commit,
}

/// A file that a commit took away or wrote anew, as it was before.
struct Replaced {
    /// The commit before.
    parent: Option<Commit>,
    entries: Vec<Entry>,
}

impl Repository {
    /// The states of the files of some folders on the line of first parents that ends in a commit: those that stand in it, and those that
    /// were replaced or removed since a time. The newest come first, and what several files held is told once.
    ///
    /// # Errors
    /// When git can't tell, or history was cut off when it was cloned.
    pub fn states(
        &self,
        tip: &Commit,
        since: Timestamp,
        folders: &[PathBuf],
        wanted: impl Fn(&Path) -> bool,
    ) -> Result<Vec<State>, Fault> {
        let refused = |error: &str| problem::refused("how files were", error);
        let mut states = Vec::new();
        let snapshot = self.snapshot(tip);
        for folder in folders {
            let entries = snapshot.below(folder).map_err(|error| refused(&error.to_string()))?;
            states.extend(entries.into_iter().map(|entry| State { entry, commit: tip.clone() }));
        }
        for Replaced { parent, entries } in self.replaced(tip, since, folders)? {
            let Some(commit) = parent else { continue };
            states.extend(entries.into_iter().map(|entry| State { entry, commit: commit.clone() }));
        }
        let mut known = HashSet::new();
        states.retain(|State { entry, .. }| {
            entry.kind == Kind::File && wanted(&entry.path) && known.insert(entry.id.clone())
        });
        Ok(states)
    }

    /// The newest first.
    fn replaced(&self, tip: &Commit, since: Timestamp, folders: &[PathBuf]) -> Result<Vec<Replaced>, Fault> {
        let refused = |error: &str| problem::refused("how files were", error);
        let Some(late) = self.late(tip, since)? else { return Ok(Vec::new()) };
        if late.is_cut_off {
            return Err(problem::cut_off(tip));
        }
        let what =
            ["log", "-z", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--raw", "--no-abbrev"];
        let as_is = ["--no-notes", "--no-show-signature", "--encoding=UTF-8", "--root", "--no-relative"];
        let until = late.before.map(|before| format!("^{before}"));
        let mut arguments = [what.as_slice(), &as_is, &["--format=%H%x00%P", tip.as_str()]].concat();
        arguments.extend(until.as_deref());
        arguments.push("--");
        // The top folder is all there is, and no name for git.
        if !folders.iter().any(|folder| folder.as_os_str().is_empty()) {
            for folder in folders {
                arguments.push(folder.to_str().ok_or_else(|| refused("the name of a folder is not UTF-8"))?);
            }
        }
        let answer = self.ask(&arguments)?;
        replaced(answer.success().map_err(refused)?).ok_or_else(|| refused("its answer can't be read"))
    }
}

/// Reads what `git log -z --raw` writes: a commit, the names of its parents, and then `:100644 100644 3f1c… 9b7d… M` and a path for each
/// file, the first after a new line.
fn replaced(text: &str) -> Option<Vec<Replaced>> {
    let mut fields = text.split_terminator('\0').peekable();
    let mut all = Vec::new();
    while let Some(name) = fields.next() {
        Commit::read(name)?;
        let parent = fields.next()?.split(' ').next().and_then(Commit::read);
        let mut entries = Vec::new();
        while let Some(status) = fields.next_if(|field| field.trim_start_matches('\n').starts_with(':')) {
            let path = PathBuf::from(fields.next()?);
            let mut words = status.trim_start_matches('\n').split(' ');
            // What was no ordinary file before was nothing that could be read.
            if words.next()?.starts_with(":100") {
                entries.push(Entry { path, kind: Kind::File, id: words.nth(1)?.into() });
            }
        }
        all.push(Replaced { parent, entries });
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_before_is_read_as_git_writes_it() {
        let (one, two, blob, zero) = ("1a".repeat(20), "2b".repeat(20), "3c".repeat(20), "0".repeat(40));
        let text = format!(
            "{one}\0{two} {one}\0\n:100644 000000 {blob} {zero} D\0a:b\0:000000 100644 {zero} {blob} A\0new\0\
             :120000 100644 {blob} {blob} T\0link\0{two}\0\0"
        );
        let told: Vec<_> = replaced(&text)
            .into_iter()
            .flatten()
            .map(|Replaced { parent, entries }| {
                let entries = entries.into_iter().map(|entry| (entry.path, entry.id)).collect::<Vec<_>>();
                (parent.map(|parent| parent.to_string()), entries)
            })
            .collect();
        assert_eq!(told, [(Some(two), vec![("a:b".into(), blob.as_str().into())]), (None, vec![])]);
        for broken in ["x\0\0", &one, &format!("{one}\0\0\n:100644 0 {blob}\0"), &format!("{one}\0\0:100\0a\0")] {
            assert!(replaced(broken).is_none(), "{broken:?}");
        }
    }
}
