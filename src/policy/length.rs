//! Lengths of time.

use jiff::SignedDuration;
use std::fmt;

/// A length of time. Those of the facts are whole minutes; the one between two points in time is exact.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Length(pub SignedDuration);

impl Length {
    /// None at all.
    pub const ZERO: Self = Self(SignedDuration::ZERO);

    /// Of some minutes, where they are not too many to count in seconds.
    pub fn of_minutes(minutes: i64) -> Option<Self> {
        minutes.checked_mul(60).map(|seconds| Self(SignedDuration::from_secs(seconds)))
    }

    /// How often some seconds fit into it wholly. Of a negative one the next lower number, so that an hour before and an hour after
    /// a point in time are counted alike.
    pub fn whole(self, seconds: i64) -> i64 {
        let below = i64::from(self.0.subsec_nanos() < 0);
        self.0.as_secs().saturating_sub(below).div_euclid(seconds)
    }
}

impl fmt::Display for Length {
    /// `3 days 4 h`, `2 h 30 min`, `45 min`, `1 h 30 s`: the parts that are not nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_negative() {
            f.write_str("-")?;
        }
        let length = self.0.unsigned_abs();
        let (all, rest) = (length.as_secs() / 60, length.as_secs() % 60);
        let (days, hours, minutes) = (all / 1_440, all / 60 % 24, all % 60);
        let mut parts = Parts { f, any: false };
        parts.put(days, if days == 1 { " day" } else { " days" })?;
        parts.put(hours, " h")?;
        if length.is_zero() { parts.f.write_str("0 min") } else { parts.put(minutes, " min") }?;
        match length.subsec_nanos() {
            0 => parts.put(rest, " s"),
            nanos => {
                let space = if parts.any { " " } else { "" };
                write!(parts.f, "{space}{rest}.{} s", format!("{nanos:09}").trim_end_matches('0'))
            }
        }
    }
}

/// Writes the parts of a length that are not nothing, with spaces between them.
struct Parts<'w, 'f> {
    f: &'w mut fmt::Formatter<'f>,
    any: bool,
}

impl Parts<'_, '_> {
    fn put(&mut self, number: u64, unit: &str) -> fmt::Result {
        if number == 0 {
            return Ok(());
        }
        let space = if self.any { " " } else { "" };
        self.any = true;
        write!(self.f, "{space}{number}{unit}")
    }
}
