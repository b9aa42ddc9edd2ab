//! How many of what a run has come to, in words.

use crate::verdict::{Outcome, Tally};

/// `3 proposals, 1 blocked, 2 passed: 2 denials, 1 warning`. That all proposals are what the run is, its outcome says already.
pub(super) fn of_tally(tally: &Tally) -> String {
    let said = match tally.outcome() {
        Outcome::Pass => "passed",
        Outcome::Blocked => "blocked",
        Outcome::Undecided => "undecided",
    };
    let parts = [
        (tally.blocked, "blocked"),
        (tally.undecided, "undecided"),
        (tally.passed, "passed"),
        (tally.closed, "closed"),
        (tally.open, "open"),
        (tally.planned, "planned"),
    ];
    let told = parts.iter().filter(|(number, what)| *number > 0 && (*number != tally.proposals || *what != said));
    let told = told.map(|(number, what)| format!("{number} {what}"));
    let proposals: Vec<_> = std::iter::once(count(tally.proposals, "proposal")).chain(told).collect();
    let entries = [
        (tally.faults, "error"),
        (tally.deny, "denial"),
        (tally.waived, "waived denial"),
        (tally.warn, "warning"),
        (tally.info, "note"),
    ];
    let entries = entries.iter().filter(|(number, _)| *number > 0).map(|&(number, what)| count(number, what));
    let entries: Vec<_> = entries.collect();
    let colon = if entries.is_empty() { "" } else { ": " };
    format!("{}{colon}{}", proposals.join(", "), entries.join(", "))
}

/// What a run that passed allows, in its phase.
pub(super) fn when_passed(tally: &Tally, phase: &str) -> String {
    match (tally.evaluated, tally.left()) {
        (0, 0) => return "The change needs no proposal.".to_owned(),
        (0, _) if tally.open > 0 || tally.planned > 0 => return "The change needs no further proposal.".to_owned(),
        (0, _) => return "Nothing is open: what is proposed here is done.".to_owned(),
        _ => {}
    }
    let (what, it) = if tally.evaluated > 1 { ("upgrades", "them") } else { ("upgrade", "it") };
    let allowed =
        if phase == "close" || tally.ended == tally.evaluated { "may be called done" } else { "may go ahead" };
    let warnings = if tally.warn > 0 { format!("; the warnings do not block {it}") } else { String::new() };
    format!("The {what} {allowed}{warnings}.")
}

/// A point in time as a run tells it, to the second, which is enough for people.
pub(super) fn to_the_second(now: &str) -> String {
    match now.split_once('.') {
        Some((seconds, rest)) if rest.trim_end_matches('Z').bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{seconds}Z")
        }
        _ => now.to_owned(),
    }
}

/// With the number only where there are several: `denial`, `3 denials`.
pub(super) fn several(number: usize, what: &str) -> String {
    if number == 1 { what.to_owned() } else { count(number, what) }
}

/// `no rules`, `1 rule`, `2 rules`.
pub(super) fn count(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{of_tally, to_the_second, when_passed};
    use crate::verdict::Tally;

    /// `PASS  1 proposal` of what was not judged would hide that.
    #[test]
    fn only_what_the_outcome_says_is_left_out() {
        let none = Tally::default;
        for (tally, told) in [
            (Tally { proposals: 2, passed: 2, ..none() }, "2 proposals"),
            (Tally { proposals: 2, blocked: 2, deny: 3, ..none() }, "2 proposals: 3 denials"),
            (Tally { proposals: 1, undecided: 1, faults: 1, ..none() }, "1 proposal: 1 error"),
            (Tally { proposals: 1, planned: 1, ..none() }, "1 proposal, 1 planned"),
            (Tally { proposals: 12, open: 12, deny: 1, denied: true, ..none() }, "12 proposals, 12 open: 1 denial"),
            (Tally { proposals: 1, passed: 1, deny: 1, denied: true, ..none() }, "1 proposal, 1 passed: 1 denial"),
            (
                Tally { proposals: 1, blocked: 1, deny: 1, faults: 1, ..none() },
                "1 proposal, 1 blocked: 1 error, 1 denial",
            ),
        ] {
            assert_eq!(of_tally(&tally), told);
        }
    }

    /// A report that others wrote may hold any numbers.
    #[test]
    fn numbers_beyond_all_are_told() {
        let most = usize::MAX;
        let hostile = Tally { proposals: 1, closed: most, open: most, planned: most, ..Tally::default() };
        assert_eq!(when_passed(&hostile, "plan"), "The change needs no further proposal.");
        assert!(of_tally(&hostile).starts_with(&format!("1 proposal, {most} closed")));
    }

    #[test]
    fn what_judged_nothing_lets_nothing_go_ahead() {
        let none = Tally::default();
        assert_eq!(when_passed(&none, "plan"), "The change needs no proposal.");
        let done = Tally { proposals: 2, closed: 2, ..none };
        assert_eq!(when_passed(&done, "close"), "Nothing is open: what is proposed here is done.");
        let ended = Tally { proposals: 1, passed: 1, evaluated: 1, ended: 1, ..none };
        assert_eq!(when_passed(&ended, "plan"), "The upgrade may be called done.");
        let stated = Tally { proposals: 1, planned: 1, ..none };
        assert_eq!(when_passed(&stated, "plan"), "The change needs no further proposal.");
        let one = Tally { proposals: 3, closed: 2, passed: 1, evaluated: 1, warn: 1, ..none };
        assert_eq!(when_passed(&one, "plan"), "The upgrade may go ahead; the warnings do not block it.");
    }

    #[test]
    fn a_point_in_time_is_told_to_the_second() {
        for (now, told) in [
            ("2026-11-21T12:00:00.123456789Z", "2026-11-21T12:00:00Z"),
            ("2026-11-21T12:00:00Z", "2026-11-21T12:00:00Z"),
            ("v1.x", "v1.x"),
        ] {
            assert_eq!(to_the_second(now), told);
        }
    }
}
