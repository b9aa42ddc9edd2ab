//! A rule as lints look at it: its script, and the text that it was made of.

use super::tokens::{Token, Tokens};
use crate::files::Files;
use crate::finding::Fault;
use crate::policy::{At, Entry, Kinds, LiteralValue, Node, Rule, Script, literal, place_at};
use crate::source::{Source, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a lint is given.
#[derive(Debug)]
pub struct Subject<'r> {
    pub files: &'r Files,
    pub rule: &'r Rule,
    pub script: &'r Script,
    pub source: &'r Arc<Source>,
    pub tokens: Tokens<'r>,
    pub kinds: Kinds,
    /// The entries of the header.
    pub header: Vec<Entry>,
}

/// What a lint found in one place.
#[derive(Debug)]
pub struct Found {
    pub span: Span,
    pub message: String,
    /// What is to be said at the place.
    pub label: &'static str,
    pub help: String,
    /// What mends it when it is taken out, where that is safe.
    pub out: Option<Span>,
}

/// What a lint gives: what it found, or why that can't be told.
pub type Answer = Result<Vec<Found>, Vec<Fault>>;

impl Found {
    pub fn new(span: Span, message: impl Into<String>, label: &'static str, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), label, help: help.into(), out: None }
    }
}

impl<'r> Subject<'r> {
    pub fn new(files: &'r Files, rule: &'r Rule) -> Self {
        let source = &rule.source;
        // A rule that was loaded has a header that can be read.
        let header = match literal(source.text()) {
            Ok(Some((literal, _))) => match literal.value {
                LiteralValue::Map(entries) => entries,
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let (script, tokens) = (rule.script(), Tokens::of(source.text()));
        Self { files, rule, script, source, tokens, kinds: Kinds::of(script, &rule.header), header }
    }

    /// What the header says under a key.
    pub fn said(&self, key: &str) -> Option<&Entry> {
        self.header.iter().find(|entry| entry.key == key)
    }

    /// The token at which a node stands.
    pub fn token(&self, at: At) -> Option<usize> {
        self.tokens.at(self.source, self.script.place(at))
    }

    /// The word or sign at which a node stands.
    pub fn word(&self, at: At) -> Span {
        place_at(self.source, self.script.place(at)).span
    }

    /// All of an expression, as far as its parts have places; of a sign between two parts, both are in it.
    pub fn span(&self, at: At) -> Span {
        let own = self.token(at).map(|index| self.whole(index));
        let parts = self.script.made_of(at).into_iter().map(|part| self.span(part)).filter(|span| !span.is_empty());
        let all = parts.chain(own).reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) });
        all.unwrap_or_default()
    }

    /// A token with the brackets that follow it: `len(list)`.
    fn whole(&self, index: usize) -> Span {
        let token = self.tokens.code[index];
        let bracket = ["(", "["].iter().any(|sign| self.tokens.is(index + 1, sign));
        let opens = self.tokens.is(index, "[") || self.tokens.is(index, "{");
        let close = match (bracket, opens) {
            (_, true) => self.tokens.closing(index),
            (true, _) => self.tokens.closing(index + 1),
            _ => None,
        };
        let end = close.map_or(token.end, |close| self.tokens.code[close].span.end);
        Span { start: token.span.start, end }
    }

    /// The name of one of the rule's own functions, and the names of its parameters.
    pub fn function(&self, number: usize) -> Option<(Token, Vec<Token>)> {
        let name = self.script.own.get(number)?;
        let params = self.script.functions.get(number)?.params;
        self.tokens.function(self.script.text(*name), usize::from(params))
    }

    /// The name in `fn check`.
    pub fn check(&self) -> Span {
        self.function(0).map_or_else(Span::default, |(name, _)| name.span)
    }

    /// The functions that `check` comes to, itself among them, by their numbers.
    pub fn reached(&self) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut left = vec![0];
        while let Some(number) = left.pop() {
            let Some(function) = self.script.functions.get(number).filter(|_| reached.insert(number)) else { continue };
            left.extend(self.within(function.body).filter_map(|at| match self.script.node(at) {
                Node::Own(called, _) => Some(usize::from(called)),
                _ => None,
            }));
        }
        reached
    }

    /// All that runs when `check` does: its nodes, and those of the functions that it comes to.
    pub fn running(&self) -> impl Iterator<Item = At> {
        self.reached().into_iter().flat_map(|number| self.within(self.script.functions[number].body))
    }

    /// A node and all that it is made of.
    pub fn within(&self, at: At) -> impl Iterator<Item = At> + use<'r> {
        let script = self.script;
        let mut left = vec![at];
        std::iter::from_fn(move || {
            let at = left.pop()?;
            left.extend(script.made_of(at).into_iter().rev());
            Some(at)
        })
    }

    /// The name of the function of the gate that a node calls, and the arguments.
    pub fn call(&self, at: At) -> Option<(&'r str, &'r [At])> {
        match self.script.node(at) {
            Node::Call(callee, arguments) => {
                let name = self.script.callees[usize::from(callee)].name;
                Some((self.script.text(name), self.script.parts(arguments)))
            }
            _ => None,
        }
    }

    /// Takes a stretch of the text out: whole lines, where nothing else stands on them. None where a comment belongs to it, which would be
    /// left without what it explains.
    pub fn removal(&self, span: Span) -> Option<Span> {
        let text = self.source.text();
        let begin = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let after = &text[span.end as usize..];
        let end = after.find('\n').map_or(text.len(), |at| span.end as usize + at + 1);
        let above = text[..begin].trim_end_matches(['\r', '\n']).rsplit('\n').next().unwrap_or_default().trim();
        let beside = |comment: &Token| comment.span.start < end as u32 && comment.span.end > begin as u32;
        if above.starts_with("//") || above.ends_with("*/") || self.tokens.comments.iter().any(beside) {
            return None;
        }
        let alone =
            text[begin..span.start as usize].trim().is_empty() && text[span.end as usize..end].trim().is_empty();
        // Of two blanks around it one stays.
        let blank = usize::from(after.starts_with(' ') && text[..span.start as usize].ends_with([' ', '{']));
        let part = Span::new(span.start as usize, span.end as usize + blank);
        Some(if alone { Span::new(begin, end) } else { part })
    }
}

/// Whether a function records what a rule has to say.
pub fn reports(name: &str) -> bool {
    matches!(name, "deny" | "warn" | "info" | "deny_when" | "owe" | "help" | "also" | "table")
}
