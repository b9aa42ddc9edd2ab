//! Going through a rule with what it has left behind: what is worth to be told of each line.

use super::calls::is_verb;
use super::end::around;
use super::note::several;
use super::tape::{Came, Frame, Kept, Seen};
use super::turns::item_name;
use super::why::Reporters;
use super::words::Words;
use super::{Note, Told, Why};
use crate::facts::Facts;
use crate::policy::coverage::Steps;
use crate::policy::load::Rule;
use crate::policy::reported::Reported;
use crate::policy::run::Failure;
use crate::policy::script::{At, Many, Node, global};
use std::collections::{BTreeMap, BTreeSet};

pub struct Walk<'r> {
    pub rule: &'r Rule,
    pub words: Words<'r>,
    pub reporters: Reporters,
    pub facts: &'r Facts,
    pub reported: &'r [Reported],
    pub steps: &'r Steps,
    /// Whether variables are told with where they were read, which stands where they were set.
    pub with_places: bool,
    /// By line.
    pub lines: BTreeMap<u32, Vec<Note>>,
    pub why: Vec<Why>,
    /// Where reports were come to.
    pub reports_at: Vec<(At, String)>,
    /// The bodies in which it failed, and the turn or the call of the innermost.
    pub failing: BTreeSet<At>,
    pub failing_turn: String,
    pub notes: usize,
    pub cut: bool,
}

/// Where the walk is: a turn or a call, and how that is told.
#[derive(Clone, Copy)]
pub struct Here<'w> {
    pub frame: &'w Frame,
    pub turn: &'w str,
    /// Whether a function runs that may report.
    pub reports: bool,
}

impl<'r> Walk<'r> {
    pub fn new(
        (rule, facts): (&'r Rule, &'r Facts),
        reported: &'r [Reported],
        steps: &'r Steps,
        failed: Option<&Failure>,
    ) -> Self {
        let (words, reporters) = (Words { rule }, Reporters::of(rule));
        let (lines, why, reports_at) = (BTreeMap::new(), Vec::new(), Vec::new());
        let with_places = false;
        Self {
            rule,
            words,
            reporters,
            facts,
            reported,
            steps,
            with_places,
            lines,
            why,
            reports_at,
            failing: failed
                .and_then(|failure| failure.at)
                .into_iter()
                .flat_map(|at| around(&rule.script, at))
                .collect(),
            failing_turn: String::new(),
            notes: 0,
            cut: false,
        }
    }

    pub fn check(&mut self, frame: &Frame) {
        self.statement(Here { frame, turn: "", reports: true }, self.rule.script.functions[0].body);
    }

    pub fn statement(&mut self, here: Here<'_>, at: At) {
        let script = &self.rule.script;
        match script.node(at) {
            Node::Block(statements) => {
                let mut rest = script.parts(statements);
                while let Some((statement, later)) = rest.split_first() {
                    self.statement(here, *statement);
                    self.stayed(here, *statement, later);
                    rest = later;
                }
            }
            Node::If(condition, then, otherwise) => {
                self.condition(here, condition);
                match flag(here.frame, condition) {
                    Some(held) => {
                        self.decided(here, condition, held, if held { (then, otherwise) } else { (otherwise, then) });
                        self.statement(here, if held { then } else { otherwise });
                    }
                    None => [then, otherwise].into_iter().for_each(|branch| self.statement(here, branch)),
                }
            }
            Node::While(condition, body) => {
                if script.node(condition) != Node::Flag(true) {
                    self.condition(here, condition);
                }
                self.repeated(here, condition, body);
                self.turns(here, condition, body, "turn", None);
            }
            Node::Do(body, condition, _) => {
                self.turns(here, body, body, "turn", None);
                self.condition(here, condition);
            }
            Node::For(number) => {
                let turns = script.loops[usize::from(number)];
                self.parts(here, turns.over);
                if here.frame.seen.contains_key(&turns.over) || here.frame.inner.contains_key(&turns.body) {
                    self.gone_through(here, turns.over, turns.body);
                    self.turns(here, turns.over, turns.body, "item", item_name(self.words, turns.over));
                }
            }
            Node::Let(_, value) => {
                let is_report = |seen: &Seen| matches!(seen.came, Came::Report(_));
                let is_report = here.frame.seen.get(&at).and_then(Kept::last).is_some_and(is_report);
                if !is_report && !is_constant(script.node(value)) {
                    self.values(here, at, self.words.name(at).to_owned(), Told::Set);
                }
                self.beneath(here, value);
            }
            Node::Set(_, target, value) | Node::Push(target, value) => {
                self.values(here, at, self.words.of(root(self.rule, target)), Told::Set);
                self.beneath(here, value);
            }
            Node::Return(value) => {
                if let Some(seen) = here.frame.seen.get(&at).and_then(Kept::last) {
                    let value = if seen.came == Came::Nothing { String::new() } else { seen.text.clone() };
                    let note =
                        Note { turn: here.turn.to_owned(), text: String::new(), value, kind: Told::Ends, from: None };
                    self.put(at, note);
                }
                self.beneath(here, value);
            }
            Node::Break(value) => self.parts(here, value),
            _ => self.parts(here, at),
        }
    }

