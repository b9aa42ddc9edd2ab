//! Files of lines: which characters they may hold, and their lines with places.

use super::Unread;
use crate::source::{Position, Source};

/// Refuses characters at which some programs end a line and others do not: what one of them takes for a comment may be an entry for
/// the next. None has a use in these files.
pub(super) fn plain(source: &Source) -> Result<(), Unread> {
    let text = source.text();
    for (at, found) in text.char_indices() {
        let good = match found {
            '\t' | '\n' => true,
            '\r' => text.as_bytes().get(at + 1) == Some(&b'\n'),
            '\u{2028}' | '\u{2029}' => false,
            _ => !found.is_control(),
        };
        if !good {
            let why = format!("the character U+{:04X}, at which some programs end a line", u32::from(found));
            return Err(unread(source, at, why));
        }
    }
    Ok(())
}

/// An error at a byte of the text.
pub(super) fn unread(source: &Source, byte: usize, why: impl Into<String>) -> Unread {
    Unread::at(position(source, byte), why)
}

/// The line, from 1, on which a byte of the text stands.
pub(super) fn line(source: &Source, byte: usize) -> u32 {
    position(source, byte).line
}

fn position(source: &Source, byte: usize) -> Position {
    source.position(u32::try_from(byte).unwrap_or(u32::MAX))
}

/// One line, without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// From 1.
    pub number: u32,
    pub text: &'t str,
}

impl<'t> Line<'t> {
    /// How many spaces it begins with.
    pub fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// An error at its first character that is no space.
    pub fn unread(self, why: impl Into<String>) -> Unread {
        let space = self.text.chars().take_while(|found| found.is_whitespace()).count();
        Unread::at(
            Position { line: self.number, column: u32::try_from(space).unwrap_or(u32::MAX).saturating_add(1) },
            why,
        )
    }
}

pub(super) fn lines(source: &Source) -> impl Iterator<Item = Line<'_>> {
    (1..).zip(source.text().lines()).map(|(number, text)| Line { number, text })
}
