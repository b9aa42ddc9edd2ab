//! What decided what a rule said: the conditions behind which it reports, and those with which it ends.

use super::tape::Frame;
use super::walk::{Here, Walk, flag};
use super::{So, Why};
use crate::policy::load::Rule;
use crate::policy::script::{At, Node, Script};

/// So many are told.
const MOST: usize = 40;

/// Which functions of a rule report something, by themselves or by what they call.
pub struct Reporters {
    reports: Vec<bool>,
}

impl Reporters {
    pub fn of(rule: &Rule) -> Self {
        let script = &*rule.script;
        let mut found = Self { reports: vec![false; script.functions.len()] };
        // As deep as functions can call each other.
        for _ in 0..script.functions.len() {
            let now = script.functions.iter().map(|function| found.are_in(script, function.body)).collect();
            if std::mem::replace(&mut found.reports, now) == found.reports {
                break;
            }
        }
        found
    }

    pub fn reports(&self, function: u16) -> bool {
        self.reports[usize::from(function)]
    }

    /// Whether a report stands in a part of a rule.
    pub fn are_in(&self, script: &Script, at: At) -> bool {
        match script.node(at) {
            Node::Call(callee, _) if is_report(script.text(script.callees[usize::from(callee)].name)) => true,
            Node::Own(function, _) if self.reports(function) => true,
            _ => script.made_of(at).into_iter().any(|part| self.are_in(script, part)),
        }
    }
}

fn is_report(name: &str) -> bool {
    matches!(name, "deny" | "warn" | "info" | "deny_when")
}

impl Walk<'_> {
    /// What came of the condition of an `if`: the way that was gone, and the other one.
    pub fn decided(&mut self, here: Here<'_>, condition: At, held: bool, (gone, other): (At, At)) {
        if !here.reports {
            return;
        }
        let script = &*self.rule.script;
        let so = if self.reported_in(here, gone) {
            So::Reported
        } else if let Some(so) = left(script, gone) {
            so
        } else if self.reporters.are_in(script, other) && !self.reporters.are_in(script, gone) {
            So::Spared
        } else {
            return;
        };
        self.because(here, condition, held, so);
    }

    /// What was gone through had no item of which something could be reported, or in its turns something was in any case.
    pub fn gone_through(&mut self, here: Here<'_>, over: At, body: At) {
        if !here.reports || !self.reporters.are_in(&self.rule.script, body) {
            return;
        }
        let Some(turns) = here.frame.inner.get(&body) else { return self.because(here, over, false, So::Empty) };
        let reports = |frame: &Frame| self.reported_in(Here { frame, ..here }, body);
        if turns.items.iter().any(|(_, frame)| reports(frame)) {
            self.because(here, over, true, So::Reported);
        }
    }

    fn because(&mut self, here: Here<'_>, at: At, held: bool, so: So) {
        if self.why.len() >= MOST {
            self.cut = true;
            return;
        }
        // What the condition is made of is told at its line, too.
        let lines = std::mem::take(&mut self.lines);
        self.with_places = true;
        self.parts(here, at);
        self.with_places = false;
        let found = std::mem::replace(&mut self.lines, lines);
        let text = self.words.of(at);
        let values = found.into_values().flatten().filter(|note| note.text != text && note.turn == here.turn).collect();
        let times = self.steps.of(at);
        self.why.push(Why { line: self.line(at), turn: here.turn.to_owned(), text, held, so, times, values });
    }

    /// Whether something was reported in a part that was gone, by itself and not behind a further condition.
    fn reported_in(&self, here: Here<'_>, at: At) -> bool {
        let script = &*self.rule.script;
        match script.node(at) {
            Node::Call(callee, _) if is_report(script.text(script.callees[usize::from(callee)].name)) => {
                here.frame.seen.contains_key(&at)
            }
            Node::If(condition, then, otherwise) => match flag(here.frame, condition) {
                // A further condition is told by itself.
                Some(_) => false,
                None => self.reported_in(here, then) || self.reported_in(here, otherwise),
            },
            Node::For(_) | Node::While(..) | Node::Do(..) | Node::Closure(_) => false,
            _ => script.made_of(at).into_iter().any(|part| self.reported_in(here, part)),
        }
    }
}

/// Whether a way leaves the turn or the function, whatever else comes of it.
fn left(script: &Script, at: At) -> Option<So> {
    match script.node(at) {
        Node::Return(_) => Some(So::Ended),
        Node::Continue | Node::Break(_) => Some(So::Passed),
        Node::Block(statements) => script.parts(statements).iter().find_map(|statement| left(script, *statement)),
        _ => None,
    }
}
