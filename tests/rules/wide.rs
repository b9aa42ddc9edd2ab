//! Lists in lists, and lists that add up: an author can make them as long as they like, and must not get "undecided" by it.

use crate::case::facts;
use changegate::facts::Phase;
use changegate::policy::{Evaluation, RuleSet, builtin};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// As many findings of one rule are told as anybody reads; a few more where it looks at several lists.
const MOST_TOLD: usize = 100;

/// What all rules of a phase make of an example with other values; none of them may fail, and none tell more than anybody reads.
pub fn decided(base: &str, now: &str, phase: Phase, set: &Value, profile: &Value) -> Evaluation {
    let case = json!({
        "name": "wide", "base": format!("examples/{base}.json"), "now": now, "phase": phase.as_str(), "set": set, "profile": profile,
    });
    judged(case, phase)
}

fn judged(case: Value, phase: Phase) -> Evaluation {
    let facts = facts(&serde_json::from_value(case).unwrap()).expect("a valid proposal");
    let evaluation = RuleSet::load(&[builtin()], &[], phase).unwrap().evaluate(&facts);
    assert!(evaluation.faults.is_empty(), "{:#?}", evaluation.faults);
    for finding in &evaluation.findings {
        let told = evaluation.findings.iter().filter(|other| other.rule == finding.rule).count();
        assert!(told <= MOST_TOLD, "{} tells {told} times: {}", finding.rule, finding.message);
    }
    evaluation
}

fn planned(set: &Value, profile: &Value) -> Evaluation {
    decided("payments-db", "2026-11-21T12:00:00Z", Phase::Plan, set, profile)
}

fn told(evaluation: &Evaluation, rule: &str, what: &str) -> usize {
    let those = evaluation.findings.iter().filter(|finding| *finding.rule == *rule);
    those.filter(|finding| finding.blocks() && finding.message.contains(what)).count()
}

pub fn list(number: usize, item: impl Fn(usize) -> Value) -> Value {
    (0..number).map(item).collect()
}

/// Components that each depend on the next ones, and so all on each other.
fn components(number: usize, each: usize) -> Value {
    let needs = |index: usize| list(each, |next| json!(format!("part-{}", (index + next + 1) % number)));
    list(
        number,
        |index| json!({ "name": format!("part-{index}"), "kind": "application", "version": "1.0", "depends_on": needs(index) }),
    )
}

#[test]
fn components_that_all_depend_on_each_other() {
    const RULE: &str = "inventory/dependencies-known";
    let wide = planned(&json!({}), &json!({ "/system/components": components(200, 100) }));
    assert_eq!(told(&wide, RULE, "list 20000 dependencies"), 1, "{:#?}", wide.findings);
    let parts = list(1000, |index| json!({ "component": format!("part-{index}"), "from": "1.0", "to": "1.1" }));
    let most =
        planned(&json!({ "/change/components": parts.clone() }), &json!({ "/system/components": components(1000, 5) }));
    assert_eq!(told(&most, RULE, "none of them can be upgraded first"), 1);
    let order = list(1000, |index| json!(format!("part-{index}")));
    let acyclic = list(1000, |index| {
        let needs = list(if index + 6 < 1000 { 5 } else { 0 }, |next| json!(format!("part-{}", index + next + 1)));
        json!({ "name": format!("part-{index}"), "kind": "application", "version": "1.0", "depends_on": needs })
    });
    let ordered = planned(
        &json!({ "/change/components": parts, "/inventory/order": order }),
        &json!({ "/system/components": acyclic }),
    );
    assert!(told(&ordered, RULE, "is upgraded before") > 0);
}

#[test]
fn a_way_back_through_components_that_need_each_other() {
    const RULE: &str = "rollback/independent-access";
    let back = json!({ "/rollback": { "approach": "restore", "requires": ["part-0"] } });
    assert_eq!(told(&planned(&back, &json!({ "/system/components": components(200, 100) })), RULE, "to work"), 0);
    let mut most = components(1000, 5);
    most[0]["depends_on"] =
        list(5, |index| if index == 0 { json!("database") } else { json!(format!("part-{index}")) });
    assert_eq!(told(&planned(&back, &json!({ "/system/components": most })), RULE, "that needs `database` to work"), 1);
    most[0]["depends_on"] =
        list(6, |index| if index == 0 { json!("database") } else { json!(format!("part-{index}")) });
    assert_eq!(told(&planned(&back, &json!({ "/system/components": most })), RULE, "to work"), 0);
}

