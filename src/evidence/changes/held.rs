//! What one file of a project lets go and another one of it holds: at another version that is a step as any, and without its digest it is held less firmly.

use super::File;
use super::moved::{Address, is_same};
use super::projects::Whose;
use super::stepped::{self, Askers, Takes};
use crate::lockfiles::{Difference, Format, Hold, Pin, across};
use std::collections::{HashMap, HashSet};
use std::ptr;

/// What differs in each file, with each pin that went from one as the step to what holds it now, in the file that does. What is held as it was is none.
pub(super) fn held<'p>(
    files: &'p [File],
    mut differing: Vec<Vec<Difference<'p>>>,
    askers: &Askers,
) -> Vec<Vec<Difference<'p>>> {
    let (mut gone, mut new): (HashSet<Address>, HashSet<Address>) = Default::default();
    let mut steps: Vec<Vec<Difference<'p>>> = files.iter().map(|_| Vec::new()).collect();
    let all = differing.iter().flatten().filter_map(|one| one.from.zip(one.to));
    let mut told: HashSet<_> = all.map(|(from, to)| step(from, to)).collect();
    for (file, found) in files.iter().zip(&differing).filter(|(file, _)| !file.holders.is_empty()) {
        let lost = found.iter().filter(|one| one.to.is_none()).filter_map(|one| one.from);
        let lost: Vec<_> = lost.filter(|pin| !file.has_unlocked(pin)).collect();
        let held = firmest(files, file, &lost);
        let still: HashSet<_> = file.new.0.iter().map(Pin::key).collect();
        let pins: Vec<_> = held.iter().map(|(pin, _)| *pin).collect();
        let holder: HashMap<Address, usize> = held.iter().map(|(pin, holder)| (ptr::from_ref(*pin), *holder)).collect();
        for pair in across(&lost, &pins) {
            let (Some(from), Some(to)) = (pair.from, pair.to) else { continue };
            let Some(&holder) = holder.get(&ptr::from_ref(to)) else { continue };
            // Of what the file itself holds at another version that is the step.
            if from.version != to.version && still.contains(&from.key()) {
                continue;
            }
            gone.insert(ptr::from_ref(from));
            new.insert(ptr::from_ref(to));
            let of_one_format = files.get(holder).is_some_and(|one| Format::of(&one.path) == Format::of(&file.path));
            // Sixty folders of a workspace may take the same one.
            if !is_same(&pair, of_one_format) && told.insert(step(from, to)) {
                steps.get_mut(holder).into_iter().for_each(|steps| steps.push(pair));
            }
        }
    }
    for (holder, pair) in joining(files, askers) {
        let Some((from, to)) = pair.from.zip(pair.to) else { continue };
        gone.insert(ptr::from_ref(from));
        if told.insert(step(from, to)) {
            steps.get_mut(holder).into_iter().for_each(|steps| steps.push(pair));
        }
    }
    for (found, steps) in differing.iter_mut().zip(steps) {
        found.retain(|one| match (one.from, one.to) {
            (Some(from), None) => !gone.contains(&ptr::from_ref(from)),
            (None, Some(to)) => !new.contains(&ptr::from_ref(to)),
            _ => true,
        });
        found.extend(steps);
    }
    differing
}

/// The steps of those who asked of a lockfile that goes, and now ask of one that was there without them: that of a workspace may have had both versions.
fn joining<'p>(files: &'p [File], askers: &Askers) -> Vec<(usize, Difference<'p>)> {
    let mut holders: HashMap<usize, Vec<&File>> = HashMap::new();
    for file in files.iter().filter(|file| file.is_gone()) {
        for (holder, _) in &file.holders {
            holders.entry(*holder).or_default().push(file);
        }
    }
    let mut found = Vec::new();
    for (number, gone) in holders {
        let Some(holder) = files.get(number).filter(|holder| !holder.is_new()) else { continue };
        let came = Takes::now(holder).without(&Takes::before(holder, askers));
        let steps = gone.into_iter().flat_map(|file| stepped::steps(&Takes::before(file, askers), &came));
        found.extend(steps.map(|step| (number, step)));
    }
    found.sort_by_key(|(number, _)| *number);
    found
}

/// What is said of one pin now, of what it was.
fn step<'p>(from: &'p Pin, to: &'p Pin) -> (Address, &'p str, &'p Option<String>, &'p [String]) {
    (ptr::from_ref(to), &from.version, &from.origin, &from.digests)
}

/// What the files that hold for another one have of some packages, with the number of each: what its tool takes first, and of several that have one
/// version the firmest.
fn firmest<'p>(files: &'p [File], file: &File, lost: &[&Pin]) -> Vec<(&'p Pin, usize)> {
    let mut first: HashMap<_, Option<Whose>> = lost.iter().map(|pin| (pin.key(), None)).collect();
    let mut all = Vec::new();
    for &(holder, whose) in &file.holders {
        for pin in files.get(holder).into_iter().flat_map(|file| &file.new.0) {
            let Some(first) = first.get_mut(&pin.key()) else { continue };
            *first = Some(first.map_or(whose, |first| first.min(whose)));
            all.push((pin, holder, whose));
        }
    }
    all.retain(|(pin, _, whose)| first.get(&pin.key()) == Some(&Some(*whose)));
    all.sort_by_key(|(pin, ..)| (pin.hold != Hold::Fixed, pin.digests.is_empty()));
    let mut seen = HashSet::new();
    all.retain(|(pin, ..)| seen.insert((pin.key(), &pin.version)));
    all.into_iter().map(|(pin, holder, _)| (pin, holder)).collect()
}
