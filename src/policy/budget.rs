//! What a rule may cost. It is counted, not timed: a limit ends a rule in the same place on every machine.

use super::coverage::Steps;
use super::fault::{Misuse, misuse};
use super::script::{At, LONGEST_TEXT, MOST_ENTRIES, MOST_ITEMS};
use super::value::{List, Map, Text, Value};
use std::rc::Rc;

/// Steps of one rule: nodes that it evaluates, and the work of functions.
const MOST_STEPS: u64 = 1_000_000;
/// Steps of all rules together for one proposal. Most take some thirty nanoseconds and the slowest about a microsecond, so that this
/// stands for a fraction of a second, and for some five seconds at the worst.
const MOST_STEPS_OF_ALL: u64 = 5_000_000;
/// What one rule may make, in bytes, whether it keeps it or not.
const MOST_MADE: usize = 64 << 20;
/// How deep lists and maps may be nested.
pub const DEEPEST: u8 = 32;
/// The stack of a thread on which rules are evaluated, in bytes. Rules may call 32 levels deep with expressions of 32 levels, which
/// overflows the two megabytes that a thread has otherwise.
pub const STACK: usize = 16 << 20;
/// How deep calls of a rule's own functions may be nested.
pub const MOST_CALLS: u8 = 32;
/// About what an entry of a map takes besides its key.
const ENTRY: usize = 64;

/// What a rule may cost, in words, for docs/functions.md.
pub fn limits() -> Vec<(&'static str, String)> {
    vec![
        ("steps of one rule", grouped(MOST_STEPS)),
        ("steps of all rules for one proposal", grouped(MOST_STEPS_OF_ALL)),
        ("what one rule makes, kept or not", format!("{} MiB", MOST_MADE >> 20)),
        ("bytes of a text", LONGEST_TEXT.to_string()),
        ("items of a list", MOST_ITEMS.to_string()),
        ("entries of a map", MOST_ENTRIES.to_string()),
        ("lists and maps in each other", DEEPEST.to_string()),
        ("calls of its own functions in each other", MOST_CALLS.to_string()),
    ]
}

fn grouped(steps: u64) -> String {
    format!("{},{:03},000", steps / 1_000_000, steps / 1_000 % 1_000)
}

/// What is left of it.
#[derive(Debug)]
pub struct Budget {
    steps: u64,
    /// Of all rules, without those that the running one has been granted.
    all: u64,
    made: usize,
    /// Where steps are taken, where somebody asks. Then there are none in `steps`, so that nobody else pays for the question.
    counted: Option<Counted>,
}

#[derive(Debug)]
struct Counted {
    /// What else would be in `steps`.
    left: u64,
    steps: Steps,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: 0, all: MOST_STEPS_OF_ALL, made: 0, counted: None }
    }
}

impl Budget {
    /// Makes ready for the next rule.
    pub fn next_rule(&mut self) {
        self.all += self.left();
        let granted = MOST_STEPS.min(self.all);
        self.all -= granted;
        match &mut self.counted {
            Some(counted) => counted.left = granted,
            None => self.steps = granted,
        }
        self.made = 0;
    }

    /// From the next rule on, also counts where steps are taken.
    pub fn count(&mut self) {
        self.counted = Some(Counted { left: std::mem::take(&mut self.steps), steps: Steps::default() });
    }

    /// Where the steps of the rule were taken that ran last, where they are counted.
    pub fn counted(&mut self) -> Steps {
        self.counted.as_mut().map(|counted| std::mem::take(&mut counted.steps)).unwrap_or_default()
    }

    fn left(&self) -> u64 {
        self.counted.as_ref().map_or(self.steps, |counted| counted.left)
    }

    /// Whether the next step is none that is simply taken: it is counted where it is taken, or there is none left.
    #[inline]
    pub const fn is_slow(&self) -> bool {
        self.steps == 0
    }

    /// Takes a step.
    #[inline]
    pub fn step(&mut self) -> Result<(), Misuse> {
        if self.steps == 0 {
            return self.take_counted(1);
        }
        self.steps -= 1;
        Ok(())
    }

    /// Takes a step at a node.
    #[inline]
    pub fn step_at(&mut self, at: At) -> Result<(), Misuse> {
        if self.steps == 0 {
            return self.take_counted_at(at);
        }
        self.steps -= 1;
        Ok(())
    }

    #[cold]
    fn take_counted_at(&mut self, at: At) -> Result<(), Misuse> {
        self.take_counted(1)?;
        if let Some(counted) = &mut self.counted {
            counted.steps.took(at);
        }
        Ok(())
    }

    #[cold]
    fn take_counted(&mut self, steps: u64) -> Result<(), Misuse> {
        let left = self.counted.as_mut().and_then(|counted| Some((counted.left.checked_sub(steps)?, counted)));
        let Some((left, counted)) = left else { return Err(self.spent()) };
        counted.left = left;
        Ok(())
    }

