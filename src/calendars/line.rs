//! Content lines (RFC 5545, section 3.1): long lines are folded over several, and places survive the unfolding.

use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// One content line, unfolded.
#[derive(Debug)]
pub(super) struct Line<'s> {
    pub text: Cow<'s, str>,
    start: u32,
    /// Where each further piece begins, in `text` and in the source. Empty where nothing is folded.
    folds: Vec<(u32, u32)>,
}

impl Line<'_> {
    /// The bytes of the source that a range of the unfolded text comes from.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.origin(range.start);
        // The end is looked up by the last byte, so that no span reaches over a fold that it only touches.
        let end = if range.end > range.start { self.origin(range.end - 1) + 1 } else { start };
        Span::new(start, end)
    }

    /// The whole line.
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    fn origin(&self, at: usize) -> usize {
        let after = self.folds.partition_point(|&(unfolded, _)| unfolded as usize <= at);
        match after.checked_sub(1).and_then(|index| self.folds.get(index)) {
            Some(&(unfolded, source)) => at - unfolded as usize + source as usize,
            None => at + self.start as usize,
        }
    }
}

/// The content lines of a text. Lines end in CRLF, as the standard has it, or in LF alone, as what version control makes of it;
/// empty ones are passed over.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    // Some programs begin every text with a byte order mark.
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    std::iter::from_fn(move || {
        loop {
            let line = next(text, &mut at)?;
            if !line.text.is_empty() {
                return Some(line);
            }
        }
    })
}

fn next<'s>(text: &'s str, at: &mut usize) -> Option<Line<'s>> {
    let start = *at;
    let mut line = Line { text: Cow::Borrowed(physical(text, at)?), start: start as u32, folds: Vec::new() };
    while text.as_bytes().get(*at).is_some_and(|&byte| byte == b' ' || byte == b'\t') {
        let begins = *at + 1;
        let piece = physical(text, at)?.get(1..).unwrap_or_default();
        line.folds.push((line.text.len() as u32, begins as u32));
        line.text.to_mut().push_str(piece);
    }
    Some(line)
}

/// The rest of the line that begins at `at`, without its end.
fn physical<'s>(text: &'s str, at: &mut usize) -> Option<&'s str> {
    let rest = text.get(*at..).filter(|rest| !rest.is_empty())?;
    let (line, taken) = rest.split_once('\n').map_or((rest, rest.len()), |(line, _)| (line, line.len() + 1));
    *at += taken;
    Some(line.strip_suffix('\r').unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_survive_unfolding() {
        let text = "A:1\r\n\r\nSUMMARY:year-\r\n end\r\n\t freeze\r\nB:ü\n \n ö";
        let found: Vec<_> = lines(text).collect();
        let texts: Vec<_> = found.iter().map(|line| &*line.text).collect();
        assert_eq!(texts, ["A:1", "SUMMARY:year-end freeze", "B:üö"]);
        let summary = &found[1];
        for (word, source) in [("SUMMARY", "SUMMARY"), ("end", "end"), ("freeze", "freeze"), ("r-e", "r-\r\n e")] {
            let from = summary.text.find(word).unwrap();
            assert_eq!(&text[summary.span(from..from + word.len()).range()], source);
        }
        assert_eq!(&text[found[2].span(4..6).range()], "ö");
        assert_eq!(lines("\u{feff}A:1").next().unwrap().whole(), Span::new(3, 6));
        assert!(lines("\r\n\n").next().is_none());
    }
}
