//! The rules that have no part in a run though they are there: off, or expired.

use super::inert::{text, verbatim};

/// What they may take of a report.
const LONGEST: usize = 2_000;
const LONGEST_TEXT: usize = 200;

/// They stand on one line: as many as there is room for, and how many there are besides.
#[derive(Debug)]
pub struct Idle {
    told: String,
    left: usize,
}

impl Idle {
    pub const fn new() -> Self {
        Self { told: String::new(), left: 0 }
    }

    /// One that the configuration has switched off, and why.
    pub fn add_off(&mut self, rule: &str, reason: &str) {
        self.add(&format!("{} is off ({})", verbatim(rule, LONGEST_TEXT), text(reason, LONGEST_TEXT)));
    }

    /// One that has had its time, and since when.
    pub fn add_expired(&mut self, rule: &str, day: &str) {
        self.add(&format!("{} has expired on {}", verbatim(rule, LONGEST_TEXT), text(day, LONGEST_TEXT)));
    }

    fn add(&mut self, one: &str) {
        if self.left > 0 || self.told.len() + one.len() > LONGEST {
            self.left += 1;
            return;
        }
        let sign = if self.told.is_empty() { "" } else { "; " };
        self.told.extend([sign, one]);
    }

    /// Nothing where there is none.
    pub fn line(&self) -> String {
        let more = match self.left {
            0 => String::new(),
            left => format!("; and {left} more"),
        };
        if self.told.is_empty() { String::new() } else { format!("Rules without a part: {}{more}.\n\n", self.told) }
    }
}
