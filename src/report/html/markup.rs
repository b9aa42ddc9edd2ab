//! HTML under construction, in which a text of others can't be taken for markup by mistake.
//!
//! What is markup is a literal of this program, and nothing else can be: [`put!`] takes literals as they stand, and whatever is no literal as text. Text
//! is made inert first, as everywhere: what hides or orders text about is shown, and stands in an element that keeps its direction to itself.

use crate::report::escape;
use std::fmt::{self, Display, Write};

/// Longer texts are documents, and belong to the JSON report.
const LONGEST: usize = 2_000;

/// A piece of HTML, or of the SVG in it.
#[derive(Debug, Default)]
pub struct Markup(String);

/// Appends to a [`Markup`]: literals as markup, all else as text or as what its type makes of it.
macro_rules! put {
    ($out:expr;) => {};
    ($out:expr; $markup:literal $(, $($rest:tt)*)?) => {{
        $out.markup($markup);
        $($crate::report::html::markup::put!($out; $($rest)*);)?
    }};
    ($out:expr; $piece:expr $(, $($rest:tt)*)?) => {{
        $out.put(&$piece);
        $($crate::report::html::markup::put!($out; $($rest)*);)?
    }};
}
pub(super) use put;

/// What can stand in a piece of HTML.
pub trait Piece {
    fn write_to(&self, out: &mut Markup);
}

impl Markup {
    /// Appends markup of ours.
    pub fn markup(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Appends whatever is no markup of ours, as it has to be written to be none.
    pub fn put(&mut self, piece: &(impl Piece + ?Sized)) {
        piece.write_to(self);
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends a text that is inert already.
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                _ => self.0.push(c),
            }
        }
    }

    fn shown(&mut self, value: &dyn Display) {
        // Writing to a string can't fail.
        let _ = write!(self.0, "{value}");
    }
}

impl Piece for str {
    fn write_to(&self, out: &mut Markup) {
        out.escaped(&escape::line(self, LONGEST, "…"));
    }
}

impl Piece for String {
    fn write_to(&self, out: &mut Markup) {
        self.as_str().write_to(out);
    }
}

impl Piece for Markup {
    fn write_to(&self, out: &mut Markup) {
        out.0.push_str(&self.0);
    }
}

impl<T: Piece + ?Sized> Piece for &T {
    fn write_to(&self, out: &mut Markup) {
        (**self).write_to(out);
    }
}

impl Piece for std::borrow::Cow<'_, str> {
    fn write_to(&self, out: &mut Markup) {
        (**self).write_to(out);
    }
}

impl<T: Piece> Piece for Option<T> {
    fn write_to(&self, out: &mut Markup) {
        if let Some(piece) = self {
            piece.write_to(out);
        }
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Piece for $number {
            fn write_to(&self, out: &mut Markup) {
                out.shown(self);
            }
        })*
    };
}
numbers!(u32, usize, i64);

/// A length in a drawing, with a tenth.
#[derive(Debug, Clone, Copy)]
pub struct Px(pub f64);

impl Piece for Px {
    fn write_to(&self, out: &mut Markup) {
        let tenths = (self.0 * 10.0).round() / 10.0;
        // No `-0`.
        out.shown(&(tenths + 0.0));
    }
}

/// Prose, of which what stands in backticks is code.
#[derive(Debug, Clone, Copy)]
pub struct Prose<'t>(pub &'t str);

impl Piece for Prose<'_> {
    fn write_to(&self, out: &mut Markup) {
        let line = escape::line(self.0, LONGEST, "…");
        let marks = line.matches('`').count();
        for (at, part) in line.split('`').enumerate() {
            // Of an odd number of backticks the last one is a character.
            match at % 2 {
                1 if at < marks || marks.is_multiple_of(2) => {
                    out.markup("<code>");
                    out.escaped(part);
                    out.markup("</code>");
                }
                1 => {
                    out.markup("`");
                    out.escaped(part);
                }
                _ => out.escaped(part),
            }
        }
    }
}

/// A text as short as a label has to be.
#[derive(Debug, Clone, Copy)]
pub struct Short<'t>(pub &'t str, pub usize);

impl Piece for Short<'_> {
    fn write_to(&self, out: &mut Markup) {
        out.escaped(&escape::line(self.0, self.1, "…"));
    }
}

/// A stretch of the text of a file, in which tabs are blanks.
#[derive(Debug, Clone, Copy)]
pub struct Verbatim<'t>(pub &'t str);

impl Piece for Verbatim<'_> {
    fn write_to(&self, out: &mut Markup) {
        out.escaped(&escape::line(&self.0.replace('\t', "  "), LONGEST, "…"));
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Markup, Prose, Px};

    #[test]
    fn what_is_no_literal_is_text() {
        let mut out = Markup::default();
        let three = 3_usize;
        let hostile = "<script>alert(1)</script>\" onload='x' &amp; \u{202e}x\u{0}";
        put!(out; "<p title=\"", hostile, "\">", hostile.to_owned(), "</p>", three, Px(-0.04), Px(2.25));
        let text = "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp; \\u{202e}x\\u{0}";
        assert_eq!(out.as_str(), format!("<p title=\"{text}\">{text}</p>302.3"));
    }

    #[test]
    fn code_stands_in_pairs_of_backticks() {
        for (prose, expected) in [
            ("set `a.b` and `c`", "set <code>a.b</code> and <code>c</code>"),
            ("a ` alone", "a ` alone"),
            ("`a` and ` b", "<code>a</code> and ` b"),
            ("`<b>`", "<code>&lt;b&gt;</code>"),
        ] {
            let mut out = Markup::default();
            put!(out; Prose(prose));
            assert_eq!(out.as_str(), expected);
        }
    }
}
