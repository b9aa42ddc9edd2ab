//! What holds for any two states.

use changegate::lockfiles::{Change, Ecosystem, Format, Hold, Pin, differences};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Pins of few names and versions, so that many meet.
fn pins() -> impl Strategy<Value = Vec<Pin>> {
    let ecosystem = prop_oneof![Just(Ecosystem::Npm), Just(Ecosystem::GitHubActions)];
    let hold = prop_oneof![Just(Hold::Floating), Just(Hold::Tag), Just(Hold::Tracked), Just(Hold::Fixed)];
    let version = prop_oneof!["[0-3]\\.[0-9]{1,2}\\.[0-2]", "v[0-9]", "[a-z]{0,3}", "\\PC{0,4}"];
    let digests = vec("[a-c]", 0..2);
    let one = (ecosystem, "[abAB]", version, hold, option::of("[xy]"), digests, 1..9_u32).prop_map(
        |(ecosystem, name, version, hold, origin, digests, line)| Pin {
            ecosystem,
            name,
            version,
            hold,
            origin,
            digests,
            line,
        },
    );
    vec(one, 0..12)
}

/// All of a pin but its line, and how GitHub's names are written.
fn content(pin: &Pin) -> Pin {
    let name = match pin.ecosystem {
        Ecosystem::GitHubActions => pin.name.to_lowercase(),
        _ => pin.name.clone(),
    };
    Pin { line: 0, name, ..pin.clone() }
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(pins in pins()) {
        prop_assert_eq!(differences(&pins, &pins), []);
    }

    #[test]
    fn order_and_repetition_do_not_count(pins in pins()) {
        let other: Vec<_> = pins.iter().rev().chain(&pins).cloned().collect();
        prop_assert_eq!(differences(&pins, &other), []);
    }

    #[test]
    fn exchanging_the_sides_exchanges_what_is_told(before in pins(), after in pins()) {
        let sides = |from: Option<&Pin>, to: Option<&Pin>| (from.map(content), to.map(content));
        let mut forth: Vec<_> = differences(&before, &after).iter().map(|one| sides(one.from, one.to)).collect();
        let mut back: Vec<_> = differences(&after, &before).iter().map(|one| sides(one.to, one.from)).collect();
        forth.sort();
        back.sort();
        prop_assert_eq!(forth, back);
    }

    #[test]
    fn all_that_is_new_is_told(before in pins(), after in pins()) {
        let found = differences(&before, &after);
        let (old, new): (Vec<_>, Vec<_>) = (before.iter().map(content).collect(), after.iter().map(content).collect());
        for pin in &new {
            let told = found.iter().any(|one| one.to.map(content).as_ref() == Some(pin));
            // Or one more of what was there already.
            prop_assert!(told || old.contains(pin), "{pin:?}");
        }
        for one in &found {
            prop_assert!(one.from.is_none_or(|pin| before.contains(pin)) && one.to.is_none_or(|pin| after.contains(pin)));
            prop_assert_eq!(one.change() == Change::Added, one.from.is_none());
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}", number in 0..22_usize) {
        let (format, sample) = crate::samples()[number];
        let _ = format.read(&text);
        let _ = format.read(&format!("{sample}{text}"));
    }

    #[test]
    fn requirements_are_found_whatever_stands_around(version in "[0-9]\\.[0-9]", blank in 0..5_usize) {
        let text = format!("{}a=={version}\n", "# a\n".repeat(blank));
        let pins = Format::Requirements.read(&text).unwrap();
        prop_assert_eq!((pins[0].version.as_str(), pins[0].line as usize), (version.as_str(), blank + 1));
    }
}
