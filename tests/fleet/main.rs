//! Proposals that are judged in one run know of each other: each relation from the files to the report, with both places.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod few_rules;
mod later;
mod order;
mod run;
mod seats;

use run::{contacts, edited, identity, judged, night, payments, run, write_all};
use serde_json::{Value, json};

const NOTHING: [&str; 0] = [];

#[test]
fn windows_that_meet_on_one_system_are_told_to_both() {
    let found = run(&[("a", payments("a", &[])), ("b", payments("b", &night(6, 1)))]);
    assert_eq!(
        found.told("window/no-overlap"),
        [
            "deny a: start: 2026-12-06T01:00:00+01:00 | b: start: 2026-12-06T02:00:00+01:00",
            "deny b: start: 2026-12-06T02:00:00+01:00 | a: start: 2026-12-06T01:00:00+01:00",
        ]
    );
    assert_eq!(found.report["outcome"], "blocked");
}

#[test]
fn windows_that_meet_on_a_system_and_one_that_it_needs_are_told_to_both() {
    let found = run(&[("a", payments("a", &[])), ("b", identity("b", &night(6, 1)))]);
    assert_eq!(
        found.told("window/no-overlap"),
        [
            "deny a: start: 2026-12-06T01:00:00+01:00 | b: start: 2026-12-06T02:00:00+01:00",
            "warn b: start: 2026-12-06T02:00:00+01:00 | a: start: 2026-12-06T01:00:00+01:00",
        ]
    );
}

#[test]
fn people_who_are_counted_on_twice_are_told_to_both() {
    // The wiki and the database of payments have nothing else in common.
    let wiki = edited("routine-patch", "b", &[("/support", json!({ "contacts": contacts(&["Zoe"]) }))]);
    let window: Vec<_> =
        ["start", "end", "latest_rollback_decision"].map(|field| (field, wiki["window"][field].clone())).into();
    let names: Vec<_> = window.iter().map(|(field, _)| format!("/window/{field}")).collect();
    let mut same: Vec<_> = names.iter().zip(&window).map(|(name, (_, value))| (name.as_str(), value.clone())).collect();
    same.push(("/support", json!({ "contacts": contacts(&["@zoe"]) })));
    let found = run(&[("a", payments("a", &same)), ("b", wiki)]);
    assert_eq!(
        found.told("fleet/people-once"),
        ["deny a: name: @zoe | b: name: Zoe", "warn b: name: Zoe | a: name: @zoe"]
    );
    assert_eq!(found.told("window/no-overlap"), NOTHING);
}

#[test]
fn one_that_begins_before_what_it_comes_after_is_over_is_told() {
    let after = ("/after", json!(["a"]));
    let found = run(&[("a", payments("a", &[])), ("b", payments("b", &[night(6, 1), vec![after.clone()]].concat()))]);
    assert_eq!(
        found.told("fleet/in-order"),
        ["deny b: start: 2026-12-06T02:00:00+01:00 | a: end: 2026-12-06T05:00:00+01:00"]
    );
    let found = run(&[("a", payments("a", &[])), ("b", payments("b", &[night(7, 0), vec![after]].concat()))]);
    assert_eq!(found.told("fleet/in-order"), NOTHING);
}

#[test]
fn one_that_comes_after_what_failed_is_told() {
    let record = json!({ "outcome": "rolled-back", "finished_at": "2026-11-20T04:00:00+01:00" });
    let done = payments("a", &[night(7, 0), vec![("/record", record)]].concat());
    let found = run(&[("a", done), ("b", payments("b", &[("/after", json!(["a"]))]))]);
    assert_eq!(found.told("fleet/in-order"), ["deny b: after: | a: outcome: rolled-back"]);
}

#[test]
fn proposals_that_wait_for_each_other_are_told_the_circle() {
    let files = [("a", "b", 6), ("b", "c", 7), ("c", "a", 8)]
        .map(|(id, after, day)| (id, payments(id, &[night(day, 0), vec![("/after", json!([after]))]].concat())));
    let found = run(&files);
    let circles: Vec<_> =
        found.messages("fleet/in-order").into_iter().filter(|message| message.starts_with("it waits")).collect();
    assert_eq!(
        circles,
        ["a after b after c after a", "b after c after a after b", "c after a after b after c"]
            .map(|circle| format!("it waits for itself: {circle}"))
    );
}

