//! A TOML text as the same kind of tree, so that the configuration is checked by the same reader as proposals are.

use super::Document;
use super::read::is_tiny;
use super::tree::{Children, Data, Node, Tree};
use crate::finding::Fault;
use crate::source::{Place, Source, Span};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Entry<'t, 'i> = (Option<Range<usize>>, Option<&'t str>, &'t Spanned<DeValue<'i>>);

impl Document {
    /// Reads a TOML text. Dates and times become texts, as a JSON document would hold them.
    ///
    /// # Errors
    /// All syntax errors, each with its place.
    ///
    /// ```
    /// use changegate::document::{Document, Kind};
    /// let document = Document::parse_toml("a.toml", "[a]\nb = 2026-11-21T02:00:00Z").unwrap();
    /// assert_eq!(document.at("/a/b").unwrap().kind(), Kind::String("2026-11-21T02:00:00Z"));
    /// ```
    pub fn parse_toml(name: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let source = Arc::new(Source::new(name, text.to_owned()));
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(errors.iter().map(|error| syntax(&source, error)).collect());
        }
        let mut builder = Builder { source: &source, tree: Tree::default(), faults: Vec::new() };
        builder.node(Span::new(0, text.len()), Span::default(), 0, 0, Data::Null);
        builder.table(table.get_ref(), 0);
        let Builder { mut tree, faults, .. } = builder;
        // Tables may be written in any order, and texts are looked up by place.
        tree.decoded.sort_by_key(|(start, _)| *start);
        if faults.is_empty() { Ok(Self { source, tree }) } else { Err(faults) }
    }
}

fn syntax(source: &Arc<Source>, error: &toml::de::Error) -> Fault {
    let span = error.span().map_or_else(Span::default, |range| span(&range));
    let message = error.message().lines().next().unwrap_or_default().to_owned();
    Fault::new("config/syntax", format!("this is not valid TOML: {message}"))
        .help("see https://toml.io for the format; `changegate init` writes a file to start from")
        .at(Place::new(source, span), "here")
}

fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

struct Builder<'s> {
    source: &'s Arc<Source>,
    tree: Tree,
    faults: Vec<Fault>,
}

impl Builder<'_> {
    fn node(&mut self, span: Span, key: Span, parent: u32, index: u32, data: Data) -> u32 {
        self.tree.nodes.push(Node { span, key, parent, index, data });
        self.tree.nodes.len() as u32 - 1
    }

    fn table(&mut self, table: &DeTable<'_>, id: u32) {
        let mut entries: Vec<Entry<'_, '_>> =
            table.iter().map(|(key, value)| (Some(key.span()), Some(key.get_ref().as_ref()), value)).collect();
        entries.sort_by_key(|(key, ..)| key.as_ref().map(|key| key.start));
        let len = entries.len() as u32;
        self.children(&entries, id);
        self.tree.nodes[id as usize].data = Data::Object(Children { len, next: self.tree.nodes.len() as u32 });
    }

    fn children(&mut self, entries: &[Entry<'_, '_>], parent: u32) {
        for (index, (key, name, value)) in entries.iter().enumerate() {
            let key_span = key.as_ref().map(span).unwrap_or_default();
            if let Some(name) = name {
                self.tree.decoded.push((key_span.start, (*name).into()));
            }
            self.value(value, key_span, parent, index as u32);
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, key: Span, parent: u32, index: u32) {
        let own = span(&value.span());
        let id = self.node(own, key, parent, index, Data::Null);
        let data = match value.get_ref() {
            DeValue::Boolean(flag) => Data::Bool(*flag),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Data::Integer(number),
                Err(_) => self.out_of_range(own),
            },
            DeValue::Float(text) => match text.as_str().parse::<f64>() {
                Ok(number) if number.is_finite() && !is_tiny(number, text.as_str()) => Data::Float(number),
                _ => self.out_of_range(own),
            },
            DeValue::String(text) => {
                self.tree.decoded.push((own.start, text.as_ref().into()));
                Data::Text
            }
            DeValue::Datetime(time) => {
                self.tree.decoded.push((own.start, time.to_string().into()));
                Data::Text
            }
            DeValue::Array(items) => {
                let entries: Vec<Entry<'_, '_>> = items.iter().map(|item| (None, None, item)).collect();
                self.children(&entries, id);
                Data::Array(Children { len: entries.len() as u32, next: self.tree.nodes.len() as u32 })
            }
            DeValue::Table(table) => return self.table(table, id),
        };
        self.tree.nodes[id as usize].data = data;
    }

    fn out_of_range(&mut self, at: Span) -> Data {
        let fault = Fault::new("config/out-of-range", "this number is out of range")
            .help("write a finite number, a whole one of at most 19 digits")
            .at(Place::new(self.source, at), "here");
        self.faults.push(fault);
        Data::Null
    }
}
