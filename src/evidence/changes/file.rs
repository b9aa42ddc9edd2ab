//! A file of the change: what it was and what it is, and what differs in it as it is told.

use super::before::Earlier;
use super::called;
use super::projects::{Packages, Whose};
use super::told::{self, Lines, short};
use crate::lockfiles::{Difference, Ecosystem, Pin, with_digests};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::ptr;
use std::rc::Rc;

/// So many versions are told of a package that a file still pins at others.
const MOST_REMAINING: usize = 12;

/// What a file pins, and its text.
pub(super) type Read = Rc<(Vec<Pin>, String)>;

/// A file that the change touches, or that holds what one of these lets go.
pub(super) struct File {
    /// Where it is, or was.
    pub(super) path: PathBuf,
    /// What it was; nothing where there was none.
    pub(super) old: Read,
    /// What it is.
    pub(super) new: Read,
    /// The numbers of the files that hold for its project what it lets go.
    pub(super) holders: Vec<(usize, Whose)>,
    /// Of one that is new, the number of the one that is gone and that it follows: at first what git takes for it.
    pub(super) from: Option<usize>,
    /// Of one that is new, the numbers of the other files that are, or were, of its project.
    pub(super) beside: Vec<usize>,
    /// What it pinned, and nothing holds any more though it is asked for.
    pub(super) loose: Packages,
}

impl File {
    pub(super) fn of(path: PathBuf, old: Read, new: Read) -> Self {
        Self { path, old, new, holders: Vec::new(), from: None, beside: Vec::new(), loose: Packages::new() }
    }

    /// Whether it pins something, and nothing before.
    pub(super) fn is_new(&self) -> bool {
        self.old.0.is_empty() && !self.new.0.is_empty()
    }

    /// Whether it pinned something, and nothing any more.
    pub(super) fn is_gone(&self) -> bool {
        !self.old.0.is_empty() && self.new.0.is_empty()
    }

    /// Whether it is there no more at all; one that is gone may stand and pin nothing.
    pub(super) fn went(&self) -> bool {
        self.new.1.is_empty()
    }

    /// Whether it was not there at all.
    pub(super) fn came(&self) -> bool {
        self.old.1.is_empty()
    }

    /// Whether a pin is one of those that it had.
    pub(super) fn had(&self, pin: &Pin) -> bool {
        self.old.0.as_ptr_range().contains(&ptr::from_ref(pin))
    }

    /// Whether a package that is gone from it is one that nothing holds any more.
    pub(super) fn has_unlocked(&self, gone: &Pin) -> bool {
        self.loose.contains(&gone.key())
    }
}

/// What differs in one of some files, in the shape of the model.
pub(super) fn told(files: &[File], file: &File, differing: &[Difference<'_>], earlier: &Earlier<'_>) -> Vec<Value> {
    let (mut old_lines, mut new_lines) = (Lines::of(&file.old.1), Lines::of(&file.new.1));
    let with_digests = with_digests(&file.old.0, &file.new.0);
    let mut still: HashMap<_, BTreeSet<&str>> = HashMap::new();
    for pin in
        file.holders.iter().filter_map(|&(holder, _)| files.get(holder)).chain([file]).flat_map(|file| &file.new.0)
    {
        still.entry(pin.key()).or_default().insert(&pin.version);
    }
    let mut earlier_lines = EarlierLines { files, of: HashMap::new() };
    let each = |difference: &Difference<'_>| {
        let lines = if difference.to.is_some() { &mut new_lines } else { &mut old_lines };
        let mut told = told::told(difference, &file.path, lines);
        if let Some(tag) = difference.to.and_then(|pin| called::called(pin, &new_lines.all)) {
            told["to_called"] = short(tag, 100).into();
        }
        if let Some(tag) = difference.from.and_then(|pin| earlier_lines.called(pin)) {
            told["from_called"] = short(tag, 100).into();
        }
        let elsewhere = difference.from.is_some_and(|from| !file.had(from));
        if elsewhere && !difference.can_be_compared() {
            // The digests of two tools may have nothing in common.
            told.as_object_mut().map(|told| told.remove("contents"));
        }
        if let (Some(gone), None) = (difference.from, difference.to) {
            let versions = still.get(&gone.key()).into_iter().flatten().filter(|version| !version.is_empty());
            told["remaining"] = versions.take(MOST_REMAINING).map(|version| short(version, 100)).collect();
            if file.has_unlocked(gone) {
                (told["kind"], told["floats"]) = ("loosened".into(), true.into());
            }
        }
        if let (None, Some(new)) = (difference.from, difference.to) {
            earlier.tell_of(&mut told, new);
            if new.is_without_digest() && with_digests.contains(&new.ecosystem) {
                told["undigested"] = true.into();
            }
        }
        told
    };
    differing.iter().map(each).collect()
}

/// The lines that files had, of those from which something comes.
struct EarlierLines<'f> {
    files: &'f [File],
    of: HashMap<usize, Vec<&'f str>>,
}

impl<'f> EarlierLines<'f> {
    fn called(&mut self, pin: &Pin) -> Option<&'f str> {
        let is_of_action = pin.ecosystem == Ecosystem::GitHubActions;
        let number = self.files.iter().position(|file| is_of_action && file.had(pin))?;
        let file = self.files.get(number)?;
        called::called(pin, self.of.entry(number).or_insert_with(|| file.old.1.lines().collect()))
    }
}
