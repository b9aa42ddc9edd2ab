//! What the history of the repository tells.

use super::{Answer, shortened};
use crate::finding::Fault;
use crate::git::{Commit, Line, Merged, Repository};
use glob::{MatchOptions, Pattern};
use jiff::Timestamp;
use serde_json::json;
use std::path::{Path, PathBuf};

/// How a pattern of paths is read: `*` is any part of a name, `**` any folders.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// The most files of one merge, and merges, that are told of; that there are any is what counts.
const MOST_FILES: usize = 20;
const MOST_MERGES: usize = 200;

/// What was merged into some paths since a time, as `evidence.merges`.
pub fn merges(repository: &Repository, tip: &Commit, paths: &[String], since: &str) -> Answer {
    let Ok(since) = since.parse::<Timestamp>() else {
        return Answer::unavailable(format!("`{since}` is no point in time"), "write it as in RFC 3339");
    };
    let mut patterns = Vec::new();
    for path in paths {
        match Frozen::new(path) {
            Some(frozen) => patterns.push(frozen),
            None => {
                return Answer::unavailable(
                    format!("`{path}` is no pattern of paths"),
                    "in `freeze.paths`, name folders, or patterns with `*` and `**`",
                );
            }
        }
    }
    match repository.merged_since(tip, since) {
        Ok(Line { merged, cut_off }) => {
            let met: Vec<_> = merged.iter().filter_map(|merged| of(merged, &patterns)).take(MOST_MERGES).collect();
            match cut_off {
                // What can be seen is enough to say that the freeze was not held.
                Some(fault) if met.is_empty() => unavailable(fault),
                _ => Answer::known(met.into()),
            }
        }
        Err(fault) => unavailable(fault),
    }
}

fn unavailable(Fault { message, help, .. }: Fault) -> Answer {
    Answer::unavailable(message, help.unwrap_or_default())
}

fn of(merged: &Merged, frozen: &[Frozen]) -> Option<serde_json::Value> {
    let met = |path: &&PathBuf| frozen.iter().any(|frozen| frozen.holds(path));
    let paths: Vec<_> =
        merged.paths.iter().filter(met).map(|path| shortened(&path.to_string_lossy(), 200)).take(MOST_FILES).collect();
    let title = shortened(&merged.title, 200);
    let mut told = json!({ "commit": merged.commit.short(), "at": merged.at.to_string(), "paths": paths });
    if !title.trim().is_empty() {
        told["title"] = title.into();
    }
    (!paths.is_empty()).then_some(told)
}

/// A folder or a pattern of paths, from the top of the repository.
struct Frozen {
    path: PathBuf,
    pattern: Pattern,
}

impl Frozen {
    fn new(path: &str) -> Option<Self> {
        let path = path.trim_start_matches("./").trim_end_matches('/');
        Some(Self { path: path.into(), pattern: Pattern::new(path).ok()? })
    }

    fn holds(&self, path: &Path) -> bool {
        // What names a folder means what is in it, also where a pattern names it.
        path.starts_with(&self.path) || path.ancestors().any(|folder| self.pattern.matches_path_with(folder, OPTIONS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_patterns_hold_what_is_in_them() {
        let holds = |frozen: &str, path: &str| Frozen::new(frozen).is_some_and(|frozen| frozen.holds(Path::new(path)));
        for (frozen, path) in [
            ("network", "network/a/b.tf"),
            ("network/", "network/a.tf"),
            ("./network/**", "network/a/b.tf"),
            ("network/*.tf", "network/a.tf"),
            ("net*", "network/a/b.tf"),
            ("**/*.tf", "x/.hidden/b.tf"),
            ("a [1]", "a [1]/x"),
        ] {
            assert!(holds(frozen, path), "{frozen} {path}");
        }
        for (frozen, path) in [("network", "networks/a"), ("network/*.tf", "network/x/a.tf"), ("Network", "network/a")]
        {
            assert!(!holds(frozen, path), "{frozen} {path}");
        }
        assert!(Frozen::new("a/***").is_none());
    }
}
