//! Times of day and dates in a text, which say when something was counted and not what came of it.

/// How many letters the time of day, the date, or the date with a time takes that a text begins with. All letters are small.
pub fn length(letters: &[char]) -> Option<usize> {
    let end = match date(letters) {
        Some(day) => match letters[day..] {
            ['t', ref rest @ ..] => day + 1 + time(rest)?,
            _ => day,
        },
        None => time(letters)?,
    };
    let more = matches!(letters[end..], [next, ..] if next.is_alphanumeric())
        || matches!(letters[end..], [mark, next, ..] if ".,:'-/".contains(mark) && next.is_ascii_digit());
    (!more).then_some(end)
}

/// `2026-12-06`.
fn date(letters: &[char]) -> Option<usize> {
    let year = number(letters, 4, 4, 9999)?;
    let month = year + 1 + number(after(&letters[year..], '-')?, 2, 2, 12)?;
    Some(month + 1 + number(after(&letters[month..], '-')?, 2, 2, 31)?)
}

/// `2:11`, `02:11:07.5`, with `am`, `pm` or an offset.
fn time(letters: &[char]) -> Option<usize> {
    let hour = number(letters, 1, 2, 23)?;
    let mut end = hour + 1 + number(after(&letters[hour..], ':')?, 2, 2, 59)?;
    if let Some(second) = after(&letters[end..], ':').and_then(|rest| number(rest, 2, 2, 59)) {
        end += 1 + second;
        if let Some(fraction) = after(&letters[end..], '.').and_then(|rest| number(rest, 1, 9, u32::MAX)) {
            end += 1 + fraction;
        }
    }
    Some(end + zone(&letters[end..]))
}

fn zone(letters: &[char]) -> usize {
    match letters {
        ['z', ..] => 1,
        ['a' | 'p', 'm', ..] => 2,
        [' ', 'a' | 'p', 'm', ..] => 3,
        ['+' | '-', rest @ ..] => number(rest, 2, 2, 23)
            .and_then(|hour| Some(1 + hour + 1 + number(after(&rest[hour..], ':')?, 2, 2, 59)?))
            .unwrap_or(0),
        _ => 0,
    }
}

fn after(letters: &[char], mark: char) -> Option<&[char]> {
    letters.strip_prefix(&[mark])
}

/// How many digits a number takes that has so many of them and is no larger than that.
fn number(letters: &[char], least: usize, longest: usize, largest: u32) -> Option<usize> {
    let digits: String = letters.iter().take_while(|letter| letter.is_ascii_digit()).take(longest + 1).collect();
    let fits = (least..=longest).contains(&digits.len()) && digits.parse().is_ok_and(|number: u32| number <= largest);
    fits.then_some(digits.len())
}
