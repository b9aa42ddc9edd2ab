//! What goes on several times: the turns of loops and closures, and the calls of functions of the rule.

use super::note::{joined, several};
use super::told::head;
use super::walk::{Here, Walk};
use super::words::Words;
use super::{Note, Told};
use crate::policy::script::{At, Many, Node};

impl Walk<'_> {
    /// A call of a function of the rule: what it was given, and what went on in it.
    pub(super) fn own(&mut self, here: Here<'_>, at: At, function: u16, arguments: Many) {
        let script = &self.rule.script;
        script.parts(arguments).iter().for_each(|argument| match script.node(*argument) {
            Node::Local(_) | Node::Global(_) => {}
            _ => self.parts(here, *argument),
        });
        let Some(kept) = here.frame.inner.get(&at) else { return };
        let body = script.functions[usize::from(function)].body;
        let start = head(self.rule, usize::from(function));
        let names: Vec<_> = script.params_of(usize::from(function)).collect();
        let line = self.line(at);
        let is_one = self.steps.of(body) < 2;
        for (number, frame) in &kept.items {
            let from = if is_one { String::new() } else { format!("called in line {line}") };
            let turn = several(&joined(here.turn, &from), "call", *number, kept.times);
            for (name, seen) in names.iter().zip(&frame.given) {
                // The proposal is the proposal.
                if seen.read.is_none_or(|read| read.node.0 != 0 || read.missing.is_some()) {
                    let note = self.value(seen, &turn, (*name).to_owned(), Told::Set);
                    self.put_at(start, note);
                }
            }
            self.fails_in(body, &turn);
            let reports = here.reports && self.reporters.reports(function);
            self.statement(Here { frame, turn: &turn, reports }, body);
        }
    }

    /// The turns of a loop, or of a closure, that are kept.
    pub(super) fn turns(&mut self, here: Here<'_>, at: At, body: At, noun: &str, name: Option<&str>) {
        let Some(kept) = here.frame.inner.get(&body) else { return };
        if kept.times > 1 {
            let shown: Vec<_> = kept.items.iter().map(|(number, _)| number.to_string()).collect();
            let is_cut = kept.times as usize > shown.len();
            let told = if is_cut { format!("; told of {}", shown.join(", ")) } else { String::new() };
            let named = name.map(|name| format!("{name}: ")).unwrap_or_default();
            let value = format!("{named}{} {noun}s gone through{told}", kept.times);
            let note = Note { turn: here.turn.to_owned(), text: String::new(), value, kind: Told::Turns, from: None };
            self.put(at, note);
        }
        for (number, frame) in &kept.items {
            let one = if kept.times > 1 { format!("{} {number}", name.unwrap_or(noun)) } else { String::new() };
            let turn = joined(here.turn, &one);
            if let (Some(name), Some(seen)) = (name, frame.given.first()) {
                let note = self.value(seen, &turn, name.to_owned(), Told::Set);
                self.put(at, note);
            }
            self.fails_in(body, &turn);
            let inner = Here { frame, turn: &turn, ..here };
            self.statement(inner, body);
        }
    }

    /// Where it failed in this body, it was in the last turn.
    fn fails_in(&mut self, body: At, turn: &str) {
        if self.failing.contains(&body) {
            turn.clone_into(&mut self.failing_turn);
        }
    }
}

/// The name of an item in `for item in …`, which stands before what is gone through.
pub fn item_name<'r>(words: Words<'r>, over: At) -> Option<&'r str> {
    let (line, column) = words.rule.script.begin(over)?;
    let text = words.line(line);
    let end = text.char_indices().nth(column as usize - 1).map_or(text.len(), |(byte, _)| byte);
    let head = text[..end].rsplit_once("for ")?.1.trim_start_matches(['(', ' ']);
    head.split(|c: char| !c.is_alphanumeric() && c != '_').find(|name| !name.is_empty())
}
