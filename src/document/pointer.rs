//! JSON Pointer, RFC 6901.

use std::borrow::Cow;

/// Appends `/` and the token, escaped.
pub(super) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            _ => pointer.push(character),
        }
    }
}

/// The tokens of a pointer, unescaped, each `None` if its escapes are wrong; `None` if the pointer does not begin with `/`.
pub(super) fn tokens(pointer: &str) -> Option<impl Iterator<Item = Option<Cow<'_, str>>>> {
    let mut parts = pointer.split('/');
    // What stands before the first `/` is no token, and has to be nothing.
    parts.next().filter(|before| before.is_empty())?;
    Some(parts.map(unescape))
}

fn unescape(token: &str) -> Option<Cow<'_, str>> {
    let mut parts = token.split('~');
    let first = parts.next().unwrap_or_default();
    if first.len() == token.len() {
        return Some(Cow::Borrowed(token));
    }
    let mut text = first.to_owned();
    for part in parts {
        let rest = match part.as_bytes().first()? {
            b'0' => '~',
            b'1' => '/',
            _ => return None,
        };
        text.push(rest);
        text.push_str(&part[1..]);
    }
    Some(Cow::Owned(text))
}

/// An index as the RFC spells it: digits, no leading zero. (`-`, the place after the last item, is nowhere in a document.)
pub(super) fn index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with('0');
    let digits = token.bytes().all(|byte| byte.is_ascii_digit());
    if canonical && digits { token.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(pointer: &str) -> Option<Vec<String>> {
        tokens(pointer)?.map(|token| token.map(Cow::into_owned)).collect()
    }

    #[test]
    fn tokens_are_unescaped_once() {
        assert_eq!(split(""), Some(vec![]));
        assert_eq!(split("/"), Some(vec!["".into()]));
        assert_eq!(split("/a~1b/~0/m~01"), Some(vec!["a/b".into(), "~".into(), "m~1".into()]));
    }

    #[test]
    fn malformed_pointers_lead_nowhere() {
        for pointer in ["a", "a/b", "/~", "/~2", "/a~", "/x~~0"] {
            assert_eq!(split(pointer), None, "{pointer}");
        }
    }

    #[test]
    fn push_is_the_reverse_of_tokens() {
        let mut pointer = String::new();
        for token in ["", "a/b", "~1", "ü"] {
            push(&mut pointer, token);
        }
        assert_eq!(pointer, "//a~1b/~01/ü");
        assert_eq!(split(&pointer), Some(vec!["".into(), "a/b".into(), "~1".into(), "ü".into()]));
    }

    #[test]
    fn an_index_has_one_spelling() {
        assert_eq!(index("0"), Some(0));
        assert_eq!(index("10"), Some(10));
        for token in ["", "00", "01", "-", "+1", "1 ", "99999999999999999999"] {
            assert_eq!(index(token), None, "{token}");
        }
    }
}
