//! One event: its properties, understood. Occurrences come of it in `series`.

mod length;
mod names;
mod read;

pub(super) use read::OfSeries;

use super::moment::{Duration, Moment};
use super::property::Property;
use super::rule::Rule;
use super::wrong::Wrong;
use crate::source::{Place, Span};
use jiff::Timestamp;
use std::sync::Arc;

/// A category of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// What it says, unescaped.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A VEVENT: which it is, and the event where it is one that holds.
#[derive(Debug)]
pub(super) struct Entry {
    pub uid: Arc<str>,
    pub uid_span: Span,
    /// Which occurrence of another event of this UID it stands for. Of one that holds it can be read.
    pub replaces: Option<Result<(Moment, Span), Wrong>>,
    /// None for what is cancelled, and for what its categories make no business of the gate.
    pub event: Option<Event>,
    /// Of what is none of ours: the category that is nearly a word of ours.
    pub nearly: Option<Category>,
}

impl Entry {
    /// The one of a UID.
    fn of(uid: &Property<'_>) -> Self {
        Self { uid: uid.value().into(), uid_span: uid.span(), replaces: None, event: None, nearly: None }
    }
}

/// What all occurrences of an event share.
#[derive(Debug)]
pub(super) struct Event {
    pub name: Arc<str>,
    pub categories: Arc<[Category]>,
    pub place: Place,
    pub start: Moment,
    pub length: Length,
    pub rule: Option<(Rule, Span)>,
    pub also: Vec<(Moment, Option<Length>)>,
    /// What is taken away, and where that stands.
    pub except: Vec<(Timestamp, Span)>,
    pub transparent: bool,
    /// Whether it opens a window and does not freeze, so that of two readings the shorter is the cautious one.
    pub opens: bool,
}

/// How long an event is.
#[derive(Debug, Clone)]
pub(super) enum Length {
    /// Until a moment; `civil` and `exact` are how far that is from the start for the calendar on the wall, and for a stopwatch.
    Until {
        end: Moment,
        civil: jiff::SignedDuration,
        exact: jiff::SignedDuration,
    },
    For(Duration),
}

impl Length {
    /// What it is at most, over a change of the clocks, too.
    pub fn at_most(&self) -> jiff::SignedDuration {
        match self {
            Self::Until { civil, exact, .. } => *civil.max(exact),
            Self::For(duration) => duration.at_most(),
        }
    }
}
