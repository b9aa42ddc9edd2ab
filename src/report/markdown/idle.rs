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
        if self.told.len() + one.len() > LONGEST {
            self.left += 1;
            return;
        }
        let sign = if self.told.is_empty() { "" } else { "; " };
        self.told.extend([sign, one]);
    }

    /// Nothing where there is none.
    pub fn line(&self) -> String {
        let told = match (self.told.as_str(), self.left) {
            ("", 0) => return String::new(),
            ("", left) => left.to_string(),
            (told, 0) => told.to_owned(),
            (told, left) => format!("{told}; and {left} more"),
        };
        format!("Rules without a part: {told}.\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::Idle;

    #[test]
    fn one_that_is_too_long_hides_no_other() {
        let mut idle = Idle::new();
        assert_eq!(idle.line(), "");
        idle.add(&"a".repeat(super::LONGEST + 1));
        assert_eq!(idle.line(), "Rules without a part: 1.\n\n");
        idle.add("b");
        assert_eq!(idle.line(), "Rules without a part: b; and 1 more.\n\n");
    }
}
