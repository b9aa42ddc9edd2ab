//! Digests: which texts are one, how strong it is, and whether those of one version contradict each other.

use super::place::Place;
use super::{Ecosystem, Pin, origin};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// From the weakest; of the first two somebody can make two files that have the same one.
const ALGORITHMS: &[&str] = &["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];

/// So many of them are weak.
const WEAK: usize = 2;

/// Digests of a whole folder, as Go and Terraform make them, and of an archive of Terraform.
const OF_FOLDERS: &[&str] = &["h1", "zh"];

/// The digests of an `integrity` of npm, pnpm and Yarn 1, which leave out what they can't read, and then look at nothing. What stands behind `?` is no
/// part of one.
pub(super) fn of_integrity(text: &str) -> impl Iterator<Item = &str> {
    let plain = |word: &'_ str| word.split('?').next().unwrap_or_default().len();
    text.split_whitespace()
        .map(move |word| word.get(..plain(word)).unwrap_or_default())
        .filter(|word| word.split_once('-').is_some_and(|(kind, value)| ALGORITHMS.contains(&kind) && is_value(value)))
}

/// Whether a text is a digest, or the name of a commit; one without a value and one made in a way that is not known hold nothing.
pub(super) fn is_one(ecosystem: Ecosystem, text: &str) -> bool {
    let (kind, value) = parts(text);
    if !kind.is_empty() {
        return is_value(value);
    }
    let hexadecimal = text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match ecosystem {
        // Subversion names its states by numbers and words.
        Ecosystem::Packagist => !text.is_empty(),
        Ecosystem::NuGet => text.len().is_multiple_of(4) && is_value(text),
        Ecosystem::Npm => origin::is_commit(text),
        _ => !text.is_empty() && hexadecimal,
    }
}

fn is_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
}

/// How a digest was made, as it says, and its value: `sha512-…`, `sha256:…`, `10c0/…`; no word where it has its value alone.
fn parts(text: &str) -> (&str, &str) {
    match text.split_once(['-', ':', '=', '/']) {
        Some((kind, value)) if ALGORITHMS.contains(&kind) || OF_FOLDERS.contains(&kind) => (kind, value),
        Some((kind, value)) if is_of_a_cache(kind) && text.get(kind.len()..=kind.len()) == Some("/") => (kind, value),
        _ if is_of_yarn_alone(text) => (CACHE, text),
        _ => ("", text),
    }
}

/// Before its fourth release Yarn had the version of its cache elsewhere.
const CACHE: &str = "cache";

fn is_of_yarn_alone(text: &str) -> bool {
    text.len() == 128 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Yarn has the version of its cache before a digest, `8` or `10c0`: with another one, the same package has another digest.
fn is_of_a_cache(kind: &str) -> bool {
    let (version, level) = kind.split_once('c').unwrap_or((kind, "0"));
    let number = |text: &str| matches!(text.len(), 1..=3) && text.bytes().all(|byte| byte.is_ascii_digit());
    kind == CACHE || number(version) && number(level)
}

/// The ecosystems of which a file has packages with digests: each of them; of a file that is new, most. What is taken from a repository of git has none.
pub fn with_digests(old: &[Pin], new: &[Pin]) -> HashSet<Ecosystem> {
    let is_new = old.is_empty();
    let mut counts: BTreeMap<Ecosystem, [usize; 2]> = BTreeMap::new();
    for pin in if is_new { new } else { old }.iter().filter(|pin| !Place::of(pin).is_of_git()) {
        counts.entry(pin.ecosystem).or_default()[usize::from(pin.digests.is_empty())] += 1;
    }
    let held = |[with, without]: &[usize; 2]| if is_new { with > without } else { *without == 0 };
    counts.into_iter().filter(|(_, counts)| held(counts)).map(|(ecosystem, _)| ecosystem).collect()
}

impl Pin {
    /// Whether nothing but its version says what it is.
    pub fn is_without_digest(&self) -> bool {
        self.digests.is_empty() && !Place::of(self).is_of_git()
    }
}

/// Values by how they were made.
type Kinds<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

fn kinds(pin: &Pin) -> Kinds<'_> {
    let mut kinds = Kinds::new();
    for digest in &pin.digests {
        let (kind, value) = parts(digest);
        kinds.entry(kind).or_default().insert(value);
    }
    kinds
}

/// How strong the strongest algorithm is that they name.
fn strongest(kinds: &Kinds<'_>) -> Option<usize> {
    kinds.keys().filter_map(|kind| ALGORITHMS.iter().position(|algorithm| algorithm == kind)).max()
}

fn is_weak(kind: &str) -> bool {
    ALGORITHMS.iter().take(WEAK).any(|weak| *weak == kind)
}

/// Whether none of what is there now is as strong as what was: tools look at the strongest alone.
pub(super) fn weakened(from: &Pin, to: &Pin) -> bool {
    let (before, after) = (kinds(from), kinds(to));
    strongest(&before).is_some_and(|was| was >= WEAK) && !after.is_empty() && after.keys().all(|kind| is_weak(kind))
}

/// Whether some were made in the same way. Those of a folder of a provider are of one platform.
pub(super) fn are_of_one_kind(one: &Pin, other: &Pin) -> bool {
    let others = kinds(other);
    kinds(one).keys().any(|kind| others.contains_key(kind) && !(one.ecosystem == Ecosystem::Terraform && *kind == "h1"))
}

/// Whether digests of one version contradict each other. That all are lost is told as what was loosened.
pub(super) fn differ(from: &Pin, to: &Pin) -> bool {
    let (before, after) = (kinds(from), kinds(to));
    if before.is_empty() || after.is_empty() {
        return false;
    }
    if strongest(&before) > strongest(&after) {
        return true;
    }
    let common: Vec<_> = before.iter().filter_map(|(kind, values)| Some((*kind, values, after.get(kind)?))).collect();
    if common.is_empty() {
        // A tool that is newer takes a stronger one, or a form of its own.
        return after.keys().any(|kind| is_weak(kind))
            || !before.keys().all(|kind| is_weak(kind) || is_of_a_cache(kind));
    }
    match from.ecosystem {
        // A release has several files, to which others are added and of which some are taken away.
        Ecosystem::PyPi | Ecosystem::RubyGems => {
            common.iter().any(|(_, before, after)| !before.is_subset(after) && !after.is_subset(before))
        }
        // Each platform of a provider has a digest of its folder, beside those of the archives, which all of its release share.
        Ecosystem::Terraform => match common.iter().find(|(kind, ..)| *kind == "zh") {
            Some((_, before, after)) => before != after,
            None => common.iter().all(|(_, before, after)| before.is_disjoint(after)),
        },
        // The commit and the digest of the archive, which hold both.
        Ecosystem::Packagist => common.iter().any(|(_, before, after)| !before.is_subset(after)),
        // One version is one archive. Of several algorithms the strongest counts, so that one that is added may not be stronger than one that is strong.
        _ => {
            let outdone = strongest(&before).is_some_and(|was| was >= WEAK) && strongest(&after) > strongest(&before);
            outdone || common.iter().any(|(_, before, after)| before != after)
        }
    }
}
