//! `changegate init`: writes a configuration, a first proposal and a system profile to start from.

use super::ground::{configuration, configuration_name, is_there, link_out, root};
use super::{Failure, Global};
use crate::config::{Config, FILE};
use crate::files::Files;
use crate::finding::Fault;
use crate::proposal::shape::Kind;
use crate::verdict::Outcome;
use clap::Args;
use jiff::Timestamp;
use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};

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
        let option = |name, value: &Option<PathBuf>| {
            value.as_ref().map_or_else(String::new, |value| format!(" {name} {}", value.display()))
        };
        let (folder, config) = (option("-C", &global.directory), option("--config", &global.config));
        writeln!(out, "\nnext: changegate{folder} check{config}")?;
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

/// Why a file can't be written there, if that can be told before.
fn barred(root: &Path, name: &str) -> Option<Fault> {
    let path = Path::new(name);
    let mut parts = path.strip_prefix(root).unwrap_or(path).components();
    let why = if parts.any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
        "it would be outside the folder in which this runs".to_owned()
    } else if let Some(link) = link_out(root, path) {
        format!("`{}` is a symbolic link that leads out of the folder in which this runs", link.display())
    } else {
        let above = root.join(path).ancestors().skip(1).find(|above| above.exists()).map(Path::to_owned)?;
        if above.is_dir() {
            return None;
        }
        format!("`{}` is no folder", above.strip_prefix(root).unwrap_or(&above).display())
    };
    let fault = Fault::new("usage/unwritable", format!("{name} is not written: {why}"));
    Some(fault.help("nothing was written; see where `systems.path` and `proposals.paths` of changegate.toml lead, or run it there with -C"))
}

/// The folder in which the first pattern looks for proposals: its names before the first special one.
fn folder_of(patterns: &[String]) -> PathBuf {
    let Some(pattern) = patterns.first().map(Path::new) else { return PathBuf::new() };
    let special = |name: &OsStr| name.as_encoded_bytes().iter().any(|byte| b"*?[".contains(byte));
    // Nothing outside of the folder is judged, so nothing is written there.
    let plain = pattern.components().take_while(|part| matches!(part, Component::Normal(name) if !special(name)));
    let plain: PathBuf = plain.collect();
    let is_file = plain == pattern && plain.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_file { plain.parent().map(Path::to_owned).unwrap_or_default() } else { plain }
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

/// Never over a file that is there, not even one that came to be since it was looked for.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

fn exists(name: &str) -> Fault {
    Fault::new("usage/exists", format!("{name} exists already, and is left as it is"))
        .help("nothing was written; `changegate init --system NAME` writes the profile and a first proposal of a further system")
}

fn unwritable(name: &str, error: &io::Error) -> Fault {
    Fault::new("usage/unwritable", format!("{name} can't be written: {error}"))
        .help("see that you may write into this folder")
}
