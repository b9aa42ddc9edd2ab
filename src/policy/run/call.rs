//! What goes on elsewhere and comes back: branches and loops, functions of the rule, closures, functions of the gate.

use super::{Answer, Run, Slot, Stop};
use crate::policy::budget::MOST_CALLS;
use crate::policy::fault::misuse;
use crate::policy::functions::Args;
use crate::policy::link::Linked;
use crate::policy::script::{At, Loop, Many, Node, Op};
use crate::policy::value::{Value, equal};
use crate::policy::walk::Walk;

/// What the turns of a loop have come to, in whatever way it is left.
struct SoFar {
    /// From where on what was read in those that changed nothing outside of the loop is set aside.
    aside: usize,
    /// The first of the slots whose variables were changed, in these turns or before the loop.
    changed: usize,
}

impl<'f> Run<'f> {
    /// A value that is true or false, and nothing else is taken for it. What is made of conditions is decided without making a value of each.
    pub(super) fn condition(&mut self, at: At) -> Result<bool, Stop> {
        if self.budget.is_slow() { self.condition_slowly(at) } else { self.condition_of(at) }
    }

    #[inline(always)]
    pub(super) fn condition_of(&mut self, at: At) -> Result<bool, Stop> {
        let node = self.rule.script.node(at);
        match node {
            Node::Not(of) => {
                self.step(at)?;
                return Ok(!self.condition(of)?);
            }
            Node::And(parts) | Node::Or(parts) => {
                self.step(at)?;
                return self.decided(parts, matches!(node, Node::Or(_)));
            }
            Node::Binary(op, left, right) if self.is_presence(op, right) => {
                self.step(at)?;
                return self.presence(op, left);
            }
            _ => {}
        }
        match self.eval(at)? {
            Value::Flag(flag) => Ok(flag),
            other => {
                let message = format!("a condition is true or false, and this is {}", other.kind());
                Err(Stop::from(misuse(
                    "policy/wrong-type",
                    message,
                    "ask for something of it: `x == ()`, `len(list) > 0`",
                ))
                .within(at))
            }
        }
    }

    /// Whether one of some conditions comes out as what decides all of them: what comes after that is not asked.
    pub(super) fn decided(&mut self, parts: Many, by: bool) -> Result<bool, Stop> {
        for part in self.rule.script.parts(parts) {
            if self.condition(*part)? == by {
                return Ok(by);
            }
        }
        Ok(!by)
    }

    /// Whether it is asked if something is there, which is what rules ask most.
    pub(super) fn is_presence(&self, op: Op, right: At) -> bool {
        matches!(op, Op::Equal | Op::Unequal) && matches!(self.rule.script.node(right), Node::Nothing)
    }

    pub(super) fn presence(&mut self, op: Op, left: At) -> Result<bool, Stop> {
        let is_nothing = if let Node::Local(slot) = self.rule.script.node(left) {
            self.step(left)?;
            self.slots[self.base + usize::from(slot)].value.is_nothing()
        } else {
            self.eval(left)?.is_nothing()
        };
        self.budget.step()?;
        Ok(is_nothing == (op == Op::Equal))
    }

    /// One turn of a loop; whether it was left by `break`.
    pub(super) fn turn(&mut self, body: At) -> Result<bool, Stop> {
        match self.eval(body) {
            Ok(_) | Err(Stop::Continue) => Ok(false),
            Err(Stop::Break) => Ok(true),
            Err(stop) => Err(stop),
        }
    }

