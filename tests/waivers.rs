//! Waivers through the real program: what they let through, and what is wrong with those that let nothing through.

#![allow(clippy::unwrap_used, clippy::expect_used, dead_code, reason = "a test")]

#[path = "evidence/desk.rs"]
mod desk;

use desk::{Desk, Told};
use serde_json::{Value, json};

/// A routine patch of which a test has failed.
fn failed() -> Desk {
    Desk::new().proposing(
        "/testing/cases",
        json!([{ "name": "find a page by a title", "process": "write and find notes", "result": "failed" }]),
    )
}

const SOUND: &str = r#"rule = "testing/passed"
systems = ["wiki"]
reason = "the search is rebuilt every night, and nobody needs the new titles before"
ticket = "WIKI-131"
approver = "@ada"
granted = 2026-11-20
expires = 2026-12-20
"#;

fn waiver(text: &str) -> String {
    format!("[[waivers]]\n{text}")
}

/// A waiver of which one line is another.
fn with(line: &str, other: &str) -> String {
    assert!(SOUND.contains(line));
    waiver(&SOUND.replace(line, other))
}

/// The first finding about a waiver: its code, its line and its message.
fn about(told: &Told) -> Option<(&str, u64, &str)> {
    let of_run = told.report["findings"].as_array().unwrap();
    let all = told.report["proposals"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| one["findings"].as_array().unwrap())
        .chain(of_run);
    let mut all = all.filter(|finding| finding["rule"].as_str().unwrap().starts_with("waiver/"));
    let finding: &Value = all.next()?;
    assert_eq!((all.next(), &finding["level"]), (None, &json!("warn")));
    Some((finding["rule"].as_str().unwrap(), finding["line"].as_u64().unwrap(), finding["message"].as_str().unwrap()))
}

#[test]
fn it_lets_the_denials_of_its_rule_through_and_every_report_says_so() {
    failed().check(&[]).is(1, &["testing/passed"]);
    for place in ["waivers/tests.toml", "waivers/B.TOML", "changegate.toml"] {
        let desk = failed().with(place, waiver(SOUND));
        let told = desk.check(&[]).is(0, &[]);
        assert_eq!(about(&told), None);
        let finding = &told.report["proposals"][0]["findings"][0];
        assert_eq!((&finding["rule"], &finding["level"]), (&json!("testing/passed"), &json!("deny")));
        let waived = &finding["waived"];
        assert_eq!(
            (&waived["by"], &waived["ticket"], &waived["expires"]),
            (&json!("@ada"), &json!("WIKI-131"), &json!("2026-12-20"))
        );
        assert_eq!((&waived["file"], &waived["line"]), (&json!(place), &json!(1)));
        assert_eq!((&told.report["summary"]["deny"], &told.report["summary"]["waived"]), (&json!(0), &json!(1)));
        let human = String::from_utf8(desk.run(&["--now", "2026-11-24T12:00:00Z"]).stdout).unwrap();
        assert!(human.contains("waived[testing/passed]"), "{human}");
        assert!(
            human.contains("waived   by @ada until 2026-12-20 (WIKI-131): the search is rebuilt every night"),
            "{human}"
        );
        assert!(human.contains("PASS  1 proposal: 1 waived denial"), "{human}");
        let quiet = desk.run(&["--now", "2026-11-24T12:00:00Z", "--quiet"]);
        assert!(String::from_utf8(quiet.stdout).unwrap().contains("1 waived denial"));
    }
}

