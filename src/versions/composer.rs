//! Packagist's versions: brought to Composer's normal form, and compared as PHP's `version_compare` does that form.

use super::number::{Number, digits, split};

/// The key sorts as the normal form does.
pub(super) type Key<'t> = Vec<Token<'t>>;

/// In the order in which they beat each other in the same place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Token<'t> {
    Development,
    Alpha,
    Beta,
    Candidate,
    End,
    Number(Number<'t>),
    Patch,
}

/// The words for how stable a version is; of two with the same start the longer one first. `stable` says nothing more.
const STABILITIES: [(&str, Option<Token<'static>>); 9] = [
    ("stable", None),
    ("beta", Some(Token::Beta)),
    ("b", Some(Token::Beta)),
    ("rc", Some(Token::Candidate)),
    ("alpha", Some(Token::Alpha)),
    ("a", Some(Token::Alpha)),
    ("patch", Some(Token::Patch)),
    ("pl", Some(Token::Patch)),
    ("p", Some(Token::Patch)),
];

/// Branches (`dev-main`, `1.x-dev`) are no versions: what they hold changes.
pub(super) fn read(text: &str) -> Option<Key<'_>> {
    let text = match text.split_once('+') {
        Some((_, "")) => return None,
        Some((version, _)) => version,
        None => text,
    };
    if text.contains(',') {
        return None;
    }
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let (numbers, rest) = classical(text).or_else(|| dated(text))?;
    let mut key = numbers.into_iter().map(Token::Number).collect();
    stability(rest, &mut key)?;
    key.push(Token::End);
    Some(key)
}

/// One to four numbers, the first of five digits at most; four in the normal form. What follows has to be a stability, or this is a date.
fn classical(text: &str) -> Option<(Vec<Number<'_>>, &str)> {
    let (first, mut rest) = digits(text);
    let mut numbers = vec![Number::of(Some(first).filter(|first| (1..=5).contains(&first.len()))?)];
    while let Some((number, after)) = rest.strip_prefix('.').map(digits) {
        if number.is_empty() || numbers.len() == 4 {
            break;
        }
        numbers.push(Number::of(number));
        rest = after;
    }
    numbers.resize(4, Number::default());
    stability(rest, &mut Vec::new()).map(|()| (numbers, rest))
}

/// A date, and a time of day: four digits, one to six pairs, and up to three digits more; any of `.`, `:` and `-` may stand between them.
fn dated(text: &str) -> Option<(Vec<Number<'_>>, &str)> {
    let (mut runs, mut rest) = (Vec::new(), text);
    loop {
        let (run, after) = digits(rest);
        runs.push(Some(run).filter(|run| !run.is_empty())?);
        match after.strip_prefix(['.', ':', '-']) {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
            _ => {
                rest = after;
                break;
            }
        }
    }
    let last = runs.len() - 1;
    let (mut fewest, mut most) = (0, 0);
    for (place, run) in runs.iter().enumerate() {
        let length = if place == 0 { run.len().checked_sub(4)? } else { run.len() };
        if place < last && length % 2 == 1 {
            return None;
        }
        // The last digits are pairs too, or the up to three more.
        fewest += if place < last { length / 2 } else { length.saturating_sub(3).div_ceil(2) };
        most += length / 2;
    }
    (fewest <= 6 && most >= 1).then(|| (runs.into_iter().map(Number::of).collect(), rest))
}

/// A stability with its numbers, and `dev`; the whole text has to be that.
fn stability<'t>(text: &'t str, key: &mut Key<'t>) -> Option<()> {
    let trimmed = text.strip_prefix(['.', '_', '-']).unwrap_or(text);
    let word = split(trimmed, |byte| byte.is_ascii_alphabetic()).0;
    // `betadev` and `pdev` are two words.
    let found = STABILITIES.iter().find(|(name, _)| {
        let rest = word.split_at_checked(name.len()).filter(|(start, _)| start.eq_ignore_ascii_case(name));
        rest.is_some_and(|(_, rest)| rest.is_empty() || rest.eq_ignore_ascii_case("dev"))
    });
    let mut rest = trimmed;
    if let Some((name, token)) = found {
        rest = trimmed.get(name.len()..).unwrap_or_default();
        let mut numbers = Vec::new();
        while let Some((number, after)) = separated_digits(rest) {
            numbers.push(Token::Number(Number::of(number)));
            rest = after;
        }
        let Some(token) = token else {
            // Composer drops all that follows, and `dev` with it.
            return is_dev_or_nothing(rest).map(|_| ());
        };
        key.push(token.clone());
        key.append(&mut numbers);
    }
    if is_dev_or_nothing(rest)? {
        key.push(Token::Development);
    }
    Some(())
}

fn separated_digits(text: &str) -> Option<(&str, &str)> {
    let bare = text.strip_prefix(['.', '-']).unwrap_or(text);
    Some(digits(bare)).filter(|(number, _)| !number.is_empty())
}

fn is_dev_or_nothing(text: &str) -> Option<bool> {
    match text.strip_prefix(['.', '-']).unwrap_or(text) {
        word if word.eq_ignore_ascii_case("dev") => Some(true),
        _ if text.is_empty() => Some(false),
        _ => None,
    }
}
