//! Where a pin that is new comes from: beside those that were there, in a file beside others, and of a package that is new altogether.

use super::desk::{Desk, Told};
use serde_json::json;

fn entry(path: &str, version: &str, address: &str) -> String {
    format!(
        r#""node_modules/{path}": {{ "version": "{version}", "resolved": "{address}", "integrity": "sha512-AAAA" }}"#
    )
}

fn lock(entries: &[String]) -> String {
    format!("{{ \"lockfileVersion\": 3, \"packages\": {{\n{}\n}} }}\n", entries.join(",\n"))
}

const OLD: &str = "https://registry.npmjs.org/search/-/search-2.31.0.tgz";
const NEW: &str = "https://registry.npmjs.org/search/-/search-2.31.2.tgz";
const EVIL: &str = "https://evil.com/search/-/search-2.31.2.tgz";

/// A change of files of a repository that pins the package `search` at 2.31.0, to be brought to 2.31.2.
fn change(files: &[(&str, String)]) -> Told {
    let desk = Desk::in_git()
        .with("changegate.toml", "")
        .with("app/package-lock.json", lock(&[entry("search", "2.31.0", OLD)]));
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    let desk = desk.proposing("/change/package_url", json!("pkg:npm/search@2.31.2"));
    for (path, text) in files {
        desk.write(path, text);
    }
    desk.commit("the upgrade", "2026-11-21T12:00:00Z");
    desk.check(&["--base", "main"])
}

#[test]
fn a_copy_beside_the_old_one_comes_from_where_that_came_from() {
    let beside = |address| {
        change(&[(
            "app/package-lock.json",
            lock(&[entry("x/node_modules/search", "2.31.0", OLD), entry("search", "2.31.2", address)]),
        )])
    };
    beside(NEW).is(0, &[]);
    let told = beside(EVIL).is(1, &["changed/origin"]);
    assert_eq!(
        told.message("changed/origin"),
        "`search` was taken from https://registry.npmjs.org/search, and is taken from https://evil.com/search now \
         (`app/package-lock.json`, line 3)"
    );
}

#[test]
fn a_file_beside_others_takes_it_from_where_they_do() {
    let beside = |address| {
        change(&[
            ("app/package-lock.json", lock(&[entry("search", "2.31.2", NEW)])),
            ("site/package-lock.json", lock(&[entry("search", "2.31.2", address)])),
        ])
    };
    beside(NEW).is(0, &[]);
    let told = beside(EVIL).is(1, &["changed/origin"]);
    assert!(told.message("changed/origin").ends_with("(`site/package-lock.json`, line 2)"), "{told:?}");
}

#[test]
fn the_place_of_a_new_package_is_told() {
    let with = |address| {
        change(&[("app/package-lock.json", lock(&[entry("search", "2.31.2", NEW), entry("other", "1.0.0", address)]))])
    };
    let told = with("https://evil.com/other/-/other-1.0.0.tgz").is(1, &["changed/nothing-else"]);
    let message = told.message("changed/nothing-else");
    assert!(message.contains("`other` (new 1.0.0 from https://evil.com/other, `app/"), "{message}");
    let told = with("https://registry.npmjs.org/other/-/other-1.0.0.tgz").is(0, &[]);
    let message = told.message("changed/nothing-else");
    assert!(message.contains("`other` (new 1.0.0, `app/"), "{message}");
}

#[test]
fn the_archive_of_another_package_is_no_version() {
    let at = |address| change(&[("app/package-lock.json", lock(&[entry("search", "2.31.2", address)]))]);
    at(NEW).is(0, &[]);
    at("https://registry.npmjs.org/evil/-/evil-9.9.9.tgz").is(1, &["changed/origin"]);
    at(OLD).is(1, &["changed/origin"]);
}

/// Who writes a lockfile with digests has one for what is new as well.
#[test]
fn what_is_new_has_a_digest_where_the_others_have_one() {
    use super::changes::{change, check, locked};
    let with = |new: &str| {
        let lock = locked("2.31.0", "2.31.2");
        let new = format!("  \"node_modules/new\": {{ \"version\": \"1.0.0\"{new} }},\n  \"node_modules/left-pad\"");
        check(&change(&[("app/package-lock.json", &lock.replace("  \"node_modules/left-pad\"", &new))]))
    };
    let message = with("").is(1, &["changed/pinned"]).message("changed/pinned").to_owned();
    assert_eq!(
        message,
        "`new` is new without a digest, and the others of its file have one (`app/package-lock.json`, line 4)"
    );
    with(", \"integrity\": \"sha512-DDDD\"").is(0, &[]);
    // A repository of git names its commit.
    let of_git = ", \"resolved\": \"git+ssh://git@github.com/acme/new.git#8e5e7e5ab8b370d6c329ec480221332ada57f0ab\"";
    let findings = with(of_git).report["proposals"][0]["findings"].to_string();
    assert!(!findings.contains("changed/pinned"), "{findings}");
}
