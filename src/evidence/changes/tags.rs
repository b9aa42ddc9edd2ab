//! Tags of images: numbers, and behind them what they are built on (`20.1.0-alpine`). No registry says which of two comes first.

use crate::proposal::version::semver_level;
use std::cmp::Ordering;

/// The numbers of a tag, and what follows them.
fn parts(tag: &str) -> Option<(&str, &str)> {
    let plain = tag.strip_prefix(['v', 'V']).unwrap_or(tag);
    let (numbers, rest) = plain.split_at(plain.find(['-', '_', '+']).unwrap_or(plain.len()));
    let sound = |part: &str| !part.is_empty() && part.len() < 20 && part.bytes().all(|byte| byte.is_ascii_digit());
    numbers.split('.').all(sound).then_some((numbers, rest))
}

/// The numbers of two tags of one build; of two builds nothing can be said.
fn of_one_build<'t>(from: &'t str, to: &'t str) -> Option<(&'t str, &'t str)> {
    let ((from, build), (to, other)) = (parts(from)?, parts(to)?);
    (build == other).then_some((from, to))
}

/// Which of two tags comes first. `20` is the newest of all `20.…`, and comes neither before nor after one of them.
pub(super) fn order(from: &str, to: &str) -> Option<Ordering> {
    let (from, to) = of_one_build(from, to)?;
    let number = |part: &str| part.parse::<u64>().ok();
    let different = from.split('.').zip(to.split('.')).find(|(from, to)| number(from) != number(to));
    match different {
        Some((from, to)) => Some(number(from)?.cmp(&number(to)?)),
        None => (from.split('.').count() == to.split('.').count()).then_some(Ordering::Equal),
    }
}

/// How large the step from one to the other is, in the words of the model.
pub(super) fn size(from: &str, to: &str) -> &'static str {
    let numbers = of_one_build(from, to).filter(|_| order(from, to).is_some());
    numbers.map_or("unknown", |(from, to)| semver_level(from, to))
}

#[cfg(test)]
mod tests {
    use super::{order, size};
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn tags_of_one_build_are_compared() {
        for (from, to, expected, step) in [
            ("20.1.0-alpine", "20.2.0-alpine", Some(Less), "minor"),
            ("20.10.0-alpine", "20.9.0-alpine", Some(Greater), "backward"),
            ("v1.25", "1.26", Some(Less), "minor"),
            ("20", "22", Some(Less), "major"),
            ("20-alpine", "20-alpine", Some(Equal), "none"),
            ("20", "20.1.0", None, "unknown"),
            ("20.1", "20", None, "unknown"),
            ("20.1.0-alpine", "20.2.0-slim", None, "unknown"),
            ("20.1.0-alpine", "20.2.0", None, "unknown"),
            ("latest", "20", None, "unknown"),
            ("20.", "20.1", None, "unknown"),
            ("99999999999999999999", "1", None, "unknown"),
        ] {
            assert_eq!((order(from, to), size(from, to)), (expected, step), "{from} {to}");
        }
    }
}