#[test]
fn dependencies_and_removals_of_what_there_is_not() {
    const RULE: &str = "inventory/dependencies-known";
    let others = || list(1000, |index| json!({ "system": format!("s-{index}"), "component": format!("gone-{index}") }));
    let removes = list(1000, |index| json!(format!("gone-{index}")));
    let adds = list(
        1000,
        |index| json!({ "name": format!("new-{index}"), "kind": "application", "version": "1", "depends_on": ["gone-1", "database"] }),
    );
    let set = json!({ "/inventory/removes": removes, "/inventory/adds": adds });
    let wide = planned(&set, &json!({ "/system/dependencies": others(), "/system/dependants": others() }));
    assert_eq!(told(&wide, RULE, "is said to be at"), 20);
    assert_eq!(told(&wide, RULE, "the upgrade removes"), 20);
    assert_eq!(told(&wide, RULE, "and removes that"), 20);
}

/// What is judged of so many sites and so many components that change, each with the version of the site and the sites it runs at.
fn at_sites(number: usize, each: usize, version: impl Fn(usize) -> Value, runs_at: Option<&[&str]>) -> Evaluation {
    let sites = list(number, |site| json!({ "name": format!("s{site}"), "versions": version(site) }));
    let part = |part| {
        let mut part = json!({ "name": format!("p{part}"), "kind": "application", "version": "1.0" });
        if let Some(sites) = runs_at {
            part["sites"] = json!(sites);
        }
        part
    };
    let parts = list(each, |part| json!({ "component": format!("p{part}"), "from": "1.0", "to": "1.2" }));
    let names = list(number, |site| json!(format!("s{site}")));
    let sequence = list(number, |site| json!({ "site": format!("s{site}"), "treatment": "as usual" }));
    planned(
        &json!({ "/change/components": parts, "/change/sites": names, "/inventory/site_sequence": sequence }),
        &json!({ "/system/sites": sites, "/system/components": list(each, part) }),
    )
}

#[test]
fn sites_that_differ_in_everything() {
    const RULE: &str = "inventory/site-differences";
    let none = |_| json!([]);
    let wide = at_sites(150, 300, none, Some(&["s0"]));
    assert_eq!(told(&wide, RULE, "at 150 sites, which list 0 versions"), 1);
    let most = at_sites(66, 150, none, Some(&["s0"]));
    assert_eq!(told(&most, RULE, "at `s0`"), 20);
    // None is left out, and all differ.
    let each =
        |site| list(150, |part| json!({ "component": format!("p{part}"), "version": format!("1.{}", site % 2) }));
    let whole = at_sites(66, 150, each, None);
    assert!(told(&whole, RULE, "run different versions") > 0);
    let many = |_| list(1000, |_| json!({ "component": "p", "version": "1" }));
    let listing = at_sites(21, 1, many, Some(&["s0"]));
    assert_eq!(told(&listing, RULE, "21 sites, which list 21000 versions"), 1);
}

#[test]
fn stores_and_duties_that_say_nothing() {
    const RULE: &str = "migration/regulated-data";
    let stores = list(1000, |index| {
        if index % 2 == 0 {
            json!({ "name": format!("s-{index}") })
        } else {
            json!({ "name": format!("s-{index}"), "classes": ["health", "financial", "health"] })
        }
    });
    let regulated = json!({ "classes": ["card"], "duties": list(1000, |_| json!("n/a")), "signed": [] });
    let set = json!({ "/migration": { "kind": "data", "regulated_data": regulated } });
    let wide = planned(&set, &json!({ "/system/data_stores": stores }));
    assert!((20..=22).contains(&(told(&wide, RULE, "`s-"))));
    assert_eq!(told(&wide, RULE, "names no duty"), 20);
    assert_eq!(told(&wide, RULE, "nobody has signed"), 1);
}

