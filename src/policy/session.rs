//! The host's side of a running rule: what it reads and what it reports.
//!
//! Functions that the script engine calls are given the script's values and no state of the host. The state stands in a
//! thread-local, set for the length of one evaluation: two threads never share one, and a rule can't reach it.

use super::fault::{Misuse, misuse};
use super::functions::time::Moment;
use super::memory;
use super::reported::{Owed, Reported};
use super::tracked::Node;
use crate::facts::{Facts, Reads, Root};
use crate::finding::Level;
use crate::proposal::Tree;
use rhai::{Dynamic, EvalAltResult};
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

/// What evaluation of one rule may cost. Operations are not time: a million took from a tenth of a second to a minute.
const MOST_OPERATIONS: u64 = 100_000;
/// What all rules may take together for one proposal; the clock is asked of those that take many steps.
const LONGEST: Duration = Duration::from_secs(2);
/// How much memory the process may come to hold besides. What a closure captures escapes the engine's limits on sizes.
const MOST_MEMORY: usize = 192 << 20;
/// Steps, and work of native functions as [`work`] counts it, between two looks at the clock and the memory.
const STRIDE: u64 = 1_024;
#[derive(Debug)]
pub struct Session {
    pub facts: Facts,
    pub reads: Reads,
    pub reported: Vec<Reported>,
    pub owed: Vec<Owed>,
    pub params: Dynamic,
    /// The highest level that the rule's header allows it to report.
    pub ceiling: Level,
    operations: u64,
    /// Steps and work since the clock was asked.
    unwatched: u64,
    /// Steps that the rule may take before this is asked again; how many of them are left stands in [`LEFT`].
    granted: u64,
    watch: Option<Watch>,
}

/// Begins when the first rule takes many steps, and holds for all rules of one evaluation.
#[derive(Debug, Clone, Copy)]
struct Watch {
    deadline: Instant,
    memory: Option<usize>,
}

thread_local! {
    /// The steps that are left of those granted. It stands beside the session, as nothing is done nearly as often as a step.
    static LEFT: Cell<u64> = const { Cell::new(0) };
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

impl Session {
    pub fn new(facts: Facts) -> Self {
        Self {
            facts,
            reads: Reads::default(),
            reported: Vec::new(),
            owed: Vec::new(),
            params: Dynamic::UNIT,
            ceiling: Level::Deny,
            operations: 0,
            unwatched: 0,
            granted: 0,
            watch: None,
        }
    }

    /// Makes ready for the next rule.
    pub fn rule(&mut self, params: Dynamic, ceiling: Level) {
        self.reads.clear();
        self.reported.clear();
        self.owed.clear();
        self.params = params;
        self.ceiling = ceiling;
        self.settle();
        self.operations = 0;
        self.unwatched = 0;
    }

    /// The scale of the upgrade. What made it so counts as read, and the last place stays: a finding is about what the rule
    /// looked at for its own sake.
    fn scale(&mut self) -> &'static str {
        let last = self.reads.last();
        for read in self.facts.scaled_by() {
            self.reads.record(read, true);
        }
        if let Some(last) = last {
            self.reads.point(last);
        }
        self.facts.scale.scale.as_str()
    }

    /// Counts the steps that were taken of those granted.
    fn settle(&mut self) {
        let taken = self.granted - LEFT.replace(0).min(self.granted);
        self.granted = 0;
        self.operations += taken;
        self.unwatched += taken;
    }

    /// Counts a step of the rule when none is left, and grants those up to the next limit; an answer ends it.
    fn tick(&mut self) -> Option<Misuse> {
        self.settle();
        self.operations += 1;
        if self.operations > MOST_OPERATIONS {
            return Some(limit("policy/limit-operations", format!("it took more than {MOST_OPERATIONS} steps")));
        }
        let ended = self.pass(1);
        self.granted = (MOST_OPERATIONS - self.operations).min(STRIDE - 1 - self.unwatched);
        LEFT.set(self.granted);
        ended
    }

    /// Counts work, and looks at the clock and the memory now and then: that costs more than a step, and a rule that does
    /// little never asks for it.
    fn pass(&mut self, work: u64) -> Option<Misuse> {
        self.settle();
        self.unwatched += work;
        if self.unwatched < STRIDE {
            return None;
        }
        self.unwatched = 0;
        let now = Instant::now();
        let held = memory::held();
        let watch = *self.watch.get_or_insert_with(|| Watch { deadline: now + LONGEST, memory: held });
        if now > watch.deadline {
            return Some(limit(
                "policy/limit-time",
                format!("the rules took longer than {} seconds", LONGEST.as_secs()),
            ));
        }
        let grown = held.zip(watch.memory).map_or(0, |(held, before)| held.saturating_sub(before));
        if grown > MOST_MEMORY {
            return Some(too_much_memory());
        }
        None
    }
}

