//! Running the cases of a rule.

use super::file::{self, Case, CaseFile, of_rule};
use super::mutation::{Mutation, mutated};
use super::{Given, Ground, Unjudged, difference, problem};
use crate::facts::Phase;
use crate::files::Files;
use crate::finding::{Fault, Finding, Obligation};
use crate::policy::{Coverage, Evaluation, Pack, Parameter, Part, RuleSet, Setting, Steps};
use crate::proposal::shape::LIST_MAX;
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
    /// What of the rule the cases ran, where that was asked and can be told. Without cases that is nothing.
    pub coverage: Option<Coverage>,
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
    /// Whether these are what is wrong with the proposal, so that no rule has judged it.
    pub invalid: bool,
}

/// What is asked of the cases of rules.
#[derive(Debug, Default, Clone)]
pub struct Asked {
    /// Of which text `RULE: NAME` has to have this part; all where there is none.
    pub filter: Option<String>,
    /// Whether the mutants of the rules are run, too.
    pub mutate: bool,
    /// Whether it is told what of the rules ran.
    pub coverage: bool,
}

impl Asked {
    fn takes(&self, rule: &str, case: &Case) -> bool {
        self.filter.as_ref().is_none_or(|text| format!("{rule}: {}", case.name).contains(text))
    }
}

/// Runs the cases of a rule.
pub fn test(files: &Files, ground: &Ground, (id, source): &(Arc<str>, Arc<Source>), asked: &Asked) -> Tested {
    let path = of_rule(Path::new(source.name()));
    let mut tested = Tested {
        rule: Arc::clone(id),
        file: path.to_string_lossy().into_owned(),
        cases: Vec::new(),
        faults: Vec::new(),
        lacks: Vec::new(),
        mutation: None,
        coverage: None,
    };
    let start = Place::new(source, Span::default());
    if !matches!(files.kind(&path), Ok(Some(_)) | Err(_)) {
        tested.lacks.push(difference::no_cases(&path, start));
        if asked.coverage && asked.filter.is_none() {
            match OneRule::new(id, source).load(&[], Phase::Plan) {
                Ok(rules) => tested.coverage = coverage(&rules, &Steps::default()),
                Err(faults) => tested.faults = faults,
            }
        }
    } else if let Err(faults) = tested.run(files, ground, source, asked) {
        tested.faults = faults;
    }
    // Whoever asks for some cases knows that there are others.
    if asked.filter.is_some() {
        tested.lacks.clear();
    }
    tested
}

/// What the cases of a rule lack: all, or those of one sort.
///
/// # Errors
/// When they can't be read.
pub fn lacks(files: &Files, source: &Arc<Source>) -> Result<Vec<Finding>, Vec<Fault>> {
    let path = of_rule(Path::new(source.name()));
    let start = Place::new(source, Span::default());
    if matches!(files.kind(&path), Ok(None)) {
        return Ok(vec![difference::no_cases(&path, start)]);
    }
    let CaseFile { cases, .. } = file::read(files, &path)?;
    Ok(difference::one_sided(&cases, start).into_iter().collect())
}

impl Tested {
    fn run(&mut self, files: &Files, ground: &Ground, source: &Arc<Source>, asked: &Asked) -> Result<(), Vec<Fault>> {
        let rule = OneRule::new(&self.rule, source);
        // A rule that can't be loaded is told once, and not for each of its cases.
        let rules = rule.load(&[], Phase::Plan)?;
        let CaseFile { cases, equal } = file::read(files, Path::new(&self.file))?;
        self.lacks.extend(difference::one_sided(&cases, Place::new(source, Span::default())));
        // Of a rule of which no case is asked for, nobody asks either whether its cases suffice.
        if asked.mutate && cases.iter().any(|case| asked.takes(&self.rule, case)) {
            self.mutation = Some(mutated(&rule, ground, &cases, &equal));
        }
        let taken = cases.into_iter().filter(|case| asked.takes(&self.rule, case));
        let mut steps = asked.coverage.then(Steps::default);
        self.cases = taken.map(|case| TestedCase::of(&rule, ground, case, steps.as_mut())).collect();
        // Nor whether they ran all of it.
        if asked.filter.is_none() || !self.cases.is_empty() {
            self.coverage = steps.and_then(|steps| coverage(&rules, &steps));
        }
        Ok(())
    }
}

fn coverage(rules: &RuleSet, steps: &Steps) -> Option<Coverage> {
    rules.rules.first().map(|rule| rule.coverage(steps))
}

impl TestedCase {
    fn of(rule: &OneRule, ground: &Ground, case: Case, steps: Option<&mut Steps>) -> Self {
        let failed = |case, faults| Self { case, found: Found::default(), differences: Vec::new(), faults };
        let found = match rule.judge_counted(&case.given, &case.params, ground, steps) {
            Ok(found) => found,
            Err(faults) => return failed(case, faults),
        };
        if found.invalid && !case.is_of_what_is_invalid() {
            let fault = problem::not_judged(&case.given, &found.findings);
            return failed(case, vec![fault]);
        }
        if found.findings.len() > LIST_MAX {
            let fault = problem::too_much(&case.given, found.findings.len());
            return failed(case, vec![fault]);
        }
        Self { differences: difference::differences(rule.id(), &case, &found), faults: Vec::new(), found, case }
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
        self.judge_counted(given, params, ground, None)
    }

    /// The same, and adds how often each node of the rule was evaluated, where that is asked.
    fn judge_counted(
        &self,
        given: &Given,
        params: &[Parameter],
        ground: &Ground,
        steps: Option<&mut Steps>,
    ) -> Result<Found, Vec<Fault>> {
        let facts = match given.facts(ground) {
            Ok(facts) => facts,
            Err(Unjudged::Invalid(findings)) => return Ok(Found { findings, invalid: true, ..Found::default() }),
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
        let Evaluation { findings, mut faults, obligations } = match steps {
            None => rules.evaluate(&facts),
            // With other parameters the script is the same.
            Some(steps) => {
                let (evaluation, counted) = rules.evaluate_counted(&facts);
                counted.iter().for_each(|more| steps.add(more));
                evaluation
            }
        };
        if faults.is_empty() {
            return Ok(Found { findings, owed: obligations.iter().map(owed).collect(), invalid: false });
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
            effective_on: None,
            expires_on: None,
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
