//! In what two sets of rules differ, and what else proposals are judged by.

use crate::policy::{Param, Part, Rule, RuleSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How something of one side is on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
}

impl How {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// A parameter that has another value.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The value that it had; none of one that is new.
    pub before: Option<Param>,
    /// The value that it has; none of one that is gone.
    pub after: Option<Param>,
}

/// What a reviewer reads first of rules that differ: what can take most away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It is gone.
    Gone,
    /// It is switched off.
    Off,
    /// Its level is lower.
    Level,
    /// It applies at other times, or goes by other parameters.
    Scope,
    /// Its text alone is another.
    Text,
    /// It is new.
    New,
}

/// A rule that is not the same on both sides.
#[derive(Debug)]
pub struct OfRule {
    /// Its id.
    pub rule: Arc<str>,
    /// Whether one side alone has it.
    pub how: How,
    /// How soon it is to be read.
    pub urgency: Urgency,
    /// Whether its text is another.
    pub text: bool,
    /// What else is, in words: `level warn instead of deny`.
    pub changes: Vec<String>,
    /// Its parameters that have another value.
    pub parameters: Vec<Parameter>,
}

impl OfRule {
    /// All of it in words; what is most told by what it does is said last.
    pub fn told(&self) -> Vec<String> {
        let value = |value: &Option<Param>| value.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
        let parameter =
            |one: &Parameter| format!("{} = {} instead of {}", one.name, value(&one.after), value(&one.before));
        let how = match self.how {
            How::Added => Some("the rule is new".to_owned()),
            How::Removed => Some("the rule is gone".to_owned()),
            How::Changed => None,
        };
        let text = self.text.then(|| "its text is another".to_owned());
        how.into_iter()
            .chain(self.changes.iter().cloned())
            .chain(self.parameters.iter().map(parameter))
            .chain(text)
            .collect()
    }
}

/// The rules that are not the same on both sides, in the order of their ids.
pub fn differences(before: &RuleSet, after: &RuleSet) -> Vec<OfRule> {
    let by_id = |set| -> BTreeMap<Arc<str>, &Rule> { rules(set).map(|rule| (Arc::clone(&rule.id), rule)).collect() };
    let (before, after) = (by_id(before), by_id(after));
    let ids: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let alone = |rule: &Arc<str>, how, urgency| OfRule {
        rule: Arc::clone(rule),
        how,
        urgency,
        text: false,
        changes: Vec::new(),
        parameters: Vec::new(),
    };
    let differs = |id: &Arc<str>| match (before.get(id), after.get(id)) {
        (Some(before), Some(after)) => changed(before, after),
        (None, Some(_)) => Some(alone(id, How::Added, Urgency::New)),
        (_, None) => Some(alone(id, How::Removed, Urgency::Gone)),
    };
    ids.into_iter().filter_map(differs).collect()
}

fn rules(set: &RuleSet) -> impl Iterator<Item = &Rule> {
    set.rules.iter()
}

fn changed(before: &Rule, after: &Rule) -> Option<OfRule> {
    let mut changes = Vec::new();
    let mut instead = |what: &str, was: String, is: String| {
        if was != is {
            changes.push(format!("{what} {is} instead of {was}"));
        }
    };
    instead("level", before.level.to_string(), after.level.to_string());
    let phases = |rule: &Rule| rule.header.phases.iter().map(|phase| phase.as_str()).collect::<Vec<_>>().join(", ");
    instead("phases", phases(before), phases(after));
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
    instead("effective_on", day(before.days.effective_on), day(after.days.effective_on));
    instead("expires_on", day(before.days.expires_on), day(after.days.expires_on));
    match (&before.part, &after.part) {
        (Part::Off(_), Part::Off(_)) => {}
        (_, Part::Off(reason)) => changes.push(format!("switched off: {reason}")),
        (Part::Off(_), _) => changes.push("switched on".to_owned()),
        _ => {}
    }
    let names: BTreeSet<_> = before.params.keys().chain(after.params.keys()).collect();
    let parameter = |name: &String| {
        let (before, after) = (before.params.get(name).cloned(), after.params.get(name).cloned());
        (before != after).then(|| Parameter { name: name.clone(), before, after })
    };
    let parameters: Vec<_> = names.into_iter().filter_map(parameter).collect();
    let text = before.source.digest() != after.source.digest();
    let is_same = changes.is_empty() && parameters.is_empty() && !text;
    let urgency = match (&before.part, &after.part) {
        (Part::Off(_), Part::Off(_)) => Urgency::Text,
        (_, Part::Off(_)) => Urgency::Off,
        _ if after.level < before.level => Urgency::Level,
        _ if changes.is_empty() && parameters.is_empty() => Urgency::Text,
        _ => Urgency::Scope,
    };
    let (rule, how) = (Arc::clone(&after.id), How::Changed);
    (!is_same).then_some(OfRule { rule, how, urgency, text, changes, parameters })
}

/// Something besides rules that is not the same on both sides.
#[derive(Debug, PartialEq, Eq)]
pub struct Besides {
    /// What it is: `configuration`, `waivers`, `calendar`, `profile`.
    pub what: &'static str,
    /// Its file; hostile text.
    pub file: String,
    /// Whether one side alone has it.
    pub how: How,
}

/// The files of one kind that differ between the sides, by their names; of each comes the digest.
pub fn besides(
    what: &'static str,
    before: &BTreeMap<String, Option<String>>,
    after: &BTreeMap<String, Option<String>>,
) -> Vec<Besides> {
    let files: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let differs = |file: &String| {
        let how = match (before.get(file), after.get(file)) {
            (Some(before), Some(after)) if before == after => return None,
            (Some(_), Some(_)) => How::Changed,
            (None, _) => How::Added,
            (_, None) => How::Removed,
        };
        Some(Besides { what, file: file.clone(), how })
    };
    files.into_iter().filter_map(differs).collect()
}
