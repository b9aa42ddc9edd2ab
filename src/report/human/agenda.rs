//! The coming weeks on a terminal: a strip for each week, and below it what the strips stand for.

mod strip;

use super::paint::{self, DIM, Paint};
use crate::calendars::Purpose;
use crate::finding::{Finding, Level};
use crate::report::agenda::{Agenda, Planned};
use crate::report::{Options, escape};
use crate::schedule::Event;
use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// Beyond so many cells a name is a document.
const LONGEST: usize = 240;
/// So many times of one event are told.
const MOST_TIMES: usize = 12;
/// So many events and proposals are told of each kind.
const MOST_ENTRIES: usize = 100;

/// The whole of it.
pub fn agenda(agenda: &Agenda, options: &Options) -> String {
    let paint = Paint::new(options);
    let mut out = String::new();
    let (name, whence) = &agenda.zone_name;
    let last = agenda.from.saturating_add(jiff::ToSpan::days(i64::from(agenda.weeks) * 7 - 1));
    let shown = Shown { agenda, paint: &paint };
    paint.row(&mut out, "weeks", &format!("{}, from {} to {last}", agenda.weeks, agenda.from));
    paint.row(&mut out, "zone", &format!("{} ({}); UTC in brackets", shown.text(name), shown.text(whence)));
    out.push('\n');
    strip::strips(&mut out, agenda, &paint);
    out.push('\n');
    shown.events(&mut out, Purpose::Freeze, "freeze");
    shown.events(&mut out, Purpose::LowRisk, "low risk");
    shown.proposals(&mut out);
    if agenda.events.is_empty() && agenda.proposals.is_empty() {
        paint.row(&mut out, "empty", "no freeze, no low-risk window and no proposal in these weeks");
    }
    if agenda.calendars.is_empty() {
        paint.row(&mut out, "note", "no calendar is read: `calendars.files` of changegate.toml names them");
    }
    for Finding { message, primary, .. } in agenda.left_out.iter().take(MOST_ENTRIES) {
        let (file, at) = (primary.place.source.name(), primary.place.start());
        paint.row(&mut out, "left out", &shown.text(&format!("{message} ({file}:{}:{})", at.line, at.column)));
    }
    shown.left_out(&mut out, agenda.left_out.len());
    for file in agenda.invalid.iter().take(MOST_ENTRIES) {
        let told = format!("{} can't be judged, and is not shown: `changegate check` says why", shown.text(file));
        paint.row(&mut out, "missing", &told);
    }
    shown.left_out(&mut out, agenda.invalid.len());
    out
}

struct Shown<'a> {
    agenda: &'a Agenda,
    paint: &'a Paint,
}

impl Shown<'_> {
    fn text(&self, text: &str) -> String {
        escape::line(text, LONGEST, self.paint.ellipsis())
    }

    fn left_out(&self, out: &mut String, count: usize) {
        if count > MOST_ENTRIES {
            self.paint.row(out, "", &format!("and {} more", count - MOST_ENTRIES));
        }
    }

    /// The events of a kind, each once with its times.
    fn events(&self, out: &mut String, purpose: Purpose, word: &str) {
        let mut groups: Vec<Vec<&Arc<Event>>> = Vec::new();
        for event in self.agenda.events.iter().filter(|event| event.purpose == purpose) {
            match groups.iter_mut().find(|group| group.first().is_some_and(|first| is_same(first, event))) {
                Some(group) => group.push(event),
                None => groups.push(vec![event]),
            }
        }
        for group in groups.iter().take(MOST_ENTRIES) {
            let Some(first) = group.first() else { continue };
            self.paint.row(out, word, &self.text(&first.name));
            for event in group.iter().take(MOST_TIMES) {
                self.paint.row(out, "", &self.time(event.start, event.end));
                if let Some(note) = &event.note {
                    self.paint.row(out, "", &format!("note: {}", self.text(note)));
                }
            }
            if group.len() > MOST_TIMES {
                self.paint.row(out, "", &format!("and {} times more", group.len() - MOST_TIMES));
            }
            self.paint.row(out, "", &self.paint.text(DIM, &self.text(&scope(first))));
        }
        self.left_out(out, groups.len());
    }

    fn proposals(&self, out: &mut String) {
        for (index, planned) in self.agenda.proposals.iter().take(MOST_ENTRIES).enumerate() {
            let Planned { id, title, system, environment, file, windows, findings } = planned;
            let place = environment.as_ref().map_or_else(|| system.clone(), |name| format!("{system}, {name}"));
            self.paint.row(out, &strip::mark(index).to_string(), &self.text(&format!("{id}: {title}")));
            for (name, start, end) in windows {
                let name = if name == "window" { String::new() } else { format!("{}: ", self.text(name)) };
                self.paint.row(out, "", &format!("{name}{}", self.time(*start, *end)));
            }
            self.paint.row(out, "", &self.paint.text(DIM, &self.text(&format!("{place}; {file}"))));
            for finding in findings {
                let level = if finding.waived.is_some() { "waived" } else { finding.level.as_str() };
                let told = format!("{level}[{}]", self.text(&finding.rule));
                let told = self.paint.text(paint::of_level(finding.level), &told);
                self.paint.row(
                    out,
                    "",
                    &format!("{told} {}", escape::line(&finding.message, 1000, self.paint.ellipsis())),
                );
            }
        }
        self.left_out(out, self.agenda.proposals.len());
    }

    /// In the zone of the viewer, and in UTC.
    fn time(&self, start: Timestamp, end: Timestamp) -> String {
        let shown = stretch(start, end, &self.agenda.zone);
        let utc = stretch(start, end, &TimeZone::UTC);
        if shown == utc { shown } else { format!("{shown} ({utc})") }
    }
}

/// Whether two are times of one event.
fn is_same(one: &Event, other: &Event) -> bool {
    one.place == other.place && one.name == other.name
}

fn scope(event: &Event) -> String {
    let names = |word: &str, named: &[crate::calendars::Named]| {
        let names: Vec<_> = named.iter().map(|named| named.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{word} {}", names.join(", ")))
    };
    let scope = &event.scope;
    let mut told = vec![names("systems", &scope.systems).unwrap_or_else(|| "all systems".to_owned())];
    told.extend(names("environments", &scope.environments));
    told.extend(names("not for", &scope.exempt_urgencies));
    told.extend((scope.fast_track_exempt == Some(false)).then(|| "not even for a fast track".to_owned()));
    told.extend(event.reason.clone());
    told.push(event.place.to_string());
    told.join("; ")
}

/// `Fr 2026-12-18 18:00 to Mo 2027-01-04 06:00`; the day is told once where it is one.
fn stretch(start: Timestamp, end: Timestamp, zone: &TimeZone) -> String {
    let (start, end) = (start.to_zoned(zone.clone()), end.to_zoned(zone.clone()));
    let day = |at: &jiff::Zoned| format!("{} {} ", weekday(at.weekday()), at.date());
    let time = |at: &jiff::Zoned| at.strftime(if at.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string();
    let second = if start.date() == end.date() { String::new() } else { day(&end) };
    format!("{}{} to {second}{}", day(&start), time(&start), time(&end))
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mo",
        Weekday::Tuesday => "Tu",
        Weekday::Wednesday => "We",
        Weekday::Thursday => "Th",
        Weekday::Friday => "Fr",
        Weekday::Saturday => "Sa",
        Weekday::Sunday => "Su",
    }
}

/// Whether any rule says that the times of a proposal will not do.
fn collides(planned: &Planned) -> bool {
    planned.findings.iter().any(|finding| finding.level > Level::Info)
}
