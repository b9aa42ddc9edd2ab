//! JSON and TOML: their values by key, with errors that have a place.

use super::{Unread, quoted};
use crate::document::{Document, Kind, Limits, Value};
use crate::source::{Place, Source};
use toml::de::DeTable;

/// Deeper than any package lies in another.
const LIMITS: Limits = Limits { bytes: 64 << 20, depth: 200 };

pub(super) fn json(source: &Source) -> Result<Document, Unread> {
    Document::parse("", source.text().as_bytes().to_vec(), &LIMITS).map_err(|problems| {
        match problems.into_iter().next() {
            Some(problem) => told(&problem.message, Some(&problem.primary.place)),
            None => Unread::whole("it is no JSON"),
        }
    })
}

pub(super) fn toml(source: &Source) -> Result<Document, Unread> {
    // This one keeps the first error and no other: all of a few megabytes of junk would take gigabytes.
    if let Err(error) = DeTable::parse(source.text()) {
        let position = error.span().and_then(|span| u32::try_from(span.start).ok()).map(|byte| source.position(byte));
        return Err(Unread::told(position, &format!("it is no TOML: {}", error.message())));
    }
    Document::parse_toml("", source.text()).map_err(|faults| match faults.into_iter().next() {
        Some(fault) => told(&fault.message, fault.labels.first().map(|label| &label.place)),
        None => Unread::whole("it is no TOML"),
    })
}

fn told(why: &str, place: Option<&Place>) -> Unread {
    Unread::told(place.map(Place::start), why)
}

/// An error at a value.
pub(super) fn unread(value: Value<'_>, why: impl Into<String>) -> Unread {
    Unread::at(value.place().start(), why)
}

/// The line on which a value begins.
pub(super) fn line(value: Value<'_>) -> u32 {
    value.place().start().line
}

/// The line on which the key of a member begins.
pub(super) fn key_line(value: Value<'_>) -> u32 {
    let place = value.place();
    value.key_span().map_or_else(|| place.start().line, |key| Place::new(&place.source, key).start().line)
}

/// The text under a key, if there is one.
pub(super) fn text<'d>(value: Value<'d>, key: &str) -> Result<Option<&'d str>, Unread> {
    let Some(found) = value.get(key) else { return Ok(None) };
    match found.kind() {
        Kind::String(text) => Ok(Some(text)),
        Kind::Null => Ok(None),
        _ => Err(unread(found, format!("`{key}` is no text"))),
    }
}

/// The text under a key that has to be there, and not empty.
pub(super) fn needed<'d>(value: Value<'d>, key: &str) -> Result<&'d str, Unread> {
    match text(value, key)? {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(unread(value, format!("an entry without `{key}`"))),
    }
}

/// The object under a key, if there is one.
pub(super) fn object<'d>(value: Value<'d>, key: &str) -> Result<Option<Value<'d>>, Unread> {
    let Some(found) = value.get(key) else { return Ok(None) };
    match found.kind() {
        Kind::Object => Ok(Some(found)),
        _ => Err(unread(found, format!("`{key}` is no object"))),
    }
}

/// The objects in the array under a key; none where the key is absent.
pub(super) fn objects<'d>(value: Value<'d>, key: &str) -> Result<Vec<Value<'d>>, Unread> {
    let Some(found) = value.get(key) else { return Ok(Vec::new()) };
    if found.kind() != Kind::Array {
        return Err(unread(found, format!("`{key}` is no list")));
    }
    for item in found.items() {
        is_object(item)?;
    }
    Ok(found.items().collect())
}

pub(super) fn is_object(value: Value<'_>) -> Result<(), Unread> {
    match value.kind() {
        Kind::Object => Ok(()),
        _ => Err(unread(value, format!("{} is no object", value.key().map_or_else(|| "an entry".to_owned(), quoted)))),
    }
}

/// The version of the format under a key, which must be one that is known; `None` where it does not say.
pub(super) fn version(root: Value<'_>, key: &str, known: std::ops::RangeInclusive<i64>) -> Result<Option<i64>, Unread> {
    let Some(found) = root.get(key) else { return Ok(None) };
    match found.kind() {
        Kind::Integer(version) if known.contains(&version) => Ok(Some(version)),
        _ => Err(unread(found, format!("a version of the format other than {} to {}", known.start(), known.end()))),
    }
}
