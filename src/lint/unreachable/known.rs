//! What is known of conditions at a place of a script: what was asked on the way to it, and how that came out.

use super::super::subject::{Subject, reports};
use crate::policy::{At, Many, Node, Op};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// How many conditions are remembered; each is held against all that are asked under it.
const MOST_FACTS: usize = 100;

/// Conditions, and whether they hold.
#[derive(Debug, Clone)]
pub struct Known<'s, 'r> {
    subject: &'s Subject<'r>,
    facts: Vec<(At, bool)>,
}

impl<'s, 'r> Known<'s, 'r> {
    pub const fn new(subject: &'s Subject<'r>) -> Self {
        Self { subject, facts: Vec::new() }
    }

    /// Remembers how a condition came out, as far as asking again would give the same.
    pub fn learn(&mut self, condition: At, holds: bool) {
        match (self.subject.script.node(condition), holds) {
            (Node::Not(of), _) => self.learn(of, !holds),
            (Node::And(parts), true) | (Node::Or(parts), false) => {
                for part in self.subject.script.parts(parts) {
                    self.learn(*part, holds);
                }
            }
            _ if self.facts.len() < MOST_FACTS && self.is_stable(condition) => self.facts.push((condition, holds)),
            _ => {}
        }
    }

    /// The same after a whole statement, where nothing of the condition was changed in it.
    pub fn learn_lasting(&mut self, condition: At, holds: bool, statement: At) {
        let changed = changed(self.subject, statement);
        if self.subject.within(condition).all(|at| !is_of(self.subject, at, &changed)) {
            self.learn(condition, holds);
        }
    }

    /// Forgets all that is said of variables.
    pub fn forget(&mut self, changed: &BTreeSet<u16>) {
        let subject = self.subject;
        if !changed.is_empty() {
            self.facts.retain(|(fact, _)| subject.within(*fact).all(|at| !is_of(subject, at, changed)));
        }
    }

    /// How a condition comes out, where that is known.
    pub fn answer(&self, condition: At) -> Option<bool> {
        match self.subject.script.node(condition) {
            Node::Flag(flag) => Some(flag),
            Node::Not(of) => self.answer(of).map(|holds| !holds),
            Node::And(parts) => self.in_turn(parts, false),
            Node::Or(parts) => self.in_turn(parts, true),
            node => self
                .written(node)
                .or_else(|| self.facts.iter().find_map(|(fact, holds)| self.follows(node, condition, *fact, *holds))),
        }
    }

    /// How `&&` or `||` comes out: each part is asked where none before it has decided.
    fn in_turn(&self, parts: Many, decides: bool) -> Option<bool> {
        let mut known = self.clone();
        let mut all = true;
        for part in self.subject.script.parts(parts) {
            match known.answer(*part) {
                Some(holds) if holds == decides => return Some(decides),
                answer => all &= answer.is_some(),
            }
            known.forget(&changed(self.subject, *part));
            known.learn(*part, !decides);
        }
        all.then_some(!decides)
    }

    /// The answer of a comparison that is the same whatever is proposed.
    fn written(&self, node: Node) -> Option<bool> {
        let Node::Binary(op, left, right) = node else { return None };
        let order = self.order(left, right);
        let is_size = |at| self.subject.kinds.is_size(at);
        let is_zero = |at| self.number(at).is_some_and(|number| number == 0.0);
        match op {
            Op::Equal | Op::Unequal => {
                let equal = self.are_equal(left, right).or((self.is_itself(left, right)).then_some(true))?;
                Some(equal == (op == Op::Equal))
            }
            Op::Less if is_size(left) && is_zero(right) => Some(false),
            Op::MoreOrEqual if is_size(left) && is_zero(right) => Some(true),
            Op::More if is_zero(left) && is_size(right) => Some(false),
            Op::LessOrEqual if is_zero(left) && is_size(right) => Some(true),
            Op::Less => order.map(Ordering::is_lt),
            Op::LessOrEqual => order.map(Ordering::is_le),
            Op::More => order.map(Ordering::is_gt),
            Op::MoreOrEqual => order.map(Ordering::is_ge),
            _ => None,
        }
    }

    /// Whether both are the same value, whatever that is.
    fn is_itself(&self, one: At, other: At) -> bool {
        self.is_stable(one) && self.same(one, other)
    }

