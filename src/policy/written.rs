//! Headers of built-in rules, as the build script has written them down.

use super::header::{Declaration, Header, Param, Unit};
use crate::facts::Phase;
use crate::finding::Level;
use std::borrow::Cow;

/// The header of a rule, in constants.
#[derive(Debug)]
pub struct Written {
    pub title: &'static str,
    pub why: &'static str,
    pub help: &'static str,
    pub phases: &'static [&'static str],
    pub level: &'static str,
    pub params: &'static [(&'static str, Parameter)],
    pub controls: &'static [&'static str],
    pub example: &'static str,
}

/// A parameter; what a rule does not say of it is empty.
#[derive(Debug)]
pub struct Parameter {
    pub default: Literal,
    pub unit: &'static str,
    pub doc: &'static str,
    pub why: &'static str,
    pub source: &'static str,
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
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Some(Header {
            title: self.title.to_owned(),
            why: self.why.to_owned(),
            help: self.help.to_owned(),
            phases: self.phases.iter().map(|name| Phase::parse(name)).collect::<Option<_>>()?,
            level: Level::parse(self.level)?,
            params: self.params.iter().map(|(name, parameter)| ((*name).to_owned(), parameter.declaration())).collect(),
            controls: texts(self.controls),
            example: self.example.to_owned(),
        })
    }
}

impl Parameter {
    fn declaration(&self) -> Declaration {
        Declaration {
            default: self.default.param(),
            unit: Unit::parse(self.unit),
            doc: Cow::Borrowed(self.doc),
            why: Cow::Borrowed(self.why),
            source: Cow::Borrowed(self.source),
        }
    }
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
