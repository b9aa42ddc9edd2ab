//! One line of a source as it is printed: escaped, with tabs as spaces, and cut to a window where it is too wide.
//!
//! Proposals may be minified: a line may be a megabyte long and hold thousands of findings. So nothing here walks a line
//! further than the window is wide.

use crate::report::escape::Escaper;
use std::ops::Range;

const TAB: &str = "    ";

/// What is printed of a line, and where each of its characters went.
pub(super) struct Row {
    pub(super) text: String,
    /// For each character of the window its byte in the line and its byte in `text`; last, the end of both.
    stops: Vec<(usize, usize)>,
}

impl Row {
    /// Cuts a line to so many cells so that `focus`, a range of its bytes, is seen, from its start at least.
    pub(super) fn cut(line: &str, focus: Range<usize>, cells: usize, ellipsis: &str) -> Self {
        let cut = ellipsis.chars().count();
        // An empty focus wants the character behind it to be seen.
        let least = line.ceil_char_boundary((focus.start + 1).min(line.len()));
        let seen = &line[..focus.end.max(least)];
        let start = if fits(seen, cells.saturating_sub(cut)) || fits(line, cells) {
            0
        } else {
            // A third of the window leads up to the focus: keys stand before their values.
            back(line, focus.start, cells / 3)
        };
        let mut row = Self { text: String::new(), stops: Vec::new() };
        let mut escaper = Escaper::default();
        let mut used = 0;
        if start > 0 {
            row.text.push_str(ellipsis);
            used = cut;
        }
        let room = if fits(&line[start..], cells - used) { cells } else { cells.saturating_sub(cut) };
        for (at, c) in line[start..].char_indices().map(|(at, c)| (start + at, c)) {
            let before = row.text.len();
            used += push(&mut escaper, &mut row.text, c);
            row.stops.push((at, before));
            // The first character of the focus is shown even where the window has no room for it.
            if used > room && at > focus.start {
                row.text.truncate(before);
                row.text.push_str(ellipsis);
                return row;
            }
        }
        row.stops.push((line.len(), row.text.len()));
        row
    }

    /// Where a range of the line's bytes went, if its start is in the window.
    pub(super) fn place(&self, range: Range<usize>) -> Option<Range<usize>> {
        let (first, last) = (self.stops.first()?, self.stops.last()?);
        if range.start < first.0 || (range.start >= last.0 && last.1 < self.text.len()) {
            return None;
        }
        Some(self.byte(range.start)..self.byte(range.end))
    }

    fn byte(&self, at: usize) -> usize {
        let stop = self.stops.partition_point(|&(from, _)| from < at).min(self.stops.len() - 1);
        self.stops[stop].1
    }
}

fn push(escaper: &mut Escaper, out: &mut String, c: char) -> usize {
    if c == '\t' {
        out.push_str(TAB);
        TAB.len()
    } else {
        escaper.push(out, c)
    }
}

fn fits(text: &str, cells: usize) -> bool {
    let mut escaper = Escaper::default();
    let mut scratch = String::new();
    let mut used = 0;
    text.chars().all(|c| {
        scratch.clear();
        used += push(&mut escaper, &mut scratch, c);
        used <= cells
    })
}

/// The byte of the character that stands so many cells before another, or as near as the line's start allows.
fn back(line: &str, from: usize, cells: usize) -> usize {
    let mut scratch = String::new();
    let mut used = 0;
    let within = line[..from].char_indices().rev().take_while(|&(_, c)| {
        scratch.clear();
        used += push(&mut Escaper::default(), &mut scratch, c).max(1);
        used <= cells
    });
    within.last().map_or(from, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(line: &str, focus: Range<usize>, cells: usize) -> (String, Option<String>) {
        let row = Row::cut(line, focus.clone(), cells, "…");
        let mark = row.place(focus).map(|range| row.text[range].to_owned());
        (row.text, mark)
    }

    #[test]
    fn lines_that_fit_stay_whole() {
        assert_eq!(marked(r#"{"a": 12}"#, 6..8, 9), (r#"{"a": 12}"#.into(), Some("12".into())));
        assert_eq!(marked("", 0..0, 9), (String::new(), Some(String::new())));
    }

    #[test]
    fn long_lines_are_cut_on_both_sides_of_the_focus() {
        let line = "abcdefghijklmnopqrstuvwxyz";
        assert_eq!(marked(line, 12..14, 9), ("…jklmnop…".into(), Some("mn".into())));
        assert_eq!(marked(line, 0..2, 9), ("abcdefgh…".into(), Some("ab".into())));
        assert_eq!(marked(line, 24..26, 9), ("…vwxyz".into(), Some("yz".into())));
        assert_eq!(marked(line, 26..26, 9), ("…xyz".into(), Some("".into())));
        assert_eq!(marked(line, 10..26, 9), ("…hijklmn…".into(), Some("klmn".into())));
    }

    #[test]
    fn marks_follow_what_was_escaped() {
        assert_eq!(
            marked("\t\u{202e}x\x1b[m\"ab\"", 7..11, 40),
            (r#"    \u{202e}x\u{1b}[m"ab""#.into(), Some("m\"ab".into()))
        );
        assert_eq!(marked("日本語abc", 9..12, 40), ("日本語abc".into(), Some("abc".into())));
    }

    #[test]
    fn marks_outside_of_the_window_are_none() {
        let row = Row::cut("abcdefghijklmnopqrstuvwxyz", 12..14, 9, "…");
        assert_eq!(row.place(0..3), None);
        assert_eq!(row.place(20..22), None);
    }
}
