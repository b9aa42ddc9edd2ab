//! What is proposed and does not change: where it is pinned at the end of the change, which the change itself does not tell.

use super::changes::{LOCK, change, check, locked, recorded};
use super::desk::{Desk, Told};
use serde_json::{Value, json};

/// A change of `left-pad`, with these files besides, that comes with a proposal of `search`.
fn of_another(files: &[(&str, &str)]) -> Desk {
    let lock = locked("1.3.0", "1.3.1");
    change(&[&[("app/package-lock.json", lock.as_str())], files].concat())
}

fn told(desk: &Desk) -> Told {
    let report = check(desk).report;
    Told { status: None, report }
}

#[test]
fn what_stays_is_told_with_its_place() {
    let desk = of_another(&[]);
    let message = told(&desk).message("changed/takes-place").to_owned();
    assert_eq!(message, "`search` is to go to 2.31.2, and stays at 2.31.0 in `app/package-lock.json`, line 3");
    let report = check(&desk).report;
    let asked = report["proposals"][0]["consulted"].as_array().unwrap();
    let pinned = asked.iter().find(|one| one["question"] == "where pkg:npm/search@2.31.2 is pinned").unwrap();
    assert_eq!(pinned["state"], "known", "{pinned}");
}

/// A replay is judged by what was recorded of it.
#[test]
fn where_it_is_pinned_is_recorded() {
    let desk = of_another(&[]);
    let run = recorded(&desk);
    let record: Value = serde_json::from_slice(&std::fs::read(desk.at("rec.json")).unwrap()).unwrap();
    assert!(record.to_string().contains("\"ask\":\"pinned\""), "{record}");
    let replayed =
        desk.run(&["--base", "main", "--now", "2026-11-24T12:00:00Z", "--format", "json", "--evidence", "rec.json"]);
    let findings = |output: &std::process::Output| Told::of(output).report["proposals"][0]["findings"].clone();
    assert_eq!(findings(&run), findings(&replayed));
}

/// What changes in one lockfile may stay in another.
#[test]
fn what_stays_beside_what_changes_is_told() {
    let there = |other: &str| {
        let base = Desk::in_git().with("changegate.toml", "").with("app/package-lock.json", LOCK);
        let desk = base.with("tests/package-lock.json", LOCK.replace("2.31.0", other));
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        let desk = desk.proposing("/change/package_url", json!("pkg:npm/search"));
        let desk = desk.with("app/package-lock.json", LOCK.replace("2.31.0", "2.31.2"));
        desk.commit("the upgrade", "2026-11-21T12:00:00Z");
        check(&desk).is(0, &[])
    };
    let message = there("2.31.0").message("changed/takes-place").to_owned();
    assert_eq!(
        message,
        "`search` is to go from 2.31.0 to 2.31.2, and in `tests/package-lock.json`, line 3, it stays where it was"
    );
    let report = there("1.31.0").report;
    assert!(!report["proposals"][0]["findings"].to_string().contains("changed/"), "{report:#}");
}

/// It is asked of what changes, too.
#[test]
fn it_is_asked_of_all_that_is_proposed() {
    let desk = change(&[("app/package-lock.json", &locked("2.31.0", "2.31.2"))]);
    let report = check(&desk).report;
    let asked = report["proposals"][0]["consulted"].to_string();
    assert!(asked.contains("where pkg:npm/search@2.31.2 is pinned"), "{asked}");
}

