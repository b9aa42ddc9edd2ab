//! Whether a text names something.

use super::vague::is_unspaced;

/// See `mentions` in [`super::text::FUNCTIONS`].
pub fn mentions(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.trim().to_lowercase());
    let (Some(first), Some(last)) = (name.chars().next(), name.chars().next_back()) else { return false };
    text.match_indices(&name).any(|(at, _)| {
        let before = text[..at].chars().rev();
        let after = text[at + name.len()..].chars();
        !goes_on(first, before) && !goes_on(last, after)
    })
}

/// Whether a word that ends with a character goes on with others, which follow it or, read backwards, stand before it.
fn goes_on(end: char, mut others: impl Iterator<Item = char>) -> bool {
    let is_part = |c: char| c.is_alphanumeric() && !is_unspaced(c);
    // In scripts without spaces a name stands between others.
    if !is_part(end) {
        return false;
    }
    match others.next() {
        Some('-' | '_' | '.') => others.next().is_some_and(is_part),
        Some(next) => is_part(next),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn a_name_is_a_whole_word() {
        for (text, name) in [
            ("value 1 is slower for a day", "value 1"),
            ("accepted: Value 1.", "value 1"),
            ("(value 1), value 2", "Value 1"),
            ("value 19 and value 1", "value 1"),
            ("the checkout, and the checkout-api", "checkout"),
            ("p95_latency", "p95_latency"),
            ("in the year-end freeze", "year-end"),
            ("数据库延迟在升级后略高", "延迟"),
            ("延迟1高", "延迟1"),
        ] {
            assert!(mentions(text, name), "{text}: {name}");
        }
        for (text, name) in [
            ("value 19", "value 1"),
            ("value 1.5", "value 1"),
            ("a value 1", "lue 1"),
            ("overvalue 1", "value 1"),
            ("checkout-api", "checkout"),
            ("pre-checkout", "checkout"),
            ("my_checkout", "checkout"),
            ("database", "data"),
            ("anything", ""),
            ("", "data"),
        ] {
            assert!(!mentions(text, name), "{text}: {name}");
        }
    }
}
