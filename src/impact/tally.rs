//! What came of all proposals: how many verdicts flip, and which rules bring that.

use super::compared::{Compared, Example, Judged, Otherwise};
use crate::verdict::Outcome;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Of one rule and one direction so many proposals are shown.
const MOST_EXAMPLES: usize = 3;
/// So many flips are kept by name; the others are counted.
const MOST_FLIPS: usize = 10_000;

/// A proposal whose verdict flips.
#[derive(Debug)]
pub struct Flip {
    /// Which it is.
    pub judged: Judged,
    /// What it came to.
    pub before: Outcome,
    /// What it comes to.
    pub after: Outcome,
    /// The rules that bring it, in the order of their ids.
    pub rules: Vec<Arc<str>>,
}

/// In which direction a rule says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It denied or failed, and does so no longer.
    Loosened,
    /// It denies still, and less than before.
    Lessened,
    /// It denies, and did not.
    Tightened,
    /// It fails, and did not.
    Failing,
}

/// The proposals of which a rule says otherwise in one direction.
#[derive(Debug, Default)]
pub struct Shift {
    /// How many they are.
    pub proposals: usize,
    /// Of how many of them it brings the verdict to flip.
    pub flips: usize,
    /// The first of them, those whose verdict flips before others.
    pub examples: Vec<(Judged, Outcome, Outcome, Example)>,
}

/// What one rule says otherwise of all proposals.
#[derive(Debug, Default)]
pub struct Shifts {
    /// It denied or failed, and does so no longer.
    pub loosened: Shift,
    /// It denies still, and a denial is gone without one in its place.
    pub lessened: Shift,
    /// It denies, and did not.
    pub tightened: Shift,
    /// It fails, and did not.
    pub failing: Shift,
    /// Proposals of which it says more than before, and blocks none by that: a warning that is new.
    pub heavier: usize,
    /// Those of which it says less, and let none through by that.
    pub milder: usize,
    /// Those of which it says something else of the same weight: other words, or a denial more.
    pub reworded: usize,
}

impl Shifts {
    /// That of a direction.
    pub const fn towards(&self, direction: Direction) -> &Shift {
        match direction {
            Direction::Loosened => &self.loosened,
            Direction::Lessened => &self.lessened,
            Direction::Tightened => &self.tightened,
            Direction::Failing => &self.failing,
        }
    }
}

/// What came of all proposals.
#[derive(Debug, Default)]
pub struct Impact {
    /// How many were judged.
    pub proposals: usize,
    /// Of how many of them rules came to a verdict, by either side.
    pub decided: usize,
    /// Of how many they come to one by the side after.
    pub decided_after: usize,
    /// By what they came to, and then by what they come to.
    verdicts: BTreeMap<(Outcome, Outcome), usize>,
    /// Proposals whose verdict stays, and of which something is said otherwise.
    pub otherwise: usize,
    /// By the ids of the rules.
    pub rules: BTreeMap<Arc<str>, Shifts>,
    /// In the order of the proposals.
    pub flips: Vec<Flip>,
}

impl Impact {
    /// Adds what came of a proposal.
    pub fn add(&mut self, compared: Compared) {
        let Compared { judged, before, after, decided, decided_after, otherwise } = compared;
        self.proposals += 1;
        self.decided += usize::from(decided);
        self.decided_after += usize::from(decided_after);
        *self.verdicts.entry((before, after)).or_default() += 1;
        let flips = before != after;
        self.otherwise += usize::from(!flips && !otherwise.is_empty());
        let mut rules = Vec::new();
        for one in otherwise {
            let brings = flips && one.brings(before, after);
            if brings {
                rules.push(Arc::clone(&one.rule));
            }
            self.rules.entry(Arc::clone(&one.rule)).or_default().add(one, &judged, (before, after), brings);
        }
        if flips && self.flips.len() < MOST_FLIPS {
            self.flips.push(Flip { judged, before, after, rules });
        }
    }

    /// How many came to the first, and come to the second.
    pub fn came(&self, before: Outcome, after: Outcome) -> usize {
        self.verdicts.get(&(before, after)).copied().unwrap_or_default()
    }

    /// How many come to an outcome that did not.
    pub fn flipped_to(&self, after: Outcome) -> usize {
        let flipped = self.verdicts.iter().filter(|((was, is), _)| *is == after && *was != after);
        flipped.map(|(_, count)| count).sum()
    }

    /// How many verdicts flip.
    pub fn flipped(&self) -> usize {
        self.verdicts.iter().filter(|((was, is), _)| was != is).map(|(_, count)| count).sum()
    }

    /// The rules that say otherwise in a direction, those that flip the most verdicts first.
    pub fn towards(&self, direction: Direction) -> Vec<(&Arc<str>, &Shift)> {
        let shifts = self.rules.iter().map(|(rule, shifts)| (rule, shifts.towards(direction)));
        let mut shifts: Vec<_> = shifts.filter(|(_, shift)| shift.proposals > 0).collect();
        shifts.sort_by_key(|(rule, shift)| (Reverse(shift.flips), Reverse(shift.proposals), Arc::clone(rule)));
        shifts
    }
}

impl Shifts {
    fn add(&mut self, one: Otherwise, judged: &Judged, (before, after): (Outcome, Outcome), brings: bool) {
        let (was, is) = (one.before.outcome(), one.after.outcome());
        if was == is && !one.denies_less {
            match one.after.cmp(&one.before) {
                Ordering::Greater => self.heavier += 1,
                Ordering::Less => self.milder += 1,
                Ordering::Equal => self.reworded += 1,
            }
            return;
        }
        let shift = match is {
            _ if was == is => &mut self.lessened,
            Outcome::Pass => &mut self.loosened,
            Outcome::Blocked => &mut self.tightened,
            Outcome::Undecided => &mut self.failing,
        };
        shift.proposals += 1;
        shift.flips += usize::from(brings);
        if let Some(example) = one.example {
            shift.show((judged.clone(), before, after, example));
        }
    }
}

impl Shift {
    /// Keeps an example where there is room. What flips stands before what does not, and takes its room.
    fn show(&mut self, shown: (Judged, Outcome, Outcome, Example)) {
        let flips = |(_, before, after, _): &(Judged, Outcome, Outcome, Example)| before != after;
        let at = if flips(&shown) { self.examples.partition_point(flips) } else { self.examples.len() };
        self.examples.insert(at, shown);
        self.examples.truncate(MOST_EXAMPLES);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Phase;

    #[test]
    fn what_flips_is_shown_before_what_does_not() {
        let mut shift = Shift::default();
        let example = || Example { place: String::new(), message: String::new(), help: None };
        let names = ["a", "b", "c", "D", "d", "E", "F", "G"];
        for name in names {
            let judged = Judged { file: name.to_owned(), id: None, commit: None, phase: Phase::Plan };
            let after = if name < "a" { Outcome::Blocked } else { Outcome::Pass };
            shift.show((judged, Outcome::Pass, after, example()));
            assert!(shift.examples.len() <= MOST_EXAMPLES);
        }
        let shown: Vec<_> = shift.examples.iter().map(|(judged, ..)| judged.file.as_str()).collect();
        assert_eq!(shown, ["D", "E", "F"]);
    }
}