    /// Does the work of some steps: what a function does that takes longer than one, in microseconds or so.
    pub fn work(&mut self, steps: usize) -> Result<(), Misuse> {
        match self.steps.checked_sub(steps as u64) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => self.take_counted(steps as u64),
        }
    }

    #[cold]
    fn spent(&mut self) -> Misuse {
        let help = "look for a loop that does not end, or one that runs over too much";
        self.steps = 0;
        if let Some(counted) = &mut self.counted {
            counted.left = 0;
        }
        if self.all == 0 {
            let message = format!("all rules together took more than {MOST_STEPS_OF_ALL} steps");
            misuse("policy/limit-time", message, help)
        } else {
            misuse("policy/limit-operations", format!("it took more than {MOST_STEPS} steps"), help)
        }
    }

    /// Counts what was made.
    pub fn weigh(&mut self, value: &Value<'_>) -> Result<(), Misuse> {
        match value {
            Value::Text(Text::Made(text)) => {
                self.text(text.len())?;
                self.make(text.len())
            }
            Value::List(list) => {
                self.nest(list.depth)?;
                if list.items.len() > MOST_ITEMS {
                    return Err(too_large(format!(
                        "a list of {} items, where {MOST_ITEMS} are the most",
                        list.items.len()
                    )));
                }
                self.make(list.items.len() * size_of::<Value<'_>>())
            }
            Value::Map(map) => {
                self.nest(map.depth)?;
                self.grow_map(map.entries.len(), 0)?;
                self.make(map.entries.len() * ENTRY)
            }
            _ => Ok(()),
        }
    }

    /// Holds a text of some bytes against the limit.
    pub fn text(&self, bytes: usize) -> Result<(), Misuse> {
        if bytes > LONGEST_TEXT {
            return Err(too_large(format!("a text of {bytes} bytes, where {LONGEST_TEXT} are the most")));
        }
        Ok(())
    }

    /// Counts one more entry of a map.
    pub fn grow_map(&mut self, entries: usize, key: usize) -> Result<(), Misuse> {
        if entries > MOST_ENTRIES {
            return Err(too_large(format!("a map of {entries} entries, where {MOST_ENTRIES} are the most")));
        }
        self.make(ENTRY + key)
    }

    /// Counts one more item of a list.
    pub fn grow_list(&mut self, items: usize) -> Result<(), Misuse> {
        if items > MOST_ITEMS {
            return Err(too_large(format!("a list of {items} items, where {MOST_ITEMS} are the most")));
        }
        self.make(size_of::<Value<'_>>())
    }

    pub fn nest(&self, depth: u8) -> Result<(), Misuse> {
        if depth > DEEPEST { Err(too_deep()) } else { Ok(()) }
    }

    /// What is shared is copied before it is changed, which is counted.
    pub fn own<'v, T: Sized + Clone + Weight>(&mut self, shared: &'v mut Rc<T>) -> Result<&'v mut T, Misuse> {
        if Rc::strong_count(shared) > 1 {
            self.work(shared.parts() / 8)?;
            self.make(shared.parts() * ENTRY)?;
        }
        Ok(Rc::make_mut(shared))
    }

    fn make(&mut self, bytes: usize) -> Result<(), Misuse> {
        self.made += bytes;
        if self.made > MOST_MADE {
            let message = format!("it made more than {} MiB of texts, lists and maps", MOST_MADE >> 20);
            return Err(misuse("policy/limit-memory", message, "look for a loop that copies what it does not need"));
        }
        Ok(())
    }
}

/// How many parts are copied with it.
pub trait Weight {
    fn parts(&self) -> usize;
}

impl Weight for List<'_> {
    fn parts(&self) -> usize {
        self.items.len()
    }
}

impl Weight for Map<'_> {
    fn parts(&self) -> usize {
        self.entries.len()
    }
}

pub fn too_deep() -> Misuse {
    too_large(format!("lists or maps that are nested more than {DEEPEST} deep"))
}

fn too_large(what: String) -> Misuse {
    let help = "a rule has a bound on its work; look for a loop that does not end, or a text that grows";
    misuse("policy/limit-size", format!("it makes {what}"), help)
}

#[cfg(test)]
mod tests {
    use super::Budget;

    /// What seven rules get done that end when they may do no more, but for one that ends by itself.
    fn done(mut budget: Budget) -> Vec<(u64, Option<String>)> {
        let rules = (1..=7).map(|rule| {
            budget.next_rule();
            let mut done = 0;
            loop {
                let step = match done % 3 {
                    0 => budget.step(),
                    1 => budget.step_at(rule),
                    _ => budget.work(rule as usize * 100),
                };
                match step {
                    Err(misuse) => return (done, Some(misuse.message)),
                    Ok(()) if rule == 3 && done == 1000 => return (done, None),
                    Ok(()) => done += 1,
                }
            }
        });
        rules.collect()
    }

    #[test]
    fn counting_where_steps_are_taken_moves_no_limit() {
        let mut counted = Budget::default();
        counted.count();
        let plain = done(Budget::default());
        assert_eq!(plain, done(counted));
        assert!(plain.last().is_some_and(|(done, _)| *done == 0), "{plain:?}");
    }
}
