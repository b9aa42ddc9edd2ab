//! The header of a rule, `const RULE`: what it is called, why it is there, when it applies.

use crate::facts::Phase;
use crate::finding::{Fault, Level};
use crate::source::{Place, Source, Span};
use rhai::{AST, Dynamic};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The metadata of a rule, read off the parsed script without running it.
#[derive(Debug, Clone)]
pub struct Header {
    pub title: String,
    /// Why the rule is there.
    pub why: String,
    /// What to do about a finding of it.
    pub help: String,
    /// The phases in which it applies, in their order.
    pub phases: Vec<Phase>,
    /// The highest level at which it reports.
    pub level: Level,
    /// Its parameters with their defaults.
    pub params: BTreeMap<String, Param>,
    /// The controls of published frameworks that it implements.
    pub controls: Vec<String>,
    /// A fragment of a proposal that satisfies it, as JSON.
    pub example: String,
}

/// The value of a parameter. Its unit is part of its name: `max_age_days`.
#[derive(Debug, Clone, PartialEq)]
pub enum Param {
    Flag(bool),
    Count(i64),
    Number(f64),
    Text(String),
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

    fn read(value: &Dynamic) -> Option<Self> {
        if let Ok(flag) = value.as_bool() {
            Some(Self::Flag(flag))
        } else if let Ok(count) = value.as_int() {
            Some(Self::Count(count))
        } else if let Ok(number) = value.as_float() {
            Some(Self::Number(number))
        } else if let Ok(text) = value.as_immutable_string_ref() {
            Some(Self::Text(text.to_string()))
        } else {
            value.as_array_ref().ok()?.iter().map(Self::read).collect::<Option<Vec<_>>>().map(Self::List)
        }
    }

    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Flag(flag) => (*flag).into(),
            Self::Count(count) => (*count).into(),
            Self::Number(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
        }
    }

    pub(super) fn to_dynamic(&self) -> Dynamic {
        match self {
            Self::Flag(flag) => (*flag).into(),
            Self::Count(count) => (*count).into(),
            Self::Number(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(Self::to_dynamic).collect::<rhai::Array>().into(),
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

/// Reads the header of a parsed rule.
///
/// # Errors
/// All that is wrong with it.
pub fn read(id: &str, source: &Arc<Source>, ast: &AST) -> Result<Header, Vec<Fault>> {
    let literals =
        ast.iter_literal_variables(true, false).filter(|(name, ..)| *name == "RULE").map(|(_, _, value)| value);
    let mut reader = Reader { id, source, faults: Vec::new() };
    let Some(map) = literals.last().and_then(|value| value.try_cast::<rhai::Map>()) else {
        let help = "begin the rule with `const RULE = #{ title: \"…\", why: \"…\", help: \"…\", phases: [\"plan\"], level: \"deny\" };`, \
                    with literal values only";
        return Err(vec![reader.fault("it has no header `const RULE`", help, None)]);
    };
    let header = reader.header(&map);
    if reader.faults.is_empty() { Ok(header) } else { Err(reader.faults) }
}

struct Reader<'a> {
    id: &'a str,
    source: &'a Arc<Source>,
    faults: Vec<Fault>,
}

const KEYS: &[&str] = &["title", "why", "help", "phases", "level", "params", "controls", "example"];

impl Reader<'_> {
    fn header(&mut self, map: &rhai::Map) -> Header {
        for key in map.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            let fault = self.fault(
                &format!("its header has no place for `{key}`"),
                &format!("the keys are {}", KEYS.join(", ")),
                Some(key),
            );
            self.faults.push(fault);
        }
        Header {
            title: self.text(map, "title", true),
            why: self.text(map, "why", true),
            help: self.text(map, "help", true),
            phases: self.phases(map),
            level: self.level(map),
            params: self.params(map),
            controls: self.texts(map, "controls", false),
            example: self.text(map, "example", false),
        }
    }

    fn wrong(&mut self, key: &str, must: &str) {
        let fault = self.fault(
            &format!("`{key}` in its header must be {must}"),
            "see CONTRIBUTING.md, \"Writing a rule\"",
            Some(key),
        );
        self.faults.push(fault);
    }

    fn text(&mut self, map: &rhai::Map, key: &str, required: bool) -> String {
        match map.get(key) {
            None if !required => String::new(),
            value => {
                let text =
                    value.and_then(|value| value.as_immutable_string_ref().ok()).map(|text| text.trim().to_owned());
                text.filter(|text| !text.is_empty()).unwrap_or_else(|| {
                    self.wrong(key, "a text that says something");
                    String::new()
                })
            }
        }
    }

    fn texts(&mut self, map: &rhai::Map, key: &str, required: bool) -> Vec<String> {
        let Some(value) = map.get(key) else {
            if required {
                self.wrong(key, "a list of texts");
            }
            return Vec::new();
        };
        let texts = value
            .as_array_ref()
            .ok()
            .and_then(|list| list.iter().map(|item| item.clone().into_string().ok()).collect::<Option<Vec<_>>>());
        texts.unwrap_or_else(|| {
            self.wrong(key, "a list of texts");
            Vec::new()
        })
    }

    fn phases(&mut self, map: &rhai::Map) -> Vec<Phase> {
        let names = self.texts(map, "phases", true);
        let phases: Vec<_> = names.iter().filter_map(|name| Phase::parse(name)).collect();
        if phases.is_empty() || phases.len() != names.len() || !phases.is_sorted_by(|a, b| a < b) {
            self.wrong("phases", "a list of one or more of \"plan\", \"deploy\", \"close\", in this order");
        }
        phases
    }

    fn level(&mut self, map: &rhai::Map) -> Level {
        let level =
            map.get("level").and_then(|value| value.clone().into_string().ok()).and_then(|text| Level::parse(&text));
        level.unwrap_or_else(|| {
            self.wrong("level", "\"deny\", \"warn\" or \"info\"");
            Level::Deny
        })
    }

    fn params(&mut self, map: &rhai::Map) -> BTreeMap<String, Param> {
        let Some(value) = map.get("params") else { return BTreeMap::new() };
        let params = value.as_map_ref().ok().and_then(|params| {
            params
                .iter()
                .map(|(name, value)| Some((name.to_string(), Param::read(value)?)))
                .collect::<Option<BTreeMap<_, _>>>()
        });
        params.unwrap_or_else(|| {
            self.wrong("params", "a map from names to numbers, texts, true or false, or lists of them");
            BTreeMap::new()
        })
    }

    fn fault(&self, message: &str, help: &str, key: Option<&str>) -> Fault {
        let text = self.source.text();
        let header = text.find("const RULE").unwrap_or(0);
        let found = key.and_then(|key| text[header..].find(&format!("{key}:")).map(|at| (header + at, key.len())));
        let (start, length) =
            found.unwrap_or((header, text[header..].lines().next().map_or(0, |line| line.len().min(10))));
        Fault::new("policy/header", format!("the rule `{}` can't be loaded: {message}", self.id))
            .help(help)
            .at(Place::new(self.source, Span::new(start, start + length)), "here")
    }
}
