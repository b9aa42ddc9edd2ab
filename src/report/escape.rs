//! Text that others wrote, made inert for a terminal: what a reader would not see is shown, and what a terminal would obey
//! is not sent.
//!
//! A proposal, a file name or a review may hold escape sequences that recolour, move the cursor, write the clipboard or
//! disguise a link, and characters that hide or reorder the text around them. Each is printed as `\u{1b}`, so the reader sees
//! that it is there. All that is left takes its place on the line and nothing else.
//!
//! A terminal may also be the log of a CI job. GitHub's takes a line that begins with `::`, and `##[` anywhere, as a command, Azure's
//! `##vso[` and TeamCity's `##teamcity[`. All are broken up.

use unicode_width::UnicodeWidthChar;

/// More combining marks than this on one letter are no language but a tower that covers the lines above.
const MARKS_PER_LETTER: u8 = 4;

/// Whether a character shows nothing itself, and orders a terminal or a text layout about: controls, bidirectional
/// overrides and isolates, zero-width characters, line and paragraph separators, fillers, tags, variation selectors; and what is no
/// character at all, which XML can't hold in part.
pub(crate) const fn is_hidden(c: char) -> bool {
    is_no_character(c)
        || matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether Unicode will never give it to a character: the last two of each plane, and a block of the first.
const fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe
}

/// Escapes one character after the other.
#[derive(Default)]
pub(crate) struct Escaper {
    /// `None` where there is no letter yet that a mark could sit on: it would sit on a character of ours.
    marks: Option<u8>,
    /// The last two characters, the newer first; none at the start.
    last: [Option<char>; 2],
    /// How much of `##` and letters stands before, which a bracket would make a command: up to two.
    hashes: u8,
}

impl Escaper {
    /// Appends a character in its inert form, and says how many cells of the terminal that takes.
    pub(crate) fn push(&mut self, out: &mut String, c: char) -> usize {
        let before = out.len();
        let cells = c.width().unwrap_or(0);
        let last = self.last;
        self.last = [Some(c), last[0]];
        let hashes = self.hashes;
        self.hashes = match c {
            '#' => (hashes + 1).min(2),
            _ if hashes == 2 && c.is_ascii_alphabetic() => 2,
            _ => 0,
        };
        let marks = if cells > 0 { Some(0) } else { self.marks.map(|marks| marks.saturating_add(1)) };
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_hidden(c) || begins_command(last, c) || (c == '[' && hashes == 2) => out.extend(c.escape_unicode()),
            _ if marks.is_none_or(|marks| marks > MARKS_PER_LETTER) => out.extend(c.escape_unicode()),
            _ => {
                self.marks = marks;
                out.push(c);
                return cells;
            }
        }
        // What was written instead is plain letters, and a mark would sit on the last of them.
        self.marks = None;
        out.len() - before
    }
}

/// Whether a character ends what a CI log would take as the start of a command at the beginning of a line. A text may be wrapped at
/// any blank, so every word may come to begin one.
fn begins_command(last: [Option<char>; 2], c: char) -> bool {
    matches!((last, c), ([Some(':'), before], ':') if before.is_none_or(char::is_whitespace))
}

/// Whether a character, after a text, makes a command of a CI log that is one wherever it stands: `##[`, `##vso[`.
pub(super) fn is_command(before: &str, c: char) -> bool {
    c == '[' && before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).ends_with("##")
}

/// Whether a text may hold a command.
fn has_command(text: &str) -> bool {
    text.contains("::") || text.contains("##")
}

