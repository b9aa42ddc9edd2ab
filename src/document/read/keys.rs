//! Keys: that each is there once.

use super::{Read, Reader};
use crate::document::problem::{DuplicateKey, Problem};
use crate::document::tree::{Tree, between_quotes};
use crate::source::Span;
use std::borrow::Cow;
use std::collections::HashMap;

/// Up to this many keys are compared one by one, which beats hashing them; with more, comparing would let a hostile object
/// cost the square of its size.
const FEW: u32 = 16;

/// The keys of an object that has more than a few. The map's own hash, which is slow and keyed at random, is the right one
/// here: whoever writes the keys must not be able to choose where they fall.
pub(super) type Seen<'t> = Option<Box<HashMap<Cow<'t, str>, Span>>>;

impl<'t> Reader<'t> {
    pub(super) fn refuse_duplicate(&mut self, key: Span) -> Read {
        if self.doubtful.contains(&key.start) {
            return Ok(());
        }
        let Some(first) = self.earlier(key) else { return Ok(()) };
        let text = self.tree.text(self.text, key);
        let problem = Problem::from(DuplicateKey { key: text, first, second: key, source: self.text });
        self.report(problem)
    }

    /// The same key earlier in the innermost object.
    fn earlier(&mut self, key: Span) -> Option<Span> {
        let Self { text, tree, open, doubtful, .. } = self;
        let frame = open.last_mut()?;
        let mut keys = keys(tree, frame.node, frame.len).filter(|other| !doubtful.contains(&other.start));
        if frame.len <= FEW {
            return keys.find(|&other| tree.same(text, key, other));
        }
        let seen = frame.seen.get_or_insert_with(|| {
            let mut seen = HashMap::new();
            for key in keys {
                seen.entry(reading(tree, text, key)).or_insert(key);
            }
            Box::new(seen)
        });
        let first = *seen.entry(reading(tree, text, key)).or_insert(key);
        (first != key).then_some(first)
    }
}

/// The keys of an object so far.
fn keys(tree: &Tree, object: u32, len: u32) -> impl Iterator<Item = Span> {
    let mut next = object + 1;
    (0..len).map(move |_| {
        let id = next;
        next = tree.after(id);
        tree.nodes[id as usize].key
    })
}

fn reading<'t>(tree: &Tree, text: &'t str, key: Span) -> Cow<'t, str> {
    match tree.decoded(key) {
        Some(decoded) => Cow::Owned(decoded.to_owned()),
        None => Cow::Borrowed(between_quotes(text, key)),
    }
}
