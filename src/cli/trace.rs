//! `changegate trace`: what a rule did over a proposal, line by line.

use super::check::{Basis, Due, Ready, roster_of};
use super::explain::meant;
use super::ground::root;
use super::target::Sought;
use super::terminal::Terminal;
use super::written::Files;
use super::{Failure, Global, stopped};
use crate::config::Config;
use crate::facts::Phase;
use crate::finding::{Fault, Level};
use crate::fleet;
use crate::policy::{Rule, RuleSet};
use crate::report::{Traced, write_json_trace, write_trace, write_trace_page};
use crate::roster::Left;
use crate::verdict::{Judgement, Outcome, Part, Terms};
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct Trace {
    /// The id of the rule, such as backup/restore-tested
    #[arg(value_name = "RULE")]
    rule: String,
    /// The proposal, `-` for standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// The format on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Also write it to a file: `json` for programs, or `html`, a page to look at; may be repeated
    ///
    /// An earlier report is replaced, and no other file.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report_file)]
    report: Vec<ReportFile>,
    #[command(flatten)]
    basis: Basis,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people: the lines of the rule with the values of this run
    Human,
    /// For programs: changegate.trace/v1
    Json,
}

#[derive(Debug, Clone, Copy)]
enum FileFormat {
    Json,
    Html,
}

#[derive(Debug, Clone)]
struct ReportFile {
    format: FileFormat,
    path: PathBuf,
}

fn report_file(text: &str) -> Result<ReportFile, String> {
    let (name, path) = text.split_once('=').ok_or("write the format, `=` and the file: html=trace.html")?;
    let format = match name {
        "json" => FileFormat::Json,
        "html" => FileFormat::Html,
        _ => return Err(format!("there is no format `{name}` of a trace in a file; the formats are json and html")),
    };
    match path {
        "" => Err("name a file after the `=`".to_owned()),
        "-" => Err("`-` is no file: standard output has what --format chooses".to_owned()),
        path => Ok(ReportFile { format, path: path.into() }),
    }
}

const EXIT_STATUS: &str = "Exit status:
  0  the rule ran, and denied nothing that is not waived
  1  it denied, or the proposal is not valid
  2  it failed or was not run, or not all is known that it is judged by";

impl Trace {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let patterns = std::slice::from_ref(&self.file);
        let unread = Config { policies: global.policies.clone(), ..Config::none() };
        let mut sought = Sought::of(&root, &unread, global.config.as_deref(), patterns);
        let mut terms = self.basis.terms(Level::Deny);
        let ready = self.basis.prepare(global, &root, patterns, &mut terms, &mut sought)?;
        let id = self.id(&ready.gate.rules)?;
        let terms = Terms { base: terms.base, change: terms.change, ..ready.gate.terms() };
        let files = self.open(&sought)?;
        let (gate, judgement, mut faults) = judged(ready, &id)?;
        let Some(rule) = gate.rules.rule(&id) else { return Err(unknown(&self.rule, &gate.rules).into()) };
        let is_silent = judgement.trace.is_none() && judgement.outcome() == Outcome::Pass;
        faults.extend(is_silent.then(|| not_run(rule, &judgement, gate.phase)));
        let traced = Traced { terms: &terms, rule, judgement: &judgement, faults: &faults };
        // Where it can't be written, no file stays that says otherwise.
        match self.format {
            Format::Human => write_trace(&mut *out, terminal.options(global.verbosity()), &traced)?,
            Format::Json => write_json_trace(&mut *out, &traced)?,
        }
        let lost = files.write(|format, out| match format {
            FileFormat::Json => write_json_trace(out, &traced),
            FileFormat::Html => write_trace_page(out, &traced),
        });
        if lost.is_empty() { Ok(traced.outcome()) } else { Err(lost.into()) }
    }

    fn id(&self, rules: &RuleSet) -> Result<Arc<str>, Fault> {
        rules.rule(&self.rule).map(|rule| Arc::clone(&rule.id)).ok_or_else(|| unknown(&self.rule, rules))
    }

    fn open(&self, sought: &Sought) -> Result<Files<FileFormat>, Vec<Fault>> {
        let asked = self.report.iter().map(|ReportFile { format, path }| (*format, path.as_path()));
        let (files, faults) = Files::open(asked, sought);
        if faults.is_empty() { Ok(files) } else { Err(faults) }
    }
}

/// The judgement of the one proposal, as a check of it has it, and why the run could not judge.
fn judged(ready: Ready, id: &Arc<str>) -> Result<(crate::gate::Gate, Judgement, Vec<Fault>), Failure> {
    let Ready { mut gate, found, of_run, none_due, is_trusted, is_alone, besides, .. } = ready;
    if !found.faults.is_empty() {
        return Err(found.faults.into());
    }
    if found.inputs.len() != 1 {
        return Err(several(found.inputs.len()).into());
    }
    gate.traced = Some(Arc::clone(id));
    let due = Due { agreed: none_due, is_trusted, is_alone, besides, missing: Vec::new() };
    let (roster, _) = roster_of(&gate, &found.inputs, &due);
    let mut judgement = None;
    let done = fleet::judge(&gate, &roster, &found.inputs, |one| {
        judgement = Some(one);
        Ok(())
    });
    let mut faults = of_run.faults;
    faults.extend(stopped::fault(done, "the proposal was not judged")?);
    faults.extend(gate.sources.unmoved().1);
    let judgement = judgement.unwrap_or_else(|| Judgement::of(found.inputs[0].name()));
    Ok((gate, judgement, faults))
}

fn unknown(id: &str, rules: &RuleSet) -> Fault {
    let ids: Vec<_> = rules.rules.iter().map(|rule| &*rule.id).collect();
    let help = meant(id, &ids, false)
        .map_or_else(|| "`changegate rules` lists the rules".to_owned(), |near| format!("did you mean `{near}`?"));
    Fault::new("usage/unknown-rule", format!("there is no rule `{id}`")).help(help)
}

fn several(proposals: usize) -> Fault {
    Fault::new("usage/one-proposal", format!("{proposals} proposals are named, and a rule is traced over one"))
        .help("name the file of one proposal")
}

/// Why a rule was not run over a proposal that nothing else is said of.
fn not_run(rule: &Rule, judgement: &Judgement, phase: Phase) -> Fault {
    let (why, help) = match (&judgement.left, &rule.part) {
        (Some(Left::Done), _) => ("it is done, as on the base".to_owned(), "trace it without --base"),
        (Some(_), _) => ("the change has nothing to do with it".to_owned(), "trace it without --base"),
        (None, Part::Off(reason)) => {
            (format!("the configuration switches the rule off: {reason}"), "see `rules` in the configuration")
        }
        (None, Part::Expired(day)) => {
            (format!("the rule has expired on {day}"), "trace it as of before that day, with --now")
        }
        (None, Part::OtherPhase(phases)) => {
            let help = match phases.first() {
                Some(&"deploy") => "trace it in its phase: `--phase deploy`",
                Some(&"close") => "trace it in its phase: `--phase close`",
                _ => "trace it in its phase: `--phase plan`",
            };
            (format!("the rule has no part in the phase {phase}, but in {}", phases.join(" and ")), help)
        }
        (None, Part::Evaluated) => {
            ("it is judged by other rules here".to_owned(), "trace it without --base, or in another phase")
        }
    };
    Fault::new("usage/rule-not-run", format!("{} was not run over {}: {why}", rule.id, judgement.file)).help(help)
}
