//! Parameters that a rule declares and does not read: whoever sets one believes that something changes.

use super::subject::{Answer, Found, Subject};
use crate::cases::of_rule;
use crate::config::FILE;
use crate::policy::{Entry, GLOBALS, LiteralValue, Node};
use crate::source::Span;
use std::path::Path;

/// What the gate itself reads of a rule's parameters: how far back rules look.
const OF_THE_GATE: &[&str] = &["in_days"];

pub fn find(subject: &Subject<'_>) -> Answer {
    let Some(LiteralValue::Map(params)) = subject.said("params").map(|entry| &entry.value.value) else {
        return Ok(Vec::new());
    };
    let Some(read) = read(subject) else { return Ok(Vec::new()) };
    let unread = params.iter().filter(|entry| !read.contains(&&*entry.key) && !OF_THE_GATE.contains(&&*entry.key));
    let found = unread.map(|entry| Found {
        out: if is_set(subject, &entry.key) { None } else { removal(subject, entry) },
        ..Found::new(
            entry.key_span,
            format!("the parameter `{}` is never read", entry.key),
            "set, and changes nothing",
            format!(
                "read it, `params.{}`, or take it out; a configuration that sets it has to give it up, too",
                entry.key
            ),
        )
    });
    Ok(found.collect())
}

/// The names that are read; none where they can't be told, as of `params[name]`.
fn read<'r>(subject: &Subject<'r>) -> Option<Vec<&'r str>> {
    let is_params = |node: Node| matches!(node, Node::Global(number) if GLOBALS[usize::from(number)] == "params");
    let script = subject.script;
    let (mut named, mut all) = (Vec::new(), 0);
    for node in script.nodes.iter() {
        all += usize::from(is_params(*node));
        if let Node::Field(of, name) = *node
            && is_params(script.node(of))
        {
            named.push(script.text(name));
        }
    }
    (named.len() == all).then_some(named)
}

/// Whether the configuration or a case may set a parameter, which without it would be an error: its name stands there as a whole word.
fn is_set(subject: &Subject<'_>, name: &str) -> bool {
    let cases = of_rule(Path::new(subject.source.name()));
    [cases.as_path(), Path::new(FILE)].into_iter().any(|path| {
        let text = subject.files.text(path, LARGEST).unwrap_or_default();
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name)
    })
}

/// The largest file in which a parameter is looked for, in bytes.
const LARGEST: u64 = 16 << 20;

fn removal(subject: &Subject<'_>, entry: &Entry) -> Option<Span> {
    let value = subject.tokens.code.iter().position(|token| token.span.start >= entry.value.span.end)?;
    let comma = subject.tokens.is(value, ",");
    let end = if comma { subject.tokens.code[value].span.end } else { entry.value.span.end };
    subject.removal(Span { start: entry.key_span.start, end })
}
