//! `changegate check`: judges proposals.

use super::evidence::{Recorded, sources};
use super::ground::{Ends, Side, agreed, all_of, configuration, configuration_name, profiles, root, rules};
use super::reports::{Progress, Reports};
use super::target::{Sought, Target};
use super::terminal::Terminal;
use super::{Failure, Global, panicked};
use crate::config::Config;
use crate::evidence::Record;
use crate::facts::Phase;
use crate::finding::{Fault, Finding};
use crate::fleet;
use crate::fleet::Stopped;
use crate::gate::{Gate, configured};
use crate::inputs::{self, Found, Input};
use crate::report::Options;
use crate::roster::Roster;
use crate::trust::{self, JudgedBy};
use crate::verdict::{Configured, OfRun, Outcome, Policies, Tally, Terms};
use crate::waivers::{self, Waivers};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Args)]
#[command(after_help = super::EXIT_STATUS)]
pub struct Check {
    /// Files, folders or patterns of proposals, `-` for standard input [default: `proposals.paths` of the configuration]
    ///
    /// Of a folder all files are judged whose names end with .json, in any letter case. Hidden files and folders, whose names begin
    /// with a dot, are passed over unless a pattern names them with the dot; -v and the JSON report list them.
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
    ///
    /// An earlier report is replaced. A file that is no report is left as it is and the run undecided, as it is where the report would be
    /// read as a proposal, a system profile, a rule or the configuration. Files appear when the run has ended: all of them or none.
    /// Standard output is no file, and has --format.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report_file)]
    report: Vec<ReportFile>,
    #[command(flatten)]
    evidence: Recorded,
    #[command(flatten)]
    side: Side,
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
pub enum Format {
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
    let (name, path) = text.split_once('=').ok_or("write the format, `=` and the file: json=report.json")?;
    let format = Format::from_str(name, false)
        .map_err(|_| format!("there is no format `{name}`; the formats are human and json"))?;
    match path {
        "" => Err("name a file after the `=`".to_owned()),
        "-" => Err(format!("`-` is no file: the format on standard output is chosen with --format {name}")),
        path => Ok(ReportFile { format, path: path.into() }),
    }
}

/// All that judging begins with.
struct Ready {
    gate: Gate,
    found: Found,
    /// What the change touches of what it is judged by.
    touched: Vec<Finding>,
}

impl Check {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let mut reports = Reports::new();
        reports.add(self.format, out, terminal.options(global.verbosity()));
        let plain = Options { color: false, width: 100, ..terminal.options(global.verbosity()) };
        let root = root(global)?;
        let mut terms = self.terms();
        let unread = Config { policies: global.policies.clone(), ..Config::none() };
        let mut sought = Sought::of(&root, &unread, global.config.as_deref(), &self.patterns);
        let prepared = unless_it_panics(|| self.prepare(global, &root, &mut terms, &mut sought));
        let (ready, mut faults) = match prepared {
            Ok(ready) => (Some(ready), Vec::new()),
            Err(faults) => (None, faults),
        };
        // Files are opened when it is known what is read: a report must not take the place of a proposal.
        for (index, file) in self.report.iter().enumerate() {
            let others = self.report[..index].iter().map(|other| other.path.as_path());
            match Target::open(&file.path, others, &sought) {
                Ok(opened) => reports.add_file(file.format, opened, plain),
                Err(fault) => faults.push(fault),
            }
        }
        if let Some(path) = &self.evidence.out {
            match Target::open(path, self.report.iter().map(|file| file.path.as_path()), &sought) {
                Ok(opened) => reports.add_record(opened),
                Err(fault) => faults.push(fault),
            }
        }
        let Some(Ready { gate, found, touched }) = ready else { return Ok(reports.undecided(&terms, faults)?) };
        let terms = Terms { base: terms.base, skipped: found.skipped, ..gate.terms() };
        faults.splice(0..0, found.faults);
        let outcome = judge(&gate, &terms, &found.inputs, OfRun { findings: touched, faults }, reports);
        // The process ends here; taking some hundred thousand small values to pieces first costs a tenth of a short run.
        std::mem::forget(gate);
        outcome.map_err(Failure::from)
    }

