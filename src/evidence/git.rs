//! What the history of the repository tells.

use super::{Answer, Scope, shortened};
use crate::finding::Fault;
use crate::git::{Commit, Line, Merged, Repository};
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;

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
        match Scope::parse(path) {
            Ok(frozen) => patterns.push(frozen),
            Err(_) => {
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

fn of(merged: &Merged, frozen: &[Scope]) -> Option<serde_json::Value> {
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
