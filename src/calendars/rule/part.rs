//! The lists of a rule: numbers within bounds, and days of the week.

use std::ops::Range;

/// What is wrong with a part, and where in the value of the property.
pub(super) type Misread = (Range<usize>, String);

/// Numbers of which none is 0 where the range goes below it; sorted, each once, so that a list of any length costs no more than its range.
pub(super) fn numbers(text: &str, at: usize, least: i16, most: i16) -> Result<Vec<i16>, Misread> {
    let mut numbers = Vec::new();
    for (item, range) in items(text, at) {
        let number = number(item).filter(|number| (least..=most).contains(number) && (*number != 0 || least == 0));
        let bounds = || if least < 0 { format!("1 to {most}, or -1 to {least}") } else { format!("{least} to {most}") };
        numbers.push(number.ok_or_else(|| (range, format!("numbers from {} belong here", bounds())))?);
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// `MO`, `1FR`, `-1SU`.
pub(super) fn week_days(text: &str, at: usize) -> Result<Vec<(i16, u8)>, Misread> {
    let mut days = Vec::new();
    for (item, range) in items(text, at) {
        let split = item.len().saturating_sub(2);
        let nth = match item.get(..split) {
            Some("") => Some(0),
            Some(nth) => number(nth).filter(|nth| *nth != 0 && (-53..=53).contains(nth)),
            None => None,
        };
        let day = item.get(split..).and_then(week_day);
        days.push(nth.zip(day).ok_or_else(|| (range, "days such as `MO`, `1FR` or `-1SU` belong here".to_owned()))?);
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// A day of the week, from 0 for Monday.
pub(super) fn week_day(text: &str) -> Option<u8> {
    let all = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    all.iter().position(|day| day.eq_ignore_ascii_case(text)).map(|at| at as u8)
}

fn items(text: &str, at: usize) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut from = at;
    text.split(',').map(move |item| {
        let range = from..from + item.len();
        from = range.end + 1;
        (item, range)
    })
}

/// A number without spaces, with at most one sign and at most three digits.
fn number(text: &str) -> Option<i16> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}
