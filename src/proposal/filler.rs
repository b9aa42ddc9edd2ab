//! Texts that only fill a field, and names that are nobody's.

use arrayvec::{ArrayString, ArrayVec};

/// Phrases that stand for not having thought about it, as whole texts; in lower case, without punctuation at the ends.
pub const FILLERS: &[&str] = &[
    "as always",
    "as before",
    "as needed",
    "as usual",
    "business as usual",
    "coming soon",
    "fill in",
    "fill me in",
    "fixme",
    "if needed",
    "just because",
    "n/a",
    "na",
    "no idea",
    "none",
    "not applicable",
    "not sure yet",
    "nothing special",
    "see above",
    "see below",
    "see ticket",
    "same as last time",
    "standard procedure",
    "tba",
    "tbc",
    "tbd",
    "to be confirmed",
    "to be decided",
    "to be defined",
    "to be determined",
    "todo",
    "to do",
    "unknown",
    "we will see",
    "will be added later",
    "xxx",
    "lorem ipsum",
];

/// Answers to a question that nobody asked: whoever wants to know where or what is told no more by them. In the form of [`FILLERS`].
const ANSWERS: &[&str] = &[
    "all good",
    "fine",
    "looks good",
    "no problem",
    "ok",
    "okay",
    "should be fine",
    "should be ok",
    "should be okay",
    "should work",
    "sure",
    "will be fine",
    "yes",
];

/// What stands where a person should, besides fillers.
pub(super) const NOBODY: &[&str] = &["anybody", "anyone", "no one", "nobody", "noone", "somebody", "someone"];

/// Whether a short text, such as a ticket or a place, only fills the field.
///
/// ```
/// use changegate::proposal::filler::is_filler;
/// assert!(is_filler("n/a") && is_filler("tbd, tbd") && !is_filler("OPS-812"));
/// ```
pub fn is_filler(text: &str) -> bool {
    is_one_filler(text) || is_of_fillers(text)
}

/// Whether a text is several of them, or one again and again: `tbd, n/a`.
fn is_of_fillers(text: &str) -> bool {
    /// More words than these nobody fills in by hand.
    const MOST: usize = 24;
    let is_part = |c: char| !(c.is_alphanumeric() || c == '/');
    let mut words = ArrayVec::<&str, MOST>::new();
    for word in text.split(is_part).filter(|word| !word.is_empty()) {
        // Most texts end this at their first word.
        if words.is_empty() && !begins_filler(word) || words.try_push(word).is_err() {
            return false;
        }
    }
    words.len() > 1 && is_tiled(&words)
}

/// Whether these words are fillers and answers, one after the other.
fn is_tiled(words: &[&str]) -> bool {
    let rest = |filler: &str| {
        let parts = filler.split(' ');
        let length = parts.clone().count();
        let begins = words.len() >= length && parts.zip(words).all(|(part, word)| word.eq_ignore_ascii_case(part));
        begins.then(|| &words[length..])
    };
    words.is_empty() || FILLERS.iter().chain(ANSWERS).filter_map(|filler| rest(filler)).any(is_tiled)
}

/// Whether a filler or an answer begins with a word.
fn begins_filler(word: &str) -> bool {
    let first = word.bytes().next().map(|first| first.to_ascii_lowercase()).filter(u8::is_ascii_lowercase);
    // By its length and its first letter most are none, and need not be held against each.
    let may =
        first.is_some_and(|first| word.len() < 32 && FIRST_WORDS[usize::from(first - b'a')] & 1 << word.len() != 0);
    may && FILLERS.iter().chain(ANSWERS).any(|filler| {
        first == filler.bytes().next()
            && filler.split(' ').next().is_some_and(|begins| begins.eq_ignore_ascii_case(word))
    })
}

/// Whether it is a single one.
fn is_one_filler(text: &str) -> bool {
    // Most texts are longer than any filler, which is seen without making a sentence of them.
    let Some(sentence) = short_sentence(text) else { return false };
    // One letter names nothing; one digit may be a version.
    sentence.chars().nth(1).is_none() && !sentence.starts_with(|c: char| c.is_ascii_digit())
        || may_be_filler(&sentence) && (is_filler_sentence(&sentence) || ANSWERS.contains(&sentence.as_str()))
}

/// The longest filler has fewer bytes than this.
const LONGEST: usize = 24;

/// What [`sentence`] makes of a text, where that is no longer than a filler may be.
fn short_sentence(text: &str) -> Option<ArrayString<LONGEST>> {
    if text.bytes().filter(u8::is_ascii_alphanumeric).nth(LONGEST).is_some() {
        return None;
    }
    let mut words = ArrayString::new();
    if text.is_ascii() {
        each_plain(text.as_bytes(), |c| words.try_push(c).ok())?;
        return Some(words);
    }
    let plain = text.trim_matches(|c: char| !c.is_alphanumeric());
    for word in plain.split(|c: char| !(c.is_alphanumeric() || c == '/')).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.try_push(' ').ok()?;
        }
        word.chars().flat_map(char::to_lowercase).try_for_each(|c| words.try_push(c)).ok()?;
    }
    Some(words)
}