/// A text on one line and inert, cut after so many cells.
pub(crate) fn line(text: &str, cells: usize, ellipsis: &str) -> String {
    // Most of what is told is plain, and has nothing that would have to be looked at character by character.
    if text.len() <= cells && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !has_command(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len().min(cells));
    let mut escaper = Escaper::default();
    let mut used = 0;
    for c in text.chars() {
        let before = out.len();
        used += escaper.push(&mut out, c);
        if used > cells {
            out.truncate(before);
            out.push_str(ellipsis);
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        line(text, 1000, "…")
    }

    /// The inputs of row 21 of the threats, and what is printed for them.
    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        let cases = [
            ("colour", "\x1b[31mred\x1b[0m", r"\u{1b}[31mred\u{1b}[0m"),
            ("erase the line", "deny\x1b[2K\rpass", r"deny\u{1b}[2K\rpass"),
            ("OSC 8 link", "\x1b]8;;http://evil\x07here\x1b]8;;\x07", r"\u{1b}]8;;http://evil\u{7}here\u{1b}]8;;\u{7}"),
            ("OSC 52 clipboard", "\x1b]52;c;cm0gLXJm\x1b\\", r"\u{1b}]52;c;cm0gLXJm\u{1b}\"),
            ("C1 CSI", "\u{9b}31mred", r"\u{9b}31mred"),
            ("C1 OSC and ST", "\u{9d}0;title\u{9c}", r"\u{9d}0;title\u{9c}"),
            ("new line", "a\n::error::b\u{85}c", r"a\n:\u{3a}error::b\u{85}c"),
            ("workflow commands", "::error::a ::b ##[c]", r":\u{3a}error::a :\u{3a}b ##\u{5b}c]"),
            (
                "commands of Azure and TeamCity",
                "a##vso[task.complete] ###teamcity[x ##1[ #vso[ ##a b[",
                r"a##vso\u{5b}task.complete] ###teamcity\u{5b}x ##1[ #vso[ ##a b[",
            ),
            ("delete, backspace, null", "a\x7f\x08\0", r"a\u{7f}\u{8}\u{0}"),
            ("bidi override", "\u{202e}ssap\u{202c}", r"\u{202e}ssap\u{202c}"),
            ("bidi isolates", "\u{2066}a\u{2067}b\u{2068}c\u{2069}", r"\u{2066}a\u{2067}b\u{2068}c\u{2069}"),
            ("bidi marks", "\u{200e}\u{200f}\u{61c}", r"\u{200e}\u{200f}\u{61c}"),
            (
                "zero width",
                "a\u{200b}b\u{200c}c\u{200d}d\u{2060}\u{feff}",
                r"a\u{200b}b\u{200c}c\u{200d}d\u{2060}\u{feff}",
            ),
            ("separators", "a\u{2028}b\u{2029}c", r"a\u{2028}b\u{2029}c"),
            ("tags", "a\u{e0041}\u{e007f}", r"a\u{e0041}\u{e007f}"),
            ("variation selectors", "a\u{fe0f}\u{e0100}", r"a\u{fe0f}\u{e0100}"),
            (
                "no characters",
                "a\u{fffe}\u{ffff}\u{fdd0}\u{1ffff}\u{fffd}",
                "a\\u{fffe}\\u{ffff}\\u{fdd0}\\u{1ffff}\u{fffd}",
            ),
            ("fillers", "a\u{3164}\u{115f}\u{ad}", r"a\u{3164}\u{115f}\u{ad}"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(shown(text), expected, "{name}");
        }
    }

    #[test]
    fn what_people_write_stays() {
        for text in [
            "Überprüfung",
            "データベース",
            "nai\u{308}ve",
            "हिन्दी",
            "C:\\temp \"x\"",
            "🚀",
            "a\u{a0}b",
            "a::b, c: d",
            "# [x] ##",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn marks_sit_on_letters_of_the_text_and_do_not_pile_up() {
        assert_eq!(shown("\u{301}a"), r"\u{301}a");
        assert_eq!(shown("\x1b\u{301}"), r"\u{1b}\u{301}");
        assert_eq!(shown(&format!("a{}", "\u{301}".repeat(5))), format!("a{}{}", "\u{301}".repeat(4), r"\u{301}"));
    }

    #[test]
    fn every_hidden_character_is_written_in_plain_letters() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|&c| is_hidden(c)) {
            assert!(shown(&format!("a{c}")).bytes().all(|b| (b' '..=b'~').contains(&b)), "{c:?}");
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_cell() {
        assert_eq!(line("abcdef", 6, "…"), "abcdef");
        assert_eq!(line("abcdefg", 6, "…"), "abcdef…");
        assert_eq!(line("データ", 5, "..."), "デー...");
        assert_eq!(line("a\u{1b}b", 3, "…"), "a…");
    }
}
