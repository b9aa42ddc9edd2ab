//! What is asked of how much of rules their cases run, and the files in which that is told.

use crate::cli::target::Sought;
use crate::cli::written::Files;
use crate::finding::Fault;
use crate::policy::Coverage;
use crate::report::{Percent, TestTally, write_coverage_page, write_lcov};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct CoverageArgs {
    /// Also tell which lines and branches of the rules the cases ran
    #[arg(long)]
    coverage: bool,
    /// Also write that to a file: `lcov` for programs, or `html`, a page to look at; may be repeated
    ///
    /// An earlier report is replaced, and no other file.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report_file)]
    coverage_report: Vec<ReportFile>,
    /// Fail if less than this share of the lines or of the branches ran, from 0 to 100
    #[arg(long, value_name = "PERCENT", conflicts_with = "filter", value_parser = percent)]
    pub fail_under: Option<Percent>,
}

impl CoverageArgs {
    pub fn is_asked(&self) -> bool {
        self.coverage || !self.coverage_report.is_empty() || self.fail_under.is_some()
    }
}

#[derive(Debug, Clone)]
struct ReportFile {
    format: Format,
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Lcov,
    Html,
}

fn report_file(text: &str) -> Result<ReportFile, String> {
    let (name, path) = text.split_once('=').ok_or("write the format, `=` and the file: lcov=coverage.info")?;
    let format = Format::from_str(name, false)
        .map_err(|_| format!("there is no format `{name}` of coverage; the formats are lcov and html"))?;
    match path {
        "" => Err("name a file after the `=`".to_owned()),
        "-" => Err("`-` is no file: standard output has what --format chooses".to_owned()),
        path => Ok(ReportFile { format, path: path.into() }),
    }
}

fn percent(text: &str) -> Result<Percent, String> {
    Percent::parse(text).ok_or_else(|| "write a number from 0 to 100, with one decimal at most: 95 or 99.5".to_owned())
}

/// The files of what ran, and what goes into them.
#[derive(Debug)]
pub struct CoverageFiles {
    files: Files<Format>,
    rules: Vec<Coverage>,
}

impl CoverageFiles {
    /// Opens all that are asked for, and says why one can't be.
    pub fn open(asked: &CoverageArgs, sought: &Sought) -> (Self, Vec<Fault>) {
        let asked = asked.coverage_report.iter().map(|ReportFile { format, path }| (*format, path.as_path()));
        let (files, faults) = Files::open(asked, sought);
        (Self { files, rules: Vec::new() }, faults)
    }

    /// Keeps what of a rule ran until it is known of all.
    pub fn add(&mut self, coverage: Option<Coverage>) {
        if !self.files.is_empty() {
            self.rules.extend(coverage);
        }
    }

    /// Writes the files; they all stay or none does.
    pub fn write(self, tally: &TestTally) -> Vec<Fault> {
        let Self { files, rules } = self;
        files.write(|format, out| match format {
            Format::Lcov => write_lcov(out, &rules),
            Format::Html => write_coverage_page(out, &rules, tally),
        })
    }
}
