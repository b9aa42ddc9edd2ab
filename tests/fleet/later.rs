//! Stages that begin in a later window are held against others as the window itself is.

use super::NOTHING;
use super::few_rules;
use super::run::{contacts, edited, identity, night, payments, run};
use changegate::verdict::Judgement;
use serde_json::{Value, json};

type Changes = Vec<(&'static str, Value)>;

fn at(day: u32, time: &str) -> Value {
    json!(format!("2026-12-{day:02}T{time}:00+01:00"))
}

fn window(day: u32, from: &str, to: &str) -> Value {
    json!({ "start": at(day, from), "end": at(day, to) })
}

/// Changes that take some sites in the night that the proposal says, and the others in a second one. A third is there to fall back on.
fn stages(second: Value, start: Value, fall_back: Value) -> Changes {
    let first = json!({ "name": "first", "start": "2026-12-06T01:45:00+01:00" });
    vec![
        ("/window/alternatives", json!([fall_back, second])),
        ("/change/rollout/stages", json!([first, { "name": "second", "start": start }])),
    ]
}

/// On the sixth from one to five, then on the twentieth.
fn in_two_nights() -> Changes {
    stages(window(20, "01:00", "05:00"), at(20, "02:00"), window(13, "01:00", "05:00"))
}

/// Changes that move the window to some hours.
fn moved(day: u32, from: &str, to: &str) -> Changes {
    vec![
        ("/window/start", at(day, from)),
        ("/window/end", at(day, to)),
        ("/window/latest_rollback_decision", Value::Null),
    ]
}

#[test]
fn a_later_window_and_the_window_of_another_are_told_to_both() {
    let [staged, other] = ["a", "b"].map(|id| match id {
        "a" => payments(id, &in_two_nights()),
        _ => payments(id, &night(20, 1)),
    });
    // Whichever file comes first.
    for (one, two) in [("a", "b"), ("b", "a")] {
        let found = run(&[(one, staged.clone()), (two, other.clone())]);
        let mut told = found.told("window/no-overlap");
        told.sort();
        let later = "start: 2026-12-20T01:00:00+01:00";
        let main = "start: 2026-12-20T02:00:00+01:00";
        let mut wanted =
            [format!("deny {one}: {later} | {two}: {main}"), format!("deny {two}: {main} | {one}: {later}")];
        wanted.sort();
        assert_eq!(told, wanted);
        let mut messages = found.messages("window/no-overlap");
        messages.sort_unstable();
        let meet = "meet from 2026-12-20 02:00 +01:00 to 2026-12-20 05:00 +01:00, for 3 h";
        let of = |id: &str, both: &str| format!("`{id}` changes the same system at the same time: {both} {meet}");
        let wanted = [
            of("a", "`window` here and `window.alternatives[1]` there"),
            of("b", "`window.alternatives[1]` here and `window` there"),
        ];
        assert_eq!(messages, wanted);
    }
}

#[test]
fn two_later_windows_are_told_to_both() {
    let other = stages(window(20, "04:59", "06:00"), at(20, "05:00"), window(27, "01:00", "05:00"));
    let found = run(&[("a", payments("a", &in_two_nights())), ("b", payments("b", &[night(7, 0), other].concat()))]);
    assert_eq!(
        found.told("window/no-overlap"),
        [
            "deny a: start: 2026-12-20T01:00:00+01:00 | b: start: 2026-12-20T04:59:00+01:00",
            "deny b: start: 2026-12-20T04:59:00+01:00 | a: start: 2026-12-20T01:00:00+01:00",
        ]
    );
}

#[test]
fn windows_that_touch_to_the_minute_do_not_meet() {
    for (hours, told) in
        [(("05:00", "06:00"), 0), (("04:59", "06:00"), 2), (("00:00", "01:00"), 0), (("00:00", "01:01"), 2)]
    {
        let other = payments("b", &moved(20, hours.0, hours.1));
        let found = run(&[("a", payments("a", &in_two_nights())), ("b", other)]);
        for rule in ["window/no-overlap", "fleet/people-once"] {
            assert_eq!(found.told(rule).len(), told, "{rule} {hours:?}");
        }
    }
}

#[test]
fn a_night_to_fall_back_on_meets_nothing() {
    let found = run(&[("a", payments("a", &in_two_nights())), ("b", payments("b", &night(13, 0)))]);
    for rule in ["window/no-overlap", "fleet/people-once"] {
        assert_eq!(found.told(rule), NOTHING);
    }
    // Nor does a stage that begins as the other night ends.
    let ended = stages(window(13, "01:00", "05:00"), at(13, "05:00"), window(20, "01:00", "05:00"));
    let found = run(&[("a", payments("a", &ended)), ("b", payments("b", &night(13, 0)))]);
    assert_eq!(found.told("window/no-overlap"), NOTHING);
}

#[test]
fn a_later_window_on_a_system_that_another_needs_is_told_to_both() {
    let found = run(&[("a", payments("a", &night(20, 0))), ("b", identity("b", &in_two_nights()))]);
    assert_eq!(
        found.told("window/no-overlap"),
        [
            "deny a: start: 2026-12-20T01:00:00+01:00 | b: start: 2026-12-20T01:00:00+01:00",
            "warn b: start: 2026-12-20T01:00:00+01:00 | a: start: 2026-12-20T01:00:00+01:00",
        ]
    );
}

#[test]
fn people_who_are_counted_on_in_a_later_window_are_told_to_both() {
    let wiki = |contact: Value| {
        let own = [moved(20, "02:00", "04:00"), vec![("/support", json!({ "contacts": [contact] }))]].concat();
        edited("routine-patch", "b", &own)
    };
    let staged = [in_two_nights(), vec![("/support", json!({ "contacts": contacts(&["@zoe"]) }))]].concat();
    let zoe = json!({ "name": "Zoe", "roles": ["technical"] });
    let found = run(&[("a", payments("a", &staged)), ("b", wiki(zoe.clone()))]);
    assert_eq!(
        found.told("fleet/people-once"),
        ["deny a: name: @zoe | b: name: Zoe", "warn b: name: Zoe | a: name: @zoe"]
    );
    let lasts = "lasts from 2026-12-20 0";
    let messages = found.messages("fleet/people-once");
    assert!(messages[0].contains(&format!("whose window {lasts}2:00 +01:00")), "{messages:?}");
    assert!(messages[0].ends_with("and meets `window.alternatives[1]` here"), "{messages:?}");
    assert!(messages[1].contains(&format!("whose `window.alternatives[1]` {lasts}1:00 +01:00")), "{messages:?}");
    // They take turns there.
    let mut late = zoe;
    late["from"] = at(20, "03:00");
    let mut shift = staged;
    for (to, told) in [("03:00", 0), ("03:01", 2)] {
        let early = json!([{ "name": "@zoe", "roles": ["technical"], "to": at(20, to) }]);
        shift.push(("/support/contacts", early));
        let found = run(&[("a", payments("a", &shift)), ("b", wiki(late.clone()))]);
        assert_eq!(found.told("fleet/people-once").len(), told, "{to}");
    }
}

#[test]
fn what_comes_after_waits_for_the_last_stage() {
    let after = |day| payments("b", &[night(day, 0), vec![("/after", json!(["a"]))]].concat());
    let found = |day| run(&[("a", payments("a", &in_two_nights())), ("b", after(day))]);
    assert_eq!(
        found(19).told("fleet/in-order"),
        ["deny b: start: 2026-12-19T01:00:00+01:00 | a: end: 2026-12-20T05:00:00+01:00"]
    );
    assert_eq!(found(21).told("fleet/in-order"), NOTHING);
    // Of two that meet, the order alone is told.
    assert_eq!(found(20).told("window/no-overlap"), NOTHING);
}

/// A small proposal with a first window and so many later ones, each of an hour with a stage.
fn often(id: &str, system: &str, later: usize) -> Value {
    let hour = |day: usize, hour: usize| format!("2026-{:02}-{:02}T{hour:02}:00:00Z", 6 + day / 28, 1 + day % 28);
    let windows: Value = (1..=later).map(|day| json!({ "start": hour(day, 1), "end": hour(day, 2) })).collect();
    let stages: Value = (0..=later).map(|day| json!({ "name": "next", "start": hour(day, 1) })).collect();
    let window = json!({ "start": hour(0, 1), "end": hour(0, 2), "alternatives": windows });
    let rollout = json!({ "strategy": "staged", "stages": stages });
    edited("routine-patch", id, &[("/system/id", json!(system)), ("/window", window), ("/change/rollout", rollout)])
}

fn codes(judgement: &Judgement) -> Vec<&str> {
    judgement.faults.iter().map(|fault| fault.code).collect()
}

#[test]
fn more_windows_than_are_held_against_others_leave_it_undecided() {
    let found = |later| {
        let judgements = few_rules::judged(&[often("a", "s", later), often("b", "t", 1)], |_| {});
        assert_eq!(codes(&judgements[1]), NOTHING);
        codes(&judgements[0]).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found(51), NOTHING);
    assert_eq!(found(52), ["check/too-many-windows"]);
    // Alone there is nothing to hold them against.
    assert_eq!(codes(&few_rules::judged(&[often("a", "s", 52)], |_| {})[0]), NOTHING);
    // The last of those that are kept is held against others.
    let last = edited(
        "routine-patch",
        "b",
        &[
            ("/system/id", json!("s")),
            ("/window", json!({ "start": "2026-07-24T01:59:00Z", "end": "2026-07-24T03:00:00Z" })),
        ],
    );
    let judgements = few_rules::judged(&[often("a", "s", 51), last], |_| {});
    assert!(judgements.iter().all(|judgement| judgement.findings.len() == 1), "{judgements:#?}");
}

#[test]
fn what_meets_in_several_windows_takes_one_seat() {
    let all: Vec<_> = (0..49).map(|number| often(&format!("p{number}"), "s", 3)).collect();
    let judgement = &few_rules::judged(&all, |_| {})[0];
    assert_eq!((codes(judgement).as_slice(), judgement.others.len()), (&NOTHING[..], 48));
    assert_eq!(judgement.findings.len(), 48 * 4);
    let all: Vec<_> = (0..50).map(|number| often(&format!("p{number}"), "s", 3)).collect();
    assert_eq!(codes(&few_rules::judged(&all, |_| {})[0]), ["check/too-many-others"]);
}

/// Of those who are named for other hours none takes the seat of one who is not.
#[test]
fn turns_that_do_not_meet_take_no_seats() {
    let at = |hour: &str| json!(format!("2026-12-06T{hour}:00Z"));
    let proposal = |id: String, contact: Value| {
        let window = json!({ "start": at("01:00"), "end": at("05:00") });
        let own = [("/system/id", json!(id)), ("/window", window), ("/support", json!({ "contacts": [contact] }))];
        edited("routine-patch", &id, &own)
    };
    let ada = |from: &str, to: &str, roles: &[&str]| json!({ "name": "@ada", "roles": roles, "from": at(from), "to": at(to) });
    let mut all: Vec<_> =
        (0..40).map(|number| proposal(format!("p{number}"), ada("01:00", "03:00", &["technical"]))).collect();
    all.push(proposal("own".to_owned(), ada("03:00", "05:00", &["technical"])));
    all.push(proposal("late".to_owned(), ada("04:59", "05:00", &["vendor"])));
    let judgements = few_rules::judged(&all, |_| {});
    assert_eq!((judgements[40].others.len(), judgements[40].findings.len()), (1, 1));
    assert_eq!(judgements[41].findings.len(), 0);
    assert_eq!((judgements[0].others.len(), judgements[0].findings.len()), (32, 32));
}
