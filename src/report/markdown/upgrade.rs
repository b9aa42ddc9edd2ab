//! What is upgraded and when: for whoever is there that night, and has nothing to mend.

use super::inert::text;
use crate::roster::Left;
use crate::verdict::{Outcome, Whose};

/// The table of them.
pub const HEAD: &str = "| | Upgrade | System | When | Rollback decided by |\n|---|---|---|---|---|\n";
const LONGEST_NAME: usize = 200;
/// Of more windows of one proposal the rest is counted.
const MOST_WINDOWS: usize = 3;

/// A proposal with its times, as RFC 3339 has them. All texts are those of others.
#[derive(Debug)]
pub struct Upgrade<'a> {
    pub outcome: Outcome,
    pub whose: Whose,
    /// Whether it was judged by the rules of its close, though the run is about another phase.
    pub ends: bool,
    /// The word for why it was not judged, where it was not.
    pub left: Option<&'a str>,
    pub name: &'a str,
    pub system: Option<&'a str>,
    /// By whose clocks the times are.
    pub zone: Option<&'a str>,
    pub windows: Vec<(&'a str, &'a str)>,
    pub decide_by: Option<&'a str>,
    /// From when to when it was carried out, where that is recorded.
    pub ran: Option<(&'a str, &'a str)>,
}

/// Its row, with what marks its outcome.
pub fn told(upgrade: &Upgrade<'_>, mark: &str) -> String {
    let mark = upgrade.left.map_or_else(|| mark.to_owned(), |left| text(left, LONGEST_NAME));
    let system = upgrade.system.map(|system| text(system, LONGEST_NAME)).unwrap_or_default();
    let mut windows: Vec<_> = upgrade
        .windows
        .iter()
        .take(MOST_WINDOWS)
        .map(|(start, end)| text(&stretch(start, end), LONGEST_NAME))
        .collect();
    if let more @ 1.. = upgrade.windows.len().saturating_sub(MOST_WINDOWS) {
        windows.push(format!("and {more} more"));
    }
    // What ran as planned is told once.
    if let Some((start, end)) = upgrade.ran.filter(|ran| upgrade.windows != [*ran]) {
        windows.push(format!("ran {}", text(&stretch(start, end), LONGEST_NAME)));
    }
    let zone = upgrade.zone.filter(|_| !windows.is_empty());
    let zone = zone.map(|zone| format!(", {}", text(zone, LONGEST_NAME))).unwrap_or_default();
    let decide_by = upgrade.decide_by.map(|at| text(&moment(at), LONGEST_NAME)).unwrap_or_default();
    let name = text(upgrade.name, LONGEST_NAME);
    let why = why(upgrade).map(|why| format!("<br>{}", text(why, LONGEST_NAME))).unwrap_or_default();
    format!("| {mark} | {name}{why} | {system} | {}{zone} | {decide_by} |\n", windows.join("<br>"))
}

/// Why it is told though it is not of the change, or was not judged as the others.
fn why(upgrade: &Upgrade<'_>) -> Option<&'static str> {
    let left = upgrade.left.and_then(Left::named).map(Left::why);
    let ends = upgrade.ends.then_some("judged by the rules of its close");
    upgrade.whose.why(upgrade.outcome).or(left).or(ends)
}

/// Day, minute and offset of `2026-12-20T01:00:00+01:00`; none of what is no such text.
fn parts(at: &str) -> Option<(&str, &str, &str)> {
    Some((at.get(..10)?, at.get(11..16)?, at.get(19..)?))
}

/// `2026-12-20 01:00 +01:00`
fn moment(at: &str) -> String {
    parts(at).map_or_else(|| at.to_owned(), |(day, minute, offset)| format!("{day} {minute} {offset}"))
}

/// `2026-12-20 01:00 to 04:00 +01:00`, and both in full where they are of two days or the clocks change.
fn stretch(start: &str, end: &str) -> String {
    match (parts(start), parts(end)) {
        (Some((day, from, offset)), Some((last, to, same))) if (day, offset) == (last, same) => {
            format!("{day} {from} to {to} {offset}")
        }
        _ => format!("{} to {}", moment(start), moment(end)),
    }
}

#[cfg(test)]
mod tests {
    use super::stretch;

    #[test]
    fn a_window_is_told_as_short_as_it_can_be() {
        for (start, end, told) in [
            ("2026-12-20T01:00:00+01:00", "2026-12-20T04:30:00+01:00", "2026-12-20 01:00 to 04:30 +01:00"),
            (
                "2026-12-20T23:00:00+01:00",
                "2026-12-21T01:00:00+01:00",
                "2026-12-20 23:00 +01:00 to 2026-12-21 01:00 +01:00",
            ),
            (
                "2026-10-25T01:00:00+02:00",
                "2026-10-25T04:00:00+01:00",
                "2026-10-25 01:00 +02:00 to 2026-10-25 04:00 +01:00",
            ),
            ("soon", "2026-10-25", "soon to 2026-10-25"),
        ] {
            assert_eq!(stretch(start, end), told);
        }
    }
}
