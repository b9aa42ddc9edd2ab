//! Purposes that are the name of the change: which system goes to which version, and nothing of what that is good for.

use super::effects::{COMMONPLACE, EFFECTS, SPECIFIC};
use super::{has_stem, is_occasion, is_version, words_of};
use crate::policy::functions::known::{list, text};
use crate::policy::functions::vague::is_commonplace;
use crate::proposal::Tree;
use crate::proposal::filler::{is_filler, sentence};

/// More words than these, besides versions and filling, say something else.
const MOST_NAMES: usize = 8;

/// Verbs by which a name is put into a sentence.
const MOVING: &[&str] = &[
    "replace",
    "replaces",
    "replacing",
    "bring",
    "brings",
    "bringing",
    "change",
    "changes",
    "changing",
    "deploy",
    "deploys",
    "deploying",
    "deployment",
    "transition",
    "introduce",
    "introduces",
    "roll",
    "rolls",
    "rollout",
    "set",
    "put",
    "take",
    "takes",
    "step",
    "instead",
    "migrates",
    "migrating",
    "migration",
    "bumping",
    "installing",
    "apply",
    "applies",
    "applying",
    "use",
    "make",
    "makes",
    "goes",
    "see",
    "want",
    "wants",
    "production",
    "ship",
    "shipping",
    "lift",
    "shift",
    "raise",
    "adopt",
    "land",
    "push",
    "advance",
    "jump",
    "possible",
    "due",
    "because",
    "when",
    "if",
    "runs",
];

/// With these a sentence says what is no longer so, and not what goes where.
const NEGATIONS: &[&str] = &["no", "not", "never", "without", "longer"];

/// Verbs of effects that a purpose of two words may begin with.
const SHORT: &[&str] = &[
    "support", "enabl", "clos", "fix", "prevent", "remov", "unblock", "restor", "stop", "add", "allow", "avoid",
    "reduc", "encrypt",
];

/// What says as little as a filler behind such a verb.
const ANYTHING: &[&str] = &[
    "ticket",
    "tickets",
    "whatever",
    "anything",
    "nonsense",
    "production",
    "stuff",
    "issue",
    "incident",
    "something",
    "all",
    "value",
    "risk",
    "risks",
    "business",
    "operations",
    "management",
    "progress",
    "deployment",
    "plan",
    "normality",
];

/// See `only_names_change` in [`super::super::text::FUNCTIONS`].
pub fn only_names_change(tree: &Tree, purpose: &str) -> bool {
    let lower = purpose.to_lowercase();
    let words: Vec<_> = words_of(&lower);
    // Most purposes say more, and need not be held against the names.
    let telling = words.iter().filter(|word| !is_occasion(word) && !MOVING.contains(word));
    telling.count() <= MOST_NAMES && is_name(&words, &names(tree).to_lowercase())
}

/// Whether words are names of what changes, the versions from which and to which, and what puts them into a sentence. A version of something else says what it is
/// for, and so does who needs it, or what no longer works.
fn is_name(words: &[&str], names: &str) -> bool {
    let names = words_of(names);
    // Of 16.4 one may say 16.
    let begins =
        |word: &str| names.iter().any(|name| name.strip_prefix(word).is_some_and(|rest| rest.starts_with('.')));
    let is_named = |word: &&str| names.contains(word) || is_version(word) && begins(word);
    let is_own = |word: &&str| {
        let filling = !is_version(word) && (MOVING.contains(word) || is_occasion(word));
        is_named(word) || filling && !NEGATIONS.contains(word)
    };
    words.iter().any(is_named) && words.iter().all(is_own)
}

/// See `names_effect` in [`super::super::text::FUNCTIONS`].
pub fn names_effect(tree: &Tree, purpose: &str) -> bool {
    let lower = purpose.to_lowercase();
    let words = words_of(&lower);
    let [first, .., last] = *words else { return false };
    // What is said of the system or the ticket alone is no effect on anything.
    words.len() <= 3
        && is_effect_on(first, last)
        && !words_of(&names(tree).to_lowercase()).contains(&last)
        && !words.iter().any(|word| is_filler(word))
        && !is_commonplace(&sentence(purpose))
}

