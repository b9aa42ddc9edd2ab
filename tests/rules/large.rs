//! Lists as long as the schema allows are decided: what a rule may cost is enough for each of them.
//!
//! Every list of the model is filled to its maximum, one at a time, with items that differ and with copies of what the example has; and
//! some long ones together.

use crate::case::{Case, facts};
use changegate::facts::Phase;
use changegate::policy::{RuleSet, builtin};
use changegate::proposal::model::PROPOSAL;
use changegate::proposal::shape::{Field, Kind, LIST_MAX, Object};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::thread;

/// What can't be decided yet: the list, or `*` for those together, the rule, and why.
const UNDECIDED: &[(&str, &str, &str)] = &[];

/// The example that is filled in each phase, and by when it is judged.
const BASES: [(Phase, &str, &str); 3] = [
    (Phase::Plan, "payments-db", "2026-11-21T12:00:00Z"),
    (Phase::Deploy, "life/2-deploy", "2026-12-06T01:40:00+01:00"),
    (Phase::Close, "life/3-close", "2027-01-08T10:00:00+01:00"),
];

/// Lists that rules hold against each other.
const TOGETHER: &[&[&str]] = &[
    &["support.contacts", "system.contacts", "deploy.contacts_reached"],
    &["change.rollout.stages", "window.alternatives"],
    &["change.rollout.stages", "system.peak_periods"],
    &["change.components", "record.installed"],
    &["testing.cases", "deploy.late_tests"],
    &["monitoring.metrics", "deploy.baseline", "record.monitoring.measured"],
    &["acceptance.checks", "record.acceptance.results"],
    &["system.components", "change.components", "inventory.order"],
    &["migration.data.reconciliation", "record.reconciliation"],
    &["migration.decommission.components", "system.components", "inventory.adds"],
];

