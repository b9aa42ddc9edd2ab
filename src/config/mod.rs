//! `changegate.toml`: where things are, and what the organisation changes about the rules.

mod advisories;
mod calendars;
mod changes;
mod freezes;
mod github;
pub mod model;
mod settings;

use crate::document::{Document, Limits};
use crate::evidence::{Need, Places, Provider};
use crate::finding::Fault;
use crate::proposal::model::EVIDENCE;
use crate::proposal::problem::MOST_TOLD;
use crate::proposal::{NodeId, Problem, Role, Thresholds, Tree, Value, read_partly};
use crate::schedule;
use crate::source::Place;
use crate::waivers::{self, WAIVERS};
use settings::settings;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use crate::policy::Setting;
pub use github::GitHub;

/// The name under which the configuration is looked for.
pub const FILE: &str = "changegate.toml";

/// How long all servers may be asked in a run: long enough to wait out a rate limit once, for which GitHub asks for a minute, and short enough
/// for people to wait for a check.
const PATIENCE: Duration = Duration::from_secs(120);

/// The JSON Schema of the file, for editors that know TOML: `schemas/config-v1.json`.
pub fn json_schema() -> serde_json::Value {
    let id = "https://changegate.dev/schema/config-v1.json";
    crate::proposal::json_schema::json_schema(&model::CONFIG, id, "changegate configuration, version 1")
}

/// The configuration of a run.
#[derive(Debug)]
pub struct Config {
    /// Patterns of the proposals that are judged when none is named.
    pub proposals: Vec<String>,
    /// The folder of the system profiles.
    pub systems: String,
    /// Whether the configuration names that folder.
    pub systems_named: bool,
    /// Whether every proposal must name a system that has a profile; by default where there is such a folder.
    pub systems_required: Option<bool>,
    /// Folders of packs besides the built-in one.
    pub policies: Vec<PathBuf>,
    /// Whether the built-in pack is used.
    pub builtin: bool,
    /// How large a proposal or a profile may be.
    pub limits: Limits,
    /// Where one scale of upgrades ends and the next begins.
    pub thresholds: Thresholds,
    /// What is said of single rules, in the order of the file.
    pub settings: Vec<Setting>,
    /// How much a run needs what each provider of evidence has to say, where that is not required.
    pub needs: BTreeMap<Provider, Need>,
    /// How long all servers may be asked in a run.
    pub patience: Duration,
    /// Where advisories are looked up.
    pub advisories: Places,
    /// Where GitHub is, and who is who there.
    pub github: GitHub,
    /// Where it is said that a change which pins nothing otherwise needs no proposal; none where each does.
    pub when_pinned: Option<Place>,
    /// Folders and patterns of the lockfiles that are not looked at.
    pub ignore: Vec<String>,
    /// The waivers of the file, where it has any.
    pub waivers: Option<Tree>,
    /// For how many days a waiver may hold.
    pub waiver_days: i64,
    /// The part of the evidence that the configuration holds.
    pub evidence: Arc<Tree>,
    /// The low-risk windows that it lists, in the shape of evidence.
    pub low_risk: Tree,
    /// Where calendars are.
    pub calendars: schedule::Settings,
    /// The environments that there are.
    pub environments: Vec<String>,
    /// The name of the file, where there is one.
    pub file: Option<String>,
    /// SHA-256 of its text, `sha256:` and hexadecimal digits.
    pub digest: Option<String>,
}

impl Config {
    /// The configuration of a run that has no file.
    pub fn none() -> Self {
        Self {
            proposals: vec!["changes/**/*.json".to_owned()],
            systems: "systems".to_owned(),
            systems_named: false,
            systems_required: None,
            policies: Vec::new(),
            builtin: true,
            limits: Limits::default(),
            thresholds: Thresholds::default(),
            settings: Vec::new(),
            needs: BTreeMap::from([(Provider::Advisories, Need::Off)]),
            patience: PATIENCE,
            advisories: Places::default(),
            github: GitHub::default(),
            when_pinned: None,
            ignore: Vec::new(),
            waivers: None,
            waiver_days: waivers::LONGEST_DAYS,
            evidence: Arc::new(Tree::empty(&EVIDENCE)),
            low_risk: Tree::empty(&EVIDENCE),
            calendars: schedule::Settings::default(),
            environments: freezes::ENVIRONMENTS.map(str::to_owned).to_vec(),
            file: None,
            digest: None,
        }
    }

