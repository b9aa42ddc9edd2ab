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

/// The same, of the package that the lockfile has.
fn of_search(proposal: &str) -> String {
    let mut proposal: Value = serde_json::from_str(proposal).unwrap();
    proposal["change"]["package_url"] = json!("pkg:npm/search");
    serde_json::to_string_pretty(&proposal).unwrap()
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
    for configuration in [AGREED, ALWAYS] {
        let desk = change(configuration, &[("changes/patch.json", &of_search(&patch(&[])))], &step);
        let told = check(&desk, PLANNED).is(0, &[]);
        assert_eq!((left(&told), &told.report["proposals"][0]["concern"]), (vec![json!(null)], &json!("pins")));
    }
}

/// Where the change brings a proposal of what it pins, who proposed that before is not meant: what ran and is not closed yet holds up no fix, and no step back.
#[test]
fn what_ran_and_is_not_closed_holds_up_no_step_back() {
    let bumped = locked("2.31.0", "2.31.2");
    let ran = of_search(&patch(&["deploy"]));
    let back = of_search(&patch(&[])).replace("\"closed-patch\"", "\"take-back\"");
    let back = back.replace("2.31.0", "@").replace("2.31.2", "2.31.0").replace('@', "2.31.2");
    let back = back.replace("2026-11-25", "2026-11-28");
    let base = [("changes/patch.json", &*ran), ("app/package-lock.json", &*bumped)];
    let desk = change(AGREED, &base, &[("changes/back.json", &back), ("app/package-lock.json", LOCK)]);
    let told = check(&desk, AFTERWARDS);
    assert_eq!(left(&told), [json!(null), json!("open")]);
    assert_eq!(told.report["proposals"][0]["evaluated"], true);
    // Without one it may be what is open that is taken back.
    let desk = change(AGREED, &base, &[("app/package-lock.json", LOCK)]);
    assert_eq!(left(&check(&desk, AFTERWARDS)), [json!(null)]);
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
    // Where each change needs a proposal it speaks for nothing else.
    let both = [("changes/patch.json", &*patch(&["deploy"])), ("src/m.sql", "DROP TABLE pages;")];
    let told = check(&change(ALWAYS, &[], &both), AFTERWARDS).is(1, &["window/not-past"]);
    assert_eq!(left(&told), [json!(null)]);
    check(&change(AGREED, &[], &both), AFTERWARDS).is(0, &[]);
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
    // Nor, where each change needs a proposal, for what else it touches: for the first time as for a word that is amended.
    let amended = done.replace("the rehearsal had shown", "the rehearsal before had shown");
    for before in [&done, &patch(&["deploy"])] {
        let base = [("systems/wiki.json", &*over), ("changes/patch.json", before)];
        let both = [("changes/patch.json", &*amended), ("src/m.sql", "DROP TABLE pages;")];
        let desk = change(ALWAYS, &base, &both);
        let told = check(&desk, "2026-11-27T11:00:00Z").is(2, &["check/nothing-to-judge"]);
        assert_eq!(
            told.report["faults"][0]["message"],
            "the change says of proposals only how they ended, and no proposal is of what else it touches: src/m.sql"
        );
        check(&change(AGREED, &base, &both), "2026-11-27T11:00:00Z").is(0, &[]);
        // What is open may be meant.
        let open = patch(&[]).replace("\"closed-patch\"", "\"another-patch\"");
        desk.git(&["switch", "--quiet", "main"]);
        desk.write("changes/z.json", &open);
        desk.commit("another one", "2026-11-20T13:00:00Z");
        desk.git(&["switch", "--quiet", "another"]);
        desk.git(&["rebase", "--quiet", "main"]);
        let told = check(&desk, "2026-11-27T11:00:00Z");
        assert_eq!((told.status, &left(&told)[1]), (Some(1), &json!(null)));
    }
    // What the record shows as a proof is part of it, where it is new and there to be looked at.
    let mut proved: Value = serde_json::from_str(&done).unwrap();
    let with_proof = |proved: &mut Value, file: &str| {
        proved["record"]["acceptance"]["results"][0]["evidence"] = json!([{ "kind": "log", "file": file }]);
        proved.to_string()
    };
    for (file, there, is_enough) in [
        ("proofs/a.log", "", true),
        ("./proofs/SHA256SUMS", "", true),
        ("src/m.sql", "", false),
        ("proofs/a.log", "old", false),
        ("proofs/package-lock.json", "", false),
    ] {
        let mut base = vec![("systems/wiki.json", &*over)];
        base.extend((!there.is_empty()).then_some((file, there)));
        let text = with_proof(&mut proved, file);
        let desk = change(
            ALWAYS,
            &base,
            &[("changes/patch.json", &text), (file, "{ \"lockfileVersion\": 3, \"packages\": {} }")],
        );
        let told = check(&desk, "2026-11-27T11:00:00Z");
        let causes = told.report["exit"]["causes"].as_array().unwrap();
        assert_eq!(!causes.contains(&json!("check/nothing-to-judge")), is_enough, "{file} {there}");
    }
    // A plan that is rewritten with its record is judged as a plan.
    let rewritten = done.replace("\"title\": \"", "\"title\": \"The ");
    let desk = change(AGREED, &[("systems/wiki.json", &over)], &[("changes/patch.json", &rewritten)]);
    let told = check(&desk, "2026-11-27T11:00:00Z");
    assert_eq!((told.status, &told.report["proposals"][0]["ends"]), (Some(1), &json!(false)));
}

