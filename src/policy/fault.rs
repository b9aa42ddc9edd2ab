//! How a rule fails: errors of the script engine, and our own, as faults with a place in the rule.

use crate::finding::Fault;
use crate::source::{Place, Position, Source, Span};
use rhai::{Dynamic, EvalAltResult, ParseError};
use std::sync::Arc;

/// An error that a function of ours raises in a rule.
#[derive(Debug, Clone)]
pub struct Misuse {
    pub code: &'static str,
    pub message: String,
    pub help: String,
}

/// Fails the rule that is running.
pub fn misuse(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Box<EvalAltResult> {
    let misuse = Misuse { code, message: message.into(), help: help.into() };
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(misuse), rhai::Position::NONE))
}

/// The misuse that an error of ours is made of.
pub fn misuse_of(error: &EvalAltResult) -> Option<Misuse> {
    if let EvalAltResult::ErrorRuntime(value, _) = error {
        value.read_lock::<Misuse>().map(|misuse| misuse.clone())
    } else {
        None
    }
}

/// The fault of a rule that failed while it ran.
pub fn of_run(rule: &str, source: &Arc<Source>, error: &EvalAltResult) -> Fault {
    // The innermost error says what is wrong; those around it say only by way of which functions it was reached.
    let mut innermost = error;
    while let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) = innermost {
        innermost = inner;
    }
    let place = place(source, innermost.position());
    let (code, message, help) = describe(innermost);
    Fault::new(code, format!("the rule `{rule}` failed: {message}")).help(help).at(place, "it failed here")
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
        "a rule knows `p`, `params`, `now`, `phase`, `evidence` and what it declares with `let`"
    } else {
        "rules are Rhai scripts: see CONTRIBUTING.md, \"Writing a rule\""
    }
}

fn describe(error: &EvalAltResult) -> (&'static str, String, String) {
    use EvalAltResult as E;
    let limit = "a rule has a bound on its work; look for a loop that does not end, or a text that grows";
    match error {
        E::ErrorRuntime(value, _) | E::ErrorTerminated(value, _) => match value.read_lock::<Misuse>() {
            Some(misuse) => (misuse.code, misuse.message.clone(), misuse.help.clone()),
            None => (
                "policy/runtime",
                format!("it threw `{value}`"),
                "report a finding with deny, warn or info instead".to_owned(),
            ),
        },
        E::ErrorTooManyOperations(_) => {
            ("policy/limit-operations", "it does not come to an end".to_owned(), limit.to_owned())
        }
        E::ErrorStackOverflow(_) => {
            ("policy/limit-depth", "its calls are nested too deep".to_owned(), limit.to_owned())
        }
        E::ErrorDataTooLarge(what, _) => {
            ("policy/limit-size", format!("{} too large", lower_first(what)), limit.to_owned())
        }
        E::ErrorTooManyVariables(_) => {
            ("policy/limit-variables", "it has too many variables".to_owned(), limit.to_owned())
        }
        E::ErrorFunctionNotFound(signature, _) => (
            "policy/unknown-function",
            format!("there is no function `{signature}`"),
            "the functions that rules may call are listed in docs/functions.md".to_owned(),
        ),
        E::ErrorVariableNotFound(name, _) => (
            "policy/unknown-variable",
            format!("there is no variable `{name}`"),
            "a rule knows `p`, `params`, `now`, `phase`, `evidence` and what it declares with `let`".to_owned(),
        ),
        E::ErrorPropertyNotFound(name, _) => (
            "policy/unknown-parameter",
            format!("there is no `{name}` here"),
            "a parameter is declared with its default in `params` of the rule's header".to_owned(),
        ),
        other => {
            // An error's place is shown as a place, not in its text.
            let mut bare = other.to_string();
            bare.truncate(bare.find(" (line").unwrap_or(bare.len()));
            (
                "policy/runtime",
                lower_first(&bare),
                "mend the rule; the functions that rules may call are in docs/functions.md".to_owned(),
            )
        }
    }
}

/// Where a position of the engine stands; the engine counts lines and characters, and knows no lengths.
pub fn place(source: &Arc<Source>, position: rhai::Position) -> Place {
    let line = position.line().unwrap_or(1) as u32;
    let column = position.position().unwrap_or(1) as u32;
    let start = source.offset(Position { line, column });
    let rest = &source.text()[start as usize..];
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let length = word.max(rest.chars().next().map_or(0, char::len_utf8));
    Place::new(source, Span { start, end: start + length as u32 })
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default() + characters.as_str()
}
