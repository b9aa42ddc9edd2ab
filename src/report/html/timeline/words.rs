//! A window in words, for whom its drawing is not.

use super::against::Against;
use super::foremost;
use super::moment::{between, clock, stretch};
use crate::policy::{Kind, Length, Meanwhile, Slot};
use crate::verdict::Course;
use jiff::SignedDuration;

/// Of more that a window meets the rest is counted.
const MOST_MET: usize = 16;

/// Which window it is, and when.
pub fn title(course: &Course, slot: &Slot) -> String {
    format!("{}: {}", slot.path, stretch(slot.start, slot.end, &course.zone))
}

/// The drawing in words.
pub fn told(course: &Course, slot: &Slot, needed: SignedDuration, against: &Against<'_>) -> String {
    let length = between(slot.start, slot.end);
    let mut told = format!("The window has {length}, its parts need {}", Length(needed));
    match needed.checked_sub(length.0).filter(SignedDuration::is_positive) {
        Some(over) => told.push_str(&format!(": {} too short.", Length(over))),
        None => told.push('.'),
    }
    if let Some(decision) = &slot.decision {
        told.push_str(&format!(" A rollback is decided by {}.", clock(decision.at, &course.zone)));
    }
    let met = course.meanwhile.iter().filter(|one| one.start < slot.end && slot.start < one.end).collect();
    let (met, left_out) = foremost(met, MOST_MET, |one: &&Meanwhile| against.denies(&one.place));
    for one in met {
        let bad = if against.denies(&one.place) { ", which is denied" } else { "" };
        let name = if one.name.is_empty() { String::new() } else { format!(" {}", one.name) };
        let what = match one.kind {
            Kind::Asked => "the time that is frozen for it",
            Kind::Run => "the time in which it was carried out",
            kind => word(kind),
        };
        told.push_str(&format!(" It meets {what}{name}{bad}."));
    }
    if left_out > 0 {
        told.push_str(&format!(" It meets {left_out} more, which the times in words have."));
    }
    told
}

/// What is on, in a word or two.
pub const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Freeze => "freeze",
        Kind::Peak => "peak hours",
        Kind::LowRisk => "low risk",
        Kind::Asked => "frozen for it",
        Kind::Other => "other proposal",
        Kind::Run => "carried out",
    }
}
