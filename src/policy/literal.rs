//! The literals of a rule's header: a small part of Rhai, read without the engine.
//!
//! The header is most of a rule's text and none of its work. Reading it here takes a fiftieth of the time that the engine takes,
//! gives every key its place, and leaves rules that have no part in a run unparsed. What it reads is Rhai all the same; a test
//! compares it with what the engine makes of every built-in rule.

mod comment;

use crate::source::Span;

/// A literal and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    pub value: Value,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Flag(bool),
    Count(i64),
    Number(f64),
    Text(String),
    List(Vec<Literal>),
    Map(Vec<Entry>),
}

/// One entry of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Literal,
}

/// A text that is no literal: what was expected, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub expected: &'static str,
    pub at: usize,
}

type Result<T> = std::result::Result<T, Unreadable>;

/// Literals may be nested so deep; a header needs four levels: itself, its parameters, what is said of one, and a list of it.
const DEEPEST: usize = 8;

/// The most entries of a map; a header has eight, and parameters are few.
const MOST_ENTRIES: usize = 100;

/// Reads `const RULE = #{ … };` at the beginning of a script, after comments. Gives the map and the span of the whole statement;
/// none where the script does not begin so.
///
/// # Errors
/// Where the statement begins so and does not go on with a literal.
pub fn header(text: &str) -> Result<Option<(Literal, Span)>> {
    let mut reader = Reader { text, at: 0 };
    reader.space();
    let start = reader.at;
    if !(reader.word("const") && reader.word("RULE")) {
        return Ok(None);
    }
    reader.symbol("=")?;
    let literal = reader.literal(0)?;
    reader.symbol(";")?;
    Ok(Some((literal, Span::new(start, reader.at))))
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn unreadable<T>(&self, expected: &'static str) -> Result<T> {
        Err(Unreadable { expected, at: self.at })
    }

    /// Passes over white space and comments.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            let comment = comment::length(&rest[blank..]);
            self.at += blank + comment.unwrap_or(0);
            if comment.is_none() {
                return;
            }
        }
    }

    fn eat(&mut self, symbol: &str) -> bool {
        self.space();
        let here = self.rest().starts_with(symbol);
        self.at += if here { symbol.len() } else { 0 };
        here
    }

    fn symbol(&mut self, symbol: &'static str) -> Result<()> {
        if self.eat(symbol) { Ok(()) } else { self.unreadable(symbol) }
    }

    fn word(&mut self, word: &str) -> bool {
        self.space();
        let found = self.identifier() == word;
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn identifier(&self) -> &str {
        let rest = self.rest();
        &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())]
    }

    fn literal(&mut self, depth: usize) -> Result<Literal> {
        self.space();
        if depth > DEEPEST {
            return self.unreadable("a literal that is nested less");
        }
        let start = self.at;
        let value = match self.rest().bytes().next() {
            Some(b'"') => Value::Text(self.quoted()?),
            Some(b'`') => Value::Text(self.raw()?),
            Some(b'[') => Value::List(self.list(depth)?),
            Some(b'#') => Value::Map(self.map(depth)?),
            Some(b'0'..=b'9' | b'-') => self.number()?,
            _ if self.word("true") => Value::Flag(true),
            _ if self.word("false") => Value::Flag(false),
            _ => return self.unreadable("a literal: a text, a number, true or false, a list or a map"),
        };
        Ok(Literal { value, span: Span::new(start, self.at) })
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Literal>> {
        self.symbol("[")?;
        let mut items = Vec::new();
        while !self.eat("]") {
            items.push(self.literal(depth + 1)?);
            if !self.eat(",") {
                self.symbol("]")?;
                break;
            }
        }
        Ok(items)
    }

    fn map(&mut self, depth: usize) -> Result<Vec<Entry>> {
        self.symbol("#{")?;
        let mut entries: Vec<Entry> = Vec::new();
        while !self.eat("}") {
            let start = self.at;
            let key = if self.rest().starts_with('"') { self.quoted()? } else { self.name()? };
            let key_span = Span::new(start, self.at);
            if entries.len() == MOST_ENTRIES {
                return Err(Unreadable { expected: "a map with fewer entries", at: start });
            }
            if entries.iter().any(|entry| entry.key == key) {
                return Err(Unreadable { expected: "each key once", at: start });
            }
            self.symbol(":")?;
            let value = self.literal(depth + 1)?;
            entries.push(Entry { key, key_span, value });
            if !self.eat(",") {
                self.symbol("}")?;
                break;
            }
        }
        Ok(entries)
    }

    fn name(&mut self) -> Result<String> {
        let name = self.identifier().to_owned();
        if name.is_empty() {
            return self.unreadable("a key");
        }
        self.at += name.len();
        Ok(name)
    }

    fn number(&mut self) -> Result<Value> {
        let rest = self.rest();
        let signed = rest.strip_prefix('-').unwrap_or(rest);
        let length = signed.find(|c: char| !c.is_ascii_digit() && c != '_' && c != '.').unwrap_or(signed.len());
        let text = rest[..rest.len() - signed.len() + length].replace('_', "");
        let value = text.parse().map(Value::Count).ok().or_else(|| text.parse().map(Value::Number).ok());
        self.at += rest.len() - signed.len() + length;
        value.map_or_else(|| self.unreadable("a number"), Ok)
    }

    /// `"…"` with escapes, on one line.
    fn quoted(&mut self) -> Result<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.find(['"', '\\', '\n']).unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            let end = rest[plain..].bytes().next();
            self.at += plain;
            match end {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return self.unreadable("the closing quote of a text"),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let escape = self.rest()[1..].chars().next();
        let plain = match escape {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            Some(same @ ('"' | '\\' | '`' | '\'')) => same,
            Some('u') => {
                let digits = self.rest().get(2..6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                let Some(character) = digits.and_then(char::from_u32) else {
                    return self.unreadable("an escape of four digits");
                };
                self.at += 6;
                return Ok(character);
            }
            _ => return self.unreadable("an escape that Rhai has"),
        };
        self.at += 2;
        Ok(plain)
    }

    /// `` `…` `` over several lines, in which a backtick is written twice; nothing is interpolated in a header.
    fn raw(&mut self) -> Result<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some(plain) = rest.find('`') else { return self.unreadable("the closing backtick of a text") };
            if let Some(at) = rest[..plain].find("${") {
                self.at += at;
                return self.unreadable("a text without `${`");
            }
            text.push_str(&rest[..plain]);
            let doubled = rest[plain..].starts_with("``");
            self.at += plain + 1 + usize::from(doubled);
            if !doubled {
                // A line break right after the opening backtick is not part of the text.
                return Ok(text.strip_prefix("\r\n").or(text.strip_prefix('\n')).map(str::to_owned).unwrap_or(text));
            }
            text.push('`');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Literal, Value, header};
    use crate::policy::builtin;
    use crate::policy::script::Parser;
    use rhai::Dynamic;

    pub(super) fn same(own: &Literal, engine: &Dynamic) -> bool {
        match &own.value {
            Value::Flag(flag) => engine.as_bool() == Ok(*flag),
            Value::Count(count) => engine.as_int() == Ok(*count),
            Value::Number(number) => engine.as_float() == Ok(*number),
            Value::Text(text) => engine.as_immutable_string_ref().is_ok_and(|other| other.as_str() == text),
            Value::List(items) => engine.as_array_ref().is_ok_and(|others| {
                items.len() == others.len() && items.iter().zip(others.iter()).all(|(item, other)| same(item, other))
            }),
            Value::Map(entries) => engine.as_map_ref().is_ok_and(|map| {
                entries.len() == map.len()
                    && entries
                        .iter()
                        .all(|entry| map.get(entry.key.as_str()).is_some_and(|other| same(&entry.value, other)))
            }),
        }
    }

    #[test]
    fn headers_are_read_as_rhai_reads_them() {
        let parser = Parser::default();
        for (id, source) in builtin().rules {
            let (own, _) = header(source.text()).ok().flatten().unwrap_or_else(|| panic!("{id} has no header"));
            let ast = parser.parse(source.text()).unwrap_or_else(|error| panic!("{id}: {error}"));
            let read =
                ast.iter_literal_variables(true, false).find(|(name, ..)| *name == "RULE").map(|(_, _, value)| value);
            assert!(read.is_some_and(|value| same(&own, &value)), "{id}");
        }
    }
}
