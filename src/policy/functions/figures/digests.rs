//! Checksums of two sides.

pub fn compare(old: &str, new: &str) -> &'static str {
    // Of hexadecimal digits.
    let (old, new) = (old.to_lowercase(), new.to_lowercase());
    let (mut olds, mut news) = (old.split_whitespace(), new.split_whitespace());
    if olds.clone().eq(news.clone()) {
        return "equal";
    }
    let (Some(old), None, Some(new), None) = (olds.next(), olds.next(), news.next(), news.next()) else {
        return "unclear";
    };
    let is_equal = match (old.split_once(':'), new.split_once(':')) {
        (Some((_, old)), None) => old == new,
        (None, Some((_, new))) => old == new,
        _ => false,
    };
    if is_equal { "equal" } else { "different" }
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
        check("equal", &[("9F86D081", "9f86d081 "), ("9f86d081  dump.sql", "9F86D081 dump.sql")]);
        check("equal", &[("sha256:9F86D081", "9f86d081")]);
        check("different", &[("9f86", "9f87"), ("3421780262", "342178026"), ("0012ab", "12ab")]);
        check("different", &[("sha256:9f86", "9f87"), ("sha256:9f86", "md5:9f86")]);
    }

    #[test]
    fn of_more_than_one_word_nobody_can_tell_which_is_the_checksum() {
        check(
            "unclear",
            &[
                ("9f86d081  dump.sql", "9f86d081"),
                ("9f86d081  dump.sql", "9f86d082  dump.sql"),
                ("9f86d081  old.sql", "9f86d081  new.sql"),
                ("3421780262 48211904 dump.sql", "1111111111 0 dump.sql"),
                ("9f86d081", ""),
                ("9f86d081 db01", "9f86d081 db02"),
            ],
        );
    }
}
