//! Versions, as vendors write them.

mod written;

use std::cmp::Ordering;
use written::Version;

/// The size of the step from one version to another: `major`, `minor` or `patch` by Semantic Versioning 2.0, `none` where they
/// are equal, `backward` where it goes down, `unknown` where one of them is no dotted number. Below 1.0 a step of the second
/// part is `major`, as SemVer promises nothing there. A later build of one version is a `patch` from it.
///
/// ```
/// use changegate::proposal::version::semver_level;
/// assert_eq!(semver_level("15.8", "16.4"), "major");
/// assert_eq!(semver_level("v1.2.3", "1.2.4"), "patch");
/// assert_eq!(semver_level("latest", "1.0"), "unknown");
/// ```
pub fn semver_level(from: &str, to: &str) -> &'static str {
    level(from, to, false)
}

/// Whether two texts are one version: `v16.4` is 16.4.
pub fn is_same(a: &str, b: &str) -> bool {
    a == b || semver_level(a, b) == "none"
}

fn level(from: &str, to: &str, dated: bool) -> &'static str {
    let (Some(from), Some(to)) = (Version::parse(from, dated), Version::parse(to, dated)) else { return "unknown" };
    match from.order(&to) {
        None => "unknown",
        Some(Ordering::Equal) => "none",
        Some(Ordering::Greater) => "backward",
        Some(Ordering::Less) if !from.is_of_the_epoch_of(&to) => "major",
        Some(Ordering::Less) => {
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
    match level(from, to, true) {
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
    let versions = Version::parse(a, false).zip(Version::parse(b, false));
    versions.is_some_and(|(a, b)| a.order(&b) == Some(Ordering::Less))
}

/// Whether a version is one that its maker has not released yet: an alpha, a beta, a candidate, a snapshot.
///
/// ```
/// use changegate::proposal::version::is_prerelease;
/// assert!(is_prerelease("16.4-rc1") && is_prerelease("v17beta1") && is_prerelease("2.0.0-SNAPSHOT"));
/// assert!(!is_prerelease("16.4") && !is_prerelease("16.4-alpine") && !is_prerelease("1.0.2b") && !is_prerelease("9.8p1"));
/// ```
pub fn is_prerelease(version: &str) -> bool {
    Version::parse(version, false).is_some_and(|version| version.is_before_release())
}

#[cfg(test)]
mod tests {
    use super::{dated_level, not_before, semver_level, version_before};

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

    #[test]
    fn versions_as_people_write_them() {
        for (from, to, level) in [
            ("15.8", "pg-14.1", "backward"),
            ("pg-14.1", "15.8", "major"),
            ("pg-14.1", "pg-14.2", "minor"),
            ("PostgreSQL 15.8", "postgresql-16.4", "major"),
            ("postgres:16.4", "16.5", "minor"),
            ("release-2024.05", "release-2024.06", "minor"),
            ("release-1.2", "v1.3", "minor"),
            ("jdk-17.0.8+7", "jdk-17.0.9+1", "patch"),
            ("jdk-17.0.8+7", "jdk-17.0.8+8", "patch"),
            ("jdk-17.0.8+7", "jdk-11.0.20+8", "backward"),
            ("17.0.8+8", "17.0.8+7", "backward"),
            ("17.0.8+9", "17.0.8+10", "patch"),
            ("20.1.0@sha256:a1b2c3d4e5", "22.0.0@sha256:1a2b3c4d5e", "major"),
            ("20.1.0@sha256:a1b2c3d4e5", "20.1.0@sha256:a1b2c3d4e5", "none"),
            ("2.36-9+deb12u4", "2.36-9+deb12u3", "backward"),
            ("2.36-9+deb12u4", "2.36-9+deb12u10", "patch"),
            ("1.0", "1.0+7", "patch"),
            ("1.0+20240501a", "1.0+20240502a", "patch"),
            ("1.0.2l", "1.0.2m", "patch"),
            ("1.0.2n", "1.0.2m", "backward"),
            ("20240501a", "20240501b", "patch"),
            ("8u292", "8u302", "patch"),
            ("8u302", "8u292", "backward"),
            ("9.8p1", "9.8p2", "patch"),
            ("9.8", "9.8p1", "patch"),
            ("9.9p1", "9.8p2", "backward"),
            ("1:2.3-4ubuntu5", "1:2.3-4ubuntu10", "patch"),
            ("1:2.3-4ubuntu5", "1:2.2-9", "backward"),
            ("1:2.3-4", "2:1.0-1", "major"),
            ("1.2.3-rc9", "1.2.3-rc10", "patch"),
            ("1.0b2", "1.0rc1", "patch"),
            ("1.0.2k", "1.0.2u", "patch"),
            ("2024g", "2024h", "patch"),
            ("1.2.3-14-gdeadbee", "1.2.3-20-gabcdef0", "patch"),
            ("16.4-alpine", "17.0-alpine", "major"),
            ("5.0.0.Final", "5.1.0.Final", "minor"),
            ("V1.2", "v1.2.0", "none"),
            ("16.4", "pg-16.4", "none"),
        ] {
            assert_eq!(semver_level(from, to), level, "{from} to {to}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_read_wrong() {
        for (from, to) in [
            ("pg-14.1", "mysql-15.0"),
            ("16.4", "build-17"),
            ("16.4", "R17"),
            ("20@sha256:a1b2c3d4e5", "20@sha256:1a2b3c4d5e"),
            ("sha256:a1b2c3d4e5", "sha256:1a2b3c4d5e"),
            ("8f3a2b1", "9.0"),
            ("8f3", "9.0"),
            ("gen-3", "9.0"),
            ("1:2.3-4", "2.4-1"),
            ("16.4", "16.4-alpine"),
            ("16.4-alpine", "16.4"),
            ("2.3", "2.3-1"),
            ("2.3-4", "2.3-4ubuntu5"),
            ("2.3~rc1", "2.3"),
            ("1.0-m1", "1.0-rc1"),
            ("1.0-rc", "1.0-rc1"),
            ("1.0.2", "1.0.2a"),
            ("1..2", "1.3"),
            ("1.2.", "1.3"),
            ("1.x", "1.3"),
            ("12 or 13", "14"),
            (">=1.2", "1.3"),
            ("sha-1234567", "2"),
            ("１.2", "1.3"),
            ("1.0-m1", "1.0-a1"),
            ("1.0+dfsg-1", "1.0+dfsg1-1"),
            ("1.0+1a2b3c4", "1.0+2d3e4f5"),
            ("1.0+ubuntu1", "1.0+deb2"),
            ("1.0+4", "1.0+4.1"),
            ("1.0+07", "1.0+7"),
            ("20241301a", "20241302a"),
            ("20240532a", "20240533a"),
            ("30240501a", "30240501b"),
        ] {
            assert_eq!(semver_level(from, to), "unknown", "{from} to {to}");
            assert_eq!(semver_level(to, from), "unknown", "{to} to {from}");
        }
    }

    #[test]
    fn a_version_may_be_any_of_its_builds() {
        assert_eq!(semver_level("1.0+7", "1.0"), "unknown");
        assert!(not_before("1.0+7", "1.0") && !not_before("1.0", "1.0+7"));
        assert!(not_before("2.36-9+deb12u4", "2.36-9+deb12u4") && !not_before("2.36-9+deb12u3", "2.36-9+deb12u4"));
        assert!(version_before("17.0.8+7", "17.0.8+8") && !version_before("17.0.8+8", "17.0.8+7"));
    }

    #[test]
    fn versions_that_are_dates() {
        for (from, to, level) in [
            ("2026-11-01", "2026_11_15", "patch"),
            ("release-2024.05", "release-2024.06", "major"),
            ("release-2024-05-01", "2024.05.02", "patch"),
            ("2024.05-rc1", "2024.05", "patch"),
        ] {
            assert_eq!(dated_level(from, to), level, "{from} to {to}");
        }
    }
}
