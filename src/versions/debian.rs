//! dpkg's versions: `[epoch:]upstream[-revision]`, read as deb-version(7) tells.

use super::number::{Number, digits, split};

/// The key sorts as dpkg does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'t> {
    epoch: Number<'t>,
    upstream: Vec<Piece<'t>>,
    revision: Vec<Piece<'t>>,
}

/// Texts and numbers take turns, and a text comes first and last, so that two keys have the same kind in the same place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece<'t> {
    Text(Vec<u16>),
    Number(Number<'t>),
}

pub(super) fn read(text: &str) -> Option<Key<'_>> {
    let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
    let (upstream, revision) = rest.rsplit_once('-').map_or((rest, None), |(upstream, rest)| (upstream, Some(rest)));
    // An epoch is an `int` in dpkg, and what does not fit is refused there.
    epoch.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    epoch.parse::<i32>().ok()?;
    let allowed =
        |text: &str, others: &[u8]| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte));
    let sound = upstream.starts_with(|c: char| c.is_ascii_digit())
        && allowed(upstream, b".-+~:")
        && revision.is_none_or(|revision| !revision.is_empty() && allowed(revision, b".+~"));
    sound.then(|| Key {
        epoch: Number::of(epoch),
        upstream: pieces(upstream),
        revision: pieces(revision.unwrap_or_default()),
    })
}

fn pieces(mut text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    loop {
        let (between, rest) = split(text, |byte| !byte.is_ascii_digit());
        let ended = rest.is_empty() && between.is_empty() && !pieces.is_empty();
        pieces.push(Piece::Text(between.bytes().map(rank).chain([END]).collect()));
        if ended {
            return pieces;
        }
        // No digits are a zero: `1.` is `1.0`.
        let (number, rest) = digits(rest);
        pieces.push(Piece::Number(Number::of(number)));
        text = rest;
    }
}

/// Where a text ends: behind a tilde, and before all else.
const END: u16 = 1;

/// Letters come before other characters, and a tilde before everything, even the end.
fn rank(byte: u8) -> u16 {
    match byte {
        b'~' => 0,
        b'a'..=b'z' | b'A'..=b'Z' => 2 + u16::from(byte),
        _ => 300 + u16::from(byte),
    }
}
