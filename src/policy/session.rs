//! The host's side of a running rule: what it reads and what it reports.
//!
//! Functions that the script engine calls are given the script's values and no state of the host. The state stands in a
//! thread-local, set for the length of one evaluation: two threads never share one, and a rule can't reach it.

use super::fault::misuse;
use super::functions::time::Moment;
use super::tracked::Node;
use crate::facts::{Facts, Read, Reads, Root};
use crate::finding::Level;
use crate::proposal::Tree;
use rhai::{Dynamic, EvalAltResult, Position};
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

/// What evaluation of one rule may cost. Operations are not time: a million took from a tenth of a second to a minute.
const MOST_OPERATIONS: u64 = 100_000;
const LONGEST: Duration = Duration::from_secs(2);
/// Findings of one rule about one proposal.
const MOST_FINDINGS: usize = 1_000;

/// A finding as a rule reported it, before its places are resolved.
#[derive(Debug)]
pub struct Reported {
    pub level: Level,
    pub message: String,
    pub help: Option<String>,
    pub primary: Option<Read>,
    pub reasons: Vec<Read>,
    /// Where in the rule.
    pub position: Position,
}

#[derive(Debug)]
pub struct Session {
    pub facts: Facts,
    pub reads: Reads,
    pub reported: Vec<Reported>,
    pub params: Dynamic,
    /// The highest level that the rule's header allows it to report.
    pub ceiling: Level,
    deadline: Option<Instant>,
}

thread_local! {
    /// The steps of the rule that runs. They stand beside the session, as they are counted some ten times as often as
    /// anything else is done.
    static STEPS: Cell<u64> = const { Cell::new(0) };
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

impl Session {
    pub fn new(facts: Facts) -> Self {
        Self {
            facts,
            reads: Reads::default(),
            reported: Vec::new(),
            params: Dynamic::UNIT,
            ceiling: Level::Deny,
            deadline: None,
        }
    }

    /// Makes ready for the next rule.
    pub fn rule(&mut self, params: Dynamic, ceiling: Level) {
        self.reads.clear();
        self.reported.clear();
        self.params = params;
        self.ceiling = ceiling;
        self.deadline = None;
        STEPS.set(0);
    }

    /// Whether the rule has come too far; an answer ends it.
    fn too_far(&mut self, steps: u64) -> Option<Dynamic> {
        if steps > MOST_OPERATIONS {
            return Some(limit("policy/limit-operations", format!("it took more than {MOST_OPERATIONS} steps")));
        }
        let deadline = *self.deadline.get_or_insert_with(|| Instant::now() + LONGEST);
        (Instant::now() > deadline)
            .then(|| limit("policy/limit-time", format!("it took longer than {} seconds", LONGEST.as_secs())))
    }
}

fn limit(code: &'static str, message: String) -> Dynamic {
    let help = "look for a loop that does not end, or one that runs over too much".to_owned();
    Dynamic::from(super::fault::Misuse { code, message, help })
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
pub const GLOBALS: &[&str] = &["params", "now", "phase", "evidence"];

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
            _ => Dynamic::from(Node { root: Root::Evidence, id: Tree::ROOT }),
        })
    })
}

/// Called by the engine at each step; an answer ends the rule.
pub fn progress() -> Option<Dynamic> {
    let steps = STEPS.get() + 1;
    STEPS.set(steps);
    // The clock is asked seldom, as it costs more than a step; a rule that takes few steps never asks it.
    if steps <= MOST_OPERATIONS && !steps.is_multiple_of(1_024) {
        return None;
    }
    SESSION.with_borrow_mut(|session| session.as_mut().and_then(|session| session.too_far(steps)))
}

/// Records a finding, and gives its number.
pub fn report(level: Level, message: &str, position: Position) -> Result<usize, Box<EvalAltResult>> {
    with(|session| {
        if level > session.ceiling {
            let help = format!("raise `level` in the rule's header to \"{level}\"");
            return Err(misuse(
                "policy/level",
                format!("it reports {level} and its level is {}", session.ceiling),
                help,
            ));
        }
        if session.reported.len() == MOST_FINDINGS {
            let help = "report once for a list, and say how many there are";
            return Err(misuse(
                "policy/limit-findings",
                format!("it reports more than {MOST_FINDINGS} findings"),
                help,
            ));
        }
        session.reported.push(Reported {
            level,
            message: message.to_owned(),
            help: None,
            primary: session.reads.last(),
            reasons: session.reads.reasons().to_vec(),
            position,
        });
        Ok(session.reported.len() - 1)
    })?
}