/// Lockfiles that are left out are not read.
#[test]
fn it_is_not_asked_of_what_is_left_out() {
    let desk = change(&[("app/package-lock.json", &locked("1.3.0", "1.3.1"))]).with("changegate.toml", "");
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("changegate.toml", "[changes]\nignore = [\"old\"]\n");
    desk.write("old/package-lock.json", LOCK);
    desk.write("broken/Cargo.lock", "no lockfile");
    desk.commit("more", "2026-11-20T13:00:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    desk.git(&["merge", "--quiet", "--no-edit", "main"]);
    let message = told(&desk).message("changed/takes-place").to_owned();
    assert!(message.ends_with("stays at 2.31.0 in `app/package-lock.json`, line 3"), "{message}");
}

/// Who proposes first has the change made afterwards.
#[test]
fn a_proposal_may_come_before_its_change() {
    let report = check(&change(&[("README.md", "x")])).is(0, &[]).report;
    let findings = report["proposals"][0]["findings"].to_string();
    assert!(!findings.contains("changed/takes-place"), "{findings}");
}

fn image(digest: &str) -> String {
    format!("FROM node:20@sha256:{}\n", digest.repeat(32))
}

/// An image that was moved is proposed by its digest.
#[test]
fn an_image_is_proposed_by_its_digest() {
    let moved = |from: &str, to: &str| {
        let desk = Desk::in_git().with("changegate.toml", "").with("Dockerfile", image("a1"));
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        let desk = desk
            .proposing("/change/package_url", json!("pkg:docker/node"))
            .proposing("/change/library", json!(true))
            .proposing("/change/from", json!(from))
            .proposing("/change/to", json!(to))
            .proposing("/testing/version", json!(to))
            .with("Dockerfile", image("b2"));
        desk.commit("the upgrade", "2026-11-21T12:00:00Z");
        check(&desk)
    };
    let [a, b, c] = ["a1", "b2", "c3"].map(|digest| format!("sha256:{}", digest.repeat(32)));
    let tagged = |digest: &str| format!("20@{digest}");
    for (from, to) in [(&a, &b), (&tagged(&a), &tagged(&b)), (&"20".to_owned(), &tagged(&b))] {
        let report = moved(from, to).report;
        let findings = report["proposals"][0]["findings"].to_string();
        assert!(!findings.contains("changed/") && !findings.contains("version-path"), "{from} {to}: {findings}");
    }
    let message = moved(&tagged(&a), &tagged(&c)).message("changed/as-proposed").to_owned();
    assert!(message.contains(&format!("`node` goes to 20 ({b}) in `Dockerfile`, line 1")), "{message}");
    let message = moved(&tagged(&c), &tagged(&b)).message("changed/as-proposed").to_owned();
    assert!(message.contains(&format!("a step from 20@{c} is proposed")), "{message}");
}

/// A bad release is taken back by a proposal that says so.
#[test]
fn a_step_back_is_proposed_with_its_reason() {
    let back = |reverts: Option<&str>| {
        let base = locked("2.31.0", "2.31.2");
        let mut desk = Desk::in_git().with("changegate.toml", "").with("app/package-lock.json", base);
        let profile = std::fs::read_to_string(desk.at("systems/wiki.json")).unwrap().replace("2.31.0", "2.31.2");
        desk.write("systems/wiki.json", profile);
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        for (field, value) in [("from", "2.31.2"), ("to", "2.31.0"), ("package_url", "pkg:npm/search")] {
            desk = desk.proposing(&format!("/change/{field}"), json!(value));
        }
        if let Some(why) = reverts {
            desk = desk.proposing("/change/reverts", json!(why));
        }
        // It is as small as the way there was, and yet no routine.
        let desk = desk.proposing("/monitoring/duration", json!("P1D"));
        let desk = desk.proposing("/testing/version", json!("2.31.0")).with("app/package-lock.json", LOCK);
        desk.commit("the way back", "2026-11-21T12:00:00Z");
        check(&desk)
    };
    back(Some("the upgrade to 2.31.2 of 18 November: its index loses pages with accents, OPS-831")).is(0, &[]);
    let message = back(None).is(1, &["compatibility/version-path"]);
    assert_eq!(message.message("compatibility/version-path"), "`2.31.0` comes before `2.31.2`");
    back(Some("tbd")).is(1, &["compatibility/version-path"]);
}
