//! Purposes: telling a reason to change from the mere occasion for it, as far as English words allow.
//!
//! A text is taken for reactive when it speaks of an occasion (a version is out, somebody recommends it, others have it, it
//! is old) and of nothing else. What it says besides is counted: words that are neither part of an occasion, nor filling, nor
//! a commonplace such as "bug fixes".

mod effects;
mod filling;
mod foreign;
mod named;
mod occasions;

use effects::{COMMONPLACE, EFFECTS, SPECIFIC};
use filling::FILLING;
use foldhash::fast::FixedState;
pub use named::{names_effect, only_names_change};
use occasions::{ALIKE, CURRENT, RUNS};
use std::collections::HashMap;
use std::sync::LazyLock;

/// How far a purpose is merely an occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reactive {
    Surely,
    /// An occasion, with words besides it that may be a purpose.
    Perhaps,
    No,
}

/// How many words besides the occasion a text may have and still surely be one: the name of a product.
const NAMES: usize = 1;

/// See `is_reactive` and `sounds_reactive` in [`super::text::FUNCTIONS`].
pub fn reactive(text: &str) -> Reactive {
    let lower = text.to_lowercase();
    let words = words_of(&lower);
    let spoken = words.iter().fold(0, |spoken, word| spoken | groups_of(word));
    let has = |group: u16| spoken & group != 0;
    let sentence = words.join(" ");
    let speaks = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.contains(phrase));
    let version = words.iter().any(|word| is_version(word));
    let released = has(RELEASE) || version;
    let advised = has(ADVISES) && (has(MAKER) || released) || has(SAYS) && has(MAKER);
    let heard = advised || has(DID) && (has(OTHERS) || has(PEERS) && version);
    let out = has(NEW | OLD | OUT) && released;
    let current = speaks(CURRENT);
    let moved = has(MOVE) && (version || has(NEW | RELEASE));
    let besides = words.iter().filter(|word| !is_occasion(word) && !COMMONPLACE.contains(word)).count();
    if !(heard || out || current || moved) {
        let alike = speaks(ALIKE) && besides <= NAMES;
        return if alike || foreign::is_occasion(&sentence) { Reactive::Perhaps } else { Reactive::No };
    }
    let mut effects = words.iter().filter(|word| has_stem(word, EFFECTS) && groups_of(word) == 0).peekable();
    if effects.peek().is_some() {
        let specific = words.iter().any(|word| has_stem(word, SPECIFIC));
        // What any release claims for itself says no more beside the names of a product and of its maker.
        let enough = if effects.all(|word| COMMONPLACE.contains(word)) { NAMES + 2 } else { 1 };
        return if besides >= enough || specific { Reactive::No } else { Reactive::Perhaps };
    }
    // "Upgrade to TLS 1.3" may well be a purpose: what is named besides the move is more than its occasion.
    let names = if heard || out || current { NAMES } else { 0 };
    match besides {
        few if few <= names => Reactive::Surely,
        some if some <= names + 4 => Reactive::Perhaps,
        _ => Reactive::No,
    }
}

/// Whether a purpose is what any release claims for itself, and no word says on what: see `is_commonplace` in [`super::text::FUNCTIONS`].
pub fn commonplace(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = words_of(&lower);
    words.iter().any(|word| COMMONPLACE.contains(word))
        && words.iter().all(|word| COMMONPLACE.contains(word) || is_occasion(word))
}

fn words_of(lower: &str) -> Vec<&str> {
    let mut words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '.'))
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    // What runs out ends, and is not what is out; what runs out of date is old.
    for at in 1..words.len() {
        if words[at] == "out" && RUNS.contains(&words[at - 1]) && !words[at..].starts_with(&["out", "of", "date"]) {
            (words[at - 1], words[at]) = ("", "expires");
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A bit for each group of words of which an occasion is made.
const NEW: u16 = 1;
const OLD: u16 = 1 << 1;
const RELEASE: u16 = 1 << 2;
const OUT: u16 = 1 << 3;
const MAKER: u16 = 1 << 4;
const ADVISES: u16 = 1 << 5;
const OTHERS: u16 = 1 << 6;
const DID: u16 = 1 << 7;
const MOVE: u16 = 1 << 8;
const SAYS: u16 = 1 << 9;
const PEERS: u16 = 1 << 10;

const GROUPS: [(u16, &[&str]); 11] = [
    (NEW, occasions::NEW),
    (OLD, occasions::OLD),
    (RELEASE, occasions::RELEASE),
    (OUT, occasions::OUT),
    (MAKER, occasions::MAKER),
    (ADVISES, occasions::ADVISES),
    (OTHERS, occasions::OTHERS),
    (DID, occasions::DID),
    (MOVE, occasions::MOVE),
    (SAYS, occasions::SAYS),
    (PEERS, occasions::PEERS),
];

/// The groups of each word of occasions; the words are those of this program, so that nobody can choose how they fall.
static SPOKEN: LazyLock<HashMap<&str, u16, FixedState>> = LazyLock::new(|| {
    let mut spoken = HashMap::default();
    for (group, words) in GROUPS {
        words.iter().for_each(|word| *spoken.entry(*word).or_default() |= group);
    }
    spoken
});

/// The groups that a word belongs to, none for most.
fn groups_of(word: &str) -> u16 {
    SPOKEN.get(word).copied().unwrap_or_default()
}

/// Whether a word begins with one of some stems; most begin with another letter.
fn has_stem(word: &str, stems: &[&str]) -> bool {
    let first = word.as_bytes().first();
    stems.iter().any(|stem| stem.as_bytes().first() == first && word.starts_with(stem))
}

fn is_occasion(word: &str) -> bool {
    is_version(word) || FILLING.contains(&word) || groups_of(word) != 0
}

/// `16.4`, `v5`, `2026`: digits and dots after at most one letter.
fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == 'x')
}

