//! Which places of a source a snippet shows, and which lines it takes.

use crate::source::{Place, Position, Source};
use std::ops::Range;
use std::sync::Arc;

/// Labels as near as this to another, in lines, are shown in one piece with it.
const NEAR: u32 = 3;
/// More labels than this make a snippet a maze.
const MOST: usize = 4;
/// A key longer than this is not shown as the head of its object.
const LONGEST_KEY: usize = 120;

/// What a label says, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Primary,
    /// A value that a rule has read. Far from the primary place it is not worth a piece of its own.
    Because,
    /// Another place of the same problem: worth a piece of its own.
    Related,
}

/// A label that wants to be in the snippet.
pub(super) struct Wish<'a> {
    pub(super) kind: Kind,
    pub(super) place: &'a Place,
    pub(super) text: String,
}

/// A label that may be in the snippet, brought down to one line: what spans more would take the whole screen.
pub(super) struct Spot<'a> {
    /// The number of the wish.
    pub(super) number: usize,
    pub(super) wish: &'a Wish<'a>,
    pub(super) line: u32,
    /// In the line.
    pub(super) bytes: Range<usize>,
}

/// The wishes that are granted, the primary place first.
pub(super) fn choose<'a>(wishes: &'a [Wish<'a>]) -> Vec<Spot<'a>> {
    let mut spots: Vec<Spot<'_>> = Vec::new();
    for (number, wish) in wishes.iter().enumerate() {
        if spots.len() == MOST {
            break;
        }
        let Some(primary) = spots.first() else {
            spots.push(spot(number, wish));
            continue;
        };
        if !Arc::ptr_eq(&primary.wish.place.source, &wish.place.source) {
            continue;
        }
        let spot = spot(number, wish);
        let near = wish.kind == Kind::Related || spot.line.abs_diff(primary.line) <= NEAR;
        if near && !spots.iter().any(|other| overlap(other, &spot)) {
            spots.push(spot);
        }
    }
    spots
}

/// Marks under the same characters can't be told apart.
fn overlap(a: &Spot<'_>, b: &Spot<'_>) -> bool {
    a.line == b.line
        && a.bytes.start < b.bytes.end.max(b.bytes.start + 1)
        && b.bytes.start < a.bytes.end.max(a.bytes.start + 1)
}

fn spot<'a>(number: usize, wish: &'a Wish<'a>) -> Spot<'a> {
    let Place { source, span } = wish.place;
    let line = source.position(span.start).line;
    let text = line_text(source, line);
    let offset = source.offset(Position { line, column: 1 }) as usize;
    let within = |byte: u32| text.floor_char_boundary((byte as usize).saturating_sub(offset).min(text.len()));
    let (start, end) = (within(span.start), within(span.end));
    // Of a value over several lines the head is marked, with its key: `"backup": {` and not the bracket alone.
    let head = text[..start].trim_start();
    let has_key = head.len() <= LONGEST_KEY && head.starts_with('"') && head.trim_end().ends_with(':');
    let several_lines = span.end as usize > offset + text.len();
    let start = if several_lines && has_key { start - head.len() } else { start };
    Spot { number, wish, line, bytes: start..start + text[start..end].trim_end().len() }
}

/// The lines to show, first and last of each piece, in order: those of the spots, one more around the primary, and what lies
/// between two that are near.
pub(super) fn pieces(spots: &[Spot<'_>], lines: u32) -> Vec<(u32, u32)> {
    let around = |spot: &Spot<'_>| match spot.wish.kind {
        Kind::Primary => (spot.line.saturating_sub(1).max(1), (spot.line + 1).min(lines)),
        Kind::Because | Kind::Related => (spot.line, spot.line),
    };
    let mut wanted: Vec<(u32, u32)> = spots.iter().map(around).collect();
    wanted.sort_unstable();
    let mut pieces: Vec<(u32, u32)> = Vec::new();
    for (first, last) in wanted {
        match pieces.last_mut() {
            Some(piece) if first <= piece.1 + NEAR => piece.1 = piece.1.max(last),
            _ => pieces.push((first, last)),
        }
    }
    pieces
}

/// A line (from 1) without its end.
pub(super) fn line_text(source: &Source, line: u32) -> &str {
    let start = source.offset(Position { line, column: 1 }) as usize;
    let end = if line < source.lines() {
        source.offset(Position { line: line + 1, column: 1 }) as usize - 1
    } else {
        source.text().len()
    };
    let text = source.text().get(start..end).unwrap_or_default();
    text.strip_suffix('\r').unwrap_or(text)
}
