//! Numbers.

use super::{Read, Reader, stray};
use crate::document::problem::{BrokenNumber, OutOfRange, Syntax};
use crate::document::tree::Data;
use crate::source::Span;

/// Whether a number is too near to zero for what it became to have its digits: nothing is left of them, or less than an `f64`
/// otherwise keeps.
pub(in crate::document) fn is_tiny(float: f64, written: &str) -> bool {
    let digits = || written.bytes().take_while(|byte| !matches!(byte, b'e' | b'E'));
    float.is_subnormal() || float == 0.0 && digits().any(|byte| matches!(byte, b'1'..=b'9'))
}

impl Reader<'_> {
    /// A number, or what begins as one does.
    pub(super) fn number(&mut self) -> Read {
        let start = self.at;
        let Some((end, whole)) = self.number_end(start) else { return self.broken_number() };
        self.at = end;
        let span = Span::new(start, end);
        let text = &self.text[start..end];
        // The standard library's parsers are exact for whatever RFC 8259 allows.
        let data = if whole {
            text.parse().map(Data::Integer).map_err(|_| OutOfRange::Integer(span, text))
        } else {
            match text.parse::<f64>() {
                Ok(float) if is_tiny(float, text) => Err(OutOfRange::Tiny(span, text)),
                Ok(float) if float.is_finite() => Ok(Data::Float(float)),
                _ => Err(OutOfRange::Float(span, text)),
            }
        };
        match data {
            Ok(data) => self.push(start, data),
            Err(out) => {
                self.report(out)?;
                self.push(start, Data::Null)
            }
        }
    }

    /// Where a well-formed number ends, and whether it has neither fraction nor exponent.
    pub(super) fn number_end(&self, start: usize) -> Option<(usize, bool)> {
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or_default();
        let digits = |from: usize| {
            let end = from + self.bytes.get(from..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (end > from).then_some(end)
        };
        let first = start + usize::from(byte(start) == b'-');
        let mut end = digits(first)?;
        if byte(first) == b'0' && end > first + 1 {
            return None;
        }
        let integer_end = end;
        if byte(end) == b'.' {
            end = digits(end + 1)?;
        }
        if let b'e' | b'E' = byte(end) {
            end = digits(end + 1 + usize::from(matches!(byte(end + 1), b'+' | b'-')))?;
        }
        (!stray::is_token(&byte(end))).then_some((end, end == integer_end))
    }

    pub(super) fn broken_number(&mut self) -> Read {
        let start = self.at;
        self.at = self.token_end(start);
        self.cut_off()?;
        let token = &self.text[start..self.at];
        self.report(Syntax::Number(BrokenNumber(token)).at(Span::new(start, self.at)))?;
        self.push(start, Data::Null)?;
        self.resume()
    }
}
