//! Running a script over facts: one node after the other, each of them a step of a budget.
//!
//! A run has no state but its own and asks nothing of the machine: how far a rule gets depends on the rule and the facts alone,
//! so that a rule which is ended by a limit is ended in the same place everywhere.

mod call;
mod change;
mod check;
mod make;
mod slow;
mod stop;

use super::arithmetic;
use super::budget::Budget;
use super::functions::known::Known;
use super::header::Param;
use super::link::Linked;
use super::reported::{Owed, Reported, Surplus};
use super::script::{At, Laid, Node, Op};
use super::trace::Tape;
use super::value::{Value, equal, order};
use crate::facts::{Facts, Read, Reads};
use crate::finding::Level;
use jiff::tz::TimeZone;
use std::cell::OnceCell;
use std::collections::BTreeMap;
pub use stop::{Answer, Failure, Stop};

/// A rule, as a run needs it.
#[derive(Debug, Clone, Copy)]
pub struct Runnable<'f> {
    pub script: Laid<'f>,
    /// What [`Script::callees`](super::script::Script::callees) are.
    pub functions: &'f [Linked],
    pub params: &'f BTreeMap<String, Param>,
    /// The highest level that the rule's header allows it to report.
    pub ceiling: Level,
}

/// The evaluation of rules over the facts of one proposal.
#[derive(Debug)]
pub struct Run<'f> {
    pub facts: &'f Facts,
    pub reads: Reads,
    pub reported: Vec<Reported>,
    pub owed: Vec<Owed>,
    /// What was said beyond what is told one by one.
    pub surplus: Option<Surplus>,
    pub budget: Budget,
    /// The call of a function of the gate that is being answered.
    pub calling: At,
    /// Who and what the proposal names.
    pub known: Known,
    /// What the rule leaves behind, where somebody asks; then its steps are counted, too.
    pub tape: Option<Box<Tape>>,
    rule: Runnable<'f>,
    /// In which the people at work count hours; looked up when the first time is told.
    zone: OnceCell<TimeZone>,
    slots: Vec<Slot<'f>>,
    /// Where the frame of the running function begins in `slots`.
    base: usize,
    /// The first of the slots whose variables the running turn of a loop has changed.
    changed: usize,
    calls: u8,
    given: Value<'f>,
}

/// A variable.
#[derive(Debug, Default, Clone)]
struct Slot<'f> {
    value: Value<'f>,
    /// Where that was read, where it is known.
    origin: Option<Read>,
}

/// Before the first one.
const NO_RULE: Runnable<'static> =
    Runnable { script: Laid::EMPTY, functions: &[], params: &BTreeMap::new(), ceiling: Level::Info };

impl<'f> Run<'f> {
    pub fn new(facts: &'f Facts) -> Self {
        Self {
            facts,
            reads: Reads::default(),
            reported: Vec::new(),
            owed: Vec::new(),
            surplus: None,
            budget: Budget::default(),
            calling: 0,
            known: Known::default(),
            tape: None,
            rule: NO_RULE,
            zone: OnceCell::new(),
            slots: Vec::new(),
            base: 0,
            changed: usize::MAX,
            calls: 0,
            given: Value::Nothing,
        }
    }

    pub fn ceiling(&self) -> Level {
        self.rule.ceiling
    }

