//! The examples of RFC 5545, section 3.8.5.3: the rules and the dates that it lists for them.

use super::desk::{between, calendar, parse, told, wrong};
use std::collections::BTreeMap;

/// The start, the rules and what goes with them, and the local days (or times) of New York that the standard lists. `…` where it lists the
/// first ones.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("19970902T090000", "RRULE:FREQ=DAILY;COUNT=10", "1997-09-02 03 04 05 06 07 08 09 10 11"),
    (
        "19970902T090000",
        "RRULE:FREQ=DAILY;INTERVAL=2",
        "1997-09-02 04 06 08 10 12 14 16 18 20 22 24 26 28 30 10-02 04 06 …",
    ),
    ("19970902T090000", "RRULE:FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02 12 22 10-02 12"),
    ("19970902T090000", "RRULE:FREQ=WEEKLY;COUNT=10", "1997-09-02 09 16 23 30 10-07 14 21 28 11-04"),
    (
        "19970902T090000",
        "RRULE:FREQ=WEEKLY;UNTIL=19971224T000000Z",
        "1997-09-02 09 16 23 30 10-07 14 21 28 11-04 11 18 25 12-02 09 16 23",
    ),
    (
        "19970902T090000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "1997-09-02 16 30 10-14 28 11-11 25 12-09 23 1998-01-06 20 02-03 17 …",
    ),
    (
        "19970902T090000",
        "RRULE:FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
        "1997-09-02 04 09 11 16 18 23 25 30 10-02",
    ),
    ("19970902T090000", "RRULE:FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09-02 04 09 11 16 18 23 25 30 10-02"),
    (
        "19970901T090000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "1997-09-01 03 05 15 17 19 29 10-01 03 13 15 17 27 29 31 11-10 12 14 24 26 28 12-08 10 12 22",
    ),
    (
        "19970902T090000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        "1997-09-02 04 16 18 30 10-02 14 16",
    ),
    (
        "19970905T090000",
        "RRULE:FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "1997-09-05 10-03 11-07 12-05 1998-01-02 02-06 03-06 04-03 05-01 06-05",
    ),
    ("19970905T090000", "RRULE:FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09-05 10-03 11-07 12-05"),
    (
        "19970907T090000",
        "RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997-09-07 28 11-02 30 1998-01-04 25 03-01 29 05-03 31",
    ),
    ("19970922T090000", "RRULE:FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22 10-20 11-17 12-22 1998-01-19 02-16"),
    ("19970928T090000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28 10-29 11-28 12-29 1998-01-29 02-26 …"),
    (
        "19970902T090000",
        "RRULE:FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        "1997-09-02 15 10-02 15 11-02 15 12-02 15 1998-01-02 15",
    ),
    (
        "19970930T090000",
        "RRULE:FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "1997-09-30 10-01 31 11-01 30 12-01 31 1998-01-01 31 02-01",
    ),
    (
        "19970910T090000",
        "RRULE:FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997-09-10 11 12 13 14 15 1999-03-10 11 12 13",
    ),
    (
        "19970902T090000",
        "RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        "1997-09-02 09 16 23 30 11-04 11 18 25 1998-01-06 13 20 27 03-03 10 17 24 31 …",
    ),
    (
        "19970610T090000",
        "RRULE:FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "1997-06-10 07-10 1998-06-10 07-10 1999-06-10 07-10 2000-06-10 07-10 2001-06-10 07-10",
    ),
    (
        "19970310T090000",
        "RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "1997-03-10 1999-01-10 02-10 03-10 2001-01-10 02-10 03-10 2003-01-10 02-10 03-10",
    ),
    (
        "19970101T090000",
        "RRULE:FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997-01-01 04-10 07-19 2000-01-01 04-09 07-18 2003-01-01 04-10 07-19 2006-01-01",
    ),
    ("19970519T090000", "RRULE:FREQ=YEARLY;BYDAY=20MO", "1997-05-19 1998-05-18 1999-05-17 …"),
    ("19970512T090000", "RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12 1998-05-11 1999-05-17 …"),
    (
        "19970313T090000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "1997-03-13 20 27 1998-03-05 12 19 26 1999-03-04 11 18 25 …",
    ),
    (
        "19970902T090000",
        "EXDATE;TZID=America/New_York:19970902T090000\nRRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "1998-02-13 03-13 11-13 1999-08-13 2000-10-13 …",
    ),
    (
        "19970913T090000",
        "RRULE:FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "1997-09-13 10-11 11-08 12-13 1998-01-10 02-07 03-07 04-11 05-09 06-13 …",
    ),
    (
        "19961105T090000",
        "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "1996-11-05 2000-11-07 2004-11-02 …",
    ),
    ("19970904T090000", "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04 10-07 11-06"),
    (
        "19970929T090000",
        "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "1997-09-29 10-30 11-27 12-30 1998-01-29 02-26 03-30 …",
    ),
    ("19970902T090000", "RRULE:FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", "1997-09-02T09 12 15"),
    ("19970805T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05 10 19 24"),
    ("19970805T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05 17 19 31"),
    ("20070115T090000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15 30 02-15 03-15 30"),
];

