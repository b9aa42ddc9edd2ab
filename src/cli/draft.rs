//! `changegate draft`: writes a proposal from what a change does to lockfiles.

mod change;

use super::fresh::{barred, command, folder_of, unwritable, write};
use super::ground::{configuration, is_there, profiles, root, rules};
use super::{Failure, Global};
use crate::config::Config;
use crate::document::Kind;
use crate::draft::{self, Chosen, Component, Draft as Drafted, Known, Upgrade, chosen};
use crate::evidence::{Advisories, Need, Provider};
use crate::exchange::Patience;
use crate::facts::Phase;
use crate::files::Files;
use crate::finding::Fault;
use crate::gate::Gate;
use crate::profiles::Profiles;
use crate::report::inert_line;
use crate::verdict::Outcome;
use change::Change;
use clap::Args;
use jiff::Timestamp;
use serde_json::Value;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Args)]
pub struct Draft {
    /// The packages that it is about, by name or package URL [default: all whose version changes]
    #[arg(value_name = "PACKAGE")]
    packages: Vec<String>,
    /// Where the change began: the branch that it goes to [default: in GitHub Actions, the base of the pull request; else the default
    /// branch of `origin`]
    #[arg(long, value_name = "COMMIT")]
    base: Option<String>,
    /// The newest commit of the change [default: in GitHub Actions, that of the pull request; else the one that is checked out]
    #[arg(long, value_name = "COMMIT")]
    head: Option<String>,
    /// Draft from this pull request: GitHub tells its ends and what it says of itself [default: in GitHub Actions, the one of the event]
    ///
    /// Its commits have to be here. Where GitHub is, is read from the branch that it goes to. The token is that of GITHUB_TOKEN or GH_TOKEN.
    #[arg(long = "pr", value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "head")]
    pull: Option<u64>,
    /// The id of the system that is upgraded [default: the one whose profile has the packages, or the only one that has a profile]
    #[arg(long, value_name = "ID")]
    system: Option<String>,
    /// An advisory that the upgrade answers; may be repeated [default: those that the newest commit names; those that only the pull request names are suggested]
    #[arg(long = "advisory", value_name = "ADVISORY")]
    advisories: Vec<String>,
    /// Where to write it [default: a name of its own, where `proposals.paths` looks for proposals]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Ask for what is yet to be said, one field after the other, on a terminal
    #[arg(long)]
    ask: bool,
}

