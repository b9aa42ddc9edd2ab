//! The arguments of a call, as the function wants them.

use super::Function;
use crate::facts::Read;
use crate::policy::fault::{ASK_FIRST, Misuse, misuse};
use crate::policy::header::Param;
use crate::policy::run::Run;
use crate::policy::tracked::Node;
use crate::policy::value::{Moment, Text, TimeOfDay, Value};
use arrayvec::ArrayVec;

/// The most arguments that any function takes.
pub(super) const MOST: usize = 6;

/// The arguments of one call.
#[derive(Debug)]
pub struct Args<'f> {
    function: &'static Function,
    values: ArrayVec<Value<'f>, MOST>,
    /// Where the argument that is a place was read, where that is known.
    pub origin: Option<Read>,
}

impl<'f> Args<'f> {
    pub fn new(function: &'static Function) -> Self {
        Self { function, values: ArrayVec::new_const(), origin: None }
    }

    pub fn push(&mut self, value: Value<'f>) {
        // No function that is linked takes more, which a test holds.
        self.values.push(value);
    }

    pub const fn len(&self) -> usize {
        self.values.len()
    }

    pub fn value(&self, number: usize) -> &Value<'f> {
        &self.values[number]
    }

    pub fn text(&self, number: usize) -> Result<&Text<'f>, Misuse> {
        match &self.values[number] {
            Value::Text(text) => Ok(text),
            _ => Err(self.wrong(number, "a text")),
        }
    }

    pub fn flag(&self, number: usize) -> Result<bool, Misuse> {
        match self.values[number] {
            Value::Flag(flag) => Ok(flag),
            _ => Err(self.wrong(number, "true or false")),
        }
    }

    pub fn count(&self, number: usize) -> Result<i64, Misuse> {
        match self.values[number] {
            Value::Count(count) => Ok(count),
            _ => Err(self.wrong(number, "a whole number")),
        }
    }

    pub fn moment(&self, number: usize) -> Result<Moment, Misuse> {
        match self.values[number] {
            Value::Moment(moment) => Ok(moment),
            _ => Err(self.wrong(number, "a point in time")),
        }
    }

    pub fn time_of_day(&self, number: usize) -> Result<TimeOfDay, Misuse> {
        match self.values[number] {
            Value::TimeOfDay(time) => Ok(time),
            _ => Err(self.wrong(number, "a time of day")),
        }
    }

    pub fn report(&self, number: usize) -> Result<usize, Misuse> {
        match self.values[number] {
            Value::Report(report) => Ok(report),
            _ => Err(self.wrong(number, "a report")),
        }
    }

    /// An object of the facts, or none where it is absent.
    pub fn object(&self, number: usize) -> Result<Option<Node>, Misuse> {
        match self.values[number] {
            Value::Node(node) => Ok(Some(node)),
            Value::Nothing => Ok(None),
            _ => Err(self.wrong(number, "an object of the proposal")),
        }
    }

    pub fn closure(&self, number: usize) -> Result<u16, Misuse> {
        match self.values[number] {
            Value::Closure(closure) => Ok(closure),
            _ => Err(self.wrong(number, "a closure")),
        }
    }

    /// The texts of a list.
    pub fn texts(&self, run: &mut Run<'f>, number: usize) -> Result<Vec<Text<'f>>, Misuse> {
        let mut texts = Vec::new();
        self.each_text(run, number, |left, _, text| {
            if texts.is_empty() {
                texts.reserve(left + 1);
            }
            texts.push(text);
            Ok(())
        })?;
        Ok(texts)
    }

    /// Whether something holds of one of the texts of a list, each of which takes so many steps to tell of.
    pub fn any_text(
        &self,
        run: &mut Run<'f>,
        number: usize,
        steps: usize,
        holds: impl Fn(&str) -> bool,
    ) -> Result<bool, Misuse> {
        // Those of a parameter are many, always the same, and all texts.
        if let Value::Given(items) = &self.values[number]
            && items.iter().all(|item| matches!(item, Param::Text(_)))
        {
            run.budget.work(items.len() * (1 + steps))?;
            return Ok(items.iter().any(|item| matches!(item, Param::Text(text) if holds(text))));
        }
        let mut any = false;
        self.each_text(run, number, |_, run, text| {
            run.budget.work(steps)?;
            any = any || holds(&text);
            Ok(())
        })?;
        Ok(any)
    }

    fn each_text(
        &self,
        run: &mut Run<'f>,
        number: usize,
        mut take: impl FnMut(usize, &mut Run<'f>, Text<'f>) -> Result<(), Misuse>,
    ) -> Result<(), Misuse> {
        let mut walk = run.walked(&self.values[number])?;
        while let Some(item) = walk.next(run)? {
            match item {
                Value::Text(text) => {
                    run.budget.work(text.len() / 64)?;
                    take(walk.left(), run, text)?;
                }
                other => {
                    let message = format!(
                        "`{}` needs a list of texts, and this one holds {}",
                        self.function.form(),
                        other.kind()
                    );
                    return Err(misuse("policy/wrong-type", message, "take a field of each item with `map` first"));
                }
            }
        }
        Ok(())
    }

    /// The error of an argument that is of another kind.
    pub fn wrong(&self, number: usize, wanted: &str) -> Misuse {
        const NUMBERS: [&str; MOST] = ["first", "second", "third", "fourth", "fifth", "sixth"];
        let value = &self.values[number];
        let which = if self.len() == 1 { String::new() } else { format!(" as its {} argument", NUMBERS[number]) };
        let message = format!("`{}` takes {wanted}{which}, and this is {}", self.function.form(), value.kind());
        let help = if value.is_nothing() { ASK_FIRST } else { "what each function takes is told in docs/functions.md" };
        misuse("policy/wrong-type", message, help)
    }
}
