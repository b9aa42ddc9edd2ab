//! Which of two versions comes first, by the order of the ecosystem that they belong to.
//!
//! Every ecosystem has rules of its own: `1.0-1` comes after `1.0` on PyPI and before it on npm. A version that the rules of its ecosystem
//! can't read has no place in the order, and neither has one of an ecosystem whose rules are not known here. That is told by
//! `None`: an order that was guessed would let a vulnerable version pass for a fixed one.
//!
//! The rules are read off what each ecosystem publishes, and held against its own implementation where that can be run
//! (`tests/versions/README.md`).
//!
//! ```
//! use changegate::versions::{Ecosystem, compare};
//! use std::cmp::Ordering::{Greater, Less};
//!
//! assert_eq!(compare(Ecosystem::parse("PyPI"), "1.0-1", "1.0"), Some(Greater));
//! assert_eq!(compare(Ecosystem::parse("npm"), "1.0.0-1", "1.0.0"), Some(Less));
//! assert_eq!(compare(Ecosystem::parse("Debian:12"), "1:1.0-1", "2.0-1"), Some(Greater));
//! assert_eq!(compare(Ecosystem::parse("npm"), "latest", "1.0.0"), None);
//! ```

mod alpine;
mod composer;
mod debian;
mod ecosystem;
mod gem;
mod maven;
mod nuget;
mod number;
mod package_url;
mod python;
mod rpm;
mod semantic;

pub use ecosystem::{Ecosystem, Order};
pub use package_url::{PackageUrl, package_key, same_package, version_named};
use std::cmp::Ordering;

/// How many bytes a version may have. The longest of real ones have some ninety; this bounds what a comparison may cost.
pub const LONGEST: usize = 512;

/// A version that was read by the rules of one order.
///
/// Reading once and comparing often is what ranges of many versions need; for two texts there is [`compare`].
#[derive(Debug, Clone)]
pub struct Version<'t>(Key<'t>);

#[derive(Debug, Clone)]
enum Key<'t> {
    Semantic(semver::Version),
    Pub(semver::Version),
    Python(python::Key<'t>),
    Maven(maven::Key<'t>),
    Gem(gem::Key<'t>),
    Composer(composer::Key<'t>),
    NuGet(nuget::Key),
    Debian(debian::Key<'t>),
    Alpine(alpine::Key<'t>),
    Rpm(rpm::Key<'t>),
}

impl<'t> Version<'t> {
    /// A version by the rules of an order; nothing where they can't read it, where it is longer than [`LONGEST`], or has characters other
    /// than visible ASCII.
    ///
    /// ```
    /// use changegate::versions::{Order, Version};
    /// assert!(Version::read(Order::Semantic, "v1.2.3").is_some());
    /// assert!(Version::read(Order::Semantic, "main").is_none());
    /// ```
    pub fn read(order: Order, text: &'t str) -> Option<Self> {
        if text.is_empty() || text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        Some(Self(match order {
            Order::Semantic => Key::Semantic(semantic::padded(text)?),
            Order::Tag => Key::Semantic(semantic::whole(text)?),
            Order::Pub => Key::Pub(semantic::padded(text)?),
            Order::Python => Key::Python(python::read(text)?),
            Order::Maven => Key::Maven(maven::read(text)?),
            Order::Gem => Key::Gem(gem::read(text)?),
            Order::Composer => Key::Composer(composer::read(text)?),
            Order::NuGet => Key::NuGet(nuget::read(text)?),
            Order::Debian => Key::Debian(debian::read(text)?),
            Order::Alpine => Key::Alpine(alpine::read(text)?),
            Order::Rpm => Key::Rpm(rpm::read(text)?),
        }))
    }

    /// Which of two comes first; nothing where they were read by different orders, or where the order of their ecosystem goes round: to
    /// Maven `1.2-rc` is less than `1.2`, which is less than `1.2.redhat-1`, which is less than `1.2-rc`.
    pub fn order(&self, other: &Version<'_>) -> Option<Ordering> {
        Some(match (&self.0, &other.0) {
            (Key::Semantic(a), Key::Semantic(b)) => a.cmp_precedence(b),
            (Key::Pub(a), Key::Pub(b)) => a.cmp(b),
            (Key::Python(a), Key::Python(b)) => a.cmp(b),
            (Key::Maven(a), Key::Maven(b)) => maven::order(a, b)?,
            (Key::Gem(a), Key::Gem(b)) => gem::order(a, b),
            (Key::Composer(a), Key::Composer(b)) => a.cmp(b),
            (Key::NuGet(a), Key::NuGet(b)) => a.cmp(b),
            (Key::Debian(a), Key::Debian(b)) => a.cmp(b),
            (Key::Alpine(a), Key::Alpine(b)) => a.cmp(b),
            (Key::Rpm(a), Key::Rpm(b)) => a.cmp(b),
            _ => return None,
        })
    }
}

/// Which of two versions comes first in an ecosystem; nothing where one of them can't be read, where the rules of the ecosystem are not
/// known, or where they go round.
///
/// Equal are versions that the ecosystem holds for the same: `1.0` and `1.0.0` on PyPI, `1.0.0+a` and `1.0.0+b` on npm.
pub fn compare(ecosystem: Ecosystem<'_>, a: &str, b: &str) -> Option<Ordering> {
    let order = ecosystem.order()?;
    Version::read(order, a)?.order(&Version::read(order, b)?)
}
