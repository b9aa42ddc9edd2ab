//! Text that others wrote, made inert for Markdown as GitHub and GitLab render it.
//!
//! Everything that could be markup is escaped. What these sites make of plain text besides (mentions, numbers of issues, commits,
//! addresses) is not escaped by any sign, as they look for it in what is rendered; but they leave alone what stands in `<code>`, so each
//! word that could be such is put there. Of addresses links are made in `<code>`, too, so that their signs are escaped, and a mail is parted.

use crate::report::escape;
use std::fmt::Write;

/// A text on one line, for any place of a paragraph or a table. What it has in backticks is shown as code.
pub fn text(text: &str, longest: usize) -> String {
    let line = escape::line(text, longest, "…");
    let mut out = String::with_capacity(line.len() * 2);
    // Of an odd number of backticks the last one is a character.
    let marks = line.matches('`').count();
    for (at, part) in line.split('`').enumerate() {
        match at % 2 {
            1 if at < marks || marks.is_multiple_of(2) => code(&mut out, part),
            0 => words(&mut out, part),
            _ => {
                out.push_str("\\`");
                words(&mut out, part);
            }
        }
    }
    out
}

/// A text as code, of which nothing is markup.
pub fn verbatim(text: &str, longest: usize) -> String {
    let mut out = String::new();
    code(&mut out, &escape::line(text, longest, "…"));
    out
}

fn code(out: &mut String, text: &str) {
    out.push_str("<code>");
    escaped(out, text);
    out.push_str("</code>");
}

fn words(out: &mut String, text: &str) {
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        if is_taken_up(word) {
            let (before, stem, after) = parted(word);
            out.push_str(before);
            code(out, stem);
            out.push_str(after);
        } else {
            escaped(out, word);
        }
    }
}

/// A word, and what a sentence puts before and behind it. A bracket that closes one of the word is its own.
fn parted(word: &str) -> (&str, &str, &str) {
    let (before, rest) = word.split_at(word.len() - word.trim_start_matches('(').len());
    let mut closing = rest.matches(')').count().saturating_sub(rest.matches('(').count());
    let is_of_sentence = |c: char| match c {
        ')' if closing > 0 => {
            closing -= 1;
            true
        }
        _ => ",.;:".contains(c),
    };
    let (stem, after) = rest.split_at(rest.trim_end_matches(is_of_sentence).len());
    (before, stem, after)
}

/// Whether a site would make a link, or a mail to somebody, of a word.
fn is_taken_up(word: &str) -> bool {
    let is_commit = |part: &str| part.len() >= 7 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    // `@ada`, `#12`, and GitLab's `!12`, `%"9.0"`, `&3`, `~bug`, `$5`.
    let is_sigil = |c: char| matches!(c, '@' | '#' | '!' | '%' | '&' | '~' | '$');
    word.char_indices().any(|(at, c)| is_sigil(c) && at + 1 < word.len())
        || word.contains("://")
        || word.contains("www.")
        || is_of_an_issue(word)
        || is_reference_of_gitlab(word)
        || word.split(|c: char| !c.is_ascii_alphanumeric()).any(is_commit)
}

/// Whether GitLab would take a word for a reference, or for the beginning of one: `[epic:1]`, `[cadence:"plan a"]`, `*iteration:"b c"`, and the
/// project `group/name>`.
fn is_reference_of_gitlab(word: &str) -> bool {
    let follows = |first: &str, then: char| word.split_once(first).is_some_and(|(_, rest)| rest.contains(then));
    follows("[", ':') || follows("*iteration", ':') || follows("/", '>')
}

/// Whether `GH-12` is in a word, or `GL-12`, in any letter case, as GitHub and GitLab name an issue: a number behind it, and before it no letter or digit, as there is
/// in `through-12`. Letters of other alphabets may pass for the end of a word there, so they do here.
fn is_of_an_issue(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.match_indices("gh-").chain(word.match_indices("gl-")).any(|(at, found)| {
        let (before, after) = (&word[..at], &word[at + found.len()..]);
        !before.ends_with(|c: char| c.is_ascii_alphanumeric()) && after.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// With each sign that Markdown or HTML gives a meaning as an entity.
fn escaped(out: &mut String, text: &str) {
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        match c {
            ':' if after.starts_with('/') => out.push_str("&#58;"),
            '.' if ends_with_www(before) => out.push_str("&#46;"),
            '@' if before.ends_with(|c: char| c.is_alphanumeric() || ".-_+".contains(c)) => out.push_str("<wbr>&#64;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // It would end the cell of a table, in code as well.
            '|' => out.push_str("&#124;"),
            '!' | '#' | '$' | '*' | '@' | '[' | ']' | '\\' | '_' | '`' | '~' => {
                // Writing to a string can't fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_a_sentence_puts_around_a_word_is_no_code() {
        for (said, shown) in [
            ("at 98d2748349cb, as said", "at <code>98d2748349cb</code>, as said"),
            ("of (GH-12).", "of (<code>GH-12</code>)."),
            ("by @ada; or x/y>:", "by <code>&#64;ada</code>; or <code>x/y&gt;</code>:"),
            ("http://x.example/). www., x", "<code>http&#58;//x.example/</code>). <code>www</code>., x"),
            ("[a](http://x), (#1)", "<code>&#91;a&#93;(http&#58;//x)</code>, (<code>&#35;1</code>)"),
            (",.;:) (", ",.;:) ("),
        ] {
            assert_eq!(text(said, 100), shown);
        }
    }
}
