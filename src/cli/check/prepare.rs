//! Everything that is decided before the first proposal is read.

use super::Basis;
use crate::cli::evidence::{about_the_same, judged, sources};
use crate::cli::ground::{Ends, agreed, configuration, configuration_name, judged_by, waivers};
use crate::cli::target::Sought;
use crate::cli::{Global, event};
use crate::evidence::{Answer, Change, Record};
use crate::facts::Phase;
use crate::files::Files;
use crate::finding::{Fault, Level};
use crate::gate::{Gate, configured};
use crate::git::Commit;
use crate::inputs::{self, Found};
use crate::source::Place;
use crate::trust::{self, Grounds, JudgedBy};
use crate::verdict::{Base, Configured, OfRun, Policies, Terms};
use crate::waivers::today;
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;

/// All that judging begins with.
pub struct Ready {
    pub gate: Gate,
    pub found: Found,
    /// What is found of the run itself: what the change touches of what it is judged by, and who has approved that.
    pub of_run: OfRun,
    /// What the change is judged by, where one is.
    pub grounds: Option<Grounds>,
    /// Where it is agreed that a change may come without a proposal, where this one may.
    pub none_due: Option<Place>,
    /// Whether the change touches what is judged by, and nothing besides but proposals, where that is asked.
    pub is_trusted: bool,
    /// Whether what the change does to proposals may be all that it comes for.
    pub is_alone: bool,
    /// The first files that it touches besides, where that is asked.
    pub besides: Vec<String>,
}

/// What a change is judged by, where git is there to say it.
fn grounds(trusted: &Files, head: Option<&Commit>, judged_by: impl FnOnce() -> JudgedBy) -> Option<Grounds> {
    let (base, head) = trusted.base().zip(head)?;
    Some(Grounds::new(base.repository().clone(), base.commit().clone(), head.clone(), judged_by()))
}

/// A change with what it touches of the trusted side; and where it may come without a proposal whether it touches one, or else whether it
/// touches anything besides.
fn with_touched(
    trusted: &Files,
    change: Option<&(Base, Commit)>,
    grounds: Option<&Grounds>,
    is_proposal: impl Fn(&Path) -> bool,
    may_be_without: bool,
) -> Result<Option<Change>, Fault> {
    let (Some(base), Some((told, head)), Some(grounds)) = (trusted.base(), change, grounds) else { return Ok(None) };
    let (base, head, touched) = (base.commit().clone(), head.clone(), grounds.touched()?);
    let name = told.name.clone();
    let change = Change { name, base, head, touched, proposals: None, besides: None };
    Ok(Some(if may_be_without {
        Change { proposals: Some(grounds.touches(is_proposal)?), ..change }
    } else {
        let besides = grounds.touched_besides(is_proposal)?.into_iter().take(Change::MOST_BESIDES);
        let besides = besides.map(|path| path.to_string_lossy().into_owned());
        Change { besides: Some(besides.collect()), ..change }
    }))
}

