//! What gives access in addresses: users, passwords, the values of parameters, and parts of paths.

use super::LEAST_OF_A_TOKEN;
use std::ops::Range;

/// Parameters of an address that say what is taken, and give no access.
const PLAIN: &[&str] = &["branch", "rev", "tag", "ref", "subdirectory", "egg", "commit"];

/// What gives access in the addresses of a text that have a scheme.
pub(super) fn in_addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut word_end = 0;
    for (at, _) in text.match_indices("://") {
        found.extend(user(text, at));
        found.extend(in_the_path(text, at + 3));
        // A word is looked through once, however many addresses are in it.
        if at >= word_end {
            word_end = end_of_word(text, at + 3);
            found.extend(parameters(text, at + 3..word_end));
        }
    }
    found
}

/// Where the word ends that holds an address.
fn end_of_word(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.find(|found: char| found.is_whitespace() || "\"'`<>(){}|\\,;".contains(found)).unwrap_or(rest.len())
}

/// User and password before a host. The user of SSH is a name, and no key.
fn user(text: &str, scheme_end: usize) -> Option<Range<usize>> {
    let start = scheme_end + 3;
    let rest = text.get(start..)?;
    // A password may hold whatever ends a word, so that the host is looked for up to the first slash, and then what stands before it.
    let host_end = rest.find(['/', '?', '#', '"', '\'']).unwrap_or(rest.len());
    let host = rest.get(..host_end)?;
    // Some escape the mark itself.
    let at = start + host.rfind('@').or_else(|| host.rfind("%40"))?;
    // What stands before a `\` is the host for browsers and npm, and is told.
    let start = start + text.get(start..at)?.rfind('\\').map_or(0, |last| last + 1);
    let whole = text.get(start..at)?;
    if whole.contains(char::is_whitespace) {
        return None;
    }
    if text.get(..scheme_end)?.ends_with("ssh") {
        let password = start + whole.find(':')? + 1;
        return Some(password..at);
    }
    Some(start..at)
}

/// `user:password@host/…`, as it may stand before the name of an image. `image:tag@sha256:…` is another thing, and so is `npm:package@1.0.0`.
pub(super) fn users_without_a_scheme(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(|found: char| found.is_whitespace() || "\"'`,;".contains(found)) {
        let user = word.rsplit_once('@').filter(|(user, rest)| {
            let named = user.split_once(':').is_some_and(|(name, password)| {
                !name.is_empty() && !name.contains(['@', '/']) && !password.is_empty() && !password.starts_with('/')
            });
            named && rest.contains('/') && !rest.starts_with("sha")
        });
        if let Some((user, _)) = user.filter(|_| !word.contains("://")) {
            found.push(start..start + user.len());
        }
        // `git@host:path` has a name there; what was drawn is none.
        let drawn = word.split_once('@').filter(|(user, rest)| {
            is_drawn(user) && rest.split_once(':').is_some_and(|(host, _)| host.contains('.') && !host.contains('/'))
        });
        if let Some((user, _)) = drawn {
            found.push(start..start + user.len());
        }
        start += word.len();
    }
    found
}

/// What some servers have before the owner: `https://dl.cloudsmith.io/TOKEN/owner/…`.
fn in_the_path(text: &str, start: usize) -> Option<Range<usize>> {
    let (authority, path) = text.get(start..)?.split_once('/')?;
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let start = start + authority.len() + 1;
    let (start, path) = match path.strip_prefix("priv/") {
        Some(path) if host.eq_ignore_ascii_case("packagecloud.io") => (start + 5, path),
        _ => (start, path),
    };
    let is_of_a_token = |found: char| found.is_ascii_alphanumeric() || "_-".contains(found);
    let token = path.get(..path.find(|found| !is_of_a_token(found)).unwrap_or(path.len()))?;
    let gives_access = match host.to_ascii_lowercase().as_str() {
        "dl.cloudsmith.io" => !["", "public", "basic"].contains(&token),
        // A name of somebody may stand in its place, and is told.
        "packagecloud.io" => token.len() >= 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()),
        host => host.ends_with(".fury.io") && is_drawn(token),
    };
    gives_access.then_some(start..start + token.len())
}

/// Whether it looks like nothing that somebody would be called.
fn is_drawn(text: &str) -> bool {
    let is_of_a_token = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    text.len() >= LEAST_OF_A_TOKEN && text.bytes().all(is_of_a_token) && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The values of the parameters of the addresses of a word, but for those that are known to be plain. A parameter may be an address itself.
fn parameters(text: &str, word: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = word.start;
    for part in text.get(word).unwrap_or_default().split('#') {
        // What stands before the first `?` is no parameter.
        if let Some((path, query)) = part.split_once('?') {
            let mut start = at + path.len() + 1;
            for pair in query.split(['&', '?']) {
                let value = pair.split_once('=').map_or(0, |(key, _)| key.len() + 1);
                let key = pair.get(..value.saturating_sub(1)).unwrap_or_default();
                if !PLAIN.iter().any(|plain| plain.eq_ignore_ascii_case(key)) {
                    found.push(start + value..start + pair.len());
                }
                start += pair.len() + 1;
            }
        }
        at += part.len() + 1;
    }
    found
}