    #[inline(never)]
    pub(super) fn as_long_as(&mut self, condition: At, body: At) -> Answer<'f> {
        while self.condition(condition)? {
            if self.turn(body)? {
                return Ok(std::mem::take(&mut self.given));
            }
        }
        Ok(Value::Nothing)
    }

    #[inline(never)]
    pub(super) fn do_until(&mut self, body: At, condition: At, until: bool) -> Answer<'f> {
        loop {
            if self.turn(body)? {
                return Ok(std::mem::take(&mut self.given));
            }
            if self.condition(condition)? == until {
                return Ok(Value::Nothing);
            }
        }
    }

    #[inline(never)]
    pub(super) fn walk(&mut self, number: u16) -> Answer<'f> {
        let parts = self.rule.script.loops[usize::from(number)];
        let over = self.eval(parts.over)?;
        let walk = self.walked(&over).map_err(|misuse| Stop::from(misuse).within(parts.over))?;
        let mut so_far = SoFar { aside: self.reads.aside(), changed: self.changed };
        let answer = self.turns(parts, walk, &mut so_far);
        self.reads.take_back(so_far.aside);
        self.changed = so_far.changed;
        answer
    }

    /// The turns of a `for`. What was read in one of them is set aside when it ends, unless it has changed a variable from outside of
    /// the loop: by that alone it can be a reason for what is found in a later one.
    fn turns(&mut self, parts: Loop, mut walk: Walk<'f>, so_far: &mut SoFar) -> Answer<'f> {
        let inside = self.base + usize::from(parts.item);
        let mut counter = 0;
        loop {
            let mark = self.reads.mark();
            self.changed = usize::MAX;
            let Some(item) = walk.next(self)? else { break };
            let origin = walk.is_of_facts().then(|| self.reads.last()).flatten();
            self.put_slot(parts.item, item, origin);
            if let Some(slot) = parts.counter {
                self.put_slot(slot, Value::Count(counter), None);
            }
            counter += 1;
            let turn = self.turn(parts.body);
            so_far.changed = so_far.changed.min(self.changed);
            if turn? {
                break;
            }
            if self.changed >= inside {
                self.reads.set_aside(mark, so_far.aside);
            }
        }
        Ok(std::mem::take(&mut self.given))
    }

    /// Calls a function of the rule. Its arguments come to stand where its frame begins.
    #[inline(never)]
    pub(super) fn own(&mut self, function: u16, arguments: Many) -> Answer<'f> {
        let frame = self.slots.len();
        for argument in self.rule.script.parts(arguments) {
            let value = self.eval(*argument)?;
            let origin = self.origin(*argument);
            self.slots.push(Slot { value, origin });
        }
        self.enter(function, frame)
    }

    /// Runs a function of the rule, whose arguments are the last slots from where its frame begins.
    pub(super) fn enter(&mut self, function: u16, frame: usize) -> Answer<'f> {
        if self.calls == MOST_CALLS {
            let help = "a rule has a bound on its work; look for a function that calls itself and does not end";
            let message = format!("its calls are nested more than {MOST_CALLS} deep");
            return Err(misuse("policy/limit-depth", message, help).into());
        }
        let function = self.rule.script.functions[usize::from(function)];
        let base = std::mem::replace(&mut self.base, frame);
        self.calls += 1;
        self.slots.resize_with(frame + usize::from(function.slots), Slot::default);
        let answer = self.eval(function.body);
        self.slots.truncate(frame);
        self.base = base;
        self.calls -= 1;
        self.returned(answer)
    }

    /// Calls a closure of the script that runs, in the frame that it stands in.
    pub fn closure(&mut self, number: u16, argument: Value<'f>) -> Answer<'f> {
        let closure = self.rule.script.closures[usize::from(number)];
        if closure.params != 1 {
            let message = format!("a closure of one parameter is needed here, and this has {}", closure.params);
            return Err(Stop::from(misuse("policy/wrong-type", message, "`|item| …`")).within(closure.body));
        }
        let origin = self.reads.last();
        self.put_slot(closure.first, argument, origin);
        let answer = self.eval(closure.body);
        self.returned(answer)
    }

    pub(super) fn returned(&mut self, answer: Answer<'f>) -> Answer<'f> {
        match answer {
            Err(Stop::Return) => Ok(std::mem::take(&mut self.given)),
            answer => answer,
        }
    }

    /// Whether a value is among the texts of a list that the script writes down, which need not be made for it.
    fn is_among(&mut self, arguments: Many) -> Result<Option<bool>, Stop> {
        let script = self.rule.script;
        let &[list, item] = script.parts(arguments) else { return Ok(None) };
        let Node::List(texts) = script.node(list) else { return Ok(None) };
        let texts = script.parts(texts);
        if !texts.iter().all(|text| matches!(script.node(*text), Node::Text(_))) {
            return Ok(None);
        }
        self.budget.work(1 + texts.len())?;
        let item = match self.eval(item)? {
            Value::Text(item) => item,
            Value::Nothing => return Ok(Some(false)),
            other => {
                // None of them is of its kind, which is told of the first.
                let Some(Node::Text(number)) = texts.first().map(|text| script.node(*text)) else { return Ok(None) };
                return Ok(Some(equal(&script.text(number).into(), &other)?));
            }
        };
        let is_item = |text: &At| matches!(script.node(*text), Node::Text(number) if *script.text(number) == *item);
        Ok(Some(texts.iter().any(is_item)))
    }

    /// Calls a function of the gate.
    #[inline(never)]
    pub(super) fn call(&mut self, at: At, callee: u16, arguments: Many) -> Answer<'f> {
        let Linked { function, place } = self.rule.functions[usize::from(callee)];
        if function.is_contains()
            && let Some(found) = self.is_among(arguments)?
        {
            return Ok(Value::Flag(found));
        }
        let mut args = Args::new(function);
        for (number, argument) in self.rule.script.parts(arguments).iter().enumerate() {
            let value = self.eval(*argument)?;
            if let Value::Text(text) = &value {
                // Most functions go through a text once or twice.
                self.budget.work(text.len() / 64)?;
            }
            args.push(value);
            if place == Some(number) {
                args.origin = self.origin(*argument);
            }
        }
        self.calling = at;
        let value = (function.call)(self, &args)?;
        self.weighed(value)
    }
}
