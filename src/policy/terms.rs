//! How the rules of a set take part in a run, for reports.

use super::days::Days;
use super::header::Header;
use crate::finding::Level;
use crate::source::Source;
use jiff::civil::Date;
use std::sync::Arc;

/// How one rule takes part in a run.
#[derive(Debug)]
pub struct RuleTerms {
    /// The rule's id.
    pub id: Arc<str>,
    /// What it says of itself.
    pub header: Arc<Header>,
    /// Its text, for the name and the digest.
    pub source: Arc<Source>,
    /// The highest level at which it reports in this run.
    pub level: Level,
    /// Its days in this run.
    pub days: Days,
    /// From when on it blocks, where it only warns of that yet.
    pub blocks_on: Option<Date>,
    /// Whether it is evaluated, and why not.
    pub part: Part,
    /// What the configuration changed, in words: `level lowered from deny to warn`, `max_age_days = 60 instead of 90`.
    pub changes: Vec<String>,
}

impl RuleTerms {
    /// What it does before the day from which on it blocks, if that is still to come; strict is a run in which warnings block.
    pub fn told_stage(&self, strict: bool) -> Option<String> {
        let now = if strict { "blocks in this run as all warnings do, and by itself" } else { "warns, and blocks" };
        self.blocks_on.map(|day| format!("{now} from {day}"))
    }
}

/// Whether a rule is evaluated, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// It is run over every proposal that can be judged.
    Evaluated,
    /// It has no part in this phase; the phases in which it has.
    OtherPhase(Vec<&'static str>),
    /// Switched off in the configuration, with the reason given there.
    Off(String),
    /// It has had its time: the first day on which it has no part any more.
    Expired(Date),
}
