//! Long lists in which half is good and half is bad, or which hold each other: what a rule looks up for each item of one in another
//! must not add up to more than a rule may cost. With all that is good, no honest proposal is left undecided; with half that is
//! bad, none that asks for it.

use crate::wide::{decided, list};
use changegate::facts::Phase;
use changegate::policy::Evaluation;
use changegate::proposal::shape::LIST_MAX;
use serde_json::{Map, Value, json};

fn planned(set: &Value, profile: &Value) -> Evaluation {
    decided("payments-db", "2026-11-21T12:00:00Z", Phase::Plan, set, profile)
}

fn deployed(set: &Value) -> Evaluation {
    decided("life/2-deploy", "2026-12-06T01:40:00+01:00", Phase::Deploy, set, &json!({}))
}

fn closed(set: &Value) -> Evaluation {
    decided("life/3-close", "2027-01-08T10:00:00+01:00", Phase::Close, set, &json!({}))
}

fn told<'e>(evaluation: &'e Evaluation, rule: &str) -> Vec<&'e str> {
    let those = evaluation.findings.iter().filter(|finding| *finding.rule == *rule);
    those.map(|finding| &*finding.message).collect()
}

fn people(number: usize) -> Value {
    list(number, |index| json!(format!("@p-{index}")))
}

fn accepted(by: &str) -> Value {
    json!({
        "by": by, "reason": "the old client is switched off in January, and nobody pays with it",
        "at": "2026-11-20T10:00:00+01:00", "valid_through": "2026-12-31",
    })
}

/// Those that are asked for whoever accepts something, and for the names of what there is.
fn crowded() -> Map<String, Value> {
    let approval =
        |index: usize| json!({ "by": format!("@a-{index}"), "role": "peer", "at": "2026-11-18T09:20:00+01:00" });
    let component = |index: usize| json!({ "name": format!("part-{index}"), "kind": "application", "version": "1.0" });
    let part = |index: usize| json!({ "component": format!("part-{index}"), "to": "1.1" });
    let all = json!({
        "/approvals": list(LIST_MAX, approval), "/co_authors": people(LIST_MAX), "/inventory/adds": list(LIST_MAX, component),
        "/change/components": list(LIST_MAX, part),
    });
    all.as_object().unwrap().clone()
}

fn crowded_with(set: &Value) -> Value {
    let mut all = crowded();
    all.extend(set.as_object().unwrap().clone());
    all.into()
}

#[test]
fn all_lists_of_people_and_parts_at_once() {
    planned(&crowded_with(&json!({})), &json!({}));
    let deputy = |index: usize| json!({ "name": format!("@c-{index}"), "roles": ["technical"], "deputy": "@zoe" });
    planned(&crowded_with(&json!({})), &json!({ "/system/contacts": list(LIST_MAX, deputy) }));
    // Those who approve wrote it.
    let own = |index: usize| json!({ "by": format!("@p-{index}"), "role": "owner", "at": "2026-11-18T09:20:00+01:00" });
    let set = crowded_with(&json!({ "/approvals": list(LIST_MAX, own) }));
    assert!(!told(&planned(&set, &json!({})), "approvals/not-self").is_empty());
}

#[test]
fn a_thousand_that_are_accepted() {
    for by in ["@ada", "@yan"] {
        let unsure = |index: usize| json!({ "component": format!("part-{index}"), "status": "assumed", "accepted": accepted(by) });
        let failed = |index: usize| json!({ "name": format!("case number {index}"), "result": "failed", "accepted": accepted(by) });
        let unsure =
            planned(&crowded_with(&json!({ "/compatibility/components": list(LIST_MAX, unsure) })), &json!({}));
        let failed = planned(&crowded_with(&json!({ "/testing/cases": list(LIST_MAX, failed) })), &json!({}));
        let flaws = [told(&unsure, "compatibility/nothing-assumed"), told(&failed, "testing/passed")];
        for flaws in flaws {
            assert_eq!(flaws.iter().any(|told| told.contains("does not hold")), by == "@yan", "{flaws:#?}");
        }
    }
}

#[test]
fn steps_back_that_each_name_a_part() {
    let step = |index: usize| json!({ "action": format!("install package {index} of the old version and start it"), "restores": "database", "components": [format!("part-{index}")] });
    let all = planned(&crowded_with(&json!({ "/rollback/steps": list(LIST_MAX, step) })), &json!({}));
    assert!(!told(&all, "rollback/steps").iter().any(|told| told.contains("is about")));
}

#[test]
fn issues_that_each_have_a_follow_up() {
    let what = |index: usize| format!("index number {index} has to be built anew");
    let issue = |index: usize| json!({ "what": what(index), "resolved": false, "owner": "@hal" });
    let follow_up = |index: usize| json!({ "what": what(index), "owner": "@hal", "ticket": "OPS-861", "due": "2027-02-18", "known_issue": true });
    let set =
        |followed| json!({ "/record/issues": list(LIST_MAX, issue), "/record/follow_ups": list(followed, follow_up) });
    const RULE: &str = "record/follow-ups-tracked";
    assert_eq!(told(&closed(&set(LIST_MAX)), RULE), [""; 0]);
    assert_eq!(told(&closed(&set(LIST_MAX - 1)), RULE), [format!("the open issue `{}` has no ticket", what(999))]);
}