    /// What a value is made of that is told itself.
    fn beneath(&mut self, here: Here<'_>, value: At) {
        match self.rule.script.node(value) {
            // It is what it was read as.
            Node::Field(..) | Node::Item(..) | Node::Local(_) | Node::Global(_) => self.within(here, value),
            Node::If(..) | Node::Block(_) => self.statement(here, value),
            Node::Call(callee, arguments) if !is_verb(self.words.callee(callee)) => {
                self.arguments(here, self.words.callee(callee), arguments);
            }
            Node::Own(function, arguments) => self.own(here, value, function, arguments),
            Node::Binary(_, left, right) => [left, right].into_iter().for_each(|part| self.parts(here, part)),
            _ => self.parts(here, value),
        }
    }

    fn condition(&mut self, here: Here<'_>, at: At) {
        let Some(kept) = here.frame.seen.get(&at) else { return self.parts(here, at) };
        let (text, is_plain) =
            (self.words.of(at), matches!(self.rule.script.node(at), Node::Local(_) | Node::Field(..)));
        for (number, seen) in &kept.items {
            let Came::Flag(held) = seen.came else { continue };
            let from = seen.read.filter(|_| is_plain).map(|read| self.origin(read));
            let turn = several(here.turn, "time", *number, kept.times);
            self.put(at, Note { turn, text: text.clone(), value: held.to_string(), kind: Told::Condition(held), from });
        }
        if !is_plain {
            self.beneath_condition(here, at);
        }
    }

    fn beneath_condition(&mut self, here: Here<'_>, at: At) {
        match self.rule.script.node(at) {
            Node::Call(callee, arguments) => self.arguments(here, self.words.callee(callee), arguments),
            Node::Own(function, arguments) => self.own(here, at, function, arguments),
            Node::Not(of) => self.beneath_condition(here, of),
            Node::Local(_) | Node::Field(..) => self.parts(here, at),
            _ => self.inside(here, at),
        }
    }

    /// An expression, as far as somebody wants to see what it came to, with its parts.
    pub fn parts(&mut self, here: Here<'_>, at: At) {
        let script = &self.rule.script;
        match script.node(at) {
            Node::Local(_) if !self.with_places => self.variable(here, at),
            Node::Local(_) | Node::Field(..) | Node::Item(..) => {
                self.values(here, at, self.words.of(at), Told::Value);
                self.within(here, at);
            }
            Node::Global(number) if number != global("params") && number != global("evidence") => {
                self.values(here, at, self.words.of(at), Told::Value);
            }
            Node::Binary(..) => {
                self.values(here, at, self.words.of(at), Told::Made);
                self.inside(here, at);
            }
            Node::Call(callee, arguments) => self.call(here, at, self.words.callee(callee), arguments),
            Node::Own(function, arguments) => {
                let is_something = |seen: &Seen| !matches!(seen.came, Came::Nothing | Came::Report(_));
                if here.frame.seen.get(&at).and_then(Kept::last).is_some_and(is_something) {
                    self.values(here, at, self.words.of(at), Told::Made);
                }
                self.own(here, at, function, arguments);
            }
            Node::If(..)
            | Node::Block(_)
            | Node::Set(..)
            | Node::Push(..)
            | Node::Let(..)
            | Node::Return(_)
            | Node::For(_) => {
                self.statement(here, at);
            }
            _ => self.inside(here, at),
        }
    }

    /// The parts of what is not told itself, or is.
    fn inside(&mut self, here: Here<'_>, at: At) {
        match self.rule.script.node(at) {
            // Its values stand in the message.
            Node::Template(parts) => self.calls_within(here, parts),
            Node::Closure(_) => {}
            _ => self.rule.script.made_of(at).into_iter().for_each(|part| self.parts(here, part)),
        }
    }

    /// What stands at the head of `a.b.c`, where that is no variable, and the indices in it.
    fn within(&mut self, here: Here<'_>, at: At) {
        match self.rule.script.node(at) {
            Node::Field(of, _) => self.within(here, of),
            Node::Item(of, index) => {
                self.within(here, of);
                self.parts(here, index);
            }
            Node::Local(_) | Node::Global(_) => {}
            _ => self.parts(here, at),
        }
    }
}

pub fn flag(frame: &Frame, at: At) -> Option<bool> {
    match frame.seen.get(&at)?.last()?.came {
        Came::Flag(flag) => Some(flag),
        _ => None,
    }
}

/// Whether anybody who reads the rule knows its value.
pub fn is_constant(node: Node) -> bool {
    matches!(node, Node::Nothing | Node::Flag(_) | Node::Count(_) | Node::Number(_) | Node::Text(_))
        || matches!(node, Node::List(Many { len: 0, .. }) | Node::Map(Many { len: 0, .. }))
}

fn root(rule: &Rule, at: At) -> At {
    match rule.script.node(at) {
        Node::Field(of, _) | Node::Item(of, _) => root(rule, of),
        _ => at,
    }
}
