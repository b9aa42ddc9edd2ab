//! What can be wrong with a text: one small struct (or variant, see [`Syntax`]) a problem, its wording beside its data.
//!
//! Messages may quote the text, which is hostile: they quote little of it, and whoever prints them escapes it.

mod intake;
mod number;
mod syntax;
mod word;

pub(super) use intake::{NotUtf8, TooLarge};
pub(super) use number::BrokenNumber;
pub(super) use syntax::{Expected, Shape, Syntax};

use super::tree::between_quotes;
use crate::finding::{Finding, Label, Level};
use crate::source::{Place, Source, Span};
use std::sync::Arc;

pub const BYTE_ORDER_MARK: &str = "proposal/byte-order-mark";
pub const DUPLICATE_KEY: &str = "proposal/duplicate-key";
pub const EMPTY: &str = "proposal/empty";
pub const LONE_SURROGATE: &str = "proposal/lone-surrogate";
pub const NOT_UTF8: &str = "proposal/not-utf8";
pub const NUMBER_OUT_OF_RANGE: &str = "proposal/number-out-of-range";
pub const SYNTAX: &str = "proposal/syntax";
pub const TOO_DEEP: &str = "proposal/too-deep";
/// The code of a text with more bytes than are allowed.
pub const TOO_LARGE: &str = "proposal/too-large";
pub const TOO_MANY_PROBLEMS: &str = "proposal/too-many-problems";
pub const TRAILING_TEXT: &str = "proposal/trailing-text";

/// The codes of all problems that this room reports. They are stable: a code is never renamed or given another meaning.
pub const CODES: [&str; 11] = [
    BYTE_ORDER_MARK,
    DUPLICATE_KEY,
    EMPTY,
    LONE_SURROGATE,
    NOT_UTF8,
    NUMBER_OUT_OF_RANGE,
    SYNTAX,
    TOO_DEEP,
    TOO_LARGE,
    TOO_MANY_PROBLEMS,
    TRAILING_TEXT,
];

/// A worded problem, not yet in a source.
pub(super) struct Problem {
    code: &'static str,
    span: Span,
    message: String,
    label: String,
    help: String,
    related: Vec<(Span, String)>,
}

impl Problem {
    pub fn into_finding(self, source: &Arc<Source>, pointer: String) -> Finding {
        let label = |span, text| Label::new(Place::new(source, span), text);
        Finding {
            help: Some(self.help),
            pointer,
            related: self.related.into_iter().map(|(span, text)| label(span, text)).collect(),
            ..Finding::new(self.code, Level::Deny, self.message, label(self.span, self.label))
        }
    }
}

/// The byte order mark that some editors put before UTF-8.
pub(super) struct ByteOrderMark(pub Span);

impl From<ByteOrderMark> for Problem {
    fn from(mark: ByteOrderMark) -> Self {
        Self {
            code: BYTE_ORDER_MARK,
            span: mark.0,
            message: "the text begins with a byte order mark".into(),
            label: "an invisible character, U+FEFF".into(),
            help: "save the file as UTF-8 without a byte order mark".into(),
            related: Vec::new(),
        }
    }
}

/// Nothing, or white space.
pub(super) struct Empty(pub Span);

impl From<Empty> for Problem {
    fn from(empty: Empty) -> Self {
        Self {
            code: EMPTY,
            span: empty.0,
            message: "the text is empty".into(),
            label: "a JSON value belongs here".into(),
            help: "write a JSON object, or remove the file".into(),
            related: Vec::new(),
        }
    }
}

/// Something after the end of the outermost value.
pub(super) struct TrailingText<'t> {
    pub span: Span,
    pub text: &'t str,
}

impl From<TrailingText<'_>> for Problem {
    fn from(trailing: TrailingText<'_>) -> Self {
        let (label, help) = match trailing.text.as_bytes() {
            [b'}' | b']', ..] => ("this closes nothing", "remove it, or open it further up"),
            _ => ("the JSON value ended before this", "a file holds one JSON value; remove what follows it"),
        };
        Self {
            code: TRAILING_TEXT,
            span: trailing.span,
            message: format!("{} after the end of the JSON value", quoted(trailing.text)),
            label: label.into(),
            help: help.into(),
            related: Vec::new(),
        }
    }
}