/// Runs of a sort after the plan: half fail, and half are the same again and do not.
fn mended(of: &str, name: impl Fn(usize) -> Value) -> Value {
    let half = LIST_MAX / 2;
    list(LIST_MAX, |index| {
        let (day, outcome) = if index < half { ("03", "failed") } else { ("04", "passed") };
        json!({ "of": of, "at": format!("2026-12-{day}T03:00:00Z"), "outcome": outcome, "name": name(index % half) })
    })
}

#[test]
fn runs_that_failed_and_were_made_good() {
    let name = |index: usize| json!(format!("case number {index}"));
    for of in ["test-case", "load", "restore", "integrity", "rehearsal", "pilot"] {
        let runs = deployed(&json!({ "/deploy/late_tests": mended(of, name) }));
        assert_eq!(told(&runs, "testing/passed"), [""; 0]);
    }
    let unnamed = deployed(&json!({ "/deploy/late_tests": mended("load", |_| json!("under load")) }));
    assert_eq!(told(&unnamed, "testing/passed"), [""; 0]);
    let cases = |result: &str| {
        list(LIST_MAX, |index| json!({ "name": name(index), "process": "settlement", "result": result }))
    };
    let set = json!({ "/deploy/late_tests": mended("test-case", name), "/testing/cases": cases("passed") });
    assert_eq!(told(&deployed(&set), "testing/passed"), [""; 0]);
    // What was not run in the plan was run later.
    let late = |index: usize| json!({ "of": "test-case", "at": "2026-12-04T03:00:00Z", "outcome": "passed", "name": name(index) });
    let set = json!({ "/deploy/late_tests": list(LIST_MAX, late), "/testing/cases": cases("not-run") });
    let late = closed(&set);
    assert!(!told(&late, "fast-track/made-good").iter().any(|told| told.contains("has not passed")));
}

#[test]
fn approvals_of_which_every_second_is_too_old() {
    let approval = |mend: bool| {
        move |index: usize| {
            let by = if mend { index / 2 } else { index };
            let day = if index.is_multiple_of(2) { "2026-01-02" } else { "2026-11-18" };
            json!({ "by": format!("@a-{by}"), "role": "peer", "at": format!("{day}T09:20:00+01:00") })
        }
    };
    const RULE: &str = "approvals/current";
    let set =
        |mend| json!({ "/submitted_at": "2026-01-01T09:00:00+01:00", "/approvals": list(LIST_MAX, approval(mend)) });
    assert_eq!(told(&planned(&set(true), &json!({})), RULE), [""; 0]);
    assert_eq!(told(&planned(&set(false), &json!({})), RULE).len(), 20);
}

#[test]
fn what_each_one_alone_knows_in_each_of_many_windows() {
    let point = |index: usize| json!({ "what": format!("export {index}"), "known_by": format!("@s-{index}"), "also_briefed": ["@ada"] });
    let at = |index: usize, hour: usize| format!("2027-{:02}-{:02}T{hour:02}:00:00Z", 1 + index / 28, 1 + index % 28);
    let window = |index: usize| json!({ "start": at(index, 1), "end": at(index, 5) });
    let stage = |index: usize| json!({ "name": format!("stage {index}"), "start": at(index, 2) });
    let critical = |index: usize| json!({ "name": format!("part-{index}"), "kind": "application", "version": "1.0", "critical": true, "known_by": ["@ada", "@hal"] });
    for (points, windows, parts) in [
        (LIST_MAX, 300, 0),
        (LIST_MAX, 20, 10),
        (LIST_MAX, 1, LIST_MAX),
        (100, 1, 900),
        (5, 20, LIST_MAX),
        (LIST_MAX, 45, 1),
    ] {
        let set = json!({
            "/support/single_points": list(points, point), "/window/alternatives": list(windows, window),
            "/change/rollout/stages": list(windows, stage),
        });
        planned(&set, &json!({ "/system/components": list(parts, critical), "/system/low_risk_windows": null }));
    }
}

#[test]
fn sites_of_stages() {
    let sites = |number| list(number, |index| json!(format!("site-{index}")));
    let site = |index: usize| json!({ "name": format!("site-{index}"), "environment": "production" });
    let stage = |index: usize| json!({ "name": format!("stage {index}"), "sites": [format!("site-{index}")] });
    let set = json!({ "/change/sites": sites(500), "/change/rollout/stages": list(LIST_MAX, stage) });
    planned(&set, &json!({ "/system/sites": list(LIST_MAX, site) }));
}
