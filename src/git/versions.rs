//! All versions of files that a line of commits brought.

use super::{Commit, Entry, Kind, Repository, problem};
use crate::finding::Fault;
use jiff::Timestamp;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A file as a commit wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What stood there.
    pub entry: Entry,
    /// The first commit of the line in which it did.
    pub commit: Commit,
    /// When that was made, by its own account: not earlier than what it stands on.
    pub at: Timestamp,
}

/// A commit with the files that it wrote.
type Wrote = (Commit, Timestamp, Vec<Entry>);

impl Repository {
    /// Each version of the files of some folders that came with a commit of the line of first parents that ends in a commit, the oldest
    /// first, and of one commit in the order of their paths. What several files held, or one several times, is told once.
    ///
    /// # Errors
    /// When git can't tell, or history was cut off when it was cloned.
    pub fn versions(
        &self,
        tip: &Commit,
        folders: &[PathBuf],
        wanted: impl Fn(&Path) -> bool,
    ) -> Result<Vec<Version>, Fault> {
        let refused = |error: &str| problem::refused("which versions of files there were", error);
        if self.is_shallow() {
            return Err(problem::cut_off(tip));
        }
        if folders.is_empty() {
            return Ok(Vec::new());
        }
        let what =
            ["log", "-z", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--raw", "--no-abbrev"];
        let as_is = ["--no-notes", "--no-show-signature", "--encoding=UTF-8", "--root", "--no-relative"];
        let mut arguments = [what.as_slice(), &as_is, &["--format=%H%x00%ct", tip.as_str(), "--"]].concat();
        // The top folder is all there is, and no name for git.
        if !folders.iter().any(|folder| folder.as_os_str().is_empty()) {
            for folder in folders {
                arguments.push(folder.to_str().ok_or_else(|| refused("the name of a folder is not UTF-8"))?);
            }
        }
        let answer = self.ask(&arguments)?;
        let mut wrote =
            written(answer.success().map_err(refused)?).ok_or_else(|| refused("its answer can't be read"))?;
        wrote.reverse();
        let (mut versions, mut known, mut latest) = (Vec::new(), HashSet::new(), Timestamp::MIN);
        for (commit, at, mut entries) in wrote {
            latest = latest.max(at);
            entries.sort_by(|a, b| a.path.cmp(&b.path));
            for entry in entries {
                if wanted(&entry.path) && known.insert(entry.id.clone()) {
                    versions.push(Version { entry, commit: commit.clone(), at: latest });
                }
            }
        }
        Ok(versions)
    }
}

/// Reads what `git log -z --raw` writes: a commit and when it was made, and then `:100644 100644 3f1c… 9b7d… M` and a path for each file, the
/// first after a new line.
fn written(text: &str) -> Option<Vec<Wrote>> {
    let mut fields = text.split_terminator('\0').peekable();
    let mut all = Vec::new();
    while let Some(name) = fields.next() {
        let commit = Commit::read(name)?;
        let at = Timestamp::from_second(fields.next()?.parse().ok()?).ok()?;
        let mut entries = Vec::new();
        while let Some(status) = fields.next_if(|field| field.trim_start_matches('\n').starts_with(':')) {
            let path = PathBuf::from(fields.next()?);
            let words: Vec<_> = status.trim_start_matches('\n').split(' ').collect();
            let &[_, mode, _, id, _] = words.as_slice() else { return None };
            // What was taken away, and what is no ordinary file, is nothing that could be read.
            if mode.starts_with("100") {
                entries.push(Entry { path, kind: Kind::File, id: id.into() });
            }
        }
        all.push((commit, at, entries));
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_as_git_writes_it() {
        let (one, two, blob, zero) = ("1a".repeat(20), "2b".repeat(20), "3c".repeat(20), "0".repeat(40));
        let text = format!(
            "{one}\x0020\0\n:100644 000000 {blob} {zero} D\0gone\0:000000 100755 {zero} {blob} A\0a:b\0\
             :000000 120000 {zero} {blob} A\0link\0{two}\x0010\0"
        );
        let told: Vec<_> = written(&text)
            .into_iter()
            .flatten()
            .map(|(commit, at, entries)| {
                let entries = entries.into_iter().map(|entry| (entry.path, entry.id)).collect::<Vec<_>>();
                (commit.to_string(), at.as_second(), entries)
            })
            .collect();
        assert_eq!(told, [(one.clone(), 20, vec![("a:b".into(), blob.as_str().into())]), (two, 10, vec![])]);
        for broken in ["x\x001\0", &one, &format!("{one}\0x\0"), &format!("{one}\x001\0\n:100644 {blob} M\0a\0")] {
            assert!(written(broken).is_none(), "{broken:?}");
        }
    }
}