    /// Everything that is decided before the first proposal is read. What is known of the run by then is put into the terms, so that
    /// they can be told of one that comes no further.
    fn prepare(
        &self,
        global: &Global,
        root: &Path,
        terms: &mut Terms,
        sought: &mut Sought,
    ) -> Result<Ready, Vec<Fault>> {
        let (trusted, change) = Ends::trusted(self.side.ends(root)?, root);
        let trusted = Arc::new(trusted);
        terms.base = change.as_ref().map(|(base, _)| base.clone());
        let name = configuration_name(global, &trusted);
        terms.configuration = name.clone().map(|file| Configured { file, digest: None, scale: Vec::new() });
        let folders = global.policies.iter().map(|folder| folder.to_string_lossy().into_owned()).collect();
        terms.policies = Policies { builtin: !global.no_builtin, folders };
        let name = agreed(&trusted, terms.base.as_ref(), name)?;
        let (mut config, wrong) = configuration(global, &trusted);
        *sought = Sought::of(root, &config, global.config.as_deref(), &self.patterns);
        if wrong.is_empty() {
            (terms.configuration, terms.policies) = configured(&config);
        }
        // One run tells what is wrong with the configuration, with the rules and with the freezes.
        let rules = all_of(wrong, rules(&trusted, &config, self.phase.into()));
        let profiles = profiles(&trusted, &config);
        let (rules, profiles) = match (rules, profiles) {
            (Ok(rules), profiles) => (rules, profiles?),
            (Err(wrong), profiles) => return all_of(wrong, profiles.and(Err(Vec::new()))),
        };
        let record = self.evidence.record(root)?;
        let (now, clock) = (self.now.or_else(|| record.as_ref().and_then(Record::now)), Timestamp::now());
        let mut gate = Gate::new(rules, profiles, &config, self.phase.into(), now, clock)?;
        let ids: Vec<&str> = gate.rules.rules.iter().map(|rule| &*rule.id).collect();
        let holding = waivers::Terms { now: gate.now, longest: config.waiver_days, rules: &ids };
        gate.waivers = Waivers::of(&trusted, config.waivers.take(), holding)?;
        gate.sources = sources(record, &config, root, &trusted, change.as_ref().map(|(_, head)| head), clock);
        let touched = match (trusted.base(), &change) {
            (Some(base), Some((_, head))) => trust::touched(base, head, &JudgedBy::of(&trusted, &config, &name))?,
            _ => Vec::new(),
        };
        let patterns = if self.patterns.is_empty() { &config.proposals } else { &self.patterns };
        Ok(Ready { gate, found: inputs::find(root, patterns, Path::new(&config.systems)), touched })
    }

    /// The terms of a run that did not come to have rules.
    fn terms(&self) -> Terms {
        Terms {
            version: env!("CARGO_PKG_VERSION"),
            phase: Phase::from(self.phase).as_str(),
            now: self.now.unwrap_or_else(Timestamp::now).to_string(),
            now_given: self.now.is_some(),
            configuration: None,
            base: None,
            waivers: Vec::new(),
            policies: Policies::default(),
            rules_digest: crate::digest::of_all([]),
            rules: Vec::new(),
            skipped: Vec::new(),
        }
    }
}

/// A panic as the fault that it is, so that it stands in the reports that were asked for.
fn unless_it_panics<T>(work: impl FnOnce() -> Result<T, Vec<Fault>>) -> Result<T, Vec<Fault>> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(vec![panicked()]))
}

fn judge(
    gate: &Gate,
    terms: &Terms,
    inputs: &[Input],
    mut of_run: OfRun,
    mut reports: Reports<'_>,
) -> io::Result<Outcome> {
    reports.each(|report| report.begin(terms))?;
    let mut tally = Tally::default();
    let mut progress = Progress::new(inputs.len());
    // A report that was begun is brought to its end even if one of them breaks off: others may have been asked for.
    let judged = catch_unwind(AssertUnwindSafe(|| {
        fleet::judge(gate, &Roster::of(inputs, &gate.profiles, &gate.limits, gate.now), inputs, |judgement| {
            tally.add(&judgement);
            progress.show(tally.proposals);
            reports.each(|report| report.judgement(&judgement))
        })
    }));
    match judged {
        Err(_) => of_run.faults.push(panicked()),
        Ok(Ok(())) => {}
        Ok(Err(Stopped::Output(error))) => return Err(error),
        Ok(Err(Stopped::Threads(error))) => of_run.faults.push(
            Fault::new("internal/threads", format!("no thread can be started: {error}"))
                .help("raise the limit on processes or on memory of whatever runs the gate"),
        ),
        Ok(Err(Stopped::Lost(count))) => of_run.faults.push(
            Fault::new("internal/threads", format!("{count} proposals were not judged, as a thread broke off"))
                .help("run it again; should it happen again, please report it"),
        ),
    }
    progress.clear();
    let evaluated: Vec<&str> = gate.rules.evaluated().map(|rule| &*rule.id).collect();
    of_run.findings.extend(gate.waivers.findings(&evaluated));
    reports.end(of_run, tally)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{RuleSet, builtin};
    use crate::profiles::Profiles;
    use crate::report::Report;
    use crate::verdict::Judgement;

    /// Breaks off at the first judgement.
    struct Broken;

    impl Report for Broken {
        fn begin(&mut self, _: &Terms) -> io::Result<()> {
            Ok(())
        }
        fn judgement(&mut self, _: &Judgement) -> io::Result<()> {
            panic!("a test")
        }
        fn end(&mut self, _: &OfRun, _: &Tally) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_stands_in_the_reports() {
        let fault = unless_it_panics::<()>(|| panic!("a test")).expect_err("a fault");
        assert_eq!(fault[0].code, "internal/panic");

        let rules = RuleSet::load(&[builtin()], &[], Phase::Plan).expect("sound rules");
        let now = Timestamp::UNIX_EPOCH;
        let gate = Gate::new(rules, Profiles::none(), &Config::none(), Phase::Plan, Some(now), now).expect("rules");
        let inputs = [Input::File { root: Arc::from(Path::new(".")), path: "examples/blocked.json".into() }];
        let mut out = Vec::new();
        let mut reports = Reports::new();
        reports.push(Broken);
        reports.add(Format::Json, &mut out, Options::default());
        assert_eq!(
            judge(&gate, &gate.terms(), &inputs, OfRun::default(), reports).expect("a buffer takes all"),
            Outcome::Undecided
        );
        let report: serde_json::Value = serde_json::from_slice(&out).expect("a whole report");
        assert_eq!(report["exit"], serde_json::json!({ "status": 2, "causes": ["internal/panic"] }));
    }
}
