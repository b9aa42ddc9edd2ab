//! The slow way of a run, where somebody asks what it does: where its steps are taken, and what came of each. A run that nobody asks
//! never comes here but to end.

use super::{Answer, Run, Stop};
use crate::facts::Read;
use crate::policy::script::{At, Node};
use crate::policy::trace::{Came, Seen, Tape};
use crate::policy::value::Value;

/// What a run had read and said before a node.
struct Before {
    reads: (usize, Option<Read>),
    said: usize,
}

impl<'f> Run<'f> {
    #[cold]
    #[inline(never)]
    pub(super) fn eval_slowly(&mut self, at: At) -> Answer<'f> {
        self.budget.step_at(at).map_err(|misuse| Stop::from(misuse).within(at))?;
        let Some(tape) = &mut self.tape else { return self.evaluated(at) };
        let node = self.rule.script.node(at);
        let begins = tape.begins(at);
        if begins {
            let given = self.given_to(at);
            self.taped(|tape| tape.begin(given));
        }
        let is_call = matches!(node, Node::Own(..));
        if is_call {
            self.taped(|tape| tape.call(at));
        }
        let before = self.before();
        let answer = self.evaluated(at);
        if is_call {
            self.taped(Tape::answered);
        }
        self.saw(at, node, &before, &answer);
        if begins {
            self.taped(|tape| tape.end(at));
        }
        answer
    }

    #[cold]
    #[inline(never)]
    pub(super) fn condition_slowly(&mut self, at: At) -> Result<bool, Stop> {
        let answer = self.condition_of(at);
        // What else there is was evaluated on the way.
        let is_decided = match self.rule.script.node(at) {
            Node::Not(_) | Node::And(_) | Node::Or(_) => true,
            Node::Binary(op, _, right) => self.is_presence(op, right),
            _ => false,
        };
        if is_decided && let (Ok(flag), Some(tape)) = (&answer, &mut self.tape) {
            let seen = Seen { text: flag.to_string(), came: Came::Flag(*flag), read: None };
            if !tape.is_full() {
                tape.see(at, seen);
            }
        }
        answer
    }

    #[cold]
    #[inline(never)]
    pub(super) fn step_slowly(&mut self, at: At) -> Result<(), Stop> {
        self.budget.step_at(at).map_err(|misuse| Stop::from(misuse).within(at))?;
        // A variable is looked at where it stands.
        if self.tape.is_some()
            && let Node::Local(slot) = self.rule.script.node(at)
        {
            let (value, before) = (self.local(slot), self.before());
            self.saw(at, Node::Local(slot), &before, &Ok(value));
        }
        Ok(())
    }

    fn taped(&mut self, act: impl FnOnce(&mut Tape)) {
        if let Some(tape) = &mut self.tape {
            act(tape);
        }
    }

    fn before(&self) -> Before {
        Before { reads: (self.reads.count(), self.reads.last()), said: self.said() }
    }

    fn said(&self) -> usize {
        self.reported.len() + self.owed.len()
    }

    /// What a turn or a call begins with.
    fn given_to(&self, at: At) -> Vec<Seen> {
        let script = self.rule.script;
        let slots = if let Some(turns) = script.loops.iter().find(|turns| turns.body == at) {
            turns.item..turns.item + 1
        } else if let Some(closure) = script.closures.iter().find(|closure| closure.body == at) {
            closure.first..closure.first + closure.params
        } else if let Some(function) = script.functions.iter().find(|function| function.body == at) {
            0..function.params
        } else {
            0..0
        };
        let slots = slots.filter_map(|slot| self.slots.get(self.base + usize::from(slot)));
        slots.map(|slot| self.seen(&slot.value, slot.origin)).collect()
    }

    fn seen(&self, value: &Value<'f>, origin: Option<Read>) -> Seen {
        let came = match value {
            Value::Flag(flag) => Came::Flag(*flag),
            Value::Nothing => Came::Nothing,
            Value::Report(number) => Came::Report(*number),
            _ => Came::Other,
        };
        // What was read last before a closure need not be its item. A flag may be derived from what was read.
        let is_of = |read: &Read| matches!(value, Value::Flag(_)) || self.gives(*read, value);
        let read = if let Value::Node(node) = value { Some(node.read()) } else { origin.filter(is_of) };
        Seen { text: self.shown(value), came, read }
    }

    fn saw(&mut self, at: At, node: Node, before: &Before, answer: &Answer<'f>) {
        if matches!(answer, Err(Stop::Failed(_))) || self.said() > before.said {
            self.taped(Tape::tell);
        }
        if self.tape.as_mut().is_some_and(|tape| tape.is_full()) {
            return;
        }
        let seen = match (node, answer) {
            (Node::Return(_), Err(Stop::Return)) => self.seen(&self.given, None),
            (Node::Let(slot, _), Ok(_)) => self.of_slot(slot),
            (Node::Set(_, target, _) | Node::Push(target, _), Ok(_)) => match self.changed_by(target) {
                Some(slot) => self.of_slot(slot),
                None => return,
            },
            (Node::Local(slot), Ok(_)) => self.of_slot(slot),
            (Node::Field(..) | Node::Item(..), Ok(value)) => {
                let now = (self.reads.count(), self.reads.last());
                self.seen(value, now.1.filter(|_| now != before.reads))
            }
            (
                Node::Global(_)
                | Node::Not(_)
                | Node::Negate(_)
                | Node::Binary(..)
                | Node::And(_)
                | Node::Or(_)
                | Node::Coalesce(_)
                | Node::Call(..)
                | Node::Own(..)
                | Node::Template(_)
                | Node::If(..),
                Ok(value),
            ) => self.seen(value, None),
            _ => return,
        };
        self.taped(|tape| tape.see(at, seen));
    }

    fn of_slot(&self, slot: u16) -> Seen {
        let slot = &self.slots[self.base + usize::from(slot)];
        self.seen(&slot.value, slot.origin)
    }

    fn changed_by(&self, target: At) -> Option<u16> {
        match self.rule.script.node(target) {
            Node::Local(slot) => Some(slot),
            Node::Field(of, _) | Node::Item(of, _) => self.changed_by(of),
            _ => None,
        }
    }
}