impl Draft {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        if self.ask && !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Err(Fault::new("usage/option", "`--ask` asks on a terminal, and there is none")
                .help("leave it out: what is yet to be said is marked in the draft")
                .into());
        }
        let root = root(global)?;
        let trusted = Arc::new(Files::folder(&root));
        let (config, faults) = configuration(global, &trusted);
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let profiles = profiles(&trusted, &config)?;
        let rules = rules(&trusted, &config, Phase::Plan)?;
        let change = self.change(global, &root, &config)?;
        let system = self.system(&profiles, &change.pinned)?;
        let components = components(&profiles, &system);
        let chosen = chosen(&change.pinned, &self.packages, &change.said, &components)?;
        let now = Timestamp::now();
        let minute = Timestamp::from_second(now.as_second() / 60 * 60).unwrap_or(now);
        let upgrade = Upgrade { system: &system, components: &components, chosen: &chosen };
        let (advisories, unread) = self.advisories(
            &change,
            &Advisories::new(
                Arc::clone(&trusted),
                config.advisories.clone().in_files(),
                (now, now),
                Arc::new(Patience::new(config.patience)),
            ),
            &config,
            &chosen,
        );
        let mut known = Known::of(&upgrade, &advisories, &minute.to_string());
        if self.advisories.is_empty() {
            known.suggest(&change.mentioned);
        }
        let file = self.file(&root, &trusted, &config, &known)?;
        let gate = Gate::new(rules, profiles, &config, Phase::Plan, None, now)?;
        let drafted = if self.ask {
            draft::ask(&mut known, &gate, &mut io::stdin().lock(), &mut io::stderr().lock())??
        } else {
            Drafted::of(&known, &gate)?
        };
        let name = file.to_string_lossy();
        write(&root.join(&file), &drafted.text()).map_err(|error| unwritable(&name, &error))?;
        tell(&drafted, &chosen, &name, out)?;
        if let Some(Fault { message, .. }) = unread {
            writeln!(out, "  advisories are not looked up: {}", inert_line(&message, 1_000, "…"))?;
        }
        writeln!(out, "\nnext: {}", command(global, &format!("check {name}")))?;
        Ok(Outcome::Pass)
    }

    /// The system that is named; or the one whose profile has one of the packages; or the only one there is.
    fn system(&self, profiles: &Profiles, changes: &[Value]) -> Result<String, Fault> {
        let systems: Vec<&str> = profiles.systems().collect();
        if let Some(system) = &self.system {
            if systems.is_empty() || systems.contains(&system.as_str()) {
                return Ok(system.clone());
            }
            return Err(Fault::new("usage/system", format!("the system `{system}` has no profile"))
                .help(format!("systems with a profile: {}", systems.join(", "))));
        }
        let urls = || changes.iter().filter_map(|change| change.get("package_url")?.as_str());
        let has = |system: &&&str| {
            let components = components(profiles, system);
            urls().any(|url| components.iter().any(|component| component.is(url)))
        };
        let having: Vec<_> = systems.iter().filter(has).collect();
        match (having.as_slice(), systems.as_slice()) {
            ([system], _) => Ok((**system).to_owned()),
            ([], [system]) => Ok((*system).to_owned()),
            ([], []) => Err(Fault::new("usage/system", "no system has a profile, and none is named")
                .help("write a profile first: changegate init --system ID; or name the system with --system")),
            _ => Err(Fault::new(
                "usage/system",
                "several systems have a profile, and it can't be told which is upgraded",
            )
            .help(format!(
                "name one with --system: {}; or write the `package_url` of its components into its profile",
                systems.join(", ")
            ))),
        }
    }

    /// The advisories that are named; or those of the commit, and those that the records know to be left behind. Besides, why these
    /// could not be looked up: a draft is none the worse for it.
    fn advisories(
        &self,
        change: &Change,
        records: &Advisories,
        config: &Config,
        chosen: &Chosen,
    ) -> (Vec<String>, Option<Fault>) {
        if !self.advisories.is_empty() {
            return (self.advisories.clone(), None);
        }
        let mut ids = change.advisories.clone();
        if config.advisories.records.is_none() || config.needs.get(&Provider::Advisories) == Some(&Need::Off) {
            return (ids, None);
        }
        match records.answered(&chosen.packages()) {
            Ok(found) => {
                ids.extend(found);
                (ids, None)
            }
            Err(fault) => (ids, Some(fault)),
        }
    }

    /// Where it is to stand. What is there is left as it is.
    fn file(&self, root: &Path, trusted: &Files, config: &Config, known: &Known) -> Result<PathBuf, Fault> {
        let usual = || folder_of(&config.proposals).join(format!("{}.json", known.id()));
        let file = self.out.clone().unwrap_or_else(usual);
        let name = file.to_string_lossy();
        if is_there(trusted, &file) {
            return Err(Fault::new("usage/exists", format!("{name} exists already, and is left as it is"))
                .help("nothing was written; name another file with --out"));
        }
        barred(root, &name).map_or(Ok(file), Err)
    }
}

/// The components of a system, as its profile has them.
fn components(profiles: &Profiles, system: &str) -> Vec<Component> {
    let Some(profile) = profiles.get(system) else { return Vec::new() };
    let Ok(document) = &profile.document else { return Vec::new() };
    let list = document.at("/system/components");
    let component = |item: crate::document::Value<'_>| {
        let text = |name: &str| match item.get(name).map(|value| value.kind()) {
            Some(Kind::String(text)) => Some(text.to_owned()),
            _ => None,
        };
        Some(Component {
            name: text("name")?,
            kind: text("kind").unwrap_or_default(),
            package_url: text("package_url"),
            version: text("version"),
        })
    };
    list.into_iter().flat_map(|list| list.items().filter_map(component).collect::<Vec<_>>()).collect()
}

/// What was drafted, what is open, and what was left out.
fn tell(drafted: &Drafted, chosen: &Chosen, name: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "wrote {name}")?;
    let count = chosen.direct.len() + chosen.along.len();
    if count > 1 {
        writeln!(out, "  packages  {count}")?;
    }
    if let Some(scale) = &drafted.scale {
        writeln!(out, "  scale     {} ({}), if what is suggested is true", scale.scale.as_str(), scale.why)?;
    }
    writeln!(out, "  open      {} fields, which begin with TODO:", drafted.open())?;
    for left_out in chosen.left_out.iter().take(MOST_LEFT_OUT) {
        writeln!(out, "  left out  {left_out}")?;
    }
    let more = chosen.left_out.len().saturating_sub(MOST_LEFT_OUT);
    if more > 0 {
        writeln!(out, "  left out  {more} more")?;
    }
    Ok(())
}

const MOST_LEFT_OUT: usize = 20;