#[test]
fn sites_that_go_to_other_versions_are_told_to_both() {
    let to = |id: &str, day, site: &str, version: &str| {
        let own = [
            ("/change/sites", json!([site])),
            ("/change/to", json!(version)),
            ("/compatibility/mixed_versions", json!({ "mode": "all-at-once" })),
        ];
        payments(id, &[night(day, 0), own.into()].concat())
    };
    let found = run(&[("a", to("a", 6, "berlin-1", "16.4")), ("b", to("b", 20, "berlin-2", "16.3"))]);
    assert_eq!(found.told("fleet/one-version"), ["deny a: to: 16.4 | b: to: 16.3", "deny b: to: 16.3 | a: to: 16.4"]);
    let found = run(&[("a", to("a", 6, "berlin-1", "16.4")), ("b", to("b", 20, "berlin-2", "v16.4.0"))]);
    assert_eq!(found.told("fleet/one-version"), NOTHING);
}

#[test]
fn sites_that_go_to_other_versions_are_told_of_components_too() {
    let one = |id: &str, day, site: &str, change: [(&'static str, Value); 2]| {
        let own =
            [("/change/sites", json!([site])), ("/compatibility/mixed_versions", json!({ "mode": "all-at-once" }))];
        payments(id, &[night(day, 0), own.into(), change.into()].concat())
    };
    let listed = |version: &str| {
        let pooler = json!({ "component": "pooler", "from": "1.23.1", "to": "1.24.0" });
        let database = json!({ "component": "database", "from": "15.8", "to": version });
        [("/change/to", Value::Null), ("/change/components", json!([pooler, database]))]
    };
    let direct = |version: &str| [("/change/to", json!(version)), ("/change/component", json!("database"))];
    let found = run(&[("a", one("a", 6, "berlin-1", direct("16.4"))), ("b", one("b", 20, "berlin-2", listed("16.6")))]);
    assert_eq!(found.told("fleet/one-version"), ["deny a: to: 16.4 | b: to: 16.6", "deny b: to: 16.6 | a: to: 16.4"]);
    let found = run(&[("a", one("a", 6, "berlin-1", listed("16.4"))), ("b", one("b", 20, "berlin-2", listed("16.4")))]);
    assert_eq!(found.told("fleet/one-version"), NOTHING);
}

#[test]
fn one_that_names_no_sites_changes_them_all() {
    let all_at_once = ("/compatibility/mixed_versions", json!({ "mode": "all-at-once" }));
    let some = payments("a", &[("/change/sites", json!(["berlin-1"])), all_at_once.clone()]);
    let all = [("/change/sites", Value::Null), ("/change/to", json!("16.3")), all_at_once];
    let found = run(&[("a", some), ("b", payments("b", &[night(20, 0), all.into()].concat()))]);
    assert_eq!(found.told("fleet/one-version"), ["deny a: to: 16.4 | b: to: 16.3"]);
}

#[test]
fn a_misspelt_environment_hides_nothing() {
    let staging = |name: &str| payments("b", &[night(6, 1), vec![("/change/environment", json!(name))]].concat());
    let found =
        |environment| run(&[("a", payments("a", &[])), ("b", staging(environment))]).told("window/no-overlap").len();
    assert_eq!(found("staging"), 0);
    assert_eq!(found("stagin"), 2);
}

#[test]
fn too_many_fast_tracks_of_a_system_are_told_with_those_before() {
    let track = |id: &str, day: u32| {
        let at = |time: &str| json!(format!("2026-11-{day:02}T{time}:00+01:00"));
        edited("fast-track", id, &[("/window/start", at("20:00")), ("/window/end", at("21:30"))])
    };
    let files = [("a", 24), ("b", 23), ("c", 22), ("d", 21)].map(|(id, day)| (id, track(id, day)));
    let told = run(&files).told("fast-track/not-abused");
    let line = |name: &str, day: u32| format!("{name}: start: 2026-11-{day:02}T20:00:00+01:00");
    assert_eq!(told, [format!("warn a: fast_track: | {} | {} | {}", line("b", 23), line("c", 22), line("d", 21))]);
}

#[test]
fn one_id_in_two_files_is_told_to_both() {
    let found = run(&[("a", payments("one", &[])), ("b", payments("one", &night(7, 0)))]);
    assert_eq!(found.told("fleet/unique-id"), ["deny a: id: one | b: id: one", "deny b: id: one | a: id: one"]);
}

#[test]
fn what_lies_apart_is_not_told() {
    let found = run(&[("a", payments("a", &[])), ("b", payments("b", &night(7, 0)))]);
    for rule in ["window/no-overlap", "fleet/people-once", "fleet/in-order", "fleet/one-version", "fleet/unique-id"] {
        assert_eq!(found.told(rule), NOTHING);
    }
}

/// A record that is begun, or that tells of a time to come, takes a proposal out of nothing.
#[test]
fn only_what_has_ended_is_done() {
    for (record, told) in [
        (json!({}), 2),
        (json!({ "outcome": "succeeded" }), 2),
        (json!({ "finished_at": "2026-11-20T05:00:00+01:00" }), 2),
        (json!({ "outcome": "succeeded", "finished_at": "2026-12-06T05:00:00+01:00" }), 2),
        // It is still held against the other one as long as it is judged itself.
        (json!({ "outcome": "succeeded", "finished_at": "2026-11-20T05:00:00+01:00" }), 1),
    ] {
        let found = run(&[("a", payments("a", &[])), ("b", payments("b", &[("/record", record.clone())]))]);
        for rule in ["window/no-overlap", "fleet/people-once"] {
            assert_eq!(found.told(rule).len(), told, "{rule} {record}: {:#?}", found.told(rule));
        }
    }
}

#[test]
fn what_is_no_proposal_collides_with_nothing() {
    // All that decides whether it concerns the other one is there, and one field is none of the schema.
    let found = run(&[("a", payments("a", &[])), ("b", payments("b", &[("/nonsense", json!(1))]))]);
    assert_eq!(found.told("window/no-overlap"), NOTHING);
}

#[test]
fn one_alone_is_told_what_it_waits_for_in_vain() {
    let found = run(&[("a", payments("a", &[("/after", json!(["a"]))]))]);
    assert_eq!(found.messages("fleet/in-order"), ["it waits for itself: a after a"]);
    let found = run(&[("a", payments("a", &[("/after", json!(["payments-db-15"]))]))]);
    let message = "it comes after `payments-db-15`, and this run has no valid proposal of that name";
    assert_eq!(found.messages("fleet/in-order"), [message]);
    let files = [("a", payments("a", &[("/after", json!(["kernle-9"]))])), ("b", payments("kernel-9", &night(4, 0)))];
    let found = run(&files).report.to_string();
    assert!(found.contains("did you mean `kernel-9`?"));
}

#[test]
fn standard_input_is_one_of_the_run() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), &[("a", payments("a", &[]))]);
    let report = judged(folder.path(), &["changes", "-"], Some(&payments("b", &[])));
    for (at, other) in [(0, "<stdin>"), (1, "changes/a.json")] {
        let proposal = &report["proposals"][at];
        assert_eq!(proposal["others"][0]["file"], other);
        let findings = proposal["findings"].as_array().unwrap();
        assert!(findings.iter().any(|finding| finding["rule"] == "window/no-overlap"), "{proposal:#}");
    }
}

#[test]
fn the_report_names_the_others_that_were_looked_at() {
    let found = run(&[("a", payments("a", &[])), ("b", payments("b", &[])), ("c", payments("c", &night(7, 0)))]);
    let proposals = found.report["proposals"].as_array().unwrap();
    let of = |at: usize| json!({ "file": proposals[at]["file"], "digest": proposals[at]["digest"] });
    assert_eq!([&proposals[0]["others"], &proposals[1]["others"]], [&json!([of(1)]), &json!([of(0)])]);
    assert_eq!(proposals[2]["others"], json!([]));
}
