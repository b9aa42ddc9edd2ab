//! What the configuration changes about rules.

use super::header::{Description, Param};
use super::load::{Rule, RuleSet};
use super::terms::Part;
use crate::facts::Phase;
use crate::finding::{Fault, Level};
use crate::proposal::problem::nearest;
use crate::proposal::tree::Key;
use crate::proposal::{NodeId, Tree, Value};
use crate::source::Place;
use jiff::civil::Date;
use std::sync::Arc;

/// Where rules read of the other proposals of a run.
const OF_OTHERS: &[&str] = &["proposals", "circle"];

/// What the configuration says of one rule.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The rule's id, as it was written: there may be no such rule.
    pub rule: String,
    /// The level in place of the rule's own.
    pub level: Option<Level>,
    /// The day from which on it blocks in place of the rule's own, and where it stands.
    pub effective_on: Option<(Date, Place)>,
    /// The day from which on it has no part any more, likewise.
    pub expires_on: Option<(Date, Place)>,
    /// The parameters that are set.
    pub params: Vec<Parameter>,
    /// The reason for which the rule is off.
    pub off: Option<String>,
    /// The rule's name in the configuration.
    pub place: Place,
}

/// What the configuration says of one parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name, as it was written: the rule may have no such parameter.
    pub name: String,
    /// The value in place of the default.
    pub value: Param,
    /// Where its name stands in the configuration.
    pub key_place: Place,
    /// Where its value stands.
    pub place: Place,
    /// Where the items of a list stand.
    pub items: Vec<Place>,
}

impl Parameter {
    /// Reads an entry of a map of parameters.
    pub fn read(tree: &Tree, entry: NodeId) -> Self {
        Self {
            name: if let Key::Entry(name) = &tree.node(entry).key { name.to_string() } else { String::new() },
            value: value(tree, entry),
            key_place: tree.head(entry),
            place: tree.place(entry),
            items: tree.items(entry).iter().map(|&item| tree.place(item)).collect(),
        }
    }
}

fn value(tree: &Tree, param: NodeId) -> Param {
    match tree.value(param) {
        Value::Flag(flag) => Param::Flag(*flag),
        Value::Count(count) => Param::Count(*count),
        Value::Number(number) => Param::Number(*number),
        Value::List(items) => Param::List(items.iter().map(|&item| value(tree, item)).collect()),
        _ => Param::Text(tree.text(param).unwrap_or_default().to_owned()),
    }
}

impl RuleSet {
    /// The same rules under the same settings, in another phase.
    pub fn in_phase(&self, phase: Phase) -> Self {
        Self { rules: self.rules.iter().cloned().map(|rule| rule.in_phase(phase)).collect() }
    }

    /// Those of them that look at the other proposals of a run.
    pub fn among(&self) -> Self {
        Self { rules: self.evaluated().filter(|rule| rule.script.reads_of_evidence(OF_OTHERS)).cloned().collect() }
    }
}

impl Rule {
    /// One that is switched off or has expired is so in all phases.
    fn in_phase(mut self, phase: Phase) -> Self {
        let phases = &self.header.phases;
        if !matches!(self.part, Part::Off(_) | Part::Expired(_)) {
            let other = || Part::OtherPhase(phases.iter().map(|phase| phase.as_str()).collect());
            self.part = if phases.contains(&phase) { Part::Evaluated } else { other() };
        }
        self
    }

    /// Applies the phase and the configuration.
    pub(super) fn set(mut self, settings: &[Setting], phase: Phase) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        self = self.in_phase(phase);
        if let Some(setting) = settings.iter().find(|setting| *setting.rule == *self.id) {
            self.set_level(setting);
            faults.extend(self.set_days(setting));
            faults.extend(self.set_params(setting));
            if let Some(reason) = &setting.off {
                self.part = Part::Off(reason.clone());
            }
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }

    fn set_level(&mut self, setting: &Setting) {
        if let Some(level) = setting.level.filter(|level| *level != self.header.level) {
            let how = if level < self.header.level { "lowered" } else { "raised" };
            self.changes.push(format!("level {how} from {} to {level}", self.header.level));
            self.level = level;
        }
    }

