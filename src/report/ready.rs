//! The rules of a run, by their number: those of its phase, those of others, and those by which is judged what ends with a change.

use crate::facts::Phase;
use crate::verdict::{Part, RuleTerms, Tally, Terms};

/// Counted when a run begins, and told when it is known over what they were run.
#[derive(Debug, Default)]
pub(super) struct Ready {
    phase: &'static str,
    of_phase: usize,
    elsewhere: usize,
    closing: usize,
    /// Those that are off or have expired.
    idle: usize,
}

impl Ready {
    pub fn of(terms: &Terms) -> Self {
        let number = |is: fn(&RuleTerms) -> bool| terms.rules.iter().filter(|rule| is(rule)).count();
        Self {
            phase: terms.phase,
            idle: number(|rule| matches!(rule.part, Part::Off(_) | Part::Expired(_))),
            of_phase: number(|rule| rule.part == Part::Evaluated),
            elsewhere: number(|rule| matches!(rule.part, Part::OtherPhase(_))),
            closing: number(|rule| {
                !matches!(rule.part, Part::Off(_) | Part::Expired(_)) && rule.header.phases.contains(&Phase::Close)
            }),
        }
    }

    /// `31 evaluated in phase close`
    pub fn told(&self, tally: &Tally) -> String {
        let elsewhere = match self.elsewhere {
            0 => String::new(),
            number => format!(", {number} for other phases"),
        };
        let (number, phase) = (self.of_phase, self.phase);
        match tally.evaluated {
            // What is wrong with the configuration or with a pack was found before there were rules.
            0 if number + self.elsewhere + self.idle == 0 => "none loaded".to_owned(),
            // Rules are ready, and no proposal was fit to be judged by them.
            0 => format!("none evaluated ({number} for phase {phase}{elsewhere})"),
            all if tally.ended == all => format!("{} evaluated in phase close", self.closing),
            _ if tally.ended > 0 => {
                format!("{number} evaluated in phase {phase}{elsewhere}; {} in phase close", self.closing)
            }
            _ => format!("{number} evaluated in phase {phase}{elsewhere}"),
        }
    }
}
