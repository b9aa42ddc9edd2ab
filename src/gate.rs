//! The gate: one proposal in, one judgement out.

mod exactly;
mod moment;
mod others;
mod problem;
pub mod unproposed;

use crate::config::Config;
use crate::digest;
use crate::document::{Document, Kind, Limits};
use crate::evidence::{self, Answer, Sources};
use crate::facts::{Facts, Phase};
use crate::finding::{self, Fault, Level};
use crate::policy::{Course, RuleSet};
use crate::profiles::Profiles;
use crate::proposal::model::PROPOSAL;
use crate::proposal::{Problem, Scaled, Thresholds, Tree, read, read_laid};
use crate::roster::Concern;
use crate::schedule::Schedule;
use crate::verdict::{self, Acceptance, Configured, Judgement, Policies, Terms};
use crate::waivers::{self, Waivers};
use jiff::Timestamp;
pub use moment::Moment;
pub use others::{Other, Others};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

/// Everything by which proposals are judged in one run. It is shared by all threads of the run and never changes.
#[derive(Debug)]
pub struct Gate {
    /// The rules of the run, those included that have no part in this phase.
    pub rules: RuleSet,
    /// The same as they are in each phase, when they are first asked for.
    in_phases: [OnceLock<RuleSet>; 3],
    /// Those of them that look at other proposals, likewise.
    among: OnceLock<RuleSet>,
    /// The profiles of the systems.
    pub profiles: Profiles,
    /// Whether a proposal must name a system that has a profile.
    pub profile_required: bool,
    /// What the gate knows by itself: the freezes of the configuration.
    pub evidence: Arc<Tree>,
    /// The low-risk windows of the configuration, and what calendars know.
    pub schedule: Schedule,
    /// Whom it asks about each proposal.
    pub sources: Sources,
    /// What is let through for a while.
    pub waivers: Waivers,
    /// Where one scale ends and the next begins.
    pub thresholds: Thresholds,
    /// How large a proposal or a profile may be.
    pub limits: Limits,
    /// The time by which is judged.
    pub now: Timestamp,
    /// Whether the user gave that time instead of the clock.
    pub now_given: bool,
    /// When in their lives the upgrades are judged.
    pub phase: Phase,
    /// The mildest level that blocks.
    pub fail_on: Level,
    /// Whether a report draws their courses in time, which nobody else needs to know.
    pub drawn: bool,
    /// The one rule that is run, and what it does is told, where that is asked.
    pub traced: Option<Arc<str>>,
    /// The configuration, where there is one; for reports.
    pub configuration: Option<Configured>,
    /// Where the rules come from; for reports.
    pub policies: Policies,
}

