//! Where more others concern a proposal than are looked at, and where one of them changes in between.

use super::few_rules::judged;
use super::run::edited;
use changegate::verdict::{Judgement, Outcome};
use serde_json::{Value, json};
use std::fs;

/// A proposal for a system with a window that begins at some hour of a day.
fn proposal(id: &str, system: &str, hour: usize, changes: &[(&str, Value)]) -> Value {
    let at = |hour: usize| json!(format!("2026-12-06T{hour:02}:00:00Z"));
    let own = [
        ("/system/id", json!(system)),
        ("/window/start", at(hour)),
        ("/window/end", at(hour + 1)),
        ("/window/latest_rollback_decision", Value::Null),
    ];
    edited("routine-patch", id, &[own.as_slice(), changes].concat())
}

fn count_on(name: &str) -> (&'static str, Value) {
    ("/support", json!({ "contacts": [{ "name": name, "roles": ["technical"] }] }))
}

fn rules(judgement: &Judgement) -> Vec<&str> {
    let mut rules: Vec<_> = judgement.findings.iter().map(|finding| &*finding.rule).collect();
    rules.dedup();
    rules
}

fn codes(judgement: &Judgement) -> Vec<&str> {
    judgement.faults.iter().map(|fault| fault.code).collect()
}

#[test]
fn more_on_one_system_than_are_looked_at_leave_it_undecided() {
    for (others, codes_of, outcome) in
        [(48, &[] as &[&str], Outcome::Blocked), (49, &["check/too-many-others"], Outcome::Undecided)]
    {
        let mut all = vec![proposal("own", "s", 1, &[])];
        all.extend((0..others).map(|number| proposal(&format!("p{number}"), "s", 1, &[])));
        let judgement = &judged(&all, |_| {})[0];
        assert_eq!((codes(judgement).as_slice(), judgement.outcome()), (codes_of, outcome));
        assert_eq!(judgement.others.len(), 48);
    }
}