    /// The freezes and windows that name a system which has no profile: misspelt, such a freeze stops nothing, and nobody notices. Asked
    /// only where there are profiles.
    pub fn freezes_of_unknown_systems<'s>(&self, systems: impl Iterator<Item = &'s str>) -> Vec<Fault> {
        let systems: Vec<_> = systems.collect();
        if systems.is_empty() {
            return Vec::new();
        }
        let mut faults = freezes::of_unknown_systems(&self.evidence, &systems);
        faults.extend(freezes::of_unknown_systems(&self.low_risk, &systems));
        faults
    }

    /// Reads the text of a configuration.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let (config, faults) = Self::parse_partly(name, text);
        if faults.is_empty() { Ok(config) } else { Err(faults) }
    }

    /// Reads the text of a configuration as far as it can be read, with everything that is wrong with it: nothing may be judged by it
    /// then, but what is wrong with the settings of rules can be told in the same run.
    pub fn parse_partly(name: &str, text: &str) -> (Self, Vec<Fault>) {
        let document = match Document::parse_toml(name, text) {
            Ok(document) => document,
            Err(faults) => return (Self::none(), faults),
        };
        let (tree, problems) = read_partly(&document, &model::CONFIG);
        let (rules, systems) = (sound(&problems, "policies"), sound(&problems, "systems"));
        let mut faults: Vec<_> = problems.into_iter().map(|problem| problem.into_fault(Role::Configuration)).collect();
        // Which rules and which systems there are is not known where these tables can't be read.
        let settings = if rules { settings(&tree) } else { Vec::new() };
        faults.extend(if systems { freezes::idle(&tree) } else { freezes::empty(&tree) });
        faults.extend(settings::unexplained(&tree));
        let mut config = Self::of(name, text, &tree, settings);
        config.github = github::read(&tree, &mut faults);
        config.ignore = changes::ignore(&tree, &mut faults);
        config.advisories = advisories::read(&tree, &mut faults);
        let again = || read_partly(&document, &model::CONFIG).0;
        if tree.path(&["waivers"]).is_some() {
            config.waivers = Some(again().cut("waivers", &WAIVERS));
        }
        if systems && tree.path(&["low_risk"]).is_some() {
            config.low_risk = again().cut("low_risk", &EVIDENCE);
        }
        if systems {
            config.evidence = Arc::new(tree.cut("freezes", &EVIDENCE));
        }
        (config, faults)
    }

    fn of(name: &str, text: &str, tree: &Tree, settings: Vec<Setting>) -> Self {
        let none = Self::none();
        Self {
            proposals: texts(tree, &["proposals", "paths"]).unwrap_or(none.proposals),
            systems: text_at(tree, &["systems", "path"]).unwrap_or(none.systems),
            systems_named: tree.path(&["systems", "path"]).is_some(),
            systems_required: tree.path(&["systems", "required"]).and_then(|id| tree.flag(id)),
            policies: texts(tree, &["policies", "paths"]).unwrap_or_default().into_iter().map(PathBuf::from).collect(),
            builtin: tree.path(&["policies", "builtin"]).and_then(|id| tree.flag(id)).unwrap_or(true),
            limits: Limits {
                bytes: number(tree, &["limits", "file_bytes"]).unwrap_or(none.limits.bytes),
                depth: number(tree, &["limits", "depth"]).unwrap_or(none.limits.depth),
            },
            thresholds: thresholds(tree, none.thresholds),
            settings,
            needs: needs(tree),
            patience: number(tree, &["evidence", "seconds"])
                .map_or(none.patience, |seconds| Duration::from_secs(seconds as u64)),
            advisories: none.advisories,
            github: GitHub::default(),
            when_pinned: changes::when_pinned(tree),
            ignore: Vec::new(),
            waivers: None,
            waiver_days: number(tree, &["limits", "waiver_days"]).map_or(none.waiver_days, |days| days as i64),
            evidence: none.evidence,
            low_risk: none.low_risk,
            calendars: calendars::settings(tree),
            environments: texts(tree, &["systems", "environments"]).unwrap_or(none.environments),
            file: Some(name.to_owned()),
            digest: Some(crate::digest::of(text.as_bytes())),
        }
    }
}

/// Whether a table of the configuration says all that it is meant to say: nothing in it has a problem, and it may not stand under a
/// misspelt name.
fn sound(problems: &[Problem], table: &str) -> bool {
    let touches = |problem: &Problem| {
        let first = problem.pointer.split('/').nth(1).unwrap_or_default();
        first == table || model::CONFIG.field(first).is_none()
    };
    problems.len() <= MOST_TOLD && !problems.iter().any(touches)
}

/// What `[scale]` says; what it leaves out stays as it is.
fn thresholds(tree: &Tree, none: Thresholds) -> Thresholds {
    let words = |name, default| texts(tree, &["scale", name]).unwrap_or(default);
    Thresholds {
        routine_criticalities: words("routine_criticalities", none.routine_criticalities),
        routine_sizes: words("routine_sizes", none.routine_sizes),
        critical_criticalities: words("critical_criticalities", none.critical_criticalities),
        critical_sizes: words("critical_sizes", none.critical_sizes),
        critical_reversibilities: words("critical_reversibilities", none.critical_reversibilities),
    }
}

/// What `[evidence]` says.
fn needs(tree: &Tree) -> BTreeMap<Provider, Need> {
    let need = |provider: &Provider| Need::parse(tree.text(tree.path(&["evidence", provider.as_str()])?)?);
    let mut needs = Provider::ALL.into_iter().filter_map(|provider| Some((provider, need(&provider)?))).collect();
    advisories::need(tree, &mut needs);
    needs
}

fn text_at(tree: &Tree, path: &[&str]) -> Option<String> {
    tree.path(path).and_then(|id| tree.text(id)).map(str::to_owned)
}

fn texts(tree: &Tree, path: &[&str]) -> Option<Vec<String>> {
    let text = |&id: &NodeId| tree.text(id).map(str::to_owned);
    tree.path(path).map(|id| tree.items(id).iter().filter_map(text).collect())
}

fn number(tree: &Tree, path: &[&str]) -> Option<usize> {
    match tree.path(path).map(|id| tree.value(id)) {
        Some(Value::Count(count)) => usize::try_from(*count).ok(),
        _ => None,
    }
}

/// A text that has to be of a form, and is not.
fn refused(tree: &Tree, node: NodeId, what: &str, why: &str) -> Fault {
    Fault::new("config/malformed-value", format!("this can't be read as {what}"))
        .help(why)
        .at(tree.place(node), "stands here")
}
