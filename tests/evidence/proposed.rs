//! Who speaks for what a change pins: proposals that come with it, and those that stood there before.

use super::changes::{LOCK, change, check, locked};
use super::desk::{Desk, Told};
use serde_json::{Value, json};

/// What the rules about the change say of a proposal, and where it goes elsewhere.
pub fn of_the_change(told: &Told, file: &str) -> Vec<String> {
    let proposals = told.report["proposals"].as_array().unwrap();
    let proposal = proposals.iter().find(|proposal| proposal["file"] == file).unwrap();
    let findings = proposal["findings"].as_array().unwrap().iter();
    let told = findings.filter(|finding| finding["rule"].as_str().unwrap().starts_with("changed/"));
    told.map(|finding| format!("{} {}", finding["rule"].as_str().unwrap(), finding["message"].as_str().unwrap()))
        .collect()
}

/// A second proposal: another step of some package.
fn second(desk: &Desk, package: &str, from: &str, to: &str) {
    let mut other: Value = serde_json::from_str(&std::fs::read_to_string(desk.at("p.json")).unwrap()).unwrap();
    other["id"] = json!("another");
    for (field, value) in [("package_url", package), ("from", from), ("to", to)] {
        other["change"][field] = json!(value);
    }
    desk.write("q.json", other.to_string());
}

#[test]
fn what_is_judged_is_what_all_proposals_of_the_change_propose_together() {
    let both = locked("2.31.0", "2.31.2").replace("1.3.0", "1.3.1");
    let along = "changed/nothing-else the change brings 1 package along that nobody proposes: `left-pad` (1.3.0 to 1.3.1, `app/package-lock.json` line 4)";
    let desk = change(&[("app/package-lock.json", &both)]);
    let check = |desk: &Desk| desk.check(&["--base", "main", "q.json"]);
    second(&desk, "pkg:npm/left-pad", "1.3.0", "1.3.1");
    desk.commit("a second one", "2026-11-21T13:00:00Z");
    let told = check(&desk);
    assert_eq!((of_the_change(&told, "p.json"), of_the_change(&told, "q.json")), (vec![], vec![]));
    assert_eq!(told.report["findings"], json!([]));
    // Each tells what neither proposes, and what it proposes otherwise itself.
    second(&desk, "pkg:npm/left-pad", "1.3.0", "1.4.0");
    desk.commit("another version", "2026-11-21T14:00:00Z");
    let told = check(&desk);
    assert_eq!(of_the_change(&told, "p.json"), Vec::<String>::new());
    assert!(of_the_change(&told, "q.json")[0].starts_with("changed/as-proposed `left-pad` goes to 1.3.1"), "{told:?}");
    second(&desk, "pkg:npm/other", "1.3.0", "1.3.1");
    desk.commit("another package", "2026-11-21T15:00:00Z");
    let told = check(&desk);
    assert_eq!(of_the_change(&told, "p.json"), [along]);
    let other = "changed/takes-place `pkg:npm/other` is to go to 1.3.1, and the one lockfile or manifest that pins packages of its kind does not have it";
    assert_eq!(of_the_change(&told, "q.json"), [along, other]);
    // One that is done speaks for itself alone.
    second(&desk, "pkg:npm/left-pad", "1.3.0", "1.3.1");
    let mut done: Value = serde_json::from_str(&std::fs::read_to_string(desk.at("q.json")).unwrap()).unwrap();
    done["record"] = json!({ "outcome": "succeeded", "finished_at": "2026-11-20T12:00:00Z" });
    desk.write("q.json", done.to_string());
    desk.commit("done", "2026-11-21T16:00:00Z");
    assert_eq!(of_the_change(&check(&desk), "p.json"), [along]);
}

