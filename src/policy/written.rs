//! Headers of built-in rules, as the build script has written them down.

use super::days::Days;
use super::header::{Description, Header, Param};
use crate::facts::Phase;
use crate::finding::Level;
use crate::proposal::time::date;
use jiff::civil::Date;
use std::borrow::Cow;

/// The header of a rule, in constants.
#[derive(Debug)]
pub struct Written {
    pub title: &'static str,
    pub why: &'static str,
    pub help: &'static str,
    pub phases: &'static [&'static str],
    pub level: &'static str,
    pub effective_on: Option<&'static str>,
    pub expires_on: Option<&'static str>,
    pub params: &'static [(&'static str, Literal)],
    pub descriptions: &'static [Description],
    pub controls: &'static [&'static str],
    pub example: &'static str,
}

/// The default of a parameter.
#[allow(dead_code, reason = "which kinds there are depends on the rules of the pack")]
#[derive(Debug)]
pub enum Literal {
    Flag(bool),
    Count(i64),
    Number(f64),
    Text(&'static str),
    List(&'static [Self]),
}

impl Written {
    /// The header; none where a word in it is none that there is, which a test rules out.
    pub fn header(&self) -> Option<Header> {
        Some(Header {
            title: Cow::Borrowed(self.title),
            why: Cow::Borrowed(self.why),
            help: Cow::Borrowed(self.help),
            phases: self.phases.iter().map(|name| Phase::parse(name)).collect::<Option<_>>()?,
            level: Level::parse(self.level)?,
            days: Days { effective_on: day(self.effective_on)?, expires_on: day(self.expires_on)? },
            params: self.params.iter().map(|(name, literal)| ((*name).to_owned(), literal.param())).collect(),
            descriptions: Cow::Borrowed(self.descriptions),
            controls: self.controls.iter().map(|&text| Cow::Borrowed(text)).collect(),
            example: Cow::Borrowed(self.example),
        })
    }
}

/// A day, if there is one; none where it can't be read.
#[expect(clippy::option_option, reason = "there may be no day, and one that is none")]
fn day(text: Option<&str>) -> Option<Option<Date>> {
    text.map_or(Some(None), |text| date(text).map(Some))
}

impl Literal {
    fn param(&self) -> Param {
        match self {
            Self::Flag(flag) => Param::Flag(*flag),
            Self::Count(count) => Param::Count(*count),
            Self::Number(number) => Param::Number(*number),
            Self::Text(text) => Param::Text((*text).to_owned()),
            Self::List(items) => Param::List(items.iter().map(Self::param).collect()),
        }
    }
}
