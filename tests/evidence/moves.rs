//! What is gone from one file and new in another: a lockfile that moves, and an image that comes from another registry.

use super::desk::{Desk, Told};
use serde_json::json;

fn entry(path: &str, version: &str, registry: &str, digest: &str) -> String {
    format!(
        r#""node_modules/{path}": {{ "version": "{version}", "resolved": "https://{registry}/{path}/-/{path}-{version}.tgz", "integrity": "sha512-{digest}" }}"#
    )
}

/// A lockfile with so many other packages that git takes two of them for two files.
fn lock(entries: &[String], others: &str) -> String {
    let others = (0..20).map(|number| entry(&format!("{others}{number}"), "1.0.0", "registry.npmjs.org", "AAAA"));
    let all: Vec<_> = entries.iter().cloned().chain(others).collect();
    format!("{{ \"lockfileVersion\": 3, \"packages\": {{\n{}\n}} }}\n", all.join(",\n"))
}

fn search(version: &str) -> String {
    entry("search", version, "registry.npmjs.org", "AAAA")
}

fn left_pad(version: &str, digest: &str) -> String {
    entry("left-pad", version, "registry.npmjs.org", digest)
}

/// A change of which files are gone and which are there, which proposes to bring `search` from 2.31.0 to 2.31.2.
fn change(before: &[(&str, String)], gone: &[&str], after: &[(&str, String)]) -> Told {
    let mut desk = Desk::in_git().with("changegate.toml", "");
    for (path, text) in before {
        desk = desk.with(path, text);
    }
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    let desk = desk.proposing("/change/package_url", json!("pkg:npm/search@2.31.2"));
    for path in gone {
        std::fs::remove_file(desk.at(path)).unwrap();
    }
    for (path, text) in after {
        desk.write(path, text);
    }
    desk.commit("the upgrade", "2026-11-21T12:00:00Z");
    desk.check(&["--base", "main"])
}

#[test]
fn a_lockfile_that_moves_is_held_against_what_it_was() {
    let old = lock(&[search("2.31.0"), left_pad("1.3.0", "BBBB")], "a");
    let moved = |search: String, left_pad: String| {
        let new = lock(&[search, left_pad], "b");
        change(&[("x/package-lock.json", old.clone())], &["x/package-lock.json"], &[("y/package-lock.json", new)])
    };
    let honest = moved(search("2.31.2"), left_pad("1.3.0", "BBBB")).is(0, &[]);
    let message = honest.message("changed/nothing-else");
    assert!(!message.contains("left-pad") && !message.contains("search"), "{message}");
    let back = moved(search("2.31.2"), left_pad("1.2.0", "BBBB")).is(1, &["changed/nothing-else"]);
    let message = back.message("changed/nothing-else");
    assert!(
        message.contains(
            "1 package back that nobody proposes to: `left-pad` (1.3.0 to 1.2.0, `y/package-lock.json` line 3)"
        ),
        "{message}"
    );
    let elsewhere = entry("left-pad", "1.3.0", "evil.com", "BBBB");
    let elsewhere = moved(search("2.31.2"), elsewhere).is(1, &["changed/origin"]);
    let message = elsewhere.message("changed/origin");
    assert!(message.contains("`left-pad` was taken from https://registry.npmjs.org/left-pad"), "{message}");
    let replaced = moved(search("2.31.2"), left_pad("1.3.0", "CCCC")).is(1, &["changed/origin"]);
    assert!(replaced.message("changed/origin").starts_with("`left-pad` is another 1.3.0 than before"), "{replaced:?}");
    let back = moved(search("2.30.0"), left_pad("1.3.0", "BBBB")).is(1, &["changed/as-proposed"]);
    assert!(back.message("changed/as-proposed").contains("goes to 2.30.0 in `y/package-lock.json`"), "{back:?}");
}

/// Another tool has digests of its own, and takes packages from where the last one took them.
#[test]
fn a_lockfile_of_another_tool_is_held_against_that_of_the_last() {
    let old = lock(&[search("2.31.0"), left_pad("1.3.0", "BBBB")], "a");
    let moved = |left_pad: &str| {
        let of = |name: &str, version: &str| {
            format!(
                "\"{name}@npm:1\":\n  version: {version}\n  resolution: \"{name}@npm:{version}\"\n  checksum: 10c0/aa\n"
            )
        };
        let new = format!("__metadata:\n  version: 8\n\n{}\n{}", of("search", "2.31.2"), of("left-pad", left_pad));
        change(&[("package-lock.json", old.clone())], &["package-lock.json"], &[("yarn.lock", new)])
    };
    let honest = moved("1.3.0").is(0, &[]);
    assert!(!honest.message("changed/nothing-else").contains("left-pad"), "{honest:?}");
    moved("1.2.0").is(1, &["changed/nothing-else"]);
}

/// A package that one project has given up, and another takes up, is new there.
#[test]
fn what_is_the_same_in_another_project_is_new_there() {
    let with = |more: &[String], others| lock(&[&[search("2.31.2")], more].concat(), others);
    let before = [
        ("x/package-lock.json", lock(&[search("2.31.0"), left_pad("1.3.0", "BBBB")], "a")),
        ("y/package-lock.json", lock(&[search("2.31.0")], "b")),
    ];
    let to = |version: &str, digest: &str| {
        let after =
            [("x/package-lock.json", with(&[], "a")), ("y/package-lock.json", with(&[left_pad(version, digest)], "b"))];
        change(&before, &[], &after)
    };
    let told = to("1.3.0", "BBBB").is(0, &[]);
    let messages = told.messages("changed/nothing-else");
    for wanted in ["`left-pad` (new 1.3.0, `y/", "`left-pad` (removed, `x/"] {
        assert!(messages.iter().any(|message| message.contains(wanted)), "{wanted}: {messages:?}");
    }
    assert!(
        to("1.2.0", "BBBB").is(1, &["changed/nothing-else"]).message("changed/nothing-else").contains("1.3.0 to 1.2.0")
    );
}

