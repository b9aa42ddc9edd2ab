//! Words that a choice does not have: `scale == "rutine"` never holds, and nobody would see it.

use super::{Reader, What};
use crate::policy::fault::misuse;
use crate::policy::script::{At, Node, Op};
use crate::proposal::model::PROPOSAL;
use crate::proposal::problem::nearest;

/// Arguments of functions of the gate that are words: which argument of which, and the field that has the words.
const ARGUMENTS: &[(&str, usize, &[&str])] = &[
    ("may_skip", 0, &["fast_track", "skips"]),
    ("approved_as", 0, &["approvals", "role"]),
    ("contacts_for", 0, &["support", "contacts", "roles"]),
    ("untold", 0, &["communication", "notices", "to"]),
    ("latest_test", 1, &["deploy", "late_tests", "of"]),
];

/// Functions of the gate that give such a word.
const RESULTS: &[(&str, &[&str])] = &[("weekday", &["system", "peak_periods", "days"])];

/// What stands at a path in a proposal, or in the lists there.
fn field(path: &[&str]) -> What {
    let step = |at: What, name: &&str| match at {
        What::Object(shape) => shape.field(name).map_or(What::Unknown, |field| What::of(&field.kind)),
        _ => What::Unknown,
    };
    let inner = |what: What| if let What::List(_) = what { what.item() } else { what };
    path.iter().fold(What::Object(&PROPOSAL), |at, name| inner(step(at, name)))
}

/// What a function of the gate gives, where that is one of the words of a field.
pub(super) fn result(function: &str) -> Option<What> {
    RESULTS.iter().find(|(name, _)| *name == function).map(|(_, path)| field(path))
}

impl Reader<'_> {
    /// Holds the arguments of a function of the gate against the words that they can be.
    pub(super) fn given(&mut self, function: &str, parts: &[At]) {
        for (_, number, path) in ARGUMENTS.iter().filter(|(name, ..)| *name == function) {
            if let Some(part) = parts.get(*number) {
                self.word(field(path), *part);
            }
        }
    }

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
