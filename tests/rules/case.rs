//! A case: a proposal of `examples/`, what is changed in it, and what a rule must say of it.

use changegate::config::Config;
use changegate::document::{Document, Limits};
use changegate::facts::{Facts, Phase};
use changegate::files::Files;
use changegate::finding::{Fault, Finding};
use changegate::gate::Gate;
use changegate::policy::{Evaluation, Pack, RuleSet};
use changegate::profiles::Profiles;
use changegate::proposal::model::{EVIDENCE, PROPOSAL};
use changegate::proposal::{Graft, Scaled, Thresholds, Tree, read, read_laid};
use changegate::source::Source;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

/// The time by which cases are judged unless they say otherwise: the day the examples were submitted.
const NOW: &str = "2026-11-21T12:00:00Z";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What is special about it, as a sentence.
    pub name: String,
    /// The file of `examples/` that is edited, without its extension.
    pub base: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// Values to set, by JSON Pointer; objects on the way are made.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, Value>,
    /// What to remove, by JSON Pointer, before anything is set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
    /// What is set in the profile of the system, by JSON Pointer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub profile: BTreeMap<String, Value>,
    /// The freezes that the gate knows of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freezes: Vec<Value>,
    /// What else it knows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub evidence: BTreeMap<String, Value>,
    /// What must be owed afterwards: its day, and its name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owed: Vec<String>,
    pub expect: Vec<Expected>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub level: String,
    pub at: String,
    pub message: String,
}

/// What a rule says of a case: its findings, and what it says is owed.
pub fn judge(rule: &OneRule, case: &Case) -> (Vec<Expected>, Vec<String>) {
    let evaluation = match facts(case) {
        Some(facts) => rule.in_phase(phase(case)).expect("a sound rule").evaluate(&facts),
        None => Evaluation { findings: invalid(rule, case), ..Evaluation::default() },
    };
    assert!(evaluation.faults.is_empty(), "{}: {:#?}", case.name, evaluation.faults);
    let owed = evaluation.obligations.iter();
    let owed = owed.map(|owed| format!("{} {}: {}", owed.due.as_deref().unwrap_or("-"), owed.id, owed.what)).collect();
    for finding in &evaluation.findings {
        let file = finding.primary.place.source.name();
        assert!(!file.is_empty(), "{}: no file has the place of {}", case.name, finding.message);
    }
    let expected = evaluation.findings.into_iter().map(|finding| Expected {
        level: finding.level.to_string(),
        at: finding.pointer,
        message: if finding.rule.starts_with("proposal/") {
            format!("[{}] {}", finding.rule, finding.message)
        } else {
            finding.message
        },
    });
    (expected.collect(), owed)
}

/// What the gate says of a proposal that is no valid one.
fn invalid(rule: &OneRule, case: &Case) -> Vec<Finding> {
    let (proposal, phase, now) = (proposal(case), phase(case), now(case));
    let (_folder, profiles) = profiles(&proposal, case);
    let rules = rule.load(phase).expect("a sound rule");
    let gate =
        Gate::new(rules, profiles, &Config::none(), phase, Some(now), now).unwrap_or_else(|fault| panic!("{fault:?}"));
    let judgement = gate.judge("case.json", proposal.to_string().into_bytes());
    // A profile that is no valid one is a slip of the case, and no finding.
    assert!(judgement.faults.is_empty(), "{}: {:#?}", case.name, judgement.faults);
    judgement.findings
}

/// One rule, loaded for each phase when it is first asked for.
pub struct OneRule {
    pack: Pack,
    phases: [OnceCell<Option<RuleSet>>; 3],
}

impl OneRule {
    pub fn new(id: &Arc<str>, source: &Arc<Source>) -> Self {
        let pack = Pack { rules: vec![(Arc::clone(id), Arc::clone(source))], sound: false };
        Self { pack, phases: Default::default() }
    }

    fn load(&self, phase: Phase) -> Result<RuleSet, Vec<Fault>> {
        RuleSet::load(std::slice::from_ref(&self.pack), &[], phase)
    }

    /// None where it can't be loaded.
    pub fn in_phase(&self, phase: Phase) -> Option<&RuleSet> {
        self.phases[phase as usize].get_or_init(|| self.load(phase).ok()).as_ref()
    }
}

/// The facts of a case, for a rule to be run over them by itself; none where the proposal is no valid one.
pub fn facts(case: &Case) -> Option<Facts> {
    let proposal = proposal(case);
    let document = document(&proposal);
    let tree = match profile(&proposal, case) {
        Some(profile) => read_laid(&document, &PROPOSAL, &self::document(&profile)).ok()?,
        None => read(&document, &PROPOSAL).ok()?,
    };
    Some(Facts {
        scale: Arc::new(Scaled::of(&tree, &Thresholds::default())),
        proposal: Arc::new(tree),
        evidence: Arc::new(evidence(case)),
        now: now(case),
        phase: phase(case),
    })
}

