//! A report for programs that goes through rules: what it is, one rule after the other, then the faults and a summary.

use super::inert;
use super::json::shape::Fault;
use crate::finding;
use serde::Serialize;
use std::io;

/// Writes as it goes, so that no rule has to be kept.
#[derive(Debug)]
pub(super) struct ByRule<W> {
    out: W,
    schema: &'static str,
    begun: bool,
}

impl<W: io::Write> ByRule<W> {
    /// A report of a schema, such as `changegate.test/v1`, to a sink in which nothing is written yet.
    pub const fn new(out: W, schema: &'static str) -> Self {
        Self { out, schema, begun: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            let (schema, version) = (self.schema, env!("CARGO_PKG_VERSION"));
            write!(self.out, "{{\n  \"schema\": \"{schema}\",\n  \"version\": \"{version}\",\n  \"rules\": [")?;
        }
        Ok(())
    }

    /// Writes the next rule.
    pub fn rule(&mut self, rule: &impl Serialize) -> io::Result<()> {
        let comma = if self.begun { "," } else { "" };
        self.begin()?;
        write!(self.out, "{comma}\n    ")?;
        inert::write(&mut self.out, 2, rule)
    }

    /// Ends with what is of no one rule.
    pub fn end(&mut self, faults: &[finding::Fault], summary: &impl Serialize) -> io::Result<()> {
        let closing = if self.begun { "\n  ]" } else { "]" };
        self.begin()?;
        let faults: Vec<_> = faults.iter().map(Fault::of).collect();
        write!(self.out, "{closing},\n  \"faults\": ")?;
        inert::write(&mut self.out, 1, &faults)?;
        self.out.write_all(b",\n  \"summary\": ")?;
        inert::write(&mut self.out, 1, summary)?;
        self.out.write_all(b"\n}\n")?;
        self.out.flush()
    }
}
