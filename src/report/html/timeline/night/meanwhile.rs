//! What is on around a window.

use super::super::foremost;
use super::super::moment::day;
use super::super::words::word;
use super::{LEFT, Night, ROW};
use crate::policy::{Kind, Meanwhile};
use crate::report::entry::Weight;
use jiff::SignedDuration;

/// Of more of one kind nobody reads the names.
const MOST_OF_A_KIND: usize = 8;

const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Freeze => "freeze",
        Kind::Peak => "peak",
        Kind::LowRisk => "low",
        Kind::Asked => "asked",
        Kind::Other => "other",
        Kind::Run => "run",
    }
}

impl Night<'_> {
    /// What is on meanwhile: a line for each, and one for what has the same name.
    pub fn put_meanwhile(&mut self) {
        let scale = self.scale;
        let met = self.course.meanwhile.iter().filter(|one| one.start < scale.to && scale.from < one.end);
        let mut rows: Vec<Vec<&Meanwhile>> = Vec::new();
        for one in met {
            match rows.iter_mut().find(|row| (row[0].kind, &row[0].name) == (one.kind, &one.name)) {
                Some(row) => row.push(one),
                None => rows.push(vec![one]),
            }
        }
        for of_kind in rows.chunk_by(|one, next| one[0].kind == next[0].kind) {
            let (shown, left_out) = foremost(of_kind.iter().collect(), MOST_OF_A_KIND, |row| self.is_met_against(row));
            shown.into_iter().for_each(|row| self.put_row(row));
            if left_out > 0 {
                let more = format!("and {left_out} more, which the times in words have");
                self.put_name(word(of_kind[0][0].kind), false);
                self.put_label(&more, (LEFT, LEFT), "");
                self.y += ROW;
            }
        }
    }

    /// What has one name.
    fn put_row(&mut self, row: &[&Meanwhile]) {
        let bad = self.is_met_against(row);
        self.put_name(word(row[0].kind), bad);
        let mut ends = (0.0, 0.0);
        for one in row {
            ends = self.put_bar(class(row[0].kind), bad, one.start, one.end);
        }
        let name = self.named(row[0], row.len() == 1);
        self.put_label(&name, ends, if bad { "bad" } else { "" });
        self.y += ROW;
    }

    /// What it is called, and until when it lasts where that can't be seen.
    fn named(&self, one: &Meanwhile, alone: bool) -> String {
        let zone = &self.course.zone;
        // That one of the same night begins a little earlier says nothing.
        let far = SignedDuration::from_hours(20);
        let before = self.scale.from.duration_since(one.start) > far;
        let after = one.end.duration_since(self.scale.to) > far;
        let comma = if one.name.is_empty() { "" } else { ", " };
        match (before && alone, after && alone) {
            (true, true) => format!("{}{comma}{} to {}", one.name, day(one.start, zone), day(one.end, zone)),
            (true, false) => format!("{}{comma}since {}", one.name, day(one.start, zone)),
            (false, true) => format!("{}{comma}until {}", one.name, day(one.end, zone)),
            (false, false) => one.name.clone(),
        }
    }

    /// Whether a finding denies any of it that meets the window.
    fn is_met_against(&self, row: &[&Meanwhile]) -> bool {
        let meets = |one: &&&Meanwhile| one.start < self.slot.end && self.slot.start < one.end;
        row.iter().filter(meets).any(|one| self.is_against(one))
    }

    /// Whether a finding denies it. Of a time in which the system is busy that is told of the window.
    fn is_against(&self, one: &Meanwhile) -> bool {
        let of_window =
            if one.kind == Kind::Peak { self.against.because_of(&self.slot.place, &one.place) } else { None };
        self.against.weight(&one.place).max(of_window) >= Some(Weight::Error)
    }
}
