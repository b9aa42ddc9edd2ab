//! The file of a report: what it may take the place of, and that it appears whole or not at all.
//!
//! The name may be a slip, and the folder may be that of a pull request. So a report takes the place of an earlier report and of
//! no other file, does not stand where a run would read it, and is not led out of the folder by a link.

use super::ground::link_out;
use crate::config::{Config, FILE};
use crate::finding::Fault;
use crate::{inputs, report, schedule, waivers};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Where runs look for what they judge and for what they judge by.
#[derive(Debug)]
pub struct Sought {
    root: PathBuf,
    /// Patterns of the command line and of the configuration.
    proposals: Vec<String>,
    systems: PathBuf,
    policies: Vec<PathBuf>,
    calendars: Vec<String>,
    advisories: Vec<PathBuf>,
    configurations: Vec<PathBuf>,
}

impl Sought {
    pub fn of(root: &Path, config: &Config, configuration: Option<&Path>, patterns: &[String]) -> Self {
        let usual = Path::new(FILE);
        Self {
            root: root.to_owned(),
            proposals: [patterns, &config.proposals].concat(),
            systems: PathBuf::from(&config.systems),
            policies: config.policies.clone(),
            calendars: config.calendars.files.iter().map(|(pattern, _)| pattern.clone()).collect(),
            advisories: config.advisories.paths().map(Path::to_owned).collect(),
            configurations: configuration.into_iter().chain([usual]).map(Path::to_owned).collect(),
        }
    }

    /// What a file at this place would be to a run, if anything.
    fn as_what(&self, path: &Path) -> Option<&'static str> {
        let ends = |with: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(with));
        let real = |folder: &Path| self.root.join(folder).canonicalize().unwrap_or_else(|_| self.root.join(folder));
        let calendar = |path: &Path| schedule::would_read(&self.root, self.calendars.iter().map(String::as_str), path);
        let proposal = |path: &Path| inputs::would_find(&self.root, &self.proposals, &self.systems, path);
        if self.configurations.iter().any(|file| resolved(&self.root.join(file)) == *path) {
            Some("the configuration")
        } else if ends("rhai") && self.policies.iter().any(|folder| path.starts_with(real(folder))) {
            Some("a rule")
        } else if ends("json") && path.parent() == Some(&real(&self.systems)) {
            Some("a system profile")
        } else if ends("toml") && path.parent() == Some(&real(Path::new(waivers::FOLDER))) {
            Some("a file of waivers")
        } else if path.strip_prefix(&self.root).is_ok_and(calendar) {
            Some("a calendar")
        } else if self.advisories.iter().any(|advisories| path.starts_with(real(advisories))) {
            Some("a file of advisories")
        } else if path.strip_prefix(&self.root).is_ok_and(proposal) {
            Some("a proposal")
        } else {
            None
        }
    }
}

/// A file that a report is written to. What was written is taken away with it, unless the run came to its end.
#[derive(Debug)]
pub struct Target {
    /// As it was given.
    name: PathBuf,
    path: PathBuf,
    /// Where the report stands meanwhile; nowhere where it goes to a device or a pipe.
    written: Option<PathBuf>,
}

impl Target {
    /// Opens the file for a report, and takes an earlier report away: should the run break off, none is better than an old one.
    pub fn open<'n>(
        name: &Path,
        mut others: impl Iterator<Item = &'n Path>,
        sought: &Sought,
    ) -> Result<(Self, File), Fault> {
        let given = sought.root.join(name);
        let path = resolved(&given);
        if others.any(|other| resolved(&sought.root.join(other)) == path) {
            return Err(refused(name, "it is to be written twice"));
        }
        let failed = |error| unwritable(name, &error);
        let target = |written| Self { name: name.to_owned(), path: path.clone(), written };
        if is_stream(&given, &path) {
            return Ok((target(None), OpenOptions::new().append(true).open(&given).map_err(failed)?));
        }
        admit(name, &path, sought)?;
        // Hidden, so that no pattern takes it for a proposal if it is left behind; and one that was left is in nobody's way.
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let partial = path.with_file_name(format!(".{file}.{}.partial", std::process::id()));
        for earlier in [&partial, &path] {
            fs::remove_file(earlier)
                .or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(failed(error)) })?;
        }
        let file = OpenOptions::new().write(true).create_new(true).open(&partial).map_err(failed)?;
        Ok((target(Some(partial)), file))
    }

    /// Gives the report its name.
    pub fn name(&mut self) -> Result<(), Fault> {
        if let Some(written) = &mut self.written {
            fs::rename(&*written, &self.path).map_err(|error| unwritable(&self.name, &error))?;
            written.clone_from(&self.path);
        }
        Ok(())
    }

    /// The run has come to its end, and the report stays.
    pub fn keep(mut self) {
        self.written = None;
    }

    pub fn unwritable(&self, error: &io::Error) -> Fault {
        unwritable(&self.name, error)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Some(written) = &self.written {
            // What can't be taken away has been told of by whatever keeps it.
            let _ = fs::remove_file(written);
        }
    }
}

/// A path whose folders are followed, and whose last name is not.
fn resolved(path: &Path) -> PathBuf {
    match (path.parent().map(Path::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// Whether there is a device or a pipe, which is written to as it stands. `/dev/stdout` leads to whatever standard output is.
fn is_stream(given: &Path, path: &Path) -> bool {
    given.starts_with("/dev")
        || fs::symlink_metadata(path).is_ok_and(|kind| !kind.is_file() && !kind.is_dir() && !kind.is_symlink())
}

/// Whether a report may stand there.
fn admit(name: &Path, path: &Path, sought: &Sought) -> Result<(), Fault> {
    if let Some(link) = link_out(&sought.root, name) {
        return Err(refused(name, &format!("`{}` leads out of the folder in which the gate runs", link.display())));
    }
    match fs::symlink_metadata(path) {
        Ok(kind) if kind.is_dir() => {
            return Err(Fault::new("report/unwritable", format!("the report {} is a folder", name.display()))
                .help(format!("name a file in it, such as {}", name.join("report.json").display())));
        }
        Ok(kind) if kind.is_symlink() => return Err(refused(name, "it is a symbolic link")),
        Ok(_) if !is_replaceable(path).map_err(|error| unwritable(name, &error))? => {
            return Err(refused(name, "a file is there that is no report"));
        }
        _ => {}
    }
    match sought.as_what(path) {
        Some(what) => Err(refused(name, &format!("it would be read as {what}"))),
        None => Ok(()),
    }
}

/// Whether a file may be lost: an earlier report, or one that was made to be filled.
fn is_replaceable(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut beginning = Vec::new();
    (&file).take(100).read_to_end(&mut beginning)?;
    file.seek(SeekFrom::Start(length.saturating_sub(MOST_OF_END)))?;
    let mut end = Vec::new();
    file.take(MOST_OF_END).read_to_end(&mut end)?;
    Ok(length == 0 || report::is_report(&beginning, &end))
}

/// The end of a report that lists five thousand rules.
const MOST_OF_END: u64 = 1 << 20;

fn refused(name: &Path, why: &str) -> Fault {
    Fault::new("report/unwritable", format!("the report {} is not written: {why}", name.display()))
        .help("give the report a name of its own; only an earlier report is replaced")
}

fn unwritable(name: &Path, error: &io::Error) -> Fault {
    Fault::new("report/unwritable", format!("the report {} can't be written: {error}", name.display()))
        .help("see that its folder exists, that you may write there, and that there is room")
}
