//! The header of a rule, `const RULE`: what it is called, why it is there, when it applies.

mod description;
mod param;
mod vocabulary;

pub use description::Description;
pub use param::{Param, Unit};
pub use vocabulary::Vocabulary;

use super::days::Days;
use super::literal::{self, Entry, Literal, Unreadable, Value};
use crate::facts::Phase;
use crate::finding::{Fault, Level};
use crate::proposal::problem::nearest;
use crate::proposal::time::date;
use crate::source::{Place, Source, Span};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The metadata of a rule, read off its text without running it.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// What must hold, as a short sentence without a full stop.
    pub title: Cow<'static, str>,
    /// Why the rule is there.
    pub why: Cow<'static, str>,
    /// What to do about a finding of it.
    pub help: Cow<'static, str>,
    /// The phases in which it applies, in their order.
    pub phases: Vec<Phase>,
    /// The highest level at which it reports.
    pub level: Level,
    /// From when on it blocks, and until when it has a part.
    pub days: Days,
    /// Its parameters with their defaults.
    pub params: BTreeMap<String, Param>,
    /// What it says of its parameters, in the order of their names; those of which it gives a default alone are not among them.
    pub descriptions: Cow<'static, [Description]>,
    /// The controls of published frameworks that it implements.
    pub controls: Vec<Cow<'static, str>>,
    /// A fragment of a proposal that satisfies it, as JSON.
    pub example: Cow<'static, str>,
}

impl Header {
    /// What it says of a parameter.
    pub fn description(&self, parameter: &str) -> Option<&Description> {
        self.descriptions.iter().find(|description| description.parameter == parameter)
    }

    /// A value of a parameter with its unit, as people read it: `90 days`.
    pub fn told(&self, parameter: &str, value: &Param) -> String {
        let unit = self.description(parameter).and_then(|description| description.unit);
        unit.map_or_else(|| value.to_string(), |unit| unit.after(value))
    }
}

/// Reads the header of a rule, and gives the span of it.
///
/// # Errors
/// All that is wrong with it.
pub fn read(id: &str, source: &Arc<Source>) -> Result<(Header, Span), Vec<Fault>> {
    let mut reader = Reader { id, source, faults: Vec::new() };
    let start = Span::new(0, 0);
    let (literal, span) = match literal::header(source.text()) {
        Ok(Some(found)) => found,
        Ok(None) => return Err(vec![reader.fault("it does not begin with `const RULE`", BEGIN, start)]),
        Err(Unreadable { expected, at }) => {
            let message = format!("its header can't be read: expected {expected}");
            return Err(vec![reader.fault(
                &message,
                "a header holds literal values only, so that it can be read without running it",
                Span::new(at, at),
            )]);
        }
    };
    let Value::Map(entries) = &literal.value else {
        return Err(vec![reader.fault("its header is no map", BEGIN, literal.span)]);
    };
    let header = reader.header(entries, literal.span);
    if reader.faults.is_empty() { Ok((header, span)) } else { Err(reader.faults) }
}

const BEGIN: &str = "begin the rule with `const RULE = #{ title: \"…\", why: \"…\", help: \"…\", phases: [\"plan\"], level: \"deny\" };`";

struct Reader<'a> {
    id: &'a str,
    source: &'a Arc<Source>,
    faults: Vec<Fault>,
}

const KEYS: &[&str] =
    &["title", "why", "help", "phases", "level", "effective_on", "expires_on", "params", "controls", "example"];

