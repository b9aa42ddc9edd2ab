//! Who can be called, and when: contacts of the window and of the system, by person.

use super::period::Period;
use super::proposal::{Proposal, uncounted};
use super::weekly::{Reading, Stretch};
use super::{Args, Function};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::script::MOST_ITEMS;
use crate::policy::value::{Moment, Text, Value};
use crate::proposal::{NodeId, Tree, handle};
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "is_contact(person) -> true or false",
        doc: "Whether a person is among the contacts of the window (`support.contacts`) or of the system.",
        call: is_contact,
    },
    Function {
        signature: "contacts_for(role) -> list",
        doc: "Who can be called for a role: the contacts of the window and of the system who have it, each followed by their deputy, \
              and each person once; of more than a list holds the first.",
        call: contacts_for,
    },
    Function {
        signature: "coverage_gap(people, start, end) -> point in time",
        doc: "The first point in a stretch of time at which none of the people can be reached; `()` where somebody always can. What \
              `support.contacts` says of a person (`from`, `to`, `confirmed`) goes before what the profile says of them \
              (`hours`, `around_the_clock`), and who is `away` has to have confirmed. Who is no contact can't be reached. Of a stretch \
              longer than 31 days its beginning is looked at.",
        call: coverage_gap,
    },
];

/// Who is there for a month will be there after it.
const LONGEST: SignedDuration = SignedDuration::from_hours(31 * 24);

/// The contacts of the window and those of the system, by the handle of whom they name.
#[derive(Debug)]
pub struct Contacts(HashMap<String, [Vec<NodeId>; 2]>);

impl Contacts {
    /// Finding somebody among a thousand takes a table, and a rule asks for each of many people.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut contacts: HashMap<String, [Vec<NodeId>; 2]> = HashMap::new();
        for (number, section) in ["support", "system"].into_iter().enumerate() {
            let list = tree.path(&[section, "contacts"]);
            for &contact in list.map(|list| tree.items(list)).unwrap_or_default() {
                if let Some(name) = tree.get(contact, "name").and_then(|name| tree.text(name)) {
                    contacts.entry(handle(name)).or_default()[number].push(contact);
                }
            }
        }
        Self(contacts)
    }
}

fn is_contact<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let person = handle(args.text(0)?);
    let [present, known] = uncounted(run).contacts(&person);
    Ok(Value::Flag(!present.is_empty() || !known.is_empty()))
}

fn contacts_for<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let people = uncounted(run).contacts_for(args.text(0)?)?;
    Ok(people.into_iter().map(|person| Value::from(person.to_owned())).collect())
}

fn coverage_gap<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let people = args.texts(run, 0)?;
    let (start, end) = (args.moment(1)?.0, args.moment(2)?.0);
    let last = start.checked_add(LONGEST).unwrap_or(Timestamp::MAX);
    let gap = uncounted(run).coverage_gap(&people, (start, end.min(last)))?;
    Ok(gap.map_or(Value::Nothing, |gap| Value::Moment(Moment(gap))))
}

impl<'s> Proposal<'s> {
    /// What the two lists say of a person.
    fn contacts(&mut self, person: &str) -> [&'s [NodeId]; 2] {
        let tree = self.tree;
        let found = self.known.contacts.get_or_init(|| Contacts::of(tree)).0.get(person);
        let Some([present, known]) = found else {
            self.both();
            return [&[], &[]];
        };
        for &contact in present.iter().chain(known) {
            self.get(Some(contact), "name");
        }
        [present, known]
    }

    /// Both lists, as somebody reads them who looks for what is not there.
    fn both(&mut self) -> [&'s [NodeId]; 2] {
        ["support", "system"].map(|section| {
            let section = self.section(section);
            self.items(section, "contacts")
        })
    }

