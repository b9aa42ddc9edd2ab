//! A trace for programs: `changegate.trace/v1`.

use super::Traced;
use crate::finding::Level;
use crate::policy::{Note, Origin, Told, Trace, TracedLine, Why};
use crate::report::inert;
use crate::report::json::shape::{Fault, Finding};
use serde_json::{Value, json};
use std::io;

/// Whether a text begins as this does, in any version of it.
pub fn begins(text: &[u8]) -> bool {
    text.starts_with(b"{\n  \"schema\": \"changegate.trace/")
}

/// Writes it.
///
/// # Errors
/// When the sink can't be written to.
pub fn write(out: &mut impl io::Write, traced: &Traced<'_>) -> io::Result<()> {
    let (terms, rule, judgement) = (traced.terms, traced.rule, traced.judgement);
    let faults: Vec<_> = judgement.faults.iter().chain(traced.faults).map(Fault::of).collect();
    let outcome = traced.outcome();
    // By which it is known again.
    write!(out, "{{\n  \"schema\": \"changegate.trace/v1\"")?;
    let members = [
        ("version", json!(terms.version)),
        ("phase", json!(terms.phase)),
        ("now", json!(terms.now)),
        ("now_given", json!(terms.now_given)),
        ("rule", json!(&*rule.id)),
        ("title", json!(rule.header.title)),
        ("level", json!(rule.weighed(rule.level).0.as_str())),
        ("effective_on", json!(rule.days.effective_on.map(|day| day.to_string()))),
        ("blocks_on", json!(rule.weighed(rule.level).1.map(|day| day.to_string()))),
        ("changes", json!(rule.changes)),
        ("file", json!(judgement.file)),
        ("digest", json!(judgement.digest)),
        ("trace", traced.trace().map_or(Value::Null, of_trace)),
        ("why", traced.why().0.into_iter().map(why).collect()),
        ("findings", json!(judgement.findings.iter().map(Finding::of).collect::<Vec<_>>())),
        ("faults", json!(faults)),
        ("outcome", json!(outcome.as_str())),
        ("exit", json!(outcome.exit_status())),
    ];
    for (name, value) in members {
        write!(out, ",\n  \"{name}\": ")?;
        inert::write(out, 1, &value)?;
    }
    out.write_all(b"\n}\n")?;
    out.flush()
}

fn of_trace(trace: &Trace) -> Value {
    let text: Vec<_> = trace.source.text().lines().collect();
    let line = |line: &TracedLine| {
        json!({
            "line": line.number,
            "text": text.get(line.number as usize - 1),
            "times": line.times,
            "skipped": line.skipped,
            "came": line.notes.iter().map(note).collect::<Vec<_>>(),
        })
    };
    json!({
        "file": trace.source.name(),
        "digest": trace.source.digest(),
        "lines": trace.lines.iter().map(line).collect::<Vec<_>>(),
        "not_called": trace.uncalled,
        "cut": trace.cut,
    })
}

fn note(note: &Note) -> Value {
    let (level, blocks_on) = if let Told::Says(level, day) = note.kind { (Some(level), day) } else { (None, None) };
    json!({
        "kind": note.kind.as_str(),
        "turn": note.turn,
        "text": note.text,
        "value": note.value,
        "level": level.map(Level::as_str),
        "blocks_on": blocks_on.map(|day| day.to_string()),
        "from": note.from.as_ref().map(origin),
    })
}

fn origin(Origin { pointer, place, absent, evidence }: &Origin) -> Value {
    let at = place.as_ref().map(|place| (place.source.name(), place.start()));
    json!({
        "pointer": pointer,
        "file": at.map(|(file, _)| file),
        "line": at.map(|(_, start)| start.line),
        "column": at.map(|(_, start)| start.column),
        "absent": absent,
        "evidence": evidence,
    })
}

fn why(Why { line, turn, text, held, so, times, values }: &Why) -> Value {
    json!({
        "line": line,
        "turn": turn,
        "text": text,
        "held": held,
        "so": so.as_str(),
        "times": times,
        "values": values.iter().map(note).collect::<Vec<_>>(),
    })
}
