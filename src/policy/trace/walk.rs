//! Going through a rule with what it has left behind: what is worth to be told of each line.

use super::shown::cut;
use super::tape::{Came, Frame, Kept, Seen};
use super::told::head;
use super::why::Reporters;
use super::words::Words;
use super::{Note, Origin, Told, Why};
use crate::facts::{Facts, Read, Root};
use crate::finding::Level;
use crate::policy::coverage::Steps;
use crate::policy::evaluate::effective;
use crate::policy::load::Rule;
use crate::policy::reported::Reported;
use crate::policy::run::Failure;
use crate::policy::script::{At, Many, Node, global};
use std::collections::BTreeMap;

/// Characters by which a value is known again.
const KNOWN_AGAIN: usize = 40;
/// Notes that are told of one rule.
const MOST: usize = 4_000;

pub struct Walk<'r> {
    pub rule: &'r Rule,
    pub words: Words<'r>,
    pub reporters: Reporters,
    facts: &'r Facts,
    reported: &'r [Reported],
    steps: &'r Steps,
    /// Whether variables are told with where they were read, which stands where they were set.
    pub with_places: bool,
    /// By line.
    pub lines: BTreeMap<u32, Vec<Note>>,
    pub why: Vec<Why>,
    notes: usize,
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
    pub fn new((rule, facts): (&'r Rule, &'r Facts), reported: &'r [Reported], steps: &'r Steps) -> Self {
        let (words, reporters) = (Words { rule }, Reporters::of(rule));
        let (lines, why) = (BTreeMap::new(), Vec::new());
        let with_places = false;
        Self { rule, words, reporters, facts, reported, steps, with_places, lines, why, notes: 0, cut: false }
    }

    pub fn check(&mut self, frame: &Frame) {
        self.statement(Here { frame, turn: "", reports: true }, self.rule.script.functions[0].body);
    }

    /// Where it failed, and why.
    pub fn failed(&mut self, Failure { misuse, at }: &Failure) {
        let Some(at) = *at else { return };
        let (text, value) = (self.words.of(at), misuse.message.clone());
        self.put(at, Note { turn: String::new(), text, value, kind: Told::Fails, from: None });
    }

    pub fn statement(&mut self, here: Here<'_>, at: At) {
        let script = &self.rule.script;
        match script.node(at) {
            Node::Block(statements) => {
                script.parts(statements).iter().for_each(|statement| self.statement(here, *statement));
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
                    self.nothing_there(here, turns.over, turns.body);
                    self.turns(here, turns.over, turns.body, "item", item_name(self.words, turns.over));
                }
            }
            Node::Let(_, value) => {
                if !is_constant(script.node(value)) {
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
            Node::Call(callee, arguments) => self.arguments(here, self.words.callee(callee), arguments),
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
                let is_something = |seen: &Seen| seen.came != Came::Nothing;
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

    fn call(&mut self, here: Here<'_>, at: At, name: &str, arguments: Many) {
        match name {
            "deny" | "warn" | "info" | "deny_when" => self.report(here, at),
            "owe" => self.owed(here, at, arguments),
            // They follow a report.
            "help" | "also" | "table" => {}
            _ => self.values(here, at, self.words.of(at), Told::Made),
        }
        self.arguments(here, name, arguments);
    }

    fn arguments(&mut self, here: Here<'_>, name: &str, arguments: Many) {
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
    fn calls_within(&mut self, here: Here<'_>, parts: Many) {
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

    fn report(&mut self, here: Here<'_>, at: At) {
        let Some(kept) = here.frame.seen.get(&at) else { return };
        for (_, seen) in &kept.items {
            let Came::Report(number) = seen.came else { continue };
            let (level, value) = match self.reported.get(number) {
                Some(reported) => (effective(self.rule, reported.level), reported.message.clone()),
                None => (Level::Info, "one more than are told".to_owned()),
            };
            let from = self.reported.get(number).and_then(|reported| reported.primary).map(|read| self.origin(read));
            let note = Note { turn: here.turn.to_owned(), text: String::new(), value, kind: Told::Says(level), from };
            self.put(at, note);
        }
    }

    fn owed(&mut self, here: Here<'_>, at: At, arguments: Many) {
        if here.frame.seen.contains_key(&at) {
            let id = self.rule.script.parts(arguments).first().map(|id| self.words.of(*id)).unwrap_or_default();
            let (turn, text) = (here.turn.to_owned(), String::new());
            self.put(at, Note { turn, text, value: id, kind: Told::Owes, from: None });
        }
    }

    /// A call of a function of the rule: what it was given, and what went on in it.
    fn own(&mut self, here: Here<'_>, at: At, function: u16, arguments: Many) {
        let script = &self.rule.script;
        script.parts(arguments).iter().for_each(|argument| match script.node(*argument) {
            Node::Local(_) | Node::Global(_) => {}
            _ => self.parts(here, *argument),
        });
        let Some(kept) = here.frame.inner.get(&at) else { return };
        let body = script.functions[usize::from(function)].body;
        let (start, names) = head(self.rule, usize::from(function));
        let line = self.line(at);
        let is_one = self.steps.of(body) < 2;
        for (number, frame) in &kept.items {
            let from = if is_one { String::new() } else { format!("called in line {line}") };
            let turn = several(&joined(here.turn, &from), "call", *number, kept.times);
            for (name, seen) in names.iter().zip(&frame.given) {
                // The proposal is the proposal.
                if seen.read.is_none_or(|read| read.node.0 != 0) {
                    let note = self.value(seen, &turn, (*name).to_owned(), Told::Set);
                    self.put_at(start, note);
                }
            }
            let reports = here.reports && self.reporters.reports(function);
            self.statement(Here { frame, turn: &turn, reports }, body);
        }
    }

    /// The turns of a loop, or of a closure, that are kept.
    fn turns(&mut self, here: Here<'_>, at: At, body: At, noun: &str, name: Option<&str>) {
        let Some(kept) = here.frame.inner.get(&body) else { return };
        if kept.times > 1 {
            let shown: Vec<_> = kept.items.iter().map(|(number, _)| number.to_string()).collect();
            let is_cut = kept.times as usize > shown.len();
            let told = if is_cut { format!("; told of {}", shown.join(", ")) } else { String::new() };
            let value = format!("{} {noun}s gone through{told}", kept.times);
            let note = Note { turn: here.turn.to_owned(), text: String::new(), value, kind: Told::Turns, from: None };
            self.put(at, note);
        }
        for (number, frame) in &kept.items {
            let turn = joined(here.turn, &if kept.times > 1 { format!("{noun} {number}") } else { String::new() });
            if let (Some(name), Some(seen)) = (name, frame.given.first()) {
                let note = self.value(seen, &turn, name.to_owned(), Told::Set);
                self.put(at, note);
            }
            let inner = Here { frame, turn: &turn, ..here };
            self.statement(inner, body);
        }
    }

    /// What came of a node, each time that is kept.
    fn values(&mut self, here: Here<'_>, at: At, text: String, kind: Told) {
        let Some(kept) = here.frame.seen.get(&at) else { return };
        for (number, seen) in &kept.items {
            let note = self.value(seen, &several(here.turn, "time", *number, kept.times), text.clone(), kind);
            self.put(at, note);
        }
    }

    /// A variable is told where it is set, with all that is known of it; where it is used, what it takes to know it again.
    fn variable(&mut self, here: Here<'_>, at: At) {
        let Some(kept) = here.frame.seen.get(&at) else { return };
        for (number, seen) in &kept.items {
            let value = cut(&seen.text, KNOWN_AGAIN);
            let turn = several(here.turn, "time", *number, kept.times);
            self.put(at, Note { turn, text: self.words.of(at), value, kind: Told::Value, from: None });
        }
    }

    fn value(&self, seen: &Seen, turn: &str, text: String, kind: Told) -> Note {
        let from = seen.read.map(|read| self.origin(read));
        Note { turn: turn.to_owned(), text, value: seen.text.clone(), kind, from }
    }

    fn origin(&self, read: Read) -> Origin {
        let place = self.facts.is_written(read).then(|| self.facts.place(read));
        let (absent, evidence) = (read.missing.is_some(), read.root == Root::Evidence);
        Origin { pointer: self.facts.pointer(read), place, absent, evidence }
    }

    pub fn line(&self, at: At) -> u32 {
        self.rule.script.begin(at).map_or(1, |(line, _)| line)
    }

    fn put(&mut self, at: At, note: Note) {
        self.put_at(self.line(at), note);
    }

    fn put_at(&mut self, line: u32, note: Note) {
        if self.notes >= MOST {
            self.cut = true;
            return;
        }
        let notes = self.lines.entry(line).or_default();
        let is_known = |other: &Note| other.turn == note.turn && other.text == note.text && other.value == note.value;
        if !notes.iter().any(is_known) {
            self.notes += 1;
            notes.push(note);
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
fn is_constant(node: Node) -> bool {
    matches!(node, Node::Nothing | Node::Flag(_) | Node::Count(_) | Node::Number(_) | Node::Text(_))
        || matches!(node, Node::List(Many { len: 0, .. }) | Node::Map(Many { len: 0, .. }))
}

fn is_verb(name: &str) -> bool {
    matches!(name, "deny" | "warn" | "info" | "deny_when" | "owe" | "help" | "also" | "table")
}

fn root(rule: &Rule, at: At) -> At {
    match rule.script.node(at) {
        Node::Field(of, _) | Node::Item(of, _) => root(rule, of),
        _ => at,
    }
}

fn joined(outer: &str, inner: &str) -> String {
    if outer.is_empty() || inner.is_empty() { format!("{outer}{inner}") } else { format!("{outer}, {inner}") }
}

/// The turn, and which one of several in it.
fn several(turn: &str, noun: &str, number: u32, times: u32) -> String {
    if times < 2 { turn.to_owned() } else { joined(turn, &format!("{noun} {number} of {times}")) }
}

/// The name of an item in `for item in …`, which stands before what is gone through.
fn item_name<'r>(words: Words<'r>, over: At) -> Option<&'r str> {
    let (line, column) = words.rule.script.begin(over)?;
    let text = words.line(line);
    let end = text.char_indices().nth(column as usize - 1).map_or(text.len(), |(byte, _)| byte);
    let head = text[..end].rsplit_once("for ")?.1.trim_start_matches(['(', ' ']);
    head.split(|c: char| !c.is_alphanumeric() && c != '_').find(|name| !name.is_empty())
}
