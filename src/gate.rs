//! The gate: one proposal in, one judgement out.

use crate::config::Config;
use crate::digest;
use crate::document::{Document, Limits};
use crate::facts::{Facts, Phase};
use crate::finding::{Fault, Finding, Label, Level};
use crate::policy::{Evaluator, RuleSet};
use crate::profiles::{Profile, Profiles};
use crate::proposal::model::PROPOSAL;
use crate::proposal::problem::nearest;
use crate::proposal::{Problem, Scaled, Thresholds, Tree, read, read_laid};
use crate::verdict::{Judgement, Terms};
use jiff::Timestamp;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Everything by which proposals are judged in one run. It is shared by all threads of the run and never changes.
#[derive(Debug)]
pub struct Gate {
    pub rules: RuleSet,
    pub profiles: Profiles,
    /// Whether a proposal must name a system that has a profile.
    pub profile_required: bool,
    pub evidence: Arc<Tree>,
    /// Where one scale ends and the next begins.
    pub thresholds: Thresholds,
    pub limits: Limits,
    pub now: Timestamp,
    pub now_given: bool,
    pub phase: Phase,
    pub config_digest: Option<String>,
}

impl Gate {
    /// # Errors
    /// When no rule takes part in this run: a gate without rules lets everything pass.
    pub fn new(
        rules: RuleSet,
        profiles: Profiles,
        config: &Config,
        phase: Phase,
        now: Option<Timestamp>,
        clock: Timestamp,
    ) -> Result<Self, Fault> {
        if rules.evaluated().next().is_none() {
            return Err(Fault::new("policy/no-rule-applied", format!("no rule applies in the phase {phase}"))
                .help("use the built-in rules, or a pack with rules for this phase; `changegate rules` lists them"));
        }
        Ok(Self {
            rules,
            profile_required: config.systems_required.unwrap_or(!profiles.is_empty()),
            profiles,
            evidence: Arc::clone(&config.evidence),
            thresholds: config.thresholds.clone(),
            limits: config.limits,
            now: now.unwrap_or(clock),
            now_given: now.is_some(),
            phase,
            config_digest: config.digest.clone(),
        })
    }

    /// By what this gate judges.
    pub fn terms(&self) -> Terms {
        let evaluated = self.rules.evaluated().map(|rule| (&*rule.id, rule.source.digest()));
        Terms {
            version: env!("CARGO_PKG_VERSION"),
            phase: self.phase.as_str(),
            now: self.now.to_string(),
            now_given: self.now_given,
            rules_digest: digest::of_all(evaluated),
            config_digest: self.config_digest.clone(),
            rules: self.rules.terms(),
        }
    }

    /// Judges the bytes of one file. A fault of this program leaves the proposal undecided, whatever it is.
    pub fn judge(&self, evaluator: &mut Evaluator<'_>, file: &str, bytes: Vec<u8>) -> Judgement {
        // Of a file that is too large only the beginning was read.
        let digest = (bytes.len() <= self.limits.bytes).then(|| digest::of(&bytes));
        let mut judgement = Judgement {
            file: file.to_owned(),
            id: None,
            title: None,
            digest,
            findings: Vec::new(),
            faults: Vec::new(),
        };
        let judged = catch_unwind(AssertUnwindSafe(|| self.fill(&mut judgement, evaluator, bytes)));
        if judged.is_err() {
            judgement.faults.push(
                Fault::new("internal/panic", "changegate failed on this proposal by a fault of its own")
                    .help("please report it, with the proposal if you can"),
            );
        }
        judgement
    }

    fn fill(&self, judgement: &mut Judgement, evaluator: &mut Evaluator<'_>, bytes: Vec<u8>) {
        let document = match Document::parse(&judgement.file, bytes, &self.limits) {
            Ok(document) => document,
            Err(findings) => return judgement.findings = findings,
        };
        let text = |pointer: &str| match document.at(pointer).map(|value| value.kind()) {
            Some(crate::document::Kind::String(text)) => Some(text.to_owned()),
            _ => None,
        };
        judgement.id = text("/id");
        judgement.title = text("/title");
        let profile = match self.profile(&document, text("/system/id").as_deref()) {
            Ok(profile) => profile,
            Err(finding) => {
                judgement.findings = of_problems(read(&document, &PROPOSAL).err().unwrap_or_default());
                return judgement.findings.push(*finding);
            }
        };
        let tree = match profile.as_deref() {
            Some(Err(faults)) => return judgement.faults.clone_from(faults),
            Some(Ok(profile)) => read_laid(&document, &PROPOSAL, profile),
            None => read(&document, &PROPOSAL),
        };
        match tree {
            Ok(tree) => {
                let draft = draft(&tree);
                let facts = Facts {
                    scale: Arc::new(Scaled::of(&tree, &self.thresholds)),
                    proposal: Arc::new(tree),
                    evidence: Arc::clone(&self.evidence),
                    now: self.now,
                    phase: self.phase,
                };
                (judgement.findings, judgement.faults) = evaluator.evaluate(&facts);
                judgement.findings.splice(0..0, draft);
            }
            Err(problems) => judgement.findings = of_problems(problems),
        }
    }

    /// The profile that a proposal names; none where it need not have one.
    fn profile(&self, document: &Document, system: Option<&str>) -> Result<Option<Profile>, Box<Finding>> {
        let Some(system) = system else { return Ok(None) };
        match self.profiles.get(system) {
            None if self.profile_required => Err(Box::new(self.unknown_system(document, system))),
            profile => Ok(profile),
        }
    }

    fn unknown_system(&self, document: &Document, system: &str) -> Finding {
        let place = document.at("/system/id").unwrap_or_else(|| document.root()).place();
        let mut help = match nearest(system, self.profiles.systems()) {
            Some(near) => format!("did you mean `{near}`? "),
            None => String::new(),
        };
        help.push_str("a system is described once, in a profile of its own: `changegate init` shows how");
        Finding {
            rule: Arc::from("proposal/unknown-system"),
            level: Level::Deny,
            message: format!("there is no profile of the system `{}`", system.chars().take(40).collect::<String>()),
            help: Some(help),
            pointer: "/system/id".to_owned(),
            primary: Label::new(place, "no profile has this name"),
            because: Vec::new(),
            related: Vec::new(),
            policy: None,
        }
    }
}

/// A draft never passes, however good it looks: its author says that it is not done.
fn draft(tree: &Tree) -> Option<Finding> {
    let draft = tree.path(&["draft"]).filter(|&draft| tree.flag(draft) == Some(true))?;
    Some(Finding {
        rule: Arc::from("proposal/draft"),
        level: Level::Deny,
        message: "this proposal is a draft".to_owned(),
        help: Some("when every value in it is yours and true, remove the line `\"draft\": true`".to_owned()),
        pointer: tree.pointer(draft),
        primary: Label::new(tree.place(draft), "says so here"),
        because: Vec::new(),
        related: Vec::new(),
        policy: None,
    })
}

fn of_problems(problems: Vec<Problem>) -> Vec<Finding> {
    problems.into_iter().map(Problem::into_finding).collect()
}