/// Whether two words are what is done and on what.
fn is_effect_on(verb: &str, what: &str) -> bool {
    let is_word = what.chars().nth(2).is_some() || what.chars().any(|c| c.is_ascii_digit());
    let says = has_stem(what, SPECIFIC) || !has_stem(what, EFFECTS);
    has_stem(verb, SHORT)
        && is_word
        && says
        && !(is_occasion(what) || COMMONPLACE.contains(&what) || ANYTHING.contains(&what))
}

/// All that names the system, what of it is changed and where, and by what that is known.
fn names(tree: &Tree) -> String {
    const SINGLE: &[&[&str]] =
        &[&["id"], &["ticket"], &["system", "id"], &["system", "name"], &["change", "environment"]];
    let single = SINGLE.iter().filter_map(|path| tree.text(tree.path(path)?));
    let parts = || tree.path(&["change"]).into_iter().chain(list(tree, &["change", "components"]).iter().copied());
    let changed: Vec<_> = parts().filter_map(|part| text(tree, part, "component")).collect();
    let of_part = |part| ["component", "from", "to", "package_url"].map(|field| text(tree, part, field));
    let products = list(tree, &["system", "components"]).iter().filter_map(|&component| {
        changed.contains(&text(tree, component, "name")?).then(|| text(tree, component, "product"))?
    });
    let plain = [list(tree, &["change", "sites"]), list(tree, &["reason", "incidents"])].concat();
    let plain = plain.into_iter().filter_map(|item| tree.text(item));
    single.chain(parts().flat_map(of_part).flatten()).chain(products).chain(plain).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{is_effect_on, is_name};
    use crate::policy::functions::purpose::words_of;

    #[test]
    fn a_name_is_no_purpose() {
        let names =
            "payments-db payments database 15.8 16.4 postgresql production ops-812 invoice-workflow wiki 2.31.0 2.31.2";
        for purpose in [
            "postgresql 16.4",
            "invoice-workflow",
            "wiki 2.31.0 to 2.31.2",
            "replace postgresql 15.8 with 16.4",
            "replacing 2.31.0 by 2.31.2",
            "migrating to 2.31.2",
            "bring payments to 16.4",
            "postgresql 16.4 (ops-812)",
            "deploy postgresql 16.4 in production",
            "we want 16.4",
            "15.8 to 16.4",
            "the wiki is at 2.31.0 and goes to 2.31.2",
            "see ops-812",
            "database 16",
        ] {
            assert!(is_name(&words_of(purpose), names), "{purpose}");
        }
        for purpose in [
            "export runs on the standby",
            "dark mode",
            "postgresql 16.4 ends the lock waits",
            "tls 1.3",
            "kubernetes",
            "bug fixes in postgresql 16.4",
            "debian 13 needs wiki 2.31.2",
            "wiki must run on 13",
            "so that the wiki runs on debian 13",
            "prometheus needs wiki 2.31.2",
            "2.31.0 no longer runs on debian 13",
            "wiki in 200 ms",
            "the database has no audit log",
            "payments is required",
            "supports ipv6",
            "",
        ] {
            assert!(!is_name(&words_of(purpose), names), "{purpose}");
        }
    }

    #[test]
    fn two_words_may_be_an_effect_and_on_what() {
        for (verb, what) in [
            ("supports", "ipv6"),
            ("enables", "passkeys"),
            ("adds", "passkeys"),
            ("removes", "deadlocks"),
            ("fixes", "crashes"),
            ("fixes", "export"),
        ] {
            assert!(is_effect_on(verb, what), "{verb} {what}");
        }
        for (verb, what) in [
            ("let", "go"),
            ("enables", "x"),
            ("problem", "solved"),
            ("bug", "fixing"),
            ("supports", "things"),
            ("closes", "ticket"),
            ("fixes", "whatever"),
            ("stops", "nonsense"),
            ("fix", "it"),
            ("supports", "production"),
        ] {
            assert!(!is_effect_on(verb, what), "{verb} {what}");
        }
    }
}