#[test]
fn it_holds_for_its_scope_alone() {
    for (scope, passes) in [
        ("proposals = [\"routine-patch\"]", true),
        ("systems = [\"wiki\"]\nproposals = [\"routine-patch\"]", true),
        ("systems = [\"payments-db\", \"wiki\"]", true),
        ("systems = [\"payments-db\"]", false),
        ("systems = [\"wiki\"]\nproposals = [\"other\"]", false),
        ("systems = [\"wiki\"]\nenvironments = [\"production\"]", false),
        ("systems = [\"Wiki\"]", false),
    ] {
        let told = failed().with("waivers/a.toml", with("systems = [\"wiki\"]", scope)).check(&[]);
        assert_eq!(told.status, Some(i32::from(!passes)), "{scope}");
        // A system that there is not is told, and the rest of the scope holds.
        let unknown = ["payments-db", "Wiki"].iter().any(|name| scope.contains(name));
        assert_eq!(about(&told).map(|(code, ..)| code), unknown.then_some("waiver/unknown-scope"), "{scope}");
    }
    let desk = failed().proposing("/change/environment", json!("production"));
    let scope = "systems = [\"wiki\"]\nenvironments = [\"production\"]";
    desk.with("waivers/a.toml", with("systems = [\"wiki\"]", scope)).check(&[]).is(0, &[]);
    // Another rule that denies is none of its business.
    let two = failed().proposing("/approvals", json!([])).with("waivers/a.toml", waiver(SOUND)).check(&[]);
    assert_eq!(two.status, Some(1));
}

#[test]
fn what_does_not_hold_lets_nothing_through_and_says_why() {
    for (text, code, line, message) in [
        (
            with("2026-12-20", "2026-11-24"),
            "waiver/expired",
            8,
            "the waiver of testing/passed has expired on 2026-11-24",
        ),
        (
            with("2026-12-20", "2027-02-19"),
            "waiver/too-long",
            8,
            "the waiver of testing/passed is for 91 days, and 90 are the most",
        ),
        (
            with("2026-11-20", "2026-11-25"),
            "waiver/not-granted",
            7,
            "the waiver of testing/passed is to be granted on 2026-11-25, and today is 2026-11-24",
        ),
        (
            with("systems = [\"wiki\"]\n", ""),
            "waiver/too-broad",
            2,
            "the waiver of testing/passed names neither systems nor proposals, and so would let through everything",
        ),
        (
            with("testing/passed", "testing/pased"),
            "waiver/unknown-rule",
            2,
            "there is no rule `testing/pased` that could be waived",
        ),
        (
            with("testing/passed", "testing"),
            "waiver/unknown-rule",
            2,
            "there is no rule `testing` that could be waived",
        ),
        (
            with("the search is rebuilt every night, and nobody needs the new titles before", "later"),
            "waiver/unexplained",
            4,
            "the waiver of testing/passed does not say why it is let through",
        ),
        (
            with("WIKI-131", "-"),
            "waiver/unexplained",
            5,
            "the waiver of testing/passed does not say where that was decided",
        ),
        (
            with("@ada", "@org/search"),
            "waiver/by-team",
            6,
            "the waiver of testing/passed was approved by `@org/search`, which is a team and no person",
        ),
        (
            with("wiki", "wikki"),
            "waiver/unknown-scope",
            3,
            "the waiver of testing/passed is about the system `wikki`, which has no profile",
        ),
        (
            with("reason", "environments = [\"stagin\"]\nreason"),
            "waiver/unknown-scope",
            4,
            "the waiver of testing/passed is about the environment `stagin`, which there is not",
        ),
        (
            with("@ada", "@Bo"),
            "waiver/by-author",
            6,
            "the waiver of testing/passed was approved by an author of this proposal, and does not hold for it",
        ),
    ] {
        let told = failed().with("waivers/a.toml", text).check(&[]).is(1, &["testing/passed"]);
        assert_eq!(about(&told), Some((code, line, message)));
    }
    // The very day before it ends, and the longest that there may be.
    failed().with("waivers/a.toml", with("2026-12-20", "2026-11-25")).check(&[]).is(0, &[]);
    failed().with("waivers/a.toml", with("2026-12-20", "2027-02-18")).check(&[]).is(0, &[]);
    let shorter =
        failed().with("changegate.toml", "[limits]\nwaiver_days = 29\n").with("waivers/a.toml", waiver(SOUND));
    assert_eq!(about(&shorter.check(&[]).is(1, &["testing/passed"])).unwrap().0, "waiver/too-long");
}

/// What is of packages says nothing of a proposal.
#[test]
fn a_waiver_of_a_rule_names_no_files() {
    let told = failed().with("waivers/a.toml", waiver(&format!("{SOUND}files = [\"package-lock.json\"]\n"))).check(&[]);
    let told = told.is(1, &["testing/passed"]);
    let expected = "the waiver of testing/passed names `files`, and what testing/passed denies is of proposals";
    assert_eq!(about(&told), Some(("waiver/other-scope", 9, expected)));
}