    /// How two values stand to each other that are written down, or are one.
    fn order(&self, one: At, other: At) -> Option<Ordering> {
        match (self.number(one), self.number(other)) {
            (Some(one), Some(other)) => one.partial_cmp(&other),
            _ => self.is_itself(one, other).then_some(Ordering::Equal),
        }
    }

    /// A number that is written down.
    fn number(&self, at: At) -> Option<f64> {
        match self.subject.script.node(at) {
            Node::Count(count) => Some(count as f64),
            Node::Number(number) => Some(number),
            Node::Negate(of) => self.number(of).map(|number| -number),
            _ => None,
        }
    }

    /// Whether two values that are written down are equal.
    fn are_equal(&self, one: At, other: At) -> Option<bool> {
        let script = self.subject.script;
        match (script.node(one), script.node(other)) {
            (Node::Text(one), Node::Text(other)) => Some(one == other),
            (Node::Flag(one), Node::Flag(other)) => Some(one == other),
            (Node::Nothing, Node::Nothing) => Some(true),
            (Node::Nothing, Node::Text(_) | Node::Count(_) | Node::Number(_) | Node::Flag(_))
            | (Node::Text(_) | Node::Count(_) | Node::Number(_) | Node::Flag(_), Node::Nothing) => Some(false),
            _ => Some(self.number(one)? == self.number(other)?),
        }
    }

    /// What one condition says of another.
    fn follows(&self, node: Node, condition: At, fact: At, holds: bool) -> Option<bool> {
        if self.same(condition, fact) {
            return Some(holds);
        }
        let (Node::Binary(asked, left, right), Node::Binary(told, known_left, known_right)) =
            (node, self.subject.script.node(fact))
        else {
            return None;
        };
        let is_equality = |op| matches!(op, Op::Equal | Op::Unequal);
        if !is_equality(asked) || !is_equality(told) || !self.same(left, known_left) {
            return None;
        }
        // Whether they are known to be equal.
        let equal = holds == (told == Op::Equal);
        let answer = if self.same(right, known_right) {
            equal
        } else if equal && self.are_equal(right, known_right) == Some(false) {
            false
        } else {
            return None;
        };
        Some(answer == (asked == Op::Equal))
    }

    /// Whether two parts of a script are the same, word by word.
    fn same(&self, one: At, other: At) -> bool {
        let script = self.subject.script;
        let (a, b) = (script.made_of(one), script.made_of(other));
        let alike = match (script.node(one), script.node(other)) {
            (Node::Field(_, a), Node::Field(_, b)) => a == b,
            (Node::Binary(a, ..), Node::Binary(b, ..)) => a == b,
            (Node::Call(a, _), Node::Call(b, _)) => a == b,
            (Node::Item(..), Node::Item(..))
            | (Node::Not(_), Node::Not(_))
            | (Node::Negate(_), Node::Negate(_))
            | (Node::And(_), Node::And(_))
            | (Node::Or(_), Node::Or(_))
            | (Node::Coalesce(_), Node::Coalesce(_))
            | (Node::List(_), Node::List(_)) => true,
            (x, y) => a.is_empty() && b.is_empty() && x == y && !matches!(x, Node::Closure(_)),
        };
        alike && a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| self.same(*a, *b))
    }

    /// Whether asking again gives the same answer: nothing is reported, and no function of the rule is called.
    fn is_stable(&self, condition: At) -> bool {
        self.subject.within(condition).all(|at| match self.subject.script.node(at) {
            Node::Own(..) | Node::Closure(_) | Node::Block(_) => false,
            Node::Call(..) => self.subject.call(at).is_some_and(|(name, _)| !reports(name)),
            _ => true,
        })
    }
}

/// The variables that a part of a script sets, by their slots.
pub fn changed(subject: &Subject<'_>, at: At) -> BTreeSet<u16> {
    let script = subject.script;
    let set = subject.within(at).filter_map(|at| match script.node(at) {
        Node::Let(slot, _) => Some(slot),
        Node::For(number) => Some(script.loops[usize::from(number)].item),
        Node::Set(_, target, _) | Node::Push(target, _) => {
            let mut of = target;
            while let Node::Field(inner, _) | Node::Item(inner, _) = script.node(of) {
                of = inner;
            }
            match script.node(of) {
                Node::Local(slot) => Some(slot),
                _ => None,
            }
        }
        _ => None,
    });
    set.collect()
}

fn is_of(subject: &Subject<'_>, at: At, slots: &BTreeSet<u16>) -> bool {
    matches!(subject.script.node(at), Node::Local(slot) if slots.contains(&slot))
}