/// The system tells what the process holds, and not who took it.
fn too_much_memory() -> Misuse {
    Misuse {
        code: "policy/limit-memory",
        message: format!("the process grew by more than {} MiB while it ran", MOST_MEMORY >> 20),
        help:
            "look for a loop that keeps what it makes; where many proposals are judged at once another rule may be the \
               cause: judge this one alone to tell"
                .to_owned(),
    }
}

fn limit(code: &'static str, message: String) -> Misuse {
    Misuse { code, message, help: "look for a loop that does not end, or one that runs over too much".to_owned() }
}

/// Begins an evaluation on this thread.
pub fn begin(session: Session) {
    SESSION.set(Some(session));
}

/// Ends it.
pub fn end() -> Option<Session> {
    SESSION.take()
}

/// Does something with the session of this thread.
pub fn with<R>(act: impl FnOnce(&mut Session) -> R) -> Result<R, Box<EvalAltResult>> {
    SESSION.with_borrow_mut(|session| session.as_mut().map(act)).ok_or_else(|| {
        misuse("policy/outside-check", "facts can be read in `check` alone", "move this into `fn check(p)`")
    })
}

/// What a rule sees besides `p` and what it declares.
pub const GLOBALS: &[&str] = &["params", "now", "phase", "scale", "evidence"];

/// Resolves one of [`GLOBALS`]; any other name is the script's own.
pub fn global(name: &str) -> Result<Option<Dynamic>, Box<EvalAltResult>> {
    if !GLOBALS.contains(&name) {
        return Ok(None);
    }
    with(|session| {
        Some(match name {
            "params" => session.params.clone(),
            "now" => Dynamic::from(Moment(session.facts.now)),
            "phase" => session.facts.phase.as_str().into(),
            "scale" => session.scale().into(),
            _ => Dynamic::from(Node { root: Root::Evidence, id: Tree::ROOT }),
        })
    })
}

/// Called by the engine at each step.
pub fn progress() -> Option<Dynamic> {
    let left = LEFT.get();
    if left > 0 {
        LEFT.set(left - 1);
        return None;
    }
    SESSION.with_borrow_mut(|session| session.as_mut().and_then(Session::tick)).map(Dynamic::from)
}

/// Called by functions of ours that do more than a step's work, with about how many microseconds that may take: the engine
/// sees a call as one step whatever it does.
pub fn work(amount: usize) -> Result<(), Box<EvalAltResult>> {
    let ended = SESSION.with_borrow_mut(|session| session.as_mut().and_then(|session| session.pass(amount as u64)));
    ended.map_or(Ok(()), |Misuse { code, message, help }| Err(misuse(code, message, help)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn memory_is_told_of_the_process_and_not_of_the_rule_alone() {
        let told = super::too_much_memory();
        assert!(told.message.starts_with("the process grew"), "{}", told.message);
        assert!(told.help.contains("another rule may be the cause"), "{}", told.help);
    }
}
