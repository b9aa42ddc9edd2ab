//! Values that hold no other: each kind with the form it must have.

use super::filler::is_nobody;
use super::problem::What;
use super::shape::{Choice, Kind};
use super::time;
use super::tree::Value;
use crate::document;

/// Reads a value that holds no other.
pub(super) fn scalar(kind: &'static Kind, value: document::Value<'_>) -> Result<Value, What> {
    use document::Kind as Json;
    let malformed = || What::Malformed { expected: kind, written: written(value) };
    match (kind, value.kind()) {
        (Kind::Text { max }, Json::String(text)) => prose(text, *max as usize),
        (Kind::Flag, Json::Bool(flag)) => Ok(Value::Flag(flag)),
        (Kind::Count { min, max, unit }, Json::Integer(count)) => {
            if (*min..=*max).contains(&count) {
                Ok(Value::Count(count))
            } else {
                Err(out_of_range(min, max, unit, value))
            }
        }
        (Kind::Number { min, max, unit }, number @ (Json::Integer(_) | Json::Float(_))) => {
            let number = if let Json::Integer(whole) = number { whole as f64 } else { float(number) };
            if (*min..=*max).contains(&number) {
                Ok(Value::Number(number))
            } else {
                Err(out_of_range(min, max, unit, value))
            }
        }
        (Kind::Duration, Json::Integer(minutes)) => {
            if (0..=time::LONGEST).contains(&minutes) {
                Ok(Value::Duration(minutes))
            } else {
                Err(malformed())
            }
        }
        (Kind::Choice(words), Json::String(word)) => known_word(words, word, value),
        (Kind::Name, Json::String(text)) if is_name(text) => Ok(Value::Text(text.into())),
        (Kind::Person, Json::String(text)) if is_person(text) => Ok(Value::Text(text.into())),
        (Kind::Zone, Json::String(text)) if is_zone(text) => Ok(Value::Text(text.into())),
        (Kind::Digest, Json::String(text)) if is_digest(text) => Ok(Value::Text(text.into())),
        (Kind::Instant, Json::String(text)) => time::instant(text).map(Value::Instant).ok_or_else(malformed),
        (Kind::Date, Json::String(text)) => time::date(text).map(Value::Date).ok_or_else(malformed),
        (Kind::Time, Json::String(text)) => time::time_of_day(text).map(Value::Time).ok_or_else(malformed),
        (Kind::Duration, Json::String(text)) => time::duration(text).map(Value::Duration).ok_or_else(malformed),
        (Kind::Name | Kind::Person | Kind::Zone | Kind::Digest, Json::String(_)) => Err(malformed()),
        (Kind::Plain, plain) => match plain {
            Json::Bool(flag) => Ok(Value::Flag(flag)),
            Json::Integer(count) => Ok(Value::Count(count)),
            Json::Float(number) => Ok(Value::Number(number)),
            Json::String(text) => Ok(Value::Text(text.into())),
            _ => Err(wrong_type(kind, value)),
        },
        (Kind::Pointer, Json::String(text)) if is_pointer(text) => Ok(Value::Text(text.into())),
        (Kind::Pointer, Json::String(_)) => Err(malformed()),
        (Kind::Json, _) => Ok(Value::Json(Box::new(value.to_json()))),
        _ => Err(wrong_type(kind, value)),
    }
}

fn prose(text: &str, most: usize) -> Result<Value, What> {
    let found = text.chars().count();
    if text.trim().is_empty() {
        Err(What::Blank)
    } else if found > most {
        Err(What::TooLong { most, found, of: "characters" })
    } else {
        Ok(Value::Text(text.into()))
    }
}

fn known_word(words: &'static [Choice], word: &str, value: document::Value<'_>) -> Result<Value, What> {
    match words.iter().find(|choice| choice.word == word) {
        Some(choice) => Ok(Value::Text(choice.word.into())),
        None => Err(What::UnknownWord { words, written: written(value) }),
    }
}

/// Whether a text fits a kind that is written as a text of a form: a name, a zone, a digest.
///
/// ```
/// use changegate::proposal::{fits, shape::Kind};
/// assert!(fits(&Kind::Name, "payments-db") && !fits(&Kind::Name, "../etc"));
/// ```
pub fn fits(kind: &Kind, text: &str) -> bool {
    match kind {
        Kind::Name => is_name(text),
        Kind::Person => is_person(text),
        Kind::Zone => is_zone(text),
        Kind::Digest => is_digest(text),
        Kind::Pointer => is_pointer(text),
        _ => false,
    }
}

/// See [`Kind::Name`].
fn is_name(text: &str) -> bool {
    let starts = text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() || b == b'@');
    starts && text.len() <= 128 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/@:+".contains(&b))
}

/// See [`Kind::Person`].
fn is_person(text: &str) -> bool {
    is_name(text) && !is_nobody(text)
}

/// See [`Kind::Pointer`].
fn is_pointer(text: &str) -> bool {
    let escapes = text.split('~').skip(1).all(|after| after.starts_with(['0', '1']));
    escapes && (text.is_empty() || text.starts_with('/'))
}

/// `Etc/Unknown` is the library's word for not knowing, and would be taken for UTC.
fn is_zone(text: &str) -> bool {
    jiff::tz::TimeZone::get(text).is_ok_and(|zone| !zone.is_unknown())
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|digits| {
        digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

fn float(number: document::Kind<'_>) -> f64 {
    if let document::Kind::Float(number) = number { number } else { f64::NAN }
}

fn out_of_range(min: &impl ToString, max: &impl ToString, unit: &'static str, value: document::Value<'_>) -> What {
    What::OutOfRange { min: min.to_string(), max: max.to_string(), unit, written: written(value) }
}

pub(super) fn wrong_type(expected: &'static Kind, value: document::Value<'_>) -> What {
    What::WrongType { expected, found: found(value), written: written(value) }
}

pub(super) fn found(value: document::Value<'_>) -> &'static str {
    match value.kind() {
        document::Kind::Null => "null",
        document::Kind::Bool(_) => "true or false",
        document::Kind::Integer(_) => "a whole number",
        document::Kind::Float(_) => "a fraction",
        document::Kind::String(_) => "a text",
        document::Kind::Array => "a list",
        document::Kind::Object => "an object",
    }
}

pub(super) fn written(value: document::Value<'_>) -> String {
    let place = value.place();
    place.text().chars().take(80).collect()
}
