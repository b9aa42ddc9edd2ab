//! The line that says what was decided, with which the last part of a report begins.

use super::paint::{self, Paint};
use crate::report::counts::of_tally;
use crate::verdict::{Outcome, Tally};

/// `BLOCKED  3 proposals, 1 blocked: 2 denials, 1 warning`
pub(super) fn headline(paint: &Paint, tally: &Tally) -> String {
    let outcome = tally.outcome();
    let word = paint.text(paint::of_outcome(outcome), &outcome.as_str().to_uppercase());
    format!("{word}  {}", of_tally(tally))
}

/// Whether a text ends as a report does: the last line that is not indented is the headline.
pub fn ends(text: &str) -> bool {
    let last = text.lines().rev().find(|line| !line.is_empty() && !line.starts_with(' '));
    last.and_then(|line| line.split_once("  ")).is_some_and(|(word, rest)| {
        let is_outcome = [Outcome::Pass, Outcome::Blocked, Outcome::Undecided]
            .into_iter()
            .any(|outcome| outcome.as_str().to_uppercase() == word);
        is_outcome && (rest.starts_with("no proposals") || rest.starts_with(|first: char| first.is_ascii_digit()))
    })
}
