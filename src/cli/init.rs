//! `changegate init`: writes a configuration, a first proposal and a system profile to start from.

use super::fresh::{barred, command, folder_of, unwritable, write};
use super::ground::{configuration, configuration_name, is_there, root};
use super::{Failure, Global};
use crate::config::{Config, FILE};
use crate::files::Files;
use crate::finding::Fault;
use crate::proposal::shape::Kind;
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
            return Err(kept.iter().map(|(name, _)| exists(name)).collect::<Vec<_>>().into());
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
        match unfit(&system) {
            None => Ok(system),
            Some(why) => Err(Fault::new("usage/system", why)
                .help("use letters, digits and . _ - +, beginning with a letter or a digit, at most 128; it becomes the name of a file")
                .into()),
        }
    }
}

/// Why a text can't be the id of a system whose files are written here, on any machine that the project is taken to.
fn unfit(system: &str) -> Option<String> {
    let short: String = system.chars().take(40).chain(system.chars().nth(40).map(|_| '…')).collect();
    let stem = system.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_numbered =
        |device: &str| stem.strip_prefix(device).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    if system.is_empty() {
        Some("the id of a system is empty".to_owned())
    } else if system.starts_with('@') {
        Some(format!("`{short}` is the name of a person, and a system needs one of its own"))
    } else if !crate::proposal::fits(&Kind::Name, system) || system.contains(['/', ':', '@']) {
        Some(format!("`{short}` can't be the id of a system"))
    } else if ["con", "prn", "aux", "nul"].contains(&stem.as_str()) || ["com", "lpt"].into_iter().any(is_numbered) {
        Some(format!("`{short}` can't be the id of a system: on Windows it is the name of a device"))
    } else {
        None
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

fn exists(name: &str) -> Fault {
    Fault::new("usage/exists", format!("{name} exists already, and is left as it is"))
        .help("nothing was written; `changegate init --system NAME` writes the profile and a first proposal of a further system")
}
