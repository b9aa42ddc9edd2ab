//! `changegate lint`: looks through rules without running them, and mends what can be mended safely.

use super::ground::{configuration, link_out, root};
use super::suite::Paths;
use super::terminal::Terminal;
use super::{Failure, Global, fresh, stopped};
use crate::cases::Suite;
use crate::cores;
use crate::files::Files;
use crate::finding::Fault;
use crate::lint::{Fixed, diff, fix};
use crate::policy;
use crate::report::{GitHub, Human, JsonLint, LintReport, LintTally, Sarif, inert_line};
use crate::verdict::Outcome;
use clap::{Args, ValueEnum};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

#[derive(Debug, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct Lint {
    #[command(flatten)]
    paths: Paths,
    /// Take out what is never used, where that changes nothing else
    ///
    /// Nothing else in the file is changed, and it is read again afterwards. Read the difference before you commit it.
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, and write nothing
    #[arg(long, conflicts_with_all = ["fix", "format"])]
    diff: bool,
    /// The format on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people, with the lines of the rules
    Human,
    /// For programs: changegate.lint/v1
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

const EXIT_STATUS: &str = "Exit status:
  0  nothing was found, or all of it was mended
  1  something was found, or --diff shows a change
  2  a rule or its cases could not be read, or there was no rule";

impl Lint {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let files = Files::folder(&root(global)?);
        let options = terminal.options(global.verbosity());
        if self.diff {
            return self.report(
                global,
                &files,
                Differences { out, errors: Human::new(terminal.stderr(), terminal.error_options(global.verbosity())) },
            );
        }
        match self.format {
            Format::Human => self.report(global, &files, Human::new(out, options)),
            Format::Json => self.report(global, &files, JsonLint::new(out)),
            Format::Sarif => self.report(global, &files, Sarif::new(out)),
            Format::Github => self.report(global, &files, GitHub::new(out)),
        }
    }

    fn report(&self, global: &Global, files: &Files, report: impl LintReport) -> Result<Outcome, Failure> {
        let mut written = Vec::new();
        self.go_through(global, files, report, &mut written).map_err(|failure| stopped::beside(failure, &written))
    }

    /// `written` gets the files that are changed.
    fn go_through(
        &self,
        global: &Global,
        files: &Files,
        mut report: impl LintReport,
        written: &mut Vec<String>,
    ) -> Result<Outcome, Failure> {
        let mut tally = LintTally { written: self.fix, ..LintTally::default() };
        let (config, mut faults) = configuration(global, files);
        let suite = if faults.is_empty() { self.paths.suite(files, &config) } else { Suite::default() };
        faults.extend(suite.faults);
        let work = |index: usize| {
            let rule = &suite.rules[index];
            if self.fix || self.diff { fix(files, rule) } else { Fixed::unmended(files, rule) }
        };
        let done = cores::in_order(suite.rules.len(), policy::STACK, work, |mut fixed| {
            if self.fix && !fixed.mended.is_empty() {
                match write(files.root(), &fixed) {
                    Ok(()) => written.push(fixed.source.name().to_owned()),
                    // What is told of it is of the file that there is, and that is as it was.
                    Err(fault) => {
                        faults.push(fault);
                        fixed = fixed.undone(files);
                    }
                }
            }
            tally.add(&fixed);
            report.rule(&fixed)
        });
        faults.extend(stopped::fault(done, "rules were not looked through")?);
        tally.faults += faults.len();
        report.end(&faults, &tally)?;
        Ok(tally.outcome())
    }
}

/// Writes a rule as it was mended, in the place of the file that was read.
fn write(root: &Path, fixed: &Fixed) -> Result<(), Fault> {
    let name = fixed.source.name();
    let path = root.join(name);
    // What was no link when it was read may be one now; and it is replaced itself, and not where it leads.
    let is_file = fs::symlink_metadata(&path).is_ok_and(|kind| kind.is_file());
    let written = if !is_file || link_out(root, Path::new(name)).is_some() {
        Err(io::Error::other("it is no ordinary file, or a link leads to it"))
    } else {
        fresh::replace(&path, fixed.source.text().as_bytes())
    };
    written.map_err(|error| {
        let help = "nothing of it was mended, and what is told as mended of others was; see that you may write there, and run it again";
        fresh::unwritable(name, &error).help(help)
    })
}

/// What would be changed; beside it what can't be read, and what it comes to.
struct Differences<W, E> {
    out: W,
    errors: Human<E>,
}

impl<W: Write, E: Write> LintReport for Differences<W, E> {
    fn rule(&mut self, fixed: &Fixed) -> io::Result<()> {
        if !fixed.mended.is_empty() {
            for line in diff(fixed.source.name(), fixed.before.text(), fixed.source.text()).split_inclusive('\n') {
                // As somebody may wish to apply it, all of a line is told, and what indents and ends it stays as it is.
                let text = line.trim_end_matches('\n');
                let text = text.strip_suffix('\r').unwrap_or(text);
                let parts: Vec<_> = text.split('\t').map(|part| inert_line(part, usize::MAX, "")).collect();
                write!(self.out, "{}{}", parts.join("\t"), &line[text.len()..])?;
            }
        }
        self.errors.faults(&fixed.linted.faults)
    }

    fn end(&mut self, faults: &[Fault], tally: &LintTally) -> io::Result<()> {
        self.out.flush()?;
        self.errors.end(faults, tally)
    }
}
