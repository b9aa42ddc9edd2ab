//! Events of each kind: whole days, times, durations, series with exceptions, and nights in which the clocks change.

use super::desk::{between, calendar, line, parse, parse_in, told, year};
use changegate::calendars::Calendar;
use changegate::source::Source;
use std::fs;
use std::sync::Arc;

/// `tests/data/calendars/*.ics`, each with the occurrences of 2026 and 2027, or with what is wrong with it, in the file of the same name.
#[test]
fn each_file_has_its_occurrences() {
    let mut files: Vec<_> = fs::read_dir("tests/data/calendars").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "ics"));
    files.sort();
    assert!(files.len() >= 8);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let source = Arc::new(Source::new(path.file_name().unwrap().to_str().unwrap(), text));
        let found = match Calendar::parse(&source) {
            Ok(calendar) => {
                between(&calendar, "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z").iter().map(line).collect()
            }
            Err(faults) => told(&faults),
        };
        let found = found.join("\n") + "\n";
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        assert_eq!(found, fs::read_to_string(expected).unwrap(), "{}", path.display());
    }
}

#[test]
fn days_and_times_are_of_their_zones() {
    let of = |lines: &str| year(&calendar(&[&format!("UID:1\nSUMMARY:x\n{lines}")]), 2026).join("");
    for (lines, expected) in [
        ("DTSTART;VALUE=DATE:20260618", "2026-06-17T22:00:00Z/2026-06-18T22:00:00Z x"),
        ("DTSTART;VALUE=DATE:20260618\nDTEND;VALUE=DATE:20260620", "2026-06-17T22:00:00Z/2026-06-19T22:00:00Z x"),
        ("DTSTART;VALUE=DATE;TZID=Asia/Tokyo:20260618\nDURATION:P1W", "2026-06-17T15:00:00Z/2026-06-24T15:00:00Z x"),
        ("DTSTART:20260618T100000\nDURATION:PT90M", "2026-06-18T08:00:00Z/2026-06-18T09:30:00Z x"),
        ("DTSTART:20260618T100000Z\nDTEND:20260618T120000Z", "2026-06-18T10:00:00Z/2026-06-18T12:00:00Z x"),
        (
            "DTSTART;TZID=America/New_York:20260618T100000\nDTEND;TZID=Europe/Berlin:20260618T180000",
            "2026-06-18T14:00:00Z/2026-06-18T16:00:00Z x",
        ),
        // A day of 23 hours, and one of 25.
        ("DTSTART;VALUE=DATE:20260329", "2026-03-28T23:00:00Z/2026-03-29T22:00:00Z x"),
        ("DTSTART:20261024T120000\nDURATION:P1D", "2026-10-24T10:00:00Z/2026-10-25T11:00:00Z x"),
        ("DTSTART:20261024T120000\nDURATION:PT24H", "2026-10-24T10:00:00Z/2026-10-25T10:00:00Z x"),
    ] {
        assert_eq!(of(lines), expected, "{lines}");
    }
}

#[test]
fn the_zone_of_the_calendar_comes_before_the_one_handed_in() {
    let text = calendar(&["UID:1\nDTSTART:20260618T100000\nDURATION:PT1H"]);
    let named = text.replace("VERSION:2.0", "X-WR-TIMEZONE:Asia/Tokyo");
    let first = |calendar: Result<Calendar, _>| {
        between(&calendar.unwrap(), "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")[0].start.to_string()
    };
    assert_eq!(first(parse(&text)), "2026-06-18T08:00:00Z");
    assert_eq!(first(parse(&named)), "2026-06-18T01:00:00Z");
    let source = |text: &str| Arc::new(Source::new("a.ics", text.to_owned()));
    assert_eq!(first(Calendar::parse(&source(&named))), "2026-06-18T01:00:00Z");
    let none = Calendar::parse(&source(&text)).unwrap_err();
    assert_eq!(told(&none), ["5:9 calendar/no-zone: nothing says in which time zone this is"]);
}

