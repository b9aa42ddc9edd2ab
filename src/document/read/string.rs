//! Texts in quotes, and their escapes.

use super::{Read, Reader};
use crate::document::problem::{LoneSurrogate, Syntax};
use crate::source::Span;

impl Reader<'_> {
    /// A text in quotes, which are double ones unless the caller has already told that they are not.
    pub(super) fn string(&mut self, quote: u8) -> Read {
        let start = self.at;
        self.at = self.plain(start + 1, quote);
        if self.peek() == Some(quote) {
            self.at += 1;
            return Ok(());
        }
        self.string_with_escapes(start, quote)
    }

    /// The first byte from `at` on that does not stand for itself.
    fn plain(&self, mut at: usize, quote: u8) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let (words, tail) = rest.as_chunks();
        for word in words {
            let special = special(u64::from_le_bytes(*word), quote);
            if special != 0 {
                return at + special.trailing_zeros() as usize / 8;
            }
            at += word.len();
        }
        let special = |&byte: &u8| byte == quote || byte == b'\\' || byte < b' ';
        at + tail.iter().position(special).unwrap_or(tail.len())
    }

    fn string_with_escapes(&mut self, start: usize, quote: u8) -> Read {
        let problems = self.problems.len();
        let mut text = String::new();
        let mut told = start + 1;
        loop {
            match self.peek() {
                Some(byte) if byte == quote => break,
                Some(b'\\') => {
                    text.push_str(&self.text[told..self.at]);
                    text.extend(self.escape(quote)?);
                    told = self.at;
                }
                // An open text and a text with a line break look the same, and the rest of the file depends on which it is.
                None | Some(b'\n' | b'\r') => {
                    let line = self.text[start + 1..self.at].trim_end_matches([' ', ',', ']', '}']);
                    let problem = Syntax::OpenText { escaped_quote: line.ends_with("\\\"") };
                    return self.stop(problem.at(Span::new(start, self.at)));
                }
                Some(byte) => {
                    let control = Span::new(self.at, self.at + 1);
                    self.at += 1;
                    self.report(Syntax::ControlCharacter(byte.into()).at(control))?;
                }
            }
            self.at = self.plain(self.at, quote);
        }
        text.push_str(&self.text[told..self.at]);
        self.tree.decoded.push((start as u32, text.into_boxed_str()));
        if self.problems.len() > problems {
            self.doubtful.push(start as u32);
        }
        self.at += 1;
        Ok(())
    }

    /// What an escape stands for; U+FFFD if it stands for nothing.
    fn escape(&mut self, quote: u8) -> Read<Option<char>> {
        let start = self.at;
        let letter = self.text[start + 1..].chars().next().filter(|_| !self.line_ends(start + 1));
        let Some(letter) = letter else {
            self.at += 1;
            return Ok(None);
        };
        self.at += 1 + letter.len_utf8();
        let character = match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode_escape(start).map(Some),
            // Single quotes are reported already, and escape themselves wherever they exist.
            '\'' if quote == b'\'' => letter,
            _ => {
                let escape = &self.text[start..self.at];
                self.report(Syntax::BadEscape(escape).at(Span::new(start, self.at)))?;
                char::REPLACEMENT_CHARACTER
            }
        };
        Ok(Some(character))
    }

    /// `\u` and four digits, or twice that for a surrogate pair.
    fn unicode_escape(&mut self, start: usize) -> Read<char> {
        let Some(unit) = self.four_digits(start + 2) else {
            let digits = self.bytes[start + 2..].iter().take(3).take_while(|byte| byte.is_ascii_hexdigit()).count();
            self.at = start + 2 + digits;
            if self.line_ends(self.at) {
                return Ok(char::REPLACEMENT_CHARACTER);
            }
            let escape = &self.text[start..self.at];
            self.report(Syntax::BadUnicodeEscape(escape).at(Span::new(start, self.at)))?;
            return Ok(char::REPLACEMENT_CHARACTER);
        };
        self.at = start + 6;
        if let Some(character) = char::from_u32(unit) {
            return Ok(character);
        }
        let followed = self.bytes[self.at..].starts_with(b"\\u");
        if unit < 0xdc00 && followed {
            match self.four_digits(self.at + 2) {
                Some(low @ 0xdc00..=0xdfff) => {
                    self.at += 6;
                    let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                    return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                // The other half may be what is misspelled; that is reported when it is reached.
                None => return Ok(char::REPLACEMENT_CHARACTER),
                Some(_) => {}
            }
        }
        if self.line_ends(self.at) || self.peek() == Some(b'\\') && self.line_ends(self.at + 1) {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let escape = &self.text[start..self.at];
        self.report(LoneSurrogate { span: Span::new(start, self.at), escape })?;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    /// Whether a text ends here without its quote, which is reported in its own right: an escape that is cut off by it is
    /// no second mistake.
    fn line_ends(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), None | Some(b'\n' | b'\r'))
    }

    fn four_digits(&self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 4)?;
        digits.iter().try_fold(0, |unit, &byte| Some(unit << 4 | char::from(byte).to_digit(16)?))
    }
}

/// Looks at eight bytes at once, as most of a document is text: the lowest bit set lies in the first byte that is the quote,
/// a backslash or a control character. (Bits above it may be set in vain, by the borrow of the subtraction.)
fn special(word: u64, quote: u8) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const TOP: u64 = EACH << 7;
    let zero = |word: u64| word.wrapping_sub(EACH) & !word & TOP;
    let control = word.wrapping_sub(EACH * b' ' as u64) & !word & TOP;
    zero(word ^ (EACH * u64::from(quote))) | zero(word ^ (EACH * b'\\' as u64)) | control
}
