//! The report for programs: `changegate.report/v1`.
//!
//! Written as the judgements come, so that a run of ten thousand proposals is never held as a whole. The shape is published as
//! a JSON Schema, [`SCHEMA`]. It has structs of its own, so that a change of the gate's own types can't change it by accident.

mod agenda;
pub(super) mod range;
pub(super) mod shape;
mod summary;
mod terms;

pub use agenda::agenda;

use super::{Report, inert};
use crate::finding::Finding;
use crate::verdict::{Judgement, OfRun, Outcome, Tally, Terms};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

/// The JSON Schema (2020-12) of this report.
pub const SCHEMA: &str = include_str!("../../../schemas/report-v1.json");

/// The name of its shape.
pub const NAME: &str = "changegate.report/v1";

/// The cause of a run that judged nothing and says nothing else for itself.
const NOTHING_TO_JUDGE: &str = "check/nothing-to-judge";

/// Whether a text begins as this report does, in any version of it.
pub fn begins(text: &[u8]) -> bool {
    text.starts_with(b"{\n  \"schema\": \"changegate.report/")
}

/// Writes for programs. The bytes depend on what was judged alone; all text is as it came, escaped so that it stays inert on a
/// terminal.
#[derive(Debug)]
pub struct Json<W> {
    out: W,
    proposals: usize,
    denials: BTreeSet<Arc<str>>,
    faults: BTreeSet<&'static str>,
}

impl<W: io::Write> Json<W> {
    /// A report to a sink, in which nothing is written yet.
    pub fn new(out: W) -> Self {
        Self { out, proposals: 0, denials: BTreeSet::new(), faults: BTreeSet::new() }
    }

    fn note_denials(&mut self, findings: &[Finding]) {
        for finding in findings.iter().filter(|finding| finding.blocks()) {
            if !self.denials.contains(&finding.rule) {
                self.denials.insert(Arc::clone(&finding.rule));
            }
        }
    }

    /// A member of the outermost object; every one but the last has a comma behind it.
    fn member(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        write!(self.out, "  \"{name}\": ")?;
        inert::write(&mut self.out, 1, value)?;
        self.out.write_all(b",\n")
    }
}

impl<W: io::Write> Report for Json<W> {
    fn begin(&mut self, run: &Terms) -> io::Result<()> {
        self.out.write_all(b"{\n")?;
        self.member("schema", &NAME)?;
        self.member("version", &run.version)?;
        self.member("phase", &run.phase)?;
        self.member("now", &run.now)?;
        self.member("now_given", &run.now_given)?;
        self.member("fail_on", &run.fail_on.as_str())?;
        self.member("configuration", &run.configuration.as_ref().map(terms::Configuration::of))?;
        self.member("base", &run.base.as_ref().map(terms::Base::of))?;
        self.member("waivers", &run.waivers.iter().map(terms::File::of).collect::<Vec<_>>())?;
        self.member("calendars", &run.calendars.iter().map(terms::File::of).collect::<Vec<_>>())?;
        self.member("policies", &terms::Policies::of(&run.policies))?;
        self.member("digests", &terms::Digests::of(run))?;
        self.member("rules", &run.rules.iter().map(terms::Rule::of).collect::<Vec<_>>())?;
        self.member("skipped", &run.skipped)?;
        self.out.write_all(b"  \"proposals\": [")
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        self.note_denials(&judgement.findings);
        self.faults.extend(judgement.faults.iter().map(|fault| fault.code));
        self.out.write_all(if self.proposals == 0 { b"\n    " } else { b",\n    " })?;
        self.proposals += 1;
        inert::write(&mut self.out, 2, &shape::Proposal::of(judgement))
    }

    fn end(&mut self, OfRun { consulted, findings, faults }: &OfRun, tally: &Tally) -> io::Result<()> {
        self.note_denials(findings);
        self.faults.extend(faults.iter().map(|fault| fault.code));
        self.out.write_all(if self.proposals == 0 { b"],\n" } else { b"\n  ],\n" })?;
        self.member("consulted", &consulted.iter().map(|entry| shape::Consulted::of(entry)).collect::<Vec<_>>())?;
        self.member("findings", &findings.iter().map(shape::Finding::of).collect::<Vec<_>>())?;
        self.member("faults", &faults.iter().map(shape::Fault::of).collect::<Vec<_>>())?;
        self.member("summary", &summary::Summary::of(tally))?;
        let outcome = tally.outcome();
        self.member("outcome", &outcome.as_str())?;
        self.out.write_all(b"  \"exit\": ")?;
        let exit =
            summary::Exit { status: outcome.exit_status(), causes: causes(outcome, &self.denials, &self.faults) };
        inert::write(&mut self.out, 1, &exit)?;
        self.out.write_all(b"\n}\n")?;
        self.out.flush()
    }
}

fn causes<'a>(outcome: Outcome, denials: &'a BTreeSet<Arc<str>>, faults: &BTreeSet<&'a str>) -> Vec<&'a str> {
    match outcome {
        Outcome::Pass => Vec::new(),
        Outcome::Blocked => denials.iter().map(AsRef::as_ref).collect(),
        Outcome::Undecided if faults.is_empty() => vec![NOTHING_TO_JUDGE],
        Outcome::Undecided => faults.iter().copied().collect(),
    }
}
