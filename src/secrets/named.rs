//! What is called a token, a password or a key: `clientSecret: …`, `API-KEY: …`, `--password …`.

use std::ops::Range;

/// What is called so gives access, whatever words stand before it; of two words, without what stands between them.
const SECRETS: &[&str] =
    &["token", "secret", "auth", "authorization", "secretkey", "accesskey", "privatekey", "accountkey"];

/// The same, also at the end of a longer word. `jsonwebtoken` is a package.
const ENDINGS: &[&str] =
    &["password", "passwd", "passphrase", "apikey", "authtoken", "accesstoken", "clientsecret", "authkey"];

/// Words before the value of `Authorization`.
const SCHEMES: &[&str] = &["bearer ", "basic ", "token "];

/// What workflows say of a token that is none: `id-token: write`.
const WORDS: &[&str] = &["true", "false", "null", "none", "read", "write", "{", "["];

/// What a package is taken from in place of a version.
const PLACES: &[&str] = &["npm:", "workspace:", "catalog:", "link:"];

/// So many characters of a name are looked at.
const MOST_OF_A_NAME: usize = 40;

/// A version or a range is no longer.
const MOST_OF_A_VERSION: usize = 40;

/// What follows a name that ends in `token` or the like, and `=` or `:`, or a blank behind an option.
pub(super) fn named(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, sign) in text.match_indices(['=', ':', ' ']) {
        let after = at + sign.len();
        let behind = text.get(after..).unwrap_or_default();
        // `google_auth==2.29.0` is a package with its version.
        if found.last().is_some_and(|last| at < last.end) || behind.starts_with('=') {
            continue;
        }
        let before = text.get(..at).unwrap_or_default();
        let before = if sign == " " { before } else { before.trim_end_matches(['"', '\'', ' ', '\\', ':']) };
        let is_of_a_name = |found: &char| found.is_ascii_alphanumeric() || "_-.".contains(*found);
        let length = before.chars().rev().take(MOST_OF_A_NAME).take_while(is_of_a_name).count();
        let name = before.get(before.len() - length..).unwrap_or_default();
        if sign == " " && (!name.starts_with('-') || behind.starts_with('-')) {
            continue;
        }
        // `com.google.auth:google-auth-library` is a package of Maven.
        let of_maven = sign == ":" && name.ends_with(".auth") && !behind.starts_with([' ', '"', '\'']);
        if of_maven || !gives_access(name) {
            continue;
        }
        found.extend(value(text, after));
    }
    found
}

/// Whether the last word of a name, or the last two, say that what is called so gives access.
fn gives_access(name: &str) -> bool {
    let words = words(name);
    let Some((last, before)) = words.split_last() else { return false };
    let two = before.last().map(|first| format!("{first}{last}"));
    let is_secret = |word: &str| SECRETS.contains(&word) || ENDINGS.iter().any(|ending| word.ends_with(ending));
    is_secret(last) || two.is_some_and(|two| is_secret(&two))
}

/// The words of a name, in lower case: `clientSecret` has two, and so have `API-KEY` and `APIKey`.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let within_capitals =
            before.is_some_and(char::is_ascii_uppercase) && !letters.get(at + 1).is_some_and(char::is_ascii_lowercase);
        let begins = letter.is_ascii_uppercase() && !within_capitals;
        if begins || !letter.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_ascii_alphanumeric()) {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The value that follows a sign: up to its closing quote, or else a word. What a workflow puts in place of an expression stands nowhere
/// in the text, and a version is what a package of such a name has.
fn value(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?.trim_start_matches([' ', '\t', '\\']);
    let quote = rest.chars().next().filter(|first| ['"', '\'', '`'].contains(first));
    let mut value = rest.get(quote.map_or(0, char::len_utf8)..)?;
    for scheme in SCHEMES {
        if value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) {
            value = value.get(scheme.len()..)?;
        }
    }
    if value.starts_with("${{") {
        return None;
    }
    let start = text.len() - value.len();
    let is_end = |found: char| match quote {
        Some(quote) => found == quote || found == '\n',
        None => found.is_whitespace() || "\"'`&,;".contains(found),
    };
    let value = value.get(..value.find(is_end).unwrap_or(value.len()))?;
    let plain = WORDS.contains(&value) || is_version(value) || PLACES.iter().any(|place| value.starts_with(place));
    (!plain || value.len() > MOST_OF_A_VERSION).then_some(start..start + value.len())
}

/// Whether it is a version of two numbers at least, or a range of versions.
fn is_version(value: &str) -> bool {
    // The other part is what a tool writes behind a version: `4.2.1(peer@1.0)`, `2.20.1=compileClasspath`.
    let version = value.split(['(', '=']).next().unwrap_or_default();
    let version = version.strip_prefix('v').unwrap_or(version);
    let mut parts = version.split('.');
    let mut number = || parts.next().is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let is_range = value.contains(['^', '~', '<', '>', '=', '*'])
        && value.chars().all(|found| found.is_ascii_digit() || ".|<>=^~* x,-".contains(found));
    is_range || number() && number()
}
