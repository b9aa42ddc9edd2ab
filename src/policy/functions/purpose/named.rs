//! Purposes that are the name of the change: which system goes to which version, and nothing of what that is good for.

use super::effects::{COMMONPLACE, EFFECTS};
use super::{has_stem, is_occasion, is_version, words_of};
use crate::policy::functions::known::{list, text};
use crate::proposal::Tree;

/// More words than these say something besides.
const MOST_WORDS: usize = 24;

/// See `only_names_change` in [`super::super::text::FUNCTIONS`].
pub fn only_names_change(tree: &Tree, purpose: &str) -> bool {
    let lower = purpose.to_lowercase();
    let words = words_of(&lower);
    // Most purposes are longer, or have a word of what is gained, and need not be held against each name.
    if words.len() > MOST_WORDS || words.iter().any(|word| is_effect(word)) {
        return false;
    }
    let names = names(tree).to_lowercase();
    let names = words_of(&names);
    let is_name = |word: &&str| names.contains(word);
    words.iter().any(|word| is_version(word) || is_name(word))
        && words.iter().all(|word| is_occasion(word) || is_name(word))
}

/// See `names_effect` in [`super::super::text::FUNCTIONS`].
pub fn names_effect(purpose: &str) -> bool {
    let lower = purpose.to_lowercase();
    let words = words_of(&lower);
    let on_what = |word: &&str| !(is_occasion(word) || COMMONPLACE.contains(word) || has_stem(word, EFFECTS));
    words.iter().any(|word| is_effect(word)) && words.iter().any(on_what)
}

/// Whether a word says what is gained, and not merely what any release claims for itself.
fn is_effect(word: &str) -> bool {
    has_stem(word, EFFECTS) && !COMMONPLACE.contains(&word) && !is_occasion(word)
}

/// All that names the system, what of it is changed and where. A title is a name, too, unless it says what is gained.
fn names(tree: &Tree) -> String {
    const SYSTEM: &[&[&str]] = &[&["title"], &["system", "id"], &["system", "name"], &["change", "environment"]];
    let whole = SYSTEM.iter().filter_map(|path| tree.text(tree.path(path)?));
    let titled = |name: &&str| !words_of(&name.to_lowercase()).into_iter().any(is_effect);
    let parts = tree.path(&["change"]).into_iter().chain(list(tree, &["change", "components"]).iter().copied());
    let of_part = |part| ["component", "from", "to", "package_url"].map(|field| text(tree, part, field));
    let sites = list(tree, &["change", "sites"]).iter().filter_map(|&site| tree.text(site));
    whole.filter(titled).chain(parts.flat_map(of_part).flatten()).chain(sites).collect::<Vec<_>>().join(" ")
}
