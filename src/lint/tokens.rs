//! The words and signs of a rule's text, with their places. What Rhai's parser makes has no lengths and no names of variables; these have.

use crate::source::{Position, Source, Span};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name, a word of the language or a number.
    Word,
    /// A text, or a piece of one with values in it.
    Text,
    /// One character that is none of the others; `${` of a text with values.
    Sign,
    Comment,
}

#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub kind: Kind,
    pub span: Span,
    /// Where the whole text ends of which this is the first piece; of anything else its own end.
    pub end: u32,
}

/// The tokens of one text, in its order.
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    /// Without comments.
    pub code: Vec<Token>,
    pub comments: Vec<Token>,
}

impl<'t> Tokens<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut scanner = Scanner { text, at: 0, tokens: Vec::new() };
        scanner.code(false);
        let (comments, code) = scanner.tokens.into_iter().partition(|token| token.kind == Kind::Comment);
        Self { text, code, comments }
    }

    pub fn text(&self, token: Token) -> &'t str {
        self.text.get(token.span.range()).unwrap_or_default()
    }

    /// The token at a line and a column, both from 1, as the script has them; none where there is none.
    pub fn at(&self, source: &Source, (line, column): (u32, u32)) -> Option<usize> {
        if line == 0 {
            return None;
        }
        self.beginning(source.offset(Position { line, column: column.max(1) }))
    }

    /// The token that begins there.
    pub fn beginning(&self, start: u32) -> Option<usize> {
        self.code.binary_search_by_key(&start, |token| token.span.start).ok()
    }

    /// Whether a token is this word or sign.
    pub fn is(&self, index: usize, what: &str) -> bool {
        self.code.get(index).is_some_and(|token| token.kind != Kind::Text && self.text(*token) == what)
    }

    /// The bracket that closes the one at a place.
    pub fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for index in open..self.code.len() {
            if self.opens(index) {
                depth += 1;
            } else if self.closes(index) {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(index);
                }
            }
        }
        None
    }

    /// The next of these signs that stands in no bracket which was opened on the way.
    pub fn next(&self, from: usize, signs: &[&str]) -> Option<usize> {
        let mut index = from;
        while index < self.code.len() {
            if signs.iter().any(|sign| self.is(index, sign)) {
                return Some(index);
            }
            if self.closes(index) {
                return None;
            }
            index = if self.opens(index) { self.closing(index)? } else { index } + 1;
        }
        None
    }

    fn opens(&self, index: usize) -> bool {
        ["(", "[", "{", "${"].iter().any(|sign| self.is(index, sign))
    }

    fn closes(&self, index: usize) -> bool {
        [")", "]", "}"].iter().any(|sign| self.is(index, sign))
    }

    /// The name of a function of the rule and those of its parameters.
    pub fn function(&self, name: &str, params: usize) -> Option<(Token, Vec<Token>)> {
        let named = |index: &usize| self.is(*index, "fn") && self.is(index + 1, name) && self.is(index + 2, "(");
        (0..self.code.len()).filter(named).find_map(|index| {
            let close = self.closing(index + 2)?;
            let names: Vec<_> =
                self.code[index + 3..close].iter().copied().filter(|token| token.kind == Kind::Word).collect();
            (names.len() == params).then(|| (self.code[index + 1], names))
        })
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind, start: usize) -> usize {
        let span = Span::new(start, self.at);
        self.tokens.push(Token { kind, span, end: span.end });
        self.tokens.len() - 1
    }

    /// Goes on by so many bytes, and no further than the end.
    fn skip(&mut self, bytes: usize) {
        self.at = self.text.len().min(self.at + bytes);
    }

    /// Reads code, up to the end or to the brace that ends a value in a text.
    fn code(&mut self, in_text: bool) {
        let mut depth = 0_usize;
        while let Some(first) = self.rest().chars().next() {
            let start = self.at;
            if first.is_whitespace() {
                self.skip(first.len_utf8());
            } else if let Some(length) = comment(self.rest()) {
                self.skip(length);
                self.push(Kind::Comment, start);
            } else if first.is_alphanumeric() || first == '_' {
                let rest = self.rest();
                let word = |rest: &str| rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                let whole = word(rest);
                // A fraction is one word, and a range of numbers is not.
                let is_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
                let part = rest[whole..].strip_prefix('.').filter(|part| is_digit(rest) && is_digit(part));
                self.skip(whole + part.map_or(0, |part| 1 + word(part)));
                self.push(Kind::Word, start);
            } else if first == '`' {
                self.template();
            } else if matches!(first, '"' | '\'') {
                self.quoted(first);
                self.push(Kind::Text, start);
            } else if let Some(length) = raw(self.rest()) {
                self.skip(length);
                self.push(Kind::Text, start);
            } else {
                self.skip(first.len_utf8());
                self.push(Kind::Sign, start);
                match first {
                    '{' => depth += 1,
                    '}' if in_text && depth == 0 => return,
                    '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
        }
    }

    fn quoted(&mut self, quote: char) {
        self.skip(1);
        while let Some(next) = self.rest().chars().next() {
            self.skip(next.len_utf8());
            if next == quote {
                return;
            }
            if next == '\\' {
                let escaped = self.rest().chars().next().map_or(0, char::len_utf8);
                self.skip(escaped);
            }
        }
    }

    /// A text in back-ticks, of which a doubled one is part, with values in `${…}`.
    fn template(&mut self) {
        let mut start = self.at;
        let mut first = None;
        self.skip(1);
        loop {
            let rest = self.rest();
            let Some(plain) = rest.find(['`', '$']) else {
                self.at = self.text.len();
                break;
            };
            let rest = &rest[plain..];
            if rest.starts_with("``") {
                self.skip(plain + 2);
            } else if rest.starts_with("${") {
                self.skip(plain);
                let piece = self.push(Kind::Text, start);
                first.get_or_insert(piece);
                let value = self.at;
                self.skip(2);
                self.push(Kind::Sign, value);
                self.code(true);
                start = self.at;
            } else if rest.starts_with('`') {
                self.skip(plain + 1);
                break;
            } else {
                self.skip(plain + 1);
            }
        }
        let last = self.push(Kind::Text, start);
        self.tokens[first.unwrap_or(last)].end = self.at as u32;
    }
}

/// How long the comment is with which a text begins.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        let line = &text[..text.find('\n').unwrap_or(text.len())];
        // What ends the line is none of the comment, whether it is one character or two.
        return Some(line.strip_suffix('\r').unwrap_or(line).len());
    }
    let mut at = if text.starts_with("/*") { 2 } else { return None };
    let mut open = 1;
    while open > 0 {
        let rest = &text[at..];
        let Some(next) = [rest.find("/*"), rest.find("*/")].into_iter().flatten().min() else {
            return Some(text.len());
        };
        open = if rest[next..].starts_with("/*") { open + 1 } else { open - 1 };
        at += next + 2;
    }
    Some(at)
}

