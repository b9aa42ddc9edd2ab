//! Texts that say nothing that could be acted on.

mod common;
mod commonplaces;

use crate::proposal::filler::{FILLERS, is_filler, is_filler_sentence, sentence};
use commonplaces::{COMMONPLACES, TRIMMINGS};

/// See `is_vague` in [`super::text::FUNCTIONS`].
pub fn is_vague(text: &str) -> bool {
    !says_early(text) && says_nothing(text) || says_nothing_again(text) || is_filler(text)
}

/// Whether each of several sentences is a commonplace: to say one four times says no more.
fn says_nothing_again(text: &str) -> bool {
    let mut sentences =
        text.split(". ").flat_map(|part| part.split(['!', '?', ';', '\n'])).filter(|part| !part.trim().is_empty());
    let Some(first) = sentences.next().filter(|first| first.len() < text.len()) else { return false };
    // Of most texts the first words show that they say something, and no sentence is made of them.
    !says_early(first) && is_commonplace(&sentence(first)) && sentences.all(|other| is_commonplace(&sentence(other)))
}

/// Whether the first words of a text show that it says something, as those of most do: then the others need not be looked at.
fn says_early(text: &str) -> bool {
    /// Bytes that hold some ten words.
    const FIRST: usize = 60;
    let Some(end) = text.as_bytes().iter().take(FIRST).rposition(|byte| *byte == b' ') else { return false };
    let first = &text[..end];
    // Lower case goes by what stands around in other scripts, and who is named is taken out.
    if !first.is_ascii() || first.contains('@') {
        return false;
    }
    let first = sentence(first);
    let is_telling = |word: &str| word.starts_with(|c: char| c.is_ascii_alphabetic()) && !common::may_be(word);
    says_something(&first) && !first.contains("lorem ipsum") && first.split(' ').any(is_telling)
}

/// The same of all of a text.
fn says_nothing(text: &str) -> bool {
    // Who does it is not what is done.
    let is_handle = |word: &&str| word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@').starts_with('@');
    let names = text.contains('@');
    let unnamed: Vec<&str> = text.split_whitespace().filter(|word| !(names && is_handle(word))).collect();
    let whole = if names { sentence(&unnamed.join(" ")) } else { sentence(text) };
    if !says_something(&whole) {
        return true;
    }
    let kept = unmarked(&unnamed);
    if kept.len() == unnamed.len() { is_commonplace(&whole) } else { is_commonplace(&sentence(&kept.join(" "))) }
}

/// Without the numbers that say nothing, at its ends: those that a list is marked with (`1.`, `(2)`), and figures that belong to
/// nothing, as in `if needed, 100 %`. That of `backup 4711` says which.
fn unmarked<'t, 'w>(words: &'w [&'t str]) -> &'w [&'t str] {
    let bare = |word: &'t str| word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_figure = |word: &'t str| bare(word).chars().all(|c| c.is_ascii_digit());
    let start = words.iter().position(|word| !is_figure(word)).unwrap_or(words.len());
    let last = words.iter().rposition(|word| !is_figure(word)).unwrap_or(start);
    let Some(before) = words[start..].get(last - start) else { return &[] };
    let belongs = bare(before).len() == before.len()
        && (!TRIMMINGS.contains(&before.to_lowercase().as_str()) || ["of", "in"].contains(before));
    let figures = &words[last + 1..];
    let kept = figures.iter().rposition(|word| bare(word).len() > 2).filter(|_| belongs).map_or(0, |at| at + 1);
    &words[start..=last + kept]
}

/// Whether a text is a commonplace or a filler, and what it is dressed with.
pub(super) fn is_commonplace(sentence: &str) -> bool {
    /// Those of the longest commonplace.
    const MOST_WORDS: usize = 8;
    // Most texts end this at their first words, and need not be held against each filler and commonplace.
    if !sentence.split(' ').all(common::may_be) {
        return sentence.starts_with("lorem ipsum");
    }
    if is_filler_sentence(sentence) || sentence.starts_with("lorem ipsum") {
        return true;
    }
    let words: Vec<&str> = sentence.split(' ').collect();
    let telling = |words: &[&str]| words.iter().filter(|word| !TRIMMINGS.contains(word)).count();
    if telling(&words) > MOST_WORDS {
        return false;
    }
    // `There is none.` may be all that there is to say.
    let fillers = FILLERS.iter().filter(|filler| !["none", "unknown", "na", "n/a"].contains(filler));
    COMMONPLACES.iter().chain(fillers).any(|commonplace| {
        let found = (0..words.len()).find_map(|at| Some((at, at + length_at(&words[at..], commonplace)?)));
        found.is_some_and(|(from, to)| telling(&words[..from]) + telling(&words[to..]) == 0)
    })
}

