//! The proposals that stood in the history of the base, for rules that count how often something is done.

use super::Answer;
use crate::document::{Document, Kind, Limits};
use crate::finding::Fault;
use crate::git::{Commit, Repository, State};
use crate::proposal::model::EVIDENCE;
use crate::proposal::read;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The most states of files that are read, and the most bytes of all of them.
const MOST_STATES: usize = 20_000;
const MOST_BYTES: usize = 256 << 20;
/// The most proposals that are told, those whose windows begin last.
const MOST: usize = 200;

/// Where proposals stand, as far as their names tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    folder: PathBuf,
    /// Whether those in folders below count, too.
    deep: bool,
}

impl Shelf {
    /// The place of what a pattern of inputs names: the folder in which the pattern begins, with all below it; for a file that is named by
    /// itself, what stands beside it. None of standard input, and of what leads upwards.
    pub fn of(pattern: &str) -> Option<Self> {
        let path = Path::new(pattern.strip_prefix("./").unwrap_or(pattern));
        if pattern == "-" || path.has_root() || super::question::escape(pattern).is_some() {
            return None;
        }
        let is_plain = |part: &&std::ffi::OsStr| !part.to_string_lossy().contains(['*', '?', '[']);
        let plain: PathBuf = path.iter().take_while(is_plain).filter(|part| *part != ".").collect();
        let is_file = plain.iter().count() == path.iter().filter(|part| *part != ".").count() && is_proposal(&plain);
        Some(match plain.parent() {
            Some(folder) if is_file => Self { folder: folder.to_owned(), deep: false },
            _ => Self { folder: plain, deep: true },
        })
    }

    /// The same from the top of the repository, where the gate runs in a folder of it.
    #[must_use]
    pub fn below(mut self, top: &Path) -> Self {
        self.folder = top.join(self.folder);
        self
    }

    fn holds(&self, path: &Path) -> bool {
        path.parent() == Some(&self.folder) || self.deep && path.starts_with(&self.folder)
    }
}

