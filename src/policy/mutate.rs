//! Mutants of a rule: its script with one condition held, dropped or shifted. If all cases still end as before, nobody has asked about
//! that condition.

use super::fault::place_at;
use super::load::{Rule, RuleSet};
use super::script::{At, Many, Node, Op, Script};
use crate::source::Place;
use std::borrow::Cow;

/// A rule that differs from another one in one condition.
#[derive(Debug)]
pub struct Mutant {
    /// The condition, in the text of the original.
    pub place: Place,
    /// What was made of it: ``always``, ``never``, or the operator in its place.
    pub change: &'static str,
    /// The mutant, as a set of one rule.
    pub rules: RuleSet,
}

/// What is changed in a script.
struct Change {
    /// Where it is told.
    at: At,
    what: &'static str,
    put: Put,
}

enum Put {
    /// Another node in the place of one.
    Node(At, Node),
    /// True or false in the place of a part.
    Part(usize, bool),
    /// True or false as the whole of a node.
    Flag(At, bool),
}

impl Rule {
    /// All mutants of it, in the order of its script:
    ///
    /// - the condition of an `if` holds always, or never; that of a `while` never;
    /// - of `a && b` each part holds always, of `a || b` never; of `a ?? b` each side stands alone;
    /// - what a closure asks of an item holds always, or never;
    /// - `<` and `<=`, `>` and `>=`, `==` and `!=`, `+` and `-`, `+=` and `-=` take each other's place; `!` goes;
    /// - the condition of `deny_when` holds always, or never, and so does a question that is kept: `let here = x in list`.
    ///
    /// ```
    /// use changegate::facts::Phase;
    /// use changegate::policy::{Pack, RuleSet};
    /// use changegate::source::Source;
    /// let text = r#"
    ///     const RULE = #{ title: "A title", why: "A test.", help: "give one", phases: ["plan"], level: "deny" };
    ///     fn check(p) { if p.title == () { deny("no title"); } }
    /// "#;
    /// let rule = ("a/title".into(), std::sync::Arc::new(Source::new("title.rhai", text)));
    /// let rules = RuleSet::load(&[Pack { rules: vec![rule], sound: false }], &[], Phase::Plan).unwrap();
    /// let changes: Vec<_> = rules.rules[0].mutants().into_iter().map(|mutant| mutant.change).collect();
    /// assert_eq!(changes, ["!=", "always", "never"]);
    /// ```
    pub fn mutants(&self) -> Vec<Mutant> {
        let script = &*self.script;
        let changes = (0..script.nodes.len()).flat_map(|at| changes(script, at as At));
        changes.map(|change| self.mutant(&change)).collect()
    }

    fn mutant(&self, change: &Change) -> Mutant {
        let mut script = (*self.script).clone();
        let place = place_at(&self.source, script.place(change.at));
        match change.put {
            Put::Node(at, node) => script.nodes.to_mut()[at as usize] = node,
            Put::Flag(at, flag) => script.nodes.to_mut()[at as usize] = Node::Flag(flag),
            Put::Part(part, flag) => {
                let place = script.places[script.parts[part] as usize];
                script.nodes.to_mut().push(Node::Flag(flag));
                script.places.to_mut().push(place);
                script.parts.to_mut()[part] = script.nodes.len() as At - 1;
            }
        }
        let rule = Self { script: Cow::Owned(script), ..self.clone() };
        Mutant { place, change: change.what, rules: RuleSet { rules: vec![rule] } }
    }
}

/// What can be changed about one node.
fn changes(script: &Script, at: At) -> Vec<Change> {
    let change = |what, put| Change { at, what, put };
    match script.node(at) {
        Node::If(condition, ..) => both(condition),
        Node::While(condition, _) if script.node(condition) != Node::Flag(true) => {
            vec![Change { at: condition, what: "never", put: Put::Flag(condition, false) }]
        }
        Node::And(parts) => each(script, parts, "always", true),
        Node::Or(parts) => each(script, parts, "never", false),
        Node::Coalesce(sides) => {
            let alone = |(number, &side): (usize, &At)| {
                let what = ["its left side alone", "its right side alone", "its third side alone"];
                change(what.get(number).copied().unwrap_or("one side alone"), Put::Node(at, script.node(side)))
            };
            script.parts(sides).iter().enumerate().map(alone).collect()
        }
        Node::Not(of) => vec![change("without `!`", Put::Node(at, script.node(of)))],
        Node::Binary(op, left, right) => {
            let other = other(op).map(|(other, sign)| change(sign, Put::Node(at, Node::Binary(other, left, right))));
            other.into_iter().collect()
        }
        Node::Set(Some(Op::Add), target, value) => {
            vec![change("-=", Put::Node(at, Node::Set(Some(Op::Subtract), target, value)))]
        }
        Node::Set(Some(Op::Subtract), target, value) => {
            vec![change("+=", Put::Node(at, Node::Set(Some(Op::Add), target, value)))]
        }
        Node::Let(_, value) | Node::Set(None, _, value) if is_question(script, value) => both(value),
        Node::Call(callee, arguments) => asked(script, callee, arguments),
        _ => Vec::new(),
    }
}

fn both(condition: At) -> Vec<Change> {
    let change = |what, flag| Change { at: condition, what, put: Put::Flag(condition, flag) };
    vec![change("always", true), change("never", false)]
}

fn each(script: &Script, parts: Many, what: &'static str, flag: bool) -> Vec<Change> {
    let numbers = parts.start as usize..(parts.start + parts.len) as usize;
    numbers.map(|part| Change { at: script.parts[part], what, put: Put::Part(part, flag) }).collect()
}

/// What closures ask, where it is not mutated by itself.
fn asked(script: &Script, callee: u16, arguments: Many) -> Vec<Change> {
    let name = script.text(script.callees[usize::from(callee)].name);
    if name == "deny_when" {
        return script.parts(arguments).first().map_or_else(Vec::new, |condition| both(*condition));
    }
    if !["some", "all", "count", "filter", "find"].contains(&name) {
        return Vec::new();
    }
    let bodies = script.parts(arguments).iter().filter_map(|argument| match script.node(*argument) {
        Node::Closure(closure) => Some(script.closures[usize::from(closure)].body),
        _ => None,
    });
    let plain = bodies.filter_map(|body| match script.node(body) {
        Node::Block(statements) => script.parts(statements).last().copied(),
        _ => Some(body),
    });
    plain
        .filter(|last| matches!(script.node(*last), Node::Field(..) | Node::Call(..) | Node::Own(..)))
        .flat_map(both)
        .collect()
}

/// Whether a node is the call of a function that answers with yes or no.
fn is_question(script: &Script, at: At) -> bool {
    const QUESTIONS: [&str; 8] = ["contains", "some", "all", "is_empty", "is_vague", "is_filler", "overlaps", "within"];
    let Node::Call(callee, _) = script.node(at) else { return false };
    QUESTIONS.contains(&script.text(script.callees[usize::from(callee)].name))
}

const fn other(op: Op) -> Option<(Op, &'static str)> {
    Some(match op {
        Op::Less => (Op::LessOrEqual, "<="),
        Op::LessOrEqual => (Op::Less, "<"),
        Op::More => (Op::MoreOrEqual, ">="),
        Op::MoreOrEqual => (Op::More, ">"),
        Op::Equal => (Op::Unequal, "!="),
        Op::Unequal => (Op::Equal, "=="),
        Op::Add => (Op::Subtract, "-"),
        Op::Subtract => (Op::Add, "+"),
        Op::Multiply | Op::Divide | Op::Remainder | Op::Power => return None,
    })
}
