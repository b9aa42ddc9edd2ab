//! Purposes that are the name of the change: which system goes to which version, and nothing of what that is good for.

use super::effects::{COMMONPLACE, EFFECTS};
use super::{has_stem, is_occasion, is_version, words_of};
use crate::policy::functions::known::{list, text};
use crate::policy::functions::vague::is_commonplace;
use crate::proposal::Tree;
use crate::proposal::filler::{is_filler, sentence};

/// More words than these, besides versions and filling, say something else.
const MOST_NAMES: usize = 8;

/// So many words of the title may stand beside a version: the title may say what is gained in as many words as the purpose.
const MOST_OF_TITLE: usize = 2;

/// Verbs by which a name is put into a sentence.
const MOVING: &[&str] = &[
    "replace",
    "replaces",
    "bring",
    "brings",
    "need",
    "needs",
    "needed",
    "must",
    "require",
    "requires",
    "required",
    "change",
    "changes",
    "deploy",
    "deploys",
    "deployment",
    "transition",
    "introduce",
    "introduces",
    "roll",
    "rolls",
    "rollout",
    "want",
    "wants",
    "set",
    "put",
    "take",
    "takes",
    "step",
    "instead",
];

/// Verbs of effects that a purpose of two words may begin with.
const SHORT: &[&str] = &["support", "enabl", "clos", "fix", "prevent", "remov", "unblock", "restor", "stop"];

/// See `only_names_change` in [`super::super::text::FUNCTIONS`].
pub fn only_names_change(tree: &Tree, purpose: &str) -> bool {
    let lower = purpose.to_lowercase();
    let words: Vec<_> = words_of(&lower);
    // Most purposes say more, and need not be held against the names.
    let telling = words.iter().filter(|word| !is_occasion(word) && !MOVING.contains(word));
    if telling.count() > MOST_NAMES {
        return false;
    }
    let title = tree.path(&["title"]).and_then(|title| tree.text(title)).unwrap_or_default();
    is_name(&words, &names(tree).to_lowercase(), &title.to_lowercase())
}

/// Whether words are names, and what puts them into a sentence.
fn is_name(words: &[&str], names: &str, title: &str) -> bool {
    let (names, title) = (words_of(names), words_of(title));
    let has_version = words.iter().any(|word| is_version(word));
    let is_moved = |word: &&&str| !is_version(word) && !MOVING.contains(*word) && !is_occasion(word);
    let others: Vec<_> = words.iter().filter(is_moved).filter(|word| !names.contains(word)).collect();
    let named = words.iter().any(|word| names.contains(word));
    match others.as_slice() {
        [] => has_version || named,
        few => {
            has_version
                && few.len() <= MOST_OF_TITLE
                && few.iter().all(|word| title.contains(*word) && !is_effect(word))
        }
    }
}

/// See `names_effect` in [`super::super::text::FUNCTIONS`].
pub fn names_effect(purpose: &str) -> bool {
    let lower = purpose.to_lowercase();
    let words = words_of(&lower);
    let on_what = |word: &&str| {
        let is_word = word.chars().nth(2).is_some() || word.chars().any(|c| c.is_ascii_digit());
        is_word && !(is_occasion(word) || COMMONPLACE.contains(word) || has_stem(word, EFFECTS))
    };
    matches!(*words, [first, .., last] if words.len() <= 3 && has_stem(first, SHORT) && on_what(&last))
        && !words.iter().any(|word| is_filler(word))
        && !is_commonplace(&sentence(purpose))
}

/// Whether a word says what is gained, and not merely what any release claims for itself.
fn is_effect(word: &str) -> bool {
    has_stem(word, EFFECTS) && !COMMONPLACE.contains(&word) && !is_occasion(word)
}

/// All that names the system, what of it is changed and where, and by what that is known.
fn names(tree: &Tree) -> String {
    const SINGLE: &[&[&str]] =
        &[&["id"], &["ticket"], &["system", "id"], &["system", "name"], &["change", "environment"]];
    let single = SINGLE.iter().filter_map(|path| tree.text(tree.path(path)?));
    let parts = tree.path(&["change"]).into_iter().chain(list(tree, &["change", "components"]).iter().copied());
    let of_part = |part| ["component", "from", "to", "package_url"].map(|field| text(tree, part, field));
    let of_component = |&component| ["name", "product"].map(|field| text(tree, component, field));
    let components = list(tree, &["system", "components"]).iter().flat_map(of_component);
    let plain = [list(tree, &["change", "sites"]), list(tree, &["reason", "incidents"])].concat();
    let plain = plain.into_iter().filter_map(|item| tree.text(item));
    let names = single.chain(parts.flat_map(of_part).chain(components).flatten()).chain(plain);
    names.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{is_name, names_effect};
    use crate::policy::functions::purpose::words_of;

    #[test]
    fn a_name_is_no_purpose() {
        let names =
            "payments-db payments database 15.8 16.4 postgresql production ops-812 invoice-workflow support portal";
        let title = "kubernetes 1.30.4 to 1.31.2: export runs on the standby, dark mode";
        for purpose in [
            "postgresql 16.4",
            "invoice-workflow",
            "support portal 2.31.0 to 2.31.2",
            "replace postgresql 15.8 with 16.4",
            "needed: payments 16.4",
            "bring payments to 16.4",
            "postgresql 16.4 (ops-812)",
            "deploy postgresql 16.4 in production",
            "we want 16.4",
            "15.8 to 16.4",
            "kubernetes 1.31.2",
        ] {
            assert!(is_name(&words_of(purpose), names, title), "{purpose}");
        }
        for purpose in [
            "export runs on the standby",
            "dark mode",
            "dark mode, export and standby 16.4",
            "postgresql 16.4 ends the lock waits",
            "tls 1.3",
            "kubernetes",
            "bug fixes in postgresql 16.4",
            "supports ipv6",
            "",
        ] {
            assert!(!is_name(&words_of(purpose), names, title), "{purpose}");
        }
    }

    #[test]
    fn two_words_may_be_an_effect_and_on_what() {
        for purpose in ["Supports IPv6", "Enables passkeys", "Fixes the export"] {
            assert!(names_effect(purpose), "{purpose}");
        }
        for purpose in [
            "Let's go",
            "Closes TBD",
            "Ends n/a",
            "Enables x",
            "lets do it",
            "problem solved",
            "Restore the backup",
            "Restore backup if needed",
            "Restore the backup if needed, 2026",
            "fix it",
            "bug fixing",
            "supports things",
            "supports",
        ] {
            assert!(!names_effect(purpose), "{purpose}");
        }
    }
}
