//! Reports without a place where the value that was read last is of another part of the proposal than what was asked: the finding would
//! point there.
//!
//! The check is gone through once, in all its ways, with the sections of the proposal in the place of values. What a function of the gate reads is
//! not known here, and nothing is told where it matters.

mod call;
mod state;

use super::subject::{Answer, Found, Subject};
use crate::policy::{At, GLOBALS, Many, Node};
use state::{Parts, State, Value, both};
use std::collections::{BTreeMap, BTreeSet};

/// How deep functions are followed, and how many steps in all.
const DEEPEST: usize = 8;
const MOST_STEPS: usize = 100_000;

/// How critical a system is says how a finding weighs, and hardly ever what it is about.
const WEIGHT: &str = "how critical the system is";

pub fn find(subject: &Subject<'_>) -> Answer {
    let mut walk = Walk { subject, guards: Vec::new(), loops: Vec::new(), depth: 0, steps: 0, found: BTreeMap::new() };
    walk.function(0, vec![Value::whole()], BTreeSet::from([None]));
    let whole = walk.steps < MOST_STEPS;
    Ok(walk.found.into_iter().filter(|_| whole).map(|(at, (last, of))| told(subject, at, last, &of)).collect())
}

fn told(subject: &Subject<'_>, at: At, last: &str, of: &BTreeSet<&str>) -> Found {
    let of: Vec<_> = of.iter().map(|section| format!("`{section}`")).collect();
    let place = if last == WEIGHT { WEIGHT.to_owned() } else { format!("`{last}`") };
    let message = format!(
        "the finding may point at {place}, which is read last, and the condition is about {}",
        of.join(" and ")
    );
    let help = "say where it is wrong: `deny(\"…\", p.backup.restore_test)`, or read that field last";
    Found::new(subject.word(at), message, "without a place", help)
}

/// A condition that holds.
#[derive(Debug, Clone)]
struct Guard<'r> {
    about: Parts<'r>,
    /// Whether it was asked above, and left where it does not hold.
    has_left: bool,
}

struct Walk<'s, 'r> {
    subject: &'s Subject<'r>,
    /// What the conditions are about that hold here, the innermost last.
    guards: Vec<Guard<'r>>,
    /// The states in which the loops around are left, or go on.
    loops: Vec<Vec<State<'r>>>,
    depth: usize,
    steps: usize,
    found: BTreeMap<At, (&'r str, BTreeSet<&'r str>)>,
}

