//! One property: `DTSTART;TZID=Europe/Berlin:20261218T180000` is a name, parameters and a value.

use super::line::Line;
use super::wrong::{Wrong, shown};
use crate::source::Span;
use std::ops::Range;

/// A property of a component. Names are compared without regard to case.
#[derive(Debug)]
pub(super) struct Property<'s> {
    line: Line<'s>,
    name: Range<usize>,
    params: Vec<(Range<usize>, Range<usize>)>,
    value: Range<usize>,
}

impl<'s> Property<'s> {
    /// Reads a content line.
    pub fn read(line: Line<'s>) -> Result<Self, Wrong> {
        if let Some((at, c)) = line.text.char_indices().find(|(_, c)| c.is_control() && *c != '\t') {
            let message = format!("a control character (U+{:04X}) stands in this line", u32::from(c));
            return Err(syntax(line.span(at..at + c.len_utf8()), message));
        }
        let name = 0..name_end(&line.text, 0);
        if name.is_empty() {
            return Err(syntax(line.whole(), "this line does not begin with the name of a property"));
        }
        let mut params = Vec::new();
        let mut at = name.end;
        while line.text.as_bytes().get(at) == Some(&b';') {
            let param = at + 1..name_end(&line.text, at + 1);
            if param.is_empty() || line.text.as_bytes().get(param.end) != Some(&b'=') {
                return Err(syntax(line.span(at..at + 1), "no parameter and its `=` follow this semicolon"));
            }
            let value = param.end + 1..param_end(&line, param.end + 1)?;
            at = value.end;
            params.push((param, value));
        }
        if line.text.as_bytes().get(at) != Some(&b':') {
            return Err(syntax(line.whole(), "this line has no colon after the name and parameters of a property"));
        }
        let value = at + 1..line.text.len();
        Ok(Self { line, name, params, value })
    }

    pub fn name(&self) -> &str {
        self.text(&self.name)
    }

    pub fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    pub fn value(&self) -> &str {
        self.text(&self.value)
    }

    /// The place of a range of the value.
    pub fn within(&self, range: Range<usize>) -> Span {
        self.line.span(self.value.start + range.start..self.value.start + range.end)
    }

    /// The place of the value.
    pub fn value_span(&self) -> Span {
        if self.value.is_empty() { self.span() } else { self.line.span(self.value.clone()) }
    }

    /// The place of the whole property.
    pub fn span(&self) -> Span {
        self.line.whole()
    }

    /// A parameter that can stand once, without its quotes, and its place.
    pub fn param(&self, name: &str) -> Result<Option<(&str, Span)>, Wrong> {
        let mut found = self.params.iter().filter(|(param, _)| self.text(param).eq_ignore_ascii_case(name));
        let Some((_, value)) = found.next() else { return Ok(None) };
        if let Some((again, _)) = found.next() {
            return Err(syntax(self.line.span(again.clone()), format!("the parameter `{name}` stands twice")));
        }
        let text = self.text(value);
        let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        Ok(Some((text, self.line.span(value.clone()))))
    }

    /// The items of a value that is a list, with their places. Commas that are escaped do not part.
    pub fn items(&self) -> impl Iterator<Item = (&str, Span)> {
        let mut from = 0;
        let mut escaped = false;
        let value = self.value();
        let ends = value.bytes().enumerate().filter_map(move |(at, byte)| {
            let parts = byte == b',' && !escaped;
            escaped = byte == b'\\' && !escaped;
            parts.then_some(at)
        });
        ends.chain(std::iter::once(value.len())).map(move |end| {
            let range = from..end;
            from = end + 1;
            (value.get(range.clone()).unwrap_or_default(), self.within(range))
        })
    }

    fn text(&self, range: &Range<usize>) -> &str {
        self.line.text.get(range.clone()).unwrap_or_default()
    }
}

/// Text as it is meant: `\,`, `\;`, `\\` and `\n` are what they stand for.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(c) => plain.push(c),
                None => plain.push('\\'),
            },
            c => plain.push(c),
        }
    }
    plain
}

/// Text of one line: what a reader sees of it in a list.
pub(super) fn one_line(text: &str) -> String {
    unescaped(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn name_end(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count()
}

/// The end of the value of a parameter, in which `;`, `:` and `,` are quoted.
fn param_end(line: &Line<'_>, from: usize) -> Result<usize, Wrong> {
    let mut quoted = None;
    for (at, byte) in line.text.bytes().enumerate().skip(from) {
        match byte {
            b'"' => quoted = if quoted.is_some() { None } else { Some(at) },
            b';' | b':' if quoted.is_none() => return Ok(at),
            _ => {}
        }
    }
    match quoted {
        Some(at) => Err(syntax(line.span(at..at + 1), "this quotation mark is not closed")),
        None => Ok(line.text.len()),
    }
}

fn syntax(span: Span, message: impl Into<String>) -> Wrong {
    Wrong::new("calendar/syntax", span, message, "a line is NAME;PARAMETER=value:value, as RFC 5545 has it")
}

/// A value that is none of those that can stand here.
pub(super) fn unread(property: &Property<'_>, text: &str, span: Span, help: &str) -> Wrong {
    let message = format!("`{}` is no value of {}", shown(text), property.name().to_ascii_uppercase());
    Wrong::new("calendar/bad-value", span, message, help)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn read(text: &str) -> Result<Property<'_>, Wrong> {
        Property::read(lines(text).next().unwrap())
    }

    #[test]
    fn names_parameters_and_values() {
        let property = read("dtstart;X=\"a;b:c\";tzid=Europe/Ber\r\n lin:2026:1").unwrap();
        assert!(property.is("DTSTART"));
        assert_eq!(property.param("X").unwrap().unwrap().0, "a;b:c");
        assert_eq!(property.param("TZID").unwrap().unwrap(), ("Europe/Berlin", Span::new(23, 39)));
        assert_eq!((property.value(), property.value_span()), ("2026:1", Span::new(40, 46)));
        assert_eq!(property.param("VALUE"), Ok(None));
        assert!(read("A;X=1;X=2:").unwrap().param("X").is_err());
    }

    #[test]
    fn what_is_no_property_is_refused() {
        for text in [
            "no colon",
            ":value",
            "A;:b",
            "A;X:b",
            "A;X=\"1:2",
            "A",
            "Ä:1",
            "A:\u{0}",
            "A:\u{7f}",
            "A:1\rB:2",
            "A;=1:2",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn lists_part_at_commas_that_are_not_escaped() {
        let property = read(r"CATEGORIES:a,b\,c,\\,,d").unwrap();
        let items: Vec<_> = property.items().map(|(text, _)| unescaped(text)).collect();
        assert_eq!(items, ["a", "b,c", r"\", "", "d"]);
        assert_eq!(property.items().nth(1).unwrap().1, Span::new(13, 17));
        assert_eq!(one_line(r"year\n end\; \u  freeze\"), r"year end; u freeze\");
    }
}