/// How long the raw text is, `#"…"#`, with which a text begins.
fn raw(text: &str) -> Option<usize> {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let inner = text[hashes..].strip_prefix('"').filter(|_| hashes > 0)?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(hashes + 1 + inner.find(&end).map_or(inner.len(), |at| at + end.len()))
}

#[cfg(test)]
mod tests {
    use super::{Kind, Tokens};

    #[test]
    fn words_stand_in_values_of_texts_and_in_no_other_text() {
        let text = "let a = `x ``${b + \"}\"} y ${`in ${c}`}`; // d\n/* e /* f */ */ '\"' #\"g\"h\"# \"i\\\"j\" k";
        let tokens = Tokens::of(text);
        let words = tokens.code.iter().filter(|token| token.kind == Kind::Word).map(|token| tokens.text(*token));
        assert_eq!(words.collect::<Vec<_>>(), ["let", "a", "b", "c", "k"]);
        assert_eq!(tokens.comments.len(), 2);
        let template = tokens.beginning(8).map(|index| tokens.code[index]).map(|token| token.end);
        assert_eq!(template, text.find("; //").map(|end| end as u32));
        assert_eq!(tokens.next(0, &[";"]).map(|index| tokens.code[index].span.start), template);
    }

    #[test]
    fn a_fraction_is_one_word() {
        let tokens = Tokens::of("1.5 + 0..3 + a.b + 2.x");
        let words = tokens.code.iter().filter(|token| token.kind == Kind::Word).map(|token| tokens.text(*token));
        assert_eq!(words.collect::<Vec<_>>(), ["1.5", "0", "3", "a", "b", "2", "x"]);
    }

    #[test]
    fn texts_that_do_not_end_are_read_to_the_end() {
        for text in ["`a ${", "`a", "\"a\\", "'", "/* /*", "#\"a", "`${`${`", "${}}}`"] {
            let tokens = Tokens::of(text);
            let last = tokens.code.iter().chain(&tokens.comments).map(|token| token.span.end).max();
            assert_eq!(last, Some(text.len() as u32), "{text}");
        }
    }
}