impl Reader<'_> {
    fn header(&mut self, entries: &[Entry], whole: Span) -> Header {
        self.unknown_keys("its header", entries, KEYS);
        let get = |key: &str| entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value);
        // What is missing is shown at the beginning of the header.
        let none = Span { end: whole.start + 2, ..whole };
        let (params, descriptions) = self.params(get("params"), none);
        let level = self.level(get("level"), none);
        Header {
            title: self.text(get("title"), "title", true, none).into(),
            why: self.text(get("why"), "why", true, none).into(),
            help: self.text(get("help"), "help", true, none).into(),
            phases: self.phases(get("phases"), none),
            level,
            days: self.days(level, get("effective_on"), get("expires_on")),
            params,
            descriptions,
            controls: get("controls").map_or_else(Vec::new, |list| self.texts(Some(list), "controls", none)),
            example: self.text(get("example"), "example", false, none).into(),
        }
    }

    fn wrong(&mut self, key: &str, must: &str, at: Span) {
        let fault = self.fault(&format!("`{key}` in its header must be {must}"), "see docs/writing-a-rule.md", at);
        self.faults.push(fault);
    }

    fn text(&mut self, literal: Option<&Literal>, key: &str, required: bool, none: Span) -> String {
        match literal {
            None if !required => String::new(),
            Some(Literal { value: Value::Text(text), .. }) if !text.trim().is_empty() => text.trim().to_owned(),
            other => {
                self.wrong(key, "a text that says something", other.map_or(none, |literal| literal.span));
                String::new()
            }
        }
    }

    fn texts(&mut self, literal: Option<&Literal>, key: &str, none: Span) -> Vec<Cow<'static, str>> {
        let text = |item: &Literal| match &item.value {
            Value::Text(text) => Some(Cow::Owned(text.clone())),
            _ => None,
        };
        let texts = match literal.map(|literal| &literal.value) {
            Some(Value::List(items)) => items.iter().map(text).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        texts.unwrap_or_else(|| {
            self.wrong(key, "a list of texts", literal.map_or(none, |literal| literal.span));
            Vec::new()
        })
    }

    fn phases(&mut self, literal: Option<&Literal>, none: Span) -> Vec<Phase> {
        let faults = self.faults.len();
        let names = self.texts(literal, "phases", none);
        let phases: Vec<_> = names.iter().filter_map(|name| Phase::parse(name)).collect();
        let sound = !phases.is_empty() && phases.len() == names.len() && phases.is_sorted_by(|a, b| a < b);
        if !sound && self.faults.len() == faults {
            let at = literal.map_or(none, |literal| literal.span);
            self.wrong("phases", "a list of one or more of \"plan\", \"deploy\", \"close\", in this order", at);
        }
        phases
    }

    fn level(&mut self, literal: Option<&Literal>, none: Span) -> Level {
        let level = match literal.map(|literal| &literal.value) {
            Some(Value::Text(text)) => Level::parse(text),
            _ => None,
        };
        level.unwrap_or_else(|| {
            self.wrong("level", "\"deny\", \"warn\" or \"info\"", literal.map_or(none, |literal| literal.span));
            Level::Deny
        })
    }

    fn days(&mut self, level: Level, effective_on: Option<&Literal>, expires_on: Option<&Literal>) -> Days {
        let days = Days {
            effective_on: effective_on.and_then(|day| self.day("effective_on", day)),
            expires_on: expires_on.and_then(|day| self.day("expires_on", day)),
        };
        if let Some(effective_on) = effective_on.filter(|_| level < Level::Deny) {
            let must = format!("left out where its level is \"{level}\": it blocks on no day");
            self.wrong("effective_on", &must, effective_on.span);
        }
        if let Some(expires_on) = expires_on.filter(|_| !days.are_in_order()) {
            self.wrong("expires_on", "a day after `effective_on`, or it would never block", expires_on.span);
        }
        days
    }

    fn day(&mut self, key: &str, literal: &Literal) -> Option<Date> {
        let day = if let Value::Text(text) = &literal.value { date(text) } else { None };
        if day.is_none() {
            self.wrong(key, "a day that there is, as a text: \"2027-03-01\"", literal.span);
        }
        day
    }

    fn params(
        &mut self,
        literal: Option<&Literal>,
        none: Span,
    ) -> (BTreeMap<String, Param>, Cow<'static, [Description]>) {
        let (mut params, mut descriptions) = (BTreeMap::new(), Vec::new());
        match literal.map(|literal| &literal.value) {
            None => {}
            Some(Value::Map(entries)) => {
                for entry in entries {
                    let Some((default, description)) = self.parameter(&entry.key, &entry.value) else { continue };
                    params.insert(entry.key.clone(), default);
                    descriptions.extend(description);
                }
            }
            Some(_) => {
                let at = literal.map_or(none, |literal| literal.span);
                self.wrong("params", "a map from names to parameters", at);
            }
        }
        descriptions.sort_by(|a, b| a.parameter.cmp(&b.parameter));
        (params, descriptions.into())
    }

    /// A key that is not known is nearly always one that was misspelt, and what it should set would be missing without a word.
    fn unknown_keys(&mut self, of: &str, entries: &[Entry], known: &[&str]) {
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let help = nearest(&entry.key, known.iter().copied())
                .map_or_else(|| format!("the keys are {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
            let fault = self.fault(&format!("{of} has no place for `{}`", entry.key), &help, entry.key_span);
            self.faults.push(fault);
        }
    }

    fn fault(&self, message: &str, help: &str, at: Span) -> Fault {
        Fault::new("policy/header", format!("the rule `{}` can't be loaded: {message}", self.id))
            .help(help)
            .at(Place::new(self.source, at), "here")
    }
}
