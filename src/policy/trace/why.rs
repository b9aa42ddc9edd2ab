//! What decided what a rule said: the conditions behind which it reports, and those with which it ends.

use super::tape::Frame;
use super::walk::{Here, Walk, flag};
use super::{So, Why};
use crate::policy::load::Rule;
use crate::policy::script::{At, Many, Node, Script};

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
            Node::Call(..) if is_report_at(script, at) => true,
            Node::Own(function, _) if self.reports(function) => true,
            _ => script.made_of(at).into_iter().any(|part| self.are_in(script, part)),
        }
    }
}

/// Whether a node is a call that reports.
pub fn is_report_at(script: &Script, at: At) -> bool {
    let Node::Call(callee, _) = script.node(at) else { return false };
    let name = script.text(script.callees[usize::from(callee)].name);
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

    /// The conditions with which a statement would have left before what is reported later in its block.
    pub fn stayed(&mut self, here: Here<'_>, statement: At, later: &[At]) {
        if !here.reports || !leaves(&self.rule.script, statement) {
            return;
        }
        if later.iter().any(|other| self.reported_in(here, *other)) {
            for (condition, held) in self.guards(here, statement) {
                self.because(here, condition, held, So::Reported);
            }
        }
    }

    fn guards(&self, here: Here<'_>, at: At) -> Vec<(At, bool)> {
        let script = &*self.rule.script;
        match script.node(at) {
            Node::If(condition, then, otherwise) => {
                let Some(held) = flag(here.frame, condition) else { return Vec::new() };
                let (gone, other) = if held { (then, otherwise) } else { (otherwise, then) };
                let own = leaves(script, other).then_some((condition, held));
                own.into_iter().chain(self.guards(here, gone)).collect()
            }
            Node::Block(statements) => {
                script.parts(statements).iter().flat_map(|statement| self.guards(here, *statement)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What a report weighs was decided by a condition of its own.
    pub fn weighed(&mut self, here: Here<'_>, report: At, arguments: Many) {
        if !here.reports || !here.frame.seen.contains_key(&report) {
            return;
        }
        let Some(&condition) = self.rule.script.parts(arguments).first() else { return };
        if let Some(held) = flag(here.frame, condition) {
            self.because(here, condition, held, So::Weighed);
        }
    }

    /// As long as a condition held something was reported in any case.
    pub fn repeated(&mut self, here: Here<'_>, condition: At, body: At) {
        if !here.reports || self.rule.script.node(condition) == Node::Flag(true) {
            return;
        }
        let Some(turns) = here.frame.inner.get(&body) else { return };
        if turns.items.iter().any(|(_, frame)| self.reported_in(Here { frame, ..here }, body)) {
            self.because(here, condition, true, So::Reported);
        }
    }

    /// What was gone through had no item of which something could be reported, or of each something was in any case.
    pub fn gone_through(&mut self, here: Here<'_>, over: At, body: At) {
        if !here.reports || !self.reporters.are_in(&self.rule.script, body) {
            return;
        }
        let Some(turns) = here.frame.inner.get(&body) else { return self.because(here, over, false, So::Empty) };
        let reports = |frame: &Frame| self.reported_in(Here { frame, ..here }, body);
        let is_kept_of_each = turns.items.iter().all(|(_, frame)| reports(frame));
        if is_kept_of_each && !leaves(&self.rule.script, body) && self.reports_always(body) {
            self.because(here, over, true, So::Each);
        }
    }

    fn because(&mut self, here: Here<'_>, at: At, held: bool, so: So) {
        // Of what stands in no turn there is no more than the rule has.
        if self.why.len() >= MOST && !here.turn.is_empty() {
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
            Node::Call(..) if is_report_at(script, at) => here.frame.seen.contains_key(&at),
            Node::If(condition, then, otherwise) => match flag(here.frame, condition) {
                // A further condition is told by itself.
                Some(_) => false,
                None => self.reported_in(here, then) || self.reported_in(here, otherwise),
            },
            Node::For(_) | Node::While(..) | Node::Do(..) | Node::Closure(_) => false,
            Node::Own(function, _) if self.reporters.reports(function) => {
                let body = script.functions[usize::from(function)].body;
                let calls = here.frame.inner.get(&at).map_or(&[][..], |calls| &calls.items);
                calls.iter().any(|(_, frame)| self.reported_in(Here { frame, ..here }, body))
            }
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

/// Whether the turn or the function may be left in a part of a rule.
pub fn leaves(script: &Script, at: At) -> bool {
    match script.node(at) {
        Node::Return(_) | Node::Continue | Node::Break(_) => true,
        // They end no more than their own turns.
        Node::For(_) | Node::While(..) | Node::Do(..) => returns(script, at),
        Node::Closure(_) => false,
        _ => script.made_of(at).into_iter().any(|part| leaves(script, part)),
    }
}

fn returns(script: &Script, at: At) -> bool {
    match script.node(at) {
        Node::Return(_) => true,
        Node::Closure(_) => false,
        _ => script.made_of(at).into_iter().any(|part| returns(script, part)),
    }
}