#[test]
fn the_examples_of_the_standard_come_to_its_dates() {
    for (start, rule, expected) in EXAMPLES {
        let text = calendar(&[&format!("UID:1\nDTSTART;TZID=America/New_York:{start}\nDURATION:PT1M\n{rule}")]);
        let calendar = parse(&text).unwrap_or_else(|faults| panic!("{rule}: {:?}", told(&faults)));
        let expected = days(expected);
        let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
        let found: Vec<_> = between(&calendar, "1996-01-01T00:00:00Z", "2010-01-01T00:00:00Z")
            .iter()
            .map(|occurrence| occurrence.start.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H").to_string())
            .collect();
        let shown = if expected.1 { found.get(..expected.0.len()).unwrap() } else { &found };
        assert_eq!(shown, expected.0, "{rule}");
    }
}

/// Days in full, at nine unless they say another hour; and whether more follow.
fn days(short: &str) -> (Vec<String>, bool) {
    let (mut year, mut month, mut day) = (String::new(), String::new(), String::new());
    let mut days = Vec::new();
    for word in short.split(' ').filter(|word| *word != "…") {
        let (date, hour) = word.split_once('T').unwrap_or((word, ""));
        match date.split('-').collect::<Vec<_>>()[..] {
            [y, m, d] => (year, month, day) = (y.to_owned(), m.to_owned(), d.to_owned()),
            [m, d] => (month, day) = (m.to_owned(), d.to_owned()),
            // Of an example by the hour the further words are hours.
            [d] if short.contains('T') => {
                days.push(format!("{year}-{month}-{day}T{d}"));
                continue;
            }
            [d] => day = d.to_owned(),
            _ => panic!("{word}"),
        }
        days.push(format!("{year}-{month}-{day}T{}", if hour.is_empty() { "09" } else { hour }));
    }
    (days, short.ends_with('…'))
}

#[test]
fn examples_that_say_how_many_there_are() {
    let counts = BTreeMap::from([
        // Every day until Christmas, 113 times; every day of January for three years, 93 times, in two ways.
        ("DTSTART;TZID=America/New_York:19970902T090000\nRRULE:FREQ=DAILY;UNTIL=19971224T000000Z", 113),
        (
            "DTSTART;TZID=America/New_York:19980101T090000\nRRULE:FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
            93,
        ),
        ("DTSTART;TZID=America/New_York:19980101T090000\nRRULE:FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", 93),
        // Thursdays of three summers.
        (
            "DTSTART;TZID=America/New_York:19970605T090000\nRRULE:FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8;UNTIL=19991231T000000Z",
            39,
        ),
        // Every twenty minutes from 9:00 to 16:40 of one day, as hours and minutes.
        (
            "DTSTART;TZID=America/New_York:19970902T090000\nRRULE:FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40;COUNT=24",
            24,
        ),
    ]);
    for (lines, count) in counts {
        let calendar = parse(&calendar(&[&format!("UID:1\nDURATION:PT1M\n{lines}")])).unwrap();
        assert_eq!(between(&calendar, "1996-01-01T00:00:00Z", "2010-01-01T00:00:00Z").len(), count, "{lines}");
    }
}

#[test]
fn examples_by_the_minute_are_refused() {
    for rule in ["FREQ=MINUTELY;INTERVAL=15;COUNT=6", "FREQ=MINUTELY;INTERVAL=90;COUNT=4", "FREQ=SECONDLY;COUNT=2"] {
        let text =
            calendar(&[&format!("UID:1\nDTSTART;TZID=America/New_York:19970902T090000\nDURATION:PT1M\nRRULE:{rule}")]);
        let expected = "7:12 calendar/bad-rule: what comes every minute or every second is not expanded";
        assert_eq!(wrong(&text), [expected], "{rule}");
    }
}
