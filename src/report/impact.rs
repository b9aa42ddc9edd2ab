//! What a change of rules or of the configuration does to verdicts: for a person at a terminal, for programs, and for a pull request.

mod human;
mod json;
mod markdown;

use super::counts::count;
use crate::facts::Phase;
use crate::finding::Fault;
use crate::git::short;
use crate::impact::{Besides, Direction, Impact, OfRule, Shift};
use crate::verdict::{Configured, Outcome, Policies};
use jiff::Timestamp;

pub use human::write as write_impact;
pub use json::{begins as json_begins, write as write_json_impact};
pub use markdown::{begins as markdown_begins, write as write_impact_markdown};

/// What is told of an impact.
#[derive(Debug)]
pub struct ImpactOf<'a> {
    /// What was judged by.
    pub before: ImpactSide,
    /// What is judged by.
    pub after: ImpactSide,
    /// The phase in which all were judged; none where each was in the one that it has come to.
    pub phase: Option<Phase>,
    /// The time of the run.
    pub now: Timestamp,
    /// Whether somebody gave that time.
    pub now_given: bool,
    /// Whether proposals of the past were judged, each as of its own time where none was given.
    pub history: bool,
    /// What came of it.
    pub impact: &'a Impact,
    /// The rules that differ.
    pub rules: Vec<OfRule>,
    /// What else differs.
    pub besides: Vec<Besides>,
    /// Why it could not be worked out.
    pub faults: &'a [Fault],
    /// What the run ends with.
    pub outcome: Outcome,
}

/// A side, by which was judged.
#[derive(Debug)]
pub struct ImpactSide {
    /// Where it is read, as it was named: `main`, `the work tree`; may be empty where there is a commit.
    pub name: String,
    /// The commit, where it is one.
    pub commit: Option<String>,
    /// Its configuration, where it has one.
    pub configuration: Option<Configured>,
    /// Where its rules come from.
    pub policies: Policies,
    /// How many rules it has.
    pub rules: usize,
    /// SHA-256 over their texts.
    pub rules_digest: String,
}

/// The directions in the order in which they are told: what lets more pass is what a reviewer has to look at.
const DIRECTIONS: [(Direction, Outcome, &str); 4] = [
    (Direction::Loosened, Outcome::Pass, "loosened"),
    (Direction::Lessened, Outcome::Pass, "loosened"),
    (Direction::Tightened, Outcome::Blocked, "tightened"),
    (Direction::Failing, Outcome::Undecided, "failing"),
];

impl ImpactSide {
    /// `changegate.toml, 140 rules`.
    fn told(&self) -> String {
        let configuration =
            self.configuration.as_ref().map_or("no configuration", |configuration| configuration.file.as_str());
        let folders: String = self.policies.folders.iter().map(|folder| format!(", {folder}")).collect();
        let builtin = if self.policies.builtin { "" } else { ", without the built-in rules" };
        format!("{configuration}{folders}{builtin}, {}", count(self.rules, "rule"))
    }

    /// `main (1a2b3c4d5e6f)`, or `the work tree`.
    fn named(&self) -> String {
        match &self.commit {
            Some(commit) if self.name.is_empty() => short(commit).to_owned(),
            Some(commit) => format!("{} ({})", self.name, short(commit)),
            None => self.name.clone(),
        }
    }
}

