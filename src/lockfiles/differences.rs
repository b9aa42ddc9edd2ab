//! What differs between two lists of pins.
//!
//! Several versions of one package may stand side by side, and one version in several places. First what is equal on both sides is taken
//! away, one for one. What is left over and stands on the other side as well was only put into more or fewer places. The rest is paired, what is gone with
//! what is new before all: those of equal version first, then those that agree in two numbers, in one, and any, each from the highest down.
//! So a pair says as little as it can, and exchanging the sides exchanges `from` and `to`. An image is named by its place: one that is gone
//! and one that is new under its last name are one that is taken from elsewhere.

use super::digests::weakened;
use super::{Ecosystem, Hold, Pin};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ptr;

/// One thing that changed: at least one of the sides is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference<'p> {
    /// As it was; none where it is new.
    pub from: Option<&'p Pin>,
    /// As it is; none where it is gone.
    pub to: Option<&'p Pin>,
}

/// What became of a pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It was not there.
    Added,
    /// It is not there any more.
    Removed,
    /// It has another version, origin or digests, or is held more firmly.
    Changed,
    /// It is held less firmly, has lost its digests, or has weaker ones; the version may have changed as well.
    Loosened,
}

impl<'p> Difference<'p> {
    /// What became of it.
    pub fn change(&self) -> Change {
        match (self.from, self.to) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            (Some(from), Some(to)) if to.hold < from.hold => Change::Loosened,
            _ if self.is_undigested() => Change::Loosened,
            (Some(from), Some(to)) if weakened(from, to) => Change::Loosened,
            _ => Change::Changed,
        }
    }

    /// Whether it floats now and did not before, or is new and floats.
    pub fn floats(&self) -> bool {
        let floating = |pin: Option<&Pin>| pin.is_some_and(|pin| pin.hold == Hold::Floating);
        floating(self.to) && !floating(self.from)
    }

    /// Whether it is held by its version alone, and was held by a digest as well.
    pub fn is_undigested(&self) -> bool {
        self.from
            .zip(self.to)
            .is_some_and(|(from, to)| to.hold >= from.hold && to.digests.is_empty() && !from.digests.is_empty())
    }

    /// Whose name it is.
    pub fn ecosystem(&self) -> Ecosystem {
        self.any().map_or(Ecosystem::Cargo, |pin| pin.ecosystem)
    }

    /// The name, as it is now where it still is.
    pub fn name(&self) -> &'p str {
        self.any().map_or("", |pin| pin.name.as_str())
    }

    fn any(&self) -> Option<&'p Pin> {
        self.to.or(self.from)
    }
}

/// What differs, in the order of names, then of ecosystems and versions. Lines do not count: what only moved in its file is no difference.
///
/// ```
/// use changegate::lockfiles::{Change, Format, differences};
/// let before = Format::Requirements.read("flask==3.0.0\nurllib3==2.2.1").unwrap();
/// let after = Format::Requirements.read("flask==3.1.0\nidna==3.7").unwrap();
/// let found: Vec<_> = differences(&before, &after).iter().map(|one| (one.name(), one.change())).collect();
/// assert_eq!(found, [("flask", Change::Changed), ("idna", Change::Added), ("urllib3", Change::Removed)]);
/// ```
pub fn differences<'p>(before: &'p [Pin], after: &'p [Pin]) -> Vec<Difference<'p>> {
    let mut named: BTreeMap<(String, Ecosystem), [Vec<&'p Pin>; 2]> = BTreeMap::new();
    for (side, pins) in [before, after].into_iter().enumerate() {
        for pin in pins {
            if let Some(list) = named.entry(pin.key()).or_default().get_mut(side) {
                list.push(pin);
            }
        }
    }
    let mut found = Vec::new();
    for [from, to] in named.into_values() {
        pair(from, to, &mut found);
    }
    let (gone, new) = halves(&found);
    let pairs = by(&gone, &new, Pin::image);
    Joined::of(&pairs).join(found)
}

/// What differs between two lists of pins of one package.
pub fn of_one_package<'p>(before: Vec<&'p Pin>, after: Vec<&'p Pin>) -> Vec<Difference<'p>> {
    let mut found = Vec::new();
    pair(before, after, &mut found);
    found
}

/// What is gone from some files with what is new in others, in pairs of one package, or of one image; those that are equal, too.
pub fn across<'p>(gone: &[&'p Pin], new: &[&'p Pin]) -> Vec<Difference<'p>> {
    let mut pairs = by(gone, new, |pin| Some(pin.key()));
    let used: HashSet<_> = pairs.iter().flat_map(|pair| [pair.from, pair.to]).flatten().map(ptr::from_ref).collect();
    let left = |pins: &[&'p Pin]| -> Vec<_> {
        pins.iter().copied().filter(|pin| !used.contains(&ptr::from_ref::<Pin>(pin))).collect()
    };
    pairs.extend(by(&left(gone), &left(new), Pin::image));
    pairs
}

/// What is gone, and what is new.
fn halves<'p>(found: &[Difference<'p>]) -> (Vec<&'p Pin>, Vec<&'p Pin>) {
    let gone = found.iter().filter(|one| one.to.is_none()).filter_map(|one| one.from);
    (gone.collect(), found.iter().filter(|one| one.from.is_none()).filter_map(|one| one.to).collect())
}

