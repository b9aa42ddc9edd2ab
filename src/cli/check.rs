//! `changegate check`: judges proposals.

use super::terminal::Terminal;
use super::{Failure, Global};
use crate::config::{self, Config};
use crate::facts::Phase;
use crate::finding::Fault;
use crate::fleet::Stopped;
use crate::gate::Gate;
use crate::inputs::{self, Input};
use crate::policy::{Pack, RuleSet, builtin};
use crate::profiles::Profiles;
use crate::report::{Human, Json, Options, Report};
use crate::verdict::{Outcome, Tally, Terms};
use crate::{fleet, policy};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[derive(Debug, Args)]
#[command(after_help = super::EXIT_STATUS)]
pub struct Check {
    /// Files, folders or patterns of proposals, `-` for standard input [default: `proposals.paths` of the configuration]
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,
    /// When in the life of the upgrade it is judged
    #[arg(long, value_enum, default_value_t = PhaseArgument::Plan)]
    phase: PhaseArgument,
    /// Judge as of this time instead of the clock's: 2026-12-06T02:00:00+01:00
    #[arg(long, value_name = "TIME", value_parser = instant)]
    now: Option<Timestamp>,
    /// The format on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Also write a report to a file; may be repeated
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report_file)]
    report: Vec<ReportFile>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PhaseArgument {
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
enum Format {
    Human,
    Json,
}

#[derive(Debug, Clone)]
struct ReportFile {
    format: Format,
    path: PathBuf,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    crate::proposal::time::instant(text)
        .ok_or_else(|| "write date, time and offset as in RFC 3339: 2026-12-06T02:00:00+01:00".to_owned())
}

fn report_file(text: &str) -> Result<ReportFile, String> {
    let (format, path) = text.split_once('=').ok_or("write the format, `=` and the file: json=report.json")?;
    let format = Format::from_str(format, false)
        .map_err(|_| format!("there is no format `{format}`; the formats are human and json"))?;
    if path.is_empty() {
        return Err("name a file after the `=`".to_owned());
    }
    Ok(ReportFile { format, path: path.into() })
}

impl Check {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let mut reports = Reports::new();
        reports.add(self.format, out, terminal.options(global.verbosity()));
        let plain = Options { color: false, width: 100, ..terminal.options(global.verbosity()) };
        let root = root(global)?;
        for file in &self.report {
            let sink = File::create(root.join(&file.path)).map_err(|error| unwritable(&file.path, &error))?;
            reports.add(file.format, BufWriter::new(sink), plain);
        }
        match self.prepare(global, &root) {
            Ok((gate, inputs, faults)) => {
                let outcome = judge(&gate, &inputs, &faults, &mut reports);
                // The process ends here; taking some hundred thousand small values to pieces first costs a tenth of a short run.
                std::mem::forget(gate);
                outcome.map_err(Failure::from)
            }
            Err(Failure::Faults(faults)) => Ok(reports.undecided(&self.terms(), &faults)?),
            Err(failure) => Err(failure),
        }
    }

    /// Everything that is decided before the first proposal is read.
    fn prepare(&self, global: &Global, root: &Path) -> Result<(Gate, Vec<Input>, Vec<Fault>), Failure> {
        let config = configuration(global, root)?;
        let rules = rules(global, root, &config, self.phase.into())?;
        let profiles = Profiles::of(root, Path::new(&config.systems), config.systems_named, config.limits)?;
        let gate = Gate::new(rules, profiles, &config, self.phase.into(), self.now, Timestamp::now())?;
        let patterns = if self.patterns.is_empty() { &config.proposals } else { &self.patterns };
        let (inputs, faults) = inputs::find(root, patterns, Path::new(&config.systems));
        Ok((gate, inputs, faults))
    }

    /// The terms of a run that did not come to have rules.
    fn terms(&self) -> Terms {
        Terms {
            version: env!("CARGO_PKG_VERSION"),
            phase: Phase::from(self.phase).as_str(),
            now: self.now.unwrap_or_else(Timestamp::now).to_string(),
            now_given: self.now.is_some(),
            rules_digest: crate::digest::of_all([]),
            config_digest: None,
            rules: Vec::new(),
        }
    }
}

