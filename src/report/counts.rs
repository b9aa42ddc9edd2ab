//! How many of what a run has come to, in words.

use crate::verdict::Tally;

/// `3 proposals, 1 blocked, 2 passed: 2 denials, 1 warning`. What is true of all proposals the outcome says already.
pub(super) fn of_tally(tally: &Tally) -> String {
    let parts = [
        (tally.blocked, "blocked"),
        (tally.undecided, "undecided"),
        (tally.passed, "passed"),
        (tally.closed, "closed"),
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

/// `no rules`, `1 rule`, `2 rules`.
pub(super) fn count(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
