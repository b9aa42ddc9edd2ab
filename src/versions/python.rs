//! PyPI's versions: PEP 440, with all the spellings that it takes for one.

use super::number::{Number, digits, split};

/// The key sorts as PEP 440 says: a development release before its pre-release, that before the release, and a post-release after it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'t> {
    epoch: Number<'t>,
    release: Vec<Number<'t>>,
    pre: Pre<'t>,
    /// None comes before some.
    post: Option<Number<'t>>,
    dev: Dev<'t>,
    /// None comes before some.
    local: Option<Vec<Local<'t>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Pre<'t> {
    /// A development release of no pre-release.
    Development,
    Some(Stage, Number<'t>),
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Alpha,
    Beta,
    Candidate,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Dev<'t> {
    Some(Number<'t>),
    None,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Local<'t> {
    Text(String),
    Number(Number<'t>),
}

/// The words for a pre-release; of two with the same start the longer one first.
const PRE: [(&str, Stage); 8] = [
    ("alpha", Stage::Alpha),
    ("a", Stage::Alpha),
    ("beta", Stage::Beta),
    ("b", Stage::Beta),
    ("preview", Stage::Candidate),
    ("pre", Stage::Candidate),
    ("rc", Stage::Candidate),
    ("c", Stage::Candidate),
];

pub(super) fn read(text: &str) -> Option<Key<'_>> {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let (public, local) = text.split_once('+').map_or((text, None), |(public, local)| (public, Some(local)));
    let (epoch, rest) = public.split_once('!').unwrap_or(("0", public));
    if epoch.is_empty() || !epoch.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (release, rest) = release(rest)?;
    let (pre, rest) = PRE
        .iter()
        .find_map(|(word, stage)| labelled(rest, word).map(|(number, rest)| (Pre::Some(*stage, number), rest)))
        .unwrap_or((Pre::None, rest));
    let (post, rest) = post(rest).map_or((None, rest), |(post, rest)| (Some(post), rest));
    let (dev, rest) = labelled(rest, "dev").map_or((Dev::None, rest), |(dev, rest)| (Dev::Some(dev), rest));
    let local = match local {
        Some(local) => Some(locals(local)?),
        None => None,
    };
    let pre = match (pre, &post, &dev) {
        (Pre::None, None, Dev::Some(_)) => Pre::Development,
        (pre, ..) => pre,
    };
    rest.is_empty().then_some(Key { epoch: Number::of(epoch), release, pre, post, dev, local })
}

/// Numbers with dots between them; zeros at the end don't count.
fn release(text: &str) -> Option<(Vec<Number<'_>>, &str)> {
    let (first, mut rest) = digits(text);
    let mut numbers = vec![Number::of(Some(first).filter(|first| !first.is_empty())?)];
    while let Some((number, after)) = rest.strip_prefix('.').map(digits).filter(|(number, _)| !number.is_empty()) {
        numbers.push(Number::of(number));
        rest = after;
    }
    while numbers.last().is_some_and(|number| number.is_zero()) {
        numbers.pop();
    }
    Some((numbers, rest))
}

/// A word and its number, with or without a separator before each; without a number it is zero.
fn labelled<'t>(text: &'t str, word: &str) -> Option<(Number<'t>, &'t str)> {
    let (start, rest) = separated(text).split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(())?;
    let (number, rest) = digits(separated(rest));
    Some((Number::of(number), rest))
}

/// A post-release: by a word, or by a number behind a dash.
fn post(text: &str) -> Option<(Number<'_>, &str)> {
    let dashed = text.strip_prefix('-').map(digits).filter(|(number, _)| !number.is_empty());
    let dashed = dashed.map(|(number, rest)| (Number::of(number), rest));
    dashed.or_else(|| ["post", "rev", "r"].into_iter().find_map(|word| labelled(text, word)))
}

fn separated(text: &str) -> &str {
    text.strip_prefix(['-', '_', '.']).unwrap_or(text)
}

fn locals(text: &str) -> Option<Vec<Local<'_>>> {
    text.split(['-', '_', '.'])
        .map(|part| match split(part, |byte| byte.is_ascii_alphanumeric()) {
            ("", _) => None,
            (part, "") if part.bytes().all(|byte| byte.is_ascii_digit()) => Some(Local::Number(Number::of(part))),
            (part, "") => Some(Local::Text(part.to_ascii_lowercase())),
            _ => None,
        })
        .collect()
}
