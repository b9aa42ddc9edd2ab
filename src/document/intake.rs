//! Bytes to text: the two things that can be wrong before there is anything to read.

use super::problem::{NotUtf8, TooLarge};
use crate::finding::Finding;
use crate::source::{Source, Span};
use std::sync::Arc;

/// Whatever a caller allows, spans are of 32 bits and node ids too; a quarter of that leaves room for the replacement
/// characters of a text that is not UTF-8, which are up to three times as long as what they replace.
const CEILING: usize = 1 << 30;

/// How many of the places that are no UTF-8 are shown; a text in another encoding has them everywhere.
const SHOWN: usize = 4;

pub(super) fn source(name: &str, bytes: Vec<u8>, limit: usize) -> Result<Arc<Source>, Box<Finding>> {
    if bytes.len() > limit.min(CEILING) {
        return Err(too_large(name, bytes, limit.min(CEILING)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(Source::new(name, text))),
        Err(error) => Err(not_utf8(name, error.as_bytes())),
    }
}

/// What lies past the limit is dropped before anything looks at it, so that a finding never holds a huge file in memory.
fn too_large(name: &str, mut bytes: Vec<u8>, limit: usize) -> Box<Finding> {
    bytes.truncate(limit);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let end = Span::new(text.len(), text.len());
    let source = Arc::new(Source::new(name, text));
    Box::new(TooLarge { limit, end }.into_finding(&source))
}

/// The text is shown with U+FFFD for what can't be read, and the places are those of U+FFFD in it.
fn not_utf8(name: &str, bytes: &[u8]) -> Box<Finding> {
    let mut text = String::with_capacity(bytes.len());
    let mut first_byte = None;
    let mut spans = Vec::new();
    let mut count = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let [invalid, ..] = chunk.invalid() else { continue };
        first_byte.get_or_insert(*invalid);
        let start = text.len();
        text.push(char::REPLACEMENT_CHARACTER);
        count += 1;
        if spans.len() < SHOWN {
            spans.push(Span::new(start, text.len()));
        }
    }
    let problem = NotUtf8 { byte: first_byte.unwrap_or_default(), spans, count, utf16: looks_like_utf16(bytes) };
    let source = Arc::new(Source::new(name, text));
    Box::new(problem.into_finding(&source))
}

/// A byte order mark, or one of the first two bytes zero: JSON begins with an ASCII character.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..])
}