fn is_proposal(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// Since when a proposal wants to know of earlier ones, by the days that a rule looks back: the beginning of that day in UTC, so that
/// proposals of one day ask the same.
pub fn since(start: Timestamp, days: i64) -> Option<String> {
    let day = start.checked_sub((days.checked_mul(24)?).hours()).ok()?.as_second().div_euclid(86_400);
    Timestamp::from_second(day * 86_400).ok().map(|since| since.to_string())
}

/// The proposals of a system, each at its last state, as `evidence.earlier`.
pub fn earlier(
    repository: &Repository,
    tip: &Commit,
    shelves: &[Shelf],
    limits: &Limits,
    system: &str,
    since: &str,
) -> Answer {
    let Ok(since) = since.parse::<Timestamp>() else {
        return Answer::unavailable(format!("`{since}` is no point in time"), "write it as in RFC 3339");
    };
    let folders: Vec<_> = shelves.iter().map(|shelf| shelf.folder.clone()).collect();
    let wanted = |path: &Path| is_proposal(path) && shelves.iter().any(|shelf| shelf.holds(path));
    let states = if folders.is_empty() { Ok(Vec::new()) } else { repository.states(tip, since, &folders, wanted) };
    match states.and_then(|states| told(repository, tip, &states, limits, system)) {
        Ok(told) => Answer::known(told.into()),
        Err(Fault { message, help, .. }) => Answer::unavailable(message, help.unwrap_or_default()),
    }
}

fn told(
    repository: &Repository,
    tip: &Commit,
    states: &[State],
    limits: &Limits,
    system: &str,
) -> Result<Vec<Value>, Fault> {
    if states.len() > MOST_STATES {
        return Err(too_much(format!("{} states of files are to be read, more than {MOST_STATES}", states.len())));
    }
    let (snapshot, mut known, mut read, mut told) = (repository.snapshot(tip), HashSet::new(), 0, Vec::new());
    for State { entry, commit } in states {
        let path = entry.path.to_string_lossy();
        let bytes = snapshot.bytes(entry, limits.bytes as u64).map_err(|error| {
            Fault::new("trust/git", format!("{path} can't be read as it was in {}: {error}", commit.short()))
                .help("clone the repository with the files of its history: without `--filter`")
        })?;
        read += bytes.len();
        if read > MOST_BYTES {
            return Err(too_much(format!("files of more than {} MiB are to be read", MOST_BYTES >> 20)));
        }
        if let Some((start, id, item)) = item(bytes, limits, system, &path, commit)
            && known.insert(id)
        {
            told.push((start, item));
        }
    }
    told.sort_by_key(|(start, _)| std::cmp::Reverse(*start));
    Ok(told.into_iter().take(MOST).map(|(_, item)| item).collect())
}

/// What is told of a file, if it is a proposal of this system that says when it begins. Whether it holds to the model of today nobody asks
/// of what was merged under an earlier one.
fn item(
    bytes: Vec<u8>,
    limits: &Limits,
    system: &str,
    path: &str,
    commit: &Commit,
) -> Option<(Timestamp, String, Value)> {
    let document = Document::parse(path, bytes, limits).ok()?;
    let text = |pointer: &str| match document.at(pointer)?.kind() {
        Kind::String(text) => Some(text.to_owned()),
        _ => None,
    };
    document.at("/changegate")?;
    let (id, start) = (text("/id")?, text("/window/start")?);
    if text("/system/id")? != system {
        return None;
    }
    let fast_track = document.at("/fast_track").is_some_and(|track| track.kind() != Kind::Null);
    let path = super::shortened(path, 200);
    let item = json!({
        "id": id, "system": system, "fast_track": fast_track, "start": start, "path": path, "commit": commit.short()
    });
    // A text of others may be no id, and a time none that the model has.
    let shaped = Document::parse("", json!({ "earlier": [item] }).to_string().into_bytes(), limits).ok()?;
    read(&shaped, &EVIDENCE).ok()?;
    Some((crate::proposal::time::instant(&start)?, id, item))
}

fn too_much(message: String) -> Fault {
    Fault::new("trust/git", message).help("name the folder of the proposals in `proposals.paths` of the configuration")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposals_stand_where_patterns_look_for_them() {
        let shelf = |pattern: &str| Shelf::of(pattern).map(|shelf| (shelf.folder.display().to_string(), shelf.deep));
        let deep = |folder: &str| Some((folder.to_owned(), true));
        let flat = |folder: &str| Some((folder.to_owned(), false));
        assert_eq!(shelf("changes/**/*.json"), deep("changes"));
        assert_eq!(shelf("./changes"), deep("changes"));
        assert_eq!(shelf("a/./[bc]/x.json"), deep("a"));
        assert_eq!(shelf("changes/x.JSON"), flat("changes"));
        assert_eq!((shelf("x.json"), shelf("*.json"), shelf(".")), (flat(""), deep(""), deep("")));
        assert_eq!((shelf("-"), shelf("../x"), shelf("/x")), (None, None, None));
        let holds = |pattern: &str, path: &str| Shelf::of(pattern).is_some_and(|shelf| shelf.holds(Path::new(path)));
        assert!(holds("x.json", "y.json") && !holds("x.json", "a/y.json") && holds("a", "a/b/y.json"));
        assert!(!holds("a/x.json", "a/b/y.json") && !holds("a", "ab/y.json"));
    }

    #[test]
    fn proposals_of_one_day_ask_the_same() {
        let at = |text: &str| since(text.parse().ok()?, 90);
        assert_eq!(at("2026-11-21T00:00:00Z").as_deref(), Some("2026-08-23T00:00:00Z"));
        assert_eq!(at("2026-11-21T23:59:59Z").as_deref(), Some("2026-08-23T00:00:00Z"));
        assert_eq!(since(Timestamp::MIN, 1), None);
        assert_eq!(since(Timestamp::UNIX_EPOCH, i64::MAX), None);
    }
}