impl<'r> Walk<'_, 'r> {
    fn function(
        &mut self,
        number: usize,
        arguments: Vec<Value<'r>>,
        last: BTreeSet<Option<&'r str>>,
    ) -> BTreeSet<Option<&'r str>> {
        let Some(function) = self.subject.script.functions.get(number).filter(|_| self.depth < DEEPEST) else {
            return BTreeSet::from([None]);
        };
        let mut slots = arguments;
        slots.resize(usize::from(function.slots), Value::UNKNOWN);
        let mut state = State::new(slots, last);
        // The innermost list is of those that return.
        let loops = std::mem::replace(&mut self.loops, vec![Vec::new()]);
        self.depth += 1;
        self.go(function.body, &mut state);
        self.depth -= 1;
        for returned in std::mem::replace(&mut self.loops, loops).swap_remove(0) {
            state.join(&returned);
        }
        if state.left { BTreeSet::from([None]) } else { state.last }
    }

    /// Goes through a part of the script, and tells what it gives.
    fn go(&mut self, at: At, state: &mut State<'r>) -> Value<'r> {
        self.steps += 1;
        if state.left || self.steps >= MOST_STEPS {
            return Value::UNKNOWN;
        }
        let script = self.subject.script;
        match script.node(at) {
            Node::Nothing | Node::Flag(_) | Node::Count(_) | Node::Number(_) | Node::Text(_) => Value::plain(),
            Node::Local(slot) => state.slots[usize::from(slot)].clone(),
            Node::Global(number) => match GLOBALS[usize::from(number)] {
                "evidence" => Value::UNKNOWN,
                _ => Value::plain(),
            },
            Node::Field(of, name) => {
                let of = self.go(of, state);
                self.field(&of, script.text(name), state)
            }
            Node::Item(of, index) => {
                let of = self.go(of, state);
                self.go(index, state);
                self.field(&of, "", state)
            }
            Node::If(condition, then, otherwise) => self.branch(condition, then, otherwise, state),
            Node::Let(slot, value) => {
                let value = self.go(value, state);
                self.put(slot, value, state)
            }
            Node::Set(op, target, value) => {
                let value = self.go(value, state);
                match script.node(target) {
                    Node::Local(slot) if op.is_none() => self.put(slot, value, state),
                    _ => self.mix(target, &value, state),
                }
            }
            Node::Push(target, value) => {
                let value = self.go(value, state);
                self.mix(target, &value, state)
            }
            Node::For(number) => {
                let turn = script.loops[usize::from(number)];
                let over = self.go(turn.over, state);
                self.turns(state, over.of.clone(), |walk, state| {
                    // What the rule has made is walked without reading anything.
                    if over.is_fact {
                        state.read(over.section());
                    }
                    state.slots[usize::from(turn.item)] = over.clone();
                    turn.counter.into_iter().for_each(|slot| state.slots[usize::from(slot)] = Value::plain());
                    walk.go(turn.body, state);
                });
                Value::plain()
            }
            Node::While(condition, body) | Node::Do(body, condition, _) => {
                let about = self.go(condition, state).of;
                self.turns(state, about, |walk, state| {
                    walk.go(body, state);
                    walk.go(condition, state);
                });
                Value::plain()
            }
            Node::Return(value) => {
                let value = self.go(value, state);
                self.leave(0, state);
                value
            }
            Node::Break(_) | Node::Continue => {
                self.leave(self.loops.len().saturating_sub(1), state);
                Value::plain()
            }
            Node::And(parts) | Node::Or(parts) | Node::Coalesce(parts) => self.in_turn(parts, state),
            Node::Block(statements) => {
                let guards = self.guards.len();
                let value =
                    script.parts(statements).iter().fold(Value::plain(), |_, statement| self.go(*statement, state));
                self.guards.truncate(guards);
                value
            }
            Node::Own(function, arguments) => {
                let arguments: Vec<_> =
                    script.parts(arguments).iter().map(|argument| self.go(*argument, state)).collect();
                state.last = self.function(usize::from(function), arguments, state.last.clone());
                Value::UNKNOWN
            }
            Node::Call(..) => self.call(at, state),
            Node::Closure(_) => Value::plain(),
            _ => {
                let mut of = Some(BTreeSet::new());
                for part in script.made_of(at) {
                    of = both(&of, &self.go(part, state).of);
                }
                Value::own(of)
            }
        }
    }

    /// `&&`, `||` and `??`: after any of the parts nothing more may be asked.
    fn in_turn(&mut self, parts: Many, state: &mut State<'r>) -> Value<'r> {
        let mut value: Option<Value<'r>> = None;
        let mut ends: Option<State<'r>> = None;
        for part in self.subject.script.parts(parts) {
            let given = self.go(*part, state);
            value = Some(match value {
                None => given,
                Some(value) if value.is_fact == given.is_fact => Value { of: both(&value.of, &given.of), ..value },
                Some(_) => Value::UNKNOWN,
            });
            match &mut ends {
                None => ends = Some(state.clone()),
                Some(ends) => ends.join(state),
            }
        }
        state.clone_from(&ends.unwrap_or_else(|| state.clone()));
        value.unwrap_or(Value::UNKNOWN)
    }

    fn field(&self, of: &Value<'r>, name: &'r str, state: &mut State<'r>) -> Value<'r> {
        if !of.is_fact {
            // What the rule has made holds what was put into it.
            return Value { is_fact: of.of.as_ref().is_none_or(|of| !of.is_empty()), ..of.clone() };
        }
        let value = if of.is_whole { Value::fact(name) } else { of.clone() };
        let value = match value.section() {
            Some("system") if name == "is_critical" || name == "criticality" => Value::fact(WEIGHT),
            _ => value,
        };
        state.read(value.section());
        value
    }

    fn branch(&mut self, condition: At, then: At, otherwise: At, state: &mut State<'r>) -> Value<'r> {
        let about = self.go(condition, state).of;
        let mut other = state.clone();
        self.guards.push(Guard { about: about.clone(), has_left: false });
        let one = self.go(then, state);
        let two = self.go(otherwise, &mut other);
        self.guards.pop();
        let lone = (state.left, other.left);
        state.join(&other);
        // Who leaves in one branch has asked for all that follows in the same block.
        if lone.0 != lone.1 {
            self.guards.push(Guard { about, has_left: true });
        }
        match lone {
            (true, _) => two,
            (_, true) => one,
            _ if one.is_fact == two.is_fact => Value { of: both(&one.of, &two.of), ..one },
            _ => Value::UNKNOWN,
        }
    }

    /// The turns of a loop: none, one, or several, of which each begins as the one before has ended.
    fn turns(&mut self, state: &mut State<'r>, about: Parts<'r>, turn: impl Fn(&mut Self, &mut State<'r>)) {
        self.guards.push(Guard { about, has_left: false });
        for _ in 0..2 {
            let mut inside = state.clone();
            self.loops.push(Vec::new());
            turn(self, &mut inside);
            for left in self.loops.pop().unwrap_or_default() {
                inside.join(&left);
            }
            state.join(&inside);
        }
        self.guards.pop();
    }

    fn leave(&mut self, to: usize, state: &mut State<'r>) {
        if let Some(left) = self.loops.get_mut(to) {
            left.push(state.clone());
        }
        state.left = true;
    }

    fn put(&self, slot: u16, value: Value<'r>, state: &mut State<'r>) -> Value<'r> {
        state.slots[usize::from(slot)] = value;
        Value::plain()
    }

    /// Something is put into what a variable holds.
    fn mix(&self, target: At, value: &Value<'r>, state: &mut State<'r>) -> Value<'r> {
        let script = self.subject.script;
        let mut of = target;
        while let Node::Field(inner, _) | Node::Item(inner, _) = script.node(of) {
            of = inner;
        }
        if let Node::Local(slot) = script.node(of) {
            let held = &mut state.slots[usize::from(slot)];
            *held = Value::own(both(&held.of, &value.of));
        }
        Value::plain()
    }
}
