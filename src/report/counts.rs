//! How many of what a run has come to, in words.

use crate::verdict::Tally;

/// `3 proposals, 1 blocked, 2 passed: 2 denials, 1 warning`. What is true of all proposals the outcome says already.
pub(super) fn of_tally(tally: &Tally) -> String {
    let parts = [
        (tally.blocked, "blocked"),
        (tally.undecided, "undecided"),
        (tally.passed, "passed"),
        (tally.closed, "closed"),
        (tally.open, "open"),
        (tally.planned, "planned"),
    ];
    let of_some = parts.iter().filter(|(number, _)| *number > 0 && *number < tally.proposals);
    let of_some = of_some.map(|(number, what)| format!("{number} {what}"));
    let proposals: Vec<_> = std::iter::once(count(tally.proposals, "proposal")).chain(of_some).collect();
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
        (0, _) if tally.open + tally.planned > 0 => return "The change needs no further proposal.".to_owned(),
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
    use super::{to_the_second, when_passed};
    use crate::verdict::Tally;

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
