//! A draft never passes, whatever it is a draft of.

use changegate::config::Config;
use changegate::document::{Document, Limits};
use changegate::draft::{Chosen, Draft, Known, Package, Upgrade};
use changegate::facts::Phase;
use changegate::files::Files;
use changegate::gate::Gate;
use changegate::policy::{RuleSet, STACK, builtin};
use changegate::profiles::Profiles;
use changegate::proposal::model::{EVIDENCE, PROFILE, PROPOSAL};
use changegate::proposal::read_partly;
use changegate::verdict::Outcome;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

pub fn gate() -> Gate {
    let rules = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap();
    let files = Arc::new(Files::folder(Path::new(".")));
    let profiles = Profiles::of(&files, Path::new("examples/systems"), true, Limits::default()).unwrap();
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    Gate::new(rules, profiles, &Config::none(), Phase::Plan, Some(now), now).unwrap()
}

static GATE: LazyLock<Gate> = LazyLock::new(gate);
static SCALES: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());

pub fn package(name: &str, from: &str, to: &str, size: Option<&str>) -> Package {
    Package {
        name: name.to_owned(),
        component: None,
        package_url: Some(format!("pkg:npm/{name}")),
        from: Some(from.to_owned()),
        to: to.to_owned(),
        size: size.map(str::to_owned),
        back: false,
    }
}

pub fn known(system: &str, chosen: &Chosen) -> Known {
    Known::of(&Upgrade { system, components: &[], chosen }, &[], "2026-11-21T12:00:00Z")
}

/// Judges as the threads of a fleet do.
fn outcome(text: String) -> (Outcome, Vec<String>) {
    let judge = || {
        let judgement = GATE.judge("draft.json", text.into_bytes());
        (judgement.outcome(), judgement.findings.iter().map(|finding| finding.rule.to_string()).collect())
    };
    std::thread::scope(|scope| {
        std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, judge).unwrap().join().unwrap()
    })
}

fn a_draft() -> impl Strategy<Value = (Known, String)> {
    let system = select(vec!["wiki", "payments-db", "unheard-of"]);
    let size = select(vec![Some("patch"), Some("minor"), Some("major"), None]);
    let urgency = select(vec![None, Some("emergency"), Some("urgent")]);
    let class = select(vec![None, Some("security"), Some("hardware")]);
    let reversibility = select(vec![None, Some("irreversible"), Some("reversible")]);
    (system, size, 1..4usize, urgency, class, reversibility).prop_map(
        |(system, size, count, urgency, class, reversibility)| {
            let direct = (0..count).map(|n| package(&format!("part-{n}"), "1.0.0", "1.0.1", size)).collect();
            let chosen = Chosen { direct, ..Chosen::default() };
            let mut known = known(system, &chosen);
            for (path, said) in [
                (["reason", "urgency"], urgency),
                (["reason", "class"], class),
                (["change", "reversibility"], reversibility),
            ] {
                if let Some(word) = said {
                    known.say(path, word.into());
                }
            }
            (known, system.to_owned())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_draft_never_passes((known, system) in a_draft()) {
        let drafted = match Draft::of(&known, &GATE) {
            Ok(drafted) => drafted,
            // Of a system that has no profile where others have one nothing can be judged.
            Err(_) => {
                prop_assert_eq!(system, "unheard-of");
                return Ok(());
            }
        };
        SCALES.lock().unwrap().insert(drafted.scale.as_ref().unwrap().scale.as_str());
        prop_assert!(drafted.open() > 10);
        let (judged, rules) = outcome(drafted.text());
        prop_assert_eq!(judged, Outcome::Blocked);
        prop_assert!(rules.iter().any(|rule| rule == "proposal/draft"));
        prop_assert!(rules.iter().all(|rule| ["proposal/draft", "proposal/unfilled", "proposal/too-many-problems"].contains(&rule.as_str())), "{:?}", rules);
        // Nor does it when only the line goes that says that it is one.
        let mut without: Value = drafted.document.clone();
        without.as_object_mut().unwrap().remove("draft");
        let (judged, rules) = outcome(without.to_string());
        prop_assert_eq!(judged, Outcome::Blocked);
        prop_assert!(rules.iter().any(|rule| rule == "proposal/unfilled"));
    }
}

#[test]
fn each_scale_asks_for_more_than_the_one_below() {
    let open = |system: &str, say: &[([&'static str; 2], &str)]| {
        let chosen = Chosen { direct: vec![package("search", "1.0.0", "1.0.1", Some("patch"))], ..Chosen::default() };
        let mut known = known(system, &chosen);
        for (path, word) in say {
            known.say(*path, (*word).into());
        }
        let draft = Draft::of(&known, &GATE).unwrap();
        (draft.scale.as_ref().unwrap().scale.as_str(), draft.open())
    };
    let routine = open("wiki", &[]);
    let standard = open("wiki", &[(["reason", "class"], "architecture")]);
    let critical = open("payments-db", &[]);
    let emergency = open("payments-db", &[(["reason", "urgency"], "emergency")]);
    assert_eq!([routine.0, standard.0, critical.0, emergency.0], ["routine", "standard", "critical", "emergency"]);
    // What is said is open no more.
    assert!(
        routine.1 <= standard.1 + 1 && standard.1 < critical.1 && critical.1 <= emergency.1 + 1,
        "{routine:?} {standard:?} {critical:?} {emergency:?}"
    );
}

#[test]
fn a_mark_is_no_value_of_any_kind() {
    let told = |text: String, shape| {
        let document = Document::parse("p.json", text.into_bytes(), &Limits::default()).unwrap();
        let problems = read_partly(&document, shape).1.into_iter();
        problems.map(|problem| (problem.pointer.clone(), problem.into_finding())).collect::<Vec<_>>()
    };
    let marked = r#"{ "changegate": 1, "id": "TODO:id", "title": "TODO: a title", "draft": "TODO:", "system": { "id": "a" },
        "change": { "touches": ["TODO: which"], "size": "TODO: patch?" }, "window": "TODO: when", "impact": { "downtime": "TODO: 5" },
        "approvals": "TODO: who", "after": ["TODO"], "submitted_at": "TODO: when" }"#;
    let found = told(marked.to_owned(), &PROPOSAL);
    let pointers: Vec<_> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
    let expected = [
        "/id",
        "/title",
        "/draft",
        "/change/touches/0",
        "/change/size",
        "/window",
        "/impact/downtime",
        "/approvals",
        "/submitted_at",
    ];
    assert_eq!(pointers, expected);
    assert!(found.iter().all(|(_, finding)| &*finding.rule == "proposal/unfilled"), "{found:#?}");
    let size = &found[4].1;
    assert_eq!(size.message, "`size` is yet to be filled in");
    assert!(size.help.as_ref().unwrap().ends_with("; write one of patch, minor, major, replacement"), "{size:?}");
    let profile = r#"{ "changegate": 1, "system": { "id": "a", "owner": "TODO: who" } }"#;
    assert_eq!(told(profile.to_owned(), &PROFILE).len(), 1);
    // What others have written is no draft: a package may be called so.
    let evidence = r#"{ "changes": [{ "name": "TODO: x" }] }"#;
    assert!(told(evidence.to_owned(), &EVIDENCE).iter().all(|(_, finding)| !finding.rule.ends_with("/unfilled")));
}
