//! `changegate init`: writes a configuration, a first proposal and a system profile to start from.

use super::fresh::{barred, command, exists, folder_of, unfit, unwritable, write};
use super::ground::{configuration, configuration_name, is_there, root};
use super::{Failure, Global};
use crate::config::{Config, FILE};
use crate::files::Files;
use crate::verdict::Outcome;
use clap::Args;
use jiff::Timestamp;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

#[derive(Debug, Args)]
pub struct Init {
    /// The id of the system that the first proposal upgrades; asked for on a terminal. Run it again for a further system: files that are
    /// there are kept
    #[arg(long, value_name = "ID")]
    system: Option<String>,
}

const CONFIG: &str = include_str!("init/changegate.toml");
const PROFILE: &str = include_str!("init/profile.json");
const PROPOSAL: &str = include_str!("init/proposal.json");
const DEFAULT_SYSTEM: &str = "my-system";
const FURTHER: &str = "`changegate init --system NAME` writes the profile and a first proposal of a further system";

impl Init {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let trusted = Files::folder(&root);
        let system = self.system(out)?;
        // A configuration that is there says where profiles and proposals belong.
        let name = configuration_name(global, &trusted).unwrap_or_else(|| FILE.to_owned());
        let (config, faults) = if is_there(&trusted, Path::new(&name)) {
            configuration(global, &trusted)
        } else {
            (Config::none(), Vec::new())
        };
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let profile = Path::new(&config.systems).join(format!("{system}.json"));
        let first = Path::new(&folder_of(&config.proposals)).join(format!("first-upgrade-of-{system}.json"));
        let now = Timestamp::now();
        let files = [
            (name, CONFIG.to_owned()),
            (profile.to_string_lossy().into_owned(), filled(PROFILE, &system, now)),
            (first.to_string_lossy().into_owned(), filled(PROPOSAL, &system, now)),
        ];
        let (kept, missing): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| is_there(&trusted, Path::new(name)));
        if missing.is_empty() {
            return Err(kept.iter().map(|(name, _)| exists(name, FURTHER)).collect::<Vec<_>>().into());
        }
        // Known beforehand, so that half of the files are not written.
        let faults: Vec<_> = missing.iter().filter_map(|(name, _)| barred(&root, name)).collect();
        if !faults.is_empty() {
            return Err(faults.into());
        }
        for (name, text) in missing {
            write(&root.join(name), text).map_err(|error| unwritable(name, &error))?;
            writeln!(out, "wrote {name}")?;
        }
        for (name, _) in kept {
            writeln!(out, "kept  {name}, which was there")?;
        }
        writeln!(out, "\nnext: {}", command(global, "check"))?;
        Ok(Outcome::Pass)
    }

    fn system(&self, out: &mut impl Write) -> Result<String, Failure> {
        let system = match &self.system {
            Some(system) => system.clone(),
            None if io::stdin().is_terminal() => ask(out)?,
            None => DEFAULT_SYSTEM.to_owned(),
        };
        unfit(&system).map_or(Ok(system), |fault| Err(fault.into()))
    }
}

/// A file with its times filled in: a window in two weeks, so that the first proposal is not blocked by the calendar.
fn filled(text: &str, system: &str, now: Timestamp) -> String {
    let day = 24 * 60;
    let evening = |minutes: i64| {
        let midnight = now.as_second() / (60 * day) * day;
        moment(midnight + 14 * day + 19 * 60 + minutes)
    };
    let times = [
        ("{{now}}", moment(now.as_second() / 60)),
        ("{{yesterday}}", moment(now.as_second() / 60 - day)),
        ("{{notice}}", moment(now.as_second() / 60 + day)),
        ("{{start}}", evening(0)),
        ("{{end}}", evening(60)),
        ("{{decision}}", evening(45)),
    ];
    times.iter().fold(text.replace(DEFAULT_SYSTEM, system), |text, (name, time)| text.replace(name, time))
}

/// A minute since 1970, in RFC 3339.
fn moment(minute: i64) -> String {
    Timestamp::from_second(minute * 60).map(|time| time.to_string()).unwrap_or_default()
}

fn ask(out: &mut impl Write) -> io::Result<String> {
    write!(out, "id of the system to upgrade first [{DEFAULT_SYSTEM}]: ")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let line = line.trim();
    Ok(if line.is_empty() { DEFAULT_SYSTEM.to_owned() } else { line.to_owned() })
}