/// Pairs of those that have a key in common, as near to each other as can be.
fn by<'p, K: Ord>(gone: &[&'p Pin], new: &[&'p Pin], key: impl Fn(&'p Pin) -> Option<K>) -> Vec<Difference<'p>> {
    let mut groups: BTreeMap<K, [Vec<&'p Pin>; 2]> = BTreeMap::new();
    for (side, pins) in [gone, new].into_iter().enumerate() {
        for pin in pins {
            if let Some(list) = key(pin).and_then(|key| groups.entry(key).or_default().get_mut(side)) {
                list.push(pin);
            }
        }
    }
    let mut pairs = Vec::new();
    for [mut from, mut to] in groups.into_values() {
        for_each_pair(&mut from, &mut to, content, |from, to| {
            pairs.push(Difference { from: Some(from), to: Some(to) });
        });
        nearest(&mut from, &mut to, &mut pairs);
    }
    pairs
}

/// Pairs of what is gone and what is new, which may stand in several files: each pin is known by its address, as equal ones are several.
#[derive(Debug)]
pub struct Joined<'p> {
    gone: HashSet<*const Pin>,
    new: HashMap<*const Pin, &'p Pin>,
}

impl<'p> Joined<'p> {
    /// Those of which both sides are there.
    pub fn of<'a>(pairs: impl IntoIterator<Item = &'a Difference<'p>>) -> Self
    where
        'p: 'a,
    {
        let whole = pairs.into_iter().filter_map(|pair| pair.from.zip(pair.to));
        let (gone, new) = whole.map(|(from, to)| (ptr::from_ref(from), (ptr::from_ref(to), from))).unzip();
        Self { gone, new }
    }

    /// What was found, with each pair in place of what was gone and what was new.
    pub fn join(&self, mut found: Vec<Difference<'p>>) -> Vec<Difference<'p>> {
        found.retain(|one| one.to.is_some() || !one.from.is_some_and(|from| self.gone.contains(&ptr::from_ref(from))));
        for one in found.iter_mut().filter(|one| one.from.is_none()) {
            one.from = one.to.and_then(|to| self.new.get(&ptr::from_ref(to)).copied());
        }
        found
    }
}

impl Pin {
    /// What two pins of one package have in common: GitHub and NuGet take a name in any case for the same.
    pub fn key(&self) -> (String, Ecosystem) {
        let name = match self.ecosystem {
            Ecosystem::GitHubActions | Ecosystem::NuGet => self.name.to_ascii_lowercase(),
            _ => self.name.clone(),
        };
        (name, self.ecosystem)
    }
}

type Content<'p> = (&'p str, Hold, Option<&'p str>, &'p [String]);

/// All but where it is written.
fn content(pin: &Pin) -> Content<'_> {
    (&pin.version, pin.hold, pin.origin.as_deref(), &pin.digests)
}

fn order(one: &&Pin, other: &&Pin) -> Ordering {
    by_numbers(&one.version, &other.version)
        .then_with(|| content(one).cmp(&content(other)))
        .then(one.line.cmp(&other.line))
}

