//! What is gone from one file and new in another: a lockfile that is moved, or made by another tool, is held against what it was.

use super::File;
use crate::lockfiles::{Change, Difference, Format, Hold, Joined, Pin, across};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ptr;

/// By the address of each, as equal pins may stand in several files.
pub(super) type Address = *const Pin;

/// What differs in each file, with each that follows another one held against what that was, before all else.
pub(super) fn renamed<'p>(files: &'p [File], differing: Vec<Vec<Difference<'p>>>) -> Vec<Vec<Difference<'p>>> {
    let halves = Halves::of(files, &differing);
    let mut pairs = Pairs::of(&halves);
    for (number, file) in files.iter().enumerate() {
        file.from.into_iter().for_each(|from| pairs.add(&[from], &[number]));
    }
    pairs.join(differing)
}

/// What differs in each file, with what is gone from one and new in another as one difference. What is equal in a file that was moved as a whole is
/// none; a package that only some other file has now is new there.
pub(super) fn joined<'p>(files: &'p [File], differing: Vec<Vec<Difference<'p>>>) -> Vec<Vec<Difference<'p>>> {
    let halves = Halves::of(files, &differing);
    let mut pairs = Pairs::of(&halves);
    pairs.add_all();
    pairs.add_again();
    pairs.join(differing)
}

/// What is gone, and what is new, of each file.
struct Halves<'p> {
    files: &'p [File],
    gone: Vec<Vec<&'p Pin>>,
    new: Vec<Vec<&'p Pin>>,
    /// The file of each, and of all that those had which are gone.
    at: HashMap<Address, &'p File>,
}

impl<'p> Halves<'p> {
    fn of(files: &'p [File], differing: &[Vec<Difference<'p>>]) -> Self {
        let mut halves = Self { files, gone: Vec::new(), new: Vec::new(), at: HashMap::new() };
        for (file, found) in files.iter().zip(differing) {
            let gone = found.iter().filter(|one| one.to.is_none()).filter_map(|one| one.from);
            halves.gone.push(gone.filter(|pin| !file.has_unlocked(pin)).collect());
            halves.new.push(found.iter().filter(|one| one.from.is_none()).filter_map(|one| one.to).collect());
            let both = [halves.gone.last(), halves.new.last()].into_iter().flatten().flatten().copied();
            let whole = file.old.0.iter().filter(|pin| file.went() && !file.has_unlocked(pin));
            halves.at.extend(both.chain(whole).map(|pin| (ptr::from_ref(pin), file)));
        }
        halves
    }

    fn format(&self, pin: &Pin) -> Option<Format> {
        self.at.get(&ptr::from_ref(pin)).and_then(|file| Format::of(&file.path))
    }

    fn is_of_whole(&self, pin: &Pin) -> bool {
        self.at.get(&ptr::from_ref(pin)).is_some_and(|file| file.went() || file.came())
    }
}

/// What follows what.
struct Pairs<'h, 'p> {
    halves: &'h Halves<'p>,
    found: Vec<Difference<'p>>,
    used: HashSet<Address>,
}

impl<'h, 'p> Pairs<'h, 'p> {
    fn of(halves: &'h Halves<'p>) -> Self {
        Self { halves, found: Vec::new(), used: HashSet::new() }
    }

    /// Those of files of one format, first of whole ones, and then of whole files of two formats: one tool follows another.
    fn add_all(&mut self) {
        let files = self.halves.files;
        let those = |is: &dyn Fn(&File) -> bool| -> Vec<usize> {
            files.iter().enumerate().filter(|(_, file)| is(file)).map(|(number, _)| number).collect()
        };
        for format in files.iter().map(|file| Format::of(&file.path)).collect::<BTreeSet<_>>() {
            let of_it = |file: &File| Format::of(&file.path) == format;
            self.add(&those(&|file| of_it(file) && file.went()), &those(&|file| of_it(file) && file.came()));
            let all = those(&of_it);
            self.add(&all, &all);
        }
        self.add(&those(&File::went), &those(&File::came));
    }

    /// What is left of the new in whole files, with what such a file had that is gone: several may follow one. Of one format before all.
    fn add_again(&mut self) {
        let mut before: HashMap<_, Vec<&'p Pin>> = HashMap::new();
        for file in self.halves.files.iter().filter(|file| file.went()) {
            for pin in file.old.0.iter().filter(|pin| !file.has_unlocked(pin)) {
                before.entry((pin.key(), Some(Format::of(&file.path)))).or_default().push(pin);
                before.entry((pin.key(), None)).or_default().push(pin);
            }
        }
        let left = self.halves.new.iter().flatten().filter(|to| !self.used.contains(&ptr::from_ref::<Pin>(to)));
        let left = left.filter(|to| self.halves.is_of_whole(to));
        let had =
            |to: &Pin| before.get(&(to.key(), Some(self.halves.format(to)))).or_else(|| before.get(&(to.key(), None)));
        let pairs: Vec<_> = left.filter_map(|to| across(had(to)?, &[to]).pop()).collect();
        self.found.extend(pairs);
    }

    /// Those of what is gone from some files and of what is new in others, by the numbers of these.
    fn add(&mut self, gone: &[usize], new: &[usize]) {
        let left = |halves: &[Vec<&'p Pin>], numbers: &[usize]| -> Vec<&'p Pin> {
            let all = numbers.iter().filter_map(|&number| halves.get(number)).flatten().copied();
            all.filter(|pin| !self.used.contains(&ptr::from_ref::<Pin>(pin))).collect()
        };
        let pairs = across(&left(&self.halves.gone, gone), &left(&self.halves.new, new));
        self.used.extend(pairs.iter().flat_map(|pair| [pair.from, pair.to]).flatten().map(ptr::from_ref));
        self.found.extend(pairs);
    }

    /// What differs, with each pair in place of what is gone and what is new, and without what is the same as it was.
    fn join(self, differing: Vec<Vec<Difference<'p>>>) -> Vec<Vec<Difference<'p>>> {
        let (mut pairs, mut same) = (Vec::new(), HashSet::new());
        for pair in self.found {
            let (Some(from), Some(to)) = (pair.from, pair.to) else { continue };
            let of_whole = self.halves.is_of_whole(from) && self.halves.is_of_whole(to);
            match is_same(&pair, self.halves.format(from) == self.halves.format(to)) {
                true if of_whole => drop(same.insert(ptr::from_ref(to))),
                // That something is new and floats in one place is not made good by what floated in another.
                false if of_whole || to.hold != Hold::Floating => {}
                _ => continue,
            }
            pairs.push(pair);
        }
        let pairs = Joined::of(&pairs);
        let differs = |one: &Difference<'_>| !one.to.is_some_and(|to| same.contains(&ptr::from_ref(to)));
        differing.into_iter().map(|found| pairs.join(found).into_iter().filter(differs).collect()).collect()
    }
}

/// Whether nothing about a pin is another. The digests of two tools may have nothing in common, and then say nothing.
pub(super) fn is_same(pair: &Difference<'_>, of_one_format: bool) -> bool {
    let (Some(from), Some(to)) = (pair.from, pair.to) else { return false };
    let is_as_firm = from.hold == to.hold && pair.change() != Change::Loosened;
    let agree = pair.contents().is_none() || !of_one_format && !pair.can_be_compared();
    from.version == to.version && is_as_firm && pair.origins().is_none() && agree
}
