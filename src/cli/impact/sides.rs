//! The two sides: where each is read, and the gate that it makes.

use super::Impact;
use crate::cli::ground::{configuration, judged_by, usual_base, waivers};
use crate::cli::{Failure, Global, event};
use crate::config::Config;
use crate::facts::Phase;
use crate::files::Files;
use crate::finding::Fault;
use crate::gate::Gate;
use crate::git::{Commit, Repository};
use crate::impact::{Besides, How, besides};
use crate::policy::RuleSet;
use crate::profiles::Profiles;
use crate::report::ImpactSide;
use crate::schedule::Schedule;
use crate::trust;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is judged by before, and after.
pub(super) struct Sides {
    pub(super) before: Side,
    pub(super) after: Side,
    /// Where the history of proposals ends, where git was asked anyway.
    pub(super) head: Option<(Repository, Commit)>,
}

/// One of them.
pub(super) struct Side {
    /// In words.
    name: String,
    pub(super) trusted: Arc<Files>,
    pub(super) config: Config,
    wrong: Vec<Fault>,
}

impl Sides {
    pub(super) fn of(asked: &Impact, global: &Global, root: &Path) -> Result<Self, Failure> {
        if asked.old_config.is_some() || !asked.old_policies.is_empty() {
            let mut old = global.clone();
            old.config = asked.old_config.clone().or(old.config);
            if !asked.old_policies.is_empty() {
                old.policies.clone_from(&asked.old_policies);
            }
            let side = |global: &Global| Side::of(global, "the work tree".to_owned(), Files::folder(root));
            return Ok(Self { before: side(&old), after: side(global), head: None });
        }
        let event = event::pull_request()?;
        if event.is_none() && asked.base.is_none() && asked.head.is_none() {
            event::of_what_is_checked_out().map_err(|fault| fault.help(
                "run on the event pull_request, pull_request_target or merge_group; or name what is compared: --base origin/BRANCH and --head COMMIT",
            ))?;
        }
        let repository = Repository::around(root)?;
        let named = |name: &Option<String>| name.as_deref().map(|name| repository.commit(name)).transpose();
        let (base, base_name) = match (named(&asked.base)?, &event) {
            (Some(base), _) => (base, asked.base.clone().unwrap_or_default()),
            (None, Some(event)) => (repository.commit(&event.base)?, event.branch.clone().unwrap_or_default()),
            (None, None) => (usual_base(&repository, "impact")?, "origin".to_owned()),
        };
        let head = match (named(&asked.head)?, &event) {
            (Some(head), _) => Some(head),
            (None, Some(event)) => Some(trust::head(&repository, &repository.commit("HEAD")?, &event.head)?),
            (None, None) => None,
        };
        let tip = head.as_ref().map_or_else(|| repository.commit("HEAD"), |head| Ok(head.clone()))?;
        let began = repository.merge_base(&base, &tip)?;
        let at = |name, commit| Side::of(global, name, Files::at(root, repository.snapshot(commit)));
        let before = at(base_name, &began);
        let after = match &head {
            Some(head) => at(asked.head.clone().unwrap_or_default(), head),
            None => Side::of(global, "the work tree".to_owned(), Files::folder(root)),
        };
        let outside = outside(global, &before.config, &after);
        if !outside.is_empty() {
            return Err(outside.into());
        }
        Ok(Self { before, after, head: Some((repository, tip)) })
    }

    /// The gates of both, which judge as of a time. What is wrong with either is told together.
    pub(super) fn load(
        &mut self,
        now: Timestamp,
        clock: Timestamp,
        phase: Option<Phase>,
    ) -> Result<(Gate, Gate), Vec<Fault>> {
        let (before, after) = (self.before.gate(now, clock, phase), self.after.gate(now, clock, phase));
        match (before, after) {
            (Ok(before), Ok(after)) => Ok((before, after)),
            (before, after) => {
                let told = |side: &Side, faults: Option<Vec<Fault>>| {
                    faults.unwrap_or_default().into_iter().map(|fault| of(side, fault)).collect()
                };
                let mut faults: Vec<_> = told(&self.before, before.err());
                faults.extend::<Vec<_>>(told(&self.after, after.err()));
                Err(faults)
            }
        }
    }

