//! The record of the evidence of a run, from which it can be judged again without git and without a network: `changegate.evidence/v1`.

use super::Report;
use crate::evidence::{Answer, Change, Entry, Question, Record};
use crate::verdict::{Judgement, OfRun, Tally, Terms};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// Whether a text begins as a record does, in any version of it.
pub fn begins(text: &[u8]) -> bool {
    text.starts_with(b"{\n  \"schema\": \"changegate.evidence/")
}

/// Writes what was asked and answered, each question once and in their order, when the run has ended.
#[derive(Debug)]
pub struct Recorder<W> {
    out: W,
    version: &'static str,
    now: String,
    now_given: bool,
    change: Answer,
    entries: BTreeMap<Question, Arc<Entry>>,
}

impl<W: io::Write> Recorder<W> {
    /// A record to a sink.
    pub fn new(out: W) -> Self {
        Self {
            out,
            version: "",
            now: String::new(),
            now_given: false,
            change: Change::untold(),
            entries: BTreeMap::new(),
        }
    }
}

impl<W> Recorder<W> {
    fn add(&mut self, consulted: &[Arc<Entry>]) {
        for entry in consulted {
            self.entries.entry(entry.question.clone()).or_insert_with(|| Arc::clone(entry));
        }
    }
}

impl<W: io::Write> Report for Recorder<W> {
    fn begin(&mut self, terms: &Terms) -> io::Result<()> {
        self.version = terms.version;
        self.now.clone_from(&terms.now);
        self.now_given = terms.now_given;
        self.change.clone_from(&terms.change);
        Ok(())
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        self.add(&judgement.consulted);
        Ok(())
    }

    fn end(&mut self, of_run: &OfRun, _: &Tally) -> io::Result<()> {
        self.add(&of_run.consulted);
        let entries = self.entries.values().map(|entry| Entry::clone(entry));
        let now = (self.now.as_str(), self.now_given);
        super::inert::write(&mut self.out, 0, &Record::of(self.version, now, self.change.clone(), entries))?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}
