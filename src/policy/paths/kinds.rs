//! Of which kind each part of a script is, and what is asked of it that its kind has no answer to: told by lints, as a run would tell it of
//! some proposals alone.

use super::what::{Sort, What};
use super::{Reader, global, operators};
use crate::policy::header::Header;
use crate::policy::script::{At, GLOBALS, Many, Node, Op, Script};
use crate::policy::tracked::{FIELDS, FIELDS_OF_MOMENT};
use std::collections::BTreeMap;

/// What is known of the kinds in a script.
#[derive(Debug, Default)]
pub struct Kinds {
    /// What does not mean what it says, in the order of the text.
    pub clashes: Vec<Clash>,
    /// The sort of each part that was come to; none where that is not known, or not always the same.
    sorts: BTreeMap<At, Option<Sort>>,
}

/// Something that does not mean what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// A value of a kind that fails the rule.
    Fails {
        /// What fails.
        at: At,
        /// What is wrong.
        message: String,
        /// What to do.
        help: &'static str,
    },
    /// A number that is never below 0 is compared with one that is.
    Negative {
        /// The comparison.
        at: At,
    },
    /// Texts are put in order by the letters that they begin with: `"2.10.0" < "2.9.0"`, `"critical" < "low"`.
    Letters {
        /// The comparison.
        at: At,
        /// Whether it is of words of a field.
        words: bool,
    },
}

impl Kinds {
    /// All that can be told from a script.
    pub fn of(script: &Script, header: &Header) -> Self {
        let mut kinds = Reader::all(script, header, Some(Self::default())).kinds.unwrap_or_default();
        kinds.clashes.sort_by_key(|clash| script.place(clash.at()));
        // A function that is called in two ways is followed twice.
        kinds.clashes.dedup_by_key(|clash| clash.at());
        kinds
    }

    /// Whether a part is a number that is never below 0.
    pub fn is_size(&self, at: At) -> bool {
        self.sort(at) == Some(Sort::Size)
    }

    /// The sort of a part; none where that is not known.
    pub(super) fn sort(&self, at: At) -> Option<Sort> {
        self.sorts.get(&at).copied().flatten()
    }

    pub(super) fn learn(&mut self, at: At, what: What) {
        let sort = what.sort();
        self.sorts.entry(at).and_modify(|known| *known = known.filter(|known| Some(*known) == sort)).or_insert(sort);
    }
}

impl Clash {
    /// What it is about.
    pub const fn at(&self) -> At {
        match self {
            Self::Fails { at, .. } | Self::Negative { at } | Self::Letters { at, .. } => *at,
        }
    }
}

