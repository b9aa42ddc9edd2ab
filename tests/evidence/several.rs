//! One upgrade over several pull requests: what is proposed, what is stated when it begins, how it ended; and what else goes on meanwhile.

use super::changes::{LOCK, locked};
use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::fs;

const PLANNED: &str = "2026-11-21T12:00:00Z";
/// In its window, from 19:00 to 20:30 in Berlin.
const MEANWHILE: &str = "2026-11-25T18:20:00Z";
const AFTERWARDS: &str = "2026-11-26T12:00:00Z";

const ALWAYS: &str = "[proposals]\npaths = [\"changes/*.json\"]\n[evidence]\ngithub = \"off\"\n";
const AGREED: &str =
    "[proposals]\npaths = [\"changes/*.json\"]\n[evidence]\ngithub = \"off\"\n[changes]\nproposal = \"when-pinned\"\n";

/// The patch as it is proposed, with as much of what later phases add.
fn patch(later: &[&str]) -> String {
    let done: Value = serde_json::from_str(&fs::read_to_string("examples/closed-patch.json").unwrap()).unwrap();
    let mut patch = done.clone();
    for section in ["deploy", "record"].iter().filter(|section| !later.contains(section)) {
        patch.as_object_mut().unwrap().remove(*section);
    }
    serde_json::to_string_pretty(&patch).unwrap()
}

/// A repository whose base has the patch, and a branch on which files are written.
fn change(configuration: &str, base: &[(&str, &str)], head: &[(&str, &str)]) -> Desk {
    let desk = Desk::in_git()
        .with("changegate.toml", configuration)
        .with("changes/patch.json", patch(&[]))
        .with("app/package-lock.json", LOCK)
        .with("README.md", "a");
    for (path, text) in base {
        desk.write(path, text);
    }
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=another"]);
    for (path, text) in head {
        desk.write(path, text);
    }
    desk.commit("a change", "2026-11-21T12:00:00Z");
    desk
}

fn check(desk: &Desk, now: &str) -> Told {
    desk.check_configured(&["--now", now, "--base", "main"])
}

/// Why each proposal was not judged, where it was not.
fn left(told: &Told) -> Vec<Value> {
    told.report["proposals"].as_array().unwrap().iter().map(|one| one["left"].clone()).collect()
}

#[test]
fn what_is_open_holds_up_no_other_change() {
    let other = patch(&[]).replace("\"closed-patch\"", "\"another-patch\"").replace("2026-11-25", "2026-11-27");
    for (head, before, outcome) in [
        (&[("README.md", "b")][..], vec![json!("open")], json!(["check/none-due"])),
        (&[("changes/other.json", &other)], vec![json!(null), json!("open")], json!([])),
    ] {
        for now in [PLANNED, MEANWHILE, AFTERWARDS] {
            let told = check(&change(AGREED, &[], head), now).is(0, &[]);
            assert_eq!(left(&told), before, "{now}");
            let findings: Vec<_> =
                told.report["findings"].as_array().unwrap().iter().map(|one| one["rule"].clone()).collect();
            assert_eq!(json!(findings), outcome);
        }
    }
    let desk = change(AGREED, &[], &[("README.md", "b")]);
    let shown = desk.run_of_all(&["--now", AFTERWARDS, "--base", "main"]);
    assert!(shown.contains("\n  open     1 proposal is open, as on the base, and not of this change\n"), "{shown}");
}

/// Where each change needs a proposal, and one comes without, it may be of any that is open.
#[test]
fn what_may_be_meant_is_judged() {
    let told = check(&change(ALWAYS, &[], &[("README.md", "b")]), PLANNED).is(0, &[]);
    assert_eq!(left(&told), [json!(null)]);
    check(&change(ALWAYS, &[], &[("README.md", "b")]), AFTERWARDS).is(1, &["window/not-past"]);
    // What nobody can tell may be of any of them, too.
    let untold = AGREED.replace("[evidence]\n", "[evidence]\ngit = \"off\"\n");
    check(&change(&untold, &[], &[("README.md", "b")]), AFTERWARDS).is(1, &["window/not-past"]);
    let off =
        format!("{AGREED}[rules.\"changed/nothing-else\"]\noff = {{ reason = \"another program looks at that\" }}\n");
    check(&change(&off, &[], &[("README.md", "b")]), AFTERWARDS).is(1, &["window/not-past"]);
}

