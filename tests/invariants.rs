//! The invariants that ARCHITECTURE.md names and that no single room can hold.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use changegate::config::Config;
use changegate::facts::Phase;
use changegate::gate::Gate;
use changegate::policy::{Pack, RuleSet};
use changegate::profiles::Profiles;
use changegate::report::{Json, Report};
use changegate::source::Source;
use changegate::verdict::{Judgement, OfRun, Outcome, Tally};
use std::fs;
use std::sync::Arc;

const DENIES: (&str, &str) = ("a/denies", r#"fn check(p) { if p.title != () { deny("no"); } }"#);
const PASSES: (&str, &str) = ("b/passes", r#"fn check(p) { if p.title == () { deny("no"); } }"#);
const FAILS: (&str, &str) = ("c/fails", r"fn check(p) { if p.title < 1 { return; } }");
/// It denies first, and fails then.
const DENIES_AND_FAILS: (&str, &str) =
    ("d/denies-and-fails", r#"fn check(p) { deny("no"); if p.title < 1 { return; } }"#);

fn gate(rules: &[(&str, &str)], phase: Phase) -> Result<Gate, changegate::finding::Fault> {
    let header = r#"const RULE = #{ title: "A rule", why: "A test.", help: "none", phases: ["plan"], level: "deny" };"#;
    let source = |id: &str, text: &str| Arc::new(Source::new(format!("{id}.rhai"), format!("{header}\n{text}")));
    let rules = rules.iter().map(|(id, text)| (Arc::from(*id), source(id, text))).collect();
    let pack = Pack { rules, ..Pack::default() };
    let rules = RuleSet::load(&[pack], &[], phase).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    Gate::new(rules, Profiles::none(), &Config::none(), phase, Some(now), now)
}

fn judge(rules: &[(&str, &str)]) -> (Gate, Judgement) {
    let gate = gate(rules, Phase::Plan).unwrap();
    let proposal = fs::read("examples/routine-patch.json").unwrap();
    let judgement = gate.judge("proposal.json", proposal);
    (gate, judgement)
}

#[test]
fn a_rule_that_fails_never_lets_pass() {
    let outcome = |rules: &[(&str, &str)]| judge(rules).1.outcome();
    assert_eq!(outcome(&[PASSES]), Outcome::Pass);
    assert_eq!(outcome(&[PASSES, FAILS]), Outcome::Undecided);
    assert_eq!(outcome(&[DENIES, PASSES]), Outcome::Blocked);
    assert_eq!(outcome(&[DENIES, FAILS]), Outcome::Undecided);
    let (_, judgement) = judge(&[DENIES_AND_FAILS]);
    assert_eq!((judgement.findings.len(), judgement.faults.len()), (1, 1), "what was found before the failure is kept");
    assert_eq!(judgement.outcome(), Outcome::Undecided);
}

#[test]
fn nothing_evaluated_is_no_pass() {
    let fault = gate(&[PASSES], Phase::Close).err().unwrap();
    assert_eq!(fault.code, "policy/no-rule-applied");
    assert_eq!(gate(&[], Phase::Plan).err().unwrap().code, "policy/no-rule-applied");
    assert_eq!(Tally::default().outcome(), Outcome::Undecided);
}

#[test]
fn equal_facts_and_rules_give_equal_reports_in_any_order_of_the_rules() {
    let report = |rules: &[(&str, &str)]| {
        let (gate, judgement) = judge(rules);
        let mut bytes = Vec::new();
        let mut tally = Tally::default();
        tally.add(&judgement);
        let mut report = Json::new(&mut bytes);
        report.begin(&gate.terms()).unwrap();
        report.judgement(&judgement).unwrap();
        report.end(&OfRun::default(), &tally).unwrap();
        drop(report);
        String::from_utf8(bytes).unwrap()
    };
    let first = report(&[DENIES, PASSES, FAILS, DENIES_AND_FAILS]);
    assert_eq!(first, report(&[DENIES, PASSES, FAILS, DENIES_AND_FAILS]));
    assert_eq!(first, report(&[DENIES_AND_FAILS, FAILS, PASSES, DENIES]));
}

#[test]
fn the_greater_outcome_is_that_of_the_whole() {
    assert!(Outcome::Pass < Outcome::Blocked && Outcome::Blocked < Outcome::Undecided);
    assert_eq!([Outcome::Pass, Outcome::Blocked, Outcome::Undecided].map(Outcome::exit_status), [0, 1, 2]);
}

/// A test that a document names has to be there.
#[test]
fn named_tests_exist() {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let mut named = 0;
    for (file, test) in text.split('`').skip(1).step_by(2).filter_map(|code| code.split_once("::")) {
        if file.ends_with(".rs") {
            let source = fs::read_to_string(file).unwrap_or_else(|_| panic!("ARCHITECTURE.md: there is no {file}"));
            assert!(source.contains(&format!("fn {test}(")), "ARCHITECTURE.md: {file} has no test {test}");
            named += 1;
        }
    }
    assert!(named > 10);
}

/// Days, hours and people are counted from 0; a limit of -3 days would deny everything, or nothing.
#[test]
fn a_parameter_is_negative_only_where_its_default_is() {
    let header = r#"const RULE = #{ title: "A rule", why: "A test.", help: "none", phases: ["plan"], level: "deny",
        params: #{ days: 3, offset: -3, share: 0.5, steps: [1, 2], name: "-3",
            people: #{ value: 2, unit: "people", least: 1, doc: "D." },
            areas: #{ value: ["a", "b"], unit: "texts", least: 1, doc: "D." } } };"#;
    let source = Arc::new(Source::new("a/set.rhai".to_owned(), format!("{header}\nfn check(p) {{ }}")));
    let pack = Pack { rules: vec![(Arc::from("a/set"), source)], ..Pack::default() };
    let set = |params: &str| {
        let text = format!("[rules.\"a/set\"]\nparams = {{ {params} }}");
        let config = Config::parse("changegate.toml", &text).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let faults = RuleSet::load(std::slice::from_ref(&pack), &config.settings, Phase::Plan).err();
        faults.unwrap_or_default().into_iter().map(|fault| (fault.code, fault.message)).collect::<Vec<_>>()
    };
    assert_eq!(set("days = 0, offset = -9, share = 0.0, steps = [0], name = \"-9\""), []);
    for (param, name) in
        [("days = -1", "days"), ("share = -0.1", "share"), ("share = -1", "share"), ("steps = [1, -1]", "steps")]
    {
        assert_eq!(set(param), [("config/out-of-range", format!("the parameter `{name}` of `a/set` is 0 or more"))]);
    }
    assert_eq!(set("people = 1, areas = [\"c\"]"), []);
    for (param, must) in
        [("people = 0", "`people` of `a/set` is 1 or more"), ("areas = []", "`areas` of `a/set` has one item or more")]
    {
        assert_eq!(set(param), [("config/out-of-range", format!("the parameter {must}"))]);
    }
}
