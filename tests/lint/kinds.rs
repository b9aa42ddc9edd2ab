//! What `lint/different-kinds` says of operators and functions is what they do in a run, whatever they are given.

use super::here;
use changegate::config::Config;
use changegate::document::{Document, Limits};
use changegate::facts::{Facts, Phase};
use changegate::lint::lint;
use changegate::policy::{self, Function, Pack, RuleSet};
use changegate::proposal::model::PROPOSAL;
use changegate::proposal::{Scaled, Thresholds, read_laid};
use changegate::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Arc, LazyLock};

/// A value of each kind, each in a variable of its own: Rhai's parser and the one for words look at what is written down. The first are what
/// most functions take.
const VALUES: &[(&str, &str)] = &[
    ("text", "\"UTC\""),
    ("object", "p.window"),
    ("moment", "now"),
    ("texts", "[\"a\"]"),
    ("title", "p.title"),
    ("count", "3"),
    ("param", "params.most"),
    ("size", "len(p.approvals)"),
    ("fraction", "1.5"),
    ("flag", "true"),
    ("day", "day_of(now, \"UTC\")"),
    ("time", "p.system.peak_periods[0].from"),
    ("length", "minutes(5)"),
    ("list", "p.approvals"),
    ("kept", "filter(p.approvals, |approval| true)"),
    ("moments", "map(p.approvals, |approval| approval.at)"),
    ("given", "params.list"),
    ("empty", "[]"),
    ("own_map", "#{ a: 1 }"),
    ("all_params", "params"),
    ("range", "0..2"),
    ("report", "deny(\"x\")"),
];

/// Whether the lint says that an expression fails, and what it fails with in a run.
type Tried = (bool, Option<String>);

/// What comes of each of these.
fn tried(expressions: &[String]) -> Vec<Tried> {
    expressions.chunks(20).flat_map(tried_together).collect()
}

fn tried_together(expressions: &[String]) -> Vec<Tried> {
    const HEADER: &str = "const RULE = #{ title: \"A title\", why: \"A test.\", help: \"mend it\", phases: [\"plan\"], level: \"deny\", \
                          params: #{ most: 30, list: [\"a\"] } };";
    let rule = |body: &str| {
        let values = VALUES.iter().filter(|(name, _)| body.contains(name));
        let values: String = values.map(|(name, value)| format!("let {name} = {value};")).collect();
        format!("{HEADER}\nfn check(p) {{ let x = (); {values}\n{body}}}\n")
    };
    let all: String = expressions.iter().map(|expression| format!("    {expression};\n")).collect();
    let source = |name: &str, text: String| Arc::new(Source::new(name, text));
    let linted = lint(&here(), &(Arc::from("a/all"), source("none/all.rhai", rule(&all))));
    assert!(linted.faults.is_empty(), "{:#?}", linted.faults);
    let told = linted.findings().filter(|(finding, _)| finding.message.contains("fails the rule"));
    let lines: BTreeSet<_> = told.map(|(finding, _)| finding.primary.place.start().line).collect();
    let rules = expressions.iter().enumerate().map(|(number, expression)| {
        (Arc::from(format!("a/{number}")), source(&number.to_string(), rule(&format!("    {expression};\n"))))
    });
    let pack = Pack { rules: rules.collect(), sound: false };
    let set = RuleSet::load(&[pack], &[], Phase::Plan).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let faults = set.evaluate(&FACTS).faults;
    let failed = faults.iter().map(|fault| (fault.labels[0].place.source.name().to_owned(), fault.code.to_string()));
    let failed: BTreeMap<_, _> = failed.collect();
    let of = |index: usize| (lines.contains(&(index as u32 + 3)), failed.get(&index.to_string()).cloned());
    (0..expressions.len()).map(of).collect()
}

/// Whether that was because of the kind of a value.
fn by_kind(failed: Option<&String>) -> bool {
    const CODES: &[&str] = &["policy/wrong-type", "policy/compared-kinds", "policy/unknown-field", "policy/no-place"];
    failed.is_some_and(|code| CODES.contains(&code.as_str()))
}

static FACTS: LazyLock<Facts> = LazyLock::new(|| {
    let read = |path: &str| Document::parse(path, fs::read(path).unwrap(), &Limits::default()).unwrap();
    let profile = read("examples/systems/payments-db.json");
    let proposal = read_laid(&read("examples/payments-db.json"), &PROPOSAL, &profile).unwrap();
    Facts {
        scale: Arc::new(Scaled::of(&proposal, &Thresholds::default())),
        proposal: Arc::new(proposal),
        evidence: Arc::clone(&Config::none().evidence),
        now: "2026-11-21T12:00:00Z".parse().unwrap(),
        phase: Phase::Plan,
    }
});

