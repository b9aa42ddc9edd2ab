//! Asks for what is yet to be said, one field after the other.

use super::known::field_at;
use super::{Draft, Known, wrong};
use crate::finding::Fault;
use crate::gate::Gate;
use crate::proposal::model::PROPOSAL;
use crate::proposal::shape::{Choice, Field, Kind, Object};
use crate::proposal::unfilled::MARK;
use crate::report::inert_line;
use serde_json::Value;
use std::io::{self, BufRead, Write};

/// What came of asking.
type Asked = io::Result<Result<Draft, Vec<Fault>>>;

/// Asks for all that is open in a draft: first what its scale depends on, then what that asks for. An empty answer leaves a field as it is,
/// and the end of the answers all that are left. What the reader of proposals refuses is asked again, with its words.
///
/// # Errors
/// When the terminal is gone; within, when what is said can't be judged.
pub fn ask(known: &mut Known, gate: &Gate, answers: &mut impl BufRead, questions: &mut impl Write) -> Asked {
    writeln!(questions, "an empty answer leaves a field open; the end of input (Ctrl-D) leaves all that are left")?;
    for guess in known.guesses.clone() {
        let Some(field) = field_at(guess.path) else { continue };
        let [section, name] = guess.path;
        let question = Question {
            pointer: format!("/{section}/{name}"),
            field,
            what: field.doc.to_owned(),
            suggested: guess.value,
        };
        let mut document = known.as_suggested();
        match question.ask(&mut document, answers, questions)? {
            Answer::Taken(value) => known.say(guess.path, value),
            Answer::LeftOpen => {}
            Answer::Ended => return Ok(Draft::of(known, gate)),
        }
    }
    let mut draft = match Draft::of(known, gate) {
        Ok(draft) => draft,
        Err(faults) => return Ok(Err(faults)),
    };
    let mut open = Vec::new();
    find(&draft.document, &PROPOSAL, "", &mut open);
    for (pointer, field, what) in open {
        // What was suggested was asked for above.
        if known.guesses.iter().any(|guess| pointer == format!("/{}", guess.path.join("/"))) {
            continue;
        }
        let question = Question { pointer, field, what, suggested: None };
        if let Answer::Ended = question.ask(&mut draft.document, answers, questions)? {
            break;
        }
    }
    Ok(Ok(draft))
}

/// The marks of a document, in its order, each with its field.
fn find(value: &Value, shape: &'static Object, at: &str, open: &mut Vec<(String, &'static Field, String)>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let Some(field) = shape.field(name) else { continue };
        let at = format!("{at}/{name}");
        match (&field.kind, value) {
            (_, Value::String(text)) if text.starts_with(MARK) => {
                open.push((at, field, text.trim_start_matches(MARK).trim().to_owned()))
            }
            (Kind::Object(inner), value) => find(value, inner, &at, open),
            (Kind::List(Kind::Object(inner)), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    find(item, inner, &format!("{at}/{index}"), open);
                }
            }
            _ => {}
        }
    }
}

/// What comes of a question.
enum Answer {
    Taken(Value),
    LeftOpen,
    /// On a terminal the end of input is that of one line, and whoever reads on is asked again.
    Ended,
}

struct Question {
    pointer: String,
    field: &'static Field,
    /// What it is for.
    what: String,
    suggested: Option<Value>,
}

impl Question {
    /// Asks until there is an answer that the reader takes, an empty one, or none. What is taken stands in the document then.
    fn ask(&self, document: &mut Value, answers: &mut impl BufRead, questions: &mut impl Write) -> io::Result<Answer> {
        let words = words(&self.field.kind);
        writeln!(questions, "\n{}: {}", self.pointer.trim_start_matches('/').replace('/', "."), self.what)?;
        for (number, choice) in words.iter().enumerate() {
            writeln!(questions, "  {}  {}: {}", number + 1, choice.word, choice.doc)?;
        }
        if let Some(value) = &self.suggested {
            writeln!(questions, "  =  takes what is suggested: {value}")?;
        }
        loop {
            write!(questions, "> ")?;
            questions.flush()?;
            let mut line = String::new();
            if answers.read_line(&mut line)? == 0 {
                writeln!(questions)?;
                return Ok(Answer::Ended);
            }
            if line.trim().is_empty() {
                return Ok(Answer::LeftOpen);
            }
            let value = match &self.suggested {
                Some(value) if line.trim() == "=" => value.clone(),
                _ => value(&self.field.kind, line.trim()),
            };
            let before = document.clone();
            if let Some(place) = place(document, &self.pointer) {
                *place = value.clone();
            }
            let Some(finding) = wrong(document, &self.pointer) else { return Ok(Answer::Taken(value)) };
            *document = before;
            writeln!(questions, "{}", inert_line(&finding.message, 1_000, "…"))?;
            writeln!(questions, "{}", inert_line(&finding.help.unwrap_or_default(), 1_000, "…"))?;
        }
    }
}

/// The value at a pointer, made where only its name is missing.
fn place<'d>(document: &'d mut Value, pointer: &str) -> Option<&'d mut Value> {
    let (above, name) = pointer.rsplit_once('/')?;
    match document.pointer_mut(above)? {
        Value::Object(fields) => Some(fields.entry(name).or_insert(Value::Null)),
        Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?),
        _ => None,
    }
}

fn words(kind: &Kind) -> &'static [Choice] {
    match kind {
        Kind::Choice(words) | Kind::List(Kind::Choice(words)) => words,
        _ => &[],
    }
}

/// An answer as a value of its kind, as far as it can be one; the reader tells what it is not.
fn value(kind: &Kind, answer: &str) -> Value {
    match kind {
        Kind::List(items) => {
            let answers = answer.split(',').map(str::trim).filter(|answer| !["", "[]", "none"].contains(answer));
            answers.map(|answer| value(items, answer)).collect()
        }
        Kind::Choice(words) => {
            let numbered = answer.parse::<usize>().ok().and_then(|number| words.get(number.checked_sub(1)?));
            numbered.map_or(answer, |choice| choice.word).into()
        }
        Kind::Flag if ["yes", "y"].contains(&answer) => true.into(),
        Kind::Flag if ["no", "n"].contains(&answer) => false.into(),
        Kind::Text { .. } | Kind::Name | Kind::Person => answer.into(),
        // Numbers, and whatever else is written without quotes.
        _ => serde_json::from_str(answer).unwrap_or_else(|_| answer.into()),
    }
}
