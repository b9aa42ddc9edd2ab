//! `changegate check`: judges proposals.

mod arguments;
mod due;
mod prepare;
mod roster;

use super::format::Format;
use super::ground::root;
use super::reports::{Progress, Reports};
use super::target::{Sought, Target};
use super::terminal::Terminal;
use super::{Failure, Global, panicked, stopped};
use crate::config::Config;
use crate::evidence::{Entry, tip};
use crate::finding::{Fault, raise};
use crate::fleet;
use crate::gate::Gate;
use crate::inputs::Input;
use crate::report::Options;
use crate::trust::{self, Grounds, Reach};
use crate::verdict::{Base, OfRun, Outcome, Tally, Terms};
pub(super) use arguments::Basis;
use arguments::{FailOn, ReportFile, report_file};
pub(super) use arguments::{PhaseArgument, instant};
use clap::Args;
pub(super) use due::Due;
pub(super) use prepare::Ready;
pub(super) use roster::roster_of;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
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
    /// The format on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Also write a report to a file; may be repeated
    ///
    /// An earlier report is replaced. A file that is no report is left as it is and the run undecided, as it is where the report would be
    /// read as a proposal, a system profile, a rule or the configuration. Files appear when the run has ended; where one can't be
    /// written, the run is undecided and no file stays that says otherwise. Standard output is no file, and has --format.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report_file)]
    report: Vec<ReportFile>,
    /// The mildest level that blocks
    ///
    /// With `warn` the warnings of rules, and of the run itself, are denials. It can only make a run stricter: what denies always blocks.
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = FailOn::Deny)]
    fail_on: FailOn,
    /// Also write all evidence to a file: what was asked of git, of files, of advisories and of GitHub, and what came back
    ///
    /// With it the run can be judged again. It is written and kept as reports are.
    #[arg(long, value_name = "FILE")]
    evidence_out: Option<PathBuf>,
    #[command(flatten)]
    basis: Basis,
}

impl Check {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let mut reports = Reports::new();
        reports.add(self.format, out, terminal.options(global.verbosity()));
        let plain = Options { color: false, width: 100, ..terminal.options(global.verbosity()) };
        let root = root(global)?;
        let mut terms = self.basis.terms(self.fail_on.into());
        let unread = Config { policies: global.policies.clone(), ..Config::none() };
        let mut sought = Sought::of(&root, &unread, global.config.as_deref(), &self.patterns);
        let prepared = unless_it_panics(|| self.basis.prepare(global, &root, &self.patterns, &mut terms, &mut sought));
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
        if let Some(path) = &self.evidence_out {
            match Target::open(path, self.report.iter().map(|file| file.path.as_path()), &sought) {
                Ok(opened) => reports.add_record(opened),
                Err(fault) => faults.push(fault),
            }
        }
        let Some(Ready { mut gate, found, mut of_run, grounds, none_due, is_trusted, is_alone, besides }) = ready
        else {
            return Ok(reports.undecided(&terms, faults)?);
        };
        let mut formats = self.report.iter().map(|file| file.format).chain([self.format]);
        gate.fail_on = self.fail_on.into();
        gate.drawn = formats.any(|format| matches!(format, Format::Html));
        let terms = Terms { base: terms.base, change: terms.change, skipped: found.skipped, ..gate.terms() };
        let mut due = Due { agreed: none_due, is_trusted, is_alone, besides, missing: Vec::new() };
        // Where one may be missing, it is told when it is known whether it is.
        if due.agreed.is_some() && found.inputs.is_empty() {
            due.missing = found.faults;
        } else {
            drop(faults.splice(0..0, found.faults));
        }
        of_run.faults.extend(faults);
        let outcome = judge(&gate, grounds.as_ref(), &terms, (&found.inputs, due), of_run, reports);
        // The process ends here; taking some hundred thousand small values to pieces first costs a tenth of a short run.
        std::mem::forget(gate);
        outcome.map_err(Failure::from)
    }
}

