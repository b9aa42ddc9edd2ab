//! What stands where something else belongs: whether to go on after it, and under which name to report it.
//!
//! Nothing here is on the way of a text without problems, so it may look ahead.

use super::{Read, Reader, Stop};
use crate::document::problem::{Expected, Problem, Shape, Syntax};
use crate::document::tree::Data;
use crate::source::Span;

/// Whether a byte goes on a number or a word. Broader than JSON, so that a mistake is one token and one problem.
pub(super) fn is_token(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.' | b'+' | b'-')
}

impl Reader<'_> {
    pub(super) fn not_a_value(&mut self) -> Read {
        let start = self.at;
        match self.peek() {
            Some(b'\'') => {
                self.single_quotes()?;
                self.push(start, Data::Text)?;
                self.resume()
            }
            Some(b'+' | b'.') if self.token_end(start) > start + 1 => self.broken_number(),
            Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') => {
                self.at = self.word_end(start);
                self.cut_off()?;
                let word = &self.text[start..self.at];
                self.report(Syntax::Word(word).at(Span::new(start, self.at)))?;
                self.push(start, Data::Null)?;
                self.resume()
            }
            _ => self.unexpected(Expected::Value),
        }
    }

    /// The span of a member's key, with its quotes if it has any.
    pub(super) fn key(&mut self) -> Read<Span> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string(b'"')?,
            Some(b'\'') => {
                self.single_quotes()?;
                self.resume_at_colon()?;
            }
            Some(byte) if is_token(&byte) && self.colon_follows(self.word_end(start)) => {
                self.at = self.word_end(start);
                let word = &self.text[start..self.at];
                self.report(Syntax::UnquotedKey(word).at(Span::new(start, self.at)))?;
                // Without quotes it does not lie between them, so it is told apart as a text with escapes is.
                self.tree.decoded.push((start as u32, word.into()));
            }
            _ => return self.unexpected(Expected::Key),
        }
        Ok(Span::new(start, self.at))
    }

    fn single_quotes(&mut self) -> Read {
        let start = self.at;
        // One that does not end is told as such, and nothing more.
        self.string(b'\'')?;
        self.report(Syntax::SingleQuotes.at(Span::new(start, self.at)))
    }

    /// Neither a comma nor the end after a child. Goes on if a comma is certainly all that is missing.
    pub(super) fn missing_comma(&mut self, shape: Shape) -> Read {
        let end = self.ended;
        // `"say "hi""` is a text with quotes in it rather than three things without commas.
        let apart = end < self.at || matches!(self.bytes[..end], [.., b']' | b'}']);
        let certain = match (shape, self.peek()) {
            (Shape::Object, Some(b'"')) => apart && self.key_follows(),
            (Shape::Array, Some(b'{' | b'[')) => true,
            (Shape::Array, Some(b'"')) => apart,
            (Shape::Array, Some(b'-' | b'0'..=b'9')) => apart && self.number_end(self.at).is_some(),
            (Shape::Array, Some(b't' | b'f' | b'n')) => apart && self.literal_follows(),
            _ => false,
        };
        if certain {
            return self.report(Syntax::MissingComma(shape).at(Span::new(end, end)));
        }
        self.unexpected(match shape {
            Shape::Array => Expected::CommaOrBracket,
            Shape::Object => Expected::CommaOrBrace,
        })
    }

    /// No colon after a key. Goes on if it is certain that a value follows, or that none was written.
    pub(super) fn missing_colon(&mut self, key: Span) -> Read {
        let here = Span::new(key.end as usize, key.end as usize);
        let name = self.tree.text(self.text, key);
        match self.peek() {
            Some(b'}') => Ok(()),
            // Meant as a colon, or the key as an item of an array?
            Some(b',') => {
                self.key_without_value(key)?;
                Err(Stop)
            }
            Some(b'=') => {
                let start = self.at;
                let end = start + if self.bytes[start..].starts_with(b"=>") { 2 } else { 1 };
                let problem = Syntax::EqualsSign(name).at(Span::new(start, end));
                self.at = end;
                self.report(problem)?;
                self.space()
            }
            Some(b'{' | b'[' | b'-' | b'0'..=b'9') => {
                let problem = Syntax::MissingColon(name).at(here);
                self.report(problem)
            }
            _ => self.unexpected(Expected::Colon),
        }
    }

    pub(super) fn key_without_value(&mut self, key: Span) -> Read {
        let problem = Syntax::KeyWithoutValue(self.tree.text(self.text, key)).at(key);
        self.report(problem)?;
        self.push(self.at, Data::Null)
    }

    /// The last problem: what stands here can't be made sense of.
    pub(super) fn unexpected<T>(&mut self, expected: Expected) -> Read<T> {
        let problem = match self.text[self.at..].chars().next() {
            None => self.end_inside(),
            Some(found) => self.stray(found, expected),
        };
        self.stop(problem)
    }

    fn stray(&self, found: char, expected: Expected) -> Problem {
        let here = Span::new(self.at, self.at + found.len_utf8());
        let touches_text = self.at.checked_sub(1).is_some_and(|before| self.bytes[before] == b'"');
        let after_text = !matches!(expected, Expected::Value | Expected::Key);
        let problem = match (found, self.open.last()) {
            ('}' | ']', Some(frame)) if char::from(frame.shape.closer()) != found => {
                let opened = self.tree.nodes[frame.node as usize].span;
                Syntax::WrongBracket { found, open: frame.shape, opened }
            }
            (':', Some(frame)) if frame.shape == Shape::Array && expected == Expected::CommaOrBracket => {
                Syntax::ColonInArray
            }
            ('\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '`' | '«' | '»', _) => Syntax::OtherQuotes(found),
            ('\0', _) => Syntax::Nul,
            _ if touches_text && after_text && (found == '"' || found.is_alphanumeric()) => Syntax::QuoteInText,
            _ => Syntax::Unexpected(found, expected),
        };
        problem.at(here)
    }

    /// A broken token at the very end of a text that is not complete is told as what it is, a text that was cut off.
    pub(super) fn cut_off(&mut self) -> Read {
        match self.open.last() {
            Some(_) if self.at == self.bytes.len() => self.unexpected(Expected::Value),
            _ => Ok(()),
        }
    }

    /// At the last character, because an editor shows nothing after it.
    fn end_inside(&self) -> Problem {
        let end = self.text.trim_end_matches([' ', '\t', '\r', '\n']).len();
        let here = Span::new(end, end);
        match self.open.last() {
            Some(frame) => {
                let opened = self.tree.nodes[frame.node as usize].span;
                Syntax::EndInside { open: frame.shape, opened }.at(here)
            }
            // Not reached: without an open container there is an end of the text and no value only in an empty one.
            None => crate::document::problem::Empty(here).into(),
        }
    }

    /// After a broken token: goes on if what follows could follow any value. Otherwise the token was not the whole
    /// mistake, and what else would be said could be the echo of it.
    pub(super) fn resume(&self) -> Read {
        match self.bytes.get(self.after_space(self.at)) {
            None | Some(b',' | b']' | b'}' | b'/' | b'#') => Ok(()),
            Some(_) => Err(Stop),
        }
    }

    fn resume_at_colon(&self) -> Read {
        if self.colon_follows(self.at) { Ok(()) } else { Err(Stop) }
    }

    fn colon_follows(&self, at: usize) -> bool {
        self.bytes.get(self.after_space(at)) == Some(&b':')
    }

    /// Whether what begins here with a quote is a key and its colon.
    fn key_follows(&self) -> bool {
        let mut at = self.at + 1;
        loop {
            match self.bytes.get(at) {
                Some(b'"') => return self.colon_follows(at + 1),
                Some(b'\\') => at += 2,
                Some(b'\n') | None => return false,
                Some(_) => at += 1,
            }
        }
    }

    fn literal_follows(&self) -> bool {
        matches!(&self.text[self.at..self.word_end(self.at)], "true" | "false" | "null")
    }

    fn after_space(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count()
    }

    fn word_end(&self, start: usize) -> usize {
        start + self.bytes.get(start..).unwrap_or_default().iter().take_while(|byte| is_token(byte)).count()
    }

    /// The end of what begins as a number, together with the colons of a time of day: `2026-03-01T12:30:00Z`.
    pub(super) fn token_end(&self, start: usize) -> usize {
        let mut end = self.word_end(start);
        while let Some([b'0'..=b'9', b':', b'0'..=b'9']) = self.bytes.get(end.saturating_sub(1)..end + 2) {
            end = self.word_end(end + 1);
        }
        end
    }
}
