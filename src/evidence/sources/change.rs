//! What is asked of the change that a run is about: what it pins otherwise, and which proposals come with it.

use super::{Sources, Told, World};
use crate::evidence::{Answer, Entry, Question, changes};
use crate::finding::Fault;
use crate::git::{Change, ChangeKind, Commit, Repository};
use crate::inputs::STANDARD;
use crate::proposal::{Tree, component_packages, package_of};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files of a change, and what it does to each.
pub(super) type Touched = Result<HashMap<PathBuf, &'static str>, Fault>;

/// Whether a change comes with a proposal: adds it, modifies it or moves it.
#[derive(Debug, Default)]
pub struct Comes {
    /// Whether it does. What is given on standard input comes with any change.
    pub with: bool,
    /// Whether it adds it.
    pub added: bool,
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
                Ok(touched) => {
                    let from_top = self.judged.from_top(Path::new(path)).unwrap_or_else(|| PathBuf::from(path));
                    let known = |kind| Answer::known(json!({ "path": path, "kind": kind }));
                    touched.get(&from_top).map_or(Answer::Absent, known)
                }
                Err(fault) => Answer::unavailable(fault.message.as_str(), fault.help.as_deref().unwrap_or_default()),
            },
            _ => Answer::Absent,
        };
        (of, answer)
    }
}

fn touched(repository: &Repository, base: &Commit, head: &Commit) -> Touched {
    let began = repository.merge_base(base, head)?;
    let kind = |Change { path, kind, .. }| {
        let kind = match kind {
            ChangeKind::Added => "added",
            ChangeKind::Modified => "modified",
            ChangeKind::Moved => "moved",
            ChangeKind::Removed => return None,
        };
        Some((path, kind))
    };
    Ok(repository.changes(&began, head)?.into_iter().filter_map(kind).collect())
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
            return Comes { with: true, ..Comes::default() };
        }
        let (consulted, faults) = self.each(&[Question::Touched { path: file.to_owned() }]);
        let with = consulted.iter().any(|entry| matches!(entry.answer, Answer::Known { .. }));
        let is_added =
            |entry: &Arc<Entry>| matches!(&entry.answer, Answer::Known { value, .. } if value["kind"] == "added");
        Comes { with, added: consulted.iter().any(is_added), consulted, faults }
    }
}
