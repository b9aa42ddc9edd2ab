//! What the project itself takes at another version than before, of two that its file has: that is a step as any, though neither comes or goes.

use super::File;
use crate::lockfiles::{By, Difference, Ecosystem, Format, Pin, across, differences, of_one_package};
use crate::proposal::model::PACKAGE_CHANGES_MAX;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::ptr;

/// What differs in a file, with the steps of what the project takes in place of what is new and what is gone.
pub(super) fn differing<'p>(file: &'p File, askers: &Askers) -> Vec<Difference<'p>> {
    let (old, new) = (&file.old, &file.new);
    let mut found = differences(&old.0, &new.0);
    found.retain(|one| !one.agrees());
    if has_several(&old.0) || has_several(&new.0) {
        let steps = steps(&Takes::before(file, askers), &Takes::now(file));
        // More than are looked at: nothing is told of any.
        if steps.len() > PACKAGE_CHANGES_MAX {
            return steps;
        }
        for step in steps {
            if !found.iter().any(|told| said(told) == said(&step)) {
                put(&mut found, step, &old.0, &new.0);
            }
        }
    }
    found
}

/// Puts a step among what differs. Where the list of versions had joined one of its ends with something else, the rest of the package is paired anew.
fn put<'p>(found: &mut Vec<Difference<'p>>, step: Difference<'p>, old: &'p [Pin], new: &'p [Pin]) {
    let Some((from, to)) = step.from.zip(step.to) else { return };
    let all = found.len();
    found.retain(|one| !(is_end(one.from, from) || is_end(one.to, to)));
    let is_joined = found.len() < all;
    found.push(step);
    let rest = |pins: &'p [Pin], end: &Pin| -> Vec<_> {
        pins.iter().filter(|pin| pin.key() == end.key() && content(pin) != content(end)).collect()
    };
    // What stands on both sides neither came nor went.
    let stays = |pins: &[Pin], pin: Option<&Pin>| pin.is_none_or(|pin| pins.iter().any(|one| is_end(Some(one), pin)));
    for one in if is_joined { of_one_package(rest(old, from), rest(new, to)) } else { Vec::new() } {
        let is_told = one.agrees() || found.iter().any(|told| said(told) == said(&one));
        if !(is_told || stays(new, one.from) && stays(old, one.to)) {
            found.push(one);
        }
    }
}

/// Folders that the change moves, where a manifest goes along: who asks is the same in both.
pub(super) struct Askers(HashMap<PathBuf, PathBuf>);

impl Askers {
    /// By the files that are moved, from where and to where.
    pub(super) fn of(moved: &[(PathBuf, PathBuf)]) -> Self {
        let manifests = moved.iter().filter(|(from, _)| from.file_name().is_some_and(|name| name == "package.json"));
        Self(manifests.filter_map(|(from, to)| Some((from.parent()?.to_owned(), to.parent()?.to_owned()))).collect())
    }
}

/// What each one of a project takes under each name.
pub(super) struct Takes<'p>(BTreeMap<(By, String), Vec<&'p Pin>>);

impl<'p> Takes<'p> {
    /// Of a file as it was, by who asks of it where they stand now.
    pub(super) fn before(file: &'p File, askers: &Askers) -> Self {
        Self::of(&file.path, &file.old, |folder| askers.0.get(&folder).cloned().unwrap_or(folder))
    }

    /// Of a file as it is.
    pub(super) fn now(file: &'p File) -> Self {
        Self::of(&file.path, &file.new, |folder| folder)
    }

    /// Those of askers that others have nothing of.
    pub(super) fn without(mut self, others: &Self) -> Self {
        let there: BTreeSet<_> = others.0.keys().map(|(by, _)| by).collect();
        self.0.retain(|(by, _), _| !there.contains(by));
        self
    }

    fn of(path: &Path, (pins, text): &'p (Vec<Pin>, String), now: impl Fn(PathBuf) -> PathBuf) -> Self {
        let mut takes: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut named: HashMap<_, Vec<_>> = HashMap::new();
        for pin in pins {
            named.entry((&*pin.name, &*pin.version)).or_default().push(pin);
        }
        for one in Format::of(path).into_iter().flat_map(|format| format.taken(text)) {
            let of_it = named.get(&(&*one.name, &*one.version)).into_iter().flatten().copied();
            let mut meant = of_it.filter(|pin| one.line.is_none_or(|line| pin.line == line));
            if let Some(pin) = meant.next() {
                let by = match one.by {
                    By::Folder(below) => By::Folder(now(path.with_file_name(below))),
                    by => by,
                };
                takes.entry((by, one.asked)).or_default().push(pin);
            }
        }
        Self(takes)
    }
}

/// The steps of those who ask on both sides. What they get on both, as a project may take two versions under one name, is no end of any.
pub(super) fn steps<'p>(before: &Takes<'p>, after: &Takes<'p>) -> Vec<Difference<'p>> {
    let (mut steps, mut told) = (Vec::new(), HashSet::new());
    for (who, new) in &after.0 {
        let Some(old) = before.0.get(who) else { continue };
        let (gone, come) = (only(old, new), only(new, old));
        let new = across(&gone, &come).into_iter();
        steps.extend(new.filter(|step| told.insert((step.from.map(content), step.to.map(content)))));
    }
    steps
}

/// Those of some pins that are none of others.
fn only<'p>(pins: &[&'p Pin], others: &[&Pin]) -> Vec<&'p Pin> {
    pins.iter().filter(|pin| !others.iter().any(|other| is_one(pin, other))).copied().collect()
}

/// Whether a file has two pins of one package: of others the list of versions shows every step.
fn has_several(pins: &[Pin]) -> bool {
    let mut seen = HashSet::new();
    pins.iter().any(|pin| !seen.insert((&pin.name, pin.ecosystem)))
}

/// Whether two pins, maybe of two files, are one version of one package. That it is something else is told of the list of versions.
fn is_one(one: &Pin, other: &Pin) -> bool {
    let is_image = one.ecosystem == Ecosystem::Docker;
    one.key() == other.key() && one.version == other.version && (!is_image || one.digests == other.digests)
}

pub(super) type Content<'p> = (&'p str, Ecosystem, &'p str, &'p Option<String>, &'p [String]);

pub(super) fn content(pin: &Pin) -> Content<'_> {
    (&pin.name, pin.ecosystem, &pin.version, &pin.origin, &pin.digests)
}

fn is_end(end: Option<&Pin>, pin: &Pin) -> bool {
    end.is_some_and(|end| ptr::eq(end, pin) || content(end) == content(pin))
}

/// What is said of both sides; of two that are equal one is told.
pub(super) fn said<'p>(one: &Difference<'p>) -> (Option<Content<'p>>, Option<Content<'p>>) {
    (one.from.map(content), one.to.map(content))
}
