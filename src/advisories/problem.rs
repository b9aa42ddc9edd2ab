//! Why a text is no advisory, or no catalogue.

use std::fmt;

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1; 0 where the text as a whole is meant.
    pub line: usize,
    /// The column in bytes, from 1.
    pub column: usize,
    /// Why: lower case, no full stop.
    pub why: String,
}

impl Problem {
    pub(super) fn whole(why: impl Into<String>) -> Self {
        Self { line: 0, column: 0, why: why.into() }
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let why = error.to_string();
        let place = format!(" at line {line} column {column}");
        Self { line, column, why: why.strip_suffix(&place).unwrap_or(&why).replacen("EOF", "the text ends", 1) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.why),
            line => write!(f, "line {line}, column {}: {}", self.column, self.why),
        }
    }
}

impl std::error::Error for Problem {}
