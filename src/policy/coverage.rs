//! Which parts of a rule ran: how often each of its lines did, and each way that it can go.

use super::fault::place_at;
use super::load::Rule;
use super::script::{At, Node, Script};
use crate::source::{Place, Source};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often each node of the script of a rule was evaluated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steps(Vec<u32>);

impl Steps {
    pub(super) fn took(&mut self, at: At) {
        let at = at as usize;
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        self.0[at] = self.0[at].saturating_add(1);
    }

    /// Adds those of another run of the same rule.
    pub fn add(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        for (sum, more) in self.0.iter_mut().zip(&other.0) {
            *sum = sum.saturating_add(*more);
        }
    }

    pub(super) fn of(&self, at: At) -> u32 {
        self.0.get(at as usize).copied().unwrap_or_default()
    }
}

/// What of a rule ran.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The text of the rule.
    pub source: Arc<Source>,
    /// How often each line did on which a statement begins; of several on one line, the first one. Lines count from 1.
    pub lines: BTreeMap<u32, u32>,
    /// In the order in which they stand in the rule.
    pub ways: Vec<Way>,
}

/// A way that a rule can go, and how often it did.
#[derive(Debug, Clone)]
pub struct Way {
    /// The condition, or what is gone through.
    pub place: Place,
    /// What it does there.
    pub turn: Turn,
    /// How often it came to where it could have gone that way.
    pub reached: u32,
    /// How often it went that way.
    pub times: u32,
}

/// What a rule does where it can go on in several ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The condition of an `if` or of a `while` holds.
    Holds,
    /// That of an `if` does not.
    Fails,
    /// A further part of `a && b`, `a || b` or `a ?? b` is asked.
    Asked,
    /// A `for` has a turn, or a closure an item.
    Entered,
}

impl Turn {
    /// What never happened, for a sentence.
    pub const fn never(self) -> &'static str {
        match self {
            Self::Holds => "never holds",
            Self::Fails => "always holds",
            Self::Asked => "is never asked",
            Self::Entered => "never has an item",
        }
    }

    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Asked => "asked",
            Self::Entered => "entered",
        }
    }
}

impl Rule {
    /// What of it ran in some steps.
    ///
    /// ```
    /// use changegate::facts::Phase;
    /// use changegate::policy::{Pack, RuleSet, Steps};
    /// use changegate::source::Source;
    /// let text = r#"
    ///     const RULE = #{ title: "A title", why: "A test.", help: "give one", phases: ["plan"], level: "deny" };
    ///     fn check(p) { if p.title == () { deny("no title"); } }
    /// "#;
    /// let rule = ("a/title".into(), std::sync::Arc::new(Source::new("title.rhai", text)));
    /// let rules = RuleSet::load(&[Pack { rules: vec![rule], sound: false }], &[], Phase::Plan).unwrap();
    /// let coverage = rules.rules[0].coverage(&Steps::default());
    /// assert_eq!(coverage.lines.into_iter().collect::<Vec<_>>(), [(3, 0)]);
    /// let ways: Vec<_> = coverage.ways.iter().map(|way| way.turn.never()).collect();
    /// assert_eq!(ways, ["never holds", "always holds"]);
    /// ```
    pub fn coverage(&self, steps: &Steps) -> Coverage {
        let coverage = Coverage { source: Arc::clone(&self.source), lines: BTreeMap::new(), ways: Vec::new() };
        let mut walk = Walk { rule: self, script: &self.script, steps, begins: BTreeMap::new(), coverage };
        for function in self.script.functions.iter() {
            walk.branch(function.body);
        }
        let Walk { begins, mut coverage, .. } = walk;
        for ((line, _), times) in begins {
            coverage.lines.entry(line).or_insert(times);
        }
        coverage.ways.sort_by_key(|way| way.place.span.start);
        coverage
    }
}

struct Walk<'r> {
    rule: &'r Rule,
    script: &'r Script,
    steps: &'r Steps,
    /// How often each statement ran, by where it begins.
    begins: BTreeMap<(u32, u32), u32>,
    coverage: Coverage,
}

impl Walk<'_> {
    /// What runs, or does not, as a whole.
    fn branch(&mut self, at: At) {
        if matches!(self.script.node(at), Node::Block(_)) { self.go(at) } else { self.statement(at) }
    }

    fn statement(&mut self, at: At) {
        // What is not written has no place.
        if let Some(begin) = self.script.begin(at) {
            self.begins.entry(begin).or_insert(self.steps.of(at));
        }
        self.go(at);
    }

    fn go(&mut self, at: At) {
        match self.script.node(at) {
            Node::Block(statements) => {
                for statement in self.script.parts(statements) {
                    self.statement(*statement);
                }
            }
            Node::If(condition, then, otherwise) => {
                self.go(condition);
                self.way(condition, Turn::Holds, (condition, then));
                self.way(condition, Turn::Fails, (condition, otherwise));
                self.branch(then);
                self.branch(otherwise);
            }
            Node::While(condition, body) => {
                self.go(condition);
                // `loop` has no condition.
                if self.script.node(condition) != Node::Flag(true) {
                    self.way(condition, Turn::Holds, (condition, body));
                }
                self.branch(body);
            }
            Node::Do(body, condition, _) => {
                self.branch(body);
                self.go(condition);
            }
            Node::For(number) => {
                let turns = self.script.loops[usize::from(number)];
                self.go(turns.over);
                self.way(turns.over, Turn::Entered, (turns.over, turns.body));
                self.branch(turns.body);
            }
            Node::And(parts) | Node::Or(parts) | Node::Coalesce(parts) => {
                for (number, &part) in self.script.parts(parts).iter().enumerate() {
                    if number > 0 {
                        self.way(part, Turn::Asked, (at, part));
                    }
                    self.go(part);
                }
            }
            Node::Closure(number) => {
                let body = self.script.closures[usize::from(number)].body;
                self.way(body, Turn::Entered, (at, body));
                // One of several statements has lines of its own.
                self.go(body);
            }
            _ => self.script.made_of(at).into_iter().for_each(|part| self.go(part)),
        }
    }

    fn way(&mut self, shown: At, turn: Turn, (reached, taken): (At, At)) {
        let place = place_at(&self.rule.source, self.script.begin(shown).unwrap_or_else(|| self.script.place(shown)));
        let (reached, times) = (self.steps.of(reached), self.steps.of(taken));
        self.coverage.ways.push(Way { place, turn, reached, times });
    }
}