    fn contacts_for(&mut self, role: &str) -> Result<Vec<&'s str>, Misuse> {
        let (mut people, mut seen) = (Vec::new(), HashSet::new());
        for &contact in self.both().into_iter().flatten() {
            let roles = self.tree.get(contact, "roles").map(|roles| self.tree.items(roles)).unwrap_or_default();
            self.budget.work(1 + roles.len() / 16)?;
            if !roles.iter().any(|&other| self.tree.text(other) == Some(role)) {
                continue;
            }
            self.get(Some(contact), "roles");
            if people.len() + 2 > MOST_ITEMS {
                break;
            }
            for field in ["name", "deputy"] {
                let person = self.text(Some(contact), field);
                people.extend(person.filter(|person| seen.insert(handle(person))));
            }
        }
        Ok(people)
    }

    fn coverage_gap(&mut self, people: &[Text<'_>], time: Stretch) -> Result<Option<Timestamp>, Misuse> {
        let mut reached = Vec::new();
        let mut seen = HashSet::new();
        for person in people {
            let person = handle(person);
            self.budget.work(2)?;
            if seen.contains(&person) {
                continue;
            }
            let own = self.reachable(&person, time)?;
            // Most often one person is there from beginning to end.
            if first_gap(&own, time).is_none() {
                return Ok(None);
            }
            reached.extend(own);
            seen.insert(person);
        }
        self.budget.work(reached.len() / 4)?;
        Ok(first_gap(&merged(reached), time))
    }

    /// When a person can be reached, in order and without what meets.
    fn reachable(&mut self, person: &str, time: Stretch) -> Result<Vec<Stretch>, Misuse> {
        let [present, known] = self.contacts(person);
        let mut reached = Vec::new();
        for &contact in present {
            let confirmed = self.flag(Some(contact), "confirmed");
            if confirmed == Some(false) {
                continue;
            }
            let from = self.instant(Some(contact), "from").unwrap_or(time.0);
            let to = self.instant(Some(contact), "to").unwrap_or(time.1);
            if confirmed == Some(true) {
                reached.push((from, to));
            } else {
                // Who is away by the profile has to have agreed to be there all the same.
                let mut away = Vec::new();
                for &contact in known {
                    away.extend(self.away(contact)?);
                }
                reached.extend(without(&[(from, to)], &merged(away)));
            }
        }
        // What is said for this window goes before what is said in general.
        if present.is_empty() {
            for &contact in known {
                let there = self.in_general(contact, time)?;
                reached.extend(without(&merged(there), &merged(self.away(contact)?)));
            }
        }
        self.budget.work(reached.len() / 4)?;
        Ok(merged(reached))
    }

    fn in_general(&mut self, contact: NodeId, time: Stretch) -> Result<Vec<Stretch>, Misuse> {
        let always = self.flag(Some(contact), "around_the_clock");
        if always == Some(true) {
            return Ok(vec![time]);
        }
        let Some(hours) = self.get(Some(contact), "hours") else {
            // No hours are any hour, unless that is denied.
            return Ok(if always.is_none() { vec![time] } else { Vec::new() });
        };
        let system = self.section("system");
        let zone = self.text(system, "zone").unwrap_or("UTC");
        let mut there = Vec::new();
        for &hours in self.tree.items(hours) {
            match self.period(hours, zone, Reading::Shorter)? {
                Period::Once(Some(start), Some(end)) => there.push((start, end)),
                Period::Weekly(weekly) if weekly.times.is_some() => {
                    there.extend(weekly.occurrences(self.budget, time.0, time.1, Reading::Shorter)?);
                }
                // Of half a stretch nobody can tell how long it lasts.
                _ => {}
            }
        }
        Ok(there)
    }

    fn away(&mut self, contact: NodeId) -> Result<Vec<Stretch>, Misuse> {
        let away = self.items(Some(contact), "away");
        self.budget.work(1 + away.len() / 4)?;
        let stretch = |&away: &NodeId| self.instant(Some(away), "start").zip(self.instant(Some(away), "end"));
        Ok(away.iter().filter_map(stretch).collect())
    }
}

/// Stretches of time in order, those in one that meet.
fn merged(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.retain(|(from, to)| from < to);
    stretches.sort_unstable();
    let mut merged: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for (from, to) in stretches {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// What is left of stretches without others; both in order, and none meets another of its own.
fn without(stretches: &[Stretch], others: &[Stretch]) -> Vec<Stretch> {
    let mut left = Vec::new();
    let mut others = others.iter().peekable();
    for &(mut from, to) in stretches {
        while let Some(&&(start, end)) = others.peek().filter(|(start, _)| *start < to) {
            left.push((from, start));
            from = from.max(end);
            if end > to {
                break;
            }
            others.next();
        }
        left.push((from, to));
    }
    left.retain(|(from, to)| from < to);
    left
}

/// The first point of a stretch of time that none of others covers, which are in order.
fn first_gap(stretches: &[Stretch], (start, end): Stretch) -> Option<Timestamp> {
    let mut covered = start;
    for &(from, to) in stretches {
        if from > covered {
            break;
        }
        covered = covered.max(to);
    }
    (covered < end).then_some(covered)
}

#[cfg(test)]
mod tests {
    use super::{Stretch, first_gap, merged, without};
    use jiff::Timestamp;

    fn stretches(all: &[(i64, i64)]) -> Vec<Stretch> {
        let at = |second| Timestamp::from_second(second).unwrap_or_default();
        all.iter().map(|&(from, to)| (at(from), at(to))).collect()
    }

    #[test]
    fn a_gap_is_the_first_point_that_nothing_covers() {
        let gap = |all: &[(i64, i64)]| {
            first_gap(&merged(stretches(all)), stretches(&[(10, 20)])[0]).map(|gap| gap.as_second())
        };
        assert_eq!(gap(&[]), Some(10));
        assert_eq!(gap(&[(15, 20), (5, 15)]), None);
        assert_eq!(gap(&[(12, 30)]), Some(10));
        assert_eq!(gap(&[(0, 12), (13, 20)]), Some(12));
        assert_eq!(gap(&[(0, 19)]), Some(19));
        assert_eq!(gap(&[(0, 30), (11, 12)]), None);
        assert_eq!(gap(&[(30, 0)]), Some(10));
    }

    #[test]
    fn what_is_taken_out_may_lie_anywhere() {
        let left = |all: &[(i64, i64)], others: &[(i64, i64)]| without(&stretches(all), &stretches(others));
        assert_eq!(left(&[(0, 10)], &[]), stretches(&[(0, 10)]));
        assert_eq!(left(&[(0, 10)], &[(2, 4), (8, 12)]), stretches(&[(0, 2), (4, 8)]));
        assert_eq!(left(&[(0, 10), (20, 30)], &[(5, 25)]), stretches(&[(0, 5), (25, 30)]));
        assert_eq!(left(&[(5, 10), (20, 30)], &[(0, 3), (3, 40)]), stretches(&[]));
        assert_eq!(left(&[(5, 10), (20, 30)], &[(12, 15), (30, 40)]), stretches(&[(5, 10), (20, 30)]));
    }
}
