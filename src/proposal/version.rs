//! Versions, as vendors write them.

use std::cmp::Ordering;

/// A dotted number of any length, and a pre-release after it.
struct Version<'t> {
    numbers: Vec<u64>,
    pre: semver::Prerelease,
    /// What follows a `+`. It has no part in the order, and yet another build is another program.
    build: &'t str,
}

impl<'t> Version<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let (text, build) = text.split_once('+').unwrap_or((text, ""));
        let (dotted, pre) = text.split_once('-').unwrap_or((text, ""));
        let numbers = dotted.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?;
        Some(Self { numbers, pre: semver::Prerelease::new(pre).ok()?, build })
    }

    fn number(&self, place: usize) -> u64 {
        self.numbers.get(place).copied().unwrap_or(0)
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let longest = self.numbers.len().max(other.numbers.len());
        (0..longest)
            .map(|place| self.number(place).cmp(&other.number(place)))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| self.pre.cmp(&other.pre))
    }
}

/// The size of the step from one version to another: `major`, `minor` or `patch` by Semantic Versioning 2.0, `none` where they
/// are equal, `backward` where it goes down, `unknown` where one of them is no dotted number. Below 1.0 a step of the second
/// part is `major`, as SemVer promises nothing there. Another build of one version is a `patch` from it.
///
/// ```
/// use changegate::proposal::version::semver_level;
/// assert_eq!(semver_level("15.8", "16.4"), "major");
/// assert_eq!(semver_level("v1.2.3", "1.2.4"), "patch");
/// assert_eq!(semver_level("latest", "1.0"), "unknown");
/// ```
pub fn semver_level(from: &str, to: &str) -> &'static str {
    let (Some(from), Some(to)) = (Version::parse(from), Version::parse(to)) else { return "unknown" };
    match from.cmp(&to) {
        Ordering::Equal if from.build == to.build => "none",
        Ordering::Equal => "patch",
        Ordering::Greater => "backward",
        Ordering::Less => {
            let place = (0..3).find(|&place| from.number(place) != to.number(place)).unwrap_or(2);
            match place {
                0 => "major",
                1 if from.number(0) == 0 => "major",
                1 => "minor",
                _ => "patch",
            }
        }
    }
}

/// The size of the step from one version to another where the maker promises nothing by its numbers, as of versions that are
/// dates: `major` from the first or the second number on, as either may be a release of its own, and `patch` below.
///
/// ```
/// use changegate::proposal::version::dated_level;
/// assert_eq!(dated_level("24.04.1", "24.10"), "major");
/// assert_eq!(dated_level("2026-11-01", "2026-11-15"), "patch");
/// assert_eq!(dated_level("R2", "R3"), "unknown");
/// ```
pub fn dated_level(from: &str, to: &str) -> &'static str {
    let dotted = |version: &str| version.replace(['-', '_'], ".");
    match semver_level(&dotted(from), &dotted(to)) {
        "minor" => "major",
        level => level,
    }
}

/// Whether a version is another one or comes after it; of names that are no versions, whether they are the same.
pub fn not_before(version: &str, other: &str) -> bool {
    version == other || matches!(semver_level(other, version), "none" | "patch" | "minor" | "major")
}

/// Whether one version comes before another; false where they can't be compared.
pub fn version_before(a: &str, b: &str) -> bool {
    matches!((Version::parse(a), Version::parse(b)), (Some(a), Some(b)) if a.cmp(&b) == Ordering::Less)
}

#[cfg(test)]
mod tests {
    use super::semver_level;

    #[test]
    fn the_size_of_a_step() {
        for (from, to, level) in [
            ("15.8", "16.4", "major"),
            ("1.2.3", "1.3.0", "minor"),
            ("v1.2.3", "1.2.4", "patch"),
            ("1.2.3", "1.2.3", "none"),
            ("2.0.0", "1.9.9", "backward"),
            ("0.4.1", "0.5.0", "major"),
            ("1.0.0-rc.1", "1.0.0", "patch"),
            ("14", "15", "major"),
            ("4.17.21.1", "4.17.21.2", "patch"),
            ("latest", "1.0", "unknown"),
            ("", "1", "unknown"),
            ("1.0+a", "1.0+b", "patch"),
            ("1.0", "1.0.0+b", "patch"),
            ("1.0+a", "1.0.0+a", "none"),
            ("1.0+b", "0.9+b", "backward"),
            ("99999999999999999999", "1", "unknown"),
            ("1.2.3-ALPHA", "1.2.3-beta", "patch"),
        ] {
            assert_eq!(semver_level(from, to), level, "{from} to {to}");
        }
    }
}
