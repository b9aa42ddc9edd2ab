//! Rules against what python-dateutil makes of them: `tests/data/recurrence` says how the table was made.

use super::desk::{between, calendar, parse_in, told};
use jiff::civil::DateTime;
use std::env;
use std::fmt::Write;
use std::fs;

#[test]
fn rules_come_to_what_dateutil_makes_of_them() {
    let path = env::var("RULES").unwrap_or_else(|_| "tests/data/recurrence/rules.tsv".to_owned());
    let table = fs::read_to_string(path).unwrap();
    let mut wrong = String::new();
    let mut rules = 0;
    for line in table.lines() {
        let [start, rule, from, to, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let found = starts(start, rule, from, to);
        if found != expected {
            writeln!(wrong, "{start} {rule} from {from} to {to}\n  dateutil {expected}\n  found    {found}").unwrap();
        }
        rules += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(rules >= 400);
}

fn starts(start: &str, rule: &str, from: &str, to: &str) -> String {
    let text = calendar(&[&format!("UID:1\nDTSTART:{start}\nDURATION:PT1S\nRRULE:{rule}")]);
    let calendar = parse_in("UTC", &text).unwrap_or_else(|faults| panic!("{rule}: {:?}", told(&faults)));
    let utc = |text: &str| format!("{}Z", text.parse::<DateTime>().unwrap());
    let found = between(&calendar, &utc(from), &utc(to));
    // dateutil does not count a start to which the rule does not come.
    let of_rule = found.iter().filter(|occurrence| occurrence.note.is_none());
    let texts: Vec<_> = of_rule.map(|occurrence| occurrence.start.strftime("%Y%m%dT%H%M%S").to_string()).collect();
    texts.join(",")
}
