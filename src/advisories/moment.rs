//! Times as OSV writes them: RFC 3339, in UTC.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// A time of the form `2023-06-13T13:10:24Z`, with or without a fraction. Other forms of ISO 8601 are none.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let mut shape = text.bytes();
    let starts = b"0000-00-00T00:00:00".iter().all(|want| match (want, shape.next()) {
        (b'0', Some(byte)) => byte.is_ascii_digit(),
        (want, found) => found == Some(*want),
    });
    // Longer than with nanoseconds it tells nothing more.
    (starts && text.ends_with('Z') && text.len() <= 30).then(|| text.parse().ok())?
}

pub(super) fn required<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(from)?;
    read(&text).ok_or_else(|| D::Error::custom("not a time of the form `2023-06-13T13:10:24Z`"))
}

pub(super) fn optional<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let text: Option<String> = Option::deserialize(from)?;
    let read =
        |text: String| read(&text).ok_or_else(|| D::Error::custom("not a time of the form `2023-06-13T13:10:24Z`"));
    text.map(read).transpose()
}

pub(super) fn write<S: Serializer>(time: &Timestamp, into: S) -> Result<S::Ok, S::Error> {
    into.collect_str(time)
}

pub(super) fn write_some<S: Serializer>(time: &Option<Timestamp>, into: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => into.collect_str(time),
        None => into.serialize_none(),
    }
}
