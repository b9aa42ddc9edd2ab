//! Texts that were written to break the reader: bounded work, bounded memory, an error and never a panic.

use super::desk::{at, calendar, parse, parse_in, told, wrong};
use changegate::calendars::{Calendar, Limits};
use changegate::source::Source;
use proptest::prelude::*;
use std::sync::Arc;

fn code(text: &str) -> Vec<String> {
    wrong(text).iter().map(|line| line.split([' ', ':']).nth(2).unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_megabyte_is_the_limit() {
    let head = "BEGIN:VCALENDAR\nX-A:";
    let text = format!("{head}{}\nEND:VCALENDAR\n", "a".repeat((1 << 20) - head.len() - 15));
    assert_eq!(code(&text), [""; 0]);
    assert_eq!(code(&text.replace("X-A:", "X-AB:")), ["calendar/too-large"]);
}

#[test]
fn deep_nesting_is_refused() {
    let text = format!("BEGIN:VCALENDAR\n{}", "BEGIN:X\n".repeat(100_000));
    assert_eq!(wrong(&text), ["9:1 calendar/too-deep: components are nested deeper than 8"]);
    let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{}", "BEGIN:VEVENT\n".repeat(50_000));
    assert_eq!(wrong(&text).last().unwrap(), "3:1 calendar/syntax: `VEVENT` begins before what it stands in was ended");
}

#[test]
fn a_hundred_thousand_events_are_too_large_and_as_many_as_fit_are_read() {
    let event = |n: usize| format!("BEGIN:VEVENT\nUID:{n:x}\nDTSTART:20260101\nEND:VEVENT\n");
    let all = |count| format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", (0..count).map(event).collect::<String>());
    assert_eq!(code(&all(100_000)), ["calendar/too-large"]);
    assert_eq!(wrong(&all(15_000)).len(), 20);
    let text = all(15_000).replace("DTSTART:", "DTSTART;VALUE=DATE:");
    let calendar = parse(&text).unwrap();
    let few = calendar.between(at("2026-01-01T12:00:00Z"), at("2026-01-01T13:00:00Z"), Limits::default());
    assert_eq!(told(&few.unwrap_err())[0].split(": ").next(), Some("40002:1 calendar/too-many-occurrences"));
    let limits = Limits { occurrences: 15_000, ..Limits::default() };
    assert_eq!(calendar.between(at("2026-01-01T12:00:00Z"), at("2026-01-01T13:00:00Z"), limits).unwrap().len(), 15_000);
}

#[test]
fn rules_that_come_too_often_are_errors_and_not_cut() {
    for (rule, code) in [
        ("FREQ=HOURLY", "calendar/too-many-occurrences"),
        (
            "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55",
            "calendar/too-many-occurrences",
        ),
        ("FREQ=DAILY;COUNT=1000000;INTERVAL=9;BYMONTH=2;BYMONTHDAY=30", "calendar/too-much-work"),
        ("FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2;COUNT=3", ""),
    ] {
        let text = calendar(&[&format!("UID:1\nDTSTART:19000228T000000Z\nDURATION:PT1S\nRRULE:{rule}")]);
        let limits = Limits { steps: if code.ends_with("work") { 5_000 } else { 2_000_000 }, ..Limits::default() };
        let found = parse(&text).unwrap().between(at("2026-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z"), limits);
        let faults = found.err().unwrap_or_default();
        assert_eq!(faults.first().map_or("", |fault| fault.code), code, "{rule}");
        assert!(faults.is_empty() || told(&faults)[0].starts_with("7:1 "), "{faults:?}");
    }
}

/// Each line holds as much as fits into the limit, of what costs most.
#[test]
fn large_lists_are_read_in_a_moment() {
    let numbers =
        |least: i32, most: i32| (least..=most).filter(|n| *n != 0).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let times = |count: usize| {
        (0..count)
            .map(|n| format!("20260101T{:02}{:02}{:02}Z", n / 3600 % 24, n / 60 % 60, n % 60))
            .collect::<Vec<_>>()
            .join(",")
    };
    let lists = [
        format!("RRULE:FREQ=YEARLY;BYYEARDAY={}", vec![numbers(-366, 366); 300].join(",")),
        format!("RRULE:FREQ=YEARLY;BYDAY={}", vec!["1MO,-1MO,53SU"; 70_000].join(",")),
        format!(
            "RRULE:FREQ=YEARLY;BYHOUR={h};BYMINUTE={m};BYSECOND={m};BYDAY=MO,TU;BYSETPOS={}",
            numbers(-366, 366),
            h = "0,".to_owned() + &numbers(1, 23),
            m = "0,".to_owned() + &numbers(1, 59)
        ),
        format!("EXDATE:{}\nRRULE:FREQ=YEARLY", times(60_000)),
        format!("RDATE:{}", times(60_000)),
        format!("CATEGORIES:{}", "a,".repeat(500_000)),
        format!("SUMMARY:{}", "a\n b".repeat(200_000)),
        format!("SUMMARY;{}:x", vec!["X=\"1\""; 150_000].join(";")),
        format!("X-A{}:x", "\n ".repeat(500_000)),
        "\n".repeat(900_000) + "SUMMARY:a",
        "X:\n".repeat(300_000) + "SUMMARY:a",
    ];
    for list in lists {
        let text = calendar(&[&format!("UID:1\nDTSTART:20000101T000000Z\nDURATION:PT1S\n{list}")]);
        assert!(text.len() <= 1 << 20, "{} {}", text.len(), &list[..20]);

        let calendar = parse(&text).unwrap_or_else(|faults| panic!("{:?}", told(&faults)));
        let _ = calendar.between(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"), Limits::default());
    }
}

#[test]
fn times_at_the_ends_of_all_time_are_errors_or_nothing() {
    for lines in [
        "DTSTART:00000101T000000Z\nDURATION:PT1S",
        "DTSTART:99991231T235959Z\nDURATION:PT1S",
        "DTSTART:20260101T000000Z\nDTEND:99991231T235959Z",
        "DTSTART:20260101T000000Z\nDURATION:P999999999W",
        "DTSTART:20260101T000000Z\nDURATION:PT999999999H",
    ] {
        assert_eq!(wrong(&calendar(&[&format!("UID:1\n{lines}")])).len(), 1, "{lines}");
    }
    for rule in [
        "FREQ=YEARLY;UNTIL=99991231T235959Z",
        "FREQ=YEARLY;INTERVAL=9999",
        "FREQ=WEEKLY;INTERVAL=9999;COUNT=1000000",
        "FREQ=HOURLY;INTERVAL=9999;BYMONTH=1",
    ] {
        let text = calendar(&[&format!("UID:1\nDTSTART:20260101T000000Z\nDURATION:PT1S\nRRULE:{rule}")]);
        let calendar = parse(&text).unwrap();
        for (from, to) in
            [("-009999-01-02T01:59:59Z", "9999-12-30T22:00:00Z"), ("9999-12-30T21:00:00Z", "9999-12-30T22:00:00Z")]
        {
            let _ = calendar.between(at(from), at(to), Limits::default());
        }
    }
    let text = calendar(&["UID:1\nDTSTART:20260101T000000Z\nDURATION:PT1S"]);
    let turned =
        parse(&text).unwrap().between(at("2027-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"), Limits::default());
    assert_eq!(turned.unwrap_err()[0].code, "calendar/empty-stretch");
}

const SOUND: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:America/New_York\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n\
    BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\n\
    DTSTART;TZID=\"Europe/Berlin\":20261025T023000\r\nDTEND;TZID=Europe/Berlin:20261025T040000\r\n\
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10;BYSETPOS=1,-1;COUNT=9\r\nRDATE;VALUE=PERIOD:20261224T000000Z/PT2H\r\n\
    EXDATE;TZID=Europe/Berlin:20271031T023000\r\nCATEGORIES:freeze,system:payments-db\r\nSUMMARY:clocks\r\n  change\\, \u{f6}\r\n\
    BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;TZID=Europe/Berlin:20281029T023000\r\n\
    DTSTART:20281029T000000Z\r\nDURATION:P1DT2H\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn survive(text: &str) {
    for calendar in
        [parse_in("Australia/Lord_Howe", text), Calendar::parse(&Arc::new(Source::new("a.ics", text.to_owned())))]
    {
        match calendar {
            Ok(calendar) => {
                let limits = Limits { occurrences: 500, steps: 5_000 };
                for (from, to) in
                    [("2026-01-01T00:00:00Z", "2032-01-01T00:00:00Z"), ("1900-01-01T00:00:00Z", "1900-01-02T00:00:00Z")]
                {
                    for occurrence in calendar.between(at(from), at(to), limits).unwrap_or_default() {
                        assert!(
                            occurrence.start < occurrence.end && occurrence.start < at(to) && occurrence.end > at(from)
                        );
                    }
                }
            }
            Err(faults) => {
                assert!((1..=20).contains(&faults.len()));
                for label in faults.iter().flat_map(|fault| &fault.labels) {
                    assert!(
                        label.place.span.range().end <= text.len()
                            && text.is_char_boundary(label.place.span.range().end)
                    );
                    let _ = (label.place.start(), label.place.end());
                }
            }
        }
    }
}

#[test]
fn each_prefix_of_a_text_is_refused() {
    survive(SOUND);
    assert_eq!(wrong(SOUND), [""; 0]);
    for end in (0..SOUND.len() - "\r\n".len()).filter(|end| SOUND.is_char_boundary(*end)) {
        survive(&SOUND[..end]);
        assert!(parse(&SOUND[..end]).is_err(), "{end}");
    }
}

/// A thousand in all take a second or two; `CASES=100000` for an hour of them.
fn cases() -> u32 {
    std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(500)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn changed_texts_never_panic(changes in prop::collection::vec((0..1200_usize, 0..6_usize, "[\\x00-\\x7f]|[0-9;:=,\\-ZTPW]{1,4}|ü|\r\n |END|BEGIN:VEVENT\r\n"), 1..6)) {
        let mut text = SOUND.to_owned();
        for (at, taken, put) in changes {
            let from = text.floor_char_boundary(at % text.len().max(1));
            let to = text.floor_char_boundary((from + taken).min(text.len()));
            text.replace_range(from..to.max(from), &put);
        }
        survive(&text);
    }

    #[test]
    fn any_rule_is_refused_or_bounded(parts in prop::collection::vec("(FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)|COUNT=[0-9]{1,7}|INTERVAL=[0-9]{1,4}|BYDAY=-?[0-9]{0,2}(MO|SU)|BY(MONTH|MONTHDAY|YEARDAY|HOUR|MINUTE|SETPOS|WEEKNO)=-?[0-9]{1,3})", 1..6)) {
        survive(&calendar(&[&format!("UID:1\nDTSTART:19991231T235959Z\nDURATION:P1D\nRRULE:FREQ=YEARLY;{}", parts.join(";"))]));
        survive(&calendar(&[&format!("UID:1\nDTSTART;VALUE=DATE:19040229\nRRULE:{}", parts.join(";"))]));
    }
}
