//! Reports: one renderer per file, each writing to the sink it is given.
//!
//! A run of many proposals is reported as it goes, so a report is three calls: [`Report::begin`], one
//! [`Report::judgement`] per proposal in the order of their names, and [`Report::end`].

use crate::finding::Fault;
use crate::verdict::{Judgement, Tally, Terms};
use std::io;

/// A format of report, fed one judgement after the other.
pub trait Report {
    fn begin(&mut self, terms: &Terms) -> io::Result<()>;
    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()>;
    /// `faults` are those that belong to no one proposal: a rule that does not parse, a pattern that matches nothing.
    fn end(&mut self, faults: &[Fault], tally: &Tally) -> io::Result<()>;
}
