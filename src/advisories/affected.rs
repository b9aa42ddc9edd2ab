//! Whether a version is affected, by the algorithm of OSV's schema ("Evaluation"), with a third answer: that it can't be told.

use super::record::{Affected, Event, Range, RangeKind, Record};
use crate::versions::{Ecosystem, Order, Version};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What a record says of a version of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does not name the package.
    Unnamed,
    /// It names the package, and this version is not affected.
    Unaffected,
    /// The version is affected.
    Affected,
    /// It can't be told: a version can't be compared, only commits are named, or releases of the ecosystem differ and none was given.
    Unknown,
}

/// What a record says of a version of a package. That it was withdrawn makes no difference here.
///
/// Where several entries name the package, one that is affected is enough. The entries of an ecosystem with releases are those of the release asked
/// for; asked without one (`Debian`), all of them have to agree.
pub fn standing(record: &Record, ecosystem: Ecosystem<'_>, package: &str, version: &str) -> Standing {
    // What each release says; the empty one is what the question says of itself.
    let mut releases: BTreeMap<&str, Standing> = BTreeMap::new();
    for (entry, of) in entries(record, ecosystem, package) {
        let finer = of.release().len() > ecosystem.release().len();
        let said = releases.entry(if finer { of.release() } else { "" }).or_insert(Standing::Unnamed);
        *said = either(*said, entry_standing(entry, ecosystem, version));
    }
    // What holds for all releases holds for each.
    let general = releases.remove("").unwrap_or(Standing::Unnamed);
    let mut each = releases.into_values().map(|said| either(general, said));
    let Some(first) = each.next() else { return general };
    if each.all(|other| other == first) { first } else { Standing::Unknown }
}

/// Whether a version of a package is affected; nothing where that can't be told. A package that the record does not name is not affected,
/// as in OSV's schema; [`standing`] tells the two apart.
pub fn affected(record: &Record, ecosystem: Ecosystem<'_>, package: &str, version: &str) -> Option<bool> {
    match standing(record, ecosystem, package, version) {
        Standing::Affected => Some(true),
        Standing::Unaffected | Standing::Unnamed => Some(false),
        Standing::Unknown => None,
    }
}

/// The entries of a record that are about a package, each with its ecosystem.
pub(super) fn entries<'r>(
    record: &'r Record,
    ecosystem: Ecosystem<'_>,
    package: &str,
) -> impl Iterator<Item = (&'r Affected, Ecosystem<'r>)> {
    let asked = ecosystem.package(package);
    record.affected.iter().filter_map(move |entry| {
        let named = entry.package.as_ref()?;
        let of = Ecosystem::parse(&named.ecosystem);
        (of.meets(ecosystem) && of.package(&named.name) == asked).then_some((entry, of))
    })
}

fn either(one: Standing, other: Standing) -> Standing {
    let weight = |standing: Standing| match standing {
        Standing::Unnamed => 0,
        Standing::Unaffected => 1,
        Standing::Unknown => 2,
        Standing::Affected => 3,
    };
    if weight(one) >= weight(other) { one } else { other }
}

fn entry_standing(entry: &Affected, ecosystem: Ecosystem<'_>, version: &str) -> Standing {
    let own = ecosystem.order().and_then(|order| Some((order, Version::read(order, version)?)));
    let same = |listed: &String| {
        listed == version
            || own.as_ref().is_some_and(|(order, version)| {
                Version::read(*order, listed).is_some_and(|listed| version.order(&listed).is_some_and(Ordering::is_eq))
            })
    };
    if entry.versions.iter().any(same) {
        return Standing::Affected;
    }
    let mut compared = false;
    let mut all_told = true;
    for range in &entry.ranges {
        match (range.kind, within(range, ecosystem, version)) {
            // Commits can't be held against a version. What they say is said by the list or by the other ranges.
            (RangeKind::Git, _) => {}
            (_, Some(true)) => return Standing::Affected,
            (_, Some(false)) => compared = true,
            (_, None) => all_told = false,
        }
    }
    // Not to be in a list tells something where the list is all there is, and the version is one.
    let listed = !entry.versions.is_empty() && own.is_some();
    if all_told && (compared || listed) { Standing::Unaffected } else { Standing::Unknown }
}

/// The order of a range's versions; nothing where they can't be compared.
pub(super) fn order_of(range: &Range, ecosystem: Ecosystem<'_>) -> Option<Order> {
    match range.kind {
        RangeKind::Semver => Some(Order::Semantic),
        RangeKind::Ecosystem => ecosystem.order(),
        RangeKind::Git | RangeKind::Other => None,
    }
}

/// Whether a version is in a range; nothing where that can't be told.
///
/// Of all events that a version has reached, the one with the greatest version decides, so that they need not be sorted. Of two at the same
/// version the later one in the text does: `introduced` and then `fixed` at one version is a range without versions.
pub(super) fn within(range: &Range, ecosystem: Ecosystem<'_>, version: &str) -> Option<bool> {
    if matches!(range.kind, RangeKind::Git | RangeKind::Other) {
        return None;
    }
    let order = order_of(range, ecosystem);
    let read = |text| order.and_then(|order| Version::read(order, text));
    let asked = read(version);
    let (mut reached, mut vulnerable): (Option<Version<'_>>, bool) = (None, false);
    let (mut limited, mut before_limit) = (false, false);
    for event in &range.events {
        let (at, after) = match event {
            // Before all versions, so that it decides only where nothing else was reached.
            Event::Introduced(zero) if zero == "0" => {
                vulnerable |= reached.is_none();
                continue;
            }
            Event::Limit(limit) if limit.contains('*') => {
                (limited, before_limit) = (true, true);
                continue;
            }
            Event::Introduced(at) | Event::Fixed(at) | Event::LastAffected(at) | Event::Limit(at) => {
                (read(at)?, matches!(event, Event::Introduced(_)))
            }
            Event::Other {} => return None,
        };
        let place = asked.as_ref()?.order(&at)?;
        match event {
            Event::Limit(_) => {
                limited = true;
                before_limit |= place.is_lt();
                continue;
            }
            Event::LastAffected(_) if place.is_le() => continue,
            _ if place.is_lt() => continue,
            _ => {}
        }
        let later = match &reached {
            Some(reached) => at.order(reached)?.is_ge(),
            None => true,
        };
        if later {
            (reached, vulnerable) = (Some(at), after);
        }
    }
    Some(vulnerable && (!limited || before_limit))
}
