//! The values of parameters, and what they are counted in.

use crate::policy::literal::{Literal, Value};
use std::fmt;

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Param {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Count(i64),
    /// A number with a fraction.
    Number(f64),
    /// A text.
    Text(String),
    /// A list, of one kind or of several.
    List(Vec<Self>),
}

impl Param {
    /// What an operator calls the kind of it.
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Flag(_) => "true or false",
            Self::Count(_) => "a whole number",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
        }
    }

    /// Whether a value can take the place of this default.
    pub fn accepts(&self, value: &Self) -> bool {
        match (self, value) {
            (Self::List(own), Self::List(other)) => {
                own.first().is_none_or(|first| other.iter().all(|item| first.accepts(item)))
            }
            (Self::Number(_), Self::Count(_)) => true,
            _ => std::mem::discriminant(self) == std::mem::discriminant(value),
        }
    }

    /// Whether a number is below 0. Parameters count days, hours or people, and less than none of them is a slip, unless the
    /// default itself is negative.
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Count(count) => *count < 0,
            Self::Number(number) => *number < 0.0,
            Self::List(items) => items.iter().any(Self::is_negative),
            Self::Flag(_) | Self::Text(_) => false,
        }
    }

    /// A number itself, or how many items a list has; none of what has no size.
    pub fn size(&self) -> Option<f64> {
        match self {
            Self::Count(count) => Some(*count as f64),
            Self::Number(number) => Some(*number),
            Self::List(items) => Some(items.len() as f64),
            Self::Flag(_) | Self::Text(_) => None,
        }
    }

    /// The value of a literal; none of a map, and none of a list that holds one.
    pub(super) fn read(literal: &Literal) -> Option<Self> {
        match &literal.value {
            Value::Flag(flag) => Some(Self::Flag(*flag)),
            Value::Count(count) => Some(Self::Count(*count)),
            Value::Number(number) => Some(Self::Number(*number)),
            Value::Text(text) => Some(Self::Text(text.clone())),
            Value::List(items) => items.iter().map(Self::read).collect::<Option<Vec<_>>>().map(Self::List),
            Value::Map(_) => None,
        }
    }

    /// The value as JSON.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Flag(flag) => (*flag).into(),
            Self::Count(count) => (*count).into(),
            Self::Number(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
        }
    }
}

impl fmt::Display for Param {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => flag.fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
        }
    }
}

/// What a number of a parameter counts, or what its texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days of 24 hours.
    Days,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Hundredths of a whole.
    Percent,
    /// People.
    People,
    /// Stages or phases of a rollout.
    Stages,
    /// Upgrades.
    Upgrades,
    /// How many times as much.
    Times,
    /// Things of any other sort, of which `doc` says which.
    Items,
    /// Words that the model has for a field of the proposal, of which `of` says which.
    Words,
    /// Roles of people, as in `approvals[].role`.
    Roles,
    /// Names of the fields of an object, of which `of` says which.
    Fields,
    /// Accounts of people or programs.
    Accounts,
    /// Texts of any sort, of which `doc` says which.
    Texts,
    /// A severity: `low`, `medium`, `high` or `critical`.
    Severity,
}

impl Unit {
    /// All there are: those of numbers, then those of texts.
    pub const ALL: [Self; 15] = [
        Self::Days,
        Self::Hours,
        Self::Minutes,
        Self::Percent,
        Self::People,
        Self::Stages,
        Self::Upgrades,
        Self::Times,
        Self::Items,
        Self::Words,
        Self::Roles,
        Self::Fields,
        Self::Accounts,
        Self::Texts,
        Self::Severity,
    ];

    /// The word for it, as a header has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Hours => "hours",
            Self::Minutes => "minutes",
            Self::Percent => "percent",
            Self::People => "people",
            Self::Stages => "stages",
            Self::Upgrades => "upgrades",
            Self::Times => "times",
            Self::Items => "items",
            Self::Words => "words",
            Self::Roles => "roles",
            Self::Fields => "fields",
            Self::Accounts => "accounts",
            Self::Texts => "texts",
            Self::Severity => "severity",
        }
    }

    /// The word for one of it: `day`.
    const fn singular(self) -> &'static str {
        match self {
            Self::Days => "day",
            Self::Hours => "hour",
            Self::Minutes => "minute",
            Self::People => "person",
            Self::Stages => "stage",
            Self::Upgrades => "upgrade",
            Self::Times => "time",
            Self::Items => "item",
            other => other.as_str(),
        }
    }

    /// The unit of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == word)
    }

    /// Whether it is one of texts, and counts nothing.
    pub const fn is_of_texts(self) -> bool {
        matches!(self, Self::Words | Self::Roles | Self::Fields | Self::Accounts | Self::Texts | Self::Severity)
    }

    /// Of which field the words always are, where the unit says it.
    pub const fn of(self) -> Option<&'static str> {
        match self {
            Self::Roles => Some("approvals[].role"),
            Self::Severity => Some("fast_track.severity"),
            _ => None,
        }
    }

    /// Whether a value can have it: a number is counted, a text is not, and true or false has no unit.
    pub fn fits(self, value: &Param) -> bool {
        match value {
            Param::Flag(_) => false,
            Param::Count(_) | Param::Number(_) => !self.is_of_texts(),
            Param::Text(_) => self.is_of_texts(),
            Param::List(items) => items.iter().all(|item| self.fits(item)),
        }
    }

    /// A value with its unit, as people read it: `90 days`, `1 person`, `["owner"] (roles)`.
    pub fn after(self, value: &Param) -> String {
        match value {
            Param::Count(1 | -1) => format!("{value} {}", self.singular()),
            Param::Count(_) | Param::Number(_) => format!("{value} {}", self.as_str()),
            _ => format!("{value} ({})", self.as_str()),
        }
    }
}
