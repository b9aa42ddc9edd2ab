//! Fields that are yet to be filled in: `"TODO: what the field is for"`.
//!
//! JSON has no comments, so that a draft says what a field is for where its value belongs. Whatever kind the field is of, a text that
//! begins so is refused by the reader, and with it the document: a draft never passes by what nobody has written.

use super::json_schema::description;
use super::problem::first_sentence;
use super::shape::{Field, Kind};
use crate::document;
use serde_json::Value;

/// With what such a text begins.
pub const MARK: &str = "TODO:";

/// Whether a value marks a field that is yet to be filled in.
pub(super) fn is_unfilled(value: document::Value<'_>) -> bool {
    matches!(value.kind(), document::Kind::String(text) if text.starts_with(MARK))
}

/// How many fields of a document are yet to be filled in.
pub fn open(document: &Value) -> usize {
    match document {
        Value::String(text) => usize::from(text.starts_with(MARK)),
        Value::Array(items) => items.iter().map(open).sum(),
        Value::Object(fields) => fields.values().map(open).sum(),
        _ => 0,
    }
}

/// The text that marks a field, with what would be suggested for it.
///
/// ```
/// use changegate::proposal::model::PROPOSAL;
/// use changegate::proposal::unfilled::mark;
/// let title = PROPOSAL.field("title").unwrap();
/// assert_eq!(mark(title, None), "TODO: The upgrade in one line.");
/// assert_eq!(mark(title, Some("Wiki 2")), "TODO: perhaps Wiki 2. The upgrade in one line.");
/// let author = PROPOSAL.field("submitted_at").unwrap();
/// assert!(mark(author, None).ends_with(" Write date, time and offset: 2026-11-21T02:00:00+01:00."));
/// ```
pub fn mark(field: &Field, suggested: Option<&str>) -> String {
    let suggested = suggested.map(|value| format!(" perhaps {value}.")).unwrap_or_default();
    let how = how(&field.kind).map(|how| format!(" Write {how}.")).unwrap_or_default();
    // How a length of time is written says its unit.
    let doc = if let Kind::Duration = field.kind { field.doc.to_owned() } else { description(field) };
    format!("{MARK}{suggested} {doc}{how}")
}

/// What to do about it, in the words of the schema.
pub(super) fn help(expected: &Kind, field: Option<&Field>) -> String {
    let what = field.map_or_else(|| "say what is true".to_owned(), |field| first_sentence(field.doc));
    match how(expected) {
        Some(how) => format!("{what}; write {how}"),
        None => what,
    }
}

/// How a value is written, of the kinds of which one can't guess it. There are no quotes in it, as it stands inside of some.
fn how(kind: &Kind) -> Option<String> {
    let how = match kind {
        Kind::Choice(words) => {
            format!("one of {}", words.iter().map(|choice| choice.word).collect::<Vec<_>>().join(", "))
        }
        Kind::List(items) => match how(items) {
            Some(how) => format!("a list of values, each {how}"),
            None => "a list".to_owned(),
        },
        Kind::Person => "a handle such as @ada".to_owned(),
        Kind::Flag => "true or false, without quotes".to_owned(),
        Kind::Instant => "date, time and offset: 2026-11-21T02:00:00+01:00".to_owned(),
        Kind::Date => "a day: 2026-11-21".to_owned(),
        Kind::Time => "hours and minutes: 22:00".to_owned(),
        Kind::Duration => "whole minutes as a number, or a duration such as PT1H30M or P30D".to_owned(),
        Kind::Zone => "a time zone such as Europe/Berlin".to_owned(),
        Kind::Pointer => "a JSON Pointer such as /rollback/steps/0".to_owned(),
        Kind::Digest => "sha256: and 64 hexadecimal digits".to_owned(),
        Kind::Count { .. } | Kind::Number { .. } => "a number, without quotes".to_owned(),
        Kind::Text { .. } | Kind::Object(_) | Kind::Map(_) | Kind::Name | Kind::Plain | Kind::Json | Kind::Edits => {
            return None;
        }
    };
    Some(how)
}
