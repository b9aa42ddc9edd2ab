//! Checksums of two sides, beside which there may stand of what they are.

pub fn compare(old: &str, new: &str) -> &'static str {
    let (old, new) = (old.to_lowercase(), new.to_lowercase());
    let olds: Vec<_> = old.split_whitespace().collect();
    let news: Vec<_> = new.split_whitespace().collect();
    if olds == news {
        return "equal";
    }
    let other: Vec<_> = olds.iter().zip(&news).filter(|(old, new)| old != new).collect();
    match other[..] {
        [(old, new)]
            if olds.len() == news.len()
                && old.chars().count() == new.chars().count()
                && (olds.len() == 1 || is_digest(old) && is_digest(new)) =>
        {
            "different"
        }
        _ => "unclear",
    }
}

/// Whether a word may be a checksum, and not the name of a host or a file: hexadecimal, or as long as one in letters.
fn is_digest(word: &str) -> bool {
    // `sha256:9f86…` and `md5=9f86…` say of which kind it is.
    let bare = word.trim_matches(|letter: char| letter.is_ascii_punctuation() && !"+/=".contains(letter));
    let bare = bare.trim_end_matches('=').rsplit([':', '=']).next().unwrap_or_default();
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let is_hex = bare.len() >= 4 && bare.chars().all(|letter| letter.is_ascii_hexdigit());
    let is_base64 =
        bare.len() >= 20 && bare.chars().all(|letter| letter.is_ascii_alphanumeric() || "+/".contains(letter));
    digits > 0 && (is_hex || is_base64)
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[track_caller]
    fn check(expected: &str, pairs: &[(&str, &str)]) {
        for (old, new) in pairs {
            assert_eq!(compare(old, new), expected, "{old} | {new}");
            assert_eq!(compare(new, old), expected, "{new} | {old}");
        }
    }

    #[test]
    fn checksums_are_compared_letter_by_letter() {
        check("equal", &[("9F86D081", "9f86d081"), ("9f86d081  dump.sql", "9F86D081 dump.sql")]);
        check(
            "different",
            &[
                ("9f86", "9f87"),
                ("abcd", "abce"),
                ("986d081884c7d65  dump.sql", "186d081884c7d65  dump.sql"),
                ("a86d081884c7d65  dump.sql", "f86d081884c7d65  dump.sql"),
                ("007e1204  dump.sql", "117e1204  dump.sql"),
                ("crc32 3421780262", "crc32 3421780263"),
                ("SHA256:9f86d081 (whole)", "sha256:9f86d082 (whole)"),
                (
                    "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0= dump",
                    "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1= dump",
                ),
            ],
        );
        check(
            "unclear",
            &[
                ("007e1204  dump.sql", "07e1204  dump.sql"),
                ("0012ab", "12ab"),
                ("9f86d081  dump.sql", "9f86d081"),
                ("9f86d081  old.sql", "9f86d081  new.sql"),
                ("9f86d081  dump1.sql", "9f86d081  dump2.sql"),
                ("9f86d081 (02:11)", "9f86d081 (03:40)"),
                ("9f86d081 2026-12-06", "9f86d081 2026-12-13"),
                ("9f86d081 db-1", "9f86d081 db-2"),
                ("9f86d081 node-12", "9f86d082 node-13"),
                ("9f86d081 face", "9f86d081 cafe"),
            ],
        );
    }
}
