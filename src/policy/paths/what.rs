//! What an expression is, as far as its fields go.

use crate::facts::Phase;
use crate::policy::header::Param;
use crate::proposal::Scale;
use crate::proposal::shape::{Choice, Kind, Object};

/// What an expression is, as far as it matters for its fields.
#[derive(Debug, Clone, Copy)]
pub enum What {
    Object(&'static Object),
    List(&'static Kind),
    Map(&'static Kind),
    Params,
    /// One of these words.
    Word(&'static [Choice]),
    Scale,
    Phase,
    /// A value without fields, which may be absent.
    Plain(Sort),
    Unknown,
}

/// The kinds of values that can be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Flag,
    /// A number, whole or not.
    Number,
    /// A number that is never below 0.
    Size,
    Text,
    Moment,
    Day,
    TimeOfDay,
    Length,
}

impl What {
    pub const fn of(kind: &'static Kind) -> Self {
        match kind {
            Kind::Object(object) => Self::Object(object),
            Kind::List(item) => Self::List(item),
            Kind::Map(value) => Self::Map(value),
            Kind::Choice(words) => Self::Word(words),
            Kind::Flag => Self::Plain(Sort::Flag),
            Kind::Count { min: 0.., .. } => Self::Plain(Sort::Size),
            Kind::Count { .. } | Kind::Number { .. } => Self::Plain(Sort::Number),
            Kind::Instant => Self::Plain(Sort::Moment),
            Kind::Date => Self::Plain(Sort::Day),
            Kind::Time => Self::Plain(Sort::TimeOfDay),
            Kind::Duration => Self::Plain(Sort::Length),
            Kind::Text { .. } | Kind::Name | Kind::Person | Kind::Zone | Kind::Digest => Self::Plain(Sort::Text),
            _ => Self::Unknown,
        }
    }

    /// What a parameter is; a list of them may be anything that can be walked.
    pub const fn of_param(param: &Param) -> Self {
        match param {
            Param::Flag(_) => Self::Plain(Sort::Flag),
            Param::Count(_) | Param::Number(_) => Self::Plain(Sort::Number),
            Param::Text(_) => Self::Plain(Sort::Text),
            Param::List(_) => Self::Unknown,
        }
    }

    pub const fn is_plain(self) -> bool {
        matches!(self, Self::Plain(_))
    }

    pub const fn item(self) -> Self {
        if let Self::List(kind) = self { Self::of(kind) } else { Self::Unknown }
    }

    /// The words that it can be, where they are known.
    pub fn words(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Word(words) => Some(words.iter().map(|choice| choice.word).collect()),
            Self::Scale => Some(Scale::ALL.iter().map(|scale| scale.as_str()).collect()),
            Self::Phase => Some(Phase::ALL.iter().map(|phase| phase.as_str()).collect()),
            _ => None,
        }
    }

    /// A name for the set of calls that were followed: one function called with the same shapes is followed once.
    pub fn name(self) -> String {
        match self {
            Self::Object(object) => object.name.to_owned(),
            Self::List(kind) => format!("list of {}", Self::of(kind).name()),
            Self::Map(kind) => format!("map of {}", Self::of(kind).name()),
            Self::Params => "params".to_owned(),
            Self::Word(_) | Self::Scale | Self::Phase => "word".to_owned(),
            Self::Plain(sort) => sort.noun().to_owned(),
            Self::Unknown => String::new(),
        }
    }
}

impl Sort {
    /// What an author calls it.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Flag => "true or false",
            Self::Number | Self::Size => "a number",
            Self::Text => "a text",
            Self::Moment => "a point in time",
            Self::Day => "a date",
            Self::TimeOfDay => "a time of day",
            Self::Length => "a duration",
        }
    }
}