#[test]
fn one_package_may_be_proposed_twice() {
    let desk = change(&[]);
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("site/package-lock.json", locked("2.31.0", "3.0.0"));
    desk.commit("a second one", "2026-11-20T13:00:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    desk.git(&["rebase", "--quiet", "main"]);
    desk.write("app/package-lock.json", locked("2.31.0", "2.31.2"));
    desk.write("site/package-lock.json", locked("2.31.0", "3.0.1"));
    second(&desk, "pkg:npm/search", "3.0.0", "3.0.1");
    desk.commit("both", "2026-11-21T13:00:00Z");
    let told = desk.check(&["--base", "main", "q.json"]);
    assert_eq!((of_the_change(&told, "p.json"), of_the_change(&told, "q.json")), (vec![], vec![]));
}

#[test]
fn a_proposal_that_the_change_does_not_come_with_is_not_held_against_it() {
    let desk = change(&[("app/package-lock.json", &locked("2.31.0", "2.31.2").replace("1.3.0", "1.3.1"))]);
    desk.git(&["switch", "--quiet", "main"]);
    second(&desk, "pkg:npm/left-pad", "1.3.0", "1.3.1");
    desk.commit("an old one", "2026-11-20T13:00:00Z");
    desk.git(&["switch", "--quiet", "upgrade"]);
    desk.git(&["rebase", "--quiet", "main"]);
    let told = desk.check(&["--base", "main", "q.json"]);
    assert_eq!(of_the_change(&told, "q.json"), Vec::<String>::new());
    let consulted = told.report["proposals"][1]["consulted"].as_array().unwrap();
    assert_eq!(consulted.len(), 1);
    assert_eq!(
        (&consulted[0]["question"], &consulted[0]["state"]),
        (&json!("whether the change touches q.json"), &json!("absent"))
    );
    // It speaks for what it proposes to the letter.
    assert_eq!(of_the_change(&told, "p.json"), Vec::<String>::new());
    assert_eq!(told.report["findings"], json!([]));
}

/// A change of a lockfile, with a proposal of another step that stands on the base; of `search` from 2.31.0 to 2.31.2 where it is open.
fn with_a_proposal_before(done: bool, locked: &str) -> Desk {
    let desk = Desk::in_git().with("changegate.toml", "").with("app/package-lock.json", LOCK);
    let desk = desk.proposing("/change/package_url", json!("pkg:npm/search"));
    let desk = desk.proposing("/change/from", json!("2.31.0")).proposing("/change/to", json!("2.31.2"));
    let record = json!({ "outcome": "succeeded", "finished_at": "2026-11-20T11:00:00Z" });
    let desk = if done { desk.proposing("/record", record) } else { desk };
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    desk.write("app/package-lock.json", locked);
    desk.commit("the upgrade", "2026-11-21T12:00:00Z");
    desk
}

/// Anybody can touch a proposal that is done.
#[test]
fn a_proposal_that_is_done_speaks_for_no_change() {
    let findings = |told: &Told| told.report["findings"][0]["rule"].clone();
    let desk = with_a_proposal_before(true, &locked("2.31.0", "9.9.9"));
    assert_eq!(findings(&check(&desk)), "check/unproposed");
    let text = std::fs::read_to_string(desk.at("p.json")).unwrap();
    desk.write("p.json", text + "\n\n");
    desk.commit("touched", "2026-11-21T13:00:00Z");
    let told = check(&desk);
    assert_eq!((told.status, findings(&told)), (Some(1), json!("check/unproposed")));
    desk.git(&["mv", "p.json", "q.json"]);
    desk.commit("moved", "2026-11-21T14:00:00Z");
    let told = desk.check(&["--base", "main", "q.json"]);
    assert_eq!(findings(&told), "check/unproposed");
}

/// A plan is merged first, and a bot makes the change.
#[test]
fn an_open_proposal_of_the_base_speaks_for_exactly_what_it_proposes() {
    let told = check(&with_a_proposal_before(false, &locked("2.31.0", "2.31.2"))).is(0, &[]);
    assert_eq!(told.report["findings"], json!([]));
    for other in [
        locked("2.31.0", "2.31.3"),
        locked("2.31.0", "2.31.2").replace("1.3.0", "1.3.1"),
        locked("2.31.0", "2.31.2").replace("registry.npmjs.org/search", "evil.example/search"),
        locked("2.31.0", "2.30.0"),
    ] {
        check(&with_a_proposal_before(false, &other)).is(1, &["check/unproposed"]);
    }
    let along = check(&with_a_proposal_before(false, &locked("2.31.0", "2.31.2").replace("1.3.0", "1.3.1")));
    let message = along.report["findings"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.ends_with(": `left-pad` (1.3.0 to 1.3.1, `app/package-lock.json`)"), "{message}");
    check(&with_a_proposal_before(true, &locked("2.31.0", "2.31.2"))).is(1, &["check/unproposed"]);
}

/// A bot moves an image to the digest that was proposed, under the tag that it has or another one.
#[test]
fn a_digest_that_an_open_proposal_of_the_base_states_is_proposed() {
    let image = |tag: &str, two: &str| format!("{tag}@sha256:{}", two.repeat(32));
    let judged = |from: &str, to: &str, [before, after]: [&str; 2]| {
        let desk = Desk::in_git().with("changegate.toml", "").with("Dockerfile", format!("FROM node:{before}\n"));
        let desk = desk.proposing("/change/package_url", json!("pkg:docker/node"));
        let desk = desk.proposing("/change/from", json!(from)).proposing("/change/to", json!(to));
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        desk.write("Dockerfile", format!("FROM node:{after}\n"));
        desk.commit("the upgrade", "2026-11-21T12:00:00Z");
        check(&desk).report["findings"].as_array().unwrap().is_empty()
    };
    let (a, b, c) = (image("20", "a1"), image("20", "b2"), image("20", "c3"));
    let bare = |image: &str| image.split_once('@').unwrap().1.to_owned();
    let moved = [a.as_str(), b.as_str()];
    for [from, to] in [[&*a, &*b], [&bare(&a), &bare(&b)], ["20", &b], [&a.to_uppercase(), &b]] {
        assert!(judged(from, to, moved), "{from} {to}");
    }
    // Another digest, another start, and another tag nobody has proposed; nor does the tag alone say which digest it gets.
    for [from, to] in [[&*a, &*c], [&c, &b], [&b, &a], ["20", "20"], [&a, "20"], ["20", "21"], [&a, &image("21", "b2")]]
    {
        assert!(!judged(from, to, moved), "{from} {to}");
    }
    let [old, new, other] = [("20.1.0", "a1"), ("20.1.1", "b2"), ("20.1.1", "c3")].map(|(tag, two)| image(tag, two));
    assert!(judged(&old, &new, [&old, &new]));
    assert!(judged("20.1.0", &new, [&old, &new]));
    assert!(!judged(&old, &new, [&old, &other]));
    assert!(!judged(&old, &image("20.1.2", "b2"), [&old, &new]));
    assert!(!judged(&a, &b, [&a, &image("20-slim", "b2")]));
}

/// An emergency is recorded when it is over, with the change itself.
#[test]
fn what_is_added_when_it_is_done_speaks_for_exactly_what_it_states() {
    let with = |outcome: &str, before: bool, locked: &str| {
        let desk = Desk::in_git().with("changegate.toml", "").with("app/package-lock.json", LOCK);
        second(&desk, "pkg:npm/search", "2.31.0", "2.31.2");
        let mut done: Value = serde_json::from_str(&std::fs::read_to_string(desk.at("q.json")).unwrap()).unwrap();
        done["record"] = json!({ "outcome": outcome, "finished_at": "2026-11-20T11:00:00Z" });
        if before {
            desk.write("q.json", done.to_string());
        } else {
            std::fs::remove_file(desk.at("q.json")).unwrap();
        }
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        desk.write("q.json", done.to_string() + "\n");
        desk.write("app/package-lock.json", locked);
        desk.commit("the emergency", "2026-11-21T12:00:00Z");
        let told = desk.check(&["--base", "main", "q.json"]);
        let findings = told.report["findings"].as_array().unwrap().iter();
        findings.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let with_done = |before: bool, locked: &str| with("succeeded", before, locked);
    assert_eq!(with_done(false, &locked("2.31.0", "2.31.2")), Vec::<String>::new());
    // What was given up, or brought back, brings nothing.
    for (outcome, found) in
        [("succeeded-with-issues", 0), ("repaired-forward", 0), ("abandoned", 1), ("rolled-back", 1)]
    {
        assert_eq!(with(outcome, false, &locked("2.31.0", "2.31.2")).len(), found, "{outcome}");
    }
    let further = with_done(false, &locked("2.31.0", "2.31.2").replace("1.3.0", "1.3.1"));
    assert!(further[0].ends_with(": `left-pad` (1.3.0 to 1.3.1, `app/package-lock.json`)"), "{further:?}");
    assert_eq!(with_done(false, &locked("2.31.0", "2.31.3")).len(), 1);
    // One that was there may be touched by anybody.
    assert_eq!(with_done(true, &locked("2.31.0", "2.31.2")).len(), 1);
}

/// There is no version to which it could be proposed to go.
#[test]
fn what_is_only_removed_without_a_proposal_is_told_and_does_not_block() {
    let desk = Desk::in_git().with("changegate.toml", "").with("app/package-lock.json", LOCK);
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    std::fs::remove_file(desk.at("app/package-lock.json")).unwrap();
    desk.commit("one project less", "2026-11-21T12:00:00Z");
    let levels = |told: &Told| {
        let findings = told.report["findings"].as_array().unwrap().iter();
        findings.map(|finding| finding["level"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let told = check(&desk).is(0, &[]);
    assert_eq!(levels(&told), ["warn"]);
    assert!(told.report["findings"][0]["message"].as_str().unwrap().contains("`left-pad` (removed, "), "{told:?}");
    // What goes elsewhere beside it blocks, and is told by itself.
    let pad = LOCK.lines().find(|line| line.contains("left-pad")).unwrap();
    desk.write("app/package-lock.json", locked("2.31.0", "2.31.2").replace(pad, "").replace("},\n\n", "}\n"));
    desk.commit("and one that goes on", "2026-11-21T13:00:00Z");
    let told = check(&desk).is(1, &["check/unproposed"]);
    assert_eq!(levels(&told), ["deny", "warn"]);
}

/// Who proposes a step of the application need not repeat which package that is.
#[test]
fn a_component_is_the_package_that_the_profile_says() {
    let profiled = |before: bool, component: &str, package: &str| {
        let desk = Desk::in_git().with("changegate.toml", "").with("app/package-lock.json", LOCK);
        let mut profile: Value =
            serde_json::from_str(&std::fs::read_to_string(desk.at("systems/wiki.json")).unwrap()).unwrap();
        profile["system"]["components"][0]["name"] = json!(component);
        profile["system"]["components"][0]["package_url"] = json!(package);
        let desk = desk.with("systems/wiki.json", profile.to_string());
        let desk = desk.proposing("/change/component", json!(component));
        let desk = desk.proposing("/change/from", json!("2.31.0")).proposing("/change/to", json!("2.31.2"));
        let mut proposal: Value = serde_json::from_str(&std::fs::read_to_string(desk.at("p.json")).unwrap()).unwrap();
        proposal["change"].as_object_mut().unwrap().remove("package_url");
        desk.write("p.json", proposal.to_string());
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        if !before {
            desk.write("p.json", proposal.to_string() + "\n");
        }
        desk.write("app/package-lock.json", locked("2.31.0", "2.31.2"));
        desk.commit("the upgrade", "2026-11-21T12:00:00Z");
        check(&desk)
    };
    for before in [false, true] {
        let told = profiled(before, "application", "pkg:npm/search");
        assert_eq!((of_the_change(&told, "p.json"), &told.report["findings"]), (vec![], &json!([])), "{before}");
        // Nor is a component of that name the package, where it is another one.
        let other = profiled(before, "search", "pkg:npm/other");
        let told = (of_the_change(&other, "p.json").len(), other.report["findings"].as_array().unwrap().len());
        assert_eq!(told, (0, 1), "{before}");
    }
}
