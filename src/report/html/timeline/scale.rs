//! A stretch of time laid along a line, and its axis.

use super::moment::{clock, day};
use crate::report::html::markup::{Markup, Px, Short, put};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The width of a drawing, of the names at its left and of what is free at its right.
pub const WIDTH: f64 = 920.0;
pub const LEFT: f64 = 148.0;
pub const RIGHT: f64 = 20.0;

/// About how wide a letter is.
pub const LETTER: f64 = 6.4;

/// More ticks are no help.
const MOST_TICKS: i64 = 12;

/// From when to when a drawing reaches.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// By which clock an axis is labelled.
#[derive(Debug, Clone, Copy)]
pub struct Clock<'z> {
    /// Whose full hours have ticks.
    pub ticks: &'z TimeZone,
    /// By which they are told.
    pub told: &'z TimeZone,
}

impl Scale {
    /// Where a point in time stands; what lies outside stands at the edge.
    pub fn x(&self, at: Timestamp) -> f64 {
        let all = self.to.duration_since(self.from).as_secs_f64().max(1.0);
        let part = at.duration_since(self.from).as_secs_f64() / all;
        LEFT + part.clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT)
    }

    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at <= self.to
    }

    /// The full hours and days in it, by the clock of a zone, with the minutes from one to the next.
    fn ticks(&self, zone: &TimeZone) -> (i64, Vec<Timestamp>) {
        const STEPS: [i64; 13] = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 43_200];
        let minutes = self.to.duration_since(self.from).as_mins();
        let step = STEPS.into_iter().find(|step| minutes / step < MOST_TICKS).unwrap_or(525_600);
        // Counted from midnight there, so that ticks stand at full hours of the clock.
        let midnight = self.from.to_zoned(zone.clone()).start_of_day().map_or(self.from, |zoned| zoned.timestamp());
        let before = self.from.duration_since(midnight).as_mins();
        let mut next = (before + step - 1) / step * step;
        let mut ticks = Vec::new();
        while let Ok(at) = midnight.checked_add(SignedDuration::from_mins(next)) {
            if at > self.to || ticks.len() > 2 * MOST_TICKS as usize {
                break;
            }
            ticks.push(at);
            next += step;
        }
        (step, ticks)
    }

    /// The lines of the hours, from one height to another.
    pub fn put_grid(&self, out: &mut Markup, zone: &TimeZone, top: f64, bottom: f64) {
        for at in self.ticks(zone).1 {
            put!(out; "<path class=\"grid\" d=\"M", Px(self.x(at)), " ", Px(top), "V", Px(bottom), "\"/>");
        }
    }

    /// The hours, with the days where they begin, above them or below.
    pub fn put_axis(&self, out: &mut Markup, clock_of: Clock<'_>, name: &str, y: f64, days: f64) {
        put!(out; "<text class=\"name axis\" x=\"", Px(LEFT - 12.0), "\" y=\"", Px(y), "\">", Short(name, 24), "</text>");
        let (step, ticks) = self.ticks(clock_of.ticks);
        let whole_days = step >= 1_440;
        let mut last = None;
        for at in ticks {
            let zone = clock_of.told;
            let date = at.to_zoned(zone.clone()).date();
            let is_new = last.replace(date) != Some(date);
            let told = if whole_days { day(at, zone) } else { clock(at, zone) };
            put!(out; "<text class=\"tick\" x=\"", Px(self.x(at)), "\" y=\"", Px(y), "\">", told, "</text>");
            if is_new && !whole_days {
                put!(out; "<text class=\"tick day\" x=\"", Px(self.x(at)), "\" y=\"", Px(y + days), "\">", day(at, zone), "</text>");
            }
        }
    }
}
