//! Whether a change touches what it is judged by.
//!
//! Rules, profiles and the configuration are read from the base of a pull request, so that a change of them has no force yet. It is told
//! nevertheless, and blocks: once merged it would hold for everybody, and it may hide among the files of an upgrade.

mod approved;
mod besides;
mod other_base;

use crate::config::{self, Config};
use crate::evidence::{Excerpt, Need, Provider, Touched};
use crate::files::Files;
use crate::finding::Fault;
use crate::git::{Change, ChangeKind, Commit, Repository, Snapshot, short};
use crate::github::CODEOWNERS;
use crate::schedule;
use crate::waivers;
pub use approved::approved;
pub use other_base::{Grounds, Reach, unknown_tip};
use std::path::{Path, PathBuf};

/// The base has no configuration: what would be judged by is the default, which nobody has agreed to.
pub fn no_base_policy(base: &str, commit: &Commit) -> Fault {
    Fault::new("trust/no-base-policy", format!("`{base}` ({}) has no {}", commit.short(), config::FILE)).help(format!(
        "bring the gate in with a change of its own: on a branch, `changegate init`, and have it reviewed and merged into `{base}`; \
         until then, try it without --base"
    ))
}

/// The head of a pull request, where the commit that is checked out is that, or the merge of it that the code host makes.
///
/// # Errors
/// When it is neither: what would be judged is not what would be merged.
pub fn head(repository: &Repository, found: &Commit, expected: &str) -> Result<Commit, Fault> {
    let is_merge = || -> Result<bool, Fault> {
        Ok(repository.parents(found)?.get(1).is_some_and(|second| second.as_str() == expected))
    };
    if found.as_str() != expected && !is_merge()? {
        let (found, expected) = (found.short(), short(expected));
        let message = format!("what is checked out is {found}, and the pull request is at {expected}");
        return Err(Fault::new("trust/other-head", message).help(
            "check out the pull request as it is now: its newest commit, or the merge of that into the base; it may have moved meanwhile",
        ));
    }
    repository.commit(expected)
}

/// What a run judges by, with the paths from the top of the repository.
#[derive(Debug)]
pub struct JudgedBy {
    configuration: PathBuf,
    systems: PathBuf,
    waivers: PathBuf,
    policies: Vec<PathBuf>,
    /// The folder in which the gate runs, from which calendars are named.
    root: PathBuf,
    calendars: Vec<String>,
    /// Records of advisories, and their catalogue.
    advisories: Vec<PathBuf>,
    /// Whether owners are asked for.
    codeowners: bool,
}

impl JudgedBy {
    /// That of a configuration, which has this name.
    pub fn of(trusted: &Files, config: &Config, name: &str) -> Self {
        let inside = |path: &Path| trusted.from_top(path);
        Self {
            configuration: inside(Path::new(name)).unwrap_or_default(),
            systems: inside(Path::new(&config.systems)).unwrap_or_default(),
            waivers: inside(Path::new(waivers::FOLDER)).unwrap_or_default(),
            // A pack that lies outside of the repository can't be changed by it.
            policies: config.policies.iter().filter_map(|folder| inside(folder)).collect(),
            root: inside(Path::new("")).unwrap_or_default(),
            calendars: config.calendars.files.iter().map(|(pattern, _)| pattern.clone()).collect(),
            advisories: config.advisories.paths().filter_map(inside).collect(),
            codeowners: config.needs.get(&Provider::GitHub) != Some(&Need::Off),
        }
    }

    /// What a path is to the run, if anything.
    fn as_what(&self, path: &Path) -> Option<&'static str> {
        let ends = |with: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(with));
        if path == self.configuration {
            Some("the configuration")
        } else if ends("rhai") && self.policies.iter().any(|folder| path.starts_with(folder)) {
            Some("a rule")
        } else if ends("toml") && path.parent() == Some(&self.waivers) {
            Some("a file of waivers")
        } else if ends("json") && path.parent() == Some(&self.systems) {
            Some("a system profile")
        } else if path.strip_prefix(&self.root).is_ok_and(|path| self.is_calendar(path)) {
            Some("a calendar")
        } else if self.advisories.iter().any(|advisories| path.starts_with(advisories)) {
            Some("a file of advisories")
        } else if self.codeowners && CODEOWNERS.iter().any(|file| path == Path::new(file)) {
            Some("the file of code owners")
        } else {
            None
        }
    }

    /// What a path is to the run or to what starts it.
    fn as_what_or_runs(&self, path: &Path) -> Option<&'static str> {
        self.as_what(path).or_else(|| runs(path))
    }

    fn is_calendar(&self, path: &Path) -> bool {
        schedule::would_read(Path::new("/"), self.calendars.iter().map(String::as_str), path)
    }
}

/// What a path is to the code host that runs the gate, if anything. Any workflow could be the one that does, and could be made to report what
/// suits it; what workflows call from elsewhere in the repository is not known here.
fn runs(path: &Path) -> Option<&'static str> {
    if path.starts_with(".github/workflows") {
        Some("a workflow")
    } else if path.starts_with(".github/actions")
        || ["action.yml", "action.yaml"].iter().any(|file| path == Path::new(file))
    {
        Some("an action of workflows")
    } else {
        None
    }
}

/// The files of the trusted side that a change touches, in the order of their paths.
fn touched(repository: &Repository, base: &Commit, head: &Commit, judged_by: &JudgedBy) -> Result<Vec<Touched>, Fault> {
    let began = repository.merge_base(base, head)?;
    let changes = repository.changes(&began, head)?;
    let sides = Sides { before: repository.snapshot(&began), after: repository.snapshot(head) };
    Ok(changes.iter().filter_map(|change| file(change, judged_by, &sides)).collect())
}

struct Sides {
    before: Snapshot,
    after: Snapshot,
}

fn file(change: &Change, judged_by: &JudgedBy, sides: &Sides) -> Option<Touched> {
    let Change { path, from, kind } = change;
    let what = judged_by.as_what_or_runs(path).or_else(|| judged_by.as_what_or_runs(from.as_deref()?))?;
    let name = |path: &PathBuf| path.to_string_lossy().into_owned();
    let (what, excerpt) = (what.to_owned(), excerpt(change, sides));
    Some(Touched { path: name(path), from: from.as_ref().map(name), kind: *kind, what, excerpt })
}

/// The longest text that is looked through for the first line that differs, in bytes.
const LONGEST: u64 = 1 << 20;

/// The first line that differs, as it is now; of what was removed, as it was.
fn excerpt(change: &Change, sides: &Sides) -> Excerpt {
    let before = text(&sides.before, change.from.as_deref().unwrap_or(&change.path));
    let after = text(&sides.after, &change.path);
    let shown = if change.kind == ChangeKind::Removed { &before } else { &after };
    let same: usize = before
        .split_inclusive('\n')
        .zip(after.split_inclusive('\n'))
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len())
        .sum();
    Excerpt::of(shown, same.min(shown.len()))
}

/// What can't be read is told without its lines: that it was changed is what counts.
fn text(side: &Snapshot, path: &Path) -> String {
    let bytes = side.entry(path).ok().flatten().and_then(|entry| side.bytes(&entry, LONGEST).ok());
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