#[test]
fn lists_as_long_as_can_be_are_decided() {
    let mut lists = Vec::new();
    collect(&PROPOSAL, &mut Vec::new(), &mut lists);
    assert!(lists.len() > 100, "the lists were not found: {}", lists.len());
    let all: Vec<_> = lists.iter().map(|list| (list.join("."), vec![list.clone()])).collect();
    let together = TOGETHER.iter().map(|paths| {
        let split = |path: &&str| path.split('.').map(str::to_owned).collect();
        (format!("* {}", paths.join(" ")), paths.iter().map(split).collect())
    });
    let jobs: Vec<(String, Vec<Vec<String>>)> = all.into_iter().chain(together).collect();
    let halves = jobs.chunks(jobs.len().div_ceil(thread::available_parallelism().map_or(1, usize::from)));
    let found: BTreeSet<String> = thread::scope(|scope| {
        let start =
            |jobs| thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, move || undecided(jobs)).unwrap();
        let threads: Vec<_> = halves.map(start).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let known: BTreeSet<_> = UNDECIDED.iter().map(|(list, rule, _)| format!("{list}: {rule}")).collect();
    assert_eq!(found, known, "left is what was found undecided, right what is listed in UNDECIDED");
}

#[test]
fn a_thousand_contacts_who_decline_are_told() {
    let contact =
        |index| json!({ "name": format!("name-{index}"), "roles": ["technical", "database"], "confirmed": false });
    let contacts: Value = (0..LIST_MAX).map(contact).collect();
    let known: Value = (0..LIST_MAX).map(|index| json!(format!("name-{index}"))).collect();
    let case = json!({
        "name": "they decline", "base": "examples/payments-db.json",
        "set": { "/support/contacts": contacts, "/system/dependencies/0/known_by": known },
        "profile": { "/system/contacts": null },
    });
    let facts = facts(&serde_json::from_value(case).unwrap()).expect("a valid proposal");
    let evaluation = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap().evaluate(&facts);
    assert!(evaluation.faults.is_empty(), "{:#?}", evaluation.faults);
    for (rule, what) in
        [("support/roles-reachable", "none of `name-0`"), ("support/no-single-point", "known by `name-0`")]
    {
        let told = |finding: &&changegate::finding::Finding| *finding.rule == *rule && finding.message.contains(what);
        assert!(evaluation.findings.iter().any(|finding| told(&finding)), "{rule}");
    }
}

/// The lists of the jobs that some rule can't decide, with the rule.
fn undecided(jobs: &[(String, Vec<Vec<String>>)]) -> BTreeSet<String> {
    let rules = Phase::ALL.map(|phase| RuleSet::load(&[builtin()], &[], phase).unwrap());
    let mut found = BTreeSet::new();
    for (name, lists) in jobs {
        // What is not there yet in a phase is no rule's business.
        let bases = BASES.into_iter().filter(|(phase, ..)| lists.iter().all(|list| is_of(*phase, &list[0])));
        // A list in a list is judged once: the outer one is judged in each phase.
        let inner = lists.iter().flatten().any(|name| name == "*");
        for (phase, base, now) in bases.take(if inner { 1 } else { BASES.len() }) {
            let new = filled(base, now, phase, lists, false);
            let copies = filled(base, now, phase, lists, true);
            let differ = new.set != copies.set || new.profile != copies.profile;
            for case in [Some(new), differ.then_some(copies)].into_iter().flatten() {
                let Some(facts) = facts(&case) else { panic!("{name}: no valid proposal in phase {phase}") };
                let evaluation = rules[phase as usize].evaluate(&facts);
                found.extend(evaluation.faults.iter().map(|fault| format!("{name}: {}", fault.message)));
            }
        }
    }
    found
}

fn is_of(phase: Phase, section: &str) -> bool {
    match section {
        "deploy" => phase != Phase::Plan,
        "record" => phase == Phase::Close,
        _ => true,
    }
}

fn filled(base: &str, now: &str, phase: Phase, lists: &[Vec<String>], copies: bool) -> Case {
    let example: Value =
        serde_json::from_str(&std::fs::read_to_string(format!("examples/{base}.json")).unwrap()).unwrap();
    let system = example["system"]["id"].as_str().unwrap();
    let profile: Value =
        serde_json::from_str(&std::fs::read_to_string(format!("examples/systems/{system}.json")).unwrap()).unwrap();
    let mut set = BTreeMap::new();
    let mut profile_set = BTreeMap::new();
    for list in lists {
        let of_system = list[0] == "system" && list[1] != "id";
        let (document, target) = if of_system { (&profile, &mut profile_set) } else { (&example, &mut set) };
        fill(document, list, copies, target);
    }
    serde_json::from_value(json!({
        "name": lists.iter().map(|list| list.join(".")).collect::<Vec<_>>().join(" "),
        "base": format!("examples/{base}.json"), "now": now, "phase": phase.as_str(), "set": set, "profile": profile_set,
    }))
    .unwrap()
}

/// Sets what stands at the outermost list or object of a path that the example lacks, with the list at the end of the path filled.
fn fill(document: &Value, list: &[String], copies: bool, set: &mut BTreeMap<String, Value>) {
    const ROOT: &Kind = &Kind::Object(&PROPOSAL);
    let mut kind = ROOT;
    let mut pointer = String::new();
    for (index, name) in list.iter().enumerate() {
        if name == "*" {
            let Kind::List(item) = kind else { panic!("{list:?}") };
            kind = item;
            pointer += "/0";
        } else {
            let Kind::Object(shape) = kind else { panic!("{list:?}") };
            kind = &shape.field(name).unwrap().kind;
            pointer = format!("{pointer}/{name}");
        }
        let there = document.pointer(&pointer).filter(|there| **there != json!([]));
        let rest = &list[index + 1..];
        if there.is_none() || rest.is_empty() {
            let known = there.and_then(|there| there.get(0)).filter(|_| copies);
            set.insert(pointer, deep(kind, rest, known));
            return;
        }
    }
}

/// A value that holds a full list at the end of a path, and besides what is required.
fn deep(kind: &'static Kind, rest: &[String], known: Option<&Value>) -> Value {
    match (kind, rest.split_first()) {
        (Kind::List(item), None) => {
            (0..LIST_MAX).map(|index| known.cloned().unwrap_or_else(|| whole(item, index))).collect()
        }
        (Kind::List(item), Some((_, rest))) => json!([deep(item, rest, None)]),
        (Kind::Object(shape), Some((name, rest))) => {
            let mut object = required(shape, 0);
            object.insert(name.clone(), deep(&shape.field(name).unwrap().kind, rest, None));
            object.into()
        }
        _ => panic!("there is no list at {rest:?}"),
    }
}

/// The `index`th value of a kind; an object has all its fields, where lists are left empty and objects have what is required.
fn whole(kind: &Kind, index: usize) -> Value {
    let Kind::Object(shape) = kind else { return value(kind, index) };
    let fill = |kind: &Kind| match kind {
        Kind::List(_) => json!([]),
        kind => value(kind, index),
    };
    let fields = shape.fields.iter();
    let filled = |field: &Field| if field.required { value(&field.kind, index) } else { fill(&field.kind) };
    Value::Object(fields.map(|field| (field.name.to_owned(), filled(field))).collect())
}

fn required(shape: &Object, index: usize) -> Map<String, Value> {
    let fields = shape.fields.iter().filter(|field| field.required);
    fields.map(|field| (field.name.to_owned(), value(&field.kind, index))).collect()
}

/// The `index`th value of a kind.
fn value(kind: &Kind, index: usize) -> Value {
    match kind {
        Kind::Text { .. } => json!(format!("number {index} of a long list")),
        Kind::Name | Kind::Person => json!(format!("name-{index}")),
        Kind::Flag => json!(index.is_multiple_of(2)),
        Kind::Count { min, max, .. } => json!((index as i64).clamp(*min, *max)),
        Kind::Number { min, max, .. } => json!((index as f64).clamp(*min, *max)),
        Kind::Instant => json!(format!("2026-12-{:02}T{:02}:{:02}:00+01:00", 1 + index % 28, index % 24, index % 60)),
        Kind::Date => json!(format!("2026-12-{:02}", 1 + index % 28)),
        Kind::Time => json!(format!("{:02}:{:02}", index % 24, index % 60)),
        Kind::Duration => json!(index % 60),
        Kind::Zone => json!("Europe/Berlin"),
        Kind::Digest => json!(format!("sha256:{index:064x}")),
        Kind::Choice(words) => json!(words[index % words.len()].word),
        Kind::List(item) => json!([value(item, index)]),
        Kind::Object(shape) => required(shape, index).into(),
        Kind::Map(_) => json!({}),
        Kind::Plain | Kind::Json => json!(index),
        Kind::Edits => json!({ format!("/{index}"): index }),
        Kind::Pointer => json!(format!("/{index}")),
    }
}

/// The paths of all lists: `*` is an item of one.
fn collect(shape: &Object, path: &mut Vec<String>, lists: &mut Vec<Vec<String>>) {
    for field in shape.fields {
        path.push(field.name.to_owned());
        let mut kind = &field.kind;
        let depth = path.len();
        while let Kind::List(item) = kind {
            lists.push(path.clone());
            path.push("*".to_owned());
            kind = item;
        }
        if let Kind::Object(inner) = kind {
            collect(inner, path, lists);
        }
        path.truncate(depth - 1);
    }
}