/// Who proposes first and has a bot make the change: the proposal is of it, though nobody touches that.
#[test]
fn what_proposes_what_is_pinned_is_judged() {
    let bumped = locked("2.31.0", "2.31.2");
    let step = [("app/package-lock.json", &*bumped)];
    let named = patch(&[]).replace("\"application\"", "\"wiki\"");
    for (configuration, proposed) in [(AGREED, &named), (ALWAYS, &named)] {
        let desk = change(configuration, &[("changes/patch.json", proposed)], &step);
        assert_eq!(left(&check(&desk, PLANNED)), [json!(null)]);
    }
}

#[test]
fn what_is_stated_on_the_night_is_no_new_plan() {
    for configuration in [AGREED, ALWAYS] {
        for now in [MEANWHILE, AFTERWARDS] {
            let desk = change(configuration, &[], &[("changes/patch.json", &patch(&["deploy"]))]);
            let told = check(&desk, now).is(0, &[]);
            assert_eq!(left(&told), [json!("planned")]);
            assert_eq!(told.report["proposals"][0]["of_change"], true);
        }
    }
    // Something else of it is new: it is planned anew.
    let longer = patch(&["deploy"]).replace("\"title\": \"", "\"title\": \"The ");
    let desk = change(AGREED, &[], &[("changes/patch.json", &longer)]);
    let told = check(&desk, AFTERWARDS).is(1, &["window/not-past"]);
    assert_eq!(left(&told), [json!(null)]);
    // What the change pins has to be proposed.
    let bumped = locked("2.31.0", "2.31.2");
    let both = [("changes/patch.json", &*patch(&["deploy"])), ("app/package-lock.json", &*bumped)];
    check(&change(AGREED, &[], &both), MEANWHILE).is(1, &["check/unproposed"]);
}

#[test]
fn how_it_ended_is_judged_by_its_close() {
    let over = fs::read_to_string("examples/life/systems/wiki.json").unwrap();
    let done = patch(&["deploy", "record"]);
    for configuration in [AGREED, ALWAYS] {
        // The profile is on the base before: it is what the record is held against.
        let desk = change(configuration, &[("systems/wiki.json", &over)], &[("changes/patch.json", &done)]);
        let told = check(&desk, "2026-11-27T11:00:00Z").is(0, &[]);
        let one = &told.report["proposals"][0];
        assert_eq!((&one["ends"], &one["evaluated"], &one["left"]), (&json!(true), &json!(true), &json!(null)));
        let desk = change(configuration, &[], &[("changes/patch.json", &done)]);
        check(&desk, "2026-11-27T11:00:00Z").is(1, &["record/profile-updated"]);
    }
    // Nor does anybody come around that by an end that is still to come.
    let desk = change(AGREED, &[("systems/wiki.json", &over)], &[("changes/patch.json", &done)]);
    let told = check(&desk, "2026-11-25T18:20:00Z");
    assert_eq!((told.status, &told.report["proposals"][0]["ends"]), (Some(1), &json!(true)));
    // Nor does it speak for what the change pins besides.
    let bumped = locked("2.31.0", "2.31.2");
    for now in ["2026-11-25T18:20:00Z", "2026-11-27T11:00:00Z"] {
        let both = [("changes/patch.json", &*done), ("app/package-lock.json", &*bumped)];
        let told = check(&change(AGREED, &[("systems/wiki.json", &over)], &both), now);
        assert_eq!(told.report["findings"][0]["rule"], "check/unproposed", "{now}");
    }
    // A plan that is rewritten with its record is judged as a plan.
    let rewritten = done.replace("\"title\": \"", "\"title\": \"The ");
    let desk = change(AGREED, &[("systems/wiki.json", &over)], &[("changes/patch.json", &rewritten)]);
    let told = check(&desk, "2026-11-27T11:00:00Z");
    assert_eq!((told.status, &told.report["proposals"][0]["ends"]), (Some(1), &json!(false)));
}

#[test]
fn a_replay_leaves_the_same() {
    for head in [&[("README.md", "b")][..], &[("changes/patch.json", &patch(&["deploy"]))]] {
        let desk = change(AGREED, &[], head);
        let told = desk.check_configured(&["--now", AFTERWARDS, "--base", "main", "--evidence-out", "record.json"]);
        let again = desk.check_configured(&["--now", AFTERWARDS, "--evidence", "record.json"]);
        assert_eq!((left(&again), again.status), (left(&told), told.status));
    }
}
