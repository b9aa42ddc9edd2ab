//! What an expression is, as far as its fields go.

use crate::facts::Phase;
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
    Unknown,
}

impl What {
    pub const fn of(kind: &'static Kind) -> Self {
        match kind {
            Kind::Object(object) => Self::Object(object),
            Kind::List(item) => Self::List(item),
            Kind::Map(value) => Self::Map(value),
            Kind::Choice(words) => Self::Word(words),
            _ => Self::Unknown,
        }
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
            Self::Unknown => String::new(),
        }
    }
}
