//! How a rule fails: errors of the parser, and our own, as faults with a place in the rule.

use super::script::{Refused, line_and_column};
use crate::finding::Fault;
use crate::source::{Place, Position, Source, Span};
use rhai::ParseError;
use std::sync::Arc;

/// How a rule goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misuse {
    pub code: &'static str,
    pub message: String,
    pub help: String,
}

/// Fails the rule that is running.
pub fn misuse(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Misuse {
    Misuse { code, message: message.into(), help: help.into() }
}

/// What the parser and lowering rule out.
pub fn impossible(what: &str) -> Misuse {
    misuse("internal/script", format!("{what}, which can't be"), "this is a fault of changegate: please report it")
}

/// The fault of a rule that failed while it ran.
pub fn of_run(rule: &str, place: Place, Misuse { code, message, help }: Misuse) -> Fault {
    Fault::new(code, format!("the rule `{rule}` failed: {message}")).help(help).at(place, "it failed here")
}

/// The fault of a rule that uses what rules do not have.
pub fn of_lowering(rule: &str, source: &Arc<Source>, refused: Refused) -> Fault {
    Fault::new(refused.code, format!("the rule `{rule}` can't be loaded: {}", refused.message))
        .help(refused.help)
        .at(place_at(source, line_and_column(refused.place)), "here")
}

/// The fault of a rule that does not parse.
pub fn of_parse(rule: &str, source: &Arc<Source>, error: &ParseError) -> Fault {
    let text = error.err_type().to_string();
    Fault::new("policy/syntax", format!("the rule `{rule}` does not parse: {}", lower_first(&text)))
        .help(parse_help(&text))
        .at(place(source, error.position()), "here")
}

fn parse_help(text: &str) -> &'static str {
    if text.contains("'switch'") {
        "`switch` finds no value of another kind and says nothing; write `if` and `else if`"
    } else if text.contains("reserved") || text.contains("disabled") {
        "rules have no `eval`, `import`, `try` or `print`: a rule reads the facts and reports"
    } else if text.contains("ndefined variable") || text.contains("Variable not found") {
        "a rule knows `p`, `params`, `now`, `phase`, `scale`, `strict`, `evidence` and what it declares with `let`"
    } else {
        "rules are Rhai scripts: see docs/writing-a-rule.md"
    }
}

/// Where a position of the engine stands; the engine counts lines and characters, and knows no lengths.
pub fn place(source: &Arc<Source>, position: rhai::Position) -> Place {
    place_at(source, (position.line().unwrap_or(0) as u32, position.position().unwrap_or(0) as u32))
}

/// What to do where a value is nothing.
pub const ASK_FIRST: &str = "a field that is absent is `()`: ask first, `if x == () { … }`";

/// The word or the quoted text at a line and a column, both from 1; the beginning where there are none.
pub fn place_at(source: &Arc<Source>, (line, column): (u32, u32)) -> Place {
    let (line, column) = (line.max(1), column.max(1));
    let start = source.offset(Position { line, column });
    let rest = &source.text()[start as usize..];
    let word = match rest.strip_prefix('"').and_then(|text| text.find(['"', '\n'])) {
        Some(quote) => quote + 2,
        None => rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()),
    };
    let length = word.max(rest.chars().next().map_or(0, char::len_utf8));
    Place::new(source, Span { start, end: start + length as u32 })
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default() + characters.as_str()
}
