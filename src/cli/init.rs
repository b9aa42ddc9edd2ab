//! `changegate init`: writes a configuration, a first proposal and a system profile to start from.

use super::ground::root;
use super::{Failure, Global};
use crate::finding::Fault;
use crate::proposal::shape::Kind;
use crate::verdict::Outcome;
use clap::Args;
use jiff::Timestamp;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

#[derive(Debug, Args)]
pub struct Init {
    /// The id of the system that the first proposal upgrades; asked for on a terminal
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
        let system = self.system(out)?;
        let files = [
            ("changegate.toml".to_owned(), CONFIG.to_owned()),
            (format!("systems/{system}.json"), PROFILE.replace(DEFAULT_SYSTEM, &system)),
            (format!("changes/first-upgrade-of-{system}.json"), proposal(&system, Timestamp::now())),
        ];
        // All or nothing: half a set of files, one of them somebody else's, would be judged together.
        let present: Vec<_> =
            files.iter().filter(|(name, _)| root.join(name).symlink_metadata().is_ok()).map(|(name, _)| name).collect();
        if !present.is_empty() {
            return Err(present.into_iter().map(|name| exists(name)).collect::<Vec<_>>().into());
        }
        for (name, text) in &files {
            write(&root.join(name), text).map_err(|error| unwritable(name, &error))?;
            writeln!(out, "wrote {name}")?;
        }
        writeln!(out, "\nnext: changegate check")?;
        Ok(Outcome::Pass)
    }

    fn system(&self, out: &mut impl Write) -> Result<String, Failure> {
        let system = match &self.system {
            Some(system) => system.clone(),
            None if io::stdin().is_terminal() => ask(out)?,
            None => DEFAULT_SYSTEM.to_owned(),
        };
        if crate::proposal::fits(&Kind::Name, &system) && !system.contains('/') {
            return Ok(system);
        }
        Err(Fault::new("usage/system", format!("`{system}` can't be the id of a system"))
            .help("use letters, digits and . _ - @ : +, beginning with a letter or a digit")
            .into())
    }
}

/// The first proposal, with a window in two weeks, so that it is not blocked by the calendar.
fn proposal(system: &str, now: Timestamp) -> String {
    let day = 24 * 60;
    let evening = |minutes: i64| {
        let midnight = now.as_second() / (60 * day) * day;
        moment(midnight + 14 * day + 19 * 60 + minutes)
    };
    let times = [
        ("{{now}}", moment(now.as_second() / 60)),
        ("{{yesterday}}", moment(now.as_second() / 60 - day)),
        ("{{start}}", evening(0)),
        ("{{end}}", evening(60)),
        ("{{decision}}", evening(45)),
    ];
    times.iter().fold(PROPOSAL.replace(DEFAULT_SYSTEM, system), |text, (name, time)| text.replace(name, time))
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

/// Never over a file that is there, not even one that came to be since it was looked for.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

fn exists(name: &str) -> Fault {
    Fault::new("usage/exists", format!("{name} exists already, and is left as it is"))
        .help("nothing was written; a further system needs no `init`: copy its profile and proposal from those that are there")
}

fn unwritable(name: &str, error: &io::Error) -> Fault {
    Fault::new("usage/unwritable", format!("{name} can't be written: {error}"))
        .help("see that you may write into this folder")
}
