//! A text with a name, and places in it.
//!
//! Everything the gate says points somewhere: into a proposal, a profile, a rule or the configuration. All of them are a
//! [`Source`], and all places in them are a byte [`Span`] that becomes a line and a column only when it is shown.

use crate::digest;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A half-open range of bytes in a [`Source`]. Texts over 4 GiB are refused long before one of these is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// ```
    /// assert_eq!(changegate::source::Span::new(3, 5).len(), 2);
    /// ```
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The number of bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte: a place between two.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a range, to slice a text with.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Where a byte stands, as an editor counts: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A named text. The name is what a user would type to open it; it is hostile where the file is (a pull request may bring
/// any file name) and is escaped by whoever prints it.
pub struct Source {
    name: String,
    /// Of a built-in rule that of the program itself: a run shows few of them, and copies none.
    text: Cow<'static, str>,
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters begin before each block of [`BLOCK`] bytes, so that a column in a line of a megabyte (a
    /// minified proposal) costs no more than one in a line of eighty characters.
    chars_before: OnceLock<Vec<u32>>,
    digest: OnceLock<Cow<'static, str>>,
}

const BLOCK: usize = 1024;

impl Source {
    /// A text and its name.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            chars_before: OnceLock::new(),
            digest: OnceLock::new(),
        }
    }

    /// The same with a digest that is known already; whoever gives it answers for it.
    pub fn with_digest(self, digest: impl Into<Cow<'static, str>>) -> Self {
        Self { digest: OnceLock::from(digest.into()), ..self }
    }

    /// The digest of the text, as [`digest::of`] gives it.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| digest::of(self.text.as_bytes()).into())
    }

    /// The name, unescaped.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text at a span; empty where the span does not lie on character boundaries of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line and column of a byte; a byte past the end stands at the end.
    ///
    /// ```
    /// use changegate::source::{Position, Source};
    /// let source = Source::new("a.json", "{\n  \"ü\": 1\n}");
    /// assert_eq!(source.position(8), Position { line: 2, column: 6 });
    /// ```
    pub fn position(&self, byte: u32) -> Position {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= byte).max(1);
        let start = starts[line - 1] as usize;
        let end = self.text.floor_char_boundary((byte as usize).min(self.text.len()));
        let column = if end - start <= BLOCK {
            self.text[start..end].chars().count() as u32
        } else {
            self.chars_before(end) - self.chars_before(start)
        };
        Position { line: line as u32, column: column + 1 }
    }

    /// The byte at a line and column, so that the places of other parsers, which count lines and characters, can be turned into
    /// spans. A column past the end of its line stands at that end, and a line past the last one is the last.
    pub fn offset(&self, position: Position) -> u32 {
        let starts = self.line_starts();
        let line = (position.line.max(1) as usize - 1).min(starts.len() - 1);
        let start = starts[line] as usize;
        let end = starts.get(line + 1).map_or(self.text.len(), |&next| next as usize - 1);
        let column = position.column.max(1) as usize - 1;
        let within = self.text[start..end].char_indices().nth(column).map_or(end - start, |(at, _)| at);
        (start + within) as u32
    }

    /// The number of lines, at least one.
    pub fn lines(&self) -> u32 {
        self.line_starts().len() as u32
    }

    /// The number of characters before a byte that begins one.
    fn chars_before(&self, byte: usize) -> u32 {
        let begins_char = |bytes: &[u8]| bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32;
        let bytes = self.text.as_bytes();
        let blocks = self.chars_before.get_or_init(|| {
            let mut seen = 0;
            let ends = bytes.chunks(BLOCK).map(|block| {
                seen += begins_char(block);
                seen
            });
            std::iter::once(0).chain(ends).collect()
        });
        blocks[byte / BLOCK] + begins_char(&bytes[byte / BLOCK * BLOCK..byte])
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let after_newlines =
                self.text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(at, _)| at as u32 + 1);
            std::iter::once(0).chain(after_newlines).collect()
        })
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name, self.text.len())
    }
}

/// A span together with the source it lies in.
#[derive(Debug, Clone)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// A place in a source.
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self { source: Arc::clone(source), span }
    }

    /// Where it begins.
    pub fn start(&self) -> Position {
        self.source.position(self.span.start)
    }

    /// Where it ends: the position after its last character.
    pub fn end(&self) -> Position {
        self.source.position(self.span.end)
    }

    /// Whether another place lies in it.
    pub fn holds(&self, other: &Self) -> bool {
        let same = self.source.name() == other.source.name();
        same && self.span.start <= other.span.start && other.span.end <= self.span.end
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        self.source.slice(self.span)
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.span == other.span && self.source.name == other.source.name
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source.name, self.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_are_counted_in_characters() {
        let source = Source::new("long", format!("first\n{}", "aü€😀".repeat(1500)));
        let starts = source.text().char_indices().skip("first\n".len());
        for (column, (byte, _)) in (1..).zip(starts) {
            assert_eq!(source.position(byte as u32), Position { line: 2, column });
        }
        assert_eq!(source.position(u32::MAX), Position { line: 2, column: 6001 });
    }

    #[test]
    fn a_column_past_the_end_of_its_line_stays_in_the_line() {
        let source = Source::new("short", "ab\nü\n");
        let at = |line, column| source.offset(Position { line, column });
        assert_eq!([at(1, 1), at(1, 3), at(1, 4), at(1, 99)], [0, 2, 2, 2]);
        assert_eq!([at(2, 1), at(2, 2), at(2, 99)], [3, 5, 5]);
        assert_eq!([at(3, 1), at(3, 9), at(9, 9)], [6, 6, 6]);
    }
}
