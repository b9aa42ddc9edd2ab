//! How much of rules their cases ran, in figures.

use crate::policy::Coverage;
use std::fmt;

/// Some things, and those of them that were met.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// So many there are.
    pub found: usize,
    /// So many of them were met.
    pub met: usize,
}

/// What of rules ran.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    /// Lines that ran.
    pub lines: Share,
    /// Branches that were taken.
    pub branches: Share,
}

/// A share that is asked for, in tenths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent(u16);

impl Share {
    fn of(all: impl Iterator<Item = u32>) -> Self {
        all.fold(Self::default(), |share, times| Self {
            found: share.found + 1,
            met: share.met + usize::from(times > 0),
        })
    }

    /// Those that were not.
    pub const fn missed(self) -> usize {
        self.found.saturating_sub(self.met)
    }

    /// To a tenth that is no more than it is, so that nothing is 100 of which something is missed; none where there is nothing to be met.
    fn tenths(self) -> Option<usize> {
        (self.met * 1000).checked_div(self.found)
    }

    /// The same, in percent.
    pub fn percent(self) -> Option<f64> {
        self.tenths().map(|tenths| tenths as f64 / 10.0)
    }

    pub(super) fn is_below(self, least: Percent) -> bool {
        self.tenths().is_some_and(|tenths| tenths < usize::from(least.0))
    }

    /// By how much it is below a share that is asked for.
    pub(super) fn lacks(self, least: Percent) -> String {
        let lacks = usize::from(least.0).saturating_sub(self.tenths().unwrap_or_default());
        if lacks % 10 == 0 { (lacks / 10).to_string() } else { format!("{}.{}", lacks / 10, lacks % 10) }
    }
}

impl fmt::Display for Share {
    /// `98.4 %`, or `none`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.percent() {
            Some(percent) => write!(f, "{percent} %"),
            None => f.write_str("none"),
        }
    }
}

impl Covered {
    pub(in crate::report) fn of(coverage: &Coverage) -> Self {
        Self {
            lines: Share::of(coverage.lines.values().copied()),
            branches: Share::of(coverage.ways.iter().map(|way| way.times)),
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        for (sum, more) in [(&mut self.lines, other.lines), (&mut self.branches, other.branches)] {
            *sum = Share { found: sum.found + more.found, met: sum.met + more.met };
        }
    }

    pub(in crate::report) const fn is_whole(self) -> bool {
        self.lines.missed() + self.branches.missed() == 0
    }

    /// `lines 98.4 % (3 of 188 not run), branches 100 %`.
    pub(in crate::report) fn told(self) -> String {
        let part = |what: &str, share: Share, missed: &str| match share.missed() {
            0 => format!("{what} {share}"),
            number => format!("{what} {share} ({number} of {} {missed})", share.found),
        };
        format!("{}, {}", part("lines", self.lines, "not run"), part("branches", self.branches, "never taken"))
    }
}

impl Percent {
    /// From `0` to `100`, with a tenth or without.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
        let is_number =
            |text: &str, longest| (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole, 3) || !is_number(tenth, 1) {
            return None;
        }
        let tenths = 10 * whole.parse::<u16>().ok()? + tenth.parse::<u16>().ok()?;
        (tenths <= 1000).then_some(Self(tenths))
    }

    pub(super) fn value(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.value())
    }
}

#[cfg(test)]
mod tests {
    use super::{Percent, Share};

    #[test]
    fn nothing_is_whole_of_which_something_is_missed() {
        assert_eq!(Share { found: 3000, met: 2999 }.to_string(), "99.9 %");
        assert_eq!(Share { found: 3000, met: 3000 }.to_string(), "100 %");
        assert_eq!(Share { found: 0, met: 0 }.to_string(), "none");
        let all = Percent::parse("100").expect("a percentage");
        assert!(Share { found: 3000, met: 2999 }.is_below(all));
        assert!(!Share { found: 3000, met: 3000 }.is_below(all) && !Share::default().is_below(all));
        assert_eq!(Share { found: 3, met: 2 }.lacks(Percent::parse("70.5").expect("a percentage")), "3.9");
    }

    #[test]
    fn a_percentage_has_a_tenth_at_most() {
        for (text, told) in
            [("0", Some("0 %")), ("87.5", Some("87.5 %")), ("100.0", Some("100 %")), ("007", Some("7 %"))]
        {
            assert_eq!(Percent::parse(text).map(|percent| percent.to_string()).as_deref(), told, "{text}");
        }
        for text in ["", "-1", "+1", "100.1", "99.99", "1e2", ".5", "5.", "1000", "NaN", "٣"] {
            assert_eq!(Percent::parse(text), None, "{text}");
        }
    }
}
