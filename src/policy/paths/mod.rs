//! Finding fields that do not exist, in a rule that has not run yet.
//!
//! A misspelt field of a section that most proposals leave out would go unnoticed for months: reading any field of nothing
//! gives nothing. So the fields are followed through the script from `p` and `evidence`, through variables, loops,
//! closures and functions of the same file, as far as what they are can be told; what can't is found at run time.

mod arguments;
mod calls;
mod kinds;
mod operators;
mod what;
mod words;

pub use kinds::{Clash, Kinds};

use crate::finding::Fault;
use crate::policy::fault::{self, Misuse};
use crate::policy::header::Header;
use crate::policy::script::{At, GLOBALS, Many, Node, Script};
use crate::policy::tracked::{no_field_of_list, no_parameter, unknown_field};
use crate::proposal::model::{EVIDENCE, PROPOSAL};
use crate::source::Source;
use std::collections::HashSet;
use std::sync::Arc;
use what::{Sort, What};

/// Checks every field that can be told from the script.
pub fn check(id: &str, source: &Arc<Source>, script: &Script, header: &Header) -> Vec<Fault> {
    let mut wrong = Reader::all(script, header, None).wrong;
    wrong.sort_by_key(|(at, _)| script.place(*at));
    wrong.dedup_by_key(|(at, _)| script.place(*at));
    let fault = |(at, misuse): (At, Misuse)| {
        Fault::new(misuse.code, format!("the rule `{id}` can't be loaded: {}", misuse.message))
            .help(misuse.help)
            .at(fault::place_at(source, script.place(at)), "here")
    };
    wrong.into_iter().map(fault).collect()
}

/// The most calls that are followed. Functions that hand their arguments round in other orders can be called in more ways than
/// anybody can count.
const MOST_CALLS: usize = 500;

struct Reader<'a> {
    header: &'a Header,
    script: &'a Script,
    wrong: Vec<(At, Misuse)>,
    /// Functions to follow, by their numbers, and what each is called with.
    calls: Vec<(u16, Vec<What>)>,
    /// Functions and what they were called with, in words.
    followed: HashSet<String>,
    /// What the variables of the function are that is followed, by their slots.
    frame: Vec<What>,
    /// Of which kind all is, where that is asked; loading a rule does not.
    kinds: Option<Kinds>,
}

impl<'a> Reader<'a> {
    /// Follows a script from its `check`.
    fn all(script: &'a Script, header: &'a Header, kinds: Option<Kinds>) -> Self {
        let (wrong, calls, followed, frame) = (Vec::new(), Vec::new(), HashSet::new(), Vec::new());
        let mut reader = Reader { header, script, wrong, calls, followed, frame, kinds };
        reader.called(0, vec![What::Object(&PROPOSAL)]);
        while let Some((function, arguments)) = reader.calls.pop() {
            reader.function(function, arguments);
        }
        reader
    }

    /// A function of the rule is called.
    fn called(&mut self, function: u16, mut arguments: Vec<What>) {
        // A function may be given words of its own besides those of a choice, alone or in lists: what it compares them with is not looked at.
        for argument in arguments.iter_mut().filter(|argument| argument.words().or(argument.item().words()).is_some()) {
            *argument = What::Unknown;
        }
        if self.kinds.is_none() {
            // No field is looked for in a plain value, so that one way to call a function is as good as another.
            arguments.iter_mut().filter(|argument| argument.is_plain()).for_each(|argument| *argument = What::Unknown);
        }
        let key = arguments.iter().fold(function.to_string(), |key, what| key + "/" + &what.name());
        // What is not followed any more is found at run time.
        if self.followed.len() < MOST_CALLS && self.followed.insert(key) {
            self.calls.push((function, arguments));
        }
    }

    fn function(&mut self, number: u16, arguments: Vec<What>) {
        let function = self.script.functions[usize::from(number)];
        self.frame = arguments;
        self.frame.resize(usize::from(function.slots), What::Unknown);
        self.follow(function.body);
    }

    /// Follows a part of the script, and tells what it gives.
    fn follow(&mut self, at: At) -> What {
        let what = self.given_by(at);
        self.kinds.iter_mut().for_each(|kinds| kinds.learn(at, what));
        what
    }

    fn given_by(&mut self, at: At) -> What {
        match self.script.node(at) {
            Node::Local(slot) => self.frame[usize::from(slot)],
            Node::Global(number) => global(GLOBALS[usize::from(number)]),
            Node::Field(of, name) => {
                let of = self.follow(of);
                self.field(of, self.script.text(name), at)
            }
            Node::Item(of, index) => {
                self.follow(index);
                self.follow(of).item()
            }
            Node::Call(callee, arguments) => self.call(at, callee, arguments),
            node if self.kinds.is_some() => self.value(at, node),
            _ => {
                self.parts_of(at);
                What::Unknown
            }
        }
    }

