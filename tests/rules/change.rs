//! What can be changed in a proposal, read off the model: a field is left out, a text says nothing, a number, a time or a word is
//! another one.

use changegate::proposal::model::PROPOSAL;
use changegate::proposal::shape::Kind;
use changegate::proposal::time::duration;
use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};
use serde_json::{Value, json};
use std::fmt;

/// What only fills a field, and is told by the word.
const FILLERS: [&str; 6] = ["tbd", "n/a", "-", "todo", ".", "x"];
/// What fills the place of a person.
const NOBODY: [&str; 6] = ["tbd", "n/a", "-", "todo", ".", "nobody"];
/// What could be an answer and says nothing.
const EMPTY_WORDS: [&str; 2] = ["yes", "should be fine"];

/// In minutes; longer than anything that takes its time.
const YEAR: i64 = 366 * 24 * 60;

/// One change of one place.
#[derive(Clone)]
pub struct Change {
    pub pointer: String,
    /// What sort of change: all of one sort and path count as one.
    pub sort: &'static str,
    /// What it becomes; nothing where it is left out.
    pub becomes: Option<Value>,
}

impl Change {
    pub fn applied(&self, proposal: &Value) -> Value {
        let mut proposal = proposal.clone();
        self.apply(&mut proposal);
        proposal
    }

    /// Does nothing where an earlier change has taken the place away.
    pub fn apply(&self, proposal: &mut Value) {
        let (parent, name) = self.pointer.rsplit_once('/').unwrap();
        match (proposal.pointer_mut(parent), &self.becomes) {
            (Some(Value::Object(members)), Some(value)) => drop(members.insert(name.to_owned(), value.clone())),
            (Some(Value::Object(members)), None) => drop(members.remove(name)),
            (Some(Value::Array(items)), value) => {
                let index = name.parse().unwrap();
                match value {
                    Some(value) => items.get_mut(index).into_iter().for_each(|item| *item = value.clone()),
                    None if index < items.len() => drop(items.remove(index)),
                    None => {}
                }
            }
            _ => {}
        }
    }
}

/// A pointer with `*` for any item of a list.
pub fn path_of(pointer: &str) -> String {
    let is_item = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    pointer.split('/').skip(1).map(|name| format!("/{}", if is_item(name) { "*" } else { name })).collect()
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sort, path_of(&self.pointer))
    }
}

/// All changes of what stands at and below a place, in the order of the model.
pub fn changes(proposal: &Value, part: &str) -> Vec<Change> {
    const ROOT: &Kind = &Kind::Object(&PROPOSAL);
    let mut kind = ROOT;
    for name in part.split('/').skip(1) {
        let Kind::Object(shape) = kind else { panic!("{part} is no object") };
        kind = &shape.field(name).unwrap().kind;
    }
    let mut changes = Vec::new();
    below(proposal.pointer(part).unwrap(), kind, part, &mut changes);
    changes
}

fn below(value: &Value, kind: &'static Kind, pointer: &str, changes: &mut Vec<Change>) {
    let lost = |pointer: &String| Change { pointer: pointer.clone(), sort: "lost", becomes: None };
    match (value, kind) {
        (Value::Object(members), Kind::Object(shape)) => {
            for (name, member) in members.iter().filter(|(name, _)| *name != "$schema") {
                let pointer = format!("{pointer}/{name}");
                changes.push(lost(&pointer));
                below(member, &shape.field(name).unwrap().kind, &pointer, changes);
            }
        }
        (Value::Array(items), Kind::List(kind)) => {
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                changes.push(lost(&pointer));
                below(item, kind, &pointer, changes);
            }
        }
        _ => {
            let others = others(value, kind).into_iter().filter(|(_, other)| other != value);
            changes.extend(others.map(|(sort, other)| Change {
                pointer: pointer.to_owned(),
                sort,
                becomes: Some(other),
            }));
        }
    }
}

/// What else could stand in the place of a value, with the sort of the change.
fn others(value: &Value, kind: &'static Kind) -> Vec<(&'static str, Value)> {
    let all =
        |sort: &'static str, others: Vec<Value>| others.into_iter().map(|other| (sort, other)).collect::<Vec<_>>();
    let texts = |sort, texts: &[&str]| all(sort, texts.iter().map(|text| json!(text)).collect());
    match kind {
        // A handle may well be `x` or `yes`.
        Kind::Person => texts("filler", &NOBODY),
        Kind::Text { .. } | Kind::Name => [texts("filler", &FILLERS), texts("empty", &EMPTY_WORDS)].concat(),
        Kind::Choice(words) => all("word", words.iter().map(|choice| json!(choice.word)).collect()),
        Kind::Flag => all("word", vec![json!(value != &json!(true))]),
        Kind::Count { min, max, .. } => {
            let number = value.as_i64().unwrap();
            let numbers = [0, 1, *max, number / 2, number.saturating_mul(2)];
            all(
                "number",
                numbers.iter().filter(|number| (min..=max).contains(number)).map(|number| json!(number)).collect(),
            )
        }
        Kind::Number { min, max, .. } => {
            let number = value.as_f64().unwrap();
            let numbers = [0.0, 1.0, *max, number / 2.0, number * 2.0];
            all(
                "number",
                numbers.iter().filter(|number| (min..=max).contains(number)).map(|number| json!(number)).collect(),
            )
        }
        Kind::Duration => {
            let minutes = minutes(value);
            all("duration", [0, minutes / 2, minutes * 2, YEAR].map(|minutes| json!(minutes)).to_vec())
        }
        Kind::Instant | Kind::Date | Kind::Time => all("time", times(value.as_str().unwrap(), kind)),
        // Any other text in the place of these is no valid proposal.
        Kind::Zone
        | Kind::Digest
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Map(_)
        | Kind::Plain
        | Kind::Pointer
        | Kind::Json
        | Kind::Edits => Vec::new(),
    }
}

fn minutes(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| duration(value.as_str().unwrap()).unwrap())
}

/// A point in time, a day or a time of day, moved back and forth; a point in time keeps its offset.
fn times(text: &str, kind: &Kind) -> Vec<Value> {
    let moves = [1.minute(), 1.day(), 1.year()];
    let moves = moves.into_iter().flat_map(|span| [span, span.negate()]);
    match kind {
        Kind::Instant => {
            // The offset, or `Z`, follows the minutes or the seconds.
            let end = 11 + text[11..].find(['Z', '+', '-']).unwrap();
            let local: DateTime = text[..end].parse().unwrap();
            let moved = |span: Span| json!(format!("{}{}", (local + span).strftime("%Y-%m-%dT%H:%M:%S"), &text[end..]));
            moves.map(moved).collect()
        }
        Kind::Date => {
            let day: Date = text.parse().unwrap();
            moves.skip(2).map(|span| json!((day + span).to_string())).collect()
        }
        _ => {
            let time: Time = text.parse().unwrap();
            let moved = |span: Span| json!(time.wrapping_add(span).strftime("%H:%M").to_string());
            [1.minute(), (-1).minute(), 12.hours()].into_iter().map(moved).collect()
        }
    }
}
