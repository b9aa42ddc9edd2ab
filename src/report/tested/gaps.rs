//! What of a rule never ran, in places.

use crate::policy::{Coverage, Way};
use crate::source::Position;

/// Stretches of lines that never ran, each with its first and its last. Lines between them on which no statement begins are no gap.
pub fn lines(coverage: &Coverage) -> Vec<(u32, u32)> {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    let mut goes_on = false;
    for (&line, &times) in &coverage.lines {
        match stretches.last_mut() {
            Some(last) if times == 0 && goes_on => last.1 = line,
            _ if times == 0 => stretches.push((line, line)),
            _ => {}
        }
        goes_on = times == 0;
    }
    stretches
}

/// Branches that were never taken, and could have been: what was never reached stands in what did not run.
pub fn branches(coverage: &Coverage) -> Vec<(Position, &Way)> {
    let never = coverage.ways.iter().filter(|way| way.reached > 0 && way.times == 0);
    never.map(|way| (way.place.start(), way)).collect()
}

/// `41, 55-57`.
pub fn in_words(stretches: &[(u32, u32)]) -> String {
    let words =
        stretches.iter().map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") });
    words.collect::<Vec<_>>().join(", ")
}
