//! What was done before the window, by its age: approvals, backups, tests. Days are laid out so that the last ones have most room.

use super::against::Against;
use super::foremost;
use super::moment::{age, between};
use super::scale::{LEFT, WIDTH};
use crate::policy::{Mark, Point};
use crate::report::html::markup::{Markup, Px, put};
use crate::verdict::Course;
use jiff::Timestamp;

const ROW: f64 = 20.0;
const TOP: f64 = 26.0;
/// Where the window begins, with room for the ages at its right.
const EDGE: f64 = WIDTH - 170.0;
/// Of more of one kind nobody tells them apart in a picture.
const MOST_DOTS: usize = 24;

/// Ages that have a tick, in days.
const TICKS: [(f64, &str); 10] = [
    (1.0, "1 day"),
    (3.0, "3"),
    (7.0, "a week"),
    (14.0, "2 weeks"),
    (30.0, "30 days"),
    (60.0, "60"),
    (90.0, "90"),
    (180.0, "180"),
    (365.0, "a year"),
    (1095.0, "3 years"),
];

/// What rules ask for, and where it would stand.
const MISSED: [(Mark, &str); 5] = [
    (Mark::Approval, "/approvals"),
    (Mark::RestoreTest, "/backup/restore_test"),
    (Mark::IntegrityCheck, "/backup/integrity_check"),
    (Mark::LoadTest, "/testing/load"),
    (Mark::Rehearsal, "/rollback/rehearsal"),
];

/// The drawing; none where nothing is known of that time.
pub fn drawn(course: &Course, anchor: &str, against: &Against<'_>) -> Option<Markup> {
    let (edge, at_edge) = course.windows.first().map_or((course.now, "now"), |slot| (slot.start, "the window begins"));
    let points = course.points.iter().filter(|point| point.at <= edge && word(point.mark).is_some());
    let mut rows: Vec<(Mark, Vec<&Point>)> = Vec::new();
    for point in points {
        match rows.iter_mut().find(|(mark, _)| *mark == point.mark) {
            Some((_, row)) => row.push(point),
            None => rows.push((point.mark, vec![point])),
        }
    }
    // What is missing is as telling as what is too old.
    for (mark, _) in MISSED.iter().filter(|(_, pointer)| against.misses(pointer)) {
        if rows.iter().all(|(known, _)| known != mark) {
            rows.push((*mark, Vec::new()));
        }
    }
    rows.sort_by_key(|(mark, _)| *mark);
    let oldest = rows.iter().flat_map(|(_, row)| row).map(|point| days(point.at, edge)).fold(0.0, f64::max);
    let oldest = oldest.max(days(course.now, edge)).max(7.0);
    if rows.is_empty() {
        return None;
    }
    let x = |at: Timestamp| EDGE - days(at, edge).max(0.0).ln_1p() / oldest.ln_1p() * (EDGE - LEFT - 10.0);
    let bottom = TOP + rows.len() as f64 * ROW;
    let mut out = Markup::default();
    put!(out; "<div class=\"drawing\" role=\"group\" tabindex=\"0\" aria-label=\"before the window\"><svg role=\"img\" aria-labelledby=\"", anchor, "-t ", anchor, "-d\" viewBox=\"0 0 ", Px(WIDTH), " ", Px(bottom + 14.0), "\">");
    put!(out; "<title id=\"", anchor, "-t\">What was done beforehand, and how old it is then</title><desc id=\"", anchor, "-d\">", told(&rows, edge), "</desc>");
    put_axis(&mut out, oldest, bottom, at_edge);
    if course.now < edge {
        put!(out; "<path class=\"now\" d=\"M", Px(x(course.now)), " ", Px(TOP - 6.0), "V", Px(bottom), "\"/><text class=\"tick now\" x=\"", Px(x(course.now)), "\" y=\"", Px(bottom + 9.0), "\">judged</text>");
    }
    let mut left_out = Vec::new();
    for (at, (mark, row)) in rows.iter().enumerate() {
        let y = TOP + at as f64 * ROW + 8.0;
        let bad = row.is_empty() || row.iter().any(|point| is_bad(point, against));
        put!(out; "<text class=\"name", if bad { " bad" } else { "" }, "\" x=\"", Px(LEFT - 12.0), "\" y=\"", Px(y + 4.0), "\">", word(*mark).unwrap_or_default(), "</text>");
        if let (Some(first), Some(last)) = (row.first(), row.last()) {
            let to = if row.len() == 1 { EDGE } else { x(last.at) };
            put!(out; "<path class=\"reach", if bad { " bad" } else { "" }, "\" d=\"M", Px(x(first.at)), " ", Px(y), "H", Px(to), "\"/>");
        }
        let (dots, more) = foremost(row.clone(), MOST_DOTS, |point| is_bad(point, against));
        left_out.extend((more > 0).then(|| format!("{more} more {}", word(*mark).unwrap_or_default())));
        for point in dots {
            put!(out; "<circle class=\"dot", if is_bad(point, against) { " bad" } else { "" }, "\" cx=\"", Px(x(point.at)), "\" cy=\"", Px(y), "\" r=\"4.5\"><title>", point.name, " ", age(between(point.at, edge)), " before</title></circle>");
        }
        put!(out; "<text class=\"label after", if bad { " bad strong" } else { "" }, "\" x=\"", Px(EDGE + 10.0), "\" y=\"", Px(y + 4.0), "\">", ages(row, edge), "</text>");
    }
    out.markup("</svg>");
    if !left_out.is_empty() {
        put!(out; "<p class=\"gap\">Not drawn, and counted: ", left_out.join(", "), "</p>");
    }
    out.markup("</div>");
    Some(out)
}

