//! Weeks as strips: a row of days, each of some cells, and below it the proposals that are worked on then.

use super::{collides, weekday};
use crate::calendars::Purpose;
use crate::finding::Level;
use crate::report::agenda::Agenda;
use crate::report::human::paint::{self, Paint};
use crate::verdict::Outcome;
use jiff::Timestamp;
use jiff::civil::Weekday;

/// Cells before the first day: a mark, the day and the month.
const HEAD: usize = 7;
/// How many cells a day may have: each stands for a whole number of hours, but where the clocks change.
const CELLS: [usize; 6] = [12, 8, 6, 4, 3, 2];

/// By what a proposal is known in the strips: 1 to 9, then letters; one sign for all that are more.
pub fn mark(index: usize) -> char {
    const MARKS: &[u8] = b"123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    MARKS.get(index).map_or('*', |&mark| char::from(mark))
}

struct Strips<'a> {
    agenda: &'a Agenda,
    paint: &'a Paint,
    /// Cells of a day, and between two of them.
    cells: usize,
    gap: usize,
    signs: Signs,
}

/// How a cell is drawn: a freeze of all, one of some, a low-risk window, nothing.
type Signs = [char; 4];

/// Writes all weeks, with what the signs mean.
pub fn strips(out: &mut String, agenda: &Agenda, paint: &Paint) {
    let room = |cells: usize| HEAD + 7 * (cells + 1) <= paint.width();
    let cells = CELLS.into_iter().find(|&cells| room(cells));
    let signs = if paint.is_unicode() { ['█', '▒', '░', '·'] } else { ['#', '%', '=', '.'] };
    let strips = Strips { agenda, paint, cells: cells.unwrap_or(1), gap: usize::from(cells.is_some()), signs };
    strips.header(out);
    for week in 0..i64::from(agenda.weeks) {
        strips.week(out, week * 7);
    }
    strips.legend(out);
}

impl Strips<'_> {
    fn header(&self, out: &mut String) {
        let mut line = " ".repeat(HEAD);
        for day in Weekday::Monday.cycle_forward().take(7) {
            let name: String = weekday(day).chars().take(self.cells + self.gap - usize::from(self.cells > 1)).collect();
            line.push_str(&" ".repeat(self.gap));
            line.push_str(&format!("{name:width$}", width = self.cells));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }

    fn week(&self, out: &mut String, first: i64) {
        let monday = self.agenda.from.saturating_add(jiff::ToSpan::days(first));
        let is_now = (self.agenda.midnight(first)..self.agenda.midnight(first + 7)).contains(&self.agenda.now);
        out.push_str(&format!("{}{:>6}", if is_now { '>' } else { ' ' }, monday.strftime("%-d %b").to_string()));
        let mut below = String::new();
        let mut any = false;
        for day in first..first + 7 {
            out.push_str(&" ".repeat(self.gap));
            below.push_str(&" ".repeat(self.gap));
            for (start, end) in self.parts(day) {
                out.push_str(&self.sign(start, end));
                let worked = self.worked(start, end);
                any |= worked.is_some();
                below.push_str(&worked.unwrap_or_else(|| " ".to_owned()));
            }
        }
        out.push('\n');
        if any {
            out.push_str(&" ".repeat(HEAD));
            out.push_str(below.trim_end());
            out.push('\n');
        }
    }

    /// The stretches of a day that its cells stand for.
    fn parts(&self, day: i64) -> Vec<(Timestamp, Timestamp)> {
        let (start, end) = (self.agenda.midnight(day), self.agenda.midnight(day + 1));
        let (seconds, cells) = (end.as_second() - start.as_second(), self.cells as i64);
        let at = |cell: i64| Timestamp::from_second(start.as_second() + seconds * cell / cells).unwrap_or(end);
        (0..cells).map(|cell| (at(cell), at(cell + 1))).collect()
    }

    fn sign(&self, start: Timestamp, end: Timestamp) -> String {
        let [all, some, low_risk, nothing] = self.signs;
        let (mut frozen, mut quiet) = (None, false);
        for event in self.agenda.events.iter().filter(|event| event.meets(start, end)) {
            if event.purpose == Purpose::LowRisk {
                quiet = true;
            } else if event.scope.systems.is_empty() && event.scope.environments.is_empty() {
                frozen = Some(all);
            } else {
                frozen = frozen.or(Some(some));
            }
        }
        match frozen {
            Some(sign) => self.paint.text(paint::of_level(Level::Deny), &sign.to_string()),
            None if quiet => self.paint.text(paint::of_outcome(Outcome::Pass), &low_risk.to_string()),
            None => self.paint.text(paint::DIM, &nothing.to_string()),
        }
    }

    /// The proposals that are worked on in a stretch.
    fn worked(&self, start: Timestamp, end: Timestamp) -> Option<String> {
        let meets = |&(_, from, to): &(&str, Timestamp, Timestamp)| from < end && start < to;
        let mut there = self.agenda.proposals.iter().enumerate().filter(|(_, planned)| {
            planned.windows.iter().map(|(name, from, to)| (name.as_str(), *from, *to)).any(|window| meets(&window))
        });
        let (index, first) = there.next()?;
        let others: Vec<_> = there.map(|(_, planned)| planned).collect();
        let sign = if others.is_empty() { mark(index) } else { '+' };
        let wrong = collides(first) || others.into_iter().any(collides);
        let style = if wrong { paint::of_level(Level::Deny) } else { paint::of_level(Level::Info) };
        Some(self.paint.text(style, &sign.to_string()))
    }

    fn legend(&self, out: &mut String) {
        let [all, some, low_risk, _] = self.signs;
        let legend =
            format!("{all} freeze, {some} freeze of some, {low_risk} low risk, 1-9 a-z proposals below, + several");
        self.paint.row(out, "", &legend);
    }
}
