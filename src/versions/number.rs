//! Numbers of any length, compared without being made into machine numbers: versions are dates, counters and hashes.

use std::cmp::Ordering;

/// A run of digits without leading zeros; nothing at all is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Number<'t>(&'t str);

impl<'t> Number<'t> {
    /// Of digits alone, which the caller has made sure of.
    pub(super) fn of(digits: &'t str) -> Self {
        Self(digits.trim_start_matches('0'))
    }

    pub(super) fn is_zero(self) -> bool {
        self.0.is_empty()
    }
}

impl Ord for Number<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(other.0))
    }
}

impl PartialOrd for Number<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The digits at the start of a text, and what follows them.
pub(super) fn digits(text: &str) -> (&str, &str) {
    split(text, |byte| byte.is_ascii_digit())
}

/// What at the start of a text is of a kind, and what follows it. The kind takes ASCII only, so that a text is never cut inside a character.
pub(super) fn split(text: &str, kind: impl Fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(|byte| !(byte.is_ascii() && kind(byte))).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::{Number, digits};

    #[test]
    fn numbers_have_no_limit() {
        assert!(Number::of("99999999999999999999999999") > Number::of("9"));
        assert_eq!(Number::of("007"), Number::of("7"));
        assert!(Number::of("000").is_zero() && Number::of("") < Number::of("1"));
        assert_eq!(digits("12é3"), ("12", "é3"));
    }
}
