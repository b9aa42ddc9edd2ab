//! White space, and what people take for it.

use super::{Read, Reader};
use crate::document::problem::Syntax;
use crate::source::Span;

impl Reader<'_> {
    /// Goes past white space. Comments and the like are reported and passed too: what they hide is no less certain.
    pub(super) fn space(&mut self) -> Read {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
            let Some(len) = rest.iter().position(|byte| !space(byte)) else {
                self.at = self.bytes.len();
                return Ok(());
            };
            self.at += len;
            match rest[len] {
                b'/' | b'#' | 0x0b | 0x0c | 0x80.. if self.odd_space()? => {}
                _ => return Ok(()),
            }
        }
    }

    /// Reports and passes what stands where white space may; false if it is something else.
    fn odd_space(&mut self) -> Read<bool> {
        let start = self.at;
        let rest = &self.text[start..];
        let line_end = || rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (problem, len) = if rest.starts_with("//") || rest.starts_with('#') {
            (Syntax::Comment, line_end())
        } else if let Some(comment) = rest.strip_prefix("/*") {
            match comment.find("*/") {
                Some(end) => (Syntax::Comment, end + 4),
                None => return self.stop(Syntax::OpenComment.at(Span::new(start, start + 2))),
            }
        } else {
            match rest.chars().next() {
                Some(found)
                    if found.is_whitespace() || matches!(found, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}') =>
                {
                    (Syntax::NotSpace(found), found.len_utf8())
                }
                _ => return Ok(false),
            }
        };
        self.at = start + len;
        self.report(problem.at(Span::new(start, self.at)))?;
        Ok(true)
    }
}
