//! Reports: one renderer per file, each writing to the sink it is given.
//!
//! A run of many proposals is reported as it goes, so a report is three calls: [`Report::begin`], one
//! [`Report::judgement`] per proposal in the order of their names, and [`Report::end`].
//!
//! Text from a proposal, a file name or a rule is hostile in every one of them: each renderer makes it inert for the place
//! where its output is read.

mod agenda;
mod azure;
mod by_rule;
mod counts;
mod entry;
mod escape;
mod fingerprint;
mod foremost;
mod github;
mod gitlab;
mod html;
mod human;
mod impact;
mod inert;
mod json;
mod junit;
mod linted;
mod manual;
mod markdown;
mod mending;
mod ready;
mod record;
mod sarif;
mod tested;
mod told;
mod traced;
mod uri;

pub use agenda::{Agenda, Planned};
pub use azure::Azure;
pub(crate) use escape::{is_hidden, line as inert_line};
pub use github::GitHub;
pub use gitlab::GitLab;
pub use html::{Html, write_coverage_page, write_trace_page};
pub use human::Human;
pub use impact::{ImpactOf, ImpactSide, write_impact, write_impact_markdown, write_json_impact};
pub use json::{Json, SCHEMA};
pub use junit::JUnit;
pub use linted::{JsonLint, LintReport, LintTally};
pub use manual::{Manual, Page};
pub use markdown::Markdown;
pub use record::Recorder;
pub use sarif::Sarif;
pub use tested::{Covered, JUnitTests, JsonTests, Percent, Share, TestReport, TestTally, write_lcov};
pub use told::{Gravity, Notice, Told};
pub use traced::{Traced, write_json_trace, write_trace};

use crate::verdict::{Judgement, OfRun, Tally, Terms};
use std::io;

/// A format of report, fed one judgement after the other.
pub trait Report {
    /// Begins with what holds for the whole run.
    ///
    /// # Errors
    /// When the sink can't be written to; so of the other two.
    fn begin(&mut self, terms: &Terms) -> io::Result<()>;
    /// Reports one proposal.
    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()>;
    /// Ends with what belongs to no one proposal.
    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()>;
}

/// Whether a file is a report of one of the formats, by its first hundred bytes and by its end.
pub fn is_report(beginning: &[u8], end: &[u8]) -> bool {
    let begins = [
        azure::begins,
        github::begins,
        gitlab::begins,
        html::begins,
        impact::json_begins,
        impact::markdown_begins,
        json::begins,
        junit::begins,
        markdown::begins,
        record::begins,
        sarif::begins,
        tested::lcov_begins,
        traced::begins,
    ];
    begins.iter().any(|begins| begins(beginning)) || human::ends(&String::from_utf8_lossy(end))
}

/// What the caller knows about the terminal and the reader. Renderers read no environment.
#[derive(Copy, Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Cells in a line.
    pub width: usize,
    /// Whether escape sequences for colour may be written.
    pub color: bool,
    /// Whether frames are drawn with Unicode characters, or with those of ASCII.
    pub unicode: bool,
    /// How much is said.
    pub verbosity: Verbosity,
}

impl Default for Options {
    /// For a file or a pipe: 80 cells, no colour.
    fn default() -> Self {
        Self { width: 80, color: false, unicode: true, verbosity: Verbosity::Normal }
    }
}

/// How much a report for people says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verbosity {
    /// A line for each thing that keeps the upgrade from going ahead, and the outcome.
    Quiet,
    /// Each finding and fault with its lines, the outcome, and what to do next.
    #[default]
    Normal,
    /// Also what passed, all values a finding rests on, the rules one by one and the digests.
    Verbose,
}
