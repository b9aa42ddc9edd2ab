//! What a rule gives a name to and does not use: a variable, a parameter of a function, a function.

use super::subject::{Answer, Found, Subject};
use super::tokens::{Kind, Token};
use crate::policy::{At, GLOBALS, Node};
use crate::source::Span;
use std::collections::BTreeSet;

pub fn find(subject: &Subject<'_>) -> Answer {
    let reached = subject.reached();
    let mut found = Vec::new();
    for number in 0..subject.script.functions.len() {
        let Some((name, params)) = subject.function(number) else { continue };
        if !reached.contains(&number) {
            let message = format!("the function `{}` is never called", subject.tokens.text(name));
            found.push(Found::new(name.span, message, "called from nowhere", "call it, or take it out"));
            continue;
        }
        let uses = Uses::of(subject, subject.script.functions[number].body);
        // `check` has to have its parameter.
        if number > 0 {
            for (_, token) in
                (0_u16..).zip(params).filter(|(slot, token)| uses.lacks(*slot) && is_meant(subject, *token))
            {
                let message = format!("the parameter `{}` is never read", subject.tokens.text(token));
                let help = "take it out, here and where the function is called";
                found.push(Found::new(token.span, message, "not read", help));
            }
        }
        found.extend(uses.lets.iter().filter_map(|(slot, at)| variable(subject, &uses, *slot, *at)));
        found.extend(uses.counters.iter().filter_map(|(slot, at)| counter(subject, &uses, *slot, *at)));
    }
    Ok(found)
}

/// Which variables of a function are read, set and declared, by their slots.
#[derive(Debug, Default)]
struct Uses {
    read: BTreeSet<u16>,
    set: BTreeSet<u16>,
    lets: Vec<(u16, At)>,
    counters: Vec<(u16, At)>,
}

impl Uses {
    fn of(subject: &Subject<'_>, body: At) -> Self {
        let script = subject.script;
        let mut uses = Self::default();
        // What is only changed is not read: a list that is pushed to, a map whose entry is set.
        let mut targets = BTreeSet::new();
        for at in subject.within(body) {
            match script.node(at) {
                Node::Set(_, target, _) | Node::Push(target, _) => {
                    let mut of = target;
                    while let Node::Field(inner, _) | Node::Item(inner, _) = script.node(of) {
                        of = inner;
                    }
                    targets.insert(of);
                }
                Node::Local(slot) if targets.contains(&at) => {
                    uses.set.insert(slot);
                }
                Node::Local(slot) => {
                    uses.read.insert(slot);
                }
                Node::Let(slot, _) => uses.lets.push((slot, at)),
                Node::For(number) => {
                    let counter = script.loops[usize::from(number)].counter;
                    uses.counters.extend(counter.map(|slot| (slot, at)));
                }
                _ => {}
            }
        }
        uses
    }

    fn lacks(&self, slot: u16) -> bool {
        !self.read.contains(&slot)
    }
}

/// Whether a name is there to be used: one that begins with `_` says that it is not.
fn is_meant(subject: &Subject<'_>, name: Token) -> bool {
    !subject.tokens.text(name).starts_with('_')
}

fn variable(subject: &Subject<'_>, uses: &Uses, slot: u16, at: At) -> Option<Found> {
    // `let` or `const`, and then the name.
    let index = subject.token(at)? + 1;
    let name = *subject.tokens.code.get(index)?;
    if !uses.lacks(slot) || name.kind != Kind::Word || !is_meant(subject, name) {
        return None;
    }
    let (told, help) = (subject.tokens.text(name), "use it, or take it out");
    if uses.set.contains(&slot) {
        let message = format!("the variable `{told}` is set and never read");
        return Some(Found::new(name.span, message, "not read", help));
    }
    let Node::Let(_, value) = subject.script.node(at) else { return None };
    let found = Found::new(name.span, format!("the variable `{told}` is never read"), "not read", help);
    Some(if !is_plain(subject, value) {
        // Whatever is read may be where a later finding points, and is a reason of it.
        Found { help: "use it, or take it out, and see whether later findings point elsewhere".to_owned(), ..found }
    } else if is_what_is_given(subject, at) {
        found
    } else {
        Found { out: removal(subject, index), ..found }
    })
}

/// Whether it is the last of several statements: without it, what a function gives would be what the one before gives.
fn is_what_is_given(subject: &Subject<'_>, at: At) -> bool {
    subject.script.nodes.iter().any(|node| match *node {
        Node::Block(statements) => statements.len > 1 && subject.script.parts(statements).last() == Some(&at),
        _ => false,
    })
}

/// Whether a value can be left out and nothing changes: nothing is read of the facts for it, nothing is called, and it can't fail.
fn is_plain(subject: &Subject<'_>, value: At) -> bool {
    subject.within(value).all(|at| match subject.script.node(at) {
        Node::Nothing | Node::Flag(_) | Node::Count(_) | Node::Number(_) | Node::Text(_) | Node::Local(_) => true,
        Node::Global(number) => ["now", "phase", "params"].contains(&GLOBALS[usize::from(number)]),
        Node::Field(of, _) => {
            matches!(subject.script.node(of), Node::Global(number) if GLOBALS[usize::from(number)] == "params")
        }
        _ => false,
    })
}

fn removal(subject: &Subject<'_>, name: usize) -> Option<Span> {
    let start = subject.tokens.code.get(name.checked_sub(1)?)?.span.start;
    let end = subject.tokens.next(name, &[";"])?;
    let span = Span { start, end: subject.tokens.code[end].span.end };
    subject.removal(span)
}

/// The counter of `for (item, counter) in list`.
fn counter(subject: &Subject<'_>, uses: &Uses, slot: u16, at: At) -> Option<Found> {
    let index = subject.token(at)?;
    let name = *subject.tokens.code.get(index + 4).filter(|_| subject.tokens.is(index + 1, "("))?;
    if !uses.lacks(slot) || !is_meant(subject, name) {
        return None;
    }
    let message = format!("the counter `{}` is never read", subject.tokens.text(name));
    Some(Found::new(name.span, message, "not read", "walk without it: `for item in list`"))
}
