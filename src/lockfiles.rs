//! What lockfiles and manifests pin, and what differs between two states of one.
//!
//! A proposal says which component changes and to what; the files say what is really installed. Each [`Format`] is read into the same
//! list of [`Pin`]s, and [`differences`] compares two such lists. Whether a change goes up or down is not decided here: versions are
//! compared by those who know the order of their ecosystem.
//!
//! **Fail closed.** The files come from a pull request. One that can't be read is an error with its place, and so is an entry that can't
//! be understood in one that can: an empty list means that the file pins nothing. What a reader passes over its own page says, with the
//! reason.
//!
//! **What is no pin.** A member of the workspace, a folder of the repository, a link: what is in the change itself can be read in the
//! change. A dependency that moves from a registry to a folder is thus one that is removed.
//!
//! ```
//! use changegate::lockfiles::{Change, Format, Hold, differences};
//! use std::path::Path;
//!
//! let format = Format::of(Path::new(".github/workflows/ci.yml")).unwrap();
//! let before = format.read("jobs: {a: {steps: [{uses: actions/checkout@v4}]}}").unwrap();
//! let after = format.read("jobs: {a: {steps: [{uses: actions/checkout@main}]}}").unwrap();
//! assert_eq!((before[0].version.as_str(), before[0].hold), ("v4", Hold::Tag));
//!
//! let found = differences(&before, &after);
//! assert_eq!((found[0].name(), found[0].change()), ("actions/checkout", Change::Loosened));
//! ```

mod asked;
mod bun;
mod bundler;
mod cargo;
mod composer;
mod differences;
mod digests;
mod dockerfile;
mod format;
mod go;
mod gradle;
mod helm;
mod image;
mod manifest;
mod maven;
mod moved;
mod npm;
mod nuget;
mod origin;
mod place;
mod pnpm;
mod python;
mod requirements;
mod taken;
mod terraform;
mod text;
mod tree;
mod workflow;
mod yaml;
mod yarn;

pub use asked::Asked;
pub use differences::{Change, Difference, Joined, across, differences, of_one_package};
pub use digests::with_digests;
pub use format::Format;
pub use manifest::Manifest;
pub use moved::Contents;
pub use taken::{By, Taken};

use crate::secrets::without_secrets;
use crate::source::Position;
use std::fmt;

/// Whose names and versions these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the name of what it is")]
pub enum Ecosystem {
    Cargo,
    Npm,
    PyPi,
    Go,
    RubyGems,
    Packagist,
    Maven,
    NuGet,
    GitHubActions,
    Docker,
    Helm,
    Terraform,
}

impl Ecosystem {
    /// The name that OSV has for it; `Docker`, `Helm` and `Terraform`, for which OSV has none.
    ///
    /// ```
    /// assert_eq!(changegate::lockfiles::Ecosystem::Cargo.as_str(), "crates.io");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cargo => "crates.io",
            Self::Npm => "npm",
            Self::PyPi => "PyPI",
            Self::Go => "Go",
            Self::RubyGems => "RubyGems",
            Self::Packagist => "Packagist",
            Self::Maven => "Maven",
            Self::NuGet => "NuGet",
            Self::GitHubActions => "GitHub Actions",
            Self::Docker => "Docker",
            Self::Helm => "Helm",
            Self::Terraform => "Terraform",
        }
    }
}

impl fmt::Display for Ecosystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How firmly a version is held, from the loosest to the firmest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hold {
    /// Nothing holds it: a branch, `latest`, a range, no version, a value that only the build knows.
    Floating,
    /// A name that looks like a version and that its owner can move: a tag of git or of an image, a file at an address without a digest.
    Tag,
    /// A commit that was taken from a branch, which the file names: the next time the file is made it is another.
    Tracked,
    /// A version that its registry never changes, a commit, or a digest.
    Fixed,
}

/// One thing that a file pins, or should.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pin {
    /// Whose name it is.
    pub ecosystem: Ecosystem,
    /// The name in its ecosystem: `group:artifact`, `owner/repository`, an image without its tag. Those of PyPI are normalised by PEP 503.
    pub name: String,
    /// The version, tag, branch, commit or range as written; empty where there is none.
    pub version: String,
    /// How firmly that is held.
    pub hold: Hold,
    /// Where it is taken from, as far as the file tells: a registry, a repository, an address. Without user and password.
    pub origin: Option<String>,
    /// The digests and commits that what is taken must have, in order, each once.
    pub digests: Vec<String>,
    /// The line on which it is written, from 1.
    pub line: u32,
}

impl Pin {
    fn new(ecosystem: Ecosystem, name: impl Into<String>, version: impl Into<String>, line: u32) -> Self {
        let (name, version) = (name.into(), version.into());
        Self { ecosystem, name, version, hold: Hold::Fixed, origin: None, digests: Vec::new(), line }
    }

    fn held(self, hold: Hold) -> Self {
        Self { hold, ..self }
    }

    fn from(self, origin: Option<&str>) -> Self {
        Self { origin: origin.map(origin::without_user), ..self }
    }

    /// Of several addresses, each of which may be the one that is taken.
    fn of_all<'a>(self, origins: impl IntoIterator<Item = &'a str>) -> Self {
        let mut origins: Vec<_> = origins.into_iter().map(origin::without_user).collect();
        origins.dedup();
        Self { origin: (!origins.is_empty()).then(|| origins.join(origin::AND)), ..self }
    }

    /// Whether an address is longer than any that a tool writes.
    fn is_from_too_far(&self) -> bool {
        self.origin.as_deref().is_some_and(|origin| origin.split(origin::AND).any(|address| address.len() > LONGEST))
    }

    fn digest<'d>(self, digests: impl IntoIterator<Item = &'d str>) -> Self {
        let sound = |digest: &&str| digests::is_one(self.ecosystem, digest);
        let mut digests: Vec<String> = digests.into_iter().filter(sound).map(str::to_owned).collect();
        digests.sort_unstable();
        digests.dedup();
        Self { digests, ..self }
    }
}

/// Why a file can't be read, and where that is seen, as far as it is known; lines and columns (in characters) from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What is wrong: lower case, no full stop. What it quotes of the file is not escaped.
    pub why: String,
    /// The line.
    pub line: Option<u32>,
    /// The column.
    pub column: Option<u32>,
}

/// The longest word that one line may lend to many pins: an address, a digest, a replacement.
const LONGEST: usize = 2_000;

impl Unread {
    /// What a parser says, which may quote the file at any length.
    fn told(position: Option<Position>, why: &str) -> Self {
        const MOST: usize = 200;
        let why: String = without_secrets(why.lines().next().unwrap_or_default()).chars().take(MOST).collect();
        position.map_or_else(|| Self::whole(why.clone()), |position| Self::at(position, why.clone()))
    }

    fn whole(why: impl Into<String>) -> Self {
        Self { why: why.into(), line: None, column: None }
    }

    fn at(position: Position, why: impl Into<String>) -> Self {
        Self { why: why.into(), line: Some(position.line), column: Some(position.column) }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "{line}:{column}: {}", self.why),
            (Some(line), None) => write!(f, "{line}: {}", self.why),
            _ => f.write_str(&self.why),
        }
    }
}

impl std::error::Error for Unread {}

/// What is quoted in an error: enough to know it again, whatever its length.
fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let text = &without_secrets(text);
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
