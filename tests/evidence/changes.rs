//! What really changed: lockfiles and manifests of the base held against those of the head.

use super::desk::{Desk, Told};
use serde_json::{Value, json};

const LOCK: &str = r#"{ "name": "wiki", "lockfileVersion": 3, "packages": {
  "": { "name": "wiki" },
  "node_modules/search": { "version": "2.31.0", "resolved": "https://registry.npmjs.org/search/-/search-2.31.0.tgz", "integrity": "sha512-AAAA" },
  "node_modules/left-pad": { "version": "1.3.0", "resolved": "https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz", "integrity": "sha512-BBBB" }
} }
"#;
const WORKFLOW: &str =
    "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683\n";

/// A change of some files, proposed as a step of the package `search` from 2.31.0 to 2.31.2.
fn change(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::in_git()
        .with("changegate.toml", "")
        .with("app/package-lock.json", LOCK)
        .with(".github/workflows/ci.yml", WORKFLOW)
        .proposing("/change/package_url", json!("pkg:npm/search@2.31.2"));
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    for (path, text) in files {
        desk.write(path, text);
    }
    desk.commit("the upgrade", "2026-11-21T12:00:00Z");
    desk
}

fn locked(from: &str, to: &str) -> String {
    assert!(LOCK.contains(from));
    LOCK.replace(from, to)
}

fn check(desk: &Desk) -> Told {
    desk.check(&["--base", "main"])
}

#[test]
fn what_is_proposed_is_what_changes() {
    let told = check(&change(&[("app/package-lock.json", &locked("2.31.0", "2.31.2"))])).is(0, &[]);
    assert_eq!(told.consulted()["question"], "which pinned packages differ");
    assert_eq!(told.consulted()["state"], "known");
    let told =
        check(&change(&[("app/package-lock.json", &locked("2.31.0", "2.32.0"))])).is(1, &["changed/as-proposed"]);
    assert_eq!(
        told.message("changed/as-proposed"),
        "`search` goes to 2.32.0 in `app/package-lock.json`, line 3, and 2.31.2 is proposed"
    );
    // Without a base there is no change to be looked at.
    let desk = change(&[("app/package-lock.json", &locked("2.31.0", "2.32.0"))]);
    assert_eq!(desk.check(&[]).is(0, &[]).report["proposals"][0]["consulted"], json!([]));
}

#[test]
fn what_comes_along_goes_back_or_comes_loose_is_told() {
    let along = check(&change(&[("app/package-lock.json", &locked("1.3.0", "1.3.1"))])).is(0, &[]);
    assert!(
        along.message("changed/nothing-else").contains("`left-pad` (1.3.0 to 1.3.1, `app/package-lock.json` line 4)")
    );
    let back = check(&change(&[("app/package-lock.json", &locked("1.3.0", "1.2.0"))])).is(1, &["changed/nothing-else"]);
    assert!(back.message("changed/nothing-else").starts_with("the change takes 1 package back"));
    let loose = WORKFLOW.replace("11bd71901bbe5b1630ceea73d27597364c9af683", "main");
    let told = check(&change(&[(".github/workflows/ci.yml", &loose)])).is(1, &["changed/pinned", "trust/changed"]);
    assert!(told.message("changed/pinned").starts_with("`actions/checkout` was held at 11bd719"), "{told:?}");
}

/// What stands in a lockfile is shown, and is as hostile as all that comes with a pull request.
#[test]
fn the_lines_of_lockfiles_are_shown() {
    let place = |told: &Told, rule: &str| {
        let findings = told.report["proposals"][0]["findings"].as_array().unwrap();
        findings.iter().find(|finding| finding["rule"] == rule).unwrap()["related"].clone()
    };
    let desk = change(&[("app/package-lock.json", &locked("2.31.0", "2.32.0").replace("1.3.0", "1.3.1"))]);
    let told = check(&desk);
    let search = place(&told, "changed/as-proposed");
    let line = |number: usize, text: &str| format!("its line: {}", text.lines().nth(number - 1).unwrap().trim());
    assert_eq!(search[0]["text"], line(3, &LOCK.replace("2.31.0", "2.32.0")));
    assert_eq!(
        (&search[0]["file"], &search[0]["line"], &search[0]["column"]),
        (&json!("app/package-lock.json"), &json!(3), &json!(3))
    );
    assert_eq!(place(&told, "changed/nothing-else")[0]["line"], 4);
    let shown = |desk: &Desk| {
        let output = desk.run(&["--now", "2026-11-24T12:00:00Z", "--base", "main"]);
        String::from_utf8(output.stdout).unwrap()
    };
    let text = shown(&desk);
    assert!(text.contains("its line: \"node_modules/search\"") && text.contains("app/package-lock.json:3:3"), "{text}");

    let kept: Vec<_> = LOCK.lines().filter(|line| !line.contains("left-pad")).collect();
    let gone = kept.join("\n").replace("AAAA\" },", "AAAA\" }");
    let removed = check(&change(&[("app/package-lock.json", &gone)]));
    assert_eq!(place(&removed, "changed/nothing-else")[0]["text"], line(4, LOCK));
    assert_eq!(place(&removed, "changed/nothing-else")[0]["line"], 4);

    let evil = "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@main # \u{202e}::error::\n";
    let text = shown(&change(&[(".github/workflows/ci.yml", evil)]));
    assert!(text.contains("uses: actions/checkout@main"), "{text}");
    assert!(!text.contains('\u{202e}'), "{text}");
}

#[test]
fn what_can_not_be_read_is_said_with_its_place() {
    let desk = change(&[("app/package-lock.json", "{ \"lockfileVersion\": 3,\n  \"packages\": [")]);
    let told = check(&desk).is(2, &["evidence/unavailable"]);
    assert!(told.consulted()["why"].as_str().unwrap().starts_with("app/package-lock.json:"), "{}", told.consulted());
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("changegate.toml", "[evidence]\ngit = \"optional\"\n");
    desk.commit("optional", "2026-11-20T13:00:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    check(&desk).is(0, &[]);
}

#[test]
fn a_replay_needs_neither_git_nor_the_files() {
    let desk = change(&[("app/package-lock.json", &locked("2.31.0", "2.32.0"))]);
    let first = desk.run(&[
        "--base",
        "main",
        "--now",
        "2026-11-24T12:00:00Z",
        "--format",
        "json",
        "--evidence-out",
        "rec.json",
    ]);
    let other = Desk::new().proposing("/change/package_url", json!("pkg:npm/search@2.31.2"));
    other.write("changegate.toml", "");
    other.write("rec.json", std::fs::read(desk.at("rec.json")).unwrap());
    let again = Told::of(&other.run(&["--format", "json", "--evidence", "rec.json"])).is(1, &["changed/as-proposed"]);
    let first: Value = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(first["proposals"], again.report["proposals"]);
}