impl ImpactOf<'_> {
    /// `214 proposals: 3 pass now, 9 are blocked now, 1 can't be judged now; 5 more are told otherwise`.
    fn headline(&self) -> String {
        let proposals = count(self.impact.proposals, if self.history { "version" } else { "proposal" });
        let of = if self.history && self.impact.proposals > 0 { " of proposals" } else { "" };
        let told = |outcome: Outcome| match (outcome, self.impact.flipped_to(outcome)) {
            (_, 0) => None,
            (Outcome::Pass, number) => Some(format!("{number} {} now that did not", verb(number, "pass", "passes"))),
            (Outcome::Blocked, number) => Some(format!("{number} {} blocked now", verb(number, "are", "is"))),
            (Outcome::Undecided, number) => Some(format!("{number} can't be judged now")),
        };
        let mut told: Vec<_> =
            [Outcome::Pass, Outcome::Blocked, Outcome::Undecided].into_iter().filter_map(told).collect();
        if told.is_empty() {
            told.push("no verdict flips".to_owned());
        }
        let otherwise = match self.impact.otherwise {
            0 => String::new(),
            number => format!("; of {number} something else is said, and the verdict stays"),
        };
        format!("{proposals}{of}: {}{otherwise}", told.join(", "))
    }

    /// How, and as of when, it was judged.
    fn judged(&self) -> String {
        let phase = match self.phase {
            Some(phase) => format!("in the phase {phase}"),
            None => "each in the phase that it has come to".to_owned(),
        };
        let now = super::counts::to_the_second(&self.now.to_string());
        if self.history && !self.now_given {
            format!("{phase}, as of the commit that brought it; rules and waivers as of {now}")
        } else {
            format!("{phase}, as of {now}")
        }
    }

    /// Those of which nothing is known, in words; none where there are none.
    fn undecided(&self) -> Option<String> {
        let left = self.impact.proposals - self.impact.decided;
        let are = verb(left, "are", "is");
        (left > 0).then(|| {
            format!("{left} {are} decided by neither side, not being valid or undecided, and nothing is known of them")
        })
    }

    /// Why a rule says otherwise, as far as it is the rule: its text, its parameters, its level.
    fn why(&self, rule: &str) -> Vec<String> {
        self.rules.iter().find(|of| *of.rule == *rule).map(OfRule::told).unwrap_or_default()
    }

    /// The rules that differ, and of which none of these proposals shows it; the most urgent to read first.
    fn unseen(&self) -> Vec<&OfRule> {
        let mut unseen: Vec<_> = self.rules.iter().filter(|of| !self.impact.rules.contains_key(&of.rule)).collect();
        unseen.sort_by_key(|of| of.urgency);
        unseen
    }

    /// The rules that say something else of a proposal and block as many as before, with what they say; those that differ first, the most
    /// urgent to read before others.
    fn other(&self) -> Vec<(&str, String)> {
        let other = self.impact.rules.iter().filter_map(|(rule, shifts)| {
            let parts = [
                (shifts.heavier, "says more of"),
                (shifts.milder, "says less of"),
                (shifts.reworded, "says other things of the same weight of"),
            ];
            let parts: Vec<_> = parts
                .iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, what)| format!("{what} {number}"))
                .collect();
            (!parts.is_empty()).then(|| (&**rule, parts.join(", ")))
        });
        let mut other: Vec<_> = other.collect();
        let urgency = |rule: &str| self.rules.iter().find(|of| *of.rule == *rule).map(|of| of.urgency);
        other.sort_by_cached_key(|(rule, _)| urgency(rule).map_or((true, None), |urgency| (false, Some(urgency))));
        other
    }
}

/// `lets 3 pass, of 5 that it no longer denies`.
fn told(direction: Direction, shift: &Shift) -> String {
    let Shift { proposals, flips, .. } = *shift;
    let (flipping, does) = match direction {
        Direction::Loosened => (format!("lets {flips} pass"), "no longer denies"),
        Direction::Lessened => return format!("denies less of {proposals}, and flips no verdict"),
        Direction::Tightened => (format!("blocks {flips}"), "denies now"),
        Direction::Failing => (format!("leaves {flips} undecided"), "fails on now"),
    };
    let of = format!("of {proposals} that it {does}");
    if flips == 0 { format!("flips no verdict {of}") } else { format!("{flipping}, {of}") }
}

/// What it was and is, in words.
fn flip(before: Outcome, after: Outcome) -> String {
    if before == after { format!("{before} as before") } else { format!("{before}, now {after}") }
}

const fn verb(number: usize, several: &'static str, one: &'static str) -> &'static str {
    if number == 1 { one } else { several }
}
