//! Words that a choice does not have: `scale == "rutine"` never holds, and nobody would see it.

use super::{Reader, What};
use crate::policy::fault::misuse;
use crate::proposal::problem::nearest;
use rhai::{Expr, FnCallExpr};

impl Reader<'_> {
    /// Holds a comparison, or `in`, against the words that one side can be.
    pub(super) fn compared(&mut self, call: &FnCallExpr, sides: &[What]) {
        let ([left, right], [first, second]) = (call.args.as_slice(), sides) else { return };
        match call.name.as_str() {
            "==" | "!=" => {
                self.word(*first, right);
                self.word(*second, left);
            }
            // `item in list` calls `contains(list, item)`.
            "contains" => {
                self.word(first.item(), right);
                if let Expr::Array(items, _) = left {
                    items.iter().for_each(|item| self.word(*second, item));
                }
            }
            _ => {}
        }
    }

    fn word(&mut self, what: What, other: &Expr) {
        let (Some(words), Expr::StringConstant(word, position)) = (what.words(), other) else { return };
        if words.contains(&word.as_str()) {
            return;
        }
        let help = match nearest(word, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("what it can be: {}", words.join(", ")),
        };
        let message = format!("it compares with `{word}`, which this can't be");
        self.wrong.push((*position, misuse("policy/unknown-word", message, help)));
    }
}
