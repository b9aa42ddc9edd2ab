//! What a file that is new holds of what other files of its project held before, and still may: its tool can take the new one first. At another version that is a step as
//! any, and what it holds as they did is nothing new.

use super::File;
use super::listing::project;
use super::moved::is_same;
use super::stepped::{self, Askers, Content, Takes, content, said};
use crate::lockfiles::{Difference, Format, Pin, across};
use std::collections::{HashMap, HashSet};
use std::ptr;

/// What differs in each file, with each pin that is new in one as the step from what its project had of it; and what was held then is not gone.
pub(super) fn beside<'p>(
    files: &'p [File],
    mut differing: Vec<Vec<Difference<'p>>>,
    askers: &Askers,
) -> Vec<Vec<Difference<'p>>> {
    let mut followed: HashMap<usize, HashSet<Content<'p>>> = HashMap::new();
    for (file, found) in files.iter().zip(&mut differing).filter(|(file, _)| !file.beside.is_empty()) {
        let mut told: HashSet<_> = found.iter().map(said).collect();
        let (mut held_before, mut steps) = (HashSet::new(), Vec::new());
        let takes = Takes::now(file);
        for (number, other) in file.beside.iter().filter_map(|&number| Some((number, files.get(number)?))) {
            let of_one_format = Format::of(&file.path) == Format::of(&other.path);
            // What this one was is paired with it, one for one.
            let held = if file.from == Some(number) { Vec::new() } else { held(other, file) };
            let taken = stepped::steps(&Takes::before(other, askers), &takes);
            for step in held.into_iter().chain(taken) {
                held_before.extend(step.to.map(ptr::from_ref));
                followed.entry(number).or_default().extend(step.from.map(content));
                if !is_same(&step, of_one_format) && told.insert(said(&step)) {
                    steps.push(step);
                }
            }
        }
        let is_new = |to: &Pin| !held_before.contains(&ptr::from_ref(to));
        found.retain(|one| one.from.is_some() || one.to.is_some_and(is_new));
        found.extend(steps);
    }
    for (number, followed) in followed {
        let Some((file, found)) = files.get(number).zip(differing.get_mut(number)) else { continue };
        let goes_on = |from: &Pin| followed.contains(&content(from)) && !file.has_unlocked(from);
        found.retain(|one| one.to.is_some() || !one.from.is_some_and(goes_on));
    }
    differing
}

/// What one file had of each package that another one has now: of a version that both have the two of them, and of the rest those that are nearest. What a workspace
/// has of it is of all its members, so that of a package of which both have a version the rest may be of others.
fn held<'p>(before: &'p File, now: &'p File) -> Vec<Difference<'p>> {
    let of_one_folder = project(&before.path) == project(&now.path);
    let mut had: HashMap<_, Vec<&Pin>> = HashMap::new();
    for pin in &before.old.0 {
        had.entry(pin.key()).or_default().push(pin);
    }
    let (mut steps, mut shared, mut rest) = (Vec::new(), HashSet::new(), Vec::new());
    for to in &now.new.0 {
        let from = had.get(&to.key()).and_then(|pins| pins.iter().find(|pin| pin.version == to.version));
        match from {
            Some(from) => {
                shared.insert((to.key(), of_one_folder.then_some(&to.version)));
                steps.push(Difference { from: Some(from), to: Some(to) });
            }
            None => rest.push(to),
        }
    }
    let is_left = |pin: &&Pin| !shared.contains(&(pin.key(), of_one_folder.then_some(&pin.version)));
    let left: Vec<_> = before.old.0.iter().filter(is_left).collect();
    rest.retain(is_left);
    steps.extend(across(&left, &rest));
    steps
}
