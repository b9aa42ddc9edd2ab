//! Two long lists that refer to each other, all of them good: what a rule looks up in one for each item of the other must not add up
//! to more than a rule may cost. Each item is looked for from the other end of the other list, or all are about its last one.
//!
//! In `large` and `halves` a match comes first, or a denial comes early and ends the rule: what is slow is what is good.

use crate::case::{Case, facts};
use crate::wide::list;
use changegate::facts::Phase;
use changegate::policy::{RuleSet, builtin};
use changegate::proposal::shape::LIST_MAX;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::thread;

/// Of all pairs each eleventh is made; `SWEEP=all` makes each of them, in some minutes.
const STEP: usize = 11;

/// A list: where it stands, and its item of a number, which refers to what has another number.
type List = (&'static str, fn(usize, usize) -> Value);

/// What stands in the proposal besides, by JSON pointers, as JSON texts.
type Beside = &'static [(&'static str, &'static str)];

/// What is known by the name of a component, its version or a test of it.
const PARTS: &[List] = &[
    (
        "/system/components",
        |own, _| json!({ "name": part(own), "kind": "application", "version": "1.0", "known_by": ["@ada", "@gil"] }),
    ),
    (
        "/change/components",
        |own, other| json!({ "component": part(own), "from": "1.0", "to": version(other), "size": "patch" }),
    ),
    (
        "/inventory/adds",
        |own, other| json!({ "name": format!("new-{own}"), "kind": "application", "version": version(other) }),
    ),
    ("/inventory/order", |own, _| json!(part(own))),
    (
        "/testing/cases",
        |own, other| json!({ "name": test(own), "process": "settlement", "result": "passed", "version": version(other) }),
    ),
    ("/deploy/late_tests", |own, other| run("test-case", own, other)),
    ("/deploy/late_tests", |own, other| run("load", own, other)),
    ("/deploy/running", |_, other| json!({ "component": part(other), "version": "1.0" })),
    ("/record/installed", |_, other| json!({ "component": part(other), "from": "1.0", "version": version(other) })),
    (
        "/record/follow_ups",
        |_, other| json!({ "what": format!("bring {} to {}", part(other), version(other)), "owner": "@hal", "ticket": "OPS-861", "due": "2027-02-18", "known_issue": false }),
    ),
    ("/compatibility/components", |_, other| json!({ "component": part(other), "status": "verified" })),
    (
        "/rollback/steps",
        |_, other| json!({ "action": format!("install {} 1.0 from the archive and start it", part(other)), "restores": "database", "components": [part(other)] }),
    ),
    (
        "/migration/parity",
        |own, other| json!({ "name": test(own), "kind": "function", "status": "same", "test": test(other) }),
    ),
];

/// What is known by the name of a site, or what is at it.
const SITES: &[List] = &[
    (
        "/system/sites",
        |own, _| json!({ "name": site(own), "role": "peer", "environment": "production", "versions": [{ "component": "database", "version": "15.8" }] }),
    ),
    ("/system/components/0/sites", |own, _| json!(site(own))),
    ("/system/sites/0/versions", |own, _| json!({ "component": part(own), "version": "1.0" })),
    ("/change/sites", |own, _| json!(site(own))),
    (
        "/change/components",
        |own, other| json!({ "component": part(own), "from": "1.0", "to": version(other), "size": "patch" }),
    ),
    (
        "/system/components",
        |own, other| json!({ "name": part(own), "kind": "application", "version": "1.0", "known_by": ["@ada", "@gil"], "sites": [site(other)] }),
    ),
    (
        "/change/rollout/stages",
        |own, other| json!({ "name": format!("stage {own}"), "sites": [site(other)], "soak": 20 }),
    ),
    ("/change/rollout/stages/1/sites", |own, _| json!(site(own))),
    (
        "/inventory/site_sequence",
        |_, other| json!({ "site": site(other), "from": "15.8", "to": "16.4", "treatment": "after berlin-1, as there" }),
    ),
    ("/deploy/running", |_, other| json!({ "component": "database", "site": site(other), "version": "15.8" })),
    ("/deploy/running", |_, _| json!({ "component": "database", "version": "15.8" })),
    (
        "/record/installed",
        |_, other| json!({ "component": "database", "site": site(other), "from": "15.8", "version": "16.4" }),
    ),
    ("/record/installed", |_, _| json!({ "component": "database", "from": "15.8", "version": "16.4" })),
];

/// What can't be decided yet, the rule and the lists: four full lists, of components that each change at each of a thousand sites.
const UNDECIDED: &[(&str, &str)] = &[
    ("inventory/running-as-planned", "/change/components /deploy/running /system/sites /change/sites"),
    ("inventory/site-differences", "/system/sites /change/sites /change/components /inventory/site_sequence"),
];

fn part(number: usize) -> String {
    format!("part-{number}")
}

fn site(number: usize) -> String {
    format!("site-{number}")
}

fn test(number: usize) -> String {
    format!("case number {number}")
}

fn version(number: usize) -> String {
    format!("1.0.{}", number + 1)
}

fn run(of: &str, own: usize, other: usize) -> Value {
    json!({ "of": of, "name": test(own), "at": "2026-12-03T14:00:00+01:00", "outcome": "passed", "version": version(other) })
}

#[test]
fn two_long_lists_of_what_is_good_are_decided() {
    let mut cases = Vec::new();
    for (lists, companions) in
        [(PARTS, ["/system/components", "/change/components"]), (SITES, ["/system/sites", "/change/sites"])]
    {
        for (number, one) in lists.iter().enumerate() {
            for another in &lists[number + 1..] {
                if one.0 == another.0 {
                    continue;
                }
                for last in [false, true] {
                    // What they name is there: a name of nothing is denied before it costs.
                    let is_there =
                        |list: &&List| companions.contains(&list.0) && list.0 != one.0 && list.0 != another.0;
                    let there = lists.iter().filter(is_there);
                    let all: Vec<_> = [one, another].into_iter().chain(there).collect();
                    cases.push(of(&all, last, &[]));
                }
            }
        }
    }
    let step = if std::env::var("SWEEP").is_ok_and(|sweep| sweep == "all") { 1 } else { STEP };
    let mut cases: Vec<_> = cases.into_iter().step_by(step).collect();
    let count = thread::available_parallelism().map_or(1, usize::from);
    cases.extend(together());
    let undecided: BTreeSet<String> = thread::scope(|scope| {
        let start =
            |cases| thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, move || undecided(cases)).unwrap();
        let threads: Vec<_> = cases.chunks(cases.len().div_ceil(count)).map(start).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let is_known =
        |found: &&String| UNDECIDED.iter().any(|(rule, lists)| found.contains(rule) && found.contains(lists));
    let undecided: Vec<_> = undecided.iter().filter(|found| !is_known(found)).collect();
    assert!(undecided.is_empty(), "{} of {}: {undecided:#?}", undecided.len(), cases.len());
}

/// Others that have to be of one kind for a rule to hold them against each other.
fn together() -> Vec<Case> {
    const INSTALLED: List =
        ("/record/installed", |own, _| json!({ "component": part(own), "from": "1.0", "version": "1.0" }));
    const LEFT: List = (
        "/record/installed",
        |own, _| json!({ "component": part(own), "site": site(own), "from": "1.0", "version": version(own) }),
    );
    const FOUND: List =
        ("/deploy/running", |own, _| json!({ "component": "database", "site": "berlin-1", "version": version(own) }));
    const WAS: List = (
        "/record/installed",
        |_, other| json!({ "component": "database", "site": "berlin-1", "from": version(other), "version": "16.4" }),
    );
    const REPLACED: List = (
        "/change/components",
        |own, _| json!({ "component": part(own), "from": "1.0", "to": version(own), "size": "replacement" }),
    );
    const REQUIRED: List = ("/change/required_steps", |own, _| json!(format!("15.8.{}", own + 1)));
    const STEPS: List = ("/change/steps", |own, _| json!(format!("15.8.{}", own + 1)));
    const TO: List = (
        "/inventory/site_sequence",
        |own, other| json!({ "site": site(own), "from": "15.8", "to": version(other), "treatment": "after berlin-1, as there" }),
    );
    const SOME: List = ("/change/sites", |own, _| json!(format!("another-{own}")));
    const VERSIONS: List = (
        "/system/sites",
        |own, _| json!({ "name": site(own), "role": "peer", "environment": "production", "versions": [{ "component": "database", "version": format!("15.{own}.1") }] }),
    );
    const RUNNING: List =
        ("/deploy/running", |_, other| json!({ "component": "database", "version": format!("15.{other}.1") }));
    let (parts, sites) = (&PARTS[0], &SITES[0]);
    let (changed, chosen, stages, follow_ups) = (&PARTS[1], &SITES[3], &SITES[6], &PARTS[9]);
    const PARTIAL: Beside = &[("/record/outcome", "\"rolled-back\""), ("/record/rollback", "\"partial\"")];
    const WHOLE: Beside = &[("/record/outcome", "\"rolled-back\""), ("/record/rollback", "\"complete\"")];
    const FIRST: Beside = &[("/change/rollout/strategy", "\"standby-first\"")];
    const MOVED: Beside = &[("/migration", r#"{ "kind": "software" }"#)];
    let sets: &[(&[&List], Beside)] = &[
        (&[parts, changed, &INSTALLED], WHOLE),
        (&[parts, changed, &LEFT, follow_ups], PARTIAL),
        (&[parts, changed, chosen, sites, &PARTS[8]], &[]),
        (&[&FOUND, &WAS], &[]),
        (&[parts, &REPLACED], MOVED),
        (&[&REQUIRED, &STEPS], &[]),
        (&[sites, chosen, stages], FIRST),
        (&[chosen, stages], FIRST),
        (&[sites, &SOME, &TO], &[]),
        (&[sites, &SOME, changed, &TO], &[]),
        (&[sites, chosen, changed, &TO], &[]),
        (&[&VERSIONS, &RUNNING], &[]),
    ];
    sets.iter().flat_map(|(lists, beside)| [false, true].map(|last| of(lists, last, beside))).collect()
}

#[test]
fn many_windows_and_many_freezes_are_decided() {
    let day = |index: usize| format!("2027-{:02}-{:02}", 1 + index / 28 % 12, 1 + index % 28);
    let year = |index: usize| 2027 + index / 336;
    let at = |index: usize, hour: usize| format!("{}{}T{hour:02}:00:00Z", year(index), &day(index)[4..]);
    let windows = list(300, |index| json!({ "start": at(index, 1), "end": at(index, 5) }));
    let stages =
        list(300, |index| json!({ "name": format!("stage {index}"), "sites": ["berlin-2"], "start": at(index, 2) }));
    // Between two nights, and so in none of them; in other environments, in which no site lies.
    let freezes = |hour: usize, environments: Value| {
        list(
            LIST_MAX,
            |index| json!({ "name": format!("freeze {index}"), "start": at(index % 300, hour), "end": at(index % 300, hour + 3), "environments": environments }),
        )
    };
    for (freezes, told) in [(freezes(6, json!([])), 0), (freezes(3, json!(["staging"])), 0), (freezes(3, json!([])), 1)]
    {
        let case = json!({
            "name": "freezes", "base": "examples/payments-db.json", "now": "2026-11-21T12:00:00Z", "evidence": { "freezes": freezes },
            "set": { "/window/alternatives": windows, "/change/rollout/stages": stages },
        });
        let facts = facts(&serde_json::from_value(case).unwrap()).expect("a valid proposal");
        let evaluation = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap().evaluate(&facts);
        assert!(evaluation.faults.is_empty(), "{:#?}", evaluation.faults);
        let those = evaluation.findings.iter().filter(|finding| *finding.rule == *"freeze/respected").count();
        assert_eq!(those.min(1), told);
    }
}

fn undecided(cases: &[Case]) -> BTreeSet<String> {
    let rules = Phase::ALL.map(|phase| RuleSet::load(&[builtin()], &[], phase).unwrap());
    let mut found = BTreeSet::new();
    for case in cases {
        let facts = facts(case).unwrap_or_else(|| panic!("{}: no valid proposal", case.name));
        let evaluation = rules[facts.phase as usize].evaluate(&facts);
        found.extend(evaluation.faults.iter().map(|fault| format!("{}: {}", fault.message, case.name)));
    }
    found
}

/// The good proposal of the phase in which the lists are judged for the first time, with them filled; none where what stands beside them
/// is of a later phase.
fn of(lists: &[&List], last: bool, beside: Beside) -> Case {
    let is_of = |section| lists.iter().any(|(at, _)| at.starts_with(section));
    let (base, systems, now, phase) = if is_of("/record/") {
        ("life/3-close", "life/systems", "2027-01-08T10:00:00+01:00", "close")
    } else if is_of("/deploy/") {
        ("life/2-deploy", "systems", "2026-12-06T01:40:00+01:00", "deploy")
    } else {
        ("payments-db", "systems", "2026-11-21T12:00:00Z", "plan")
    };
    let read = |file: String| -> Value { serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap() };
    let proposal = read(format!("examples/{base}.json"));
    let system = read(format!("examples/{systems}/{}.json", proposal["system"]["id"].as_str().unwrap()));
    let mut set = json!({});
    let mut profile = json!({});
    if phase == "close" {
        profile["/system"] = system["system"].clone();
    }
    for (number, (at, item)) in lists.iter().enumerate() {
        let is_of_system = at.starts_with("/system/");
        let there = if is_of_system { &system } else { &proposal }.pointer(at);
        let mut items = there.and_then(Value::as_array).cloned().unwrap_or_default();
        let rest = LIST_MAX - items.len();
        items.extend((0..rest).map(|index| {
            // One list from its beginning, and the others from their end.
            let own = if number == 0 { index } else { rest - 1 - index };
            item(own, if last && number != 0 { rest - 1 } else { own })
        }));
        let target = if is_of_system { &mut profile } else { &mut set };
        target[*at] = items.into();
    }
    for (at, value) in beside {
        set[*at] = serde_json::from_str(value).unwrap();
    }
    let names: Vec<_> = lists.iter().map(|(at, _)| *at).collect();
    let name = format!("{} {}{beside:?}", names.join(" "), if last { "(all of the last) " } else { "" });
    let case = json!({
        "name": name, "base": format!("examples/{base}.json"), "now": now, "phase": phase, "set": set, "profile": profile,
    });
    serde_json::from_value(case).unwrap()
}
