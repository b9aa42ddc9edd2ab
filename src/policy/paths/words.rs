//! Words that a choice does not have: `scale == "rutine"` never holds, and nobody would see it.

use super::{Reader, What};
use crate::policy::fault::misuse;
use crate::policy::script::{At, Node, Op};
use crate::proposal::problem::nearest;

impl Reader<'_> {
    /// Holds a comparison against the words that one side can be.
    pub(super) fn compared(&mut self, op: Op, [left, right]: [At; 2], [first, second]: [What; 2]) {
        if matches!(op, Op::Equal | Op::Unequal) {
            self.word(first, right);
            self.word(second, left);
        }
    }

    /// Holds `item in list` against the words that the item, or those in the list, can be.
    pub(super) fn contained(&mut self, parts: &[At], whats: &[What]) {
        let ([list, item], [list_is, item_is]) = (parts, whats) else { return };
        self.word(list_is.item(), *item);
        if let Node::List(items) = self.script.node(*list) {
            for item in self.script.parts(items) {
                self.word(*item_is, *item);
            }
        }
    }

    fn word(&mut self, what: What, other: At) {
        let (Some(words), Node::Text(word)) = (what.words(), self.script.node(other)) else { return };
        let word = self.script.text(word);
        if words.contains(&word) {
            return;
        }
        let help = match nearest(word, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("what it can be: {}", words.join(", ")),
        };
        let message = format!("it compares with `{word}`, which this can't be");
        self.wrong.push((other, misuse("policy/unknown-word", message, help)));
    }
}
