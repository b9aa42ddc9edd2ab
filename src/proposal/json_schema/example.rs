//! Examples of values, for fields whose model has none of its own: what an editor offers is what one may write.

use crate::proposal::shape::{Field, Kind, Object};
use serde_json::{Map, Value, json};

/// The examples of a field: those of the model, or else one that follows from its kind.
pub(super) fn of(field: &Field) -> Vec<Value> {
    // A test of the model reads every example.
    let own: Vec<_> = field.examples.iter().filter_map(|example| serde_json::from_str(example).ok()).collect();
    if own.is_empty() { of_kind(&field.kind).into_iter().collect() } else { own }
}

/// A value of a kind; none of those of which any would be made up: texts, numbers, times.
fn of_kind(kind: &Kind) -> Option<Value> {
    match kind {
        // One that is true when left out has an example of its own.
        Kind::Flag => Some(json!(true)),
        Kind::Choice(words) => words.first().map(|choice| json!(choice.word)),
        // Of words, two show that there may be more than one.
        Kind::List(Kind::Choice(words)) => Some(words.iter().take(2).map(|choice| choice.word).collect()),
        Kind::List(items) => of_kind(items).map(|item| json!([item])),
        Kind::Object(object) => of_object(object),
        _ => None,
    }
}

/// What has to be written; where nothing has to, the first two fields that hold no further object. None where there is none of
/// something that has to be.
fn of_object(object: &Object) -> Option<Value> {
    let value = |field: &Field| Some((field.name.to_owned(), of(field).into_iter().next()?));
    let required = object.fields.iter().filter(|field| field.required).map(value).collect::<Option<Map<_, _>>>()?;
    if !required.is_empty() {
        return Some(Value::Object(required));
    }
    let plain = object.fields.iter().filter(|field| !holds_object(&field.kind));
    Some(Value::Object(plain.filter_map(value).take(2).collect()))
}

fn holds_object(kind: &Kind) -> bool {
    match kind {
        Kind::List(items) | Kind::Map(items) => holds_object(items),
        Kind::Object(_) => true,
        _ => false,
    }
}
