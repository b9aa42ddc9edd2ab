//! Why there is no answer, for those who asked to put into words.

use super::Raw;
use std::time::Duration;

/// That there is no answer about something.
#[derive(Debug, Clone)]
pub struct Failure {
    /// About what: `reviews`.
    pub about: String,
    /// Why.
    pub why: Why,
}

/// Why there is none.
#[derive(Debug, Clone)]
pub enum Why {
    /// No connection can be prepared: why.
    Unprepared(String),
    /// It did not come in time.
    Late,
    /// The connection failed: why.
    Broken(String),
    /// It has more bytes than are read of one answer.
    Large,
    /// All answers together have more bytes than are read.
    TooMuch,
    /// It is at another server, or nowhere.
    Elsewhere,
    /// The server does not keep to HTTP: how.
    Malformed(&'static str),
    /// The server answers no more questions, for as long as it says.
    Limited(Option<Duration>),
    /// It answers something else than what was asked for.
    Refused(Box<Raw>),
}

impl Failure {
    pub fn new(about: &str, why: Why) -> Self {
        Self { about: about.to_owned(), why }
    }
}

/// What is told at most of a text that a server sent, in characters.
const TOLD: usize = 300;

/// A text of a server, short and on one line.
pub fn told(text: &str) -> String {
    let shown = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = text.chars().take(TOLD).map(shown).collect();
    if text.chars().nth(TOLD).is_some() {
        short.push('…');
    }
    short
}
