//! What the records of an advisory say of a package that changes.

use super::asked::Package;
use crate::advisories::{Level, Record, Standing, first_fix, standing};
use crate::versions::{Ecosystem, PackageUrl, compare};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::HashSet;

/// A package that changes, with its ecosystem.
pub struct Read<'p> {
    asked: &'p Package,
    url: PackageUrl,
    /// Its name as its ecosystem compares names.
    name: String,
}

/// A record, with the names of all packages that it is about: a change may have a thousand packages, and a record as many entries.
pub struct Listed<'r> {
    pub record: &'r Record,
    names: HashSet<Cow<'r, str>>,
}

impl<'r> Listed<'r> {
    /// That of a record.
    pub fn of(record: &'r Record) -> Self {
        let packages = record.affected.iter().filter_map(|entry| entry.package.as_ref());
        let names = packages.map(|package| Ecosystem::parse(&package.ecosystem).package(&package.name)).collect();
        Self { record, names }
    }
}

/// The severities that a record has for some packages; for all that it names where it names none of those.
pub fn levels(listed: &Listed<'_>, packages: &[Read<'_>]) -> Vec<(Level, Option<f64>)> {
    let record = listed.record;
    if !packages.iter().any(|package| package.is_named_by(listed)) {
        let rating = record.rating();
        return rating.level.map(|level| (level, rating.score)).into_iter().collect();
    }
    own_levels(listed, packages)
}

/// The severities that a record has for those of some packages that it names.
pub fn own_levels(listed: &Listed<'_>, packages: &[Read<'_>]) -> Vec<(Level, Option<f64>)> {
    let named = packages.iter().filter(|package| package.is_named_by(listed));
    let ratings = named.map(|package| listed.record.rating_for(package.ecosystem(), &package.url.name));
    ratings.filter_map(|rating| Some((rating.level?, rating.score))).collect()
}

impl<'p> Read<'p> {
    /// Nothing where its URL is none, or its ecosystem is not known.
    pub fn of(asked: &'p Package) -> Option<Self> {
        let url = PackageUrl::parse(&asked.package_url)?;
        let name = Ecosystem::parse(&url.ecosystem).package(&url.name).into_owned();
        Some(Self { asked, url, name })
    }

    /// Its ecosystem and its name there.
    pub fn package(&self) -> (Ecosystem<'_>, &str) {
        (self.ecosystem(), &self.url.name)
    }

    fn ecosystem(&self) -> Ecosystem<'_> {
        Ecosystem::parse(&self.url.ecosystem)
    }

    fn is_named_by(&self, listed: &Listed<'_>) -> bool {
        // Of any version it is unnamed where the package is.
        listed.names.contains(self.name.as_str())
            && standing(listed.record, self.ecosystem(), &self.url.name, "0") != Standing::Unnamed
    }

    /// As one of `evidence.advisories[].packages`.
    pub fn told(&self, records: &[Listed<'_>]) -> Value {
        let named: Vec<&Record> =
            records.iter().filter(|listed| self.is_named_by(listed)).map(|listed| listed.record).collect();
        let mut told = json!({
            "package_url": self.asked.package_url,
            "ecosystem": self.url.ecosystem,
            "name": super::super::shortened(&self.url.name, super::LINE),
            "named": !named.is_empty(),
        });
        let mut affected = None;
        for (field, version) in [("from", &self.asked.from), ("to", &self.asked.to)] {
            let Some(version) = version else { continue };
            told[field] = version.as_str().into();
            if named.is_empty() {
                continue;
            }
            let standing = self.standing(&named, version);
            told[format!("{field}_is")] = word(standing).into();
            if standing == Standing::Affected {
                affected = Some(version);
            }
        }
        if let Some(fix) = affected.and_then(|version| self.fix(&named, version)) {
            told["fix"] = super::super::shortened(fix, 100).into();
        }
        told
    }

    /// What all records together say of a version: one that affects it is enough, and one that can't tell leaves it open.
    fn standing(&self, records: &[&Record], version: &str) -> Standing {
        let all: Vec<_> =
            records.iter().map(|record| standing(record, self.ecosystem(), &self.url.name, version)).collect();
        [Standing::Affected, Standing::Unknown, Standing::Unaffected]
            .into_iter()
            .find(|standing| all.contains(standing))
            .unwrap_or(Standing::Unnamed)
    }

    /// The furthest of the first fixes that the records name; nothing where one of them names none.
    fn fix<'r>(&self, records: &[&'r Record], version: &str) -> Option<&'r str> {
        let ecosystem = self.ecosystem();
        let mut furthest: Option<&str> = None;
        for record in records {
            if standing(record, ecosystem, &self.url.name, version) != Standing::Affected {
                continue;
            }
            let fix = first_fix(record, ecosystem, &self.url.name, version)?;
            if furthest.is_none_or(|other| compare(ecosystem, fix, other).is_some_and(std::cmp::Ordering::is_gt)) {
                furthest = Some(fix);
            }
        }
        furthest
    }
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Affected => "affected",
        Standing::Unaffected => "unaffected",
        Standing::Unknown | Standing::Unnamed => "unknown",
    }
}