pub fn phase(case: &Case) -> Phase {
    case.phase.as_deref().map_or(Phase::Plan, |phase| Phase::parse(phase).expect("a phase"))
}

fn now(case: &Case) -> jiff::Timestamp {
    case.now.as_deref().unwrap_or(NOW).parse().expect("a time")
}

fn proposal(case: &Case) -> Value {
    let mut proposal = example(&case.base).unwrap_or_else(|| panic!("there is no examples/{}.json", case.base));
    for pointer in &case.remove {
        remove(&mut proposal, pointer, &case.name);
    }
    for (pointer, value) in case.set.iter().filter(|(pointer, _)| !of_the_system(pointer)) {
        set(&mut proposal, pointer, value, &case.name);
    }
    proposal
}

/// An example, which thousands of cases begin with and each thread reads once.
fn example(name: &str) -> Option<Value> {
    thread_local!(static READ: RefCell<BTreeMap<String, Option<Value>>> = const { RefCell::new(BTreeMap::new()) });
    let read = || {
        let text = fs::read_to_string(format!("examples/{name}.json")).ok()?;
        Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("examples/{name}.json: {error}")))
    };
    READ.with_borrow_mut(|known| known.entry(name.to_owned()).or_insert_with(read).clone())
}

fn document(value: &Value) -> Document {
    Document::parse("case.json", value.to_string().into_bytes(), &Limits::default()).unwrap()
}

/// What is true of a system stands in its profile, not in the proposal.
fn of_the_system(pointer: &str) -> bool {
    pointer.starts_with("/system/") && pointer != "/system/id"
}

/// The profile of the proposal's system from `examples/systems`, edited.
fn profile(proposal: &Value, case: &Case) -> Option<Value> {
    let system = proposal["system"]["id"].as_str().unwrap_or_default();
    let mut profile = example(&format!("systems/{system}"))?;
    let of_the_system = case.set.iter().filter(|(pointer, _)| of_the_system(pointer));
    for (pointer, value) in case.profile.iter().chain(of_the_system) {
        if value.is_null() {
            remove(&mut profile, pointer, &case.name);
        } else {
            set(&mut profile, pointer, value, &case.name);
        }
    }
    Some(profile)
}

/// A folder with that profile; it has to outlive the run.
fn profiles(proposal: &Value, case: &Case) -> (tempfile::TempDir, Profiles) {
    let folder = tempfile::tempdir().unwrap();
    if let Some(profile) = profile(proposal, case) {
        let name = proposal["system"]["id"].as_str().unwrap_or_default();
        fs::write(folder.path().join(format!("{name}.json")), profile.to_string()).unwrap();
    }
    let profiles =
        Profiles::of(&Arc::new(Files::folder(folder.path())), std::path::Path::new(""), false, Limits::default())
            .unwrap();
    (folder, profiles)
}

fn evidence(case: &Case) -> Tree {
    let mut evidence = serde_json::json!(case.evidence);
    evidence["freezes"] = case.freezes.clone().into();
    let answers: serde_json::Map<_, _> =
        ANSWERS.iter().filter_map(|name| evidence.as_object_mut()?.remove_entry(*name)).collect();
    let tree = |name: &str, value: &Value| {
        let document = Document::parse(name, value.to_string().into_bytes(), &Limits::default()).unwrap();
        read(&document, &EVIDENCE).unwrap_or_else(|problems| panic!("{problems:#?}"))
    };
    let mut whole = Graft::onto(&tree("evidence.json", &evidence));
    whole.adopt(&tree("", &Value::Object(answers)));
    whole.finish()
}

/// What the gate is told by others: it stands in no file. Pinned packages do, with the lines that pin them.
const ANSWERS: [&str; 7] = ["merges", "earlier", "files", "advisory_snapshot", "advisories", "pull", "reviews"];

fn remove(document: &mut Value, pointer: &str, case: &str) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let removed = match document.pointer_mut(parent) {
        Some(Value::Object(map)) => map.remove(name),
        Some(Value::Array(items)) => {
            name.parse().ok().filter(|index| *index < items.len()).map(|index: usize| items.remove(index))
        }
        _ => None,
    };
    assert!(removed.is_some(), "{case}: there is nothing at {pointer} to remove");
}

fn set(document: &mut Value, pointer: &str, value: &Value, case: &str) {
    let mut at = document;
    let mut names = pointer.split('/').skip(1).peekable();
    while let Some(name) = names.next() {
        let last = names.peek().is_none();
        at = match at {
            Value::Object(map) => map.entry(name).or_insert_with(|| Value::Object(serde_json::Map::new())),
            Value::Array(items) => {
                let index: usize = if name == "-" { items.len() } else { name.parse().expect("an index") };
                if index == items.len() {
                    items.push(Value::Null);
                }
                items.get_mut(index).unwrap_or_else(|| panic!("{case}: {pointer} is past the end"))
            }
            _ => panic!("{case}: {pointer} runs through a value that has no fields"),
        };
        if last {
            *at = value.clone();
        }
    }
}
