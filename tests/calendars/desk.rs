//! What the tests of calendars share: a text in, lines out.

use changegate::calendars::{Calendar, Limits, Occurrence};
use changegate::finding::Fault;
use changegate::source::Source;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// Reads a text in which whole days and local times are of Berlin.
pub fn parse(text: &str) -> Result<Calendar, Vec<Fault>> {
    parse_in("Europe/Berlin", text)
}

pub fn parse_in(zone: &str, text: &str) -> Result<Calendar, Vec<Fault>> {
    Calendar::parse_in(&Arc::new(Source::new("a.ics", text.to_owned())), &TimeZone::get(zone).unwrap())
}

/// A calendar of these events, each the lines between its BEGIN and END.
pub fn calendar(events: &[&str]) -> String {
    let events: Vec<_> = events.iter().map(|lines| format!("BEGIN:VEVENT\n{}\nEND:VEVENT\n", lines.trim())).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{}END:VCALENDAR\n", events.concat())
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn between(calendar: &Calendar, from: &str, to: &str) -> Vec<Occurrence> {
    calendar.between(at(from), at(to), Limits::default()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// `2026-12-18T17:00:00Z/2027-01-04T05:00:00Z name`, with the note in brackets.
pub fn line(occurrence: &Occurrence) -> String {
    let note = occurrence.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{}/{} {}{note}", occurrence.start, occurrence.end, occurrence.name)
}

/// The occurrences of one year of a text, as lines.
pub fn year(text: &str, year: i16) -> Vec<String> {
    let calendar = parse(text).unwrap_or_else(|faults| panic!("{:#?}", told(&faults)));
    let (from, to) = (format!("{year}-01-01T00:00:00Z"), format!("{}-01-01T00:00:00Z", year + 1));
    between(&calendar, &from, &to).iter().map(line).collect()
}

/// `3:1 calendar/bad-value: message`.
pub fn told(faults: &[Fault]) -> Vec<String> {
    let one = |fault: &Fault| {
        let at = fault.labels.first().map(|label| label.place.start().to_string()).unwrap_or_default();
        format!("{at} {}: {}", fault.code, fault.message)
    };
    faults.iter().map(one).collect()
}

/// What is wrong with a text.
pub fn wrong(text: &str) -> Vec<String> {
    told(&parse(text).err().unwrap_or_default())
}
