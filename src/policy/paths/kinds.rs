//! What a rule compares that can't be compared, or not so: told by a lint, as a run would tell it of some proposals alone.

use super::what::{Sort, What};
use super::{Reader, global};
use crate::policy::functions;
use crate::policy::header::Header;
use crate::policy::script::{At, GLOBALS, Node, Op, Script};

/// A comparison that does not mean what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// Of two kinds, which fails the rule.
    Kinds {
        /// The comparison.
        at: At,
        /// What its sides are.
        sides: [&'static str; 2],
    },
    /// Of a number that is never below 0 with one that is.
    Negative {
        /// The comparison.
        at: At,
    },
    /// An order of what has none.
    NoOrder {
        /// The comparison.
        at: At,
        /// What it is.
        noun: &'static str,
    },
    /// Texts by the letters that they begin with: `"2.10.0" < "2.9.0"`, `"critical" < "low"`.
    Letters {
        /// The comparison.
        at: At,
        /// Whether it is of words of a field.
        words: bool,
    },
}

/// All that can be told from a script, in the order of its text.
pub fn clashes(script: &Script, header: &Header) -> Vec<Clash> {
    let mut found = Reader::all(script, header, Some(Vec::new())).clashes.unwrap_or_default();
    found.sort_by_key(|clash| script.place(clash.at()));
    // A function that is called in two ways is followed twice.
    found.dedup_by_key(|clash| clash.at());
    found
}

impl Clash {
    /// The comparison.
    pub const fn at(self) -> At {
        match self {
            Self::Kinds { at, .. } | Self::Negative { at } | Self::NoOrder { at, .. } | Self::Letters { at, .. } => at,
        }
    }
}

/// What a function of the gate gives, by its signature.
pub(super) fn answer(name: &str, arguments: usize) -> What {
    let is_called =
        |(known, function): &(&str, &functions::Function)| *known == name && function.arguments() == arguments;
    let Some((_, function)) = functions::named().find(is_called) else { return What::Unknown };
    match (name, function.signature.split_once(" -> ").map(|(_, gives)| gives)) {
        ("len" | "count" | "words", _) => What::Plain(Sort::Size),
        (_, Some("true or false")) => What::Plain(Sort::Flag),
        (_, Some("whole number" | "number")) => What::Plain(Sort::Number),
        (_, Some("text")) => What::Plain(Sort::Text),
        (_, Some("point in time")) => What::Plain(Sort::Moment),
        (_, Some("date")) => What::Plain(Sort::Day),
        (_, Some("duration")) => What::Plain(Sort::Length),
        _ => What::Unknown,
    }
}

impl Reader<'_> {
    /// What an expression gives that has no fields.
    pub(super) fn value(&mut self, at: At, node: Node) -> What {
        match node {
            Node::Flag(_) => What::Plain(Sort::Flag),
            Node::Count(_) | Node::Number(_) => What::Plain(Sort::Number),
            Node::Text(_) => What::Plain(Sort::Text),
            Node::Global(number) => global(GLOBALS[usize::from(number)]),
            Node::Template(_) => {
                self.parts_of(at);
                What::Plain(Sort::Text)
            }
            Node::Not(_) | Node::And(_) | Node::Or(_) => {
                self.parts_of(at);
                What::Plain(Sort::Flag)
            }
            Node::Binary(op, left, right) => {
                let sides = [self.follow(left), self.follow(right)];
                self.compared(op, [left, right], sides);
                self.held(at, op, [left, right], sides)
            }
            Node::If(condition, then, otherwise) => {
                self.follow(condition);
                let (then, otherwise) = (self.follow(then), self.follow(otherwise));
                joined(then, otherwise)
            }
            Node::Block(statements) => self.each(statements).pop().unwrap_or(What::Unknown),
            _ => {
                self.parts_of(at);
                What::Unknown
            }
        }
    }

    /// Holds the sides of an operator against each other, and tells what comes of it.
    fn held(&mut self, at: At, op: Op, parts: [At; 2], sides: [What; 2]) -> What {
        let known = sides.map(sort);
        if matches!(op, Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Remainder | Op::Power) {
            return calculated(op, known);
        }
        let ordered = !matches!(op, Op::Equal | Op::Unequal);
        let unordered = |what: What| match what {
            What::List(_) => Some("a list"),
            What::Object(_) | What::Map(_) => Some("an object"),
            What::Plain(Sort::Flag) => Some("true or false"),
            _ => None,
        };
        let nouns = sides.map(|side| unordered(side).or(sort(side).map(Sort::noun)));
        let clash = match (nouns, known) {
            ([Some(left), Some(right)], _) if left != right => Some(Clash::Kinds { at, sides: [left, right] }),
            _ if ordered && sides.iter().any(|side| unordered(*side).is_some()) => {
                sides.iter().find_map(|side| unordered(*side)).map(|noun| Clash::NoOrder { at, noun })
            }
            (_, [Some(Sort::Size), _]) if self.is_negative(parts[1]) => Some(Clash::Negative { at }),
            (_, [_, Some(Sort::Size)]) if self.is_negative(parts[0]) => Some(Clash::Negative { at }),
            (_, [Some(Sort::Text), Some(Sort::Text)]) if ordered => {
                Some(Clash::Letters { at, words: sides.iter().any(|side| side.words().is_some()) })
            }
            _ => None,
        };
        self.clashes.iter_mut().for_each(|clashes| clashes.extend(clash));
        What::Plain(Sort::Flag)
    }

    fn is_negative(&self, at: At) -> bool {
        match self.script.node(at) {
            Node::Count(count) => count < 0,
            Node::Number(number) => number < 0.0,
            Node::Negate(of) => matches!(self.script.node(of), Node::Count(1..)),
            _ => false,
        }
    }
}

/// What can be compared; none where that is not known.
fn sort(what: What) -> Option<Sort> {
    match what {
        What::Plain(sort) => Some(sort),
        _ => what.words().map(|_| Sort::Text),
    }
}

fn joined(one: What, other: What) -> What {
    match (sort(one), sort(other)) {
        (Some(one), Some(other)) if one.noun() == other.noun() => {
            What::Plain(if one == other { one } else { Sort::Number })
        }
        _ => What::Unknown,
    }
}

fn calculated(op: Op, sides: [Option<Sort>; 2]) -> What {
    let [Some(left), Some(right)] = sides else { return What::Unknown };
    match (op, left, right) {
        (Op::Subtract, Sort::Moment, Sort::Moment) => What::Plain(Sort::Length),
        (Op::Add | Op::Subtract, Sort::Moment, Sort::Length) => What::Plain(Sort::Moment),
        (Op::Add | Op::Subtract, Sort::Length, Sort::Length) => What::Plain(Sort::Length),
        (Op::Add, Sort::Text, Sort::Text) => What::Plain(Sort::Text),
        (_, Sort::Number | Sort::Size, Sort::Number | Sort::Size) => What::Plain(Sort::Number),
        _ => What::Unknown,
    }
}
