//! What really changed: lockfiles and manifests of the base held against those of the head.

use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::process::Output;

pub const LOCK: &str = r#"{ "name": "wiki", "lockfileVersion": 3, "packages": {
  "": { "name": "wiki" },
  "node_modules/search": { "version": "2.31.0", "resolved": "https://registry.npmjs.org/search/-/search-2.31.0.tgz", "integrity": "sha512-AAAA" },
  "node_modules/left-pad": { "version": "1.3.0", "resolved": "https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz", "integrity": "sha512-BBBB" }
} }
"#;
const WORKFLOW: &str =
    "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683\n";

/// A change of some files, which comes with a proposal of a step of the package `search` from 2.31.0 to 2.31.2.
pub fn change(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::in_git()
        .with("changegate.toml", "")
        .with("app/package-lock.json", LOCK)
        .with(".github/workflows/ci.yml", WORKFLOW);
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    let desk = desk.proposing("/change/package_url", json!("pkg:npm/search@2.31.2"));
    for (path, text) in files {
        desk.write(path, text);
    }
    desk.commit("the upgrade", "2026-11-21T12:00:00Z");
    desk
}

pub fn locked(from: &str, to: &str) -> String {
    assert!(LOCK.contains(from));
    LOCK.replace(from, to)
}

pub fn check(desk: &Desk) -> Told {
    desk.check(&["--base", "main"])
}

/// A run about the change, of which `rec.json` is the record.
pub fn recorded(desk: &Desk) -> Output {
    let now = ["--now", "2026-11-24T12:00:00Z"];
    desk.run(&[&["--base", "main"], &now[..], &["--format", "json", "--evidence-out", "rec.json"]].concat())
}

