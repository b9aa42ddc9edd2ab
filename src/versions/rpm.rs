//! rpm's versions: `[epoch:]version[-release]`, compared segment by segment.

use super::number::{Number, digits, split};

/// The key sorts as rpm does. Without an epoch it is zero; without a release it comes before all that have one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'t> {
    epoch: Number<'t>,
    version: Vec<Segment<'t>>,
    release: Option<Vec<Segment<'t>>>,
}

/// In the order in which they beat each other in the same place. What separates segments does not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment<'t> {
    Tilde,
    End,
    Caret,
    Letters(&'t str),
    Number(Number<'t>),
}

pub(super) fn read(text: &str) -> Option<Key<'_>> {
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) if !epoch.is_empty() && epoch.bytes().all(|byte| byte.is_ascii_digit()) => (epoch, rest),
        Some(_) => return None,
        None => ("0", text),
    };
    let (version, release) = rest.rsplit_once('-').map_or((rest, None), |(version, rest)| (version, Some(rest)));
    let sound = |text: &str| {
        text.contains(|c: char| c.is_ascii_alphanumeric())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+~^%{}-".contains(&byte))
    };
    (sound(version) && release.is_none_or(sound)).then(|| Key {
        epoch: Number::of(epoch),
        version: segments(version),
        release: release.map(segments),
    })
}

fn segments(mut text: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    loop {
        let segment;
        (_, text) = split(text, |byte| !byte.is_ascii_alphanumeric() && byte != b'~' && byte != b'^');
        (segment, text) = match text.as_bytes().first() {
            None => {
                segments.push(Segment::End);
                return segments;
            }
            Some(b'~') => (Segment::Tilde, text.get(1..).unwrap_or_default()),
            Some(b'^') => (Segment::Caret, text.get(1..).unwrap_or_default()),
            Some(byte) if byte.is_ascii_digit() => {
                let (number, rest) = digits(text);
                (Segment::Number(Number::of(number)), rest)
            }
            Some(_) => {
                let (letters, rest) = split(text, |byte| byte.is_ascii_alphabetic());
                (Segment::Letters(letters), rest)
            }
        };
        segments.push(segment);
    }
}
