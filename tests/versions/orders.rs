//! What specifications and sources say of versions, case by case.

use changegate::versions::{Ecosystem, Order, Version, compare};
use std::cmp::Ordering;

/// Texts from the least to the greatest.
fn ascends(ecosystem: &str, texts: &[&str]) {
    for (place, a) in texts.iter().enumerate() {
        for (other, b) in texts.iter().enumerate() {
            assert_eq!(compare(Ecosystem::parse(ecosystem), a, b), Some(place.cmp(&other)), "{ecosystem}: {a} and {b}");
        }
    }
}

fn equal(ecosystem: &str, texts: &[&str]) {
    for (a, b) in texts.iter().zip(texts.iter().skip(1)) {
        assert_eq!(compare(Ecosystem::parse(ecosystem), a, b), Some(Ordering::Equal), "{ecosystem}: {a} and {b}");
    }
}

fn unread(ecosystem: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(compare(Ecosystem::parse(ecosystem), text, text), None, "{ecosystem}: {text}");
    }
}

/// Semantic Versioning 2.0, item 11.
#[test]
fn semantic() {
    for ecosystem in ["crates.io", "npm", "Hex", "Pub", "Go", "SwiftURL", "GitHub Actions", "NuGet"] {
        ascends(
            ecosystem,
            &[
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
            ],
        );
        ascends(ecosystem, &["0.0.0-0", "0.0.0", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "10.0.0"]);
        unread(ecosystem, &["", "main", "1.0.0 ", "1.x", "1.0.0-", "1.0.0-a..b", "^1.0.0", "99999999999999999999.0.0"]);
    }
    equal("npm", &["v1.2.0", "1.2", "1.2.0+build", "1.2.0"]);
    unread("npm", &["1.2-rc.1", "vv1", "01.2.3", "=1.2.3"]);
}

/// <https://go.dev/ref/mod#pseudo-versions>: three forms, and what they come between.
#[test]
fn go() {
    ascends(
        "Go",
        &[
            "v0.0.0-20170915032832-14c0d48ead0c",
            "v0.0.0-20191109021931-daa7c04131f5",
            "v1.2.3-pre",
            "v1.2.3-pre.0.20191109021931-daa7c04131f5",
            "v1.2.3",
            "v1.2.4-0.20191109021931-daa7c04131f5",
            "v1.2.4",
            "v2.0.0+incompatible",
        ],
    );
    equal("Go", &["v2.0.0+incompatible", "2.0.0"]);
}

/// A tag of an action that stands for many releases is no version.
#[test]
fn tags() {
    unread("GitHub Actions", &["v4", "v4.1", "main", "8ade135a41bc03ea155e62e844d188df1ea18608"]);
    equal("GitHub Actions", &["v4.1.2", "4.1.2"]);
}

/// As `compareTo` of pub_semver's `Version` does: a build comes after none, and builds after each other.
#[test]
fn builds_count_for_pub() {
    ascends("Pub", &["1.0.0-dev", "1.0.0-dev+1", "1.0.0", "1.0.0+1", "1.0.0+2", "1.0.0+10", "1.0.0+a", "1.0.1"]);
}

/// As NuGet.Versioning's `VersionComparer` does: missing parts, a fourth part, capitals.
#[test]
fn nuget() {
    equal("NuGet", &["1", "1.0", "1.0.0", "1.0.0.0", "1.00.0.0", "01.0", "1.0.0+abc"]);
    equal("NuGet", &["1.0.0-Beta", "1.0.0-beta", "1.0.0.0-BETA+x"]);
    ascends(
        "NuGet",
        &["1.0.0-1", "1.0.0-10", "1.0.0-a", "1.0.0-a.1", "1.0.0", "1.0.0.1-a", "1.0.0.1", "1.0.0.10", "1.0.1-a", "1.1"],
    );
    unread("NuGet", &["1.2.3.4.5", "v1.0", "1..0", "1.0-01", "1.0-", "1.0+", "1.0.0-a_b", "2147483648.0", "1.0.-1"]);
}

/// An order that is not known is not replaced by another.
#[test]
fn unknown_ecosystems_have_no_order() {
    for name in ["", "Hackage", "CRAN", "OSS-Fuzz", "Linux", "GIT", ":", "Debiann:12", " npm"] {
        assert_eq!(Ecosystem::parse(name).order(), None);
        unread(name, &["1.0.0"]);
    }
    let (a, b) = (Version::read(Order::Python, "1.0").unwrap(), Version::read(Order::Semantic, "1.0").unwrap());
    assert_eq!(a.order(&b), None);
}

/// To Maven's `ComparableVersion` any list is more than any word, and so is a zero: some versions come before and after each other.
/// Of two such no order is told, and others keep theirs.
#[test]
fn maven_goes_round() {
    let between = |a, b| compare(Ecosystem::parse("Maven"), a, b);
    ascends("Maven", &["1.2-rc1", "1.2", "1.2-redhat-1", "1.2.1.redhat-1"]);
    for (less, middle, more) in
        [("1.2-rc", "1.2", "1.2.redhat-1"), ("1-0rc", "1.", "1_"), ("1.0.rc.2", "1.0", "1.sp.2")]
    {
        assert_eq!(between(less, middle), Some(Ordering::Less), "{less} and {middle}");
        assert_eq!(between(middle, more), Some(Ordering::Less), "{middle} and {more}");
    }
    for (a, b) in [("1.2-rc", "1.2.redhat-1"), ("1-0rc", "1_"), ("1.0.rc.2", "1.sp.2")] {
        assert_eq!((between(a, b), between(b, a)), (None, None), "{a} and {b}");
    }
}
