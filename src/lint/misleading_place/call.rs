//! Calls of functions of the gate, reports among them.

use super::super::subject::reports;
use super::state::{State, Value};
use super::{WEIGHT, Walk};
use crate::policy::{At, Node};
use std::collections::BTreeSet;

/// Functions of the gate that read nothing, and give what is made of their arguments.
const PLAIN: &[&str] = &[
    "lower",
    "words",
    "starts_with",
    "ends_with",
    "has_any",
    "has_digit",
    "mentions",
    "plural",
    "is_vague",
    "is_filler",
    "same_person",
    "handle",
    "seconds",
    "minutes",
    "hours",
    "days",
    "days_before",
    "overlaps",
    "within",
    "day_of",
    "weekday",
    "semver_level",
    "version_before",
    "same_version",
];
/// Those that walk the list that stands first.
const LISTS: &[&str] = &[
    "len",
    "is_empty",
    "some",
    "all",
    "count",
    "filter",
    "map",
    "find",
    "sorted",
    "distinct",
    "join",
    "listed",
    "contains",
    "is_one_of",
];

impl<'r> Walk<'_, 'r> {
    pub(super) fn call(&mut self, at: At, state: &mut State<'r>) -> Value<'r> {
        let Some((name, parts)) = self.subject.call(at) else { return Value::UNKNOWN };
        let values: Vec<_> = parts.iter().map(|part| self.go(*part, state)).collect();
        let made_of = || {
            values.iter().try_fold(BTreeSet::new(), |mut of, value| {
                of.extend(value.of.as_ref()?);
                Some(of)
            })
        };
        let place = match name {
            "deny" | "warn" | "info" => Some(1),
            "deny_when" => Some(2),
            _ => None,
        };
        if let Some(place) = place {
            match values.get(place) {
                Some(value) => state.read(value.section()),
                None => self.reported(at, state),
            }
            return Value::plain();
        }
        if reports(name) || PLAIN.contains(&name) {
            return Value::own(made_of());
        }
        if !LISTS.contains(&name) {
            state.read(None);
            return Value::UNKNOWN;
        }
        let Some(list) = values.first() else { return Value::UNKNOWN };
        if list.is_fact && !list.is_whole {
            state.read(list.section());
        }
        for part in parts {
            if let Node::Closure(number) = self.subject.script.node(*part) {
                let closure = self.subject.script.closures[usize::from(number)];
                let mut inside = state.clone();
                if closure.params > 0 {
                    inside.slots[usize::from(closure.first)] = list.clone();
                }
                let loops = std::mem::replace(&mut self.loops, vec![Vec::new()]);
                let guards = self.guards.len();
                self.go(closure.body, &mut inside);
                self.guards.truncate(guards);
                for returned in std::mem::replace(&mut self.loops, loops).swap_remove(0) {
                    inside.join(&returned);
                }
                state.last.extend(&inside.last);
            }
        }
        // Items of a list of the rule's own are what was put into it.
        if name == "find" {
            Value { is_fact: list.is_fact, of: list.of.clone(), is_whole: false }
        } else {
            Value::own(made_of())
        }
    }

    /// A report without a place.
    fn reported(&mut self, at: At, state: &State<'r>) {
        let Some(innermost) = self.guards.last().cloned() else { return };
        // Of what was asked above only the last counts: a finding is about what the conditions around it ask.
        let around = self.guards.iter().filter(|guard| !guard.has_left).chain([&innermost]);
        let about = around.filter_map(|guard| guard.about.as_ref()).flatten();
        let about: BTreeSet<_> = about.copied().filter(|section| *section != WEIGHT).collect();
        for last in state.last.iter().flatten() {
            let of = match &innermost.about {
                _ if *last == WEIGHT => about.clone(),
                Some(of) if of.contains(last) => continue,
                // `p.system.zone` is no other section than `p.system.is_critical`.
                Some(of) if *last == "system" && of.contains(WEIGHT) => continue,
                Some(of) => of.iter().copied().filter(|section| *section != WEIGHT).collect(),
                None => continue,
            };
            if !of.is_empty() {
                self.found.insert(at, (last, of));
            }
        }
    }
}