/// A pack of plans alone says nothing of how an upgrade ended.
#[test]
fn what_no_rule_of_the_close_judges_is_undecided() {
    let rule = r#"
        const RULE = #{ title: "A ticket", why: "A test.", help: "name one", phases: ["plan"], level: "deny" };
        fn check(p) { if p.ticket == () { deny("no ticket", p.ticket); } }
    "#;
    let alone = format!("{AGREED}[policies]\nbuiltin = false\npaths = [\"rules\"]\n");
    let ended = patch(&["deploy", "record"]);
    let desk = change(&alone, &[("rules/house/ticket.rhai", rule)], &[("changes/patch.json", &ended)]);
    check(&desk, "2026-11-27T11:00:00Z").is(2, &["policy/no-rule-applied"]);
}

/// What stands there, and meets what the change brings, is looked at beside that, and at nothing else.
#[test]
fn whom_a_change_concerns_is_asked_again() {
    let other = |later: bool, change: &dyn Fn(&mut Value)| {
        let mut other: Value = serde_json::from_str(&patch(&[])).unwrap();
        other["id"] = json!("another-patch");
        if later {
            for time in ["start", "end", "latest_rollback_decision"] {
                let at = other["window"][time].as_str().unwrap().replace("-25T", "-27T");
                other["window"][time] = json!(at);
            }
        }
        change(&mut other);
        other.to_string()
    };
    // It waits for one that the change moves behind it.
    let waits = other(true, &|other| other["after"] = json!(["closed-patch"]));
    let moved = patch(&[]).replace("2026-11-25", "2026-11-29");
    let desk = change(AGREED, &[("changes/z.json", &waits)], &[("changes/patch.json", &moved)]);
    let told = check(&desk, PLANNED).is(1, &["fleet/in-order", "inventory/versions-recorded"]);
    let one = &told.report["proposals"][1];
    assert_eq!(
        (&one["concern"], &one["of_change"], &one["outcome"]),
        (&json!("meets"), &json!(false), &json!("blocked"))
    );
    // However late it is for its own plan: that is for its own close.
    let told = check(&desk, "2026-11-28T12:00:00Z");
    let findings = told.report["proposals"][1]["findings"].as_array().unwrap();
    let says = |rule: &str| findings.iter().any(|one| one["rule"] == rule);
    assert_eq!((says("fleet/in-order"), says("window/not-past")), (true, false));
    // Nobody meets it any more.
    let apart = other(true, &|_| ());
    let desk = change(AGREED, &[("changes/z.json", &apart)], &[("changes/patch.json", &moved)]);
    assert_eq!(left(&check(&desk, PLANNED).is(0, &[])), [json!(null), json!("open")]);
}

