//! What commands stand on: the folder, the configuration and the rules of a run.

use super::{Global, event};
use crate::config::{self, Config};
use crate::facts::Phase;
use crate::files::{self, Files, Kind};
use crate::finding::Fault;
use crate::gate::Gate;
use crate::git::{Commit, Repository, Snapshot};
use crate::policy::{self, Pack, RuleSet, builtin};
use crate::profiles::Profiles;
use crate::schedule::{Known, Schedule};
use crate::trust;
use crate::verdict::Base;
use crate::waivers::{self, Waivers};
use clap::Args;
use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The folder in which the gate runs.
pub fn root(global: &Global) -> Result<PathBuf, Fault> {
    let folder = global.directory.as_deref().unwrap_or_else(|| Path::new("."));
    let unusable = |why: &dyn std::fmt::Display| {
        Fault::new("usage/directory", format!("{} is no folder to run in: {why}", folder.display()))
            .help("name a folder after -C")
    };
    let root = folder.canonicalize().map_err(|error| unusable(&error))?;
    if root.is_dir() { Ok(root) } else { Err(unusable(&"it is a file")) }
}

/// Where rules, profiles and the configuration are read.
#[derive(Debug, Args)]
pub struct Side {
    /// Read rules, profiles and the configuration as they stand in this commit: the branch that a pull request goes to [default: in
    /// GitHub Actions, the base of the pull request]
    ///
    /// What stands in the work tree of them is not read. Of a pull request that changes them the run tells, and blocks.
    #[arg(long, value_name = "COMMIT")]
    base: Option<String>,
}

/// The ends of the change that a run is about.
pub struct Ends {
    /// The trusted one, as it was named.
    name: String,
    base: Snapshot,
    /// The one that is judged.
    head: Commit,
}

impl Side {
    /// The ends of the change, where a run is about one.
    pub fn ends(&self, root: &Path) -> Result<Option<Ends>, Fault> {
        let event = event::pull_request()?;
        let Some(name) = self.base.clone().or_else(|| event.as_ref().map(|event| event.base.clone())) else {
            return Ok(None);
        };
        let repository = Repository::around(root)?;
        let base = repository.snapshot(&repository.commit(&name)?);
        let found = repository.commit("HEAD")?;
        let head = match event {
            Some(event) => trust::head(&repository, &found, &event.head)?,
            None => found,
        };
        Ok(Some(Ends { name, base, head }))
    }

    /// The trusted side of a run that judges no change.
    pub fn trusted(&self, root: &Path) -> Result<Files, Fault> {
        Ok(Ends::trusted(self.ends(root)?, root).0)
    }
}

impl Ends {
    /// The trusted side of a run, and its head; of one that is about no change, what stands in the folder.
    pub fn trusted(ends: Option<Self>, root: &Path) -> (Files, Option<(Base, Commit)>) {
        let Some(Self { name, base, head }) = ends else { return (Files::folder(root), None) };
        let told = Base { name, commit: base.commit().to_string(), head: head.to_string() };
        (Files::at(root, base), Some((told, head)))
    }
}

/// The name of the configuration. A base without one has agreed to nothing that could be judged by.
pub fn agreed(trusted: &Files, base: Option<&Base>, name: Option<String>) -> Result<String, Fault> {
    match (name, base, trusted.base()) {
        (None, Some(told), Some(base)) => Err(trust::no_base_policy(&told.name, base.commit())),
        (name, ..) => Ok(name.unwrap_or_else(|| config::FILE.to_owned())),
    }
}

/// The first link on a way from the root that leads out of it. A way that names what is outside itself was meant so.
pub fn link_out(root: &Path, path: &Path) -> Option<PathBuf> {
    let path = if path.is_relative() { path.to_owned() } else { files::from(root, path) };
    let mut way = PathBuf::new();
    for part in path.parent()?.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => way.push(name),
            Component::ParentDir if way.pop() => {}
            _ => return None,
        }
        let at = root.join(&way);
        // A link to nowhere is one to wherever something will be.
        if at.is_symlink() && !at.canonicalize().is_ok_and(|real| real.starts_with(root)) {
            return Some(way);
        }
    }
    None
}

/// The longest configuration, in bytes.
pub const LONGEST: u64 = 1 << 20;

/// The name of the configuration: of the file that is named, or the one in the root; none where there is none.
pub fn configuration_name(global: &Global, trusted: &Files) -> Option<String> {
    let path = match &global.config {
        Some(path) => path.as_path(),
        None => Some(Path::new(config::FILE)).filter(|path| is_there(trusted, path))?,
    };
    Some(files::from(trusted.root(), path).to_string_lossy().into_owned())
}

/// Whether something has a name: also a link to nowhere, or what may not be looked at. Passed over, it would leave the defaults to hold.
pub fn is_there(trusted: &Files, path: &Path) -> bool {
    trusted.kind(path).map_or(true, |kind| kind.is_some())
}

/// The configuration of a run, with what the command line says of rules; as far as it can be read, with what is wrong with it.
pub fn configuration(global: &Global, trusted: &Files) -> (Config, Vec<Fault>) {
    let read = |name: &str| match text(trusted, global.config.as_deref().unwrap_or(Path::new(config::FILE)), name) {
        Ok(text) => Config::parse_partly(name, &text),
        Err(fault) => (Config::none(), vec![fault]),
    };
    let (mut config, faults) =
        configuration_name(global, trusted).map_or_else(|| (Config::none(), Vec::new()), |name| read(&name));
    config.builtin &= !global.no_builtin;
    config.policies.extend(global.policies.iter().cloned());
    // One that is named twice has each of its rules once.
    let mut known = BTreeSet::new();
    config.policies.retain(|folder| known.insert(files::from(trusted.root(), folder)));
    (config, faults)
}

