//! Cases as these tests make them up and change them: what stands in a file of cases, as plain data.

use changegate::cases::{Edit, Given, Ground, NOW, OneRule, Unjudged};
use changegate::document::Limits;
use changegate::facts::{Facts, Phase};
use changegate::files::Files;
use changegate::profiles::Profiles;
use changegate::proposal::Thresholds;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    pub base: String,
    pub now: Option<String>,
    pub phase: Option<String>,
    #[serde(default)]
    pub set: BTreeMap<String, Value>,
    #[serde(default)]
    pub remove: Vec<String>,
    #[serde(default)]
    pub profile: BTreeMap<String, Value>,
    #[serde(default)]
    pub evidence: Map<String, Value>,
    #[serde(default, rename = "owed")]
    pub _owed: Vec<String>,
    /// These tests go by the rule's own.
    #[serde(default, rename = "params")]
    pub _params: Map<String, Value>,
    #[serde(default)]
    pub expect: Vec<Expected>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Of a proposal that is no valid one.
    pub rule: Option<String>,
    pub level: String,
    pub at: String,
    pub message: String,
}

/// The cases of a rule.
pub fn cases(folder: &str, id: &str) -> Vec<Case> {
    let path = format!("{folder}/{id}.cases.json");
    let mut file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    serde_json::from_value(file["cases"].take()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The examples, with which all cases begin.
pub fn ground() -> &'static Ground {
    static GROUND: LazyLock<Ground> = LazyLock::new(|| {
        let files = Arc::new(Files::folder(Path::new("")));
        let profiles = Profiles::of(&files, Path::new("examples/systems"), true, Limits::default()).unwrap();
        let limits = Limits { bytes: 64 << 20, ..Limits::default() };
        Ground::new(files, profiles, Thresholds::default(), limits)
    });
    &GROUND
}

impl Case {
    pub fn given(&self) -> Given {
        let edit = |(pointer, value): (&String, &Value)| Edit {
            pointer: pointer.clone(),
            value: Some(value.clone()),
            place: None,
        };
        let gone = |pointer: &String| Edit { pointer: pointer.clone(), value: None, place: None };
        Given {
            base: Some(self.base.clone()),
            base_place: None,
            edits: self.remove.iter().map(gone).chain(self.set.iter().map(edit)).collect(),
            profile: self
                .profile
                .iter()
                .map(edit)
                .map(|edit| Edit { value: edit.value.filter(|value| !value.is_null()), ..edit })
                .collect(),
            evidence: self.evidence.clone(),
            now: self.now.as_deref().map_or(NOW, |now| now.parse().expect("a time")),
            phase: phase(self),
            place: None,
        }
    }
}

/// What a rule says of a case.
pub fn judge(rule: &OneRule, case: &Case) -> Vec<Expected> {
    let found = rule.judge(&case.given(), &[], ground()).unwrap_or_else(|faults| panic!("{}: {faults:#?}", case.name));
    let expected = found.findings.into_iter().map(|finding| Expected {
        rule: finding.policy.is_none().then(|| finding.rule.to_string()),
        level: finding.level.to_string(),
        at: finding.pointer,
        message: finding.message,
    });
    expected.collect()
}

/// The facts of a case, for a rule to be run over them by itself; none where the proposal is no valid one.
pub fn facts(case: &Case) -> Option<Facts> {
    match case.given().facts(ground()) {
        Ok(facts) => Some(facts),
        Err(Unjudged::Invalid(_)) => None,
        Err(Unjudged::Faults(faults)) => panic!("{}: {faults:#?}", case.name),
    }
}

pub fn phase(case: &Case) -> Phase {
    case.phase.as_deref().map_or(Phase::Plan, |phase| Phase::parse(phase).expect("a phase"))
}