/// The same in another place, or laid out otherwise, is nothing new; and a record may be amended.
#[test]
fn what_is_only_moved_stands_as_it_did() {
    for configuration in [AGREED, ALWAYS] {
        let desk = change(configuration, &[], &[("src/m.sql", "DROP TABLE pages;")]);
        desk.write("changes/patch.json", patch(&[]) + "\n");
        desk.git(&["mv", "changes/patch.json", "changes/other.json"]);
        desk.commit("moved", "2026-11-21T13:00:00Z");
        let told = check(&desk, AFTERWARDS);
        assert_eq!((left(&told), told.status), (vec![json!(null)], Some(1)), "{:#}", told.report["exit"]);
        assert_eq!(told.report["proposals"][0]["of_change"], false);
    }
    let over = fs::read_to_string("examples/life/systems/wiki.json").unwrap();
    let done = patch(&["deploy", "record"]);
    let amended = done.replace("the rehearsal had shown", "the rehearsal before had shown");
    assert_ne!(done, amended);
    let ended = [("changes/patch.json", &*done), ("systems/wiki.json", &*over)];
    let desk = change(ALWAYS, &ended, &[("changes/patch.json", &amended)]);
    let told = check(&desk, "2026-11-27T11:00:00Z").is(0, &[]);
    assert_eq!(told.report["proposals"][0]["ends"], true);
    // Who takes away how it ended plans it anew.
    let desk = change(ALWAYS, &ended, &[("changes/patch.json", &patch(&["deploy"]))]);
    assert_eq!(check(&desk, "2026-11-27T11:00:00Z").status, Some(1));
}

/// Profiles have owners of their own, whom no plan that has to wait for them can bar.
#[test]
fn the_profile_may_come_before_the_record() {
    let over = fs::read_to_string("examples/life/systems/wiki.json").unwrap();
    for configuration in [AGREED, ALWAYS] {
        let desk = change(configuration, &[], &[("systems/wiki.json", &over)]);
        let told = check(&desk, AFTERWARDS).is(1, &["trust/changed"]);
        assert_eq!(left(&told), [json!("open")]);
        // Nothing of a proposal is to be fixed.
        let shown = desk.run_of_all(&["--now", AFTERWARDS, "--base", "main"]);
        assert!(shown.contains("  next     whoever made the change does") && !shown.contains("fix the"), "{shown}");
    }
}

#[test]
fn a_replay_leaves_the_same() {
    let stated = patch(&["deploy"]);
    for (configuration, head) in [
        (AGREED, &[("README.md", "b")][..]),
        (AGREED, &[("changes/patch.json", &stated)]),
        (ALWAYS, &[("changes/patch.json", &stated)]),
        (ALWAYS, &[("changes/patch.json", &stated), ("README.md", "b")]),
    ] {
        let desk = change(configuration, &[], head);
        let told = desk.check_configured(&["--now", AFTERWARDS, "--base", "main", "--evidence-out", "record.json"]);
        let again = desk.check_configured(&["--now", AFTERWARDS, "--evidence", "record.json"]);
        assert_eq!((left(&again), again.status), (left(&told), told.status));
    }
    // What the record has nothing of may be of the change.
    let other = patch(&[]).replace("\"closed-patch\"", "\"another-patch\"").replace("2026-11-25", "2026-11-27");
    let desk =
        change(AGREED, &[], &[("changes/other.json", &other), ("changes/z.json", &other.replace("another", "third"))]);
    Told::of(&desk.run_of(
        &["changes/other.json"],
        &[],
        &["--format", "json", "--now", PLANNED, "--base", "main", "--evidence-out", "record.json"],
    ));
    let again = desk.check_configured(&["--now", PLANNED, "--evidence", "record.json"]);
    assert_eq!(again.status, Some(2));
    assert!(left(&again).iter().all(|left| *left == json!(null)), "{:?}", left(&again));
}
