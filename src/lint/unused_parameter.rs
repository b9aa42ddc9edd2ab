//! Parameters that a rule declares and does not read: whoever sets one believes that something changes.

use super::subject::{Answer, Edit, Found, Subject};
use crate::policy::{Entry, GLOBALS, LiteralValue, Node};
use crate::source::Span;

/// What the gate itself reads of a rule's parameters: how far back rules look.
const OF_THE_GATE: &[&str] = &["in_days"];

pub fn find(subject: &Subject<'_>) -> Answer {
    let Some(LiteralValue::Map(params)) = subject.said("params").map(|entry| &entry.value.value) else {
        return Ok(Vec::new());
    };
    let Some(read) = read(subject) else { return Ok(Vec::new()) };
    let unread = params.iter().filter(|entry| !read.contains(&&*entry.key) && !OF_THE_GATE.contains(&&*entry.key));
    let found = unread.map(|entry| Found {
        edit: removal(subject, entry),
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

fn removal(subject: &Subject<'_>, entry: &Entry) -> Option<Edit> {
    let value = subject.tokens.code.iter().position(|token| token.span.start >= entry.value.span.end)?;
    let comma = subject.tokens.is(value, ",");
    let end = if comma { subject.tokens.code[value].span.end } else { entry.value.span.end };
    subject.removal(Span { start: entry.key_span.start, end })
}
