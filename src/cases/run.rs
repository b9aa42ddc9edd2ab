//! Running the cases of a rule.

use super::file::{self, Case, CaseFile, of_rule};
use super::mutation::{Mutation, mutated};
use super::{Given, Ground, Unjudged, difference, problem};
use crate::facts::Phase;
use crate::files::Files;
use crate::finding::{Fault, Finding, Obligation};
use crate::policy::{Evaluation, Pack, Parameter, Part, RuleSet, Setting};
use crate::source::{Place, Source, Span};
use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

/// What came of the cases of one rule.
#[derive(Debug)]
pub struct Tested {
    /// The rule.
    pub rule: Arc<str>,
    /// The file of its cases.
    pub file: String,
    /// Each case that was asked for, in the order of the file.
    pub cases: Vec<TestedCase>,
    /// Why there are none.
    pub faults: Vec<Fault>,
    /// What the cases as a whole lack: warnings.
    pub lacks: Vec<Finding>,
    /// What became of the mutants of the rule, where that was asked.
    pub mutation: Option<Mutation>,
}

/// What came of one case.
#[derive(Debug)]
pub struct TestedCase {
    /// The case.
    pub case: Case,
    /// What the rule says in it.
    pub found: Found,
    /// What it says otherwise than the case expects.
    pub differences: Vec<Finding>,
    /// Why that can't be told.
    pub faults: Vec<Fault>,
}

/// What a rule says of what it is given.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order of their places.
    pub findings: Vec<Finding>,
    /// What it says is owed, in the words in which cases have it.
    pub owed: Vec<String>,
}

/// Runs the cases of a rule that a filter takes, by their names; and with `mutate` its mutants over all cases.
pub fn test(
    files: &Files,
    ground: &Ground,
    (id, source): &(Arc<str>, Arc<Source>),
    takes: impl Fn(&str) -> bool,
    mutate: bool,
) -> Tested {
    let path = of_rule(Path::new(source.name()));
    let mut tested = Tested {
        rule: Arc::clone(id),
        file: path.to_string_lossy().into_owned(),
        cases: Vec::new(),
        faults: Vec::new(),
        lacks: Vec::new(),
        mutation: None,
    };
    let start = Place::new(source, Span::default());
    if !matches!(files.kind(&path), Ok(Some(_)) | Err(_)) {
        tested.lacks.push(difference::no_cases(&path, start));
        return tested;
    }
    let rule = OneRule::new(id, source);
    // A rule that can't be loaded is told once, and not for each of its cases.
    if let Err(faults) = rule.load(&[], Phase::Plan) {
        tested.faults = faults;
        return tested;
    }
    match file::read(files, &path) {
        Ok(CaseFile { cases, equal }) => {
            tested.lacks.extend(difference::one_sided(&cases, start));
            // Of a rule of which no case is asked for, nobody asks either whether its cases suffice.
            if mutate && cases.iter().any(|case| takes(&case.name)) {
                tested.mutation = Some(mutated(&rule, ground, &cases, &equal));
            }
            tested.cases =
                cases.into_iter().filter(|case| takes(&case.name)).map(|case| run(&rule, ground, case)).collect();
        }
        Err(faults) => tested.faults = faults,
    }
    tested
}

fn run(rule: &OneRule, ground: &Ground, case: Case) -> TestedCase {
    match rule.judge(&case.given, &case.params, ground) {
        Ok(found) => TestedCase {
            differences: difference::differences(rule.id(), &case, &found),
            faults: Vec::new(),
            found,
            case,
        },
        Err(faults) => TestedCase { case, found: Found::default(), differences: Vec::new(), faults },
    }
}

/// One rule, loaded for each phase when it is first asked for.
#[derive(Debug)]
pub struct OneRule {
    pack: Pack,
    phases: [OnceCell<Option<RuleSet>>; 3],
}

impl OneRule {
    /// A rule by its id and its text.
    pub fn new(id: &Arc<str>, source: &Arc<Source>) -> Self {
        let pack = Pack { rules: vec![(Arc::clone(id), Arc::clone(source))], sound: false };
        Self { pack, phases: Default::default() }
    }

    fn id(&self) -> &str {
        self.pack.rules.first().map_or("", |(id, _)| id)
    }

    fn load(&self, settings: &[Setting], phase: Phase) -> Result<RuleSet, Vec<Fault>> {
        RuleSet::load(std::slice::from_ref(&self.pack), settings, phase)
    }

    /// None where it can't be loaded.
    pub fn in_phase(&self, phase: Phase) -> Option<&RuleSet> {
        self.phases[phase as usize].get_or_init(|| self.load(&[], phase).ok()).as_ref()
    }

    /// What the rule says of what it is given.
    ///
    /// # Errors
    /// When it can't be told: the rule fails, has no part in the phase, or what it is given is wrong.
    pub fn judge(&self, given: &Given, params: &[Parameter], ground: &Ground) -> Result<Found, Vec<Fault>> {
        let facts = match given.facts(ground) {
            Ok(facts) => facts,
            Err(Unjudged::Invalid(findings)) => return Ok(Found { findings, owed: Vec::new() }),
            Err(Unjudged::Faults(faults)) => return Err(faults),
        };
        let set;
        let rules = if params.is_empty() {
            self.in_phase(given.phase)
        } else {
            set = self.with(params, given.phase)?;
            Some(&set)
        };
        let Some(rules) = rules else { return Err(self.load(&[], given.phase).err().unwrap_or_default()) };
        if let Some(Part::OtherPhase(phases)) = rules.rules.first().map(|rule| &rule.part) {
            return Err(vec![problem::other_phase(self.id(), given, &phases.join(", "))]);
        }
        let Evaluation { findings, mut faults, obligations } = rules.evaluate(&facts);
        if faults.is_empty() {
            return Ok(Found { findings, owed: obligations.iter().map(owed).collect() });
        }
        for fault in &mut faults {
            fault.labels.extend(given.place.clone().map(problem::in_this_case));
        }
        Err(faults)
    }

    /// The rule with other parameters than its own.
    ///
    /// # Errors
    /// When it has no such parameters.
    pub(super) fn with(&self, params: &[Parameter], phase: Phase) -> Result<RuleSet, Vec<Fault>> {
        let nowhere = || Place::new(&Arc::new(Source::new("", "")), Span::default());
        let setting = Setting {
            rule: self.id().to_owned(),
            level: None,
            params: params.to_vec(),
            off: None,
            place: params.first().map_or_else(nowhere, |param| param.key_place.clone()),
        };
        self.load(&[setting], phase)
    }
}

/// What is owed, in the words in which cases have it: `2026-12-19 load-test: the load test that was left out`.
fn owed(owed: &Obligation) -> String {
    format!("{} {}: {}", owed.due.as_deref().unwrap_or("-"), owed.id, owed.what)
}
