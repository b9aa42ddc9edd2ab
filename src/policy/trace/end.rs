//! What is said of a rule as a whole: what it reported behind no condition, that it failed, or that it came to its end.

use super::told::head;
use super::walk::{Walk, is_constant};
use super::why::{is_report_at, leaves};
use super::{Note, So, Told, Why};
use crate::policy::run::Failure;
use crate::policy::script::{At, Node, Script};

impl Walk<'_> {
    /// What it reported behind no condition; and where it failed, or that it came to its end.
    pub fn ended(&mut self, failed: Option<&Failure>) {
        let is_plain = !self.why.iter().any(|why| matches!(why.so, So::Reported | So::Each));
        let reports = std::mem::take(&mut self.reports_at);
        for (at, turn) in &reports {
            let (at, turn) = (*at, turn.clone());
            // What is come to in several calls is not in any case in each of them.
            let is_once = reports.iter().filter(|(other, _)| *other == at).count() == 1;
            let so = if is_once && self.is_always(at) { So::Always } else { So::Reached };
            let line = self.line(at);
            let is_known = |why: &Why| why.so.reports() && (why.line, &why.turn) == (line, &turn);
            if (is_plain || so == So::Always) && !self.why.iter().any(is_known) {
                self.whole(line, turn, String::new(), so);
            }
        }
        match failed {
            Some(failure) => self.failed(failure),
            None if self.why.is_empty() && self.reported.is_empty() => {
                self.whole(head(self.rule, 0), String::new(), String::new(), So::Ended);
            }
            None => {}
        }
    }

    fn whole(&mut self, line: u32, turn: String, text: String, so: So) {
        self.why.push(Why { line, turn, text, held: true, so, times: 1, values: Vec::new() });
    }

    /// Where it failed, and why.
    fn failed(&mut self, Failure { misuse, at }: &Failure) {
        let Some(at) = *at else { return self.whole(head(self.rule, 0), String::new(), String::new(), So::Failed) };
        // What is not written, the condition of `loop`, has no words.
        let text = if is_constant(self.rule.script.node(at)) { String::new() } else { self.words.of(at) };
        let (turn, value) = (self.failing_turn.clone(), misuse.message.clone());
        self.put(at, Note { turn: turn.clone(), text: text.clone(), value, kind: Told::Fails, from: None });
        self.whole(self.line(at), turn, text, So::Failed);
    }

    /// Whether a report is come to whatever else the rule finds.
    fn is_always(&self, report: At) -> bool {
        let script = &*self.rule.script;
        comes_to(script, script.functions[0].body, report, &mut vec![0]) == Some(true)
    }

    /// Whether something is reported whenever a part of a rule runs.
    pub fn reports_always(&self, within: At) -> bool {
        let script = &*self.rule.script;
        let all = 0..script.nodes.len() as At;
        let mut reports = all.filter(|at| is_report_at(script, *at));
        reports.any(|report| comes_to(script, within, report, &mut Vec::new()) == Some(true))
    }
}

/// Whether what runs comes to a node in any case; none where the node is not in it.
fn comes_to(script: &Script, at: At, node: At, within: &mut Vec<u16>) -> Option<bool> {
    if at == node {
        return Some(true);
    }
    let mut parts = |parts: &[At]| parts.iter().find_map(|part| comes_to(script, *part, node, within));
    match script.node(at) {
        Node::Block(statements) => {
            let mut is_certain = true;
            for statement in script.parts(statements) {
                if let Some(comes) = comes_to(script, *statement, node, within) {
                    return Some(comes && is_certain);
                }
                is_certain &= !leaves(script, *statement);
            }
            None
        }
        Node::If(condition, then, otherwise) => {
            parts(&[condition]).or_else(|| parts(&[then, otherwise]).map(|_| false))
        }
        Node::While(condition, body) => parts(&[condition, body]).map(|_| false),
        Node::For(number) => {
            let turns = script.loops[usize::from(number)];
            parts(&[turns.over]).or_else(|| parts(&[turns.body]).map(|_| false))
        }
        Node::Do(..) | Node::Closure(_) | Node::And(_) | Node::Or(_) | Node::Coalesce(_) => {
            parts(&script.made_of(at)).map(|_| false)
        }
        Node::Own(function, arguments) => parts(script.parts(arguments)).or_else(|| {
            if within.contains(&function) {
                return None;
            }
            within.push(function);
            comes_to(script, script.functions[usize::from(function)].body, node, within)
        }),
        _ => parts(&script.made_of(at)),
    }
}

/// The bodies of loops, closures and functions in which a node stands.
pub fn around(script: &Script, node: At) -> impl Iterator<Item = At> {
    let whiles = script.nodes.iter().filter_map(|node| match *node {
        Node::While(_, body) | Node::Do(body, ..) => Some(body),
        _ => None,
    });
    let bodies = script.loops.iter().map(|turns| turns.body).chain(script.closures.iter().map(|closure| closure.body));
    let bodies = bodies.chain(script.functions.iter().map(|function| function.body)).chain(whiles);
    bodies.filter(move |body| holds(script, *body, node))
}

fn holds(script: &Script, at: At, node: At) -> bool {
    at == node || script.made_of(at).into_iter().any(|part| holds(script, part, node))
}
