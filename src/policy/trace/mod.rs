//! What a rule did in one run: what each of its expressions came to, which way it went, what it read and what it said.

mod calls;
mod end;
mod note;
mod shown;
mod tape;
mod told;
mod turns;
mod walk;
mod why;
mod words;

use crate::finding::Level;
use crate::source::{Place, Source};
use jiff::civil::Date;
use std::sync::Arc;
pub use tape::{Came, Seen, Tape};
pub(super) use told::told;

/// A rule with what it did. All texts in it are those of others.
#[derive(Debug)]
pub struct Trace {
    /// The text of the rule.
    pub source: Arc<Source>,
    /// Those of `check` and of the functions that it called, in the order of the text.
    pub lines: Vec<TracedLine>,
    /// Its functions that were not called.
    pub uncalled: Vec<String>,
    /// What decided what it said, in the order in which it came.
    pub why: Vec<Why>,
    /// Whether more came of it than is kept.
    pub cut: bool,
}

/// A line of a rule.
#[derive(Debug)]
pub struct TracedLine {
    /// From 1.
    pub number: u32,
    /// How often it ran; none where no statement begins.
    pub times: Option<u32>,
    /// Whether it is part of what did not run.
    pub skipped: bool,
    /// What came of it.
    pub notes: Vec<Note>,
}

/// What came of an expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Which turn of a loop or which call it is of; empty where there is one.
    pub turn: String,
    /// The expression, as the rule has it.
    pub text: String,
    /// What it came to, as a rule would write it; of a report its message.
    pub value: String,
    /// What it is.
    pub kind: Told,
    /// Where it was read, where it was.
    pub from: Option<Origin>,
}

/// What a note tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// What a variable becomes, or an argument, or the item of a turn.
    Set,
    /// The value of what is named: a variable, a field.
    Value,
    /// What was made of others: a comparison, the answer of a function.
    Made,
    /// Whether a condition held by which it was decided how the rule goes on.
    Condition(bool),
    /// How many turns there were, and which are told.
    Turns,
    /// A report, and from when on it blocks where its rule does not yet.
    Says(Level, Option<Date>),
    /// What is owed.
    Owes,
    /// The function ends, with a value or with none.
    Ends,
    /// The rule failed.
    Fails,
}

impl Told {
    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Value => "value",
            Self::Made => "made",
            Self::Condition(_) => "condition",
            Self::Turns => "turns",
            Self::Says(..) => "report",
            Self::Owes => "owed",
            Self::Ends => "end",
            Self::Fails => "failure",
        }
    }
}

/// Where a value was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// JSON Pointer of it; of what is absent, of where it would be.
    pub pointer: String,
    /// Where it stands; of what is absent, its nearest present parent. None where the gate found it out by itself.
    pub place: Option<Place>,
    /// Whether it is absent.
    pub absent: bool,
    /// Whether it is of the evidence, and not of the proposal.
    pub evidence: bool,
}

/// A condition that decided what a rule said.
#[derive(Debug)]
pub struct Why {
    /// Where it stands.
    pub line: u32,
    /// In which turn, or in which call.
    pub turn: String,
    /// The condition, or what failed; empty where there is none.
    pub text: String,
    /// Whether it held.
    pub held: bool,
    /// What came of that.
    pub so: So,
    /// How often it was asked in all.
    pub times: u32,
    /// What it was made of.
    pub values: Vec<Note>,
}

/// What came of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum So {
    /// The rule reported something.
    Reported,
    /// It reported something of each item.
    Each,
    /// It reported something, whatever else it found.
    Always,
    /// It came to a report, and no one condition decided that.
    Reached,
    /// What it reported, in any case, weighs as much as the rule does, or is a warning.
    Weighed,
    /// It did not report what it would have reported otherwise.
    Spared,
    /// There was nothing to go through.
    Empty,
    /// It went on with what comes after, past what it would have reported.
    Passed,
    /// The rule, or one of its functions that report, ended there.
    Ended,
    /// It failed there.
    Failed,
}

impl So {
    /// Whether it is why something was reported.
    pub const fn reports(self) -> bool {
        matches!(self, Self::Reported | Self::Each | Self::Always | Self::Reached | Self::Weighed)
    }

    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Each => "each",
            Self::Always => "always",
            Self::Reached => "reached",
            Self::Weighed => "weighed",
            Self::Spared => "spared",
            Self::Empty => "empty",
            Self::Passed => "passed",
            Self::Ended => "ended",
            Self::Failed => "failed",
        }
    }
}