impl Reader<'_> {
    /// What an expression gives that has no fields.
    pub(super) fn value(&mut self, at: At, node: Node) -> What {
        match node {
            Node::Flag(_) => What::Plain(Sort::Flag),
            Node::Count(_) => What::Plain(Sort::Number),
            Node::Number(_) => What::Plain(Sort::Fraction),
            Node::Text(_) => What::Plain(Sort::Text),
            Node::Global(number) => global(GLOBALS[usize::from(number)]),
            Node::Template(parts) => self.template(parts),
            Node::List(items) => What::of_items(self.each(items).into_iter()),
            Node::Map(_) => {
                self.parts_of(at);
                What::Plain(Sort::Map)
            }
            Node::Range(..) => {
                self.parts_of(at);
                What::Plain(Sort::Range)
            }
            Node::Not(of) => self.condition(of),
            Node::And(parts) | Node::Or(parts) => {
                self.script.parts(parts).iter().fold(What::Plain(Sort::Flag), |_, part| self.condition(*part))
            }
            Node::Coalesce(parts) => self.each(parts).into_iter().reduce(What::joined).unwrap_or(What::Unknown),
            Node::Negate(of) => self.negated(of),
            Node::Binary(op, left, right) => {
                let sides = [self.follow(left), self.follow(right)];
                self.compared(op, [left, right], sides);
                self.held(at, op, [left, right], sides)
            }
            Node::If(condition, then, otherwise) => {
                self.condition(condition);
                let then = self.follow(then);
                then.joined(self.follow(otherwise))
            }
            Node::Block(statements) => self.each(statements).pop().unwrap_or(What::Unknown),
            _ => {
                self.parts_of(at);
                What::Unknown
            }
        }
    }

    /// Follows what is asked as a condition, and gives what conditions are.
    pub(super) fn condition(&mut self, at: At) -> What {
        let what = self.follow(at);
        self.asked(at, what);
        What::Plain(Sort::Flag)
    }

    /// Something is asked as a condition.
    pub(super) fn asked(&mut self, at: At, what: What) {
        if let Some(sort) = what.sort().filter(|sort| *sort != Sort::Flag) {
            let message = format!("a condition is true or false, and this is {}, which fails the rule", sort.noun());
            self.fails(at, message, "ask for something of it: `x != ()`, `len(list) > 0`");
        }
    }

    /// Something is walked.
    pub(super) fn walked(&mut self, at: At, what: What) {
        if let (Some(sort), Some(false)) = (what.sort(), what.is_walked()) {
            let message = format!("{} is no list, so walking it fails the rule", sort.noun());
            self.fails(at, message, "walk a list of the proposal, or `[…]`");
        }
    }

    /// A text is made of values.
    fn template(&mut self, parts: Many) -> What {
        for part in self.script.parts(parts) {
            let what = self.follow(*part);
            let is_written = |sort: Sort| {
                what.is_of_facts()
                    || !matches!(sort, Sort::List | Sort::Map | Sort::Params | Sort::Range | Sort::Report)
            };
            if let Some(sort) = what.sort().filter(|sort| !is_written(*sort)) {
                let message = format!("{} can't be written into a text, which fails the rule", sort.noun());
                self.fails(*part, message, "`listed(list)` makes a sentence of the texts of a list");
            }
        }
        What::Plain(Sort::Text)
    }

    fn negated(&mut self, of: At) -> What {
        let what = self.follow(of);
        if let Some(sort) = what.sort().filter(|sort| sort.family() != Sort::Number) {
            self.fails(of, format!("{} has no negative, which fails the rule", sort.noun()), "negate a number");
        }
        What::Plain(Sort::Number)
    }

    /// A field of what has none, but for the few of a duration.
    pub(super) fn field_of_plain(&mut self, sort: Sort, name: &str, at: At) -> What {
        match (sort, name) {
            (Sort::Length, "in_minutes" | "in_hours" | "in_days") => return What::Plain(Sort::Number),
            (Sort::Map | Sort::Object, _) => {}
            _ => {
                let help = if sort == Sort::Moment { FIELDS_OF_MOMENT } else { FIELDS };
                self.fails(at, format!("{} has no field `{name}`, which fails the rule", sort.noun()), help);
            }
        }
        What::Unknown
    }

    /// Holds the sides of an operator against each other, and tells what comes of it.
    pub(super) fn held(&mut self, at: At, op: Op, parts: [At; 2], sides: [What; 2]) -> What {
        let result = match operators::outcome(op, sides) {
            Ok(result) => result,
            Err((message, help)) => {
                self.fails(at, message, help);
                return What::Unknown;
            }
        };
        let is_equality = matches!(op, Op::Equal | Op::Unequal);
        let clash = match sides.map(What::sort) {
            _ if result.sort() != Some(Sort::Flag) => None,
            [Some(Sort::Size), _] if self.is_negative(parts[1]) => Some(Clash::Negative { at }),
            [_, Some(Sort::Size)] if self.is_negative(parts[0]) => Some(Clash::Negative { at }),
            [Some(Sort::Text), Some(Sort::Text)] if !is_equality => {
                Some(Clash::Letters { at, words: sides.iter().any(|side| side.words().is_some()) })
            }
            _ => None,
        };
        self.kinds.iter_mut().for_each(|kinds| kinds.clashes.extend(clash.clone()));
        result
    }

    fn is_negative(&self, at: At) -> bool {
        match self.script.node(at) {
            Node::Count(count) => count < 0,
            Node::Number(number) => number < 0.0,
            Node::Negate(of) => matches!(self.script.node(of), Node::Count(1..)),
            _ => false,
        }
    }

    pub(super) fn fails(&mut self, at: At, message: String, help: &'static str) {
        self.kinds.iter_mut().for_each(|kinds| kinds.clashes.push(Clash::Fails { at, message: message.clone(), help }));
    }
}
