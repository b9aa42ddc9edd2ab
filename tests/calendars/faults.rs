//! What is wrong with a calendar, each with its code and its place.

use super::desk::{calendar, wrong};

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (lines, expected) in [
        ("UID:1", "3:1 calendar/missing-property: this event has no DTSTART"),
        ("DTSTART:20261218T180000Z\nDURATION:PT1H", "3:1 calendar/missing-property: this event has no UID"),
        (
            "UID:1\nDTSTART:20261218T180000Z",
            "5:1 calendar/empty-event: this event has no length: it says when it starts, and not when it ends",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDTEND:20261218T170000Z",
            "6:1 calendar/empty-event: this event does not end after it starts",
        ),
        (
            "UID:1\nDTSTART;VALUE=DATE:20261218\nDTEND;VALUE=DATE:20261218",
            "6:1 calendar/empty-event: this event does not end after it starts",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:-PT1H",
            "6:10 calendar/empty-event: this event ends before it starts",
        ),
        ("UID:1\nDTSTART:20261218T180000Z\nDURATION:PT0S", "6:10 calendar/empty-event: this event has no length"),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDTEND;VALUE=DATE:20261219",
            "6:1 calendar/kinds-differ: DTSTART is a time, and these are days",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nEXDATE;VALUE=DATE:20261218",
            "7:1 calendar/kinds-differ: DTSTART is a time, and these are days",
        ),
        (
            "UID:1\nDTSTART;VALUE=DATE:20261218\nDURATION:PT1H",
            "6:10 calendar/bad-value: `PT1H` is no value of DURATION",
        ),
        (
            "UID:1\nDTSTART:20261318T180000Z\nDURATION:PT1H",
            "5:9 calendar/bad-value: `20261318T180000Z` is no value of DTSTART",
        ),
        ("UID:1\nDTSTART:20261218\nDURATION:PT1H", "5:9 calendar/bad-value: `20261218` is no value of DTSTART"),
        (
            "UID:1\nDTSTART;TZID=Europe/Berlin:20261218T180000Z\nDURATION:PT1H",
            "5:28 calendar/bad-value: this time is in UTC and in another zone",
        ),
        (
            "UID:1\nDTSTART;TZID=Europe/Atlantis:20261218T180000\nDURATION:PT1H",
            "5:14 calendar/unknown-zone: there is no time zone `Europe/Atlantis`",
        ),
        (
            "UID:1\nDTSTART;TZID=Europe/Atl\n antis:20261218T1800\n 0x\nDURATION:PT1H",
            "6:8 calendar/bad-value: `20261218T18000x` is no value of DTSTART",
        ),
        (
            "UID:1\nDTSTART:18991231T180000Z\nDURATION:PT1H",
            "5:9 calendar/out-of-range: `18991231T180000Z` is out of range",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDTEND:20461218T180000Z",
            "6:1 calendar/out-of-range: this event is longer than ten years",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nDTEND:20261218T190000Z",
            "6:1 calendar/repeated-property: this event says twice when it ends",
        ),
        ("UID:1\nuid:2\nDTSTART:20261218T180000Z\nDURATION:PT1H", "5:1 calendar/repeated-property: UID stands twice"),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nEXRULE:FREQ=DAILY",
            "7:1 calendar/unsupported: EXRULE is not read",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261218T180000Z",
            "7:21 calendar/unsupported: `RANGE=THISANDFUTURE` is not read",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nCATEGORY:freeze",
            "7:1 calendar/unknown-property: there is no property CATEGORY",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nEXDATES:20261218T180000Z",
            "7:1 calendar/unknown-property: there is no property EXDATES",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nSTATUS:CANCELED",
            "7:8 calendar/bad-value: `CANCELED` is no value of STATUS",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261231",
            "7:1 calendar/kinds-differ: DTSTART and UNTIL are not both days or both times",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261217T000000Z",
            "7:1 calendar/empty-event: this rule ends before the event starts",
        ),
        (
            "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nno property",
            "7:1 calendar/syntax: this line has no colon after the name and parameters of a property",
        ),
    ] {
        assert!(
            wrong(&calendar(&[lines])).contains(&expected.to_owned()),
            "{lines}\n{:?}\n{expected}",
            wrong(&calendar(&[lines]))
        );
    }
}

