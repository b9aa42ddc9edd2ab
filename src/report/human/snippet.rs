//! The lines of one source around a finding, as miette is given them.
//!
//! miette would print whole lines, and panics at a label past column 65,535; a proposal may be one line of a megabyte. It
//! would also send every byte on to the terminal. So it never sees the source, but this: the few lines that matter, escaped
//! and cut to the width of the terminal, with the labels where those characters went, under the lines' own numbers.

use super::row::Row;
use super::spot::{Spot, Wish, choose, line_text, pieces};
use crate::report::escape;
use crate::source::Position;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::Range;
use textwrap::core::display_width;

pub(super) use super::spot::Kind;

/// The least cells that a label's text is wrapped to, however little room the terminal leaves beside it.
const LABEL_CELLS: usize = 8;

/// How wide a snippet may be, and how it says that something was cut.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) width: usize,
    pub(super) ellipsis: &'static str,
}

/// A few consecutive lines.
#[derive(Debug)]
struct Piece {
    /// In the snippet's text.
    bytes: Range<usize>,
    first_line: u32,
    lines: u32,
}

#[derive(Debug)]
struct Mark {
    kind: Kind,
    /// In the snippet's text.
    bytes: Range<usize>,
    text: String,
    /// In the source.
    at: Position,
}

/// Lines of one source with labels.
#[derive(Debug)]
pub(super) struct Snippet {
    name: String,
    text: String,
    pieces: Vec<Piece>,
    /// In the order of the text.
    marks: Vec<Mark>,
}

impl Snippet {
    /// The snippet around the primary place, the first wish, and for each wish whether the snippet shows it.
    pub(super) fn around(wishes: &[Wish<'_>], room: Room) -> Option<(Self, Vec<bool>)> {
        let source = &wishes.first()?.place.source;
        let spots = choose(wishes);
        let pieces = pieces(&spots, source.lines());
        let name = escape::line(source.name(), 240, room.ellipsis);
        // A blank, the number, a blank, the bar and a blank, as miette draws them.
        let gutter = pieces.last()?.1.to_string().len() + 4;
        let cells = room.width.saturating_sub(gutter).max(LABEL_CELLS);
        let mut snippet = Self { name, text: String::new(), pieces: Vec::new(), marks: Vec::new() };
        let mut seen = vec![false; wishes.len()];
        for (first, last) in pieces {
            let start = snippet.text.len();
            for line in first..=last {
                let here: Vec<&Spot<'_>> = spots.iter().filter(|spot| spot.line == line).collect();
                for shown in snippet.push_line(line_text(source, line), &here, cells, room.ellipsis) {
                    seen[shown] = true;
                }
            }
            snippet.pieces.push(Piece { bytes: start..snippet.text.len(), first_line: first, lines: last + 1 - first });
        }
        snippet.marks.sort_by_key(|mark| mark.bytes.start);
        Some((snippet, seen))
    }

    /// Appends a line and the marks on it; gives the numbers of the wishes that are seen.
    fn push_line(&mut self, line: &str, spots: &[&Spot<'_>], cells: usize, ellipsis: &str) -> Vec<usize> {
        let focus = spots.first().map_or(0..0, |spot| spot.bytes.clone());
        let row = Row::cut(line, focus, cells, ellipsis);
        let start = self.text.len();
        let mut seen = Vec::new();
        for spot in spots {
            let Some(place) = row.place(spot.bytes.clone()) else { continue };
            let middle = row.text.floor_char_boundary(place.start.midpoint(place.end));
            let room = cells.saturating_sub(display_width(&row.text[..middle]) + 5);
            seen.push(spot.number);
            self.marks.push(Mark {
                kind: spot.wish.kind,
                bytes: start + place.start..start + place.end,
                text: wrapped(&spot.wish.text, room.max(LABEL_CELLS), ellipsis),
                at: spot.wish.place.start(),
            });
        }
        self.text.push_str(&row.text);
        // A line of its own after the last one too: miette drops an empty label at the very end of a text.
        self.text.push('\n');
        seen
    }

    /// The labels in the order in which miette paints them.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.marks.iter().map(|mark| mark.kind)
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.marks.iter().map(|mark| {
            let text = (!mark.text.is_empty()).then(|| mark.text.clone());
            let span = (mark.bytes.start, mark.bytes.len());
            match mark.kind {
                Kind::Primary => LabeledSpan::new_primary_with_span(text, span),
                Kind::Because | Kind::Related => LabeledSpan::new_with_span(text, span),
            }
        })
    }
}

fn wrapped(text: &str, cells: usize, ellipsis: &str) -> String {
    let text = escape::line(text, 240, ellipsis);
    let options = textwrap::Options::new(cells).word_separator(textwrap::WordSeparator::AsciiSpace).break_words(false);
    textwrap::fill(&text, options)
}

impl SourceCode for Snippet {
    /// The whole piece in which a label lies, however many lines around it were asked for. miette joins the pieces of two
    /// labels by asking for a span over both: an error, where they lie apart, keeps them apart. It asks for no lines around
    /// where it wants to know only where a label stands.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let piece = self.pieces.iter().find(|piece| piece.bytes.start <= start && end <= piece.bytes.end);
        let piece = piece.ok_or(MietteError::OutOfBounds)?;
        let mark = self.marks.iter().find(|mark| lines_before == 0 && mark.bytes.start == start);
        let at = mark.map_or(Position { line: piece.first_line, column: 1 }, |mark| mark.at);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &self.text.as_bytes()[piece.bytes.clone()],
            (piece.bytes.start, piece.bytes.len()).into(),
            at.line as usize - 1,
            at.column as usize - 1,
            piece.lines as usize,
        )))
    }
}
