//! An advisory in OSV's form (schema 1.7), as far as the gate asks about it.

use super::{Problem, lenient, moment};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One advisory. Fields that are not here are passed over; a field of the wrong shape refuses the record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Record {
    /// Its id: `RUSTSEC-2024-0003`, `GHSA-9v3m-8fp8-mj99`.
    pub id: String,
    /// When it was last changed.
    #[serde(deserialize_with = "moment::required", serialize_with = "moment::write")]
    pub modified: Timestamp,
    /// When it was published first.
    #[serde(default, deserialize_with = "moment::optional", serialize_with = "moment::write_some")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// Since when it counts no more: what stands in it was wrong, or is told elsewhere. It may lie in the future.
    #[serde(default, deserialize_with = "moment::optional", serialize_with = "moment::write_some")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Timestamp>,
    /// Ids of the same vulnerability elsewhere.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Ids of the vulnerabilities that it is about in what a distribution makes of somebody else's package: `DEBIAN-CVE-2023-0286` has
    /// `CVE-2023-0286` here. It tells of its own packages, and nothing of those of the others.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub upstream: Vec<String>,
    /// Ids of vulnerabilities that have to do with it.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// How bad it is, by several methods.
    #[serde(default, deserialize_with = "lenient::objects", skip_serializing_if = "Vec::is_empty")]
    pub severity: Vec<Severity>,
    /// What it is in.
    #[serde(default, deserialize_with = "lenient::objects", skip_serializing_if = "Vec::is_empty")]
    pub affected: Vec<Affected>,
    /// The word of its database for how bad it is, as written: `MODERATE`.
    #[serde(default, rename = "database_specific", deserialize_with = "lenient::severity_word")]
    #[serde(serialize_with = "specific", skip_serializing_if = "Option::is_none")]
    pub severity_word: Option<String>,
}

/// How bad a vulnerability is by one method.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Severity {
    /// The method: `CVSS_V2`, `CVSS_V3`, `CVSS_V4`, `Ubuntu`, or one that is not known yet.
    #[serde(rename = "type")]
    pub method: String,
    /// By that method: a vector of CVSS, a word.
    pub score: String,
}

/// Versions of a package that a vulnerability is in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Affected {
    /// The package; absent where only commits are told.
    #[serde(default, deserialize_with = "lenient::object", skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
    /// How bad it is in this package.
    #[serde(default, deserialize_with = "lenient::objects", skip_serializing_if = "Vec::is_empty")]
    pub severity: Vec<Severity>,
    /// Ranges of versions.
    #[serde(default, deserialize_with = "lenient::objects", skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Range>,
    /// Versions one by one.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
}

/// A package of an ecosystem.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Package {
    /// As OSV writes it, with its release: `Debian:12`.
    pub ecosystem: String,
    /// Its name there.
    pub name: String,
}

/// What happened to a vulnerability along the versions of a package.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Range {
    /// What its versions are.
    #[serde(rename = "type")]
    pub kind: RangeKind,
    /// Each at a version; they need not be in order.
    #[serde(deserialize_with = "lenient::objects")]
    pub events: Vec<Event>,
}

/// What the versions of a range are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RangeKind {
    /// Semantic Versioning 2.0, whatever the ecosystem.
    Semver,
    /// In the order of the ecosystem.
    Ecosystem,
    /// Commits.
    Git,
    /// A kind that is not known yet.
    #[serde(other)]
    Other,
}

/// Something that happened at a version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "RawEvent", rename_all = "snake_case")]
pub enum Event {
    /// From here on it is there; `0` comes before all versions.
    Introduced(String),
    /// From here on it is not.
    Fixed(String),
    /// Behind this one it is not.
    LastAffected(String),
    /// From here on nothing is told; `*` is behind all versions.
    Limit(String),
    /// Something that is not known yet.
    Other {},
}

#[derive(Deserialize)]
struct RawEvent {
    introduced: Option<String>,
    fixed: Option<String>,
    last_affected: Option<String>,
    limit: Option<String>,
}

impl TryFrom<RawEvent> for Event {
    type Error = &'static str;

    fn try_from(raw: RawEvent) -> Result<Self, Self::Error> {
        match (raw.introduced, raw.fixed, raw.last_affected, raw.limit) {
            (Some(version), None, None, None) => Ok(Self::Introduced(version)),
            (None, Some(version), None, None) => Ok(Self::Fixed(version)),
            (None, None, Some(version), None) => Ok(Self::LastAffected(version)),
            (None, None, None, Some(version)) => Ok(Self::Limit(version)),
            (None, None, None, None) => Ok(Self::Other {}),
            _ => Err("an event is one of `introduced`, `fixed`, `last_affected` and `limit`, and this one is several"),
        }
    }
}

impl Record {
    /// Reads a record. Fields that OSV does not have, or that are not asked for, are passed over; one of the wrong shape, one that
    /// stands there twice, or one that is missing is a problem, with its place.
    ///
    /// ```
    /// use changegate::advisories::Record;
    /// let problem = Record::parse(b"{\n \"id\": 7 }").expect_err("a wrong shape");
    /// assert_eq!(problem.to_string(), "line 2, column 8: invalid type: integer `7`, expected a string");
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, Problem> {
        let lenient::Object(record): lenient::Object<Self> = serde_json::from_slice(bytes)?;
        if record.id.is_empty() {
            return Err(Problem::whole("`id` is empty"));
        }
        Ok(record)
    }

    /// Whether an id is its own or one of its aliases. Capitals make no difference.
    pub fn is_called(&self, id: &str) -> bool {
        self.names().any(|name| name.eq_ignore_ascii_case(id))
    }

    /// Its id and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.id.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

fn specific<S: serde::Serializer>(word: &Option<String>, into: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap;
    let mut map = into.serialize_map(Some(1))?;
    map.serialize_entry("severity", word)?;
    map.end()
}
