//! What is wrong with a calendar, before it is known in which text: a code, words and the bytes.

use crate::finding::Fault;
use crate::source::{Place, Source, Span};
use std::sync::Arc;

/// Something wrong at a place of the text that is being read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wrong {
    code: &'static str,
    message: String,
    help: String,
    at: Vec<(Span, &'static str)>,
}

impl Wrong {
    pub fn new(code: &'static str, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into(), at: vec![(span, "here")] }
    }

    /// The same with one more place.
    pub fn and(mut self, span: Span, text: &'static str) -> Self {
        self.at.push((span, text));
        self
    }

    pub fn into_fault(self, source: &Arc<Source>) -> Fault {
        let fault = Fault::new(self.code, self.message).help(self.help);
        self.at.into_iter().fold(fault, |fault, (span, text)| fault.at(Place::new(source, span), text))
    }
}

/// All that is wrong with one text, up to a bound.
#[derive(Debug, Default)]
pub(super) struct Wrongs(Vec<Wrong>);

impl Wrongs {
    /// Of a hostile text the first twenty say what there is to say.
    pub const MOST: usize = 20;

    pub fn push(&mut self, wrong: Wrong) {
        if self.0.len() < Self::MOST {
            self.0.push(wrong);
        }
    }

    /// The value, or none with what is wrong kept.
    pub fn keep<T>(&mut self, result: Result<T, Wrong>) -> Option<T> {
        result.map_err(|wrong| self.push(wrong)).ok()
    }

    pub fn is_full(&self) -> bool {
        self.0.len() >= Self::MOST
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn into_faults(mut self, source: &Arc<Source>) -> Vec<Fault> {
        self.0.sort_by_key(|wrong| wrong.at.first().map(|(span, _)| *span));
        self.0.into_iter().map(|wrong| wrong.into_fault(source)).collect()
    }
}

/// What a user wrote, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
