//! Figures of two sides, as people write them: whether they agree.

mod digests;
mod quantity;

use super::{Args, Function};
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use quantity::{Figure, Quantity};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "compare_figures(old, new, tolerance) -> text",
        doc: "How the figure of a new side stands to that of the old one, from which it may differ by so many percent: `equal`, `different`, \
              `either` where that depends on whether `1.234` is more than a thousand or one and a fraction, and `unclear` where they can't be \
              compared. Texts that are alike are equal. Of others each has to be one number with at most its unit: `48,211,904 rows`, \
              `48 211 904` and `48211904` are one figure, and `db-1: 48211904` is none. Without a tolerance all digits count, however many there \
              are. The units have to be the same, so that 48 and `48 million` are `unclear`; only rows, records, entries, objects and files need \
              not be named.",
        call: compare_figures,
    },
    Function {
        signature: "compare_digests(old, new) -> text",
        doc: "How the checksum of a new side stands to that of the old one, letter by letter but for the case: `equal`, `different`, and \
              `unclear` where one of two texts that differ is more than one word.",
        call: compare_digests,
    },
];

fn compare_digests<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (old, new) = (args.text(0)?, args.text(1)?);
    run.budget.work((old.len() + new.len()) / 2)?;
    Ok(digests::compare(old, new).into())
}

fn compare_figures<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (old, new) = (args.text(0)?, args.text(1)?);
    let percent = match args.value(2) {
        Value::Number(percent) => *percent,
        Value::Count(percent) => *percent as f64,
        _ => return Err(args.wrong(2, "a number").into()),
    };
    run.budget.work((old.len() + new.len()) / 2)?;
    Ok(compare(old, new, percent).into())
}

fn compare(old: &str, new: &str, percent: f64) -> &'static str {
    if old == new {
        return "equal";
    }
    match (Quantity::read(old), Quantity::read(new)) {
        (Some(old), Some(new)) if are_of_one_unit(&old.unit, &new.unit) => agree(&old.figure, &new.figure, percent),
        _ => "unclear",
    }
}

/// What need not be named, as any of it may be counted.
const COUNTED: &[&str] = &["", "row", "record", "entry", "entries", "object", "file"];

fn are_of_one_unit(old: &str, new: &str) -> bool {
    let is_counted = |unit: &str| COUNTED.iter().any(|one| is_one(one, unit));
    is_one(old, new) || is_counted(old) && is_counted(new)
}

/// Whether two words differ at most in that one of them is of several: `1 payment` and `2 payments`. `m` is no `ms`.
fn is_one(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short == long || short.len() > 2 && long.strip_suffix('s') == Some(short)
}

