//! The values of a running rule, and comparing them.
//!
//! Values of different kinds are not unequal, they are a mistake: a rule that asks whether `42 > "42"` would let everything
//! pass if the answer were no, and so it fails. Only `== ()` and `!= ()` go across kinds: that is how a rule asks whether
//! something is there.

use super::fault::{ASK_FIRST, Misuse, misuse};
use super::header::Param;
pub use super::length::Length;
use super::tracked::Node;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// A value. Texts of facts, scripts and parameters are borrowed from there; what a rule makes is shared, and copied when it is
/// changed.
#[derive(Debug, Clone, Default)]
pub enum Value<'f> {
    #[default]
    Nothing,
    Flag(bool),
    Count(i64),
    Number(f64),
    Text(Text<'f>),
    Moment(Moment),
    Day(Day),
    TimeOfDay(TimeOfDay),
    Length(Length),
    /// An object or a list of the facts.
    Node(Node),
    List(Rc<List<'f>>),
    Map(Rc<Map<'f>>),
    /// A list of a parameter.
    Given(&'f [Param]),
    /// `params`.
    Params(&'f BTreeMap<String, Param>),
    Range {
        from: i64,
        to: i64,
    },
    /// A finding that was just recorded, by its number.
    Report(usize),
    /// A closure of the script that runs, by its number.
    Closure(u16),
}

/// A list that a rule has made, and how deep lists and maps are nested in it.
#[derive(Debug, Clone, Default)]
pub struct List<'f> {
    pub items: Vec<Value<'f>>,
    pub depth: u8,
}

/// A map that a rule has made, and how deep lists and maps are nested in it.
#[derive(Debug, Clone, Default)]
pub struct Map<'f> {
    pub entries: BTreeMap<Text<'f>, Value<'f>>,
    pub depth: u8,
}

/// A text.
#[derive(Debug, Clone)]
pub enum Text<'f> {
    Borrowed(&'f str),
    Made(Rc<str>),
}

impl Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text<'_> {}

impl PartialOrd for Text<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        str::cmp(self, other)
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Made(text) => text,
        }
    }
}

/// A point in time.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Moment(pub Timestamp);

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Day(pub Date);

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct TimeOfDay(pub Time);

impl<'f> Value<'f> {
    /// The value of a parameter.
    pub fn of_param(param: &'f Param) -> Self {
        match param {
            Param::Flag(flag) => Self::Flag(*flag),
            Param::Count(count) => Self::Count(*count),
            Param::Number(number) => Self::Number(*number),
            Param::Text(text) => text.as_str().into(),
            Param::List(items) => Self::Given(items),
        }
    }

    /// A list of a parameter as one of the rule's own, which can be changed.
    pub fn of_given(items: &'f [Param]) -> Self {
        let depth = given_depth(items);
        Self::List(Rc::new(List { items: items.iter().map(Self::of_param).collect(), depth }))
    }

    pub const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// What a rule's author calls the kind of a value.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Flag(_) => "true or false",
            Self::Count(_) => "a whole number",
            Self::Number(_) => "a fraction",
            Self::Text(_) => "a text",
            Self::Moment(_) => "a point in time",
            Self::Day(_) => "a date",
            Self::TimeOfDay(_) => "a time of day",
            Self::Length(_) => "a duration",
            Self::Node(_) => "an object or a list of the proposal",
            Self::List(_) | Self::Given(_) => "a list",
            Self::Map(_) => "a map",
            Self::Params(_) => "all parameters",
            Self::Range { .. } => "a range of numbers",
            Self::Report(_) => "a report",
            Self::Closure(_) => "a closure",
        }
    }

    /// How deep lists and maps are nested in it.
    pub fn depth(&self) -> u8 {
        match self {
            Self::List(list) => list.depth,
            Self::Map(map) => map.depth,
            Self::Given(items) => given_depth(items),
            _ => 0,
        }
    }
}