/// What freezes takes the earlier reading of its start and the later one of its end; a window of low risk the other ones.
#[test]
fn nights_in_which_the_clocks_change() {
    for (zone, from, to, longer, shorter) in [
        // The clock skips 02:00 to 03:00.
        ("Europe/Berlin", "20260329T023000", "20260329T060000", "00:30/04:00", "01:30/04:00"),
        ("Europe/Berlin", "20260328T220000", "20260329T023000", "21:00/01:30", "21:00/00:30"),
        ("America/New_York", "20260308T023000", "20260308T060000", "06:30/10:00", "07:30/10:00"),
        // It shows 02:00 to 03:00 twice, in New York 01:00 to 02:00.
        ("Europe/Berlin", "20261025T023000", "20261025T060000", "00:30/05:00", "01:30/05:00"),
        ("Europe/Berlin", "20261024T220000", "20261025T023000", "20:00/01:30", "20:00/00:30"),
        ("America/New_York", "20261101T013000", "20261101T060000", "05:30/11:00", "06:30/11:00"),
        // Half an hour, at Lord Howe.
        ("Australia/Lord_Howe", "20261004T021500", "20261004T060000", "15:15/19:00", "15:45/19:00"),
        ("Australia/Lord_Howe", "20260404T220000", "20260405T014500", "11:00/15:15", "11:00/14:45"),
        // Both ends in the hour: a window that would be none keeps its length.
        ("Europe/Berlin", "20261025T021500", "20261025T024500", "00:15/01:45", "01:15/01:45"),
    ] {
        for (category, expected) in [("freeze", longer), ("Low-Risk", shorter)] {
            let lines = format!("UID:1\nCATEGORIES:{category}\nDTSTART:{from}\nDTEND:{to}");
            let calendar = parse_in(zone, &calendar(&[&lines])).unwrap();
            let found = between(&calendar, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
            let time = |at: jiff::Timestamp| at.strftime("%H:%M").to_string();
            assert_eq!(format!("{}/{}", time(found[0].start), time(found[0].end)), expected, "{zone} {lines}");
            assert!(found[0].note.is_some(), "{zone} {lines}");
        }
    }
}

#[test]
fn a_time_that_the_clocks_skip_or_repeat_is_told() {
    let note = |lines: &str| year(&calendar(&[&format!("UID:1\nSUMMARY:x\n{lines}")]), 2026);
    assert_eq!(
        note("DTSTART:20260329T023000\nDTEND:20260329T060000"),
        [
            "2026-03-29T00:30:00Z/2026-03-29T04:00:00Z x (02:30:00 on 2026-03-29 does not exist in Europe/Berlin, and 2026-03-29T00:30:00Z is taken)"
        ]
    );
    assert_eq!(
        note("DTSTART:20261024T220000\nDTEND:20261025T023000"),
        [
            "2026-10-24T20:00:00Z/2026-10-25T01:30:00Z x (02:30:00 on 2026-10-25 comes twice in Europe/Berlin, and 2026-10-25T01:30:00Z is taken)"
        ]
    );
}

/// By the standard each is as long as the first, by a stopwatch; a calendar shows the same hour. The later end is taken.
#[test]
fn occurrences_over_a_change_of_the_clocks_end_at_the_later_of_two_ends() {
    let nights = "UID:1\nSUMMARY:x\nDTSTART:20261023T220000\nDTEND:20261024T060000\nRRULE:FREQ=DAILY;COUNT=3";
    let changes = "the clocks change in it: it could end at 2026-10-25T04:00:00Z or at 2026-10-25T05:00:00Z, and";
    assert_eq!(
        year(&calendar(&[nights]), 2026),
        [
            "2026-10-23T20:00:00Z/2026-10-24T04:00:00Z x",
            &format!("2026-10-24T20:00:00Z/2026-10-25T05:00:00Z x ({changes} 2026-10-25T05:00:00Z is taken)"),
            "2026-10-25T21:00:00Z/2026-10-26T05:00:00Z x",
        ]
    );
    let window = format!("{nights}\nCATEGORIES:low-risk");
    assert!(year(&calendar(&[&window]), 2026)[1].starts_with("2026-10-24T20:00:00Z/2026-10-25T04:00:00Z"));
}

/// In the hour that comes twice, an end can be before the start by the clock and not in time.
#[test]
fn a_series_that_begins_in_the_hour_that_comes_twice_holds_each_time() {
    for (from, to) in [("20261025T024500", "20261025T021500"), ("20260329T023000", "20260329T031500")] {
        let days = format!("UID:1\nSUMMARY:x\nDTSTART:{from}\nDTEND:{to}\nRRULE:FREQ=DAILY;COUNT=3");
        assert!(year(&calendar(&[&days]), 2026).len() >= 3, "{from}");
    }
}

/// Section 3.3.10 leaves out what does not exist and does not count it. A freeze holds then all the same.
#[test]
fn a_rule_that_comes_to_a_time_that_does_not_exist() {
    let nights = "UID:1\nSUMMARY:x\nDTSTART:20260328T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2";
    let days = |text: &str| year(text, 2026).iter().map(|line| line[..20].to_owned()).collect::<Vec<_>>();
    assert_eq!(days(&calendar(&[nights])), ["2026-03-28T01:30:00Z", "2026-03-29T00:30:00Z", "2026-03-30T00:30:00Z"]);
    let window = format!("{nights}\nCATEGORIES:low-risk");
    assert_eq!(days(&calendar(&[&window])), ["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"]);
}

#[test]
fn a_start_to_which_the_rule_does_not_come() {
    let fridays = "UID:1\nSUMMARY:x\nDTSTART:20261216T120000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2";
    assert_eq!(
        year(&calendar(&[fridays]), 2026),
        [
            "2026-12-16T12:00:00Z/2026-12-16T13:00:00Z x (the rule of the event does not come to its start, which counts all the same)",
            "2026-12-18T12:00:00Z/2026-12-18T13:00:00Z x",
            "2026-12-25T12:00:00Z/2026-12-25T13:00:00Z x",
        ]
    );
    assert_eq!(year(&calendar(&[&format!("{fridays}\nCATEGORIES:low-risk")]), 2026).len(), 2);
}

const SERIES: &str =
    "UID:1\nSUMMARY:weekly\nDTSTART;TZID=Europe/Berlin:20261102T180000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=4";

fn starts(events: &[&str]) -> Vec<String> {
    year(&calendar(events), 2026).iter().map(|line| format!("{} {}", &line[5..16], &line[42..])).collect()
}

#[test]
fn exceptions_and_additions() {
    let with =
        |lines: &str| starts(&[&format!("{SERIES}\n{lines}")]).join(" ").replace("weekly", "").replace("  ", " ");
    assert_eq!(with("").trim(), "11-02T17:00 11-09T17:00 11-16T17:00 11-23T17:00");
    // In the zone of the series, in UTC, and in another zone; what is no occurrence takes nothing away.
    assert_eq!(with("EXDATE;TZID=Europe/Berlin:20261102T180000,20261109T180000").trim(), "11-16T17:00 11-23T17:00");
    assert_eq!(with("EXDATE:20261109T170000Z\nEXDATE:20261110T170000Z").trim(), "11-02T17:00 11-16T17:00 11-23T17:00");
    assert_eq!(with("EXDATE;TZID=America/New_York:20261123T120000").trim(), "11-02T17:00 11-09T17:00 11-16T17:00");
    assert_eq!(
        with("RDATE:20261105T090000Z,20261102T170000Z\nRDATE;VALUE=PERIOD:20261106T090000Z/PT1H,20261107T090000Z/20261107T100000Z").trim(),
        "11-02T17:00 11-05T09:00 11-06T09:00 11-07T09:00 11-09T17:00 11-16T17:00 11-23T17:00"
    );
    let period = year(&calendar(&[&format!("{SERIES}\nRDATE;VALUE=PERIOD:20261107T090000Z/PT10M")]), 2026);
    assert_eq!(period[1], "2026-11-07T09:00:00Z/2026-11-07T09:10:00Z weekly");
}

#[test]
fn what_replaces_an_occurrence() {
    let moved = "UID:1\nSUMMARY:moved\nRECURRENCE-ID;TZID=Europe/Berlin:20261109T180000\nDTSTART:20261111T090000Z\nDURATION:PT1H";
    let cancelled = "UID:1\nRECURRENCE-ID:20261116T170000Z\nDTSTART:20261116T170000Z\nDURATION:PT1H\nSTATUS:CANCELLED";
    let expected = ["11-02T17:00 weekly", "11-11T09:00 moved", "11-23T17:00 weekly"];
    assert_eq!(starts(&[SERIES, moved, cancelled]), expected);
    assert_eq!(starts(&[cancelled, moved, SERIES]), expected, "their order does not matter");
    assert_eq!(starts(&[moved]), ["11-11T09:00 moved"], "what stands alone is an event");
    assert_eq!(starts(&[&format!("{SERIES}\nSTATUS:CANCELLED")]), [""; 0]);
    assert_eq!(starts(&[&format!("{SERIES}\nSTATUS:TENTATIVE\nTRANSP:TRANSPARENT")]).len(), 4);
    let days = "UID:1\nSUMMARY:days\nDTSTART;VALUE=DATE:20261102\nRRULE:FREQ=DAILY;COUNT=3";
    let day = "UID:1\nSUMMARY:noon\nRECURRENCE-ID;VALUE=DATE:20261103\nDTSTART:20261103T110000Z\nDURATION:PT1H";
    assert_eq!(starts(&[days, day]), ["11-01T23:00 days", "11-03T11:00 noon", "11-03T23:00 days"]);
}

#[test]
fn occurrences_that_reach_into_the_stretch_are_whole() {
    let calendar =
        parse(&calendar(&["UID:1\nSUMMARY:x\nDTSTART:20200101T000000Z\nDTEND:20200301T000000Z\nRRULE:FREQ=YEARLY"]))
            .unwrap();
    let found = |from: &str, to: &str| between(&calendar, from, to).iter().map(line).collect::<Vec<_>>();
    assert_eq!(
        found("2027-02-10T00:00:00Z", "2027-02-10T00:00:01Z"),
        // Sixty days, as in the leap year of the first.
        ["2027-01-01T00:00:00Z/2027-03-02T00:00:00Z x"]
    );
    assert_eq!(found("2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"), [""; 0], "half-open");
    assert_eq!(found("2027-06-01T00:00:00Z", "2027-06-02T00:00:00Z"), [""; 0]);
}
