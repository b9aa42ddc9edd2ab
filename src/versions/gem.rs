//! RubyGems' versions: segments of digits and of letters; one with letters is a pre-release.

use super::number::{Number, digits, split};
use std::cmp::Ordering;

/// Segments without the zeros at the end of the numbers and at the end of all.
pub(super) type Key<'t> = Vec<Segment<'t>>;

/// Letters come before numbers, so that a pre-release comes before its release.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Segment<'t> {
    Letters(&'t str),
    Number(Number<'t>),
}

pub(super) fn read(text: &str) -> Option<Key<'_>> {
    sound(text).then_some(())?;
    let mut key = Vec::new();
    let (release, rest) = text.split_once('-').map_or((text, None), |(release, rest)| (release, Some(rest)));
    segments(release, &mut key);
    // A dash begins a pre-release, and so does the second.
    for part in rest.into_iter().flat_map(|rest| rest.split('-')) {
        key.push(Segment::Letters("pre"));
        segments(part, &mut key);
    }
    // `1.0.a` is `1.a`.
    let letters = key.iter().position(|segment| matches!(segment, Segment::Letters(_))).unwrap_or(key.len());
    let mut tail = key.split_off(letters);
    drop_zeros(&mut key);
    drop_zeros(&mut tail);
    key.append(&mut tail);
    Some(key)
}

/// Where one ends it goes on with zeros.
pub(super) fn order(a: &Key<'_>, b: &Key<'_>) -> Ordering {
    let zero = Segment::Number(Number::default());
    (0..a.len().max(b.len()))
        .map(|place| a.get(place).unwrap_or(&zero).cmp(b.get(place).unwrap_or(&zero)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// Digits first, then parts of letters and digits behind dots, then one dash, behind which there may be more.
fn sound(text: &str) -> bool {
    let (release, rest) = text.split_once('-').map_or((text, None), |(release, rest)| (release, Some(rest)));
    let word = |dash: bool| {
        move |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || dash && byte == b'-')
        }
    };
    let first = release.split('.').next().unwrap_or_default();
    first.bytes().all(|byte| byte.is_ascii_digit())
        && release.split('.').all(word(false))
        && rest.is_none_or(|rest| rest.split('.').all(word(true)))
}

fn segments<'t>(mut text: &'t str, into: &mut Key<'t>) {
    while !text.is_empty() {
        let (number, letters);
        (number, text) = digits(text);
        if !number.is_empty() {
            into.push(Segment::Number(Number::of(number)));
        }
        (letters, text) = split(text, |byte| byte.is_ascii_alphabetic());
        if !letters.is_empty() {
            into.push(Segment::Letters(letters));
        }
        (_, text) = split(text, |byte| !byte.is_ascii_alphanumeric());
    }
}

fn drop_zeros(segments: &mut Key<'_>) {
    while segments.last() == Some(&Segment::Number(Number::default())) {
        segments.pop();
    }
}
