//! What is asked of the change that a run is about: what it pins otherwise, and which proposals come with it.

use super::{Sources, Told, World};
use crate::document::Limits;
use crate::evidence::{Answer, Entry, Kept, Question, Shelf, changes, stood};
use crate::finding::Fault;
use crate::git::{Change, ChangeKind, Commit, Repository, Snapshot};
use crate::inputs::{STANDARD, would_find};
use crate::proposal::{Tree, component_packages, package_of};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where proposals stand, and how large one may be.
#[derive(Debug, Default)]
pub struct Standing {
    /// The places in which history is looked through, from the top of the repository.
    pub shelves: Vec<Shelf>,
    /// The patterns by which files are judged, from the folder in which the gate runs.
    pub patterns: Vec<String>,
    /// The folder of profiles, which are no proposals.
    pub profiles: PathBuf,
    /// How large a proposal may be.
    pub limits: Limits,
}

/// What a change does to files.
#[derive(Debug)]
pub(super) struct Touched {
    /// What stood where it began.
    began: Snapshot,
    /// What it does to each, and where that stood before.
    files: HashMap<PathBuf, (&'static str, Option<PathBuf>)>,
}

/// Whether a change comes with a proposal: adds it, modifies it or moves it.
#[derive(Debug, Default)]
pub struct Comes {
    /// Whether it does, where that is known: no change may be, or nobody may be asked. What is given on standard input comes with any change.
    pub told: Option<bool>,
    /// Whether it adds it.
    pub added: bool,
    /// What of it stays as it was, where it was there and something does.
    pub kept: Option<Kept>,
    /// What was asked.
    pub consulted: Vec<Arc<Entry>>,
    /// Why it can't be told, where that leaves the proposal undecided.
    pub faults: Vec<Fault>,
}

impl World {
    pub(super) fn of_the_change(&self, question: &Question) -> (String, Answer) {
        let (Some(base), Some(head)) = (&self.tip, self.judged.base()) else {
            return ("the work tree".to_owned(), Answer::Absent);
        };
        let (repository, commit) = (head.repository(), head.commit());
        let mut of = format!("commits {} to {}", base.short(), commit.short());
        let answer = match question {
            Question::Changes { ignore } => {
                let (answer, left_out) = changes::changes(repository, base, commit, ignore);
                if left_out > 0 {
                    let files = if left_out == 1 { "1 file" } else { &format!("{left_out} files") };
                    of.push_str(&format!(", with {files} left out by `changes.ignore`"));
                }
                answer
            }
            Question::Pinned { packages, ignore } => changes::pinned(head, packages, ignore),
            Question::Touched { path } => match self.touched.get_or_init(|| touched(repository, base, commit)) {
                Ok(touched) => self.of_a_proposal(path, touched),
                Err(fault) => Answer::unavailable(fault.message.as_str(), fault.help.as_deref().unwrap_or_default()),
            },
            _ => Answer::Absent,
        };
        (of, answer)
    }

    fn of_a_proposal(&self, path: &str, touched: &Touched) -> Answer {
        let from_top = self.judged.from_top(Path::new(path)).unwrap_or_else(|| PathBuf::from(path));
        let Some((kind, was)) = touched.files.get(&from_top) else { return Answer::Absent };
        let mut told = json!({ "path": path, "kind": kind });
        let limits = &self.standing.limits;
        let was = was.as_ref().filter(|was| self.would_judge(was));
        let stood = was.and_then(|was| stood::Stood::at(&touched.began, was, limits));
        if let Some(before) = stood.as_ref().and_then(stood::Stood::proposed) {
            told["before"] = before;
        }
        let now = self.judged.bytes(Path::new(path), limits.bytes as u64).ok();
        let kept = stood.zip(now).and_then(|(stood, now)| stood.kept_by(path, now, limits));
        if let Some(kept) = kept {
            told["kept"] = kept.as_str().into();
        }
        Answer::known(told)
    }

    /// Whether a file at this path from the top of the repository is one that is judged.
    fn would_judge(&self, path: &Path) -> bool {
        let Standing { patterns, profiles, .. } = &self.standing;
        let below = self.judged.from_top(Path::new("")).unwrap_or_default();
        path.strip_prefix(below).is_ok_and(|path| would_find(self.judged.root(), patterns, profiles, path))
    }
}

fn touched(repository: &Repository, base: &Commit, head: &Commit) -> Result<Touched, Fault> {
    let began = repository.merge_base(base, head)?;
    let of_file = |Change { path, from, kind }| {
        let (kind, was) = match kind {
            ChangeKind::Added => ("added", None),
            ChangeKind::Modified => ("modified", Some(path.clone())),
            ChangeKind::Moved => ("moved", from),
            ChangeKind::Removed => return None,
        };
        Some((path, (kind, was)))
    };
    let files = repository.changes(&began, head)?.into_iter().filter_map(of_file).collect();
    Ok(Touched { began: repository.snapshot(&began), files })
}

impl Sources {
    /// Whether the run is about a change.
    pub fn are_of_a_change(&self) -> bool {
        match &self.told {
            Told::Nothing => false,
            Told::World(inquiry) => inquiry.world.judged.base().is_some(),
            Told::Record(_) => self.about.head.is_some(),
        }
    }

    /// What is asked of what a change pins: the configuration may leave files out.
    pub fn of_what_is_pinned(&self) -> Question {
        Question::Changes { ignore: self.about.ignore.clone() }
    }

    /// What is asked of the packages that a proposal is about, where the change is known: what changes in one place may stay in another.
    /// Of an upgrade that has ended no change tells any more what it was about, and what is pinned does.
    pub fn of_what_stays(&self, proposal: &Tree, entries: &[Arc<Entry>], has_ended: bool) -> Option<Question> {
        let is_known = |entry: &Arc<Entry>| {
            matches!((&entry.question, &entry.answer), (Question::Changes { .. }, Answer::Known { .. }))
        };
        if !(entries.iter().any(is_known) || has_ended && self.are_of_a_change()) {
            return None;
        }
        let components = component_packages(proposal);
        let change = proposal.path(&["change"]);
        let listed = proposal.path(&["change", "components"]).map(|list| proposal.items(list)).unwrap_or_default();
        let parts = change.into_iter().chain(listed.iter().copied());
        let packages: BTreeSet<_> =
            parts.filter_map(|part| package_of(proposal, part, &components)).map(str::to_owned).collect();
        let ignore = self.about.ignore.clone();
        (!packages.is_empty()).then(|| Question::Pinned { packages: packages.into_iter().collect(), ignore })
    }

    /// Whether the change comes with a proposal. Others are not held against it, and don't speak for it.
    pub fn comes_with(&self, file: &str) -> Comes {
        if !self.are_of_a_change() {
            return Comes::default();
        }
        if file == STANDARD {
            return Comes { told: Some(true), ..Comes::default() };
        }
        let (consulted, faults) = self.each(&[Question::Touched { path: file.to_owned() }]);
        let told = consulted.iter().find_map(|entry| match entry.answer {
            Answer::Known { .. } => Some(true),
            Answer::Absent => Some(false),
            Answer::Unavailable { .. } => None,
        });
        let is = |field: &str, wanted: &str| {
            consulted.iter().any(|entry| matches!(&entry.answer, Answer::Known { value, .. } if value[field] == wanted))
        };
        let kept = [Kept::Whole, Kept::Plan].into_iter().find(|kept| is("kept", kept.as_str()));
        // The same in another place, or laid out otherwise, is nothing new.
        let told = told.map(|told| told && kept != Some(Kept::Whole));
        Comes { told, added: is("kind", "added"), kept, consulted, faults }
    }
}