#[test]
fn operators_do_with_each_kind_what_the_lint_says() {
    let pairs = VALUES.iter().flat_map(|(left, _)| VALUES.iter().map(move |(right, _)| (left, right)));
    let binary = ["==", "<", "+", "-", "*", "in"];
    let mut expressions: Vec<_> =
        pairs.flat_map(|(left, right)| binary.map(|sign| format!("x = {left} {sign} {right}"))).collect();
    for (value, _) in VALUES {
        for form in ["!V", "-V", "V && true", "if V {}", "for x in V {}", "`${V}`", "V.in_hours", "some([1], |x| V)"] {
            // A field that an object or a list of the facts lacks is no rule that is run, and what a map of the rule's own has is not known.
            let is_open = ["object", "list", "kept", "own_map", "all_params"].contains(value);
            if !(form == "V.in_hours" && is_open) {
                expressions.push(format!("x = {}", form.replace('V', value)).replace("x = for", "for"));
            }
        }
    }
    let tries = tried(&expressions);
    let wrong = expressions.iter().zip(tries).filter(|(_, (told, failed))| *told != by_kind(failed.as_ref()));
    let wrong: Vec<_> = wrong.map(|(one, (told, failed))| format!("{one}: told {told}, {failed:?}")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn functions_take_what_the_lint_says() {
    let functions: Vec<_> = policy::functions().iter().flat_map(|(_, functions)| *functions).collect();
    let (mut told, mut wrong, mut untried) = (0, Vec::new(), Vec::new());
    for function in functions {
        let Some(name) = function.name().filter(|name| *name != "push") else { continue };
        match refused(name, function) {
            Some(calls) => {
                told += calls.len();
                wrong.extend(calls.into_iter().filter(|(_, (told, failed))| !told || !by_kind(failed.as_ref())));
            }
            None => untried.push(name),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(told > 1_500, "{told}");
    assert_eq!(untried, [""; 0], "of these it is not known how they can be called");
}

/// Calls with values that a function does not take by the lint, and what comes of each; none where it can't be called.
fn refused(name: &str, function: &Function) -> Option<Vec<(String, Tried)>> {
    let closure = |number: usize| number == 1 && function.signature.contains('|');
    let call = |arguments: &[&str]| format!("x = {name}({})", arguments.join(", "));
    let count = function.arguments();
    // Each value by itself, and nothing beside it.
    let alone = |number: usize, value: &'static str| {
        let argument = |at: usize| {
            if at == number {
                value
            } else if closure(at) {
                "|x| true"
            } else {
                "()"
            }
        };
        call(&(0..count).map(argument).collect::<Vec<_>>())
    };
    let open: Vec<usize> = (0..count).filter(|number| !closure(*number)).collect();
    let each: Vec<_> = open.iter().flat_map(|number| VALUES.iter().map(move |(value, _)| (*number, *value))).collect();
    let tries = tried(&each.iter().map(|(number, value)| alone(*number, value)).collect::<Vec<_>>());
    let refused: BTreeSet<_> = each.iter().zip(tries).filter(|(_, (told, _))| *told).map(|(one, _)| *one).collect();
    // A call that does not fail by the kinds of what it is given.
    let mut calls: Vec<Vec<&str>> = vec![Vec::new()];
    for number in 0..count {
        let fitting =
            VALUES.iter().map(|(value, _)| *value).chain(["()"]).filter(|value| !refused.contains(&(number, *value)));
        let fitting: Vec<_> = if closure(number) { vec!["|x| true"] } else { fitting.collect() };
        calls =
            calls.iter().flat_map(|call| fitting.iter().map(|value| [call.as_slice(), &[*value]].concat())).collect();
        calls.truncate(2_000);
    }
    if refused.is_empty() {
        return Some(Vec::new());
    }
    let mut good = None;
    for some in calls.chunks(20) {
        let tries = tried(&some.iter().map(|arguments| call(arguments)).collect::<Vec<_>>());
        if let Some(sound) = tries.iter().position(|(_, failed)| failed.is_none()) {
            good = Some(&some[sound]);
            break;
        }
        good = good.or_else(|| tries.iter().position(|(_, failed)| !by_kind(failed.as_ref())).map(|at| &some[at]));
    }
    let good = good?;
    let wrong: Vec<_> = refused
        .iter()
        .map(|(number, value)| {
            let mut arguments = good.clone();
            arguments[*number] = value;
            call(&arguments)
        })
        .collect();
    let tries = tried(&wrong);
    Some(wrong.into_iter().zip(tries).collect())
}
