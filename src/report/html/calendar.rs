//! When all of them take place: week by week, with the freezes, and with what collides.

use super::list::{outcome, title};
use super::markup::{Markup, Px, Short, put};
use super::proposal::Row;
use crate::policy::Meanwhile;
use crate::report::counts::count;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Half a year; of more weeks the rest is counted.
const MOST_WEEKS: usize = 26;
const MOST_LANES: usize = 14;
const MOST_FREEZES: usize = 500;

const WIDTH: f64 = 920.0;
const LEFT: f64 = 76.0;
const LANE: f64 = 17.0;
const HEAD: f64 = 20.0;
const LETTER: f64 = 6.0;
const MOST_LETTERS: usize = 16;

/// The freezes that anything meets: from when to when, and what each is called.
#[derive(Debug, Default)]
pub struct Freezes {
    all: BTreeSet<(Timestamp, Timestamp, String)>,
    /// Whether there are more than are kept.
    is_cut: bool,
}

impl Freezes {
    pub fn add(&mut self, freeze: &Meanwhile) {
        let one = (freeze.start, freeze.end, freeze.name.clone());
        if self.all.len() < MOST_FREEZES || self.all.contains(&one) {
            self.all.insert(one);
        } else {
            self.is_cut = true;
        }
    }

    /// Those that meet a stretch of time, by their beginnings.
    fn within(&self, from: Timestamp, to: Timestamp) -> Vec<&(Timestamp, Timestamp, String)> {
        self.all.iter().filter(|(start, end, _)| *start < to && from < *end).collect()
    }
}

/// A window in a week, in the line that it has.
struct Bar<'r> {
    row: &'r Row,
    start: f64,
    end: f64,
    bad: bool,
    lane: usize,
    /// Whether its name stands before it.
    before: bool,
}

/// The weeks in which anything is done.
pub fn put_calendar<'r>(out: &mut Markup, rows: impl Iterator<Item = &'r Row>, freezes: &Freezes) {
    let rows: Vec<_> = rows.filter(|row| !row.windows.is_empty()).collect();
    if rows.len() < 2 {
        return;
    }
    let zone = common_zone(&rows);
    let mut weeks: BTreeMap<Date, Vec<(&Row, Timestamp, Timestamp, bool)>> = BTreeMap::new();
    for row in rows {
        for &(start, end, bad) in &row.windows {
            let mut monday = monday_of(start, &zone);
            // A window of months stands in its first weeks.
            for _ in 0..8 {
                if midnight(monday, &zone) >= end {
                    break;
                }
                weeks.entry(monday).or_default().push((row, start, end, bad));
                monday = monday.saturating_add(7.days());
            }
        }
    }
    put!(out; "<section id=\"calendar\"><h2>Calendar</h2><p class=\"dim\">By the clocks of ", zone.iana_name().unwrap_or("UTC"), ". <span class=\"key bad\">Denied at this time</span> <span class=\"key blocked\">blocked otherwise</span> <span class=\"key undecided\">undecided</span> <span class=\"key pass\">may go ahead</span> <span class=\"key freeze\">freeze</span></p><div class=\"drawing calendar\" role=\"group\" aria-label=\"calendar\">");
    let further = weeks.len().saturating_sub(MOST_WEEKS);
    let mut before: Option<Date> = None;
    for (monday, mut all) in weeks.into_iter().take(MOST_WEEKS) {
        let empty = before.map_or(0, |before| before.until(monday).map_or(0, |span| span.get_days() / 7 - 1));
        if empty > 0 {
            put!(out; "<p class=\"gap\">", count(empty.unsigned_abs() as usize, "week"), " without an upgrade</p>");
        }
        before = Some(monday);
        // What is needed most has a line first.
        all.sort_by_key(|(row, start, _, bad)| (Reverse((row.need, *bad)), *start, row.number));
        put_week(out, monday, &all, freezes, &zone);
    }
    if further > 0 {
        put!(out; "<p class=\"gap\">", count(further, "more week"), " later on</p>");
    }
    if freezes.is_cut {
        put!(out; "<p class=\"gap\">There are more than ", MOST_FREEZES, " freezes, of which so many are drawn.</p>");
    }
    out.markup("</div></section>\n");
}

