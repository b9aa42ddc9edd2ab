//! Values that a script makes, or is given by the gate.

use super::{Answer, Run};
use crate::facts::{Read, Root};
use crate::policy::fault::{Misuse, impossible, misuse};
use crate::policy::script::{At, Many, Node, global};
use crate::policy::tracked;
use crate::policy::value::{self, Map, Moment, Text, Value};
use crate::proposal::{Scale, Tree};
use std::collections::BTreeMap;
use std::rc::Rc;

impl<'f> Run<'f> {
    #[inline(never)]
    pub(super) fn template(&mut self, parts: Many) -> Answer<'f> {
        let mut text = String::with_capacity(96);
        for part in self.rule.script.parts(parts) {
            let value = self.eval(*part)?;
            self.write(&mut text, &value)?;
            self.budget.text(text.len())?;
        }
        self.weighed(text.into())
    }

    #[inline(never)]
    pub(super) fn list(&mut self, items: Many) -> Answer<'f> {
        let mut made = Vec::with_capacity(items.len as usize);
        for item in self.rule.script.parts(items) {
            made.push(self.eval(*item)?);
        }
        self.weighed(Value::of_items(made))
    }

    #[inline(never)]
    pub(super) fn range(&mut self, from: At, to: At, inclusive: bool) -> Answer<'f> {
        let (from, to) = (self.eval(from)?, self.eval(to)?);
        let (Value::Count(from), Value::Count(to)) = (&from, &to) else {
            let message = "a range goes from one whole number to another";
            return Err(misuse("policy/wrong-type", message, "`0..len(list)`").into());
        };
        Ok(Value::Range { from: *from, to: to.saturating_add(i64::from(inclusive)) })
    }

    #[inline(never)]
    pub(super) fn map(&mut self, parts: Many) -> Answer<'f> {
        let mut map = Map { entries: BTreeMap::new(), depth: 1 };
        for pair in self.rule.script.parts(parts).chunks_exact(2) {
            let Node::Text(name) = self.rule.script.node(pair[0]) else {
                return Err(impossible("a map has a key that is no text").into());
            };
            let value = self.eval(pair[1])?;
            map.depth = map.depth.max(value.depth().saturating_add(1));
            map.entries.insert(Text::Borrowed(self.text(name)), value);
        }
        self.weighed(Value::Map(Rc::new(map)))
    }

    /// What a rule has made has a place in its budget.
    #[inline]
    pub(super) fn weighed(&mut self, value: Value<'f>) -> Answer<'f> {
        if let Value::Text(_) | Value::List(_) | Value::Map(_) = value {
            self.budget.weigh(&value)?;
        }
        Ok(value)
    }

    /// Writes a value into a text.
    ///
    /// # Errors
    /// When it is none that a text can hold: what a list looks like is for [`crate::policy::functions`] to say.
    pub fn write(&self, text: &mut String, value: &Value<'f>) -> Result<(), Misuse> {
        use std::fmt::Write;
        let _ = match value {
            Value::Nothing => Ok(()),
            Value::Flag(flag) => write!(text, "{flag}"),
            Value::Count(count) => write!(text, "{count}"),
            Value::Number(number) => write!(text, "{}", value::plain(*number)),
            Value::Text(part) => text.write_str(part),
            Value::Moment(moment) => text.write_str(&moment.told(self.zone.get_or_init(|| self.facts.zone()))),
            Value::Day(day) => write!(text, "{day}"),
            Value::TimeOfDay(time) => write!(text, "{time}"),
            Value::Length(length) => write!(text, "{length}"),
            Value::Node(node) => text.write_str(&self.facts.tree(node.root).written(node.id)),
            other => {
                let help = "`listed(list)` makes a sentence of the texts of a list";
                return Err(misuse(
                    "policy/wrong-type",
                    format!("{} can't be written into a text", other.kind()),
                    help,
                ));
            }
        };
        Ok(())
    }

    pub(super) fn global(&mut self, number: u8) -> Value<'f> {
        const PARAMS: u8 = global("params");
        const NOW: u8 = global("now");
        const PHASE: u8 = global("phase");
        const SCALE: u8 = global("scale");
        const STRICT: u8 = global("strict");
        match number {
            PARAMS => Value::Params(self.rule.params),
            NOW => Value::Moment(Moment(self.facts.now)),
            PHASE => self.facts.phase.as_str().into(),
            SCALE => self.scale().as_str().into(),
            STRICT => Value::Flag(self.is_strict()),
            _ => Value::Node(tracked::Node { root: Root::Evidence, id: Tree::ROOT }),
        }
    }

    /// How much the upgrade has to show.
    pub fn scale(&mut self) -> Scale {
        self.decided_by(self.facts.scaled_by());
        self.facts.scale.scale
    }

    /// Whether it is held to the stricter form of a rule.
    pub fn is_strict(&mut self) -> bool {
        self.decided_by(self.facts.strict_by());
        self.facts.scale.strict
    }

    /// What made the upgrade be of its scale counts as read, and the last place stays: a finding is about what the rule looked
    /// at for its own sake.
    fn decided_by(&mut self, decisive: impl Iterator<Item = Read>) {
        let last = self.reads.last();
        for read in decisive {
            self.reads.record(read, true);
        }
        if let Some(last) = last {
            self.reads.point(last);
        }
    }
}
