//! What is gone from one file and new in another: a lockfile that is moved, or made by another tool, is held against what it was.

use super::File;
use crate::lockfiles::{Change, Difference, Format, Hold, Joined, Pin, across};
use std::collections::{BTreeMap, HashSet};
use std::ptr;

/// By the address of each, as equal pins may stand in several files.
pub(super) type Address = *const Pin;

/// What is gone, and what is new, by the format of its file.
#[derive(Default)]
struct Halves<'p> {
    gone: BTreeMap<Option<Format>, Vec<&'p Pin>>,
    new: BTreeMap<Option<Format>, Vec<&'p Pin>>,
    /// Those of files that are gone, or new, as a whole.
    whole: HashSet<Address>,
}

/// What differs in each file, with what is gone from one and new in another as one difference. What is equal in a file that was moved as a whole is
/// none; a package that only some other file has now is new there.
pub(super) fn joined<'p>(files: &'p [File], differing: Vec<Vec<Difference<'p>>>) -> Vec<Vec<Difference<'p>>> {
    let mut halves = Halves::default();
    for (file, found) in files.iter().zip(&differing) {
        halves.add(file, found);
    }
    let (mut pairs, mut same) = (Vec::new(), HashSet::new());
    for (of_one_format, pair) in halves.pairs() {
        let (Some(from), Some(to)) = (pair.from, pair.to) else { continue };
        let of_whole = halves.is_whole(from) && halves.is_whole(to);
        match is_same(&pair, of_one_format) {
            true if of_whole => drop(same.insert(ptr::from_ref(to))),
            // That something is new and floats in one place is not made good by what floated in another.
            false if of_whole || to.hold != Hold::Floating => {}
            _ => continue,
        }
        pairs.push(pair);
    }
    let pairs = Joined::of(&pairs);
    let differs = |one: &Difference<'_>| !one.to.is_some_and(|to| same.contains(&ptr::from_ref(to)));
    let joined = differing.into_iter().map(|found| pairs.join(found).into_iter().filter(differs).collect());
    joined.collect()
}

impl<'p> Halves<'p> {
    fn add(&mut self, file: &'p File, found: &[Difference<'p>]) {
        let format = Format::of(&file.path);
        for one in found {
            let (pin, side, other) = match (one.from, one.to) {
                (Some(pin), None) if file.has_unlocked(pin) => continue,
                (Some(pin), None) => (pin, &mut self.gone, &file.new.1),
                (None, Some(pin)) => (pin, &mut self.new, &file.old.1),
                _ => continue,
            };
            side.entry(format).or_default().push(pin);
            self.whole.extend(other.is_empty().then_some(ptr::from_ref(pin)));
        }
    }

    fn is_whole(&self, pin: &Pin) -> bool {
        self.whole.contains(&ptr::from_ref(pin))
    }

    /// Pairs of files of one format, and then of whole files of two: one tool follows another. Each says whether its files have one format.
    fn pairs(&self) -> Vec<(bool, Difference<'p>)> {
        let mut pairs: Vec<(bool, Difference<'p>)> = Vec::new();
        for (format, gone) in &self.gone {
            let new = self.new.get(format).map_or(&[][..], Vec::as_slice);
            pairs.extend(across(gone, new).into_iter().map(|pair| (true, pair)));
        }
        let both = pairs.iter().flat_map(|(_, pair)| [pair.from, pair.to]).flatten();
        let used: HashSet<Address> = both.map(ptr::from_ref).collect();
        let left = |side: &BTreeMap<Option<Format>, Vec<&'p Pin>>| -> Vec<_> {
            let all = side.values().flatten().copied();
            all.filter(|pin| self.is_whole(pin) && !used.contains(&ptr::from_ref::<Pin>(pin))).collect()
        };
        let rest = across(&left(&self.gone), &left(&self.new));
        pairs.extend(rest.into_iter().map(|pair| (false, pair)));
        pairs
    }
}

/// Whether nothing about a pin is another. The digests of two tools may have nothing in common, and then say nothing.
pub(super) fn is_same(pair: &Difference<'_>, of_one_format: bool) -> bool {
    let (Some(from), Some(to)) = (pair.from, pair.to) else { return false };
    let is_as_firm = from.hold == to.hold && pair.change() != Change::Loosened;
    let agree = pair.contents().is_none() || !of_one_format && !pair.can_be_compared();
    from.version == to.version && is_as_firm && pair.origins().is_none() && agree
}
