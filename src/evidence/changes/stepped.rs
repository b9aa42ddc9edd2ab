//! What the project itself takes at another version than before, of two that its file has: that is a step as any, though neither comes or goes.

use super::File;
use crate::lockfiles::{Difference, Ecosystem, Format, Pin, Taken, differences};
use std::collections::{HashMap, HashSet};
use std::ptr;

/// What differs in a file, with the steps of what the project takes in place of what is new and what is gone.
pub(super) fn differing(file: &File) -> Vec<Difference<'_>> {
    let (old, new) = (&file.old, &file.new);
    let mut found = differences(&old.0, &new.0);
    found.retain(|one| !one.agrees());
    let Some(format) = Format::of(&file.path).filter(|_| has_several(&old.0) || has_several(&new.0)) else {
        return found;
    };
    let before = format.taken(&old.1);
    let before: HashMap<_, _> = before.iter().map(|one| ((&one.by, &one.asked), one)).collect();
    let mut steps: Vec<Difference<'_>> = Vec::new();
    for after in format.taken(&new.1) {
        let Some(before) = before.get(&(&after.by, &after.asked)) else { continue };
        let Some((from, to)) = pin(&old.0, before).zip(pin(&new.0, &after)) else { continue };
        let step = Difference { from: Some(from), to: Some(to) };
        let is_told = |told: &Difference<'_>| {
            told.from.is_some_and(|one| is_alike(one, from)) && told.to.is_some_and(|one| is_alike(one, to))
        };
        let is_one = from.key() == to.key() && !is_alike(from, to) && !step.agrees();
        if is_one && !found.iter().chain(&steps).any(is_told) {
            steps.push(step);
        }
    }
    let ends: HashSet<_> = steps.iter().flat_map(|step| [step.from, step.to]).flatten().map(content).collect();
    // What is gone, or new, as an end of a step is told with that.
    found.retain(|one| match (one.from, one.to) {
        (Some(one), None) | (None, Some(one)) => !ends.contains(&content(one)),
        _ => true,
    });
    found.extend(steps);
    found
}

/// Whether a file has two pins of one package: of others the list of versions shows every step.
fn has_several(pins: &[Pin]) -> bool {
    let mut seen = HashSet::new();
    pins.iter().any(|pin| !seen.insert((&pin.name, pin.ecosystem)))
}

/// The pin that is taken.
fn pin<'p>(pins: &'p [Pin], taken: &Taken) -> Option<&'p Pin> {
    let is_it = |pin: &&Pin| {
        pin.name == taken.name && pin.version == taken.version && taken.line.is_none_or(|line| pin.line == line)
    };
    pins.iter().find(is_it)
}

type Content<'p> = (&'p str, Ecosystem, &'p str, &'p Option<String>, &'p [String]);

fn content(pin: &Pin) -> Content<'_> {
    (&pin.name, pin.ecosystem, &pin.version, &pin.origin, &pin.digests)
}

fn is_alike(one: &Pin, other: &Pin) -> bool {
    ptr::eq(one, other) || content(one) == content(other)
}
