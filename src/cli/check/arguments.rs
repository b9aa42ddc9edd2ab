//! What is said to `changegate check` in words, as the program has it.

use crate::cli::evidence::Recorded;
use crate::cli::format::Format;
use crate::cli::ground::Side;
use crate::cli::pull::Number;
use crate::facts::Phase;
use crate::finding::Level;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use std::path::PathBuf;

/// By what is judged, and as of when.
#[derive(Debug, Args)]
pub struct Basis {
    /// When in the life of the upgrade it is judged
    #[arg(long, value_enum, default_value_t = PhaseArgument::Plan)]
    pub phase: PhaseArgument,
    /// Judge as of this time instead of the clock's: 2026-12-06T02:00:00+01:00
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub now: Option<Timestamp>,
    #[command(flatten)]
    pub evidence: Recorded,
    #[command(flatten)]
    pub pull: Number,
    #[command(flatten)]
    pub side: Side,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PhaseArgument {
    /// The pull request that proposes it
    Plan,
    /// Minutes before it is carried out
    Deploy,
    /// Afterwards, before it may be called done
    Close,
}

impl From<PhaseArgument> for Phase {
    fn from(phase: PhaseArgument) -> Self {
        match phase {
            PhaseArgument::Plan => Self::Plan,
            PhaseArgument::Deploy => Self::Deploy,
            PhaseArgument::Close => Self::Close,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FailOn {
    /// Denials alone
    Deny,
    /// Warnings, too
    Warn,
}

impl From<FailOn> for Level {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Deny => Self::Deny,
            FailOn::Warn => Self::Warn,
        }
    }
}

#[derive(Debug, Clone)]
pub struct ReportFile {
    pub format: Format,
    pub path: PathBuf,
}

pub fn instant(text: &str) -> Result<Timestamp, String> {
    crate::proposal::time::instant(text)
        .ok_or_else(|| "write date, time and offset as in RFC 3339: 2026-12-06T02:00:00+01:00".to_owned())
}

pub fn report_file(text: &str) -> Result<ReportFile, String> {
    let (name, path) = text.split_once('=').ok_or("write the format, `=` and the file: json=report.json")?;
    let format = Format::from_str(name, false)
        .map_err(|_| format!("there is no format `{name}`; the formats are {}", Format::names()))?;
    match path {
        "" => Err("name a file after the `=`".to_owned()),
        "-" => Err(format!("`-` is no file: the format on standard output is chosen with --format {name}")),
        path => Ok(ReportFile { format, path: path.into() }),
    }
}
