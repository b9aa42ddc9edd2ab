//! `changegate test`: runs the cases of rules.

mod coverage;

use self::coverage::{CoverageArgs, CoverageFiles};
use super::ground::{all_of, configuration, profiles, root};
use super::suite::Paths;
use super::target::Sought;
use super::terminal::Terminal;
use super::{Failure, Global, fresh, stopped};
use crate::cases::{Asked, Ground, Suite, Tested, parse, test, updated};
use crate::config::Config;
use crate::cores;
use crate::files::Files;
use crate::finding::Fault;
use crate::policy;
use crate::report::{Human, JUnitTests, JsonTests, TestReport, TestTally, is_hidden};
use crate::verdict::Outcome;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct Test {
    #[command(flatten)]
    paths: Paths,
    /// Run only the cases of which this is part of `RULE: NAME`
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Write what was found into the cases that fail, in place of what they expect
    ///
    /// Nothing else in the file is changed. Read the difference before you commit it.
    #[arg(long, conflicts_with_all = ["mutate", "coverage", "coverage_report", "fail_under"])]
    update: bool,
    /// Also ask whether the cases notice if a condition of a rule held always or never, or was shifted
    ///
    /// A change that none of them notices is told at its place. Where no case could tell the two from each other, `equal` in the file of cases
    /// says why.
    #[arg(long)]
    mutate: bool,
    #[command(flatten)]
    coverage: CoverageArgs,
    /// The format on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people, with the lines of the cases
    Human,
    /// For programs: changegate.test/v1
    Json,
    /// JUnit XML, for lists of tests
    Junit,
}

const EXIT_STATUS: &str = "Exit status:
  0  every case ended as it should, or was updated
  1  a case ended otherwise, no case notices a change that --mutate makes, or less of the rules ran than --fail-under asks for
  2  a case or a rule could not be run, or there was none";

impl Test {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let files = Arc::new(Files::folder(&root(global)?));
        let options = terminal.options(global.verbosity());
        match self.format {
            Format::Human => self.report(global, &files, Human::new(out, options)),
            Format::Json => self.report(global, &files, JsonTests::new(out)),
            Format::Junit => self.report(global, &files, JUnitTests::new(out)),
        }
    }

    fn report(&self, global: &Global, files: &Arc<Files>, report: impl TestReport) -> Result<Outcome, Failure> {
        let mut changed = Vec::new();
        self.run_all(global, files, report, &mut changed).map_err(|failure| stopped::beside(failure, &changed))
    }

    /// `changed` gets the files of cases that are changed.
    fn run_all(
        &self,
        global: &Global,
        files: &Arc<Files>,
        mut report: impl TestReport,
        changed: &mut Vec<String>,
    ) -> Result<Outcome, Failure> {
        let coverage = self.coverage.is_asked().then(Default::default);
        let mut tally = TestTally { coverage, fail_under: self.coverage.fail_under, ..TestTally::default() };
        let (config, wrong) = configuration(global, files);
        let sought = Sought::of(files.root(), &config, global.config.as_deref(), &[]);
        let (mut coverage, mut faults) = CoverageFiles::open(&self.coverage, &sought);
        let (ground, suite) = match self.prepare(files, config, wrong) {
            Ok(ready) => ready,
            Err(wrong) => {
                faults.splice(0..0, wrong);
                tally.faults = faults.len();
                report.end(&faults, &tally)?;
                return Ok(tally.outcome());
            }
        };
        faults.extend(suite.faults.iter().cloned());
        let asked = Asked { filter: self.filter.clone(), mutate: self.mutate, coverage: self.coverage.is_asked() };
        let work = |index: usize| test(files, &ground, &suite.rules[index], &asked);
        let done = cores::in_order(suite.rules.len(), policy::STACK, work, |mut tested| {
            let written = self.update
                && write(files.root(), &tested).unwrap_or_else(|unwritten| {
                    faults.extend(unwritten);
                    false
                });
            if written {
                changed.push(tested.file.clone());
                // What its cases lacked, they may have now.
                tested.lacks.clear();
            }
            tally.add(&tested, written);
            report.rule(&tested, written)?;
            coverage.add(tested.coverage);
            Ok(())
        });
        faults.extend(stopped::fault(done, "rules were not tested")?);
        if tally.cases == 0 && faults.is_empty() && tally.faults == 0 {
            faults.push(none_run(self.filter.as_deref()));
        }
        faults.extend(coverage.write(&tally));
        tally.faults += faults.len();
        report.end(&faults, &tally)?;
        Ok(tally.outcome())
    }
}

impl Test {
    /// What cases begin with, and the rules that are tested.
    fn prepare(&self, files: &Arc<Files>, config: Config, wrong: Vec<Fault>) -> Result<(Ground, Suite), Vec<Fault>> {
        let profiles = all_of(wrong, profiles(files, &config))?;
        let suite = self.paths.suite(files, &config);
        Ok((Ground::new(Arc::clone(files), profiles, config.thresholds, config.limits), suite))
    }
}

/// Writes what was found into the cases; whether there was anything to write.
fn write(root: &Path, tested: &Tested) -> Result<bool, Vec<Fault>> {
    let Some(text) = updated(&tested.cases, is_hidden) else { return Ok(false) };
    // What can't be read back would be lost with all that stands beside it.
    parse(&tested.file, text.clone().into_bytes())?;
    let written = fresh::replace(&root.join(&tested.file), text.as_bytes());
    written.map(|()| true).map_err(|error| vec![fresh::unwritable(&tested.file, &error)])
}

/// That no case was run, which tests nothing.
fn none_run(filter: Option<&str>) -> Fault {
    let help = match filter {
        Some(_) => "correct what --filter asks for: `changegate test -v` names the cases",
        None => "write cases beside the rules: `ticket.cases.json` beside `ticket.rhai`",
    };
    Fault::new("cases/nothing-to-test", "no case was run, so nothing is tested").help(help)
}
