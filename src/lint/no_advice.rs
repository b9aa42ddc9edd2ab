//! Help that says not what to do.

use super::subject::{Answer, Found, Subject};
use crate::policy::{At, LiteralValue, Node};
use crate::proposal::filler::is_filler;
use crate::source::Span;

pub fn find(subject: &Subject<'_>) -> Answer {
    let mut found = Vec::new();
    let text = |key: &str| match subject.said(key).map(|entry| (&entry.value.value, entry.value.span)) {
        Some((LiteralValue::Text(text), span)) => Some((text.as_str(), span)),
        _ => None,
    };
    if let Some((help, span)) = text("help") {
        let title = text("title").map_or("", |(title, _)| title);
        found.extend(told(subject, help, title, span));
    }
    for at in subject.running() {
        let Some(("help", [report, help])) = subject.call(at) else { continue };
        if let Node::Text(number) = subject.script.node(*help) {
            let message = message(subject, *report).unwrap_or_default();
            found.extend(told(subject, subject.script.text(number), message, subject.span(*help)));
        }
    }
    Ok(found)
}

/// What a report says, where it says always the same.
fn message<'r>(subject: &Subject<'r>, report: At) -> Option<&'r str> {
    let (name, arguments) = subject.call(report)?;
    let message = match name {
        "deny" | "warn" | "info" => arguments.first()?,
        "deny_when" => arguments.get(1)?,
        // Something else follows the report, and stands around it.
        _ => return message(subject, *arguments.first()?),
    };
    match subject.script.node(*message) {
        Node::Text(number) => Some(subject.script.text(number)),
        _ => None,
    }
}

fn told(subject: &Subject<'_>, help: &str, said: &str, span: Span) -> Option<Found> {
    let plain = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    let message = if is_filler(help) {
        "the help says nothing"
    } else if plain(help) == plain(said) {
        "the help repeats what is wrong, and says not what to do"
    } else if help.split_whitespace().count() < 3 {
        "the help is too short to say what to do, and where"
    } else {
        return None;
    };
    let help = "say what to do, and which field it goes to: \"open a ticket, and name it in `ticket`\"";
    let span = if span.is_empty() { subject.check() } else { span };
    Some(Found::new(span, message, "no advice", help))
}
