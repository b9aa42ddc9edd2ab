//! What a record says of a version: the examples of OSV's schema, and what can't be told.

use crate::{real, record};
use changegate::advisories::{Record, Standing, affected, first_fix, fixes, standing};
use changegate::versions::Ecosystem;

/// What a record says of versions: `+` affected, `-` not, `?` can't be told.
fn says(record: &Record, ecosystem: &str, package: &str, versions: &[(&str, char)]) {
    for (version, sign) in versions {
        let expected = match sign {
            '+' => Some(true),
            '-' => Some(false),
            _ => None,
        };
        let of = Ecosystem::parse(ecosystem);
        assert_eq!(affected(record, of, package, version), expected, "{ecosystem} {package} {version}");
    }
}

fn events(kind: &str, events: &str) -> String {
    format!(r#""ranges": [{{ "type": "{kind}", "events": [{events}] }}]"#)
}

/// <https://ossf.github.io/osv-schema/#examples>
#[test]
fn the_examples_of_the_schema() {
    let semver = |text: &str| record("npm", "p", &events("SEMVER", text));
    says(&semver(r#"{ "introduced": "0" }"#), "npm", "p", &[("0.0.0-0", '+'), ("1.0.0", '+'), ("999.0.0", '+')]);
    says(
        &semver(r#"{ "introduced": "0" }, { "fixed": "1.0.2" }"#),
        "npm",
        "p",
        &[("1.0.1", '+'), ("1.0.2-rc.1", '+'), ("1.0.2", '-')],
    );
    let branches =
        r#"{ "introduced": "1.0.0" }, { "fixed": "1.0.2" }, { "introduced": "3.0.0" }, { "fixed": "3.2.5" }"#;
    let versions = [
        ("0.9.9", '-'),
        ("1.0.0", '+'),
        ("1.0.1", '+'),
        ("1.0.2", '-'),
        ("2.9.0", '-'),
        ("3.0.0", '+'),
        ("3.2.4", '+'),
        ("3.2.5", '-'),
    ];
    says(&semver(branches), "npm", "p", &versions);
    // Events need not be in order.
    let shuffled =
        r#"{ "fixed": "3.2.5" }, { "introduced": "3.0.0" }, { "fixed": "1.0.2" }, { "introduced": "1.0.0" }"#;
    says(&semver(shuffled), "npm", "p", &versions);
    let last = r#"{ "introduced": "0" }, { "last_affected": "2.1.214" }"#;
    says(&semver(last), "npm", "p", &[("2.1.213", '+'), ("2.1.214", '+'), ("2.1.215", '-')]);
    let limited = r#"{ "introduced": "1.0.0" }, { "limit": "2.0.0" }"#;
    says(&semver(limited), "npm", "p", &[("0.9.0", '-'), ("1.5.0", '+'), ("2.0.0", '-'), ("2.1.0", '-')]);
    let two_limits = r#"{ "introduced": "1.0.0" }, { "limit": "2.0.0" }, { "limit": "*" }"#;
    says(&semver(two_limits), "npm", "p", &[("2.1.0", '+')]);
}

#[test]
fn each_ecosystem_in_its_own_order() {
    let range = |ecosystem: &str, from: &str, to: &str| {
        let text = format!(r#"{{ "introduced": "{from}" }}, {{ "fixed": "{to}" }}"#);
        record(ecosystem, "p", &events("ECOSYSTEM", &text))
    };
    says(&range("PyPI", "0", "2.0"), "PyPI", "P", &[("2.0rc1", '+'), ("2.0.0", '-'), ("2.0.post1", '-'), ("two", '?')]);
    says(&range("Maven", "1.0", "1.0.Final-redhat-1"), "Maven", "p", &[("1.0", '+'), ("1.0-alpha", '-'), ("2.0", '-')]);
    // To Maven `1.2-rc` comes before `1.2`, and after `1.2.redhat-1`, which comes after `1.2`.
    says(&range("Maven", "0", "1.2.redhat-1"), "Maven", "p", &[("1.2-rc", '?'), ("1.2", '+'), ("1.2.redhat-2", '-')]);
    let both = r#"{ "introduced": "1.2-rc" }, { "fixed": "1.2.redhat-1" }"#;
    says(&record("Maven", "p", &events("ECOSYSTEM", both)), "Maven", "p", &[("1.3", '?'), ("1.1", '-')]);
    says(
        &range("Debian:12", "0", "1:2.0-1+deb12u1"),
        "Debian:12",
        "p",
        &[("1:2.0-1", '+'), ("3.0-1", '+'), ("1:2.0-1+deb12u1", '-')],
    );
    says(
        &range("Alpine:v3.18", "0", "3.0.8-r4"),
        "Alpine:3.18",
        "p",
        &[("3.0.8-r3", '+'), ("3.0.8-r4", '-'), ("3.0.10-r0", '-')],
    );
    says(
        &range("Red Hat:enterprise_linux:9::appstream", "0", "0:1.2-3.el9"),
        "Red Hat:enterprise_linux:9",
        "p",
        &[("1.2-2.el9", '+'), ("0:1.2-3.el9", '-')],
    );
    says(
        &range("RubyGems", "0", "7.0.4.1"),
        "RubyGems",
        "p",
        &[("7.0.4", '+'), ("7.0.4.1.pre", '+'), ("7.0.4.1", '-')],
    );
    says(
        &range("Go", "0", "1.2.3"),
        "Go",
        "p",
        &[("v1.2.3-0.20191109021931-daa7c04131f5", '+'), ("v1.2.3", '-'), ("v2.0.0+incompatible", '-')],
    );
    says(
        &range("Packagist", "0", "v2.0.0"),
        "Packagist",
        "P",
        &[("1.9", '+'), ("2.0.0-RC1", '+'), ("2.0", '-'), ("dev-main", '?')],
    );
    says(&range("NuGet", "0", "1.0.0.1"), "NuGet", "P", &[("1.0.0", '+'), ("1.0.0.1", '-')]);
}

#[test]
fn what_cannot_be_compared_is_not_guessed() {
    let fixed = events("ECOSYSTEM", r#"{ "introduced": "0" }, { "fixed": "1.0.0" }"#);
    says(&record("npm", "p", &fixed), "npm", "p", &[("latest", '?'), ("^0.9", '?'), ("", '?')]);
    // Of an order that is not known here nothing but equality can be told, and that all is affected.
    let hackage = record("Hackage", "p", &format!(r#"{fixed}, "versions": ["0.9"]"#));
    says(&hackage, "Hackage", "p", &[("0.9", '+'), ("0.8", '?'), ("1.0.0", '?')]);
    says(&record("Hackage", "p", &events("ECOSYSTEM", r#"{ "introduced": "0" }"#)), "Hackage", "p", &[("0.8", '+')]);
    // Semantic versions are compared whatever the ecosystem.
    let semver = record("Julia", "p", &events("SEMVER", r#"{ "introduced": "0" }, { "fixed": "1.0.0" }"#));
    says(&semver, "Julia", "p", &[("0.9.0", '+'), ("1.0.0", '-')]);
    for unknown in [
        events("GIT", r#"{ "introduced": "0" }, { "fixed": "8ade135a41bc03ea155e62e844d188df1ea18608" }"#),
        events("LUNAR", r#"{ "introduced": "0" }"#),
        events("SEMVER", r#"{ "introduced": "0" }, { "retracted": "1.0.0" }"#),
        events("SEMVER", r#"{ "introduced": "0" }, { "fixed": "next" }"#),
        r#""ranges": [], "versions": []"#.to_owned(),
    ] {
        says(&record("npm", "p", &unknown), "npm", "p", &[("1.0.0", '?')]);
    }
    // One range that can be read and says yes is enough; one that says no is not.
    let both = r#""ranges": [{ "type": "SEMVER", "events": [{ "introduced": "1.0.0" }] }, { "type": "LUNAR", "events": [{ "introduced": "0" }] }]"#;
    says(&record("npm", "p", both), "npm", "p", &[("1.0.0", '+'), ("0.9.0", '?')]);
}

#[test]
fn versions_one_by_one() {
    let listed = record("PyPI", "p", r#""versions": ["1.0", "1.1rc1"]"#);
    says(&listed, "PyPI", "p", &[("1.0", '+'), ("1.0.0", '+'), ("1.1.rc1", '+'), ("1.1", '-'), ("latest", '?')]);
    let with_commits =
        record("npm", "p", &format!(r#"{}, "versions": ["1.0.0"]"#, events("GIT", r#"{ "introduced": "0" }"#)));
    says(&with_commits, "npm", "p", &[("1.0.0", '+'), ("1.0.1", '-')]);
    let with_range = record(
        "npm",
        "p",
        &format!(r#"{}, "versions": ["5.0.0"]"#, events("SEMVER", r#"{ "introduced": "0" }, { "fixed": "2.0.0" }"#)),
    );
    says(&with_range, "npm", "p", &[("5.0.0", '+'), ("1.0.0", '+'), ("2.0.0", '-')]);
}

#[test]
fn packages_and_releases() {
    let text = br#"{ "id": "T", "modified": "2026-01-01T00:00:00Z", "affected": [
        { "package": { "ecosystem": "Debian:11", "name": "curl" }, "ranges": [{ "type": "ECOSYSTEM", "events": [{ "introduced": "0" }] }] },
        { "package": { "ecosystem": "Debian:12", "name": "curl" },
          "ranges": [{ "type": "ECOSYSTEM", "events": [{ "introduced": "0" }, { "fixed": "7.88.1-10+deb12u4" }] }] },
        { "ranges": [{ "type": "GIT", "events": [{ "introduced": "0" }] }] } ] }"#;
    let record = Record::parse(text).unwrap();
    says(&record, "Debian:12", "curl", &[("7.88.1-10", '+'), ("7.88.1-10+deb12u4", '-')]);
    says(&record, "Debian:11", "curl", &[("7.88.1-10+deb12u4", '+')]);
    // Without a release: what both say, and nothing where they differ.
    says(&record, "Debian", "curl", &[("7.88.1-10", '+'), ("7.88.1-10+deb12u4", '?')]);
    let stands = |ecosystem, package| standing(&record, Ecosystem::parse(ecosystem), package, "1.0");
    for (ecosystem, package) in
        [("Debian:13", "curl"), ("Debian:12", "libcurl"), ("Ubuntu:12", "curl"), ("npm", "curl"), ("", "")]
    {
        assert_eq!(stands(ecosystem, package), Standing::Unnamed);
    }
    assert_eq!(affected(&record, Ecosystem::parse("npm"), "curl", "1.0"), Some(false));
}

#[test]
fn the_fix_of_a_version_is_that_of_its_branch() {
    let npm = Ecosystem::parse("npm");
    let branches =
        r#"{ "introduced": "1.0.0" }, { "fixed": "1.0.2" }, { "introduced": "3.0.0" }, { "fixed": "3.2.5" }"#;
    let branched = record("npm", "p", &events("SEMVER", branches));
    let fix = |record: &Record, version| first_fix(record, npm, "p", version).map(str::to_owned);
    let some = |version: &str| Some(version.to_owned());
    assert_eq!((fix(&branched, "1.0.1"), fix(&branched, "3.0.0")), (some("1.0.2"), some("3.2.5")));
    assert_eq!((fix(&branched, "2.0.0"), fix(&branched, "latest")), (None, None));
    assert_eq!(fixes(&branched, npm, "p").collect::<Vec<_>>(), ["1.0.2", "3.2.5"]);
    let unfixed = record("npm", "p", &events("SEMVER", r#"{ "introduced": "0" }, { "last_affected": "2.0.0" }"#));
    assert_eq!(fix(&unfixed, "1.0.0"), None);
    // A fix in one range may be affected by another.
    let overlapping = r#""ranges": [
        { "type": "SEMVER", "events": [{ "introduced": "0" }, { "fixed": "1.5.0" }] },
        { "type": "SEMVER", "events": [{ "introduced": "1.4.0" }, { "fixed": "1.8.0" }] } ], "versions": ["1.8.0"]"#;
    assert_eq!(fix(&record("npm", "p", overlapping), "1.0.0"), None);
    let overlapping = overlapping.replace("\"1.8.0\"]", "\"0.1.0\"]");
    assert_eq!(fix(&record("npm", "p", &overlapping), "1.0.0"), some("1.8.0"));
}

#[test]
fn real_records() {
    says(
        &real("RUSTSEC-2016-0001"),
        "crates.io",
        "openssl",
        &[("0.8.9", '+'), ("0.9.0-beta", '+'), ("0.9.0", '-'), ("master", '?')],
    );
    // Introduced and fixed at one version: a range without versions.
    let empty = [("0.7.0", '+'), ("0.7.1", '-'), ("0.8.1", '+'), ("0.10.0", '-'), ("0.11.0", '-')];
    let record = real("RUSTSEC-2022-0012");
    let package = record.affected[0].package.clone().unwrap().name;
    says(&record, "crates.io", &package, &empty);
    assert_eq!(first_fix(&record, Ecosystem::parse("crates.io"), &package, "0.8.1"), Some("0.8.2"));
    says(&real("RUSTSEC-2025-0138"), "crates.io", "deno", &[("2.1.9", '-'), ("2.2.0", '+'), ("2.2.5", '-')]);
    says(&real("RUSTSEC-2024-0445"), "crates.io", "Cap_Primitives", &[("3.4.0", '+'), ("3.4.1", '-')]);
}
