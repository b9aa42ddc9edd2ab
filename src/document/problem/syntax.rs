//! Text that is no JSON. One code for all of it, because what is to be done is always the same (mend the text), but a
//! wording for each mistake that people and programs are known to make.

use super::word::{character, control_wording, word_wording};
use super::{BrokenNumber, Problem, SYNTAX, quoted};
use crate::source::Span;

/// What should have stood in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Expected {
    Value,
    Key,
    Colon,
    /// The end of an array, or more of it.
    CommaOrBracket,
    /// The end of an object, or more of it.
    CommaOrBrace,
}

impl Expected {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Value => "a value",
            Self::Key => "a key in double quotes",
            Self::Colon => "`:`",
            Self::CommaOrBracket => "`,` or `]`",
            Self::CommaOrBrace => "`,` or `}`",
        }
    }
}

/// A container, as messages call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Shape {
    Array,
    Object,
}

impl Shape {
    pub const fn closer(self) -> u8 {
        match self {
            Self::Array => b']',
            Self::Object => b'}',
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    const fn article(self) -> &'static str {
        match self {
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

pub(in super::super) enum Syntax<'t> {
    Comment,
    OpenComment,
    /// A character that looks like white space and is none.
    NotSpace(char),
    TrailingComma,
    MissingItem,
    MissingComma(Shape),
    MissingColon(&'t str),
    /// `=` or `=>` after a key.
    EqualsSign(&'t str),
    /// A key and no value; `:` may be there.
    KeyWithoutValue(&'t str),
    ColonInArray,
    UnquotedKey(&'t str),
    SingleQuotes,
    OtherQuotes(char),
    Word(&'t str),
    Number(BrokenNumber<'t>),
    BadEscape(&'t str),
    /// `\u` without its four digits.
    BadUnicodeEscape(&'t str),
    ControlCharacter(char),
    OpenText {
        /// The text of the line ends in `\"`, which may have been meant to close it.
        escaped_quote: bool,
    },
    /// A text ended, and more text follows at once.
    QuoteInText,
    WrongBracket {
        found: char,
        open: Shape,
        opened: Span,
    },
    EndInside {
        open: Shape,
        opened: Span,
    },
    Nul,
    Unexpected(char, Expected),
}

impl Syntax<'_> {
    pub fn at(self, span: Span) -> Problem {
        let related = match self {
            Self::WrongBracket { open, opened, .. } | Self::EndInside { open, opened } => {
                vec![(opened, format!("the {} begins here", open.name()))]
            }
            _ => Vec::new(),
        };
        let (message, label, help) = self.wording();
        Problem { code: SYNTAX, span, message, label: label.into(), help, related }
    }

    /// Message, label and help. One match, so that the three of a mistake stand together.
    fn wording(self) -> (String, &'static str, String) {
        let (message, label, help) = match self {
            Self::Comment => ("a comment, which JSON does not have", "not JSON", "remove the comment"),
            Self::OpenComment => ("a comment that does not end", "begins here", "remove the comment"),
            Self::NotSpace(found) => {
                let message = format!("{}, which is not white space in JSON", character(found));
                return (message, "not JSON", "put an ordinary space in its place".into());
            }
            Self::TrailingComma => ("a comma with nothing after it", "not allowed before the end", "remove the comma"),
            Self::MissingItem => {
                ("a comma with nothing before it", "a value is missing before this", "remove the comma")
            }
            Self::MissingComma(shape) => {
                let message = format!("a comma is missing in {}", shape.article());
                return (message, "a comma belongs here", "put a comma here".into());
            }
            Self::MissingColon(key) => {
                let message = format!("a colon is missing after the key {}", quoted(key));
                return (message, "a colon belongs here", "put a colon between key and value".into());
            }
            Self::EqualsSign(key) => {
                let message = format!("an equals sign after the key {}", quoted(key));
                return (message, "a colon belongs here", "put a colon in its place".into());
            }
            Self::KeyWithoutValue(key) => {
                let message = format!("the key {} has no value", quoted(key));
                return (message, "a value belongs here", "write the value, or remove the key".into());
            }
            Self::ColonInArray => {
                ("a colon in an array", "an array has no keys", "put key and value in an object: `{…}` for `[…]`")
            }
            Self::UnquotedKey(key) => {
                let message = format!("the key {} is not in quotes", quoted(key));
                return (message, "needs double quotes", "put the key in double quotes".into());
            }
            Self::SingleQuotes => ("a text in single quotes", "not JSON", "put the text in double quotes"),
            Self::OtherQuotes(found) => {
                let message = format!("a text in {} quotes", quoted(found.encode_utf8(&mut [0; 4])));
                return (message, "not JSON", "use the plain double quote, `\"`".into());
            }
            Self::Word(word) => return word_wording(word),
            Self::Number(number) => {
                let (message, help) = number.wording();
                return (message, "not JSON", help);
            }
            Self::BadEscape(escape) => {
                let message = format!("{} is not an escape", quoted(escape));
                return (message, "not JSON", "to write a backslash, double it".into());
            }
            Self::BadUnicodeEscape(escape) => {
                let message = format!("{} lacks hexadecimal digits", quoted(escape));
                return (
                    message,
                    "four digits belong after `\\u`",
                    "write four digits; to write a backslash, double it".into(),
                );
            }
            Self::ControlCharacter(found) => {
                let (message, help) = control_wording(found);
                return (message, "must be escaped", help);
            }
            Self::OpenText { escaped_quote: true } => (
                "a text that does not end on its line",
                "begins here, and `\\\"` does not end it",
                "to write a backslash before the closing quote, double it",
            ),
            Self::OpenText { escaped_quote: false } => (
                "a text that does not end on its line",
                "begins here",
                "add the closing quote; to write a line break in a text, write `\\n`",
            ),
            Self::QuoteInText => (
                "more text right after the end of a text",
                "the text ended before this",
                "to write a quote in a text, put a backslash before it",
            ),
            Self::WrongBracket { found, open, .. } => {
                let (name, closer) = (open.name(), char::from(open.closer()));
                let message = format!("{} where `{closer}` closes the {name}", character(found));
                return (message, "does not match", format!("close the {name} with `{closer}`"));
            }
            Self::EndInside { open, .. } => {
                let message = format!("the text ends inside {}", open.article());
                return (
                    message,
                    "ends here",
                    format!("close the {} with `{}`", open.name(), char::from(open.closer())),
                );
            }
            Self::Nul => ("a NUL character", "not JSON", "if the file was saved as UTF-16, save it as UTF-8"),
            Self::Unexpected(found, expected) => {
                let (found, expected) = (character(found), expected.as_str());
                let message = format!("{found} where {expected} belongs");
                return (message, "not expected here", format!("write {expected} here, or remove {found}"));
            }
        };
        (message.into(), label, help.into())
    }
}