#[cfg(test)]
mod tests {
    use super::Reactive::{self, No, Perhaps, Surely};
    use super::{commonplace, reactive};

    fn all(wanted: Reactive, texts: &[&str]) {
        for text in texts {
            assert_eq!(reactive(text), wanted, "{text}");
        }
    }

    #[test]
    fn an_occasion_is_no_purpose() {
        all(
            Surely,
            &[
                "A new version is out.",
                "There is a newer version",
                "Version 16.4 was released last week.",
                "PostgreSQL 16.4 is available",
                "The vendor recommends it.",
                "The upgrade is recommended by the maker",
                "The vendor recommends PostgreSQL 16.4 for all customers.",
                "Another team did it already",
                "A new version of the payroll connector is out.",
                "Everybody else has upgraded.",
                "The other departments use it too.",
                "To stay up to date",
                "Keep the wiki up-to-date.",
                "Upgrade to the latest version.",
                "Update to 2.31.2",
                "Our version is outdated.",
                "The old version is running out of date.",
                "The version that runs is out.",
                "New release",
                "Renovate opened an update",
                "The platform team moved to 3.9 already, so we follow.",
                "Our colleagues run 16 already",
                "3.9 is the recommended release.",
                "16.4 is recommended",
            ],
        );
    }

    #[test]
    fn an_occasion_with_more_may_be_a_purpose() {
        all(
            Perhaps,
            &[
                "The new version has bug fixes and improvements.",
                "Version 5 is out, with many performance improvements and new features",
                "Upgrade PostgreSQL 15.8 to 16.4 for payments",
                "Update the wiki to 2.31.2",
                "A new version of the payroll connector for the Hamburg branch is out",
                "Dark mode in the latest version",
                "We need the latest version",
                "Wir wollen auf die neueste Version, weil der Hersteller es empfiehlt.",
                "Mise à jour vers la dernière version disponible.",
                "Actualizar a la última versión",
                "バージョン2.31.2が出たため",
                "Regular patch day",
                "Routine maintenance patching",
                "Brings Kafka to the newest version, as Confluent recommends.",
                "So that we are on the same version as staging.",
                "The new version fixes settlement",
            ],
        );
    }

    #[test]
    fn what_any_release_claims_is_a_commonplace() {
        for text in [
            "Improves performance, stability and security.",
            "Makes things better for everyone.",
            "Bug fixes and improvements",
            "More secure, stable and faster",
        ] {
            assert!(commonplace(text), "{text}");
        }
        for text in
            ["Improves the search", "Fixes CVE-2026-41872", "Version 16.4", "We follow", "", "TBD", "バージョン"]
        {
            assert!(!commonplace(text), "{text}");
        }
    }

    #[test]
    fn a_purpose_may_name_its_occasion() {
        all(
            No,
            &[
                "Fixes the search that misses pages with umlauts in their titles.",
                "The new version fixes the deadlock in settlement.",
                "The vendor recommends 16.4 because 15.8 loses rows under load.",
                "Support for the old version ends on 1 March.",
                "The disk runs out of space on 12 January without the compression of 16.",
                "The certificate of version 1 runs out on 19 December",
                "The old release has run out of memory in each of three nights",
                "The old version is no longer supported.",
                "The current release is vulnerable to CVE-2026-41872",
                "The new version lets auditors export the journal.",
                "Gives accounting the new version of the tax tables for 2027",
                "The bank requires the new release of the connector from January.",
                "Moves invoices to the archive, so that month-end closes in an hour",
                "Replaces the outdated disks of berlin-2, two of which have failed",
                "Ends the lock waits of bulk loads during settlement, which stopped bookings on 3 and 11 November; 16 loads the \
             same file in a third of the time.",
                "Closes a hole through which anybody on the network can run code on the server, without logging in.",
                "",
                "TBD",
                "Behebt die Suche nach Titeln mit Umlauten.",
                "Die neue Version behebt den Deadlock in der Abrechnung.",
                "La nouvelle version corrige l'export du journal",
                "La nueva versión corrige la exportación del diario",
                "新バージョンで検索の不具合が修正される",
                "The new version brings dark mode to the terminals of the night shift",
                "Accounting asked for the export of 5.2",
                "The team can export the journal",
                "Lets the new terminals of the branch in Lyon, which arrive on the regular patch day of January, log in",
            ],
        );
    }
}