fn is_bad(point: &Point, against: &Against<'_>) -> bool {
    against.denies(&point.place)
}

fn put_axis(out: &mut Markup, oldest: f64, bottom: f64, at_edge: &str) {
    let mut last = EDGE;
    for (days, name) in TICKS.iter().filter(|(days, _)| *days <= oldest) {
        let x = EDGE - days.ln_1p() / oldest.ln_1p() * (EDGE - LEFT - 10.0);
        put!(out; "<path class=\"grid\" d=\"M", Px(x), " ", Px(TOP - 6.0), "V", Px(bottom), "\"/>");
        // Names that would meet the one before, or that of the window, are left out.
        if last - x > 46.0 {
            put!(out; "<text class=\"tick\" x=\"", Px(x), "\" y=\"", Px(TOP - 12.0), "\">", *name, "</text>");
            last = x;
        }
    }
    put!(out; "<text class=\"name axis\" x=\"", Px(LEFT - 12.0), "\" y=\"", Px(TOP - 12.0), "\">before the window</text>");
    put!(out; "<path class=\"edge\" d=\"M", Px(EDGE), " ", Px(TOP - 6.0), "V", Px(bottom), "\"/><text class=\"label after strong\" x=\"", Px(EDGE + 10.0), "\" y=\"", Px(TOP - 12.0), "\">", at_edge, "</text>");
}

fn days(at: Timestamp, edge: Timestamp) -> f64 {
    edge.duration_since(at).as_secs_f64() / 86_400.0
}

/// `139 days`, `4: 30 to 32 days`
fn ages(row: &[&Point], edge: Timestamp) -> String {
    let of = |point: &Point| age(between(point.at, edge));
    match row {
        [] => "none".to_owned(),
        [one] => of(one),
        [oldest, .., newest] if of(oldest) == of(newest) => format!("{}: {}", row.len(), of(oldest)),
        [oldest, .., newest] => format!("{}: {} to {}", row.len(), of(newest).trim_end_matches(" days"), of(oldest)),
    }
}

fn told(rows: &[(Mark, Vec<&Point>)], edge: Timestamp) -> String {
    let of = |(mark, row): &(Mark, Vec<&Point>)| {
        let each = || row.iter().map(|point| age(between(point.at, edge))).collect::<Vec<_>>().join(", ");
        let ages = match row.len() {
            0 => "none".to_owned(),
            1..=MOST_DOTS => format!("{} before", each()),
            _ => format!("{} before", ages(row, edge)),
        };
        format!("{}: {ages}", word(*mark).unwrap_or_default())
    };
    rows.iter().map(of).collect::<Vec<_>>().join("; ")
}

/// What it is, in a word or two; none of what is not done beforehand.
pub const fn word(mark: Mark) -> Option<&'static str> {
    Some(match mark {
        Mark::Submitted => "submitted",
        Mark::Approval => "approvals",
        Mark::RestoreTest => "restore test",
        Mark::IntegrityCheck => "integrity check",
        Mark::Backup => "last backup",
        Mark::Tests => "tests completed",
        Mark::LoadTest => "load test",
        Mark::Rehearsal => "rehearsal",
        Mark::Notice => "notices",
        Mark::EndOfSupport => "out of support",
        Mark::Stage | Mark::Decision => return None,
    })
}
