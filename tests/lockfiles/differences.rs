//! What differs between two states.

use changegate::lockfiles::{Change, Difference, Ecosystem, Format, Hold, Pin, differences};

pub fn pin(name: &str, version: &str) -> Pin {
    let (name, version) = (name.to_owned(), version.to_owned());
    Pin { ecosystem: Ecosystem::Npm, name, version, hold: Hold::Fixed, origin: None, digests: Vec::new(), line: 1 }
}

fn shown(found: &[Difference<'_>]) -> Vec<String> {
    let version = |pin: Option<&Pin>| pin.map_or_else(|| "-".to_owned(), |pin| pin.version.clone());
    found
        .iter()
        .map(|one| format!("{} {:?} {} {}", one.name(), one.change(), version(one.from), version(one.to)))
        .collect()
}

fn versions(before: &[&str], after: &[&str]) -> Vec<String> {
    let pins = |versions: &[&str]| versions.iter().map(|version| pin("a", version)).collect::<Vec<_>>();
    shown(&differences(&pins(before), &pins(after)))
}

#[test]
fn each_kind_is_told() {
    let before = Format::Workflow.read(&format!(
        "jobs: {{a: {{steps: [{{uses: o/gone@v1}}, {{uses: o/same@v1}}, {{uses: o/up@v1}}, {{uses: o/loose@{}}}]}}}}",
        crate::COMMIT
    ));
    let after = Format::Workflow
        .read("jobs: {a: {steps: [{uses: o/same@v1}, {uses: o/UP@v2}, {uses: o/loose@main}, {uses: o/new@v1}]}}");
    let (before, after) = (before.unwrap(), after.unwrap());
    let found = differences(&before, &after);
    assert_eq!(
        shown(&found),
        [
            "o/gone Removed v1 -".to_owned(),
            format!("o/loose Loosened {} main", crate::COMMIT),
            "o/new Added - v1".to_owned(),
            "o/UP Changed v1 v2".to_owned(),
        ]
    );
    assert_eq!(found.iter().map(Difference::floats).collect::<Vec<_>>(), [false, true, false, false]);
    assert_eq!(found[0].ecosystem().as_str(), "GitHub Actions");
}

#[test]
fn versions_side_by_side_are_paired_by_what_they_have_in_common() {
    assert_eq!(versions(&["1.1.0", "2.3.0"], &["1.2.0", "2.4.0"]), ["a Changed 1.1.0 1.2.0", "a Changed 2.3.0 2.4.0"]);
    assert_eq!(versions(&["1.1.0", "2.3.0"], &["2.4.0"]), ["a Removed 1.1.0 -", "a Changed 2.3.0 2.4.0"]);
    assert_eq!(versions(&["1.9.0"], &["1.9.0", "1.10.0"]), ["a Added - 1.10.0"]);
    assert_eq!(versions(&["1.9.0", "1.10.0"], &["1.11.0"]), ["a Removed 1.9.0 -", "a Changed 1.10.0 1.11.0"]);
    assert_eq!(versions(&["1.0.0", "2.0.0"], &["3.0.0"]), ["a Removed 1.0.0 -", "a Changed 2.0.0 3.0.0"]);
    assert_eq!(versions(&["0.1.5", "0.2.5"], &["0.2.6", "0.1.6"]), ["a Changed 0.1.5 0.1.6", "a Changed 0.2.5 0.2.6"]);
}

#[test]
fn one_version_in_several_places() {
    // npm put two copies into one.
    assert_eq!(versions(&["1.0.0", "1.0.0"], &["1.0.0"]), [""; 0]);
    assert_eq!(versions(&["1.0.0", "1.0.0", "2.0.0"], &["1.0.0", "2.0.0", "2.0.0"]), [""; 0]);
    // One of several uses was changed; all were, which is one change; one became what others are.
    assert_eq!(versions(&["1.0.0", "2.0.0"], &["1.0.0", "1.0.0"]), ["a Changed 2.0.0 1.0.0"]);
    assert_eq!(versions(&["1.0.0", "1.0.0"], &["1.0.0", "2.0.0"]), ["a Changed 1.0.0 2.0.0"]);
    assert_eq!(versions(&["1.0.0", "1.0.0"], &["2.0.0", "2.0.0"]), ["a Changed 1.0.0 2.0.0"]);
}

#[test]
fn the_same_version_from_elsewhere_is_a_change() {
    let plain = pin("a", "1.0.0");
    let digest = Pin { digests: vec!["sha256:aa".to_owned()], ..plain.clone() };
    let moved = Pin { origin: Some("https://elsewhere".to_owned()), ..plain.clone() };
    let lower = Pin { line: 7, ..plain.clone() };
    let one = |from: &Pin, to: &Pin| {
        let (from, to) = (vec![from.clone()], vec![to.clone()]);
        differences(&from, &to).iter().map(Difference::change).collect::<Vec<_>>()
    };
    assert_eq!(one(&plain, &digest), [Change::Changed]);
    assert_eq!(one(&digest, &plain), [Change::Loosened]);
    assert_eq!(one(&plain, &moved), [Change::Changed]);
    assert_eq!(one(&plain, &lower), []);
}

#[test]
fn names_of_two_ecosystems_are_two() {
    let (npm, cargo) = (pin("a", "1"), Pin { ecosystem: Ecosystem::Cargo, ..pin("a", "1") });
    assert_eq!(differences(&[npm], &[cargo]).len(), 2);
}

#[test]
fn many_of_one_name_take_no_square() {
    let pins = |by: usize| {
        let version = |number: usize| format!("{}.{}", number % 700, number * by);
        (1..50_000).map(|number| pin("a", &version(number))).collect::<Vec<_>>()
    };
    assert!(differences(&pins(2), &pins(3)).len() > 20_000);
    let equal = vec![pin("a", "1"); 50_000];
    // All others, and one that is left.
    assert_eq!(differences(&equal, &pins(1)).len(), 50_000);
}
