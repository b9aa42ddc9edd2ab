//! A finding or a fault, as far as they look alike in a report.

use crate::finding::{Because, Fault, Finding, Label, Level, Table, Waived};
use crate::source::Place;
use crate::verdict::{Judgement, OfRun, Tally, Whose};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::fmt;

/// That a run judged nothing, and says nothing else for itself.
pub(super) const NOTHING_JUDGED: Entry<'static> = Entry {
    word: "error",
    code: "check/nothing-to-judge",
    weight: Weight::Fault,
    message: "nothing was judged, so nothing may go ahead",
    table: None,
    help: Some("name the proposals to judge"),
    primary: None,
    related: &[],
    because: &[],
    pointer: "",
    policy: None,
    aside: None,
    waived: None,
};

/// How much an entry weighs, the lightest first: what CI systems call note, warning and error. What could not be judged comes before what was
/// found, as it decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Note,
    Warning,
    Error,
    Fault,
}

/// By what entries are told where there is no room for all: the heaviest first, and of these what is nearest to the change.
pub(super) type Rank = (Reverse<Weight>, Whose);

/// When or why a finding blocks, where it weighs otherwise than its rule has it; of a report for programs the day is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside<D> {
    /// It warns yet, and blocks from this day on.
    BlocksFrom(D),
    /// It is a warning, and blocks in this run; where its rule is staged it blocks by itself from a day on.
    Raised(Option<D>),
}

impl<D> Aside<D> {
    /// That of a finding which nothing lets through.
    pub fn of(blocks_on: Option<D>, raised: bool) -> Option<Self> {
        if raised { Some(Self::Raised(blocks_on)) } else { blocks_on.map(Self::BlocksFrom) }
    }

    /// What is said besides where there is room.
    pub const fn until(&self) -> &'static str {
        match self {
            Self::BlocksFrom(_) => "; until then it warns",
            Self::Raised(_) => "",
        }
    }
}

impl<D: fmt::Display> fmt::Display for Aside<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BlocksFrom(day) => write!(f, "from {day}"),
            Self::Raised(None) => f.write_str("because of `--fail-on warn`, and is a warning by itself"),
            Self::Raised(Some(day)) => write!(f, "because of `--fail-on warn`, and by itself from {day}"),
        }
    }
}

/// What is told of a finding or of a fault.
pub(super) struct Entry<'a> {
    /// `deny`, `waived`, `warn`, `info`, or `error` of a fault.
    pub word: &'static str,
    /// The rule's id, or the code.
    pub code: &'a str,
    pub weight: Weight,
    pub message: &'a str,
    /// Of what a figure in the message is made.
    pub table: Option<&'a Table>,
    pub help: Option<&'a str>,
    pub primary: Option<&'a Label>,
    pub related: &'a [Label],
    pub because: &'a [Because],
    /// JSON Pointer of the primary place; empty where there is none.
    pub pointer: &'a str,
    /// The line of the rule that reported.
    pub policy: Option<&'a Place>,
    /// What is to be known of its weight.
    pub aside: Option<Aside<Date>>,
    pub waived: Option<&'a Waived>,
}

impl<'a> Entry<'a> {
    pub fn of_finding(finding: &'a Finding) -> Self {
        let (word, weight) = match finding.level {
            Level::Deny if finding.waived.is_some() => ("waived", Weight::Warning),
            Level::Deny => (finding.level.as_str(), Weight::Error),
            Level::Warn => (finding.level.as_str(), Weight::Warning),
            Level::Info => (finding.level.as_str(), Weight::Note),
        };
        Self {
            word,
            code: &finding.rule,
            weight,
            message: &finding.message,
            table: finding.table.as_ref(),
            help: finding.help.as_deref(),
            primary: Some(&finding.primary),
            related: &finding.related,
            because: &finding.because,
            pointer: &finding.pointer,
            policy: finding.policy.as_ref(),
            aside: if finding.waived.is_some() { None } else { Aside::of(finding.blocks_on, finding.raised) },
            waived: finding.waived.as_deref(),
        }
    }

    pub fn of_fault(fault: &'a Fault) -> Self {
        Self {
            word: "error",
            code: fault.code,
            weight: Weight::Fault,
            message: &fault.message,
            table: None,
            help: fault.help.as_deref(),
            primary: fault.labels.first(),
            related: fault.labels.get(1..).unwrap_or_default(),
            because: &[],
            pointer: "",
            policy: None,
            aside: None,
            waived: None,
        }
    }

    /// Its rank, of whomever it is.
    pub const fn rank(&self, whose: Whose) -> Rank {
        (Reverse(self.weight), whose)
    }

    /// The same, for formats that have no place of their own for it: ` (blocks from 2027-03-01)`, nothing where it is as it seems.
    pub fn in_brackets(&self) -> String {
        self.aside.map_or_else(String::new, |aside| format!(" (blocks {aside})"))
    }

    /// The message without its table, for formats that show that by itself.
    pub fn headline(&self) -> &'a str {
        self.table.and_then(|table| self.message.get(..table.headline)).unwrap_or(self.message)
    }

    /// Those of a judgement: faults first, as they decide.
    pub fn of_judgement(judgement: &'a Judgement) -> impl Iterator<Item = Self> {
        judgement.faults.iter().map(Self::of_fault).chain(judgement.findings.iter().map(Self::of_finding))
    }

    /// Those of a run itself. A run that judged nothing and says nothing else for itself says that.
    pub fn of_run(of_run: &'a OfRun, tally: &Tally) -> impl Iterator<Item = Self> {
        let silent = tally.is_silent() && of_run.faults.is_empty();
        let faults = of_run.faults.iter().map(Self::of_fault).chain(silent.then_some(NOTHING_JUDGED));
        faults.chain(of_run.findings.iter().map(Self::of_finding))
    }
}
