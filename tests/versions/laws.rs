//! What holds of any order: of two versions one comes first or they are equal, whichever way they are asked, and so on up the line.

use crate::tables::{TABLES, rows};
use changegate::versions::{Ecosystem, Order, Version};
use proptest::prelude::{any, prop, prop_assert_eq, proptest};
use std::cmp::Ordering;

/// The orders that there are.
pub const ORDERS: [Order; 11] = [
    Order::Semantic,
    Order::Tag,
    Order::Pub,
    Order::Python,
    Order::Maven,
    Order::Gem,
    Order::Composer,
    Order::NuGet,
    Order::Debian,
    Order::Alpine,
    Order::Rpm,
];

/// Three of a kind: each equals itself, both ways round agree, and what comes before what comes before comes before. Maven's go round,
/// and two of those that do have no order.
fn hold(of: Order, a: &Version<'_>, b: &Version<'_>, c: &Version<'_>) {
    assert_eq!(a.order(a), Some(Ordering::Equal), "{a:?}");
    assert_eq!(a.order(b), b.order(a).map(Ordering::reverse), "{a:?} {b:?}");
    let (Some(ab), Some(bc), Some(ac)) = (a.order(b), b.order(c), a.order(c)) else {
        assert_eq!(of, Order::Maven, "{a:?} {b:?} {c:?}");
        return;
    };
    if ab == bc || ab.is_eq() || bc.is_eq() {
        assert_eq!(ac, if ab.is_eq() { bc } else { ab }, "{a:?} {b:?} {c:?}");
    }
}

/// Sixty versions of each table, held against each other three by three.
#[test]
fn the_versions_of_the_tables_obey() {
    for (name, table) in TABLES {
        let of = Ecosystem::parse(name).order().unwrap();
        let texts: Vec<_> = rows(table).flat_map(|(a, _, b)| [a, b]).collect();
        let readable: Vec<_> = texts.iter().filter_map(|text| Version::read(of, text)).collect();
        let some: Vec<_> = readable.iter().step_by(readable.len().div_ceil(60)).collect();
        for a in &some {
            for b in &some {
                for c in &some {
                    hold(of, a, b, c);
                }
            }
        }
    }
}

proptest! {
    /// Pieces that versions are made of, in any order: more of such texts can be read than of any others.
    #[test]
    fn whatever_can_be_read_obeys(
        texts in prop::array::uniform3(
            prop::collection::vec(
                prop::sample::select(vec![
                    "0", "1", "2", "10", "01", ".", ".", "-", "_", "~", "^", "+", ":", "!", "a", "b", "rc", "alpha", "pre", "dev", "post",
                    "final", "sp", "p", "-r1", "v", "X", "SNAPSHOT",
                ]),
                1..9,
            ),
        ),
        start in prop::sample::select(vec!["1", "1.0", "1.0.0", "0.9", "1:1.0", "v1.0.0"]),
        same in any::<bool>(),
    ) {
        let texts = texts.map(|pieces| if same { format!("{start}{}", pieces.concat()) } else { pieces.concat() });
        for of in ORDERS {
            let [a, b, c] = texts.each_ref().map(|text| Version::read(of, text));
            if let (Some(a), Some(b), Some(c)) = (&a, &b, &c) {
                hold(of, a, b, c);
                hold(of, c, a, b);
            }
        }
    }

    /// No text makes reading panic, and what is read of it equals itself.
    #[test]
    fn any_text_can_be_tried(text in ".{0,40}", ascii in "[ -~]{0,40}") {
        for of in ORDERS {
            for text in [&text, &ascii] {
                if let Some(version) = Version::read(of, text) {
                    prop_assert_eq!(version.order(&version), Some(Ordering::Equal));
                }
            }
        }
    }
}