/// What a report tells of a configuration: which it is, what it changes about scales, and where its rules are.
pub fn configured(config: &Config) -> (Option<Configured>, Policies) {
    let configuration = config.file.clone().map(|file| Configured {
        file,
        digest: config.digest.clone(),
        scale: config.thresholds.changes(),
    });
    let folders = config.policies.iter().map(|folder| folder.to_string_lossy().into_owned()).collect();
    (configuration, Policies { builtin: config.builtin, folders })
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
        let at = now.unwrap_or(clock);
        let rules = rules.on(waivers::today(at));
        if rules.evaluated().next().is_none() {
            return Err(problem::no_rule_applies(&rules, phase));
        }
        let (configuration, policies) = configured(config);
        Ok(Self {
            rules,
            in_phases: Default::default(),
            among: OnceLock::new(),
            profile_required: config.systems_required.unwrap_or(!profiles.is_empty()),
            profiles,
            evidence: Arc::clone(&config.evidence),
            schedule: Schedule::of_configuration(&config.low_risk),
            sources: Sources::none(),
            waivers: Waivers::default(),
            thresholds: config.thresholds.clone(),
            limits: config.limits,
            now: at,
            now_given: now.is_some(),
            phase,
            fail_on: Level::Deny,
            drawn: false,
            traced: None,
            configuration,
            policies,
        })
    }

    /// The rules by which a proposal is judged.
    fn rules_of(&self, judgement: &Judgement, phase: Phase) -> &RuleSet {
        match judgement {
            Judgement { concern: Some(Concern::Meets), ends: false, .. } => {
                self.among.get_or_init(|| self.rules.among())
            }
            _ => self.rules_in(phase),
        }
    }

    /// By what this gate judges.
    pub fn terms(&self) -> Terms {
        // What ends with a change is judged by the rules of its close.
        let closing =
            (self.phase == Phase::Plan && self.sources.are_of_a_change()).then(|| self.rules_in(Phase::Close));
        let closing =
            closing.into_iter().flat_map(RuleSet::evaluated).filter(|rule| !rule.header.phases.contains(&self.phase));
        let evaluated = self.rules.evaluated().chain(closing).map(|rule| (&*rule.id, rule.source.digest()));
        Terms {
            version: env!("CARGO_PKG_VERSION"),
            phase: self.phase.as_str(),
            now: self.now.to_string(),
            now_given: self.now_given,
            fail_on: self.fail_on,
            configuration: self.configuration.clone(),
            base: None,
            change: Answer::Absent,
            waivers: self.waivers.files.clone(),
            calendars: self.schedule.files.clone(),
            policies: self.policies.clone(),
            rules_digest: digest::of_all(evaluated),
            rules: self.rules.terms(),
            skipped: Vec::new(),
        }
    }

    /// Judges the bytes of one file by itself. A fault of this program leaves the proposal undecided, whatever it is.
    ///
    /// Rules of any kind need a thread with a stack of [`crate::policy::STACK`], which the threads of [`crate::fleet`] have.
    pub fn judge(&self, file: &str, bytes: Vec<u8>) -> Judgement {
        self.judge_among(file, bytes, &Others::default())
    }

    /// Judges the bytes of one file, with the others of its run that concern it.
    pub fn judge_among(&self, file: &str, bytes: Vec<u8>, others: &Others<'_>) -> Judgement {
        self.judge_among_at(file, bytes, others, self.moment())
    }

    /// The same in another phase than that of the run, or as of another time.
    pub fn judge_among_at(&self, file: &str, bytes: Vec<u8>, others: &Others<'_>, moment: Moment) -> Judgement {
        // Of a file that is too large only the beginning was read.
        let digest = (bytes.len() <= self.limits.bytes).then(|| digest::of(&bytes));
        let mut judgement = Judgement { digest, others: others.shown(), ..Judgement::of(file.to_owned()) };
        let judged = catch_unwind(AssertUnwindSafe(|| self.fill(&mut judgement, bytes, others, moment)));
        if judged.is_err() {
            judgement.faults.push(problem::panicked());
        }
        judgement.faults.extend(others.faults.iter().cloned());
        judgement
    }

    fn fill(&self, judgement: &mut Judgement, bytes: Vec<u8>, others: &Others<'_>, moment: Moment) {
        let of_change = self.sources.comes_with(&judgement.file);
        (judgement.of_change, judgement.consulted) = (of_change.told, of_change.consulted);
        let document = match Document::parse(&judgement.file, bytes, &self.limits) {
            Ok(document) => document,
            Err(findings) => return judgement.findings = findings,
        };
        judgement.source = Some(Arc::clone(document.source()));
        let text = |pointer: &str| match document.at(pointer).map(|value| value.kind()) {
            Some(Kind::String(text)) => Some(text.to_owned()),
            _ => None,
        };
        judgement.id = text("/id");
        judgement.title = text("/title");
        let system = document.at("/system/id").zip(text("/system/id"));
        let profile = system.as_ref().and_then(|(_, name)| self.profiles.get(name));
        judgement.profile = profile
            .as_ref()
            .map(|profile| verdict::Profile { file: profile.file.clone(), digest: profile.digest.clone() });
        let laid = profile.as_ref().map(|profile| profile.document.as_ref());
        let tree = match laid {
            Some(Ok(profile)) => read_laid(&document, &PROPOSAL, profile),
            // What is wrong with the proposal itself can be told without its profile, or without a sound one.
            _ => read(&document, &PROPOSAL),
        };
        let mut findings = Vec::new();
        if let Some((id, name)) = system.filter(|_| self.profile_required && profile.is_none()) {
            findings.push(problem::unknown_system(id, &name, self.profiles.systems()));
        }
        if let Some(Err(faults)) = laid {
            judgement.faults.clone_from(faults);
        }
        (judgement.ends, judgement.concern) = (others.ends() && moment.phase == Phase::Plan, others.concern());
        let phase = if judgement.ends { Phase::Close } else { moment.phase };
        let rules = self.rules_of(judgement, phase);
        if phase != self.phase && rules.evaluated().next().is_none() {
            judgement.faults.push(problem::no_rule_applies(rules, phase));
        }
        let judgeable = findings.is_empty() && judgement.faults.is_empty();
        // A draft never passes, however good it looks.
        findings.extend(document.at("/draft").filter(|draft| draft.kind() == Kind::Bool(true)).map(problem::draft));
        match tree {
            Ok(tree) if judgeable => {
                findings.extend(evidence::escapes(&tree));
                let mut questions = evidence::questions(&tree, phase, moment.now);
                let is_done = others.is_closed();
                questions.extend((of_change.told == Some(true) && !is_done).then(|| self.sources.of_what_is_pinned()));
                questions.extend(self.sources.of_earlier(&tree, phase, rules.looks_back()));
                questions.extend(self.sources.of_the_pull(phase));
                let (mut consulted, mut unknown) = self.sources.ask(&questions);
                let has_ended = is_done || phase == Phase::Close;
                if let Some(question) = self.sources.of_what_stays(&tree, &consulted, has_ended) {
                    let (more, wrong) = self.sources.ask(&[question]);
                    consulted.extend(more);
                    unknown.extend(wrong);
                }
                let (people, digest) = (self.sources.people(), document.source().digest());
                judgement.consulted.splice(0..0, consulted);
                let found =
                    evidence::laid(&self.evidence, &judgement.consulted, people, digest).unwrap_or_else(|fault| {
                        unknown.push(fault);
                        Arc::clone(&self.evidence)
                    });
                let found = self.schedule.laid_into(&found, &tree).unwrap_or_else(|faults| {
                    unknown.extend(faults);
                    found
                });
                let facts = Facts {
                    scale: Arc::new(Scaled::of(&tree, &self.thresholds)),
                    proposal: Arc::new(tree),
                    evidence: others.laid_into(&found, &self.profiles, &self.limits),
                    now: moment.now,
                    phase,
                };
                let mut evaluation = match &self.traced {
                    None => rules.evaluate(&facts),
                    Some(id) => {
                        let (evaluation, trace) = rules.evaluate_traced(&facts, id).unzip();
                        judgement.trace = trace.map(Box::new);
                        evaluation.unwrap_or_default()
                    }
                };
                // Before waivers, which are about denials.
                finding::raise(&mut evaluation.findings, self.fail_on);
                let is_run = |id: &str| self.traced.as_deref().is_none_or(|traced| traced == id);
                // A waiver may be granted before the day from which on its rule blocks, and waits for it.
                let blocks = |id: &str| rules.evaluated().any(|rule| *rule.id == *id && rule.blocks_on.is_none());
                let is_evaluated = |id: &str| is_run(id) && blocks(id);
                self.waivers.apply(&facts, is_evaluated, &mut evaluation.findings);
                judgement.course = self.drawn.then(|| Box::new(Course::of(&facts, &evaluation.findings)));
                findings.extend(evaluation.findings);
                judgement.faults.extend(of_change.faults);
                judgement.faults.extend(unknown);
                judgement.faults.extend(evaluation.faults);
                judgement.obligations = evaluation.obligations;
                judgement.accepted = Acceptance::all_of(&facts);
                judgement.scale = Some(verdict::Scaled::of(&facts));
                judgement.planned = Some(verdict::Planned::of(&facts));
                judgement.evaluated = true;
            }
            Ok(_) => {}
            Err(problems) => findings.extend(problems.into_iter().map(Problem::into_finding)),
        }
        // Of one place the gate speaks first, then the rules by their ids.
        finding::put_in_order(&mut findings, document.source().name());
        judgement.findings = findings;
    }
}