/// A panic as the fault that it is, so that it stands in the reports that were asked for.
fn unless_it_panics<T>(work: impl FnOnce() -> Result<T, Vec<Fault>>) -> Result<T, Vec<Fault>> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(vec![panicked()]))
}

fn judge(
    gate: &Gate,
    grounds: Option<&Grounds>,
    terms: &Terms,
    (inputs, due): (&[Input], Due),
    mut of_run: OfRun,
    mut reports: Reports<'_>,
) -> io::Result<Outcome> {
    reports.each(|report| report.begin(terms))?;
    let mut tally = Tally::default();
    let mut progress = Progress::new(inputs.len());
    let mut reach = Reach { queued: gate.sources.is_queued(), history: false };
    let mut asked = Vec::new();
    // A report that was begun is brought to its end even if one of them breaks off: others may have been asked for.
    let judged = catch_unwind(AssertUnwindSafe(|| {
        let roster;
        (roster, asked) = roster_of(gate, inputs, &due);
        let judged = fleet::judge(gate, &roster, inputs, |judgement| {
            tally.add(&judgement);
            asked.retain(|entry| !judgement.consulted.iter().any(|other| other.question == entry.question));
            reach.history |= judgement.consulted.iter().any(|entry| entry.question.is_of_the_history());
            progress.show(tally.proposals);
            reports.each(|report| report.judgement(&judgement))
        });
        (judged, gate.of_the_change(&roster))
    }));
    match judged {
        Err(_) => of_run.faults.push(panicked()),
        Ok((judged, of_change)) => {
            tally.none_due = due.settle(&tally, &mut of_run, &of_change);
            // By what it was decided whose the change is; most often a proposal has asked the same, or the run.
            asked.retain(|entry| !of_change.consulted.iter().any(|other| other.question == entry.question));
            of_run.consulted.append(&mut asked);
            of_run.add(of_change);
            of_run.faults.extend(stopped::fault(judged, "proposals were not judged")?);
        }
    }
    progress.clear();
    // What was approved may have moved while it was judged.
    let (asked, moved) = gate.sources.unmoved();
    of_run.faults.extend(still_holds(grounds, terms.base.as_ref(), &asked, reach).err());
    of_run.consulted.extend(asked);
    of_run.faults.extend(moved);
    of_run.findings.extend(gate.schedule.left_out.iter().cloned());
    of_run.findings.extend(gate.waivers.findings());
    raise(&mut of_run.findings, gate.fail_on);
    reports.end(of_run, tally)
}

/// Whether the branch that the change goes to still is what it was judged by.
fn still_holds(
    grounds: Option<&Grounds>,
    base: Option<&Base>,
    asked: &[Arc<Entry>],
    reach: Reach,
) -> Result<(), Fault> {
    let Some(base) = base else { return Ok(()) };
    match (tip(asked)?, grounds) {
        (Some((branch, tip)), Some(grounds)) => grounds.hold(branch, tip, reach),
        // By a record alone nobody can tell what came to the branch meanwhile.
        (Some((branch, tip)), None) if tip != base.commit => Err(trust::unknown_tip(branch, tip, &base.commit)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Phase;
    use crate::policy::{RuleSet, builtin};
    use crate::profiles::Profiles;
    use crate::report::Report;
    use crate::verdict::Judgement;
    use jiff::Timestamp;
    use std::path::Path;

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
        let inputs = [Input::File {
            files: Arc::new(crate::files::Files::folder(Path::new("."))),
            path: "examples/blocked.json".into(),
        }];
        let mut out = Vec::new();
        let mut reports = Reports::new();
        reports.push(Broken);
        reports.add(Format::Json, &mut out, Options::default());
        assert_eq!(
            judge(&gate, None, &gate.terms(), (&inputs, Due::default()), OfRun::default(), reports)
                .expect("a buffer takes all"),
            Outcome::Undecided
        );
        let report: serde_json::Value = serde_json::from_slice(&out).expect("a whole report");
        assert_eq!(report["exit"], serde_json::json!({ "status": 2, "causes": ["internal/panic"] }));
    }
}