/// The rules of a run by its configuration; what is wrong with either is told together.
pub fn configured_rules(global: &Global, trusted: &Files) -> Result<RuleSet, Vec<Fault>> {
    let (config, faults) = configuration(global, trusted);
    all_of(faults, rules(trusted, &config, Phase::Plan))
}

/// What was made, where nothing is wrong besides; otherwise all that is.
pub fn all_of<T>(mut faults: Vec<Fault>, made: Result<T, Vec<Fault>>) -> Result<T, Vec<Fault>> {
    if faults.is_empty() {
        return made;
    }
    faults.extend(made.err().unwrap_or_default());
    Err(faults)
}

fn text(trusted: &Files, path: &Path, name: &str) -> Result<String, Fault> {
    let text = trusted.text(path, LONGEST).map_err(|error| {
        let dangles = error.kind() == io::ErrorKind::NotFound && is_there(trusted, path);
        let error = if dangles { io::Error::other("it is a link to nothing") } else { error };
        let help = match error.kind() {
            io::ErrorKind::NotFound => "name another with --config; `changegate init` writes a first one",
            io::ErrorKind::PermissionDenied => "see that you may read it",
            _ => "a configuration is an ordinary file with UTF-8 text; name another with --config",
        };
        Fault::new("config/unreadable", format!("{name} can't be read: {error}")).help(help)
    })?;
    if text.len() as u64 > LONGEST {
        let message = format!("{name} has more than the {LONGEST} bytes that a configuration may have");
        return Err(Fault::new("config/unreadable", message).help("name the configuration after --config"));
    }
    Ok(text)
}

/// The rules of a run.
pub fn rules(trusted: &Files, config: &Config, phase: Phase) -> Result<RuleSet, Vec<Fault>> {
    let mut packs: Vec<Pack> = Vec::new();
    if config.builtin {
        packs.push(builtin());
    }
    let mut faults = Vec::new();
    for folder in &config.policies {
        if matches!(trusted.kind(folder), Ok(None | Some(Kind::File | Kind::Other))) {
            let message = format!("{} is no folder, and was named as one of rules", folder.display());
            faults.push(
                Fault::new("policy/unreadable", message)
                    .help("correct it where it is named: after --policies, or in `policies.paths` of changegate.toml"),
            );
            continue;
        }
        match policy::pack(trusted, folder) {
            Ok(pack) => packs.push(pack),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    RuleSet::load(&packs, &config.settings, phase)
}

/// All that stands on the trusted side besides waivers; what is wrong with any of it, and with the configuration, is told together.
pub fn judged_by(
    wrong: Vec<Fault>,
    trusted: &Arc<Files>,
    config: &Config,
    phase: Phase,
) -> Result<(RuleSet, Profiles, Schedule), Vec<Fault>> {
    let rules = all_of(wrong, rules(trusted, config, phase));
    let profiles = profiles(trusted, config);
    let scheduled = profiles.as_ref().ok().map(|profiles| schedule(trusted, config, profiles)).transpose();
    match (rules, profiles, scheduled) {
        (Ok(rules), profiles, scheduled) => Ok((rules, profiles?, scheduled?.unwrap_or_default())),
        (Err(mut wrong), profiles, scheduled) => {
            wrong.extend(scheduled.err().unwrap_or_default());
            all_of(wrong, profiles.and(Err(Vec::new())))
        }
    }
}

/// The waivers of a gate: those of the configuration, which are taken out of it, and of the folder of waivers.
pub fn waivers(trusted: &Files, config: &mut Config, gate: &Gate) -> Result<Waivers, Vec<Fault>> {
    let ids: Vec<&str> = gate.rules.rules.iter().map(|rule| &*rule.id).collect();
    let configured = config.waivers.take();
    let systems: Vec<_> = gate.profiles.systems().collect();
    let known = Known { systems: &systems, environments: &config.environments };
    let holding = waivers::Terms { now: gate.now, longest: config.waiver_days, rules: &ids, known };
    Waivers::of(trusted, configured, holding)
}

/// The default branch of `origin`, where nobody says where a change goes; `command` is what asks.
pub fn usual_base(repository: &Repository, command: &str) -> Result<Commit, Fault> {
    let usual = ["origin/HEAD", "origin/main", "origin/master"];
    usual.iter().find_map(|name| repository.commit(name).ok()).ok_or_else(|| {
        Fault::new("usage/base", "it is not known where the change began: there is no default branch of `origin` here")
            .help(format!("name the branch that it goes to: changegate {command} --base main"))
    })
}

/// The freezes and windows of a run: those of the configuration, and its calendars.
pub fn schedule(trusted: &Files, config: &Config, profiles: &Profiles) -> Result<Schedule, Vec<Fault>> {
    let systems: Vec<_> = profiles.systems().collect();
    let known = Known { systems: &systems, environments: &config.environments };
    Schedule::of_configuration(&config.low_risk).with_calendars(trusted, &config.calendars, known)
}

/// The profiles of a run; those that freezes name are among them.
pub fn profiles(trusted: &Arc<Files>, config: &Config) -> Result<Profiles, Vec<Fault>> {
    let profiles = Profiles::of(trusted, Path::new(&config.systems), config.systems_named, config.limits)
        .map_err(|fault| vec![fault])?;
    let strange = config.freezes_of_unknown_systems(profiles.systems());
    if strange.is_empty() { Ok(profiles) } else { Err(strange) }
}
