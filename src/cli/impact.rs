//! `changegate impact`: which verdicts another set of rules or another configuration flips, and which rules bring that.

mod corpus;
mod sides;

use super::check::{PhaseArgument, instant};
use super::ground::root;
use super::reports::Progress;
use super::target::Sought;
use super::terminal::Terminal;
use super::written::Files;
use super::{Failure, Global, stopped};
use crate::cores;
use crate::facts::Phase;
use crate::finding::Fault;
use crate::impact;
use crate::policy;
use crate::report::{ImpactOf, write_impact, write_impact_markdown, write_json_impact};
use crate::verdict::Outcome;
use clap::{Args, ValueEnum};
use corpus::Corpus;
use jiff::Timestamp;
use sides::Sides;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct Impact {
    /// Files, folders or patterns of proposals [default: `proposals.paths` of the configuration]
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,
    /// Judge each version of these proposals that ever came with a commit, and not the files as they stand
    ///
    /// Each is judged by itself, as of the time of the commit that brought it. All of the history is needed.
    #[arg(long)]
    history: bool,
    /// Compare with what is judged by where this branch began, seen from this one [default: in GitHub Actions, the base of the pull request;
    /// elsewhere, the default branch of `origin`]
    #[arg(long, value_name = "COMMIT", conflicts_with_all = ["old_config", "old_policies"])]
    base: Option<String>,
    /// Take rules, configuration and proposals from this commit [default: in GitHub Actions, the head of the pull request; elsewhere, the work
    /// tree]
    #[arg(long, value_name = "COMMIT", conflicts_with_all = ["old_config", "old_policies"])]
    head: Option<String>,
    /// Compare two files instead of two commits: the configuration before
    #[arg(long, value_name = "FILE")]
    old_config: Option<PathBuf>,
    /// Compare two folders instead of two commits: the one of rules before, in place of those after --policies; may be repeated
    #[arg(long, value_name = "FOLDER")]
    old_policies: Vec<PathBuf>,
    /// Judge all in this phase, and not each in the one that it has come to
    #[arg(long, value_enum)]
    phase: Option<PhaseArgument>,
    /// Judge as of this time instead of the clock's, or with --history instead of the commits': 2026-12-06T02:00:00+01:00
    #[arg(long, value_name = "TIME", value_parser = instant)]
    now: Option<Timestamp>,
    /// The format on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Also write it to a file: `json` for programs, or `markdown`; may be repeated
    ///
    /// An earlier report is replaced, and no other file.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report_file)]
    report: Vec<ReportFile>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: changegate.impact/v1
    Json,
    /// For a job summary, or a comment on a pull request
    Markdown,
}

#[derive(Debug, Clone)]
struct ReportFile {
    format: Format,
    path: PathBuf,
}

fn report_file(text: &str) -> Result<ReportFile, String> {
    let (name, path) = text.split_once('=').ok_or("write the format, `=` and the file: markdown=impact.md")?;
    let format = match name {
        "json" => Format::Json,
        "markdown" => Format::Markdown,
        _ => return Err(format!("there is no format `{name}` of it in a file; the formats are json and markdown")),
    };
    match path {
        "" => Err("name a file after the `=`".to_owned()),
        "-" => Err("`-` is no file: standard output has what --format chooses".to_owned()),
        path => Ok(ReportFile { format, path: path.into() }),
    }
}

const EXIT_STATUS: &str = "Exit status:
  0  both sides judged the proposals, whatever came of it
  2  it could not be worked out: a side can't be judged by, there was no proposal to judge, or the side after decides none";

impl Impact {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let clock = Timestamp::now();
        let mut sides = Sides::of(self, global, &root)?;
        let (before, after) = sides.load(self.now.unwrap_or(clock), clock, self.phase())?;
        let corpus = Corpus::of(self, &sides, &root, (&before, &after))?;
        let sought = Sought::of(&root, &sides.after.config, global.config.as_deref(), &self.patterns);
        let asked = self.report.iter().map(|ReportFile { format, path }| (*format, path.as_path()));
        let (files, faults) = Files::open(asked, &sought);
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let mut impact = impact::Impact::default();
        let mut progress = Progress::new(corpus.len());
        let done = cores::in_order(
            corpus.len(),
            policy::STACK,
            |index| corpus.compared(index),
            |compared| {
                impact.add(compared);
                progress.show(impact.proposals);
                Ok(())
            },
        );
        progress.clear();
        let mut faults: Vec<_> = stopped::fault(done, "proposals were not judged")?.into_iter().collect();
        // What decides nothing shows of no rule what it would do.
        faults.extend((faults.is_empty() && impact.decided_after == 0).then(|| nothing_decided(&impact)));
        // It is a report and no gate: whoever changes the rules has a say in what is tried.
        let outcome = if faults.is_empty() { Outcome::Pass } else { Outcome::Undecided };
        let of = ImpactOf {
            before: sides.before.told(&before),
            after: sides.after.told(&after),
            phase: self.phase(),
            now: after.now,
            now_given: self.now.is_some(),
            history: self.history,
            impact: &impact,
            rules: impact::differences(&before.rules, &after.rules),
            besides: sides.besides(&before, &after),
            faults: &faults,
            outcome,
        };
        match self.format {
            Format::Human => write_impact(&mut *out, terminal.options(global.verbosity()), &of)?,
            Format::Json => write_json_impact(&mut *out, &of)?,
            Format::Markdown => write_impact_markdown(&mut *out, &of)?,
        }
        let lost = files.write(|format, out| match format {
            Format::Markdown => write_impact_markdown(out, &of),
            Format::Json | Format::Human => write_json_impact(out, &of),
        });
        if lost.is_empty() { Ok(outcome) } else { Err(lost.into()) }
    }

    fn phase(&self) -> Option<Phase> {
        self.phase.map(Phase::from)
    }
}

fn nothing_decided(impact: &impact::Impact) -> Fault {
    let of = impact.proposals;
    let message = match impact.decided {
        0 => format!("of {of} proposals rules decided none, by neither side"),
        before => {
            format!("of {of} proposals rules decided {before} by the side before, and decide none by the side after")
        }
    };
    Fault::new("check/nothing-decided", message)
        .help("`changegate check` says what is wrong with them; name proposals that can be judged, or judge those of the past with --history")
}