/// Arrays and objects inside one another beyond the limit.
pub(super) struct TooDeep {
    pub span: Span,
    pub limit: usize,
}

impl From<TooDeep> for Problem {
    fn from(deep: TooDeep) -> Self {
        Self {
            code: TOO_DEEP,
            span: deep.span,
            message: format!("nested deeper than the {} levels that are allowed", deep.limit),
            label: "one level too many".into(),
            help: "write it with fewer arrays and objects inside one another".into(),
            related: Vec::new(),
        }
    }
}

/// A key that its object already has. The spans are those of the keys, with quotes.
pub(super) struct DuplicateKey<'t> {
    pub key: &'t str,
    pub first: Span,
    pub second: Span,
    pub source: &'t str,
}

impl From<DuplicateKey<'_>> for Problem {
    fn from(duplicate: DuplicateKey<'_>) -> Self {
        let DuplicateKey { key, first, second, source } = duplicate;
        // Two spellings of one key are likely there to deceive a reader, so say that they are one.
        let spelled = |span| {
            if between_quotes(source, span) == key { "" } else { ", spelled with an escape" }
        };
        Self {
            code: DUPLICATE_KEY,
            span: second,
            message: format!("the key {} is used twice in one object", quoted(key)),
            label: format!("again here{}", spelled(second)),
            help: "keep one of the two: readers of JSON disagree on which of them counts".into(),
            related: vec![(first, format!("first here{}", spelled(first)))],
        }
    }
}

/// Half a surrogate pair.
pub(super) struct LoneSurrogate<'t> {
    pub span: Span,
    pub escape: &'t str,
}

impl From<LoneSurrogate<'_>> for Problem {
    fn from(lone: LoneSurrogate<'_>) -> Self {
        Self {
            code: LONE_SURROGATE,
            span: lone.span,
            message: format!("{} is half a character", quoted(lone.escape)),
            label: "one half of a surrogate pair, without the other".into(),
            help: "write the character itself, or both halves of the pair".into(),
            related: Vec::new(),
        }
    }
}

/// A well-formed number that has no exact place among an `i64`'s, or none among an `f64`'s that keeps its digits: beyond the largest
/// there is only infinity, and below the smallest normal one digits are lost until zero is left.
pub(super) enum OutOfRange<'t> {
    Integer(Span, &'t str),
    Float(Span, &'t str),
    Tiny(Span, &'t str),
}

impl From<OutOfRange<'_>> for Problem {
    fn from(out: OutOfRange<'_>) -> Self {
        let (span, number, kind, help) = match out {
            OutOfRange::Integer(span, number) => {
                let help =
                    "whole numbers reach from -9223372036854775808 to 9223372036854775807; put an identifier in quotes";
                (span, number, "whole number", help)
            }
            OutOfRange::Float(span, number) => (span, number, "number", "numbers reach to about 1.8e308 either way"),
            OutOfRange::Tiny(span, number) => (
                span,
                number,
                "number",
                "numbers other than 0 are at least about 2.2e-308 either way; write 0, or a larger one",
            ),
        };
        Self {
            code: NUMBER_OUT_OF_RANGE,
            span,
            message: format!("the {kind} {} is out of range", quoted(number)),
            label: "can't be represented".into(),
            help: help.into(),
            related: Vec::new(),
        }
    }
}

/// The honest end of a long list.
pub(super) struct TooManyProblems {
    pub span: Span,
    pub told: usize,
}

impl From<TooManyProblems> for Problem {
    fn from(many: TooManyProblems) -> Self {
        Self {
            code: TOO_MANY_PROBLEMS,
            span: many.span,
            message: format!("there are more than {} problems; the others are not shown", many.told),
            label: "reading stopped here".into(),
            help: "mend those that are shown and run again".into(),
            related: Vec::new(),
        }
    }
}

/// User input in backticks, and not much of it.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
