//! What is wrong before there is a text to read.

use super::{NOT_UTF8, Problem, TOO_LARGE};
use crate::finding::Finding;
use crate::source::{Source, Span};
use std::sync::Arc;

/// Bytes that are no text.
pub(in super::super) struct NotUtf8 {
    /// The first byte that has no meaning.
    pub byte: u8,
    /// The first few places, at least one.
    pub spans: Vec<Span>,
    /// The number of all places.
    pub count: usize,
    pub utf16: bool,
}

impl NotUtf8 {
    pub fn into_finding(self, source: &Arc<Source>) -> Finding {
        let mut spans = self.spans.into_iter();
        let places = match self.count {
            0 | 1 => String::new(),
            count => format!(", in {count} places"),
        };
        let help = if self.utf16 {
            "this looks like UTF-16; save the file as UTF-8"
        } else {
            "save the file as UTF-8; if it looks right in your editor, it was saved as Latin-1 or Windows-1252"
        };
        let problem = Problem {
            code: NOT_UTF8,
            span: spans.next().unwrap_or_default(),
            message: format!("the text is not UTF-8{places}"),
            label: format!("the byte 0x{:02X} has no meaning here", self.byte),
            help: help.into(),
            related: spans.map(|span| (span, "nor has the byte here".into())).collect(),
        };
        problem.into_finding(source, String::new())
    }
}

/// More bytes than the limit.
pub(in super::super) struct TooLarge {
    pub limit: usize,
    /// Where the part within the limit ends.
    pub end: Span,
}

impl TooLarge {
    pub fn into_finding(self, source: &Arc<Source>) -> Finding {
        let problem = Problem {
            code: TOO_LARGE,
            span: self.end,
            message: format!("the text is larger than the {} bytes that are allowed", self.limit),
            label: "nothing after this is read".into(),
            help: "keep what is large in a file of its own and refer to it".into(),
            related: Vec::new(),
        };
        problem.into_finding(source, String::new())
    }
}
