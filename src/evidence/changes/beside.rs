//! What a file that is new holds of what other files of its project held before, and still may: its tool can take the new one first. At another version that is a step as
//! any, and what it holds as they did is nothing new.

use super::File;
use super::moved::is_same;
use super::stepped::{self, Takes, said};
use crate::lockfiles::{Difference, Format, Pin, across};
use std::collections::{HashMap, HashSet};
use std::ptr;

/// What differs in each file, with each pin that is new in one as the step from what its project had of it.
pub(super) fn beside<'p>(files: &'p [File], mut differing: Vec<Vec<Difference<'p>>>) -> Vec<Vec<Difference<'p>>> {
    for (file, found) in files.iter().zip(&mut differing).filter(|(file, _)| !file.beside.is_empty()) {
        let mut told: HashSet<_> = found.iter().map(said).collect();
        let (mut held_before, mut steps) = (HashSet::new(), Vec::new());
        for other in file.beside.iter().filter_map(|&number| files.get(number)) {
            let of_one_format = Format::of(&file.path) == Format::of(&other.path);
            // What goes with its file is paired with what is new in this one.
            let held = if other.new.0.is_empty() { Vec::new() } else { held(&other.old.0, &file.new.0) };
            let taken = stepped::steps(&Takes::of(other, &other.old), &Takes::of(file, &file.new));
            for step in held.into_iter().chain(taken) {
                held_before.extend(step.to.map(ptr::from_ref));
                if !is_same(&step, of_one_format) && told.insert(said(&step)) {
                    steps.push(step);
                }
            }
        }
        let is_new = |to: &Pin| !held_before.contains(&ptr::from_ref(to));
        found.retain(|one| one.from.is_some() || one.to.is_some_and(is_new));
        found.extend(steps);
    }
    differing
}

/// What one file had of each package that another one has now: of a version that both have the two of them, and where they have none in common those that are nearest.
fn held<'p>(old: &'p [Pin], new: &'p [Pin]) -> Vec<Difference<'p>> {
    let mut before: HashMap<_, Vec<&Pin>> = HashMap::new();
    for pin in old {
        before.entry(pin.key()).or_default().push(pin);
    }
    let mut steps = Vec::new();
    let mut shared = HashSet::new();
    for to in new {
        let from = before.get(&to.key()).and_then(|pins| pins.iter().find(|pin| pin.version == to.version));
        if let Some(from) = from {
            shared.insert(to.key());
            steps.push(Difference { from: Some(from), to: Some(to) });
        }
    }
    let left = |pins: &'p [Pin]| pins.iter().filter(|pin| !shared.contains(&pin.key())).collect::<Vec<_>>();
    steps.extend(across(&left(old), &left(new)));
    steps
}
