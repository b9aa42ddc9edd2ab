//! Whether the same version is taken from elsewhere, or is something else than it was.

use super::place::Place;
use super::{Difference, Ecosystem, Hold, Pin};
use std::collections::BTreeSet;

/// What became of what a version stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// A registry never changes what a version stands for, and here it is something else.
    Replaced,
    /// The owner of a tag or a branch has moved it: another commit, another image.
    Moved,
}

impl Difference<'_> {
    /// Where it was taken from and where it is, as written, where these are two places. None is the registry that its tool takes
    /// when the file names none.
    pub fn origins(&self) -> Option<(Option<&str>, Option<&str>)> {
        let (from, to) = (self.from?, self.to?);
        // What an action is named by is its repository; its origin is the folder in it.
        let moved = from.ecosystem != Ecosystem::GitHubActions && !Place::of(to).is_as_good_as(&Place::of(from));
        moved.then_some((from.origin.as_deref(), to.origin.as_deref()))
    }

    /// What became of the contents, where version and place are the same.
    pub fn contents(&self) -> Option<Contents> {
        let (from, to) = (self.from?, self.to?);
        if from.version != to.version || self.origins().is_some() || !differ(from, to) {
            return None;
        }
        let held_by_its_owner = |pin: &Pin| {
            matches!(pin.ecosystem, Ecosystem::Docker | Ecosystem::GitHubActions)
                || pin.hold != Hold::Fixed
                || Place::of(pin).is_of_git()
        };
        Some(if held_by_its_owner(from) || held_by_its_owner(to) { Contents::Moved } else { Contents::Replaced })
    }
}

impl Pin {
    /// Whether a new pin is taken from none of the places that its package had before; of one that had none, whether that is another
    /// than the usual registry, where its files name one.
    pub fn is_from_elsewhere(&self, earlier: &[&Self]) -> bool {
        let place = Place::of(self);
        if self.ecosystem == Ecosystem::GitHubActions || earlier.is_empty() && place.is_usual(self) {
            return false;
        }
        !earlier.iter().any(|pin| place.is_as_good_as(&Place::of(pin)))
    }
}

/// Whether digests contradict each other. Files of a version may be added and taken away, so that one side may list more than the other.
fn differ(from: &Pin, to: &Pin) -> bool {
    let kinds = |pin: &Pin| pin.digests.iter().map(|digest| kind(digest).to_owned()).collect::<BTreeSet<_>>();
    let (before, after) = (kinds(from), kinds(to));
    if before.is_empty() || after.is_empty() {
        // That they are lost is told as what was loosened.
        return false;
    }
    let common: BTreeSet<_> = before.intersection(&after).map(String::as_str).collect();
    if common.is_empty() {
        // A tool that is newer takes a stronger one, or a form of its own.
        let is_weak = |kind: &String| matches!(kind.as_str(), "sha1" | "md5");
        return after.iter().any(is_weak) || !before.iter().all(|kind| is_weak(kind) || is_of_a_cache(kind));
    }
    let of = |pin: &'_ Pin| -> BTreeSet<String> {
        pin.digests.iter().filter(|digest| common.contains(kind(digest))).cloned().collect()
    };
    let (before, after) = (of(from), of(to));
    // Each platform of a provider has digests of its own, beside those that all platforms of its release share.
    if from.ecosystem == Ecosystem::Terraform {
        return before.is_disjoint(&after);
    }
    !before.is_subset(&after) && !after.is_subset(&before)
}

/// How a digest was made, as it says: `sha512-…`, `sha256:…`, `10c0/…`; nothing where it has hexadecimal digits alone.
fn kind(digest: &str) -> &str {
    digest.split_once(['-', ':', '=', '/']).map_or("", |(kind, _)| kind)
}

/// Yarn has the version of its cache before a digest: with another one, the same package has another digest.
fn is_of_a_cache(kind: &str) -> bool {
    kind.starts_with(|first: char| first.is_ascii_digit())
}