    fn set_params(&mut self, setting: &Setting) -> Vec<Fault> {
        let mut faults = Vec::new();
        for parameter in &setting.params {
            let Parameter { name, value, key_place, .. } = parameter;
            match self.header.params.get(name) {
                None => faults.push(self.unknown_param(name, key_place)),
                Some(default) if default == value => {}
                Some(default) => {
                    let refused = match self.refused(parameter, default) {
                        Some(fault) => vec![fault],
                        None => self.unknown_words(parameter),
                    };
                    if refused.is_empty() {
                        self.changes.push(format!("{name} = {value} instead of {default}"));
                        self.params.insert(name.clone(), value.clone());
                    }
                    faults.extend(refused);
                }
            }
        }
        faults
    }

    /// Why a value can't take the place of the default, if it can't.
    fn refused(&self, Parameter { name, value, place, .. }: &Parameter, default: &Param) -> Option<Fault> {
        let limit = |of: fn(&Description) -> Option<i64>| self.header.description(name).and_then(of);
        let (least, most) = (limit(|description| description.least), limit(|description| description.most));
        let (code, must) = if !default.accepts(value) {
            let fault = Fault::new(
                "config/parameter-kind",
                format!("the parameter `{name}` of `{}` is {}", self.id, default.noun()),
            );
            return Some(
                fault.help(format!("its default is {default}")).at(place.clone(), format!("this is {}", value.noun())),
            );
        } else if let Some(least) = least.filter(|least| value.size().is_some_and(|size| size < *least as f64)) {
            // Of a list only its length is counted.
            (
                "config/out-of-range",
                if let Param::List(_) = value { items(least, "more") } else { format!("is {least} or more") },
            )
        } else if let Some(most) = most.filter(|most| value.size().is_some_and(|size| size > *most as f64)) {
            (
                "config/out-of-range",
                if let Param::List(_) = value { items(most, "fewer") } else { format!("is {most} or less") },
            )
        } else if value.is_negative() && !default.is_negative() {
            ("config/out-of-range", "is 0 or more".to_owned())
        } else {
            return None;
        };
        let fault = Fault::new(code, format!("the parameter `{name}` of `{}` {must}", self.id));
        Some(
            fault
                .help(format!("its default is {default}; to do without the rule, switch it off with a reason: `off`"))
                .at(place.clone(), format!("this is {value}")),
        )
    }

    /// The words of a value that are none of those which the parameter is held to.
    fn unknown_words(&self, Parameter { name, value, place, items, .. }: &Parameter) -> Vec<Fault> {
        let Some(vocabulary) = self.header.description(name).and_then(Description::vocabulary) else {
            return Vec::new();
        };
        let words: Vec<(&Param, &Place)> = match value {
            Param::List(words) => words.iter().zip(items).collect(),
            word => vec![(word, place)],
        };
        let unknown = words.into_iter().filter_map(|(word, place)| {
            let Param::Text(word) = word else { return None };
            let message = format!("the parameter `{name}` of `{}` takes {vocabulary}, and `{word}` is none", self.id);
            Some(
                Fault::new("config/unknown-word", message)
                    .help(vocabulary.lacks(word)?)
                    .at(place.clone(), "unknown word"),
            )
        });
        unknown.collect()
    }

    fn unknown_param(&self, name: &str, place: &Place) -> Fault {
        let names = self.header.params.keys().map(String::as_str);
        let help = match nearest(name, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.header.params.is_empty() => format!("`{}` has no parameters", self.id),
            None => format!("its parameters are {}", names.collect::<Vec<_>>().join(", ")),
        };
        Fault::new("config/unknown-parameter", format!("the rule `{}` has no parameter `{name}`", self.id))
            .help(help)
            .at(place.clone(), "unknown parameter")
    }
}

fn items(limit: i64, or: &str) -> String {
    if limit == 1 { format!("has one item or {or}") } else { format!("has {limit} items or {or}") }
}

/// Settings of rules that there are not.
pub(super) fn unknown_rules(ids: &[Arc<str>], settings: &[Setting]) -> Vec<Fault> {
    let unknown = settings.iter().filter(|setting| !ids.iter().any(|id| **id == *setting.rule));
    unknown
        .map(|setting| {
            let help = nearest(&setting.rule, ids.iter().map(|id| &**id)).map_or_else(
                || "`changegate rules` lists the rules".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Fault::new("config/unknown-rule", format!("there is no rule `{}`", setting.rule))
                .help(help)
                .at(setting.place.clone(), "unknown rule")
        })
        .collect()
}
