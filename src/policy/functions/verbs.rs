//! Reporting: findings are recorded in the host the moment a rule makes them, so that none can be lost.

use super::Function;
use super::time::Day;
use crate::facts::Read;
use crate::finding::Level;
use crate::policy::fault::misuse;
use crate::policy::{reported, session, tracked};
use rhai::{Dynamic, Engine, EvalAltResult, NativeCallContext};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "deny(message)",
        doc: "Records a finding that blocks. It points at the value read last, and lists the values read so far as reasons.",
    },
    Function { signature: "warn(message)", doc: "Records a finding that is shown and does not block." },
    Function { signature: "info(message)", doc: "Records advice." },
    Function {
        signature: "deny_when(condition, message)",
        doc: "Denies where the condition holds, and warns elsewhere.",
    },
    Function {
        signature: "deny(message, place)",
        doc: "As each of these, and points at the place: `deny(\"…\", p.window.start)`. An absent place is told as missing.",
    },
    Function {
        signature: ".help(text)",
        doc: "Follows a report: what to do about it, in place of the rule's own help.",
    },
    Function {
        signature: ".also(place, text)",
        doc: "Follows a report: a further place of the same problem, such as the other one of two proposals, and what is to be said of it.",
    },
    Function {
        signature: "owe(id, what, due)",
        doc: "Records what was left out and is owed afterwards: a name for it, what it is, and its last day (a date, or `()`). Every \
              report lists it with the value read last as its place. It blocks nothing by itself.",
    },
];

/// A finding that was just recorded.
#[derive(Debug, Clone, Copy)]
pub struct Report(usize);

pub fn register(engine: &mut Engine) {
    engine
        .register_type_with_name::<Report>("report")
        .register_fn("deny", |context: NativeCallContext<'_>, message: &str| report(Level::Deny, message, &context))
        .register_fn("warn", |context: NativeCallContext<'_>, message: &str| report(Level::Warn, message, &context))
        .register_fn("info", |context: NativeCallContext<'_>, message: &str| report(Level::Info, message, &context))
        .register_fn("deny_when", |context: NativeCallContext<'_>, condition: bool, message: &str| {
            report(if condition { Level::Deny } else { Level::Warn }, message, &context)
        })
        .register_fn("deny", |context: NativeCallContext<'_>, message: &str, place: Dynamic| {
            report_at(Level::Deny, message, &place, &context)
        })
        .register_fn("warn", |context: NativeCallContext<'_>, message: &str, place: Dynamic| {
            report_at(Level::Warn, message, &place, &context)
        })
        .register_fn("info", |context: NativeCallContext<'_>, message: &str, place: Dynamic| {
            report_at(Level::Info, message, &place, &context)
        })
        .register_fn("deny_when", |context: NativeCallContext<'_>, condition: bool, message: &str, place: Dynamic| {
            report_at(if condition { Level::Deny } else { Level::Warn }, message, &place, &context)
        })
        .register_fn("help", |report: Report, text: &str| help(report, text))
        .register_fn("also", |report: Report, place: Dynamic, text: &str| also(report, &place, text))
        .register_fn("owe", |id: &str, what: &str, due: Day| reported::owe(id, what, Some(due.0)))
        .register_fn("owe", |id: &str, what: &str, (): ()| reported::owe(id, what, None));
}

fn report(level: Level, message: &str, context: &NativeCallContext<'_>) -> Result<Report> {
    reported::report(level, message, context.call_position()).map(Report)
}

fn report_at(level: Level, message: &str, place: &Dynamic, context: &NativeCallContext<'_>) -> Result<Report> {
    let read = place_of(place, None)?;
    session::with(|session| session.reads.point(read))?;
    report(level, message, context)
}

fn place_of(place: &Dynamic, but: Option<Read>) -> Result<Read> {
    session::with(|session| tracked::place_of(session, place, but))?.ok_or_else(|| {
        let help = "give it a field: `deny(\"…\", p.window.start)`";
        misuse("policy/no-place", "the place of its report is no field that it has read", help)
    })
}

fn also(report: Report, place: &Dynamic, text: &str) -> Result<Report> {
    // The engine evaluates the arguments of a chain of calls before the first of them, so that the place of the report is read last.
    let told = session::with(|session| session.reported.get(report.0).and_then(|reported| reported.primary))?;
    let read = place_of(place, told)?;
    session::with(|session| {
        if let Some(reported) = session.reported.get_mut(report.0) {
            reported.also.push((read, reported::shortened(text)));
        }
        report
    })
}

fn help(report: Report, text: &str) -> Result<Report> {
    session::with(|session| {
        if let Some(reported) = session.reported.get_mut(report.0) {
            reported.help = Some(reported::shortened(text));
        }
        report
    })
}