    /// What is judged by besides rules, and is not the same on both.
    pub(super) fn besides(&self, before: &Gate, after: &Gate) -> Vec<Besides> {
        let configuration = match (&self.before.config, &self.after.config) {
            (Config { digest: was, .. }, Config { digest: is, .. }) if was == is => None,
            (Config { file: Some(_), .. }, Config { file: Some(file), .. }) => Some((file, How::Changed)),
            (Config { file: None, .. }, Config { file: Some(file), .. }) => Some((file, How::Added)),
            (Config { file, .. }, _) => file.as_ref().map(|file| (file, How::Removed)),
        };
        let configuration = configuration.map(|(file, how)| Besides { what: "configuration", file: file.clone(), how });
        let files = |files: &[(String, String)]| -> BTreeMap<_, _> {
            files.iter().map(|(file, digest)| (file.clone(), Some(digest.clone()))).collect()
        };
        configuration
            .into_iter()
            .chain(besides("waivers", &files(&before.waivers.files), &files(&after.waivers.files)))
            .chain(besides("calendar", &files(&before.schedule.files), &files(&after.schedule.files)))
            .chain(besides("profile", &before.profiles.digests(), &after.profiles.digests()))
            .collect()
    }
}

/// What the configuration of a commit names outside of the repository, and that of the base does not. Whoever opens a pull request has written
/// it, and what is read of such a file would be shown.
fn outside(global: &Global, before: &Config, after: &Side) -> Vec<Fault> {
    if after.trusted.base().is_none() {
        return Vec::new();
    }
    let named = |config: &Config| -> Vec<PathBuf> {
        config.policies.iter().cloned().chain([PathBuf::from(&config.systems)]).collect()
    };
    let agreed = [named(before), global.policies.clone()].concat();
    let strange = named(&after.config).into_iter().filter(|path| !agreed.contains(path));
    let strange = strange.filter(|path| after.trusted.from_top(path).is_none());
    strange
        .map(|path| {
            let message = format!(
                "{} is not read: it is outside of the repository, and the base does not name it",
                path.display()
            );
            Fault::new("input/path-escape", message).help("name a folder of the repository in the configuration")
        })
        .collect()
}

/// A fault with the side that it is of, as both may have the same files.
fn of(side: &Side, fault: Fault) -> Fault {
    let name = side.trusted.base().map_or_else(|| side.name.clone(), |base| base.commit().short().to_owned());
    Fault { message: format!("{} (of {name})", fault.message), ..fault }
}

impl Side {
    fn of(global: &Global, name: String, trusted: Files) -> Self {
        let (config, wrong) = configuration(global, &trusted);
        Self { name, trusted: Arc::new(trusted), config, wrong }
    }

    fn gate(&mut self, now: Timestamp, clock: Timestamp, phase: Option<Phase>) -> Result<Gate, Vec<Fault>> {
        let (wrong, config) = (std::mem::take(&mut self.wrong), &mut self.config);
        let first = phase.unwrap_or(Phase::Plan);
        let (rules, profiles, schedule): (RuleSet, Profiles, Schedule) =
            judged_by(wrong, &self.trusted, config, first)?;
        // A pack may have rules for the later phases alone; where it has none at all, nothing is judged.
        let is_in = |phase: &Phase| rules.rules.iter().any(|rule| rule.header.phases.contains(phase));
        let phase = phase.or_else(|| Phase::ALL.into_iter().find(is_in)).unwrap_or(first);
        let mut gate = Gate::new(rules.in_phase(phase), profiles, config, phase, Some(now), clock)?;
        gate.schedule = schedule;
        gate.waivers = waivers(&self.trusted, config, &gate)?;
        Ok(gate)
    }

    pub(super) fn told(&self, gate: &Gate) -> ImpactSide {
        ImpactSide {
            name: self.name.clone(),
            commit: self.trusted.base().map(|base| base.commit().to_string()),
            configuration: gate.configuration.clone(),
            policies: gate.policies.clone(),
            rules: gate.rules.rules.len(),
            rules_digest: crate::digest::of_all(gate.rules.rules.iter().map(|rule| (&*rule.id, rule.source.digest()))),
        }
    }
}