/// The zone that most of them have.
fn common_zone(rows: &[&Row]) -> TimeZone {
    let mut zones: BTreeMap<&str, (usize, &TimeZone)> = BTreeMap::new();
    for zone in rows.iter().filter_map(|row| row.zone.as_ref()) {
        zones.entry(zone.iana_name().unwrap_or_default()).or_insert((0, zone)).0 += 1;
    }
    zones.into_values().max_by_key(|(number, _)| *number).map_or(TimeZone::UTC, |(_, zone)| zone.clone())
}

fn monday_of(at: Timestamp, zone: &TimeZone) -> Date {
    let date = at.to_zoned(zone.clone()).date();
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}

fn midnight(date: Date, zone: &TimeZone) -> Timestamp {
    date.to_zoned(zone.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

fn put_week(
    out: &mut Markup,
    monday: Date,
    all: &[(&Row, Timestamp, Timestamp, bool)],
    freezes: &Freezes,
    zone: &TimeZone,
) {
    let (from, to) = (midnight(monday, zone), midnight(monday.saturating_add(7.days()), zone));
    let length = to.duration_since(from).as_secs_f64().max(1.0);
    let x = |at: Timestamp| LEFT + (at.duration_since(from).as_secs_f64() / length).clamp(0.0, 1.0) * (WIDTH - LEFT);
    let (bars, left) = laid(all, x);
    let lanes = bars.iter().map(|bar| bar.lane + 1).max().unwrap_or(0);
    let frozen = freezes.within(from, to);
    let top = if !frozen.is_empty() { HEAD + LANE } else { HEAD };
    let height = top + lanes as f64 * LANE + 8.0;
    let name = monday.strftime("%-d %b").to_string();
    put!(out; "<svg role=\"group\" aria-label=\"week of ", name, "\" viewBox=\"0 0 ", Px(WIDTH), " ", Px(height), "\">");
    for (start, end, name) in &frozen {
        put!(out; "<rect class=\"bar freeze\" x=\"", Px(x(*start)), "\" y=\"0\" width=\"", Px(x(*end) - x(*start)), "\" height=\"", Px(height), "\"><title>", Short(name, 60), "</title></rect>");
    }
    put!(out; "<text class=\"week\" x=\"0\" y=\"13\">", name, "</text>");
    for day in 0..7_i64 {
        let date = monday.saturating_add(day.days());
        let at = x(midnight(date, zone));
        put!(out; "<path class=\"grid\" d=\"M", Px(at), " 0V", Px(height), "\"/><text class=\"tick first\" x=\"", Px(at + 4.0), "\" y=\"12\">", date.strftime("%a %-d").to_string(), "</text>");
    }
    if let [(start, _, name), more @ ..] = &*frozen {
        put!(out; "<text class=\"frozen\" x=\"", Px(x(*start).min(WIDTH - 220.0) + 4.0), "\" y=\"", Px(HEAD + 8.0), "\">", Short(name, 40));
        if !more.is_empty() {
            put!(out; ", and ", count(more.len(), "more freeze"));
        }
        out.markup("</text>");
    }
    bars.iter().for_each(|bar| put_bar(out, bar, top));
    out.markup("</svg>");
    put_left_out(out, &left);
}

/// How many have no line, and what they came to. The script counts them anew, by the numbers of those that fit its filters.
fn put_left_out(out: &mut Markup, left: &[&Row]) {
    if left.is_empty() {
        return;
    }
    put!(out; "<p class=\"gap\" data-more=\"");
    for (at, row) in left.iter().enumerate() {
        put!(out; if at > 0 { " " } else { "" }, row.number);
    }
    put!(out; "\">", count(left.len(), "more window"), " in this week");
    for wanted in ["undecided", "blocked"] {
        if let some @ 1.. = left.iter().filter(|row| outcome(row) == wanted).count() {
            put!(out; ", ", some, " of them ", wanted);
        }
    }
    out.markup("</p>");
}

/// Each in the first line in which it and its name have room, in the order of their times; and those that have none.
fn laid<'r>(
    all: &[(&'r Row, Timestamp, Timestamp, bool)],
    x: impl Fn(Timestamp) -> f64,
) -> (Vec<Bar<'r>>, Vec<&'r Row>) {
    let mut lanes: Vec<Vec<(f64, f64)>> = Vec::new();
    let (mut bars, mut left) = (Vec::new(), Vec::new());
    for &(row, start, end, bad) in all {
        let (start, end) = (x(start), x(end).max(x(start) + 3.0));
        let name = (shown(row).chars().count().min(MOST_LETTERS) + if bad { 2 } else { 0 }) as f64 * LETTER + 8.0;
        // A name that would leave the week stands before its bar.
        let before = end + name > WIDTH;
        let (from, to) = if before { (start - name, end) } else { (start, end + name) };
        let is_free = |lane: &Vec<(f64, f64)>| lane.iter().all(|&(begin, end)| to <= begin || end <= from);
        let lane = lanes.iter().position(is_free).unwrap_or(lanes.len());
        if lane == MOST_LANES {
            left.push(row);
            continue;
        }
        if lane == lanes.len() {
            lanes.push(Vec::new());
        }
        lanes[lane].push((from, to));
        bars.push(Bar { row, start, end, bad, lane, before });
    }
    bars.sort_by(|one, other| one.start.total_cmp(&other.start).then(one.row.number.cmp(&other.row.number)));
    (bars, left)
}

fn shown(row: &Row) -> &str {
    row.system.as_deref().or(row.id.as_deref()).unwrap_or(&row.file)
}

fn put_bar(out: &mut Markup, bar: &Bar<'_>, top: f64) {
    let Bar { row, start, end, bad, lane, before } = bar;
    let y = top + *lane as f64 * LANE;
    put!(out; "<a href=\"#p", row.number, "\" data-p=\"", row.number, "\"><title>", title(row), ": ", outcome(row), if *bad { ", denied at this time" } else { "" }, "</title>");
    put!(out; "<rect class=\"slot ", outcome(row), if *bad { " bad" } else { "" }, "\" x=\"", Px(*start), "\" y=\"", Px(y), "\" width=\"", Px(end - start), "\" height=\"12\" rx=\"2\"/>");
    let (at, anchor) = if *before { (start - 4.0, "before") } else { (end + 4.0, "after") };
    put!(out; "<text class=\"label ", anchor, if *bad { " bad" } else { "" }, "\" x=\"", Px(at), "\" y=\"", Px(y + 10.0), "\">", if *bad { "✕ " } else { "" }, Short(shown(row), MOST_LETTERS), "</text></a>");
}

#[cfg(test)]
mod tests {
    use super::{Freezes, MOST_LANES, Row, Timestamp, put_calendar};
    use crate::report::html::kept::Need;
    use crate::report::html::markup::Markup;
    use crate::verdict::Outcome;

    fn row(number: usize, outcome: Outcome) -> Row {
        let at = |time: &str| time.parse::<Timestamp>().expect("a point in time");
        Row {
            number,
            need: if outcome == Outcome::Blocked { Need::Blocked } else { Need::Passes },
            outcome,
            on_base: None,
            left: None,
            file: format!("{number}.json"),
            id: None,
            title: None,
            system: Some("a-system-with-a-name".into()),
            denials: 0,
            warnings: 0,
            errors: 0,
            codes: Vec::new(),
            windows: vec![(at("2026-12-02T01:00:00Z"), at("2026-12-02T05:00:00Z"), false)],
            zone: None,
        }
    }

    /// A night in which all have their window: those that pass come first in the list.
    #[test]
    fn in_a_full_week_what_is_blocked_has_a_line_before_what_passes() {
        let passed = (0..MOST_LANES).map(|number| row(number, Outcome::Pass));
        let blocked = (MOST_LANES..2 * MOST_LANES + 1).map(|number| row(number, Outcome::Blocked));
        let rows: Vec<_> = passed.chain(blocked).collect();
        let mut out = Markup::default();
        put_calendar(&mut out, rows.iter(), &Freezes::default());
        let page = out.as_str();
        assert_eq!(page.matches("<rect class=\"slot blocked\"").count(), MOST_LANES, "{page}");
        assert!(!page.contains("<rect class=\"slot pass\""), "{page}");
        assert!(page.contains("15 more windows in this week, 1 of them blocked"), "{page}");
        assert!(page.contains("data-more=\"28 0 1 2 3 4 5 6 7 8 9 10 11 12 13\""), "{page}");
    }
}