fn pair<'p>(mut from: Vec<&'p Pin>, mut to: Vec<&'p Pin>, found: &mut Vec<Difference<'p>>) {
    let contents = |pins: &[&'p Pin]| pins.iter().map(|pin| content(pin)).collect::<HashSet<_>>();
    let (before, after) = (contents(&from), contents(&to));
    let mut own = Vec::new();
    for_each_pair(&mut from, &mut to, content, |_, _| {});
    let (mut gone, mut fewer): (Vec<_>, Vec<_>) = from.into_iter().partition(|pin| !after.contains(&content(pin)));
    let (mut new, mut more): (Vec<_>, Vec<_>) = to.into_iter().partition(|pin| !before.contains(&content(pin)));
    nearest(&mut gone, &mut new, &mut own);
    nearest(&mut gone, &mut more, &mut own);
    nearest(&mut fewer, &mut new, &mut own);
    own.extend(gone.into_iter().map(|pin| Difference { from: Some(pin), to: None }));
    own.extend(new.into_iter().map(|pin| Difference { from: None, to: Some(pin) }));
    own.sort_by(|one, other| match (one.any(), other.any()) {
        (Some(first), Some(second)) => order(&first, &second),
        _ => Ordering::Equal,
    });
    // One change made in ten places is one change.
    let mut seen = HashSet::new();
    own.retain(|one| seen.insert((one.from.map(content), one.to.map(content))));
    found.append(&mut own);
}

/// Pairs as many as there are on both sides, those that are nearest to each other first.
fn nearest<'p>(from: &mut Vec<&'p Pin>, to: &mut Vec<&'p Pin>, found: &mut Vec<Difference<'p>>) {
    for numbers in [usize::MAX, 2, 1, 0] {
        let key = |pin: &'p Pin| leading(&pin.version, numbers);
        for_each_pair(from, to, key, |from, to| found.push(Difference { from: Some(from), to: Some(to) }));
    }
}

/// Takes pairs of equal key out of two ordered lists, in each group from the end.
fn for_each_pair<'p, K: Ord>(
    from: &mut Vec<&'p Pin>,
    to: &mut Vec<&'p Pin>,
    key: impl Fn(&'p Pin) -> K,
    mut each: impl FnMut(&'p Pin, &'p Pin),
) {
    if from.is_empty() || to.is_empty() {
        return;
    }
    from.sort_by(order);
    to.sort_by(order);
    let mut groups: BTreeMap<K, (Vec<&'p Pin>, Vec<&'p Pin>)> = BTreeMap::new();
    for pin in from.drain(..) {
        groups.entry(key(pin)).or_default().0.push(pin);
    }
    for pin in to.drain(..) {
        groups.entry(key(pin)).or_default().1.push(pin);
    }
    for (mut left, mut right) in groups.into_values() {
        let pairs = left.len().min(right.len());
        let (first, second) = (left.split_off(left.len() - pairs), right.split_off(right.len() - pairs));
        for (left, right) in first.into_iter().zip(second) {
            each(left, right);
        }
        from.append(&mut left);
        to.append(&mut right);
    }
}

/// The first numbers of a version, or what stands in their place; all of it where so many are asked for.
fn leading(version: &str, count: usize) -> Vec<&str> {
    if count == usize::MAX {
        return vec![version];
    }
    let plain = version.strip_prefix(['v', 'V']).unwrap_or(version);
    plain.split(['.', '-', '+', '_']).take(count).collect()
}

/// Texts in the order of their letters, but numbers in them by value: only to have an order in which `1.10` follows `1.9`. It does not
/// decide which version is the newer one.
fn by_numbers(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let (Some(first), Some(second)) = (one.chars().next(), other.chars().next()) else {
            return one.len().cmp(&other.len());
        };
        let chunk =
            |text: &str, digits: bool| text.find(|found: char| found.is_ascii_digit() != digits).unwrap_or(text.len());
        if first.is_ascii_digit() != second.is_ascii_digit() {
            return one.cmp(other);
        }
        let digits = first.is_ascii_digit();
        let (left, one_rest) = one.split_at(chunk(one, digits));
        let (right, other_rest) = other.split_at(chunk(other, digits));
        let order = if digits {
            let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
            left.len().cmp(&right.len()).then_with(|| left.cmp(right))
        } else {
            left.cmp(right)
        };
        if order != Ordering::Equal {
            return order;
        }
        (one, other) = (one_rest, other_rest);
    }
}
