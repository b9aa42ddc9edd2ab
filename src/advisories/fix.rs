//! Which versions a vulnerability is fixed in.

use super::affected::{Standing, entries, order_of, standing, within};
use super::record::{Event, Range, Record};
use crate::versions::{Ecosystem, Version};

/// How often a fix may turn out to be affected by another range. Real records have one or two ranges for a package.
const ROUNDS: usize = 8;

/// All versions that a record calls fixed for a package, in the order of the text, whatever branch they are of.
pub fn fixes<'r>(record: &'r Record, ecosystem: Ecosystem<'_>, package: &str) -> impl Iterator<Item = &'r str> {
    let ranges = entries(record, ecosystem, package).flat_map(|(entry, _)| &entry.ranges);
    ranges.filter(|range| range.kind != super::RangeKind::Git).flat_map(fixed)
}

/// The first version behind an affected one that is no longer affected, on its own branch: of `1.1` it is `1.1.4` and not the fix of the branch
/// before or after. Nothing where the version is not affected, where no fix is told, and where it can't be told.
pub fn first_fix<'r>(record: &'r Record, ecosystem: Ecosystem<'_>, package: &str, version: &str) -> Option<&'r str> {
    let mut fix: Option<&'r str> = None;
    for _ in 0..ROUNDS {
        match (standing(record, ecosystem, package, fix.unwrap_or(version)), fix) {
            (Standing::Affected, _) => fix = Some(next(record, ecosystem, package, fix.unwrap_or(version))?),
            (Standing::Unaffected, fix) => return fix,
            (Standing::Unknown | Standing::Unnamed, _) => return None,
        }
    }
    None
}

/// The version at which all ranges that a version is in have ended.
fn next<'r>(record: &'r Record, ecosystem: Ecosystem<'_>, package: &str, version: &str) -> Option<&'r str> {
    let mut furthest: Option<(&'r str, Version<'r>)> = None;
    for range in entries(record, ecosystem, package).flat_map(|(entry, _)| &entry.ranges) {
        if within(range, ecosystem, version) != Some(true) {
            continue;
        }
        let end = end(range, ecosystem, version)?;
        let later = match &furthest {
            Some((_, other)) => end.1.order(other)?.is_gt(),
            None => true,
        };
        if later {
            furthest = Some(end);
        }
    }
    furthest.map(|(text, _)| text)
}

/// The least fix of a range that comes after a version.
fn end<'r>(range: &'r Range, ecosystem: Ecosystem<'_>, version: &str) -> Option<(&'r str, Version<'r>)> {
    let order = order_of(range, ecosystem)?;
    let version = Version::read(order, version)?;
    let mut least: Option<(&'r str, Version<'r>)> = None;
    for text in fixed(range) {
        let fix = Version::read(order, text)?;
        let nearer = match &least {
            Some((_, least)) => fix.order(least)?.is_lt(),
            None => true,
        };
        if nearer && fix.order(&version)?.is_gt() {
            least = Some((text, fix));
        }
    }
    least
}

fn fixed(range: &Range) -> impl Iterator<Item = &str> {
    range.events.iter().filter_map(|event| match event {
        Event::Fixed(version) => Some(version.as_str()),
        _ => None,
    })
}