#[test]
fn rules_that_are_wrong_are_told_with_the_place_of_their_part() {
    for (rule, expected) in [
        ("", "7:1 calendar/bad-rule: `` is no part of a rule: it has no `=`"),
        ("COUNT=2", "7:7 calendar/bad-rule: FREQ is missing"),
        ("FREQ=FORTNIGHTLY", "7:12 calendar/bad-rule: there is no frequency `FORTNIGHTLY`"),
        ("FREQ=SECONDLY", "7:12 calendar/bad-rule: what comes every minute or every second is not expanded"),
        (
            "FREQ=DAILY;COUNT=2;UNTIL=20261231T000000Z",
            "7:32 calendar/bad-rule: a rule has UNTIL or COUNT, and this one has both",
        ),
        ("FREQ=DAILY;COUNT=0", "7:24 calendar/bad-rule: a number from 1 to 1000000 belongs here"),
        ("FREQ=DAILY;INTERVAL=0", "7:27 calendar/bad-rule: a number from 1 to 9999 belongs here"),
        ("FREQ=DAILY;FREQ=DAILY", "7:18 calendar/bad-rule: FREQ stands twice"),
        ("FREQ=DAILY;BYEASTER=1", "7:18 calendar/bad-rule: there is no part `BYEASTER` of a rule"),
        ("FREQ=DAILY;BYHOUR=1,24", "7:27 calendar/bad-rule: numbers from 0 to 23 belong here"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "7:31 calendar/bad-rule: numbers from 1 to 31, or -1 to -31 belong here"),
        ("FREQ=MONTHLY;BYDAY=MO,XX", "7:29 calendar/bad-rule: days such as `MO`, `1FR` or `-1SU` belong here"),
        ("FREQ=DAILY;UNTIL=tomorrow", "7:24 calendar/bad-rule: `tomorrow` is no day and no time"),
        (
            "FREQ=WEEKLY;BYDAY=1MO",
            "7:7 calendar/bad-rule: the days of BYDAY have numbers with FREQ=MONTHLY and FREQ=YEARLY alone",
        ),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "7:7 calendar/bad-rule: BYMONTHDAY does not go with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "7:7 calendar/bad-rule: BYYEARDAY goes with FREQ=YEARLY and FREQ=HOURLY alone"),
        ("FREQ=MONTHLY;BYWEEKNO=1;BYDAY=MO", "7:7 calendar/bad-rule: BYWEEKNO goes with FREQ=YEARLY alone"),
        (
            "FREQ=YEARLY;BYWEEKNO=1",
            "7:7 calendar/bad-rule: BYWEEKNO without BYDAY is one day of the week for some programs, and all seven for others: name the days",
        ),
        (
            "FREQ=DAILY;BYSETPOS=1",
            "7:7 calendar/bad-rule: BYSETPOS chooses from what another BY... part gives, and there is none",
        ),
    ] {
        let text = calendar(&[&format!("UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H\nRRULE:{rule}")]);
        assert_eq!(wrong(&text), [expected], "{rule}");
    }
}

#[test]
fn texts_that_are_no_calendar() {
    for (text, expected) in [
        ("", "1:1 calendar/not-a-calendar: this is no iCalendar text"),
        ("BEGIN:VEVENT\nEND:VEVENT", "1:1 calendar/syntax: `VEVENT` stands outside of a calendar"),
        ("BEGIN:VCALENDAR", "1:1 calendar/syntax: this VCALENDAR is not ended"),
        ("BEGIN:VCALENDAR\nEND:VEVENT", "2:1 calendar/syntax: `VEVENT` ends here, and VCALENDAR is open"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\nX:1", "3:1 calendar/syntax: this line stands outside of the calendar"),
        (
            "BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR",
            "3:1 calendar/syntax: a second calendar begins here",
        ),
        ("BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR", "2:9 calendar/unsupported: this is version `1.0`"),
        (
            "BEGIN:VCALENDAR\nCALSCALE:HEBREW\nEND:VCALENDAR",
            "2:10 calendar/unsupported: the calendar scale `HEBREW` is not read",
        ),
        (
            "BEGIN:VCALENDAR\nMETHOD:CANCEL\nEND:VCALENDAR",
            "2:8 calendar/unsupported: this is a message about events, `CANCEL`, and no calendar",
        ),
        (
            "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Mars\nEND:VCALENDAR",
            "2:15 calendar/unknown-zone: there is no time zone `Mars`",
        ),
        ("{\"a\": 1}", "1:1 calendar/syntax: this line does not begin with the name of a property"),
    ] {
        assert_eq!(wrong(text).first().map(String::as_str), Some(expected), "{text}");
    }
    assert_eq!(wrong("BEGIN:VCALENDAR\nEND:VCALENDAR"), [""; 0], "an empty calendar is one");
}

#[test]
fn an_event_is_there_once() {
    let once = "UID:1\nDTSTART:20261218T180000Z\nDURATION:PT1H";
    assert_eq!(wrong(&calendar(&[once, once])), ["9:1 calendar/duplicate-uid: another event has this UID"]);
    let one = format!("{once}\nRECURRENCE-ID:20261218T180000Z");
    assert_eq!(
        wrong(&calendar(&[once, &one, &one])),
        ["18:1 calendar/duplicate-uid: another event stands for this occurrence already"]
    );
    assert_eq!(wrong(&calendar(&[&one, &one])).len(), 1);
    let day = format!("{once}\nRECURRENCE-ID;VALUE=DATE:20261218");
    assert_eq!(
        wrong(&calendar(&[once, &day])),
        ["12:1 calendar/kinds-differ: this event stands for no occurrence of its series"]
    );
}
