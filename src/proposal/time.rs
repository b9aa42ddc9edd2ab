//! Reading instants, days, times of day and durations, stricter than a library that wants to help does.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// The longest duration that can be written: a hundred years, in minutes.
pub(super) const LONGEST: i64 = 100 * 366 * 24 * 60;

/// The years in which something can be due or have been done. What is written outside of them is a slip or a way to say "never",
/// and near the end of the calendar no rule could add a day.
const YEARS: std::ops::RangeInclusive<&str> = "1970"..="2199";

/// RFC 3339, with its `T` and `Z` in capitals. The library alone would also take `2026-11-21T10Z`, the basic format and a
/// 60th second.
///
/// ```
/// use changegate::proposal::time::instant;
/// assert!(instant("2026-11-21T02:00:00+01:00").is_some());
/// assert!(instant("2026-11-21T02:00:00").is_none(), "without an offset it is no point in time");
/// assert!(instant("2026-02-30T02:00:00Z").is_none());
/// ```
pub fn instant(text: &str) -> Option<Timestamp> {
    let (clock, offset) = match text.strip_suffix('Z') {
        Some(clock) => (clock, true),
        None => {
            let at = text.len().checked_sub(6)?;
            (text.get(..at)?, offset_in_range(text.get(at..)?))
        }
    };
    let (seconds, fraction) = clock.split_once('.').map_or((clock, true), |(seconds, digits)| {
        (seconds, (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
    });
    let shaped = offset && fraction && like(seconds, "0000-00-00T00:00:00") && !seconds.ends_with("60");
    if shaped && YEARS.contains(&&text[..4]) { text.parse().ok() } else { None }
}

fn offset_in_range(text: &str) -> bool {
    (like(text, "+00:00") || like(text, "-00:00")) && &text[1..3] <= "23" && &text[4..6] <= "59"
}

/// A calendar day, `2026-11-21`.
pub fn date(text: &str) -> Option<Date> {
    if like(text, "0000-00-00") && YEARS.contains(&&text[..4]) { text.parse().ok() } else { None }
}

/// A time of day, `22:00`.
pub fn time_of_day(text: &str) -> Option<Time> {
    if like(text, "00:00") { text.parse().ok() } else { None }
}

/// An ISO 8601 duration in weeks, days, hours and minutes, as minutes. Years and months have no fixed length, and seconds
/// mean nothing to an upgrade.
///
/// ```
/// use changegate::proposal::time::duration;
/// assert_eq!(duration("PT1H30M"), Some(90));
/// assert_eq!(duration("P2W"), Some(20_160));
/// assert_eq!(duration("P1Y"), None);
/// ```
pub fn duration(text: &str) -> Option<i64> {
    let rest = text.strip_prefix('P')?;
    let (days, clock) = rest.split_once('T').map_or((rest, None), |(days, clock)| (days, Some(clock)));
    let minutes = match clock {
        Some("") => return None,
        Some(clock) => parts(clock, &[('H', 60), ('M', 1)])?,
        None if days.is_empty() => return None,
        None => 0,
    };
    minutes.checked_add(parts(days, &[('W', 7 * 24 * 60), ('D', 24 * 60)])?).filter(|&all| all <= LONGEST)
}

/// `3D4H` by the letters' worth, each letter at most once and in order.
fn parts(mut text: &str, letters: &[(char, i64)]) -> Option<i64> {
    let mut sum = 0_i64;
    for &(letter, worth) in letters {
        if let Some((number, rest)) = text.split_once(letter) {
            let digits = !number.is_empty() && number.len() <= 9 && number.bytes().all(|b| b.is_ascii_digit());
            sum = sum.checked_add(number.parse::<i64>().ok().filter(|_| digits)?.checked_mul(worth)?)?;
            text = rest;
        }
    }
    text.is_empty().then_some(sum)
}

/// Whether a text has the pattern's length, digits where the pattern has `0`, and the pattern's own character elsewhere.
fn like(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(b, p)| if p == b'0' { b.is_ascii_digit() } else { b == p })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_rfc_3339_and_nothing_else() {
        for text in
            ["2026-11-21T02:00:00Z", "2026-11-21T02:00:00.5-23:59", "2024-02-29T00:00:00+00:00", "2199-12-31T23:59:59Z"]
        {
            assert!(instant(text).is_some(), "{text}");
        }
        for text in [
            "2026-11-21T10Z",
            "20261121T100000Z",
            "2026-11-21T10:00Z",
            "2026-11-21t10:00:00z",
            "2026-11-21 10:00:00Z",
            "2026-12-31T23:59:60Z",
            "2026-11-21T24:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-21T02:00:00+24:00",
            "2026-11-21T02:00:00+01:00[Europe/Berlin]",
            "2026-11-21T02:00:00.Z",
            "",
            "Z",
            "\u{661}026-11-21T02:00:00Z",
            "2026-11-21T02:00:00\u{2212}01:00",
            "1969-12-31T23:59:59Z",
            "2200-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
        ] {
            assert!(instant(text).is_none(), "{text}");
        }
    }

    #[test]
    fn durations_have_a_fixed_length() {
        for (text, minutes) in [("PT0M", 0), ("P1DT2H3M", 1_563), ("P90D", 129_600), ("P1W1D", 11_520), ("PT90M", 90)] {
            assert_eq!(duration(text), Some(minutes), "{text}");
        }
        for text in
            ["P", "PT", "P1M", "PT1S", "PT1M1H", "P-1D", "1H", "PT1.5H", "pt1h", "P1DT", "PT+1M", "P999999999W", "PTM"]
        {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn days_and_times_of_day() {
        assert!(date("2026-11-21").is_some() && date("2026-11-31").is_none() && date("2026-1-1").is_none());
        assert!(date("1970-01-01").is_some() && date("1969-12-31").is_none() && date("9999-12-31").is_none());
        assert!(time_of_day("23:59").is_some() && time_of_day("24:00").is_none() && time_of_day("7:00").is_none());
    }
}
