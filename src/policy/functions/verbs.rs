//! Reporting: findings are recorded in the host the moment a rule makes them, so that none can be lost.

use super::Function;
use crate::finding::Level;
use crate::policy::fault::misuse;
use crate::policy::{session, tracked};
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
        .register_fn("help", |report: Report, text: &str| help(report, text));
}

fn report(level: Level, message: &str, context: &NativeCallContext<'_>) -> Result<Report> {
    session::report(level, message, context.call_position()).map(Report)
}

fn report_at(level: Level, message: &str, place: &Dynamic, context: &NativeCallContext<'_>) -> Result<Report> {
    let found = session::with(|session| tracked::place_of(session, place))?;
    let Some(read) = found else {
        let help = "give it a field: `deny(\"…\", p.window.start)`";
        return Err(misuse("policy/no-place", "the place of its report is no field that it has read", help));
    };
    session::with(|session| session.reads.point(read))?;
    report(level, message, context)
}

fn help(report: Report, text: &str) -> Result<Report> {
    session::with(|session| {
        if let Some(reported) = session.reported.get_mut(report.0) {
            reported.help = Some(session::shortened(text));
        }
        report
    })
}