fn agree(old: &Figure, new: &Figure, percent: f64) -> &'static str {
    let mut olds = old.readings();
    let mut news = new.readings();
    // What both write in one way means the same in both.
    if olds.len() == 2 && news.len() == 2 && old.marks == new.marks {
        olds.truncate(1);
        news.truncate(1);
    }
    let pairs = olds.iter().flat_map(|old| news.iter().map(move |new| old == new || old.is_near(new, percent)));
    let (mut some, mut all) = (false, true);
    for near in pairs {
        some |= near;
        all &= near;
    }
    match (some, all) {
        (true, true) => "equal",
        (true, false) => "either",
        (false, _) => "different",
    }
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[track_caller]
    fn check(expected: &str, percent: f64, pairs: &[(&str, &str)]) {
        for (old, new) in pairs {
            assert_eq!(compare(old, new, percent), expected, "{old} | {new}");
            // Percents are of the old side.
            if percent == 0.0 {
                assert_eq!(compare(new, old, percent), expected, "{new} | {old}");
            }
        }
    }

    #[test]
    fn one_figure_is_written_in_many_ways() {
        check(
            "equal",
            0.0,
            &[
                ("48211904", "48,211,904"),
                ("48211904 rows", "48 211 904"),
                ("48211904 rows", " Rows 48'211'904 "),
                ("48\u{202f}211\u{a0}904", "48_211_904"),
                ("1.199.998 Records", "1199998 objects"),
                ("12,34,567", "1234567"),
                ("1,234,567.50 EUR", "1.234.567,5 EUR"),
                ("EUR 100.00", "100 EUR"),
                ("EUR100.00", "EUR 100"),
                ("12 EUR", "12.0 EUR"),
                ("0.5", ".50"),
                ("0,500 m3", "0.5 m3"),
                ("007", "7"),
                ("-0.0", "0"),
                ("+5", "5"),
                ("\u{2212}5 EUR", "-5 EUR"),
                ("\u{2013}5 EUR", "-5 EUR"),
                ("1 payment", "1 payments"),
                ("1,234 EUR", "1,234 eur"),
                ("dump of 02:11", "dump of 02:11"),
                ("PostgreSQL 15.8: 120 rows", "PostgreSQL 15.8: 120 rows"),
                ("12345678901234567890123456789012345678901 rows", "12345678901234567890123456789012345678901"),
            ],
        );
    }

    #[test]
    fn figures_that_differ_are_told() {
        check(
            "different",
            0.0,
            &[
                ("4,821,190,412.34", "4,821,190,415.34"),
                ("4821190412.34 EUR", "4821190412.35 EUR"),
                ("48211.904", "48211904"),
                ("48,211.904 m3", "48211904 m3"),
                ("1,234.567", "1234567"),
                ("1,234.567", "1,234,567"),
                ("120 payments", "119 payments"),
                ("120 invoices", "12 invoices"),
                ("7 Schlüssel", "8 Schlüssel"),
                ("7 行", "8 行"),
                ("EUR 100.00", "EUR -100.00"),
                ("€-100", "€100"),
                ("5 EUR", "\u{2212}5 EUR"),
                ("0.500", "500"),
                (".500 rows", "500 rows"),
                ("1.200", "1.3"),
                ("1.234", "1.235"),
                ("2 payments", "1 payment"),
                ("99.9 %", "99.8 %"),
                ("12345678901234567890123456789012345678901", "12345678901234567890123456789012345678902"),
                ("12345678901234567.01", "12345678901234567.02"),
                ("48211904 rows", "0 records"),
            ],
        );
    }

    #[test]
    fn a_mark_before_three_digits_may_be_a_point() {
        check("either", 0.0, &[("1.234", "1234"), ("1.2 kg", "1.200 kg"), ("1,234 EUR", "1.234 EUR")]);
        check("different", 0.0, &[("1.234", "12345"), ("1.234", "1.2345"), ("1234.567", "1234567")]);
    }

    #[test]
    fn what_can_not_be_compared_is_unclear() {
        check(
            "unclear",
            0.0,
            &[
                ("48 million", "48211904"),
                ("48k rows", "48000 rows"),
                ("1.5e6", "1500000"),
                ("5 m", "5 ms"),
                ("99 %", "99"),
                ("~100", "100"),
                ("5½ rows", "5 rows"),
                ("100-", "100"),
                ("(100)", "100"),
                ("120 payments", "120 orders"),
                ("120 payments", "120"),
                ("no rows", "48 rows"),
                ("all of them", "every one"),
                ("all", ""),
                ("5 rows", "5 rows 1"),
                ("48,211,904 rows, 0 rejected", "0 rows, 0 rejected"),
                ("db-1: 48,211,904 rows", "db-2: 0 rows"),
                ("1200: 1200", "7: 7"),
                ("Rows: 48211904", "48211904"),
                ("48211904 rows.", "48211904 rows"),
                ("All of them", "all of them"),
                ("20:10 h", "20:11 h"),
                ("rows m3 5", "5"),
                ("5 3", "53"),
                ("", "0"),
                ("dump of 02:11", "dump of 03:40"),
                ("2026-12-06", "2026-12-13"),
                ("48 rows (02:11)", "48 rows"),
                ("PostgreSQL 15.8: 120 rows", "PostgreSQL 16.4: 120 rows"),
                ("node 1: 120 rows", "node 2: 119 rows"),
                ("db-1: 120 rows", "db-2: 120 rows"),
                ("a1b2", "a1b3"),
                ("R120T41", "R119T41"),
                ("9f86", "9f87"),
                ("8.0.36", "8.0.37"),
                ("v8.0.36: 120 rows", "v8.0.37: 120 rows"),
                ("120 m3.5", "120 m3.6"),
                ("1.234'567", "1.234'568"),
                ("12,3,4", "12,3,5"),
            ],
        );
    }

    #[test]
    fn a_tolerance_is_of_the_old_side() {
        check(
            "equal",
            1.0,
            &[
                ("1000 rows", "990 rows"),
                ("1000 keys", "1010 keys"),
                ("0.3", "0.297"),
                ("-100 EUR", "-101 EUR"),
                ("0", "0.0"),
            ],
        );
        check(
            "different",
            1.0,
            &[
                ("1000 rows", "989 rows"),
                ("1000 keys", "1011 keys"),
                ("1,200 keys", "0 keys"),
                ("0", "1"),
                ("100 EUR", "-100 EUR"),
                ("-100 EUR", "-102 EUR"),
                ("0.3", "0.2969"),
                ("99", "100"),
                ("1.000", "1.011"),
            ],
        );
        check("equal", 0.1, &[("48211904", "48163693"), ("1000", "999")]);
        check("different", 0.1, &[("48211904", "48163692"), ("1000", "998")]);
    }
}