/// What floated in one workflow, and is gone from it, is no leave to let something float in another.
#[test]
fn what_floats_anew_is_told_wherever_else_something_floated() {
    let lock = |version| ("package-lock.json", lock(&[search(version)], "a"));
    let uses = |one: &str, reference: &str| {
        format!("jobs:\n  a:\n    steps:\n      - uses: o/{one}@v1\n      - uses: o/r@{reference}\n")
    };
    let (x, y) = (".github/workflows/x.yml", ".github/workflows/y.yml");
    let before = [lock("2.31.0"), (x, uses("x", "main")), (y, uses("y", "v1").replace("      - uses: o/r@v1\n", ""))];
    let after = [lock("2.31.2"), (x, uses("x", "v1").replace("      - uses: o/r@v1\n", "")), (y, uses("y", "next"))];
    let told = change(&before, &[], &after).is(1, &["changed/nothing-else", "changed/pinned", "trust/changed"]);
    assert!(told.message("changed/pinned").starts_with("`o/r` is new, and next may be another"), "{told:?}");
}

#[test]
fn a_copy_of_what_another_file_has_is_what_it_is_there() {
    let with = |version: &str, more: &[String], others| lock(&[&[search(version)], more].concat(), others);
    let before = [
        ("x/package-lock.json", with("2.31.0", &[left_pad("1.3.0", "BBBB")], "a")),
        ("y/package-lock.json", with("2.31.0", &[], "b")),
    ];
    let copied = |digest: &str| {
        let after = [
            ("x/package-lock.json", with("2.31.2", &[left_pad("1.3.0", "BBBB")], "a")),
            ("y/package-lock.json", with("2.31.2", &[left_pad("1.3.0", digest)], "b")),
        ];
        change(&before, &[], &after)
    };
    copied("BBBB").is(0, &[]);
    let told = copied("CCCC").is(1, &["changed/origin"]);
    assert!(told.message("changed/origin").ends_with("(`y/package-lock.json`, line 3)"), "{told:?}");
}

#[test]
fn an_image_comes_from_where_it_came_from() {
    let image = |after: &str| {
        let lock = |version| ("package-lock.json", lock(&[search(version)], "a"));
        let before = [lock("2.31.0"), ("Dockerfile", "FROM node:20.1.0\n".to_owned())];
        change(&before, &[], &[lock("2.31.2"), ("Dockerfile", format!("FROM {after}\n"))])
    };
    let apart = &["changed/nothing-else"];
    image("docker.io/library/node:20.1.1").is(1, apart);
    let told = image("evil.io/node:20.1.0").is(1, &["changed/nothing-else", "changed/origin"]);
    assert_eq!(
        told.message("changed/origin"),
        "`evil.io/node` was taken from docker.io/library, and is taken from evil.io now (`Dockerfile`, line 1)"
    );
    image("evil/node:20.1.0").is(1, &["changed/nothing-else", "changed/origin"]);
    image("alpine:3.20").is(1, apart);
}

/// Tags of one build have an order, and a commit of an action is called by a comment.
#[test]
fn tags_and_commits_are_told_as_far_as_they_can_be() {
    let lock = |version| ("package-lock.json", lock(&[search(version)], "a"));
    let image = |after: &str| {
        let before = [lock("2.31.0"), ("Dockerfile", "FROM node:20.1.0-alpine\n".to_owned())];
        change(&before, &[], &[lock("2.31.2"), ("Dockerfile", format!("FROM node:{after}\n"))])
    };
    let up = image("20.2.0-alpine").is(1, &["changed/nothing-else"]);
    assert!(up.message("changed/nothing-else").contains("`node` (20.1.0-alpine to 20.2.0-alpine,"), "{up:?}");
    let back = image("20.0.9-alpine").is(1, &["changed/nothing-else"]);
    assert!(back.message("changed/nothing-else").starts_with("the change takes 1 package back"), "{back:?}");
    let other = image("20.0.9-slim").is(1, &["changed/nothing-else"]);
    assert!(other.message("changed/nothing-else").contains("of which neither is known to be newer"), "{other:?}");

    let uses = |commit: &str, tag: &str| {
        let text = format!("jobs:\n  a:\n    steps:\n      - uses: search/search@{} # {tag}\n", commit.repeat(20));
        (".github/workflows/ci.yml", text)
    };
    let desk = Desk::in_git().with("changegate.toml", "").with(uses("a1", "v2.31.0").0, uses("a1", "v2.31.0").1);
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    let desk = desk.proposing("/change/package_url", json!("pkg:githubactions/search/search"));
    let (path, text) = uses("b2", "v2.31.2");
    desk.write(path, text);
    desk.commit("the upgrade", "2026-11-21T12:00:00Z");
    let told = desk.check(&["--base", "main"]);
    assert!(
        told.message("changed/as-proposed").ends_with("that this is 2.31.2 is said by a comment alone"),
        "{told:?}"
    );
}