#[test]
fn notices_that_name_a_group_again_and_again() {
    let to = list(50, |index| json!(["users", "customers", "partners"][index % 3]));
    let notices = list(1000, |_| json!({ "to": to, "at": "2026-11-23T09:00:00+01:00", "tells": ["time"] }));
    let set = json!({ "/communication/notices": notices, "/record/communication/to": [] });
    let wide = decided("life/3-close", "2027-01-08T10:00:00+01:00", Phase::Close, &set, &json!({}));
    assert_eq!(told(&wide, "communication/after", "were told of the upgrade, and not that it is over"), 1);
}

#[test]
fn values_of_a_thousand_metrics_that_are_far_from_the_plan() {
    let name = |index: usize| format!("queue {index}");
    let metrics = list(1000, |index| json!({ "metric": "queues", "name": name(index), "baseline": 1 }));
    let measured = list(1000, |index| json!({ "metric": "queues", "name": name(index), "value": 9 }));
    let set = json!({ "/monitoring/metrics": metrics, "/deploy/baseline": measured });
    let wide = decided("life/2-deploy", "2026-12-06T01:40:00+01:00", Phase::Deploy, &set, &json!({}));
    assert_eq!(told(&wide, "monitoring/baseline", "was measured since"), 20);
}

#[test]
fn figures_of_a_thousand_comparisons() {
    let told = |old: &str, new: &str| {
        let name = |index: usize| format!("ward-{index}");
        let planned = list(1000, |index| json!({ "name": name(index), "method": "sums", "tolerance": 1 }));
        let results =
            list(1000, |index| json!({ "name": name(index), "result": "passed", "source": old, "target": new }));
        let set = json!({ "/migration": { "data": { "reconciliation": planned } }, "/record/reconciliation": results });
        let wide = decided("life/3-close", "2027-01-08T10:00:00+01:00", Phase::Close, &set, &json!({}));
        told(&wide, "migration/data-mapped", "")
    };
    assert_eq!(told("48,211,904 rows", "48211903"), 0);
    assert_eq!(told("1,250,000.00 EUR", "1250000.00 EUR"), 0);
    let long = "7".repeat(190);
    assert_eq!(told(&long, &format!("{long}.0")), 0);
    assert_eq!(told("48211904 rows", "0 rows"), 20);
}

#[test]
fn images_that_are_each_moved_under_their_tag() {
    let url = |index: usize| format!("pkg:docker/acme/worker-{index}");
    let parts = list(
        1000,
        |index| json!({ "component": format!("worker-{index}"), "package_url": url(index), "from": "20", "to": "20" }),
    );
    let pins = list(1000, |index| {
        json!({
            "file": "Dockerfile", "line": index + 1, "ecosystem": "Docker", "name": format!("acme/worker-{index}"), "package_url": url(index),
            "kind": "changed", "floats": false, "direction": "same", "contents": "moved", "from": "20", "to": "20",
        })
    });
    let case = json!({
        "name": "wide", "base": "examples/routine-patch.json", "set": { "/change/components": parts }, "evidence": { "changes": pins },
    });
    let wide = judged(case, Phase::Plan);
    assert_eq!(told(&wide, "compatibility/version-path", "worker"), 0);
}

#[test]
fn a_component_that_is_listed_a_thousand_times_with_as_many_steps() {
    let steps =
        list(1000, |index| json!({ "component": "host", "from": format!("1.9.{index}"), "to": format!("2.{index}") }));
    let hosts = list(1000, |index| {
        json!({
            "name": "host", "kind": "server", "version": format!("R{index}"), "firmware": format!("F{index}"),
            "driver": format!("D{index}"), "patch_level": format!("P{index}"),
        })
    });
    let case = json!({
        "name": "wide", "base": "examples/routine-patch.json", "now": "2027-01-08T10:00:00Z", "phase": "close",
        "set": { "/change": { "components": steps }, "/record": { "outcome": "abandoned" } }, "profile": { "/system/components": hosts },
    });
    let facts = facts(&serde_json::from_value(case).unwrap()).expect("a valid proposal");
    let rules = RuleSet::load(&[builtin()], &[], Phase::Close).unwrap();
    let began = Instant::now();
    let evaluation = rules.evaluate(&facts);
    // None of that is a proposal: it may be undecided, and not take long.
    assert!(evaluation.faults.iter().all(|fault| fault.code == "policy/limit-operations"), "{:#?}", evaluation.faults);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}