/// Each of the other relations in which one that is left out could be the one that matters.
#[test]
fn more_than_are_looked_at_leave_it_undecided_in_every_relation_that_counts() {
    let ids: Vec<_> = (0..49).map(|number| format!("p{number}")).collect();
    let needs = json!({ "id": "s", "dependencies": [{ "system": "t" }] });
    let versions = [("/change/sites", json!(["one"])), ("/change/to", json!("9.9"))];
    type Changes = Vec<(&'static str, Value)>;
    let relations: [(&str, usize, Changes); 3] = [
        ("are named by its `after`", 3, vec![("/after", json!(ids))]),
        ("change systems that it needs in one of its windows", 1, vec![("/system", needs)]),
        ("take its system to other versions", 3, versions.into()),
    ];
    for (what, hour, own) in relations {
        let system = if what.contains("versions") { "s" } else { "t" };
        let others = ids.iter().map(|id| proposal(id, system, 1, &[]));
        let mut all: Vec<_> = std::iter::once(proposal("own", "s", hour, &own)).chain(others).collect();
        let message = format!("more than 48 other proposals of this run {what}, and no more are looked at");
        let faults =
            |all: &[Value]| judged(all, |_| {})[0].faults.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>();
        assert_eq!(faults(&all), [message]);
        all.pop();
        assert_eq!(faults(&all), [""; 0]);
    }
}

#[test]
fn no_relation_crowds_out_another() {
    let after: Vec<_> = (0..40).map(|number| format!("first-{number}")).collect();
    let mut all: Vec<_> = after.iter().map(|id| proposal(id, &format!("of-{id}"), 0, &[])).collect();
    // Invalid ones, which are blocked for themselves and take no seats.
    let broken = |number| proposal(&format!("broken-{number}"), "s", 5, &[("/nonsense", json!(1))]);
    all.extend((0..60).map(broken));
    all.extend(
        (0..40).map(|number| proposal(&format!("busy-{number}"), &format!("t{number}"), 5, &[count_on("@ada")])),
    );
    all.push(proposal("same", "s", 5, &[]));
    all.push(proposal("own", "s", 5, &[("/after", json!(after)), count_on("@ada")]));
    let judgements = judged(&all, |_| {});
    let own = judgements.last().unwrap();
    assert_eq!(codes(own), [""; 0]);
    let rules = rules(own);
    assert!(rules.contains(&"window/no-overlap") && rules.contains(&"fleet/people-once"), "{rules:?}");
    // However many were looked at before, the place in the other is that of the one that is meant.
    let overlap = own.findings.iter().find(|finding| &*finding.rule == "window/no-overlap").unwrap();
    assert_eq!(overlap.related[0].place.source.name(), format!("{:04}.json", all.len() - 2));
}

#[test]
fn of_many_fast_tracks_the_nearest_count() {
    let track = |id: String, start: &str, end: &str| {
        edited("fast-track", &id, &[("/window/start", json!(start)), ("/window/end", json!(end))])
    };
    // Those of other years come first by the names of their files.
    let old = |year: usize| {
        track(
            format!("old-{year}"),
            &format!("{}-01-01T00:00:00Z", 1970 + year),
            &format!("{}-01-01T01:00:00Z", 1970 + year),
        )
    };
    let new = |day: usize| {
        track(format!("new-{day}"), &format!("2026-12-{day:02}T00:00:00Z"), &format!("2026-12-{day:02}T01:00:00Z"))
    };
    let all: Vec<_> = (0..50).map(old).chain((1..=4).map(new)).collect();
    let judgements = judged(&all, |_| {});
    assert_eq!(rules(judgements.last().unwrap()), ["fast-track/not-abused"]);
    assert_eq!(rules(&judgements[judgements.len() - 2]), [""; 0]);
}

#[test]
fn whatever_changes_while_the_run_is_on_leaves_undecided_whom_it_concerns() {
    let all = [proposal("a", "s", 1, &[]), proposal("b", "s", 1, &[]), proposal("c", "t", 1, &[])];
    let moved = proposal("b", "s", 8, &[]);
    let judgements = judged(&all, |folder| fs::write(folder.join("0001.json"), moved.to_string()).unwrap());
    let codes: Vec<_> = judgements.iter().map(codes).collect();
    assert_eq!(codes, [vec!["input/changed"], vec!["input/changed"], vec![]]);
}

#[test]
fn what_becomes_a_proposal_while_the_run_is_on_is_undecided() {
    let all = [proposal("a", "s", 1, &[]), json!({}), proposal("b", "s", 2, &[])];
    let late = proposal("late", "s", 1, &[]);
    let judgements = judged(&all, |folder| fs::write(folder.join("0001.json"), late.to_string()).unwrap());
    assert_eq!(codes(&judgements[1]), ["input/changed"]);
    let judgements = judged(&all, |folder| fs::remove_file(folder.join("0002.json")).unwrap());
    assert_eq!(codes(&judgements[2]), ["input/unreadable"]);
}

#[test]
fn a_twin_that_is_done_hides_none() {
    let record = json!({ "outcome": "succeeded", "finished_at": "2026-11-20T05:00:00Z" });
    let done = proposal("first", "s", 0, &[("/record", record)]);
    let open = proposal("first", "s", 4, &[("/after", json!(["own"]))]);
    let own = proposal("own", "s", 2, &[("/after", json!(["first"]))]);
    for all in [[done.clone(), open.clone(), own.clone()], [open, done, own]] {
        let judgements = judged(&all, |_| {});
        let own: Vec<_> = judgements[2].findings.iter().map(|finding| &*finding.message).collect();
        assert_eq!(own.len(), 2, "{own:?}");
        assert!(own.iter().any(|message| message.starts_with("it waits for itself: own after first after own")));
        assert!(own.iter().any(|message| message.ends_with("3 h too early")), "{own:?}");
    }
}
