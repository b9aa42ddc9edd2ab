//! The command line: one file per command, its arguments and its function.
//!
//! Only this room touches arguments, the environment, the clock and the standard streams.

mod advisories;
mod calendar;
mod check;
mod completions;
mod docs;
mod draft;
mod event;
mod evidence;
mod explain;
mod format;
mod fresh;
mod ground;
mod impact;
mod init;
mod lint;
mod man;
mod new;
mod publish;
mod pull;
mod reports;
mod rules;
mod schema;
mod stopped;
mod suite;
mod target;
mod terminal;
mod test;
mod trace;
mod written;

use crate::finding::Fault;
use crate::report::{Human, Verbosity};
use crate::verdict::Outcome;
use clap::{Args, Parser, Subcommand};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use terminal::{Color, Terminal};

/// Decides whether an upgrade may go ahead, and explains why.
///
/// Judges upgrade proposals (JSON) by rules (Rhai) and answers pass, blocked or undecided, with every finding explained down to
/// the line and column.
#[derive(Debug, Parser)]
#[command(name = "changegate", version, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const EXIT_STATUS: &str = "Exit status:
  0  pass: every rule that applies ran, none denied
  1  blocked: a rule denied, or a proposal is not valid; its author has to act
  2  undecided: the gate could not judge; its operator has to act";

#[derive(Debug, Clone, Args)]
struct Global {
    /// Run as if started in this folder
    #[arg(short = 'C', long = "directory", value_name = "FOLDER", global = true)]
    directory: Option<PathBuf>,
    /// The configuration [default: changegate.toml, where there is one]
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// A folder of rules besides the built-in ones; may be repeated
    #[arg(long, value_name = "FOLDER", global = true)]
    policies: Vec<PathBuf>,
    /// Leave out the built-in rules
    #[arg(long, global = true)]
    no_builtin: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto, global = true)]
    color: Color,
    /// Say less: one line a finding
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: rules that were evaluated, digests, all reasons
    #[arg(short, long, global = true)]
    verbose: bool,
}

impl Global {
    const fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge proposals
    Check(check::Check),
    /// Leave a verdict on the pull request: a comment, a check run
    Publish(publish::Publish),
    /// Show the coming weeks: freezes, low-risk windows and proposals
    Calendar(calendar::Calendar),
    /// Write a configuration, a first proposal and a system profile to start from
    Init(init::Init),
    /// Write a rule with its cases to start from
    New(new::New),
    /// Write a proposal from what a change does to lockfiles, with what is yet to be said marked
    Draft(draft::Draft),
    /// List the rules
    Rules(rules::Rules),
    /// Explain a rule: what it wants, why, and what satisfies it
    Explain(explain::Explain),
    /// Write the manual of the rules: what each asks for, why, and what satisfies it
    Docs(docs::Docs),
    /// Show what a rule did over a proposal, line by line: why it passes, or why it does not
    Trace(trace::Trace),
    /// Run the cases of rules
    Test(test::Test),
    /// Look through rules for what is wrong with them, without running them
    Lint(lint::Lint),
    /// Show which verdicts a change of rules flips, and which rules bring that
    Impact(impact::Impact),
    /// Make ready what advisories are looked up in
    Advisories(advisories::Advisories),
    /// Print the JSON Schema of a proposal, a system profile or the configuration, for editors
    Schema(schema::Schema),
    /// Print the completions for a shell
    Completions(completions::Completions),
    /// Print the manual page
    Man,
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Faults that are told as a report tells them.
    Faults(Vec<Fault>),
    /// The output is gone; there is nobody to tell.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

impl From<Vec<Fault>> for Failure {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}

/// Runs the command line and gives the outcome, which alone decides the exit status.
pub fn run(cli: &Cli) -> Outcome {
    let terminal = Terminal::of(cli.global.color);
    let mut out = terminal.stdout();
    let work =
        || dispatch(cli, &terminal, &mut out).and_then(|outcome| out.flush().map(|()| outcome).map_err(Failure::from));
    // A panic would end the process with a status that means nothing to a pipeline.
    let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(panicked().into()));
    match result {
        Ok(outcome) => outcome,
        Err(Failure::Faults(faults)) => {
            // The last thing that can be done about a terminal that can't be written to is to say so by the exit status.
            let _ = tell(&faults, &cli.global, &terminal);
            Outcome::Undecided
        }
        // A reader that closes early, such as `head`, is no reason to complain; but what nobody read was not decided.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Undecided,
        Err(Failure::Output(error)) => {
            let fault = Fault::new("report/unwritable", format!("standard output can't be written to: {error}"))
                .help("see that there is room where it goes; until then the outcome is undecided");
            let _ = tell(&[fault], &cli.global, &terminal);
            Outcome::Undecided
        }
    }
}

fn dispatch(cli: &Cli, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
    match &cli.command {
        Command::Check(check) => check.run(&cli.global, terminal, out),
        Command::Publish(publish) => publish.run(&cli.global, out),
        Command::Calendar(calendar) => calendar.run(&cli.global, terminal, out),
        Command::Init(init) => init.run(&cli.global, out),
        Command::New(new) => new.run(&cli.global, out),
        Command::Draft(draft) => draft.run(&cli.global, out),
        Command::Rules(rules) => rules.run(&cli.global, out),
        Command::Explain(explain) => explain.run(&cli.global, terminal, out),
        Command::Docs(docs) => docs.run(&cli.global, terminal, out),
        Command::Trace(trace) => trace.run(&cli.global, terminal, out),
        Command::Test(test) => test.run(&cli.global, terminal, out),
        Command::Lint(lint) => lint.run(&cli.global, terminal, out),
        Command::Impact(impact) => impact.run(&cli.global, terminal, out),
        Command::Advisories(advisories) => advisories.run(&cli.global, out),
        Command::Schema(schema) => schema.run(&cli.global, terminal, out),
        Command::Completions(completions) => completions.run(out),
        Command::Man => man::run(out),
    }
}

fn panicked() -> Fault {
    Fault::new("internal/panic", "changegate failed by a fault of its own").help("please report it")
}

/// Tells faults of a command on standard error, as a report would.
fn tell(faults: &[Fault], global: &Global, terminal: &Terminal) -> io::Result<()> {
    Human::new(terminal.stderr(), terminal.error_options(global.verbosity())).faults(faults)
}
