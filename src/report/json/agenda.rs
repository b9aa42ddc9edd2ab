//! The coming weeks for programs: `changegate.calendar/v1`.

use crate::calendars::{Named, Purpose};
use crate::finding::Finding;
use crate::report::agenda::{Agenda, Planned};
use crate::report::inert;
use crate::schedule::Event;
use serde_json::{Value, json};
use std::io;

/// Writes all of it.
pub fn agenda(out: &mut impl io::Write, agenda: &Agenda) -> io::Result<()> {
    let (from, to) = agenda.bounds();
    let calendars: Vec<_> =
        agenda.calendars.iter().map(|(file, digest)| json!({ "file": file, "digest": digest })).collect();
    let whole = json!({
        "schema": "changegate.calendar/v1",
        "version": agenda.version,
        "now": agenda.now.to_string(),
        "zone": agenda.zone_name.0,
        "from": from.to_string(),
        "to": to.to_string(),
        "calendars": calendars,
        "events": agenda.events.iter().map(|found| event(found)).collect::<Vec<_>>(),
        "proposals": agenda.proposals.iter().map(planned).collect::<Vec<_>>(),
        "invalid": agenda.invalid,
        "left_out": agenda.left_out.iter().map(left_out).collect::<Vec<_>>(),
    });
    inert::write(out, 0, &whole)?;
    out.write_all(b"\n")
}

fn left_out(finding: &Finding) -> Value {
    let place = &finding.primary.place;
    json!({
        "code": &*finding.rule,
        "message": finding.message,
        "help": finding.help,
        "file": place.source.name(),
        "line": place.start().line,
        "column": place.start().column,
    })
}

fn event(event: &Event) -> Value {
    let names = |named: &[Named]| named.iter().map(|named| named.name.clone()).collect::<Vec<_>>();
    json!({
        "kind": if event.purpose == Purpose::Freeze { "freeze" } else { "low-risk" },
        "name": &*event.name,
        "reason": event.reason,
        "start": event.start.to_string(),
        "end": event.end.to_string(),
        "all_day": event.all_day,
        "systems": names(&event.scope.systems),
        "environments": names(&event.scope.environments),
        "exempt_urgencies": names(&event.scope.exempt_urgencies),
        "fast_track_exempt": event.scope.fast_track_exempt.unwrap_or(true),
        "note": event.note,
        "origin": &*event.origin,
        "file": event.place.source.name(),
        "line": event.place.start().line,
    })
}

fn planned(planned: &Planned) -> Value {
    let windows = planned
        .windows
        .iter()
        .map(|(at, start, end)| json!({ "at": at, "start": start.to_string(), "end": end.to_string() }));
    let findings = planned.findings.iter().map(|finding| {
        let related = finding
            .related
            .iter()
            .map(|label| json!({ "file": label.place.source.name(), "line": label.place.start().line }));
        json!({
            "rule": &*finding.rule,
            "level": finding.level.as_str(),
            "message": finding.message,
            "pointer": finding.pointer,
            "related": related.collect::<Vec<_>>(),
        })
    });
    json!({
        "id": planned.id,
        "title": planned.title,
        "system": planned.system,
        "environment": planned.environment,
        "file": planned.file,
        "windows": windows.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
    })
}