/// Hands on the words of a text of plain letters, of which most texts are, with a space between each two; ends where that ends.
fn each_plain(text: &[u8], mut take: impl FnMut(char) -> Option<()>) -> Option<()> {
    let end = text.iter().rposition(u8::is_ascii_alphanumeric).map_or(0, |last| last + 1);
    let mut parted = false;
    for &byte in text[..end].iter().skip_while(|byte| !byte.is_ascii_alphanumeric()) {
        if !byte.is_ascii_alphanumeric() && byte != b'/' {
            parted = true;
            continue;
        }
        if std::mem::take(&mut parted) {
            take(' ')?;
        }
        take(char::from(byte.to_ascii_lowercase()))?;
    }
    Some(())
}

/// The lengths of the fillers and answers that begin with each letter, as bits.
static LENGTHS: [u32; 26] = lengths(false);

/// The same of their first words.
static FIRST_WORDS: [u32; 26] = lengths(true);

const fn lengths(of_first_words: bool) -> [u32; 26] {
    let mut lengths = [0; 26];
    let mut list = 0;
    while list < 2 {
        let texts = [FILLERS, ANSWERS][list];
        let mut at = 0;
        while at < texts.len() {
            let text = texts[at].as_bytes();
            assert!(text.len() < LONGEST);
            let mut length = 0;
            while length < text.len() && !(of_first_words && text[length] == b' ') {
                length += 1;
            }
            lengths[(text[0] - b'a') as usize] |= 1 << length;
            at += 1;
        }
        list += 1;
    }
    lengths
}

/// Whether a text may be a filler or an answer, by its length and its first letter.
fn may_be_filler(sentence: &str) -> bool {
    sentence.len() < LONGEST
        && matches!(sentence.as_bytes(), [first @ b'a'..=b'z', ..]
            if LENGTHS[usize::from(first - b'a')] >> sentence.len() & 1 == 1)
}

/// Whether the words of a text are a filler.
pub fn is_filler_sentence(sentence: &str) -> bool {
    FILLERS.contains(&sentence)
}

/// Whether a name is no person's. A person may well be called by one letter.
///
/// ```
/// use changegate::proposal::filler::is_nobody;
/// assert!(is_nobody("@TBD") && !is_nobody("@x"));
/// ```
pub fn is_nobody(name: &str) -> bool {
    let words = sentence(name);
    words.is_empty() || is_filler_sentence(&words) || NOBODY.contains(&words.as_str())
}

/// Whether a text can be a reason: it has three words, each another one, or ten letters for languages that part no words: `decommissioned` is one, though it would be
/// no plan.
pub fn is_reason(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    let words: std::collections::BTreeSet<&str> = words.collect();
    words.len() >= 3
        || words.iter().flat_map(|word| word.chars()).filter(|character| character.is_alphabetic()).count() >= 10
}

/// The words of a text in lower case, with a space between each two.
pub fn sentence(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    if text.is_ascii() {
        let _ = each_plain(text.as_bytes(), |c| {
            words.push(c);
            Some(())
        });
        return words;
    }
    let plain = text.trim_matches(|c: char| !c.is_alphanumeric());
    for word in plain.split(|c: char| !(c.is_alphanumeric() || c == '/')).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{is_filler, is_nobody};

    #[test]
    fn a_filler_is_told_however_it_is_dressed() {
        for filler in super::FILLERS {
            assert!(is_filler(&format!("--- {}. ---", filler.to_uppercase())), "{filler}");
        }
    }

    #[test]
    fn fillers_name_nothing() {
        for text in ["TBD", "n/a", "-", "None.", "see ticket", "...", "Yes!", "should be fine"] {
            assert!(is_filler(text), "{text}");
        }
        for text in ["INC-2291", "CVE-2026-41872", "@ada", "backup-2", "20 %", "yes, by @ada"] {
            assert!(!is_filler(text), "{text}");
        }
    }

    #[test]
    fn fillers_are_nobody() {
        for name in ["tbd", "@TBD", "n/a", "N/A", "none", "to-be-determined", "nobody", "no-one", "@", "unknown."] {
            assert!(is_nobody(name), "{name}");
        }
        for name in ["@ada", "x", "@n", "tbd-bot", "payments/oncall", "@na-dia", "@nobody2", "@ok", "@fine"] {
            assert!(!is_nobody(name), "{name}");
        }
    }
}