    /// Follows the parts of what gives nothing that has fields.
    fn parts_of(&mut self, at: At) {
        match self.script.node(at) {
            Node::Let(slot, value) => self.frame[usize::from(slot)] = self.follow(value),
            Node::Set(op, target, value) => {
                let value_is = self.follow(value);
                let target_is = self.follow(target);
                if let Some(op) = op {
                    self.held(at, op, [target, value], [target_is, value_is]);
                }
                self.forget(target);
            }
            Node::Push(target, value) => {
                self.follow(value);
                self.follow(target);
                self.mix(target);
            }
            Node::For(number) => {
                let turn = self.script.loops[usize::from(number)];
                let over = self.follow(turn.over);
                self.walked(turn.over, over);
                let item = over.item();
                self.forget_what_changes(turn.body);
                self.frame[usize::from(turn.item)] = item;
                turn.counter.into_iter().for_each(|slot| self.frame[usize::from(slot)] = What::Plain(Sort::Size));
                self.follow(turn.body);
            }
            Node::Own(function, arguments) => {
                let arguments = self.each(arguments);
                self.called(function, arguments);
            }
            Node::Binary(op, left, right) => {
                let sides = [self.follow(left), self.follow(right)];
                self.compared(op, [left, right], sides);
            }
            // A closure is followed where it is called, see `call`.
            Node::Closure(_) => {}
            Node::While(condition, body) => {
                self.forget_what_changes(body);
                self.condition(condition);
                self.follow(body);
            }
            Node::Do(body, condition, _) => {
                self.forget_what_changes(body);
                self.follow(body);
                self.condition(condition);
            }
            _ => {
                for part in self.script.made_of(at) {
                    self.follow(part);
                }
            }
        }
    }

    /// What a variable is after it was assigned to is not followed, nor of which sort the items of a list are that was put into.
    fn forget(&mut self, target: At) {
        match self.script.node(target) {
            Node::Local(slot) => self.frame[usize::from(slot)] = What::Unknown,
            _ => self.mix(target),
        }
    }

    fn mix(&mut self, target: At) {
        match self.script.node(target) {
            Node::Item(of, _) | Node::Field(of, _) => self.mix(of),
            Node::Local(slot) => {
                let what = &mut self.frame[usize::from(slot)];
                if let What::Items(_) = what {
                    *what = What::Plain(Sort::List);
                }
            }
            _ => {}
        }
    }

    /// What is done several times finds changed in its second turn what it assigns to in its first.
    fn forget_what_changes(&mut self, body: At) {
        let mut left = vec![body];
        while let Some(at) = left.pop() {
            match self.script.node(at) {
                Node::Set(_, target, _) => self.forget(target),
                Node::Push(target, _) => self.mix(target),
                _ => {}
            }
            left.extend(self.script.made_of(at));
        }
    }

    fn each(&mut self, parts: Many) -> Vec<What> {
        self.script.parts(parts).iter().map(|part| self.follow(*part)).collect()
    }

    /// A function of the gate is called. Its closures are called with items of the list that stands first.
    fn call(&mut self, at: At, callee: u16, arguments: Many) -> What {
        let whats = self.each(arguments);
        let parts = self.script.parts(arguments);
        let name = self.script.text(self.script.callees[usize::from(callee)].name);
        let first = whats.first().copied().unwrap_or(What::Unknown);
        for part in parts {
            if let Node::Closure(closure) = self.script.node(*part) {
                let closure = self.script.closures[usize::from(closure)];
                self.forget_what_changes(closure.body);
                if closure.params > 0 {
                    self.frame[usize::from(closure.first)] = first.item();
                }
                self.follow(closure.body);
            }
        }
        // `item in list` calls `contains(list, item)`.
        if name == "contains" {
            self.contained(parts, &whats);
            self.sought(at, &whats);
            return What::Plain(Sort::Flag);
        }
        self.given(name, parts);
        let answer = if self.kinds.is_some() { self.answer(name, parts, &whats) } else { What::Unknown };
        match (name, first) {
            ("filter", What::List(kind)) => What::Kept(kind),
            ("filter", What::Kept(_) | What::Items(_)) => first,
            ("find", _) => first.item(),
            _ => words::result(name).unwrap_or(answer),
        }
    }

    fn field(&mut self, of: What, name: &str, at: At) -> What {
        let misuse = match of {
            What::Object(shape) => match shape.field(name) {
                Some(field) => return What::of(&field.kind),
                None if shape.derived.iter().any(|derived| derived.name == name) => return What::Plain(Sort::Flag),
                None => Some(unknown_field(shape, name)),
            },
            What::Map(kind) => return What::of(kind),
            What::List(_) | What::Kept(_) => Some(no_field_of_list(name)),
            What::Params => match self.header.params.get(name) {
                Some(param) => return What::of_param(param),
                None => Some(no_parameter(name, self.header.params.keys().map(String::as_str))),
            },
            What::Unknown => None,
            _ => return of.sort().map_or(What::Unknown, |sort| self.field_of_plain(sort, name, at)),
        };
        self.wrong.extend(misuse.map(|misuse| (at, misuse)));
        What::Unknown
    }
}

fn global(name: &str) -> What {
    match name {
        "params" => What::Params,
        "scale" => What::Scale,
        "phase" => What::Phase,
        "evidence" => What::Object(&EVIDENCE),
        "now" => What::Plain(Sort::Moment),
        "strict" => What::Plain(Sort::Flag),
        _ => What::Unknown,
    }
}
