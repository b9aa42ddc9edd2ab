//! The days of a rule: from which on it blocks, and from which on it has no part any more.
//!
//! Days begin at midnight by the clocks of UTC, as those of waivers do. Which day it is says the time by which is judged, and never the clock.

use super::load::{Rule, RuleSet};
use super::set::Setting;
use super::terms::Part;
use crate::finding::{Fault, Level};
use crate::source::Place;
use jiff::civil::Date;

/// The days of a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day on which it blocks: before it, what it would deny is a warning. None where it blocks as soon as it is there.
    pub effective_on: Option<Date>,
    /// The first day on which it has no part any more; none where it stays.
    pub expires_on: Option<Date>,
}

impl Days {
    /// Whether there is a day on which it could block.
    pub fn are_in_order(self) -> bool {
        self.effective_on.zip(self.expires_on).is_none_or(|(effective, expires)| effective < expires)
    }
}

impl RuleSet {
    /// The same rules as they are on a day: some warn of what they will deny, and others have expired.
    pub fn on(mut self, day: Date) -> Self {
        for rule in &mut self.rules {
            rule.set_day(day);
        }
        self
    }
}

impl Rule {
    fn set_day(&mut self, day: Date) {
        self.blocks_on = self.days.effective_on.filter(|effective| day < *effective);
        if let Some(expired) = self.days.expires_on.filter(|expires| *expires <= day)
            && !matches!(self.part, Part::Off(_))
        {
            self.part = Part::Expired(expired);
        }
    }

    /// Its days in words, nothing where there are none: `blocks from 2027-03-01, expires on 2027-09-01`.
    pub fn told_days(&self) -> String {
        let blocks = self.days.effective_on.filter(|_| self.level == Level::Deny);
        let blocks = blocks.map(|day| format!("blocks from {day}"));
        let expires = self.days.expires_on.map(|day| format!("expires on {day}"));
        blocks.into_iter().chain(expires).collect::<Vec<_>>().join(", ")
    }

    /// How much a finding weighs in this run, and from when on it blocks where it does not yet.
    pub fn weighed(&self, level: Level) -> (Level, Option<Date>) {
        match self.blocks_on {
            Some(day) if level == Level::Deny => (Level::Warn, Some(day)),
            _ => (level, None),
        }
    }

    /// Takes the days of the configuration, where it has any.
    pub(super) fn set_days(&mut self, setting: &Setting) -> Option<Fault> {
        if let Some(fault) = self.warns_anyway(setting) {
            return Some(fault);
        }
        let Setting { effective_on, expires_on, .. } = setting;
        let told = |day: Option<Date>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
        let days = [
            ("effective_on", &mut self.days.effective_on, effective_on),
            ("expires_on", &mut self.days.expires_on, expires_on),
        ];
        for (name, own, set) in days {
            let Some((day, _)) = set else { continue };
            if *own != Some(*day) {
                self.changes.push(format!("{name} = {day} instead of {}", told(*own)));
                *own = Some(*day);
            }
        }
        if self.days.are_in_order() {
            return None;
        }
        let place = |set: &Option<(Date, Place)>| set.as_ref().map(|(_, place)| place.clone());
        let (effective, expires) = (told(self.days.effective_on), told(self.days.expires_on));
        let message =
            format!("the rule `{}` expires on {expires} and blocks from {effective}, which is never", self.id);
        let fault = Fault::new("config/never-blocks", message)
            .help("let `expires_on` be a day after `effective_on`; to do without the rule, switch it off with a reason: `off`");
        Some(fault.at(place(expires_on).or_else(|| place(effective_on))?, "this day"))
    }

    /// The day that the configuration gives a rule that blocks on none. One of the header may stay where the configuration lowers the level.
    fn warns_anyway(&self, setting: &Setting) -> Option<Fault> {
        let (day, place) = setting.effective_on.as_ref().filter(|_| self.level < Level::Deny)?;
        let message =
            format!("the rule `{}` has the level {}, and so does not block from {day} on", self.id, self.level);
        let help = "set its `level` to \"deny\", or take the day out";
        Some(Fault::new("config/never-blocks", message).help(help).at(place.clone(), "this day"))
    }
}
