//! apk's versions: `number{.number}…{letter}{_suffix{number}}…{~hash}{-rnumber}`.

use super::number::{Number, digits, split};
use std::cmp::Ordering;

/// The key sorts as apk-tools 3 does.
pub(super) type Key<'t> = Vec<Token<'t>>;

/// In the order in which they beat each other in the same place: a version that ends comes before one that goes on, but for suffixes that
/// say that it is not yet released.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Token<'t> {
    Before(usize),
    End,
    Revision(Number<'t>),
    Hash(&'t str),
    SuffixNumber(Number<'t>),
    After(usize),
    Letter(u8),
    Part(Part<'t>),
    First(Number<'t>),
}

/// Suffixes of what comes before a release, and of what comes after it, each in their order.
const BEFORE: [&str; 4] = ["alpha", "beta", "pre", "rc"];
const AFTER: [&str; 5] = ["cvs", "svn", "git", "hg", "p"];

/// A number behind a dot. One with a leading zero is a decimal fraction, and compared as a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part<'t>(&'t str);

impl Ord for Part<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.0.starts_with('0') || other.0.starts_with('0') {
            return self.0.cmp(other.0);
        }
        Number::of(self.0).cmp(&Number::of(other.0))
    }
}

impl PartialOrd for Part<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

pub(super) fn read(text: &str) -> Option<Key<'_>> {
    let (first, mut rest) = some_digits(text)?;
    let mut tokens = vec![Token::First(Number::of(first))];
    while let Some(after) = rest.strip_prefix('.') {
        let part;
        (part, rest) = some_digits(after)?;
        tokens.push(Token::Part(Part(part)));
    }
    if let Some(letter @ b'a'..=b'z') = rest.as_bytes().first() {
        tokens.push(Token::Letter(*letter));
        rest = rest.get(1..).unwrap_or_default();
    }
    while let Some(after) = rest.strip_prefix('_') {
        let (word, after) = split(after, |byte| byte.is_ascii_lowercase());
        let place = |list: &[&str]| list.iter().position(|suffix| *suffix == word);
        tokens.push(place(&BEFORE).map(Token::Before).or_else(|| place(&AFTER).map(Token::After))?);
        let (number, after) = digits(after);
        if !number.is_empty() {
            tokens.push(Token::SuffixNumber(Number::of(number)));
        }
        rest = after;
    }
    if let Some(after) = rest.strip_prefix('~') {
        let (hash, after) = split(after, |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (!hash.is_empty()).then(|| tokens.push(Token::Hash(hash)))?;
        rest = after;
    }
    if let Some(after) = rest.strip_prefix("-r") {
        let (revision, after) = some_digits(after)?;
        tokens.push(Token::Revision(Number::of(revision)));
        rest = after;
    }
    tokens.push(Token::End);
    rest.is_empty().then_some(tokens)
}

fn some_digits(text: &str) -> Option<(&str, &str)> {
    Some(digits(text)).filter(|(number, _)| !number.is_empty())
}
