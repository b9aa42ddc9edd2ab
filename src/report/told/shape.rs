//! The report for programs as it is read again: what is needed of it to tell it anew. Fields that are not known are passed over, as the
//! schema asks of readers.

use crate::roster::Concern;
use crate::verdict::{self, Tally, Whose};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Run {
    pub schema: String,
    pub phase: Phase,
    pub now: String,
    pub now_given: bool,
    pub base: Option<Base>,
    /// What has none tells all the same what was found.
    #[serde(default)]
    pub rules: Vec<Rule>,
    pub proposals: Vec<Proposal>,
    pub consulted: Vec<Consulted>,
    pub findings: Vec<Finding>,
    pub faults: Vec<Fault>,
    pub summary: Summary,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Phase {
    Plan,
    Deploy,
    Close,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    Pass,
    Blocked,
    Undecided,
}

impl From<Outcome> for verdict::Outcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Pass => Self::Pass,
            Outcome::Blocked => Self::Blocked,
            Outcome::Undecided => Self::Undecided,
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Deny,
    Warn,
    Info,
}

#[derive(Debug, Deserialize)]
pub(super) struct Base {
    pub commit: String,
    pub head: String,
}

/// A rule of the run, and whether it has a part in it.
#[derive(Debug, Deserialize)]
pub(super) struct Rule {
    pub id: String,
    pub part: String,
    pub reason: Option<String>,
    pub expires_on: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Proposal {
    pub file: String,
    pub id: Option<String>,
    pub title: Option<String>,
    /// Reports of earlier versions have none.
    pub of_change: Option<bool>,
    pub closed: bool,
    /// Reports of earlier versions have none.
    #[serde(default)]
    left: Option<String>,
    /// Likewise.
    #[serde(default)]
    concern: Option<String>,
    /// Likewise.
    #[serde(default)]
    pub ends: bool,
    pub outcome: Outcome,
    /// Reports of earlier versions have none.
    pub planned: Option<Planned>,
    pub consulted: Vec<Consulted>,
    pub obligations: Vec<Obligation>,
    pub accepted: Vec<Accepted>,
    pub findings: Vec<Finding>,
    pub faults: Vec<Fault>,
}

impl Proposal {
    /// The word for why it was not judged, where it was not.
    pub fn left(&self) -> Option<&str> {
        self.left.as_deref().or_else(|| self.closed.then_some("closed"))
    }

    pub fn is_inherited(&self) -> bool {
        self.whose().is_inherited(self.outcome.into())
    }

    pub fn whose(&self) -> Whose {
        match self.concern.as_deref() {
            // With a word of a later version the change has to do with it in a way that is not known here.
            Some(word) => Concern::named(word).map_or(Whose::Change, Whose::Concern),
            None => Whose::of(self.of_change, None),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Planned {
    pub system: Option<String>,
    pub zone: Option<String>,
    pub windows: Vec<Window>,
    pub decide_by: Option<String>,
    /// Reports of earlier versions have none.
    pub ran: Option<Window>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Window {
    pub start: String,
    pub end: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Consulted {
    pub provider: String,
    pub question: String,
    pub state: String,
    pub code: Option<String>,
    pub why: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Obligation {
    pub id: String,
    pub what: String,
    pub due: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Accepted {
    pub pointer: String,
    pub by: String,
    pub reason: String,
    pub file: String,
    pub line: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct Waived {
    pub by: String,
    pub reason: String,
    pub ticket: String,
    pub expires: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Finding {
    pub rule: String,
    pub level: Level,
    pub message: String,
    #[serde(default)]
    pub table: Vec<(String, String)>,
    pub help: Option<String>,
    #[serde(flatten)]
    pub range: Range,
    /// Reports of earlier versions have none.
    pub blocks_on: Option<String>,
    /// Likewise.
    #[serde(default)]
    pub raised: bool,
    pub waived: Option<Waived>,
}

impl Finding {
    pub const fn blocks(&self) -> bool {
        matches!(self.level, Level::Deny) && self.waived.is_none()
    }

    /// The message and the table that it ends with, each by itself; a table that the message does not end with is none.
    pub fn told(&self) -> (&str, &[(String, String)]) {
        let rows: Vec<_> = self.table.iter().map(|(what, much)| format!("{what} {much}")).collect();
        let end = format!(" ({})", rows.join(", "));
        self.message.strip_suffix(&end).map_or((&self.message, &[]), |headline| (headline, &self.table))
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Fault {
    pub code: String,
    pub message: String,
    pub help: Option<String>,
    pub labels: Vec<Label>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Label {
    #[serde(flatten)]
    pub range: Range,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Range {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Summary {
    proposals: usize,
    evaluated: usize,
    closed: usize,
    #[serde(default)]
    ended: usize,
    #[serde(default)]
    open: usize,
    #[serde(default)]
    planned: usize,
    passed: usize,
    blocked: usize,
    undecided: usize,
    deny: usize,
    waived: usize,
    warn: usize,
    info: usize,
    faults: usize,
}

impl From<Summary> for Tally {
    fn from(summary: Summary) -> Self {
        let Summary { proposals, evaluated, ended, closed, open, planned, passed, blocked, undecided, .. } = summary;
        let Summary { deny, waived, warn, info, faults, .. } = summary;
        Self {
            proposals,
            evaluated,
            ended,
            closed,
            open,
            planned,
            passed,
            blocked,
            undecided,
            denied: false,
            kept: false,
            own: false,
            inherited: false,
            none_due: false,
            deny,
            waived,
            warn,
            info,
            faults,
        }
    }
}