fn judge(gate: &Gate, inputs: &[Input], faults: &[Fault], reports: &mut Reports<'_>) -> io::Result<Outcome> {
    reports.each(|report| report.begin(&gate.terms()))?;
    let mut tally = Tally::default();
    let mut progress = Progress::new(inputs.len());
    let mut faults = faults.to_vec();
    let judged = fleet::judge(gate, inputs, |judgement| {
        tally.add(&judgement);
        progress.show(tally.proposals);
        reports.each(|report| report.judgement(&judgement))
    });
    match judged {
        Ok(()) => {}
        Err(Stopped::Output(error)) => return Err(error),
        Err(Stopped::Threads(error)) => faults.push(
            Fault::new("internal/threads", format!("no thread can be started: {error}"))
                .help("raise the limit on processes or on memory of whatever runs the gate"),
        ),
        Err(Stopped::Lost(count)) => faults.push(
            Fault::new("internal/threads", format!("{count} proposals were not judged, as a thread broke off"))
                .help("run it again; should it happen again, please report it"),
        ),
    }
    progress.clear();
    faults.iter().for_each(|_| tally.add_fault());
    reports.each(|report| report.end(&faults, &tally))?;
    Ok(tally.outcome())
}

fn unwritable(path: &Path, error: &io::Error) -> Fault {
    Fault::new("report/unwritable", format!("the report {} can't be written: {error}", path.display()))
        .help("see that its folder exists and that you may write there")
}

/// The folder in which the gate runs.
pub fn root(global: &Global) -> Result<PathBuf, Fault> {
    let folder = global.directory.as_deref().unwrap_or_else(|| Path::new("."));
    folder.canonicalize().map_err(|error| {
        Fault::new("usage/directory", format!("{} is no folder to run in: {error}", folder.display()))
            .help("name a folder after -C")
    })
}

/// The longest configuration, in bytes.
const LONGEST: u64 = 1 << 20;

/// The configuration of a run: the file that is named, or the one in the root, or none.
pub fn configuration(global: &Global, root: &Path) -> Result<Config, Vec<Fault>> {
    let path = match &global.config {
        Some(path) => root.join(path),
        None if root.join(config::FILE).exists() => root.join(config::FILE),
        None => return Ok(Config::none()),
    };
    let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
    let text = inputs::text(&path, LONGEST).map_err(|error| {
        vec![
            Fault::new("config/unreadable", format!("{name} can't be read: {error}"))
                .help("see that it exists and that you may read it; `changegate init` writes a first one"),
        ]
    })?;
    if text.len() as u64 > LONGEST {
        return Err(vec![
            Fault::new("config/unreadable", format!("{name} has more than {LONGEST} bytes"))
                .help("is this the configuration?"),
        ]);
    }
    Config::parse(&name, &text)
}

/// The rules of a run.
pub fn rules(global: &Global, root: &Path, config: &Config, phase: Phase) -> Result<RuleSet, Vec<Fault>> {
    let mut packs: Vec<Pack> = Vec::new();
    if config.builtin && !global.no_builtin {
        packs.push(builtin());
    }
    let folders = config.policies.iter().map(PathBuf::from).chain(global.policies.iter().cloned());
    let mut faults = Vec::new();
    for folder in folders {
        match policy::pack(root, &folder) {
            Ok(pack) => packs.push(pack),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    RuleSet::load(&packs, &config.settings, phase)
}

/// All reports of a run, fed alike.
struct Reports<'o> {
    reports: Vec<Box<dyn Report + 'o>>,
}

impl<'o> Reports<'o> {
    fn new() -> Self {
        Self { reports: Vec::new() }
    }

    fn add(&mut self, format: Format, sink: impl Write + 'o, options: Options) {
        self.reports.push(match format {
            Format::Human => Box::new(Human::new(sink, options)),
            Format::Json => Box::new(Json::new(sink)),
        });
    }

    fn each(&mut self, mut act: impl FnMut(&mut dyn Report) -> io::Result<()>) -> io::Result<()> {
        self.reports.iter_mut().try_for_each(|report| act(report.as_mut()))
    }

    /// Reports a run that ended before any proposal was judged.
    fn undecided(&mut self, terms: &Terms, faults: &[Fault]) -> io::Result<Outcome> {
        let mut tally = Tally::default();
        faults.iter().for_each(|_| tally.add_fault());
        self.each(|report| report.begin(terms))?;
        self.each(|report| report.end(faults, &tally))?;
        Ok(Outcome::Undecided)
    }
}

/// How far a long run has come, on a terminal.
struct Progress {
    all: usize,
    shown: Option<Instant>,
}

impl Progress {
    /// A run shorter than this shows no progress: it is over before anybody looks.
    const FEW: usize = 500;

    fn new(all: usize) -> Self {
        let shown = (all > Self::FEW && io::stderr().is_terminal()).then(Instant::now);
        Self { all, shown }
    }

    fn show(&mut self, done: usize) {
        if let Some(shown) = &mut self.shown
            && shown.elapsed() > Duration::from_millis(100)
        {
            *shown = Instant::now();
            // Progress that can't be shown is not missed.
            let _ = write!(io::stderr(), "\r\u{1b}[Kjudged {done} of {}", self.all);
        }
    }

    fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
