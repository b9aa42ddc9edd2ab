//! Values as a trace shows them: as a rule would write them, and no longer than somebody reads.

use crate::policy::run::Run;
use crate::policy::value::{Value, plain};
use crate::proposal::Value as Fact;

/// Characters of a value.
const LONGEST: usize = 120;
/// Items of a list, and entries of a map, that are told.
const FEW: usize = 3;
/// How deep lists in lists are told.
const DEEP: usize = 2;

impl<'f> Run<'f> {
    /// A value on its way into a trace.
    pub(in crate::policy) fn shown(&self, value: &Value<'f>) -> String {
        cut(&self.shown_within(value, DEEP), LONGEST)
    }

    fn shown_within(&self, value: &Value<'f>, deep: usize) -> String {
        match value {
            Value::Nothing => "()".to_owned(),
            Value::Flag(flag) => flag.to_string(),
            Value::Count(count) => count.to_string(),
            Value::Number(number) => plain(*number),
            Value::Text(text) => format!("\"{}\"", cut(text, LONGEST)),
            Value::Moment(_) | Value::Day(_) | Value::TimeOfDay(_) | Value::Length(_) => {
                let mut text = String::new();
                // They can be written into a text.
                let _ = self.write(&mut text, value);
                text
            }
            Value::Node(node) => {
                let tree = self.facts.tree(node.root);
                let written = tree.written(node.id);
                match tree.value(node.id) {
                    Fact::List(items) => some(items.len(), "item", (!items.is_empty()).then_some(written)),
                    Fact::Map(items) => some(items.len(), "entry", (!items.is_empty()).then_some(written)),
                    _ if written.is_empty() => "{ … }".to_owned(),
                    _ => written,
                }
            }
            Value::List(list) => {
                let first = list.items.iter().take(FEW);
                self.listed(first.map(|item| self.below(item, deep)).collect(), list.items.len())
            }
            Value::Given(items) => {
                let first = items.iter().take(FEW);
                self.listed(first.map(|item| self.below(&Value::of_param(item), deep)).collect(), items.len())
            }
            Value::Map(map) => {
                let entries = map.entries.iter().take(FEW);
                let entries: Vec<_> =
                    entries.map(|(key, value)| format!("{}: {}", cut(key, LONGEST), self.below(value, deep))).collect();
                let more = map.entries.len().saturating_sub(FEW);
                match (entries.is_empty(), more) {
                    (true, _) => "#{}".to_owned(),
                    (_, 0) => format!("#{{ {} }}", entries.join(", ")),
                    (_, more) => format!("#{{ {}, and {more} more }}", entries.join(", ")),
                }
            }
            Value::Params(_) => "all parameters".to_owned(),
            Value::Range { from, to } => format!("{from}..{to}"),
            Value::Report(_) => "a report".to_owned(),
            Value::Closure(_) => "a closure".to_owned(),
        }
    }

    fn below(&self, value: &Value<'f>, deep: usize) -> String {
        let text = if deep == 0 { "…".to_owned() } else { self.shown_within(value, deep - 1) };
        cut(&text, LONGEST / FEW)
    }

    fn listed(&self, first: Vec<String>, all: usize) -> String {
        match all.saturating_sub(first.len()) {
            0 => format!("[{}]", first.join(", ")),
            more => format!("[{}, and {more} more]", first.join(", ")),
        }
    }
}

fn some(count: usize, noun: &str, written: Option<String>) -> String {
    let count = match (count, noun) {
        (1, noun) => format!("1 {noun}"),
        (count, "entry") => format!("{count} entries"),
        (count, noun) => format!("{count} {noun}s"),
    };
    match written.filter(|written| !written.is_empty()) {
        Some(written) => format!("{count}: {written}"),
        None => count,
    }
}

/// The beginning of a text.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