#[test]
fn what_is_passed_over_is_told() {
    let desk = failed().with("waivers/team/a.toml", waiver(SOUND)).with("waivers/team/README.md", "x");
    let told = desk.check(&[]).is(1, &["testing/passed"]);
    assert_eq!(about(&told), Some(("waiver/passed-over", 1, "`waivers/team/a.toml` is not read for waivers")));
    let two = desk.with("waivers/team/of/b.toml", waiver(SOUND)).check(&[]);
    assert_eq!(about(&two).unwrap().2, "`waivers/team/a.toml` is not read for waivers, and 1 more are not");
}

#[test]
fn one_that_nobody_needed_is_told() {
    let told = Desk::new().with("waivers/a.toml", waiver(SOUND)).check(&[]).is(0, &[]);
    assert_eq!(about(&told).unwrap().0, "waiver/unused");
    // One that another one makes needless has let it through all the same.
    let twice = failed().with("waivers/a.toml", waiver(SOUND) + &with("WIKI-131", "WIKI-132")).check(&[]).is(0, &[]);
    assert_eq!(about(&twice), None);
    assert_eq!(twice.report["proposals"][0]["findings"][0]["waived"]["ticket"], "WIKI-131");
    // Not where nothing of its scope was judged, nor where its rule has no part.
    let elsewhere = with("systems = [\"wiki\"]", "systems = [\"wiki\"]\nenvironments = [\"staging\"]");
    assert_eq!(about(&Desk::new().with("waivers/a.toml", elsewhere).check(&[])), None);
    let told = Desk::new().with("waivers/a.toml", waiver(SOUND)).check(&["--phase", "close"]);
    assert_eq!(about(&told), None);
}

#[test]
fn a_file_that_is_none_of_waivers_is_undecided() {
    for (text, code) in [
        ("rule = \"testing/passed\"".to_owned(), "config/unknown-field"),
        (waiver("rule = \"testing/passed\""), "config/missing-field"),
        (with("testing/passed", "*"), "config/malformed-value"),
        (with("testing/passed", "testing/*"), "config/malformed-value"),
        (with("expires = 2026-12-20", "expires = \"soon\""), "config/malformed-value"),
        (with("reason = \"the", "reason = \" \" # \"the"), "config/blank-text"),
        ("[[waivers]\n".to_owned(), "config/syntax"),
    ] {
        let told = failed().with("waivers/a.toml", &text).check(&[]);
        assert_eq!(told.status, Some(2), "{text}");
        let causes = told.report["exit"]["causes"].as_array().unwrap();
        assert!(causes.contains(&json!(code)), "{text}: {causes:?}");
    }
    let told = failed().with("waivers/a.toml", [0xff, 0xfe]).check(&[]);
    assert_eq!(told.report["exit"]["causes"], json!(["config/unreadable"]));
    #[cfg(unix)]
    {
        let desk = failed().with("elsewhere.toml", waiver(SOUND)).with("waivers/README.md", "x");
        std::os::unix::fs::symlink("../elsewhere.toml", desk.at("waivers/a.toml")).unwrap();
        desk.check(&[]).is(2, &["config/unreadable"]);
    }
}

/// Whoever wants the upgrade can't bring the waiver along.
#[test]
fn a_waiver_of_the_pull_request_has_no_force_and_is_told() {
    let desk = failed().with("changegate.toml", "");
    desk.git(&["init", "--quiet", "--initial-branch=main"]);
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    let desk = desk.with("waivers/a.toml", waiver(SOUND)).with("README.md", "words");
    desk.commit("what suits me", "2026-11-21T12:00:00Z");
    let told = desk.check(&["--base", "main"]).is(1, &["testing/passed", "trust/changed"]);
    assert_eq!(
        told.report["findings"][0]["message"],
        "`waivers/a.toml` is a file of waivers by which changes are judged, and this change adds it"
    );
    desk.git(&["branch", "--force", "main"]);
    desk.check(&["--base", "main"]).is(0, &[]);
}