impl Basis {
    /// Everything that is decided before the first proposal is read. What is known of the run by then is put into the terms, so that
    /// they can be told of one that comes no further.
    pub fn prepare(
        &self,
        global: &Global,
        root: &Path,
        patterns: &[String],
        terms: &mut Terms,
        sought: &mut Sought,
    ) -> Result<Ready, Vec<Fault>> {
        let record = self.evidence.record(root)?;
        let ends = self.side.ends(root)?;
        if ends.is_none() {
            event::of_what_is_checked_out()?;
        }
        let (trusted, change) = Ends::trusted(ends, root);
        let (trusted, change) = (Arc::new(trusted), about_the_same(record.as_ref(), change)?);
        terms.base = change.as_ref().map(|(base, _)| base.clone());
        let name = configuration_name(global, &trusted);
        terms.configuration = name.clone().map(|file| Configured { file, digest: None, scale: Vec::new() });
        let folders = global.policies.iter().map(|folder| folder.to_string_lossy().into_owned()).collect();
        terms.policies = Policies { builtin: !global.no_builtin, folders };
        let name = agreed(&trusted, terms.base.as_ref(), name)?;
        let (mut config, wrong) = configuration(global, &trusted);
        *sought = Sought::of(root, &config, global.config.as_deref(), patterns);
        if wrong.is_empty() {
            (terms.configuration, terms.policies) = configured(&config);
        }
        // One run tells what is wrong with the configuration, with the rules and with the freezes.
        let (rules, profiles, scheduled) = judged_by(wrong, &trusted, &config, self.phase.into())?;
        let (now, clock) = (self.now.or_else(|| record.as_ref().and_then(Record::now)), Timestamp::now());
        let rules = rules.on(today(now.unwrap_or(clock)));
        if rules.evaluated().next().is_none() {
            (terms.now, terms.rules) = (now.unwrap_or(clock).to_string(), rules.terms());
        }
        let mut gate = Gate::new(rules, profiles, &config, self.phase.into(), now, clock)?;
        // A replay tells of the time what the run did.
        gate.now_given = self.now.is_some() || record.as_ref().is_some_and(Record::now_given);
        gate.schedule = scheduled;
        gate.waivers = waivers(&trusted, &mut config, &gate)?;
        let judged = judged(root, &trusted, change.as_ref().map(|(_, head)| head));
        let recorded = record.as_ref().is_some_and(Record::has_pull);
        let head = change.as_ref().map(|(_, head)| head);
        let (pull, unknown) = match self.pull.pull(&config, head, gate.phase) {
            Ok(pull) => (pull, None),
            Err(fault) => (None, Some(fault).filter(|fault| !recorded || fault.code != "evidence/no-pull-request")),
        };
        let grounds = grounds(&trusted, head, || JudgedBy::of(&trusted, &config, &name));
        let change = match &record {
            Some(record) => record.change().cloned(),
            None => {
                let named = config.proposals.iter().chain(patterns);
                let is_proposal =
                    |path: &Path| named.clone().any(|pattern| inputs::would_name(root, pattern, inputs::JSON, path));
                let may_be_without = config.when_pinned.is_some();
                with_touched(&trusted, change.as_ref(), grounds.as_ref(), is_proposal, may_be_without)?
            }
        };
        terms.change = change.as_ref().map_or(Answer::Absent, Change::recorded);
        gate.sources = sources(record, &config, pull, &judged, &trusted, patterns, (gate.now, clock));
        let besides = change.as_ref().and_then(|change| change.besides.clone());
        let only = besides.as_ref().is_some_and(Vec::is_empty);
        let is_trusted = only && change.as_ref().is_some_and(|change| !change.touched.is_empty());
        let is_alone = config.when_pinned.is_some() || only;
        let touches_none = change.as_ref().is_some_and(|change| change.proposals == Some(false));
        let touched = change.map(|change| change.touched).unwrap_or_default();
        let mut of_run = trust::approved(&touched, &gate.sources);
        of_run.faults.extend(unknown);
        let named = if patterns.is_empty() { &config.proposals } else { patterns };
        let found = inputs::find(&judged, named, Path::new(&config.systems));
        let none_due = config.when_pinned.take().filter(|_| touches_none && may_be_none(&found, patterns));
        Ok(Ready { gate, found, of_run, grounds, none_due, is_trusted, is_alone, besides: besides.unwrap_or_default() })
    }

    /// The terms of a run that did not come to have rules.
    pub fn terms(&self, fail_on: Level) -> Terms {
        Terms {
            version: env!("CARGO_PKG_VERSION"),
            phase: Phase::from(self.phase).as_str(),
            now: self.now.unwrap_or_else(Timestamp::now).to_string(),
            now_given: self.now.is_some(),
            fail_on,
            configuration: None,
            base: None,
            change: Change::untold(),
            waivers: Vec::new(),
            calendars: Vec::new(),
            policies: Policies::default(),
            rules_digest: crate::digest::of_all([]),
            rules: Vec::new(),
            skipped: Vec::new(),
        }
    }
}

/// Whether there may be no proposal of the change. What is named on the command line has to be there, and so has what is only hidden.
fn may_be_none(found: &Found, patterns: &[String]) -> bool {
    let is_there = !found.inputs.is_empty() || patterns.is_empty() && found.skipped.is_empty();
    is_there && found.faults.iter().all(|fault| fault.code == inputs::NOTHING_TO_JUDGE)
}
