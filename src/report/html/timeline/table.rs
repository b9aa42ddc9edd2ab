//! All times in words, in the zone of the window and in UTC, each with the way to its line.

use super::against::Against;
use super::moment::{full, utc};
use super::{before, foremost, words};
use crate::policy::{Length, Mark, Meanwhile, Point};
use crate::report::html::markup::{Markup, put};
use crate::report::html::sheets::Sheets;
use crate::source::Place;
use crate::verdict::Course;
use jiff::Timestamp;

/// Of more of one sort the rest is counted.
const MOST_TOLD: usize = 100;

/// The table, to be unfolded.
pub fn told(course: &Course, against: &Against<'_>, sheets: &Sheets, whole: bool) -> Markup {
    let mut out = Markup::default();
    put!(out; "<details class=\"words\"><summary>The times in words</summary><div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"the times in words\"><table><thead><tr><th scope=\"col\">What</th><th scope=\"col\">From</th><th scope=\"col\">To</th><th scope=\"col\">UTC</th><th scope=\"col\">Where</th></tr></thead><tbody>");
    let mut table = Table { course, against, sheets, out };
    for slot in &course.windows {
        table.row(&slot.path, slot.start, Some(slot.end), &slot.place);
        let mut at = slot.start;
        for part in &slot.parts {
            let end = at.checked_add(part.length.0).unwrap_or(at);
            table.row(&format!("{}, {}", part.name, part.length), at, Some(end), &part.place);
            at = end;
        }
        if at > slot.end {
            table.note(&format!("{} more than the window has", Length(at.duration_since(slot.end))));
        }
        if let Some(decision) = &slot.decision {
            table.row("latest decision on a rollback", decision.at, None, &decision.place);
        }
    }
    if course.further > 0 {
        table.note(&format!("and {} more windows", course.further));
    }
    let (meanwhile, left_out) =
        foremost(course.meanwhile.iter().collect(), MOST_TOLD, |one: &&Meanwhile| against.denies(&one.place));
    for one in meanwhile {
        table.row(&format!("{} {}", words::word(one.kind), one.name), one.start, Some(one.end), &one.place);
    }
    if left_out > 0 {
        table.note(&format!("and {left_out} more that are on around these windows"));
    }
    // What was done beforehand stands in the words of its drawing, too.
    let points = course.points.iter().filter(|_| whole).collect();
    let (points, left_out) = foremost(points, MOST_TOLD, |point: &&Point| against.denies(&point.place));
    for point in points {
        let what = before::word(point.mark).unwrap_or(if point.mark == Mark::Stage { "stage" } else { "decision" });
        table.row(&format!("{what} {}", point.name), point.at, None, &point.place);
    }
    if left_out > 0 {
        table.note(&format!("and {left_out} more points in time"));
    }
    let mut out = table.out;
    out.markup("</tbody></table></div></details>");
    out
}

struct Table<'c> {
    course: &'c Course,
    against: &'c Against<'c>,
    sheets: &'c Sheets,
    out: Markup,
}

impl Table<'_> {
    fn row(&mut self, what: &str, from: Timestamp, to: Option<Timestamp>, place: &Place) {
        let zone = &self.course.zone;
        let out = &mut self.out;
        put!(out; "<tr><th scope=\"row\">", what.trim_end());
        if self.against.denies(place) {
            out.markup(" <b class=\"deny\">denied</b>");
        }
        put!(out; "</th><td>", full(from, zone), "</td><td>", to.map(|to| full(to, zone)), "</td><td>", utc(from));
        if let Some(to) = to {
            put!(out; " to ", utc(to));
        }
        out.markup("</td><td>");
        self.sheets.put_place(out, place);
        out.markup("</td></tr>");
    }

    fn note(&mut self, what: &str) {
        let out = &mut self.out;
        put!(out; "<tr><td colspan=\"5\">", what, "</td></tr>");
    }
}