impl<'f> From<&'f str> for Value<'f> {
    fn from(text: &'f str) -> Self {
        Self::Text(Text::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Text::Made(text.into()))
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Value<'_> {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl<'f> FromIterator<Self> for Value<'f> {
    fn from_iter<I: IntoIterator<Item = Self>>(items: I) -> Self {
        Self::of_items(items.into_iter().collect())
    }
}

impl<'f> Value<'f> {
    /// A list of the rule's own. Most of those in which rules gather what is wrong stay empty, and take no room.
    pub fn of_items(items: Vec<Self>) -> Self {
        if items.is_empty() {
            return Self::Given(&[]);
        }
        let depth = items.iter().map(Self::depth).max().unwrap_or(0).saturating_add(1);
        Self::List(Rc::new(List { items, depth }))
    }
}

fn given_depth(items: &[Param]) -> u8 {
    let below = |item: &Param| if let Param::List(items) = item { given_depth(items) } else { 0 };
    items.iter().map(below).max().unwrap_or(0).saturating_add(1)
}

/// Whether two values of one kind are equal.
pub fn equal(a: &Value<'_>, b: &Value<'_>) -> Result<bool, Misuse> {
    match (a, b) {
        (Value::Nothing, _) | (_, Value::Nothing) => Ok(a.is_nothing() && b.is_nothing()),
        (Value::Flag(a), Value::Flag(b)) => Ok(a == b),
        (Value::Node(a), Value::Node(b)) => Ok(a == b),
        (Value::Text(a), Value::Text(b)) => Ok(**a == **b),
        (Value::Count(a), Value::Count(b)) => Ok(a == b),
        _ => order(a, b).map(Ordering::is_eq),
    }
}

/// The order of two values of one kind.
pub fn order(a: &Value<'_>, b: &Value<'_>) -> Result<Ordering, Misuse> {
    let order = match (a, b) {
        (Value::Count(a), Value::Count(b)) => Some(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Some(str::cmp(a, b)),
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b),
        (Value::Count(a), Value::Number(b)) => (*a as f64).partial_cmp(b),
        (Value::Number(a), Value::Count(b)) => a.partial_cmp(&(*b as f64)),
        (Value::Length(a), Value::Length(b)) => a.partial_cmp(b),
        (Value::Moment(a), Value::Moment(b)) => a.partial_cmp(b),
        (Value::Day(a), Value::Day(b)) => a.partial_cmp(b),
        (Value::TimeOfDay(a), Value::TimeOfDay(b)) => a.partial_cmp(b),
        _ => None,
    };
    order.ok_or_else(|| {
        let help = if a.is_nothing() || b.is_nothing() {
            ASK_FIRST
        } else {
            "compare values of one kind: durations with `minutes(5)`, `hours(2)` or `days(90)`"
        };
        misuse("policy/compared-kinds", format!("it compares {} with {}", a.kind(), b.kind()), help)
    })
}

impl Moment {
    /// `2026-12-06 02:00 +01:00`: what the people at work compare with their clocks at a glance, and `2026-12-06 01:00 UTC` where
    /// nothing says in which zone they are. Seconds are told where there are any, so that two points in time that differ are never shown
    /// alike.
    pub fn told(self, zone: &TimeZone) -> String {
        let whole_minute = self.0.as_second() % 60 == 0 && self.0.subsec_nanosecond() == 0;
        let clock = if whole_minute { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S%.f" };
        let offset = if *zone == TimeZone::UTC { "UTC" } else { "%:z" };
        self.0.to_zoned(zone.clone()).strftime(&format!("{clock} {offset}")).to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%H:%M"))
    }
}

/// A number as people write it: 60 and not 60.0, 67.1 and not 67.10000000000001.
pub fn plain(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    // Past what a fraction of a millionth can be told of, and for tiny ones, as it is.
    if rounded.is_finite() && (rounded != 0.0 || number == 0.0) { rounded.to_string() } else { number.to_string() }
}
