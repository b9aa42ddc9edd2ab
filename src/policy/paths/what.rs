//! What an expression is: of which kind, and which fields it has.

use crate::facts::Phase;
use crate::policy::header::Param;
use crate::proposal::Scale;
use crate::proposal::shape::{Choice, Kind, Object};

/// What an expression is. Whatever it is, it may be absent.
#[derive(Debug, Clone, Copy)]
pub enum What {
    Object(&'static Object),
    List(&'static Kind),
    /// A list that the rule has made of items of one.
    Kept(&'static Kind),
    /// A list of a parameter or of the rule's own, of values of one sort.
    Items(Sort),
    Map(&'static Kind),
    Params,
    /// One of these words.
    Word(&'static [Choice]),
    Scale,
    Phase,
    /// A value of a sort, of which nothing more is known.
    Plain(Sort),
    Unknown,
}

/// The kinds of values that a rule tells from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Flag,
    /// A number, whole or not.
    Number,
    /// A number that is never below 0.
    Size,
    /// A number that is not whole.
    Fraction,
    Text,
    Moment,
    Day,
    TimeOfDay,
    Length,
    List,
    /// An object of the facts.
    Object,
    /// A map that the rule has made.
    Map,
    Params,
    Range,
    Report,
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

    /// What a parameter is.
    pub fn of_param(param: &Param) -> Self {
        match param {
            Param::Flag(_) => Self::Plain(Sort::Flag),
            Param::Count(_) | Param::Number(_) => Self::Plain(Sort::Number),
            Param::Text(_) => Self::Plain(Sort::Text),
            // A configuration may set it to others of the same sort as the first.
            Param::List(items) => Self::of_items(items.iter().map(Self::of_param)),
        }
    }

    /// What a list of these is.
    pub fn of_items(items: impl Iterator<Item = Self>) -> Self {
        items.reduce(Self::joined).and_then(Self::sort).map_or(Self::Plain(Sort::List), Self::Items)
    }

    /// What is either of two. Of lists and objects it is not known whose they are.
    pub fn joined(self, other: Self) -> Self {
        match (self.sort(), other.sort()) {
            (Some(Sort::List | Sort::Object | Sort::Map), _) => Self::Unknown,
            (Some(one), Some(other)) if one == other => Self::Plain(one),
            (Some(one), Some(other)) if one.family() == other.family() => Self::Plain(one.family()),
            _ => Self::Unknown,
        }
    }

    /// The sort of it; none where that is not known.
    pub const fn sort(self) -> Option<Sort> {
        match self {
            Self::Object(_) | Self::Map(_) => Some(Sort::Object),
            Self::List(_) | Self::Kept(_) | Self::Items(_) => Some(Sort::List),
            Self::Params => Some(Sort::Params),
            Self::Word(_) | Self::Scale | Self::Phase => Some(Sort::Text),
            Self::Plain(sort) => Some(sort),
            Self::Unknown => None,
        }
    }

    /// Whether it is of the facts, where each list and each object is one by itself.
    pub const fn is_of_facts(self) -> bool {
        matches!(self, Self::Object(_) | Self::Map(_) | Self::List(_))
    }

    /// Whether it has no fields that could be looked for.
    pub const fn is_plain(self) -> bool {
        matches!(self, Self::Plain(_) | Self::Items(_))
    }

    /// Whether it can be walked; none where that is not known.
    pub const fn is_walked(self) -> Option<bool> {
        match self {
            Self::Map(_) => Some(true),
            _ => match self.sort() {
                Some(sort) => Some(matches!(sort, Sort::List | Sort::Range)),
                None => None,
            },
        }
    }

    pub const fn item(self) -> Self {
        match self {
            Self::List(kind) | Self::Kept(kind) => Self::of(kind),
            Self::Items(sort) => Self::Plain(sort),
            Self::Plain(Sort::Range) => Self::Plain(Sort::Number),
            _ => Self::Unknown,
        }
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
            Self::Kept(kind) => format!("kept list of {}", Self::of(kind).name()),
            Self::Items(sort) => format!("list of {sort:?}"),
            Self::Map(kind) => format!("map of {}", Self::of(kind).name()),
            Self::Params => "params".to_owned(),
            Self::Word(_) | Self::Scale | Self::Phase => "word".to_owned(),
            Self::Plain(sort) => format!("{sort:?}"),
            Self::Unknown => String::new(),
        }
    }
}

impl Sort {
    pub const ALL: [Self; 15] = [
        Self::Flag,
        Self::Number,
        Self::Size,
        Self::Fraction,
        Self::Text,
        Self::Moment,
        Self::Day,
        Self::TimeOfDay,
        Self::Length,
        Self::List,
        Self::Object,
        Self::Map,
        Self::Params,
        Self::Range,
        Self::Report,
    ];

    /// What an author calls it.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Flag => "true or false",
            Self::Number | Self::Size => "a number",
            Self::Fraction => "a fraction",
            Self::Text => "a text",
            Self::Moment => "a point in time",
            Self::Day => "a date",
            Self::TimeOfDay => "a time of day",
            Self::Length => "a duration",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Map => "a map",
            Self::Params => "all parameters",
            Self::Range => "a range of numbers",
            Self::Report => "a report",
        }
    }

    /// The same for all that can be compared with each other.
    pub const fn family(self) -> Self {
        match self {
            Self::Size | Self::Fraction => Self::Number,
            _ => self,
        }
    }

    /// Whether of two of it one is less.
    pub const fn has_order(self) -> bool {
        use Sort as S;
        matches!(self.family(), S::Number | S::Text | S::Moment | S::Day | S::TimeOfDay | S::Length)
    }
}