/// How many words a commonplace has, if these begin with it.
fn length_at(words: &[&str], commonplace: &str) -> Option<usize> {
    let mut length = 0;
    for word in commonplace.split(' ') {
        if words.get(length) != Some(&word) {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// Whether there are three words, one of them of three letters or more and another one such or a number. Scripts that have no spaces have some two characters
/// to a word.
fn says_something(sentence: &str) -> bool {
    let unspaced = if sentence.is_ascii() { 0 } else { sentence.chars().filter(|c| is_unspaced(*c)).count() / 2 };
    let spaced = sentence.split(|c: char| c == ' ' || is_unspaced(c)).filter(|word| !word.is_empty());
    let (mut all, mut long, mut number, mut first) = (unspaced, unspaced, false, None);
    for word in spaced {
        all += 1;
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            number = true;
        } else if word.chars().nth(2).is_some() && *first.get_or_insert(word) != word {
            // The same word once more says no more.
            long += 1;
        }
        // What comes after cannot take it back.
        let words = long + usize::from(first.is_some());
        if all >= 3 && (words >= 2 || words >= 1 && number) {
            return true;
        }
    }
    // Of a script without spaces there may be no word at all.
    all >= 3 && long >= 2
}

/// Han, the Japanese syllabaries, Hangul, Thai, Lao, Burmese and Khmer: a character is a syllable or a word.
pub(super) const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::is_vague;

    #[test]
    fn vague_texts_name_no_step() {
        for text in [
            "TBD",
            "n/a",
            "restore backup if needed",
            "We will simply roll back if something goes wrong.",
            "as usual",
            "...",
            "Restore from backup, when necessary",
            "to be determined",
            "it should work",
            "x y z w v u t",
            "a a a",
            "1 2 3 4",
            "aaa aaa aaa",
            "so it is ok",
            "恢复备份",
            "If something breaks, restore from backup.",
            "Somebody restores the backup if it is needed.",
            "go back to old version",
            "someone will handle it as usual when needed",
            "Various bug fixes and improvements.",
            "@ada @bo @ida",
            "ask @bo, (@ada) or @ida-lee",
            "@bo restores the backup",
            "Restore the backup if needed, 1.",
            "1. Restore the backup",
            "(2) Restore the backup, if needed (3)",
            "Restore the backups if needed",
            "Restore the backup if needed, ok? Thanks!",
            "The backup will be restored if an error occurs.",
            "Restoring from backup, if something should break",
            "Perform a rollback if it does not work",
            "Otherwise: revert to the previous version, 7",
            "We fix forward if anything breaks",
            "to be determined later",
            "TBD 1 2",
            "todo: 1.",
            "as usual, 2",
            "follow the standard procedure",
            "Lorem ipsum dolor sit amet, consectetur",
            "1. Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod",
            "contact support if needed 24",
            "everything works as expected",
            "foo bar baz",
            "if needed if needed if needed if needed restore the backup",
            "Restore the backup if needed 2026",
            "Restore the backup if needed, 123.",
            "Restore the last backup if needed, 100 %.",
            "Restore the backup, 2026 2027",
            "2026: restore the backup",
            "2026 2027 2028",
            "will be fine",
            "should be okay",
            "no problem, should be fine",
            "yes, looks good",
        ] {
            assert!(is_vague(text), "{text}");
        }
        for text in [
            "stop the service, restore /srv/wiki from the 02:00 snapshot, start 4.2.1",
            "roll back the three pods with `helm rollback wiki 41`",
            "fixes the login loop on Safari 19",
            "restore the backup of 02:00 into wiki-db and repoint the proxy",
            "we lose 2 % of orders",
            "bug fixes in the importer",
            "@bo restores the backup of 02:00 into wiki-db",
            "write to ops@example.com and restart the proxy",
            "go back to the old version of the importer",
            "0.01 % lost",
            "restore the backup of 02:00",
            "restore snapshot 4711 of the volume",
            "roll back to 41",
            "restore backup 4711",
            "restore the backup of 2026, 1.",
            "restore the backup 100 %",
            "the count is 42",
            "1. stop the proxy",
            "restores the backup in 5 minutes",
            "restart the name server",
            "There is none.",
            "停止服务，恢复凌晨两点的备份",
            "サービスを止めて、02:00 のバックアップを戻す",
            "서비스 중지 후 백업 복원",
            "остановить службу и вернуть снимок",
        ] {
            assert!(!is_vague(text), "{text}");
        }
    }
}