#[test]
fn what_is_proposed_is_what_changes() {
    let told = check(&change(&[("app/package-lock.json", &locked("2.31.0", "2.31.2"))])).is(0, &[]);
    let consulted = &told.report["proposals"][0]["consulted"];
    assert_eq!(
        (&consulted[2]["question"], &consulted[2]["state"]),
        (&json!("whether the change touches p.json"), &json!("known"))
    );
    assert_eq!(
        (&consulted[0]["question"], &consulted[0]["state"]),
        (&json!("which pinned packages differ"), &json!("known"))
    );
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

/// A package may stand in several lockfiles, and one that is as proposed does not speak for the others.
#[test]
fn each_lockfile_is_judged() {
    let both = |other: &str| {
        let desk = change(&[("app/package-lock.json", &locked("2.31.0", "2.31.2"))]);
        desk.git(&["switch", "--quiet", "main"]);
        desk.write("site/package-lock.json", locked("2.31.0", "2.30.9"));
        desk.commit("a second one", "2026-11-20T13:00:00Z");
        desk.git(&["switch", "--quiet", "upgrade"]);
        desk.git(&["rebase", "--quiet", "main"]);
        desk.write("site/package-lock.json", other);
        desk.commit("the second one", "2026-11-21T13:00:00Z");
        desk
    };
    let back = check(&both(&locked("2.31.0", "2.30.8"))).is(1, &["changed/as-proposed"]);
    assert_eq!(
        back.message("changed/as-proposed"),
        "`search` goes to 2.30.8 in `site/package-lock.json`, line 3, and 2.31.2 is proposed"
    );
    // One that is further behind makes a larger step.
    let older = check(&both(&locked("2.31.0", "2.31.2"))).is(1, &["changed/as-proposed"]);
    assert!(older.message("changed/as-proposed").contains("from 2.30.9 to 2.31.2"), "{older:?}");
    // A copy that is no longer needed is gone because the other is as proposed.
    let nested =
        "\"node_modules/left-pad/node_modules/search\": { \"version\": \"2.29.0\" },\n  \"node_modules/left-pad\"";
    let desk = change(&[]);
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("app/package-lock.json", locked("\"node_modules/left-pad\"", nested));
    desk.commit("a second copy", "2026-11-20T13:00:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    desk.git(&["rebase", "--quiet", "main"]);
    desk.write("app/package-lock.json", locked("2.31.0", "2.31.2"));
    desk.commit("one copy", "2026-11-21T13:00:00Z");
    let told = check(&desk).is(0, &[]);
    assert_eq!(told.report["proposals"][0]["findings"], json!([]));
}

#[test]
fn what_comes_along_goes_back_or_comes_loose_is_told() {
    let along =
        check(&change(&[("app/package-lock.json", &locked("1.3.0", "1.3.1"))])).is(1, &["changed/nothing-else"]);
    assert!(along.message("changed/nothing-else").ends_with(
        "otherwise where nothing changes that is proposed: `left-pad` (1.3.0 to 1.3.1, `app/package-lock.json` line 4)"
    ));
    // A proposal of one package says nothing of a file in which only others change, nor of a large step.
    let both = locked("2.31.0", "2.31.2").replace("1.3.0", "1.3.1");
    let along = check(&change(&[("app/package-lock.json", &both)])).is(0, &[]);
    assert!(
        along.message("changed/nothing-else").starts_with("the change brings 1 package along that nobody proposes: ")
    );
    let both = locked("2.31.0", "2.31.2").replace("1.3.0", "2.0.0");
    let large = check(&change(&[("app/package-lock.json", &both)])).is(1, &["changed/nothing-else"]);
    assert!(large.message("changed/nothing-else").contains("by more than a minor step"), "{large:?}");
    let back = check(&change(&[("app/package-lock.json", &locked("1.3.0", "1.2.0"))])).is(1, &["changed/nothing-else"]);
    assert!(back.message("changed/nothing-else").starts_with("the change takes 1 package back"));
    let loose = WORKFLOW.replace("11bd71901bbe5b1630ceea73d27597364c9af683", "main");
    let of_all = ["changed/nothing-else", "changed/pinned", "trust/changed"];
    let told = check(&change(&[(".github/workflows/ci.yml", &loose)])).is(1, &of_all);
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
    let told = check(&desk).is(2, &["evidence/change-unreadable"]);
    let consulted = &told.report["proposals"][0]["consulted"][0];
    assert!(consulted["why"].as_str().unwrap().starts_with("app/package-lock.json:"), "{consulted}");
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("changegate.toml", "[evidence]\ngit = \"optional\"\n");
    desk.commit("optional", "2026-11-20T13:00:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    // Whoever wants a step back to pass could bring it about.
    check(&desk).is(2, &["evidence/change-unreadable"]);
    desk.write("app/package-lock.json", locked("1.3.0", "1.2.0"));
    desk.write("requirements.txt", "must be fast\n");
    desk.commit("a step back, and junk", "2026-11-21T13:00:00Z");
    check(&desk).is(2, &["evidence/change-unreadable"]);
    desk.git(&["rm", "--quiet", "p.json"]);
    desk.commit("without a proposal", "2026-11-21T14:00:00Z");
    check(&desk).is(2, &["check/nothing-to-judge", "evidence/change-unreadable"]);
}

/// Files of tests look like lockfiles; only the trusted side says which.
#[test]
fn what_the_configuration_leaves_out_is_not_looked_at_and_told() {
    let desk = change(&[
        ("app/package-lock.json", &locked("2.31.0", "2.31.2")),
        ("tests/fixtures/broken/package-lock.json", "{"),
        ("docs/constraints.txt", "must be fast\n"),
        ("docs/page.txt", "x"),
    ]);
    let unread = check(&desk).is(2, &["evidence/change-unreadable"]);
    let help = unread.report["proposals"][0]["faults"][0]["help"].as_str().unwrap();
    assert!(help.contains("leave out by `changes.ignore` in the configuration"), "{help}");
    // What the change says itself does not count.
    let ignoring = "[changes]\nignore = [\"docs\", \"tests/fixtures/**\"]\n";
    desk.write("changegate.toml", ignoring);
    desk.commit("for itself", "2026-11-21T13:00:00Z");
    check(&desk).is(2, &["evidence/change-unreadable"]);
    desk.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("changegate.toml", ignoring);
    desk.commit("left out", "2026-11-20T13:00:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    let told = check(&desk).is(0, &[]);
    let of = told.report["proposals"][0]["consulted"][0]["of"].as_str().unwrap().to_owned();
    assert!(of.ends_with(", with 2 files left out by `changes.ignore`"), "{of}");
    // A replay leaves out the same, and none that leaves out something else is by this record.
    recorded(&desk);
    desk.git(&["switch", "--quiet", "main"]);
    let again = || Told::of(&desk.run(&["--format", "json", "--evidence", "rec.json"]));
    desk.write("changegate.toml", "");
    desk.write("p.json", desk.git(&["show", "upgrade:p.json"]));
    again().is(2, &["evidence/not-recorded"]);
    desk.write("changegate.toml", ignoring);
    assert_eq!(again().is(0, &[]).report["proposals"][0]["consulted"][0]["of"], json!(of));
    // What is moved to where nothing is looked at is gone.
    desk.git(&["checkout", "--quiet", "--force", "upgrade"]);
    desk.git(&["mv", "app/package-lock.json", "docs/package-lock.json"]);
    desk.commit("moved", "2026-11-21T14:00:00Z");
    let moved = check(&desk);
    assert!(
        moved.message("changed/nothing-else").contains("`left-pad` (removed, `app/package-lock.json`"),
        "{moved:?}"
    );
}

/// What a link leads to may change without a trace where it stands.
#[test]
fn a_lockfile_that_is_a_link_is_not_passed_over() {
    let linked = |before: bool| {
        let desk = change(&[("elsewhere.json", LOCK)]);
        let link = || {
            std::fs::remove_file(desk.at("app/package-lock.json")).unwrap();
            std::os::unix::fs::symlink("../elsewhere.json", desk.at("app/package-lock.json")).unwrap();
        };
        if before {
            desk.git(&["switch", "--quiet", "main"]);
            link();
            desk.commit("a link", "2026-11-20T13:00:00Z");
            desk.git(&["switch", "--quiet", "upgrade"]);
            desk.git(&["rebase", "--quiet", "main"]);
        } else {
            link();
            desk.commit("a link", "2026-11-21T13:00:00Z");
        }
        desk
    };
    let told = check(&linked(false)).is(2, &["evidence/change-unreadable"]);
    let why = told.report["proposals"][0]["faults"][0]["message"].as_str().unwrap();
    assert!(why.contains("app/package-lock.json is a symbolic link in commit"), "{why}");
    // One that is as it was is not looked at; one that makes way for a file is.
    let desk = linked(true);
    check(&desk).is(0, &[]);
    std::fs::remove_file(desk.at("app/package-lock.json")).unwrap();
    desk.write("app/package-lock.json", locked("1.3.0", "1.2.0"));
    desk.commit("a file", "2026-11-21T13:00:00Z");
    // What it led to is not looked at, so that everything is new.
    let told = check(&desk);
    assert!(told.message("changed/nothing-else").contains("`left-pad` (new 1.2.0"), "{told:?}");
}

/// Whoever mends or takes away a file that can't be understood is not held up by what it was.
#[test]
fn what_could_not_be_read_before_can_be_mended() {
    let broken = |after: Option<&str>| {
        let desk = change(&[]);
        desk.git(&["switch", "--quiet", "main"]);
        desk.write("site/package-lock.json", "{");
        desk.commit("broken", "2026-11-20T13:00:00Z");
        desk.git(&["switch", "--quiet", "upgrade"]);
        desk.git(&["rebase", "--quiet", "main"]);
        match after {
            Some(text) => desk.write("site/package-lock.json", text),
            None => std::fs::remove_file(desk.at("site/package-lock.json")).unwrap(),
        }
        desk.commit("mended", "2026-11-21T13:00:00Z");
        check(&desk)
    };
    let mended = broken(Some(LOCK)).is(1, &["changed/as-proposed"]);
    assert!(mended.message("changed/nothing-else").contains("`left-pad` (new 1.3.0"), "{mended:?}");
    broken(None).is(0, &[]);
    broken(Some("{ ")).is(2, &["evidence/change-unreadable"]);
}

/// A repository with a registry of its own takes from there what comes along, too.
#[test]
fn what_is_new_comes_from_where_others_came() {
    let private = |text: &str| text.replace("https://registry.npmjs.org/", "https://npm.acme.example/");
    let with_new = |place: &str| {
        let new = format!(
            "\"node_modules/new\": {{ \"version\": \"1.0.0\", \"resolved\": \"https://{place}/new/-/new-1.0.0.tgz\", \"integrity\": \"sha512-DDDD\" }},\n  \"node_modules/search\""
        );
        private(&locked("2.31.0", "2.31.2").replace("\"node_modules/search\"", &new))
    };
    let judged = |place: &str| {
        let desk = change(&[]);
        desk.git(&["switch", "--quiet", "main"]);
        desk.write("app/package-lock.json", private(LOCK));
        desk.commit("a registry of its own", "2026-11-20T13:00:00Z");
        desk.git(&["switch", "--quiet", "upgrade"]);
        desk.git(&["rebase", "--quiet", "main"]);
        desk.write("app/package-lock.json", with_new(place));
        desk.commit("one that is new", "2026-11-21T13:00:00Z");
        check(&desk)
    };
    let told = judged("npm.acme.example").is(0, &[]);
    assert!(told.message("changed/nothing-else").contains("`new` (new 1.0.0, `app"), "{told:?}");
    let told = judged("npm.evil.example").is(1, &["changed/nothing-else"]);
    assert!(
        told.message("changed/nothing-else").contains("`new` (new 1.0.0 from https://npm.evil.example/new"),
        "{told:?}"
    );
}

/// What gives access to a registry has no place in a report or a record.
#[test]
fn secrets_of_lockfiles_are_told_nowhere() {
    let desk = change(&[(
        "app/package-lock.json",
        &locked(
            "https://registry.npmjs.org/search/-/search-2.31.0.tgz",
            "https://u:s3cret@npm.example.com/search/-/search-2.31.2.tgz?token=s3cret",
        )
        .replace("2.31.0", "2.31.2"),
    )]);
    let output = recorded(&desk);
    let told = Told::of(&output).is(1, &["changed/origin"]);
    assert_eq!(
        told.message("changed/origin"),
        "`search` was taken from https://registry.npmjs.org/search, and is taken from https://npm.example.com/search now \
         (`app/package-lock.json`, line 3)"
    );
    let record = std::fs::read_to_string(desk.at("rec.json")).unwrap();
    assert!(record.contains("https://***@npm.example.com"), "{record}");
    assert!(!record.contains("s3cret") && !String::from_utf8_lossy(&output.stdout).contains("s3cret"), "{record}");
    // In a file that can't be read as well.
    let broken = change(&[("requirements.txt", "a ?? https://u:s3cret@host/")]);
    let told = check(&broken).is(2, &["evidence/change-unreadable"]);
    assert!(!told.report.to_string().contains("s3cret"));
}

#[test]
fn other_contents_under_the_same_version_are_told() {
    let told =
        check(&change(&[("app/package-lock.json", &locked("sha512-BBBB", "sha512-CCCC").replace("2.31.0", "2.31.2"))]));
    let told = told.is(1, &["changed/origin"]);
    assert!(told.message("changed/origin").starts_with("`left-pad` is another 1.3.0 than before"), "{told:?}");
}

/// A first lockfile, or an update of all that a large repository needs, is judged, and told in a few words.
#[test]
fn thousands_of_packages_are_judged() {
    let all = |count: usize, version: &str| {
        let each = |index| format!("  \"node_modules/p{index}\": {{ \"version\": \"{version}\" }}");
        let packages: Vec<_> = (0..count).map(each).collect();
        format!("{{ \"lockfileVersion\": 3, \"packages\": {{\n{}\n}} }}\n", packages.join(",\n"))
    };
    let told = check(&change(&[("site/package-lock.json", &all(9_998, "1.0.0"))])).is(1, &["changed/nothing-else"]);
    let message = told.message("changed/nothing-else");
    assert!(
        message.starts_with("the change pins 9998 packages otherwise where nothing changes")
            && message.ends_with("and 9993 more"),
        "{message}"
    );
    assert!(message.len() < 600, "{message}");
    // More are not looked at, and that is no pass.
    check(&change(&[("site/package-lock.json", &all(10_001, "1.0.0"))])).is(2, &["evidence/change-unreadable"]);
    let desk = change(&[("app/package-lock.json", &locked("2.31.0", "2.31.2"))]);
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("site/package-lock.json", all(5_000, "1.0.1"));
    desk.commit("a second one", "2026-11-20T13:00:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    desk.git(&["rebase", "--quiet", "main"]);
    desk.write("site/package-lock.json", all(5_000, "1.0.0"));
    desk.commit("all of them back", "2026-11-21T13:00:00Z");
    let told = check(&desk).is(1, &["changed/nothing-else"]);
    assert!(told.message("changed/nothing-else").starts_with("the change takes 5000 packages back"), "{told:?}");
}

#[test]
fn a_replay_needs_neither_git_nor_the_files() {
    let desk = change(&[("app/package-lock.json", &locked("2.31.0", "2.32.0"))]);
    let first = recorded(&desk);
    let other = Desk::new().proposing("/change/package_url", json!("pkg:npm/search@2.31.2"));
    other.write("changegate.toml", "");
    other.write("rec.json", std::fs::read(desk.at("rec.json")).unwrap());
    let again = Told::of(&other.run(&["--format", "json", "--evidence", "rec.json"])).is(1, &["changed/as-proposed"]);
    let first: Value = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(first["proposals"], again.report["proposals"]);
}
