//! Versions that somebody wrote to hurt.

use crate::laws::ORDERS;
use changegate::versions::{LONGEST, Version};
use std::time::{Duration, Instant};

#[test]
fn a_version_has_a_length() {
    for order in ORDERS {
        let longest = format!("1.0.{}", "1".repeat(LONGEST));
        assert!(Version::read(order, &longest).is_none());
        assert!(Version::read(order, &"1.".repeat(32 << 20)).is_none());
    }
    assert!(Version::read(ORDERS[3], &"1".repeat(LONGEST)).is_some());
}

#[test]
fn nothing_but_visible_ascii_is_read() {
    for order in ORDERS {
        for text in ["", " ", "1.0.0\n", "\u{feff}1.0.0", "１.0.0", "1.0.0\0", "1.0.0\u{202e}", "1.0.0 1.0.0"] {
            assert!(Version::read(order, text).is_none(), "{order:?} {text:?}");
        }
    }
}

/// The worst of each kind at full length: thousands of comparisons are a fraction of a second even unoptimised.
#[test]
fn the_longest_versions_cost_little() {
    let begun = Instant::now();
    for order in ORDERS {
        for piece in ["1.", "1-", "a1", "1a", "0.", "0-", "~", "^", "_p", "-0", "9", ".x", "rc.", "1~"] {
            let text: String = "1.0.0-".chars().chain(piece.chars().cycle().take(LONGEST - 7)).collect();
            let other = format!("{text}1");
            for _ in 0..20 {
                let both = Version::read(order, &text).zip(Version::read(order, &other));
                both.map(|(a, b)| a.order(&b).unwrap());
            }
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}