    /// A text of the script.
    pub fn text(&self, number: u32) -> &'f str {
        self.rule.script.text(number)
    }

    /// Most of what is evaluated are variables and texts, which need no call.
    #[inline(always)]
    fn eval(&mut self, at: At) -> Answer<'f> {
        if self.budget.is_slow() {
            return self.eval_slowly(at);
        }
        self.step(at)?;
        self.evaluated(at)
    }

    /// What a node comes to, the step to it being taken.
    #[inline(always)]
    fn evaluated(&mut self, at: At) -> Answer<'f> {
        let mut answer = match self.rule.script.node(at) {
            Node::Local(slot) => return Ok(self.local(slot)),
            Node::Text(number) => return Ok(self.rule.script.text(number).into()),
            node => self.node(at, node),
        };
        if let Err(stop) = &mut answer {
            stop.is_within(at);
        }
        answer
    }

    #[inline(always)]
    fn step(&mut self, at: At) -> Result<(), Stop> {
        if self.budget.is_slow() {
            return self.step_slowly(at);
        }
        self.budget.step_at(at).map_err(|misuse| Stop::from(misuse).within(at))
    }

    fn local(&self, slot: u16) -> Value<'f> {
        self.slots[self.base + usize::from(slot)].value.clone()
    }

    /// What is rarer, or large, is a function of its own that is not put in here: what this takes of the stack it takes at every step.
    #[inline(never)]
    fn node(&mut self, at: At, node: Node) -> Answer<'f> {
        Ok(match node {
            Node::Nothing => Value::Nothing,
            Node::Flag(flag) => Value::Flag(flag),
            Node::Count(count) => Value::Count(count),
            Node::Number(number) => Value::Number(number),
            Node::Text(number) => self.rule.script.text(number).into(),
            Node::Template(parts) => return self.template(parts),
            Node::List(items) => return self.list(items),
            Node::Map(parts) => return self.map(parts),
            Node::Local(slot) => self.local(slot),
            Node::Global(number) => self.global(number),
            Node::Field(of, name) => {
                // Most are fields of what a variable holds, which is looked at where it stands.
                if let Node::Local(slot) = self.rule.script.node(of)
                    && let Value::Node(node) = self.slots[self.base + usize::from(slot)].value
                {
                    self.budget.step()?;
                    return match self.written_field(node, self.rule.script.bytes(name)) {
                        Some(value) => Ok(value),
                        None => Ok(self.field_of_facts(node, self.rule.script.text(name))?),
                    };
                }
                let of = self.eval(of)?;
                return match of {
                    Value::Nothing => Ok(Value::Nothing),
                    of => Ok(self.field(&of, self.rule.script.text(name))?),
                };
            }
            Node::Item(of, index) => {
                let of = self.eval(of)?;
                let index = self.eval(index)?;
                return Ok(self.item(&of, &index)?);
            }
            Node::Not(of) => Value::Flag(!self.condition(of)?),
            Node::Negate(of) => arithmetic::negated(&self.eval(of)?)?,
            Node::Binary(op, left, right) if self.is_presence(op, right) => Value::Flag(self.presence(op, left)?),
            Node::Binary(op, left, right) => {
                let left = self.eval(left)?;
                let right = self.eval(right)?;
                return self.binary(op, &left, &right);
            }
            Node::And(parts) => Value::Flag(self.decided(parts, false)?),
            Node::Or(parts) => Value::Flag(self.decided(parts, true)?),
            Node::Coalesce(parts) => {
                for part in self.rule.script.parts(parts) {
                    let value = self.eval(*part)?;
                    if !value.is_nothing() {
                        return Ok(value);
                    }
                }
                Value::Nothing
            }
            Node::Call(callee, arguments) => return self.call(at, callee, arguments),
            Node::Own(function, arguments) => return self.own(function, arguments),
            Node::Closure(number) => Value::Closure(number),
            Node::Range(from, to, inclusive) => return self.range(from, to, inclusive),
            Node::If(condition, then, otherwise) => {
                let branch = if self.condition(condition)? { then } else { otherwise };
                return self.eval(branch);
            }
            Node::While(condition, body) => return self.as_long_as(condition, body),
            Node::Do(body, condition, until) => return self.do_until(body, condition, until),
            Node::For(number) => return self.walk(number),
            Node::Let(slot, value) => {
                let given = self.eval(value)?;
                let origin = self.origin(value);
                self.put_slot(slot, given, origin);
                Value::Nothing
            }
            Node::Set(op, target, value) => {
                self.set(op, target, value)?;
                Value::Nothing
            }
            Node::Push(target, value) => {
                self.push(target, value)?;
                Value::Nothing
            }
            Node::Block(statements) => {
                let Some((last, before)) = self.rule.script.parts(statements).split_last() else {
                    return Ok(Value::Nothing);
                };
                for statement in before {
                    self.eval(*statement)?;
                }
                return self.eval(*last);
            }
            Node::Return(value) => {
                self.given = self.eval(value)?;
                return Err(Stop::Return);
            }
            Node::Break(value) => {
                self.given = self.eval(value)?;
                return Err(Stop::Break);
            }
            Node::Continue => return Err(Stop::Continue),
        })
    }

    fn binary(&mut self, op: Op, left: &Value<'f>, right: &Value<'f>) -> Answer<'f> {
        Ok(match op {
            Op::Equal => Value::Flag(equal(left, right)?),
            Op::Unequal => Value::Flag(!equal(left, right)?),
            Op::Less => Value::Flag(order(left, right)?.is_lt()),
            Op::LessOrEqual => Value::Flag(order(left, right)?.is_le()),
            Op::More => Value::Flag(order(left, right)?.is_gt()),
            Op::MoreOrEqual => Value::Flag(order(left, right)?.is_ge()),
            op => {
                let value = arithmetic::calculate(op, left, right)?;
                return self.weighed(value);
            }
        })
    }
}
