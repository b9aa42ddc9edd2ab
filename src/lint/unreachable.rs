//! What never runs: after a statement that leaves, or under a condition whose answer is known.

mod known;

use super::subject::{Answer, Found, Subject};
use crate::policy::{At, Node};
use known::{Known, changed};
use std::collections::BTreeSet;

pub fn find(subject: &Subject<'_>) -> Answer {
    let mut walk = Walk { subject, found: Vec::new(), told: BTreeSet::new() };
    for number in subject.reached() {
        walk.go(subject.script.functions[number].body, &mut Known::new(subject));
    }
    Ok(walk.found)
}

struct Walk<'s, 'r> {
    subject: &'s Subject<'r>,
    found: Vec<Found>,
    /// What is told of already, with all its parts.
    told: BTreeSet<At>,
}

impl<'r> Walk<'_, 'r> {
    /// Goes through a part of the script; what is known afterwards stands in `known`.
    fn go(&mut self, at: At, known: &mut Known<'_, 'r>) {
        match self.subject.script.node(at) {
            Node::Block(statements) => self.block(self.subject.script.parts(statements), known),
            Node::If(condition, then, otherwise) => {
                self.condition(condition, then, otherwise, known);
                self.go(condition, known);
                for (branch, holds) in [(then, true), (otherwise, false)] {
                    let mut inside = known.clone();
                    inside.learn(condition, holds);
                    self.go(branch, &mut inside);
                }
                known.forget(&changed(self.subject, at));
                // Who leaves in one branch leaves the other one to what follows.
                if leaves(self.subject, then) {
                    known.learn_lasting(condition, false, at);
                }
                if leaves(self.subject, otherwise) {
                    known.learn_lasting(condition, true, at);
                }
            }
            Node::While(condition, body) => {
                known.forget(&changed(self.subject, at));
                if known.answer(condition) == Some(false) {
                    self.never(condition, "the loop never runs: its condition never holds");
                }
                self.go(condition, known);
                let mut inside = known.clone();
                inside.learn(condition, true);
                self.go(body, &mut inside);
            }
            Node::Do(..) | Node::For(_) | Node::Closure(_) => {
                if let Node::For(number) = self.subject.script.node(at) {
                    self.walked(self.subject.script.loops[usize::from(number)].over);
                }
                known.forget(&changed(self.subject, at));
                for part in self.subject.script.made_of(at) {
                    self.go(part, &mut known.clone());
                }
            }
            // What stands on the left of `&&` or `||` is known on its right, and nothing of it afterwards.
            Node::And(parts) | Node::Or(parts) => {
                self.evident(at);
                let all = matches!(self.subject.script.node(at), Node::And(_));
                let mut inside = known.clone();
                for part in self.subject.script.parts(parts) {
                    self.go(*part, &mut inside);
                    inside.learn(*part, all);
                }
            }
            node => {
                if let Node::Binary(..) | Node::Not(_) = node {
                    self.evident(at);
                }
                for part in self.subject.script.made_of(at) {
                    self.go(part, known);
                }
                known.forget(&changed(self.subject, at));
            }
        }
    }

    /// A condition whose answer is known whatever was asked before it.
    fn evident(&mut self, at: At) {
        match Known::new(self.subject).answer(at) {
            Some(true) => self.never(at, "this always holds"),
            Some(false) => self.never(at, "this never holds"),
            None => {}
        }
    }

    /// A list that is walked.
    fn walked(&mut self, over: At) {
        let script = self.subject.script;
        let is_empty = match script.node(over) {
            Node::List(items) => items.len == 0,
            Node::Range(from, to, last) => match (script.node(from), script.node(to)) {
                (Node::Count(from), Node::Count(to)) => {
                    if last {
                        from > to
                    } else {
                        from >= to
                    }
                }
                _ => false,
            },
            _ => false,
        };
        if is_empty {
            let help = "walk a list that has items, or take the loop out";
            let message = "the loop never runs: there is nothing to walk";
            self.found.push(Found::new(self.beginning(over), message, "nothing", help));
        }
    }

    fn block(&mut self, statements: &[At], known: &mut Known<'_, 'r>) {
        for (index, statement) in statements.iter().enumerate() {
            self.go(*statement, known);
            let Some(next) = statements.get(index + 1) else { return };
            if leaves(self.subject, *statement) {
                let help = "take it out, or leave later";
                let message = "this never runs: what stands before it always leaves";
                self.found.push(Found::new(self.beginning(*next), message, "never run", help));
                return;
            }
        }
    }

    fn condition(&mut self, condition: At, then: At, otherwise: At, known: &Known<'_, 'r>) {
        match known.answer(condition) {
            Some(false) => self.never(condition, "this never holds, so what stands under it never runs"),
            Some(true) if !self.is_nothing(otherwise) => {
                self.never(condition, "this always holds, so what stands under `else` never runs");
            }
            // A branch without another one is no more than a condition too many.
            Some(true) if !self.is_nothing(then) => {
                self.never(condition, "this always holds, so it need not be asked");
            }
            _ => {}
        }
    }

    fn never(&mut self, condition: At, message: &str) {
        if !self.told.insert(condition) {
            return;
        }
        self.told.extend(self.subject.within(condition));
        let help = "the answer is known before it is asked: what was asked above has left with the other one, or both sides are written down; correct one of the conditions";
        self.found.push(Found::new(self.subject.span(condition), message, "known before", help));
    }

    fn is_nothing(&self, at: At) -> bool {
        matches!(self.subject.script.node(at), Node::Block(statements) if statements.len == 0)
            || self.subject.script.node(at) == Node::Nothing
    }

    fn beginning(&self, at: At) -> crate::source::Span {
        let span = self.subject.span(at);
        if span.is_empty() { self.subject.word(at) } else { span }
    }
}

/// Whether what follows a statement never runs.
fn leaves(subject: &Subject<'_>, at: At) -> bool {
    let script = subject.script;
    match script.node(at) {
        Node::Return(_) | Node::Break(_) | Node::Continue => true,
        Node::Block(statements) => script.parts(statements).iter().any(|statement| leaves(subject, *statement)),
        Node::If(_, then, otherwise) => leaves(subject, then) && leaves(subject, otherwise),
        // `loop`, which ends by `break` alone.
        Node::While(condition, body) => script.node(condition) == Node::Flag(true) && !breaks(subject, body),
        _ => false,
    }
}

/// Whether a loop is left by `break`.
fn breaks(subject: &Subject<'_>, body: At) -> bool {
    match subject.script.node(body) {
        Node::Break(_) => true,
        Node::While(..) | Node::Do(..) | Node::For(_) => false,
        _ => subject.script.made_of(body).into_iter().any(|part| breaks(subject, part)),
    }
}
