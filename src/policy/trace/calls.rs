//! Calls of functions of the gate: what they were given, and the closures that they called.

use super::Told;
use super::walk::{Here, Walk};
use crate::policy::script::{At, Many, Node};

impl Walk<'_> {
    pub(super) fn call(&mut self, here: Here<'_>, at: At, name: &str, arguments: Many) {
        match name {
            "deny_when" => {
                self.report(here, at);
                self.weighed(here, at, arguments);
            }
            "deny" | "warn" | "info" => self.report(here, at),
            "owe" => self.owed(here, at, arguments),
            // They follow a report.
            "help" | "also" | "table" => {}
            _ => self.values(here, at, self.words.of(at), Told::Made),
        }
        self.arguments(here, name, arguments);
    }

    pub(super) fn arguments(&mut self, here: Here<'_>, name: &str, arguments: Many) {
        let script = &self.rule.script;
        for &argument in script.parts(arguments) {
            match script.node(argument) {
                Node::Closure(number) => {
                    let closure = script.closures[usize::from(number)];
                    self.turns(here, argument, closure.body, "item", self.words.item(argument));
                }
                // What is said and where is told by the report.
                Node::Field(..) | Node::Item(..) | Node::Local(_) if is_verb(name) => {}
                _ => self.parts(here, argument),
            }
        }
    }

    /// The calls in what is told as a whole.
    pub(super) fn calls_within(&mut self, here: Here<'_>, parts: Many) {
        let script = &self.rule.script;
        for &part in script.parts(parts) {
            match script.node(part) {
                Node::Own(function, arguments) => self.own(here, part, function, arguments),
                Node::Call(callee, arguments) => self.arguments(here, self.words.callee(callee), arguments),
                Node::If(..) => self.statement(here, part),
                // `${…}` is one.
                Node::Block(statements) => self.calls_within(here, statements),
                _ => {}
            }
        }
    }
}

/// Whether a function says something, or follows one that does.
pub fn is_verb(name: &str) -> bool {
    matches!(name, "deny" | "warn" | "info" | "deny_when" | "owe" | "help" | "also" | "table")
}
