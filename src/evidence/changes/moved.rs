//! What is gone from one file and new in another: a lockfile that is moved, or made by another tool, is held against what it was.

use super::File;
use crate::lockfiles::{Difference, Format, Pin, across};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ptr;

/// What is told of a pair.
enum Pair<'p> {
    /// Something about it is another, which is told where it is now.
    Step(&'p Pin),
    /// A file that is as it was in another place.
    Same,
}

/// What differs in each file, with what is gone from one and new in another as one difference. What is equal in a file that was moved as a whole is
/// none; a package that only some other file has now is new there.
pub(super) fn joined<'p>(files: &'p [File], mut differing: Vec<Vec<Difference<'p>>>) -> Vec<Vec<Difference<'p>>> {
    let (mut gone, mut new) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
    let mut whole = HashSet::new();
    for (file, found) in files.iter().zip(&differing) {
        let format = Format::of(&file.path);
        for one in found {
            let (pin, side, other) = match (one.from, one.to) {
                (Some(pin), None) => (pin, &mut gone, &file.new.1),
                (None, Some(pin)) => (pin, &mut new, &file.old.1),
                _ => continue,
            };
            side.entry(format).or_default().push(pin);
            whole.extend(other.is_empty().then_some(ptr::from_ref(pin)));
        }
    }
    let mut pairs: Vec<(bool, Difference<'p>)> = Vec::new();
    for (format, gone) in &gone {
        let new = new.get(format).map_or(&[][..], Vec::as_slice);
        pairs.extend(across(gone, new).into_iter().map(|pair| (true, pair)));
    }
    // One tool follows another where a whole file is gone and a whole file is new.
    let used: HashSet<_> =
        pairs.iter().flat_map(|(_, pair)| [pair.from, pair.to]).flatten().map(ptr::from_ref).collect();
    let left = |side: BTreeMap<Option<Format>, Vec<&'p Pin>>| -> Vec<_> {
        let all = side.into_values().flatten();
        all.filter(|pin| whole.contains(&ptr::from_ref(*pin)) && !used.contains(&ptr::from_ref(*pin))).collect()
    };
    pairs.extend(across(&left(gone), &left(new)).into_iter().map(|pair| (false, pair)));
    let (mut before, mut after) = (HashSet::new(), HashMap::new());
    for (of_one_format, pair) in &pairs {
        let (Some(from), Some(to)) = (pair.from, pair.to) else { continue };
        let of_whole = whole.contains(&ptr::from_ref(from)) && whole.contains(&ptr::from_ref(to));
        let told = match is_same(pair, *of_one_format) {
            false => Pair::Step(from),
            true if of_whole => Pair::Same,
            true => continue,
        };
        before.insert(ptr::from_ref(from));
        after.insert(ptr::from_ref(to), told);
    }
    for found in &mut differing {
        found.retain_mut(|one| match (one.from, one.to) {
            (Some(from), None) => !before.contains(&ptr::from_ref(from)),
            (None, Some(to)) => match after.get(&ptr::from_ref(to)) {
                Some(Pair::Step(from)) => {
                    one.from = Some(from);
                    true
                }
                Some(Pair::Same) => false,
                None => true,
            },
            _ => true,
        });
    }
    differing
}

/// Whether nothing about a pin is another. The digests of two tools may have nothing in common.
fn is_same(pair: &Difference<'_>, of_one_format: bool) -> bool {
    let (Some(from), Some(to)) = (pair.from, pair.to) else { return false };
    let digests = || from.digests == to.digests || !of_one_format && !pair.can_be_compared();
    from.version == to.version && from.hold == to.hold && pair.origins().is_none() && digests()
}
