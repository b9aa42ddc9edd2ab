//! What the gate has to say: a [`Finding`] when the proposal is wrong, a [`Fault`] when the gate could not judge.
//!
//! The two are never mixed. A finding is for the proposal's author and blocks (or warns); a fault is for the gate's operator
//! and leaves the verdict undecided.

use crate::source::Place;
use jiff::civil::Date;
use std::fmt;
use std::sync::Arc;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Advice; never blocks.
    Info,
    /// Shown, and does not block.
    Warn,
    /// Blocks.
    Deny,
}

impl Level {
    /// All of them, the heaviest first.
    pub const ALL: [Self; 3] = [Self::Deny, Self::Warn, Self::Info];

    /// The word for it in rules, the configuration and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }

    /// ```
    /// use changegate::finding::Level;
    /// assert_eq!(Level::parse("warn"), Some(Level::Warn));
    /// assert_eq!(Level::parse("error"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A place and what is to be said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What is to be said about it: lower case, no full stop.
    pub text: String,
}

impl Label {
    /// A label at a place.
    pub fn new(place: Place, text: impl Into<String>) -> Self {
        Self { place, text: text.into() }
    }
}

/// A value that a rule read before it reported: why the finding was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Because {
    /// JSON Pointer (RFC 6901) in the proposal as rules see it, that is with the profile laid under `/system`.
    pub pointer: String,
    /// The value as JSON, shortened; `None` where the field is absent.
    pub value: Option<String>,
    /// The value's place, or for an absent field the key or object that should have held it.
    pub place: Place,
}

/// One thing that is wrong with a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's id, or the code of the problem (`proposal/duplicate-key`) where the proposal is no valid proposal.
    pub rule: Arc<str>,
    /// How much it weighs.
    pub level: Level,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Of what a figure in the message is made; the message ends with the same in brackets.
    pub table: Option<Table>,
    /// What to do about it.
    pub help: Option<String>,
    /// JSON Pointer of the primary place.
    pub pointer: String,
    /// Where it is, and what is wrong there.
    pub primary: Label,
    /// In the order in which they were read, each once.
    pub because: Vec<Because>,
    /// Further places of the same problem: the first of two duplicate keys, say.
    pub related: Vec<Label>,
    /// The line of the rule that reported; none for problems that no rule reports.
    pub policy: Option<Place>,
    /// From when on it blocks by itself, where its rule does not yet: what it would deny is a warning until then.
    pub blocks_on: Option<Date>,
    /// Whether it is a warning of its rule, and denies because warnings block in this run.
    pub raised: bool,
    /// By what it is let through, if it is: it is told all the same.
    pub waived: Option<Arc<Waived>>,
}

impl Finding {
    /// One that no rule reports, with nothing said but what is wrong and where.
    ///
    /// ```
    /// use changegate::finding::{Finding, Label, Level};
    /// use changegate::source::{Place, Source, Span};
    /// let place = Place::new(&std::sync::Arc::new(Source::new("a.json", "{}")), Span::new(0, 1));
    /// let finding = Finding::new("check/none-due", Level::Info, "no proposal is due", Label::new(place, "as agreed"));
    /// assert!(!finding.blocks() && finding.help.is_none());
    /// ```
    pub fn new(rule: &str, level: Level, message: impl Into<String>, primary: Label) -> Self {
        Self {
            rule: Arc::from(rule),
            level,
            message: message.into(),
            table: None,
            help: None,
            pointer: String::new(),
            primary,
            because: Vec::new(),
            related: Vec::new(),
            policy: None,
            blocks_on: None,
            raised: false,
            waived: None,
        }
    }

    /// Whether the upgrade may not go ahead because of it.
    pub const fn blocks(&self) -> bool {
        matches!(self.level, Level::Deny) && self.waived.is_none()
    }
}

/// Makes denials of all findings that are of this level or above it. They block by now; on which day they do by themselves stays told.
pub fn raise(findings: &mut [Finding], fail_on: Level) {
    for finding in findings.iter_mut().filter(|finding| finding.level >= fail_on && finding.level < Level::Deny) {
        (finding.level, finding.raised) = (Level::Deny, true);
    }
}

/// A small table in a message, for formats that have room for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// So many bytes of the message come before it.
    pub headline: usize,
    /// What, and how much.
    pub rows: Vec<(String, String)>,
}

/// By what a denial is let through.
#[derive(Debug, Clone, PartialEq)]
pub struct Waived {
    /// Who has decided it; hostile text like the others.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Where that is recorded.
    pub ticket: String,
    /// The first day on which it no longer holds, `2026-12-20`.
    pub expires: String,
    /// Where the waiver stands.
    pub place: Place,
}

impl From<Fault> for Vec<Fault> {
    /// One fault where several could be told.
    fn from(fault: Fault) -> Self {
        vec![fault]
    }
}

/// Puts findings into the order of their places, those in the file `own` before others. Stable, so that of one place they stay
/// as they are.
pub fn put_in_order(findings: &mut [Finding], own: &str) {
    findings.sort_by_key(|finding| {
        let place = &finding.primary.place;
        (place.source.name() != own, place.span.start)
    });
}

/// Something that was left out and is owed afterwards. It never blocks by itself; the close phase asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Obligation {
    /// The id of the rule that left it out.
    pub rule: Arc<str>,
    /// Its name, to which the record answers: `load-test`.
    pub id: String,
    /// What is owed.
    pub what: String,
    /// The last day, `2026-12-20`; none where nothing says when.
    pub due: Option<String>,
    /// What in the proposal it comes from.
    pub place: Place,
}

/// Why the gate could not judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// A stable code, listed in [`crate::codes`].
    pub code: &'static str,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The first is the primary place; empty where there is none (a file that does not exist).
    pub labels: Vec<Label>,
}

impl Fault {
    /// A fault without a place.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None, labels: Vec::new() }
    }

    /// The same with what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with one more place; the first is the primary one.
    pub fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label::new(place, text));
        self
    }
}
