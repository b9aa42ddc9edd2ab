//! Events that are none of the gate's business in a calendar that others use too, and what hides that an event is one.

use super::desk::{between, calendar, line, told};
use changegate::calendars::{Calendar, Category, Purpose, Unmarked, purpose};
use changegate::source::{Place, Source, Span};
use jiff::tz::TimeZone;
use std::sync::Arc;

const FREEZE: &str = "UID:f\nSUMMARY:freeze\nCATEGORIES:freeze\nDTSTART;VALUE=DATE:20261218\nRRULE:FREQ=DAILY;COUNT=3";
const WINDOW: &str = "UID:w\nSUMMARY:w\nCATEGORIES:low-risk\nDTSTART:20261201T180000\nDURATION:PT4H\nRRULE:FREQ=WEEKLY;UNTIL=20261222T220000Z";

fn read(events: &[&str], unmarked: Unmarked) -> Result<Calendar, Vec<String>> {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let source = Arc::new(Source::new("a.ics", calendar(events)));
    Calendar::read(&source, Some(&zone), unmarked).map_err(|faults| told(&faults))
}

fn found(events: &[&str], unmarked: Unmarked) -> Vec<String> {
    let calendar = read(events, unmarked).unwrap_or_else(|faults| panic!("{faults:#?}"));
    between(&calendar, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z").iter().map(line).collect()
}

fn wrong(events: &[&str], unmarked: Unmarked) -> Vec<String> {
    read(events, unmarked).err().unwrap_or_default()
}

/// What others write, with which a gate that reads freezes alone has nothing to do.
const OTHERS: [&str; 12] = [
    "UID:1\nDTSTART:20261125T180000",
    "UID:1\nDTSTART:20261125T180000\nDTEND:20261125T180000",
    "UID:1\nDTSTART:20261125T180000\nDURATION:-PT1H",
    "UID:1\nDTSTART;TZID=Customized Time Zone:20261125T180000\nDURATION:PT1H\nEXDATE;TZID=x:1",
    "UID:1\nDTSTART:20261125T180000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY",
    "UID:1\nDTSTART:20261125T180000\nDURATION:PT1H\nRRULE:FREQ=SECONDLY",
    "UID:1\nDTSTART;VALUE=DATE:15000101",
    "UID:1\nDTSTART:tomorrow\nRDATE:x\nRDATE;VALUE=PERIOD:y",
    "UID:1",
    "DTSTART:20261125T180000",
    "UID:1\nUID:2\nSTATUS:BUSY\nTRANSP:x",
    "UID:1\nDTSTART:20261125T180000\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=x:20261125T180000",
];

#[test]
fn what_is_none_of_ours_is_not_judged() {
    let alone = found(&[FREEZE], Unmarked::Nothing);
    assert_eq!(alone.len(), 3);
    for other in OTHERS {
        for categories in ["", "\nCATEGORIES:Project: Alpha,Red category"] {
            let other = format!("{other}{categories}");
            assert_eq!(found(&[&other, FREEZE], Unmarked::Nothing), alone, "{other}");
            // Twice, as a program may export it.
            assert_eq!(found(&[FREEZE, &other, &other], Unmarked::Nothing), alone, "{other}");
        }
        assert_ne!(wrong(&[other], Unmarked::Freeze), [""; 0], "it would be a freeze: {other}");
        assert_ne!(wrong(&[&format!("{other}\nCATEGORIES:freeze")], Unmarked::Nothing), [""; 0], "{other}");
    }
}

/// The zone that such an event names is described in the file, too.
#[test]
fn a_description_of_a_zone_is_not_read() {
    let text = calendar(&[FREEZE])
        .replace("BEGIN:VEVENT", "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nEND:VTIMEZONE\nBEGIN:VEVENT");
    assert!(super::desk::parse(&text).is_ok());
}

#[test]
fn what_is_cancelled_needs_no_more_than_an_id() {
    for unmarked in [Unmarked::Freeze, Unmarked::Nothing] {
        let alone = found(&[FREEZE], unmarked);
        for other in OTHERS.into_iter().filter(|other| !other.contains("STATUS") && other.contains("UID")) {
            for categories in ["", "\nCATEGORIES:freeze", "\nCATEGORIES:low risk"] {
                let other = format!("{other}{categories}\nSTATUS:CANCELLED");
                assert_eq!(found(&[&other, FREEZE], unmarked), alone, "{other}");
            }
        }
        let nameless = "DTSTART:20261125T180000\nCATEGORIES:freeze\nSTATUS:CANCELLED";
        assert_eq!(wrong(&[nameless], unmarked), ["3:1 calendar/missing-property: this event has no UID"]);
    }
}

#[test]
fn what_is_cancelled_takes_its_occurrence_away() {
    let cancelled = "UID:f\nRECURRENCE-ID;VALUE=DATE:20261219\nDTSTART;TZID=x:20261219T180000\nSTATUS:CANCELLED";
    let left = found(&[FREEZE, &cancelled.replace(";TZID=x", "")], Unmarked::Nothing);
    assert_eq!(left.len(), 2, "{left:?}");
    assert_eq!(
        wrong(&[FREEZE, cancelled], Unmarked::Nothing),
        ["13:14 calendar/unknown-zone: there is no time zone `x`"],
        "nobody can tell which occurrence is gone"
    );
    let twice = "UID:f\nSTATUS:CANCELLED";
    assert_eq!(wrong(&[FREEZE, twice], Unmarked::Nothing), ["11:1 calendar/duplicate-uid: another event has this UID"]);
}

#[test]
fn one_occurrence_that_says_nothing_for_the_gate_is_of_its_series() {
    let scoped = FREEZE.replace("CATEGORIES:freeze", "CATEGORIES:freeze,system:payments-db");
    for unmarked in [Unmarked::Nothing, Unmarked::Freeze] {
        for categories in ["", "\nCATEGORIES:Holidays,Red category"] {
            let other = format!(
                "UID:f\nSUMMARY:moved\nRECURRENCE-ID;VALUE=DATE:20261219\nDTSTART;VALUE=DATE:20261224{categories}"
            );
            // In either order of the text.
            for events in [[&*scoped, &*other], [&*other, &*scoped]] {
                let calendar = read(&events, unmarked).unwrap();
                let found = between(&calendar, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
                assert_eq!(
                    found.iter().map(line).collect::<Vec<_>>(),
                    [
                        "2026-12-17T23:00:00Z/2026-12-18T23:00:00Z freeze",
                        "2026-12-19T23:00:00Z/2026-12-20T23:00:00Z freeze",
                        "2026-12-23T23:00:00Z/2026-12-24T23:00:00Z moved",
                    ]
                );
                assert!(found.iter().all(|found| found.categories[1].text == "system:payments-db"), "{found:?}");
            }
        }
    }
    let other = "UID:f\nRECURRENCE-ID;VALUE=DATE:20261219\nDTSTART;VALUE=DATE:20261219";
    // What it is of a series that holds has to be read, and one of a series that does not is none of ours.
    assert_eq!(wrong(&[FREEZE, &other.replace("\nDTSTART;VALUE=DATE:20261219", "")], Unmarked::Nothing).len(), 1);
    assert_eq!(found(&[other, &format!("{FREEZE}\nSTATUS:CANCELLED")], Unmarked::Nothing), [""; 0]);
    // It says itself that it is something else.
    let window = found(&[FREEZE, &format!("{other}\nCATEGORIES:low-risk")], Unmarked::Nothing);
    assert_eq!(window.len(), 3, "{window:?}");
}

#[test]
fn a_misspelt_property_hides_nothing() {
    for other in ["UID:1\nCATEGORY:freeze", "UID:1\nCATEGORIE:freeze"] {
        assert_eq!(wrong(&[other], Unmarked::Nothing).len(), 1, "{other}");
    }
}

#[test]
fn a_window_that_is_taken_out_does_not_stay_open_unnoticed() {
    let missed = |lines: &str| wrong(&[&format!("{WINDOW}\n{lines}")], Unmarked::Freeze);
    let told = ["10:8 calendar/no-occurrence: this EXDATE takes no occurrence away"];
    for (exdate, is_missed) in [
        ("20261208T180000", false),
        ("20261208T170000Z", false),
        ("20261208T190000", true),
        ("20261208T180000Z", true),
        // A Wednesday.
        ("20261209T180000", true),
        ("20261201T180000", false),
        ("20261201T170000", true),
        ("20261222T190000", true),
        // What was taken out before the series was cut short.
        ("20261229T180000", false),
        ("20261103T180000", false),
    ] {
        assert_eq!(missed(&format!("EXDATE:{exdate}")), if is_missed { &told[..] } else { &[] }, "{exdate}");
    }
    assert_eq!(missed("EXDATE:20261208T180000,20261215T190000").len(), 1);
    assert_eq!(missed("RDATE:20261209T200000\nEXDATE:20261209T200000"), [""; 0]);
    let once = "UID:w\nCATEGORIES:low-risk\nDTSTART:20261201T180000\nDURATION:PT4H\nEXDATE:20261201T190000";
    assert_eq!(wrong(&[once], Unmarked::Freeze).len(), 1);
    let counted = WINDOW.replace("UNTIL=20261222T220000Z", "COUNT=4");
    assert_eq!(wrong(&[&format!("{counted}\nEXDATE:20261222T180000")], Unmarked::Freeze), [""; 0]);
    assert_eq!(wrong(&[&format!("{counted}\nEXDATE:20261222T180001")], Unmarked::Freeze).len(), 1);
    // A time that the clocks skip is none in a window, and may be taken out.
    let night =
        "UID:w\nCATEGORIES:low-risk\nDTSTART:20260301T023000\nDURATION:PT4H\nRRULE:FREQ=WEEKLY\nEXDATE:20260329T023000";
    assert_eq!(wrong(&[night], Unmarked::Freeze), [""; 0]);
    // A freeze that stays is seen by whom it stops.
    assert_eq!(wrong(&[&format!("{FREEZE}\nEXDATE;VALUE=DATE:20261225")], Unmarked::Freeze), [""; 0]);
}

/// What counts is counted from its start, for all that is taken out of it at once.
#[test]
fn a_long_series_can_have_many_exceptions() {
    let series = "UID:w\nCATEGORIES:low-risk\nDTSTART;VALUE=DATE:20000101\nRRULE:FREQ=DAILY;COUNT=8000";
    let day = |number: i64| jiff::civil::date(2000, 1, 1).checked_add(jiff::Span::new().days(number)).unwrap();
    let except = |first: i64| {
        let days: Vec<_> = (first..first + 1400).map(|number| day(number).strftime("%Y%m%d").to_string()).collect();
        format!("{series}\nEXDATE;VALUE=DATE:{}", days.join(","))
    };
    assert_eq!(wrong(&[&except(6000)], Unmarked::Freeze), [""; 0]);
    let missed = wrong(&[&except(7990)], Unmarked::Freeze);
    assert!(missed.len() == 20 && missed.iter().all(|one| one.contains("calendar/no-occurrence")), "{missed:?}");
    // What is too much is told once.
    let hours = "CATEGORIES:low-risk\nDTSTART:19000101T000000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY\nEXDATE:19000201T000000Z,21990101T000000Z";
    let two = wrong(&[&format!("UID:1\n{hours}"), &format!("UID:2\n{hours}")], Unmarked::Freeze);
    assert!(two.len() == 1 && two[0].contains("calendar/too-much-work"), "{two:?}");
}

#[test]
fn a_window_that_is_moved_or_cancelled_does_not_stay_open_unnoticed() {
    for status in ["STATUS:CANCELLED", "CATEGORIES:low-risk\nDURATION:PT1H", "CATEGORIES:Holidays\nDURATION:PT1H"] {
        let other = |at: &str| format!("UID:w\nRECURRENCE-ID:{at}\nDTSTART:20261208T180000\n{status}");
        for (at, is_missed) in [
            ("20261208T180000", false),
            ("20261208T170000Z", false),
            ("20261208T180000Z", true),
            ("20261229T180000", false),
        ] {
            let wrong = wrong(&[WINDOW, &other(at)], Unmarked::Nothing);
            let told = ["13:1 calendar/no-occurrence: this event stands for no occurrence of its series"];
            assert_eq!(wrong, if is_missed { &told[..] } else { &[] }, "{at} {status}");
        }
    }
}

fn purpose_of(categories: &[&str], unmarked: Unmarked) -> Result<Option<Purpose>, String> {
    let place = Place::new(&Arc::new(Source::new("a.ics", "")), Span::default());
    let category = |text: &&str| Category { text: (*text).to_owned(), place: place.clone() };
    let categories: Vec<_> = categories.iter().map(category).collect();
    purpose(&categories, unmarked).map_err(|fault| format!("{}: {}", fault.code, fault.message))
}

/// What is told of events that are left out.
fn left_out(categories: &str, unmarked: Unmarked) -> Vec<(String, &'static str)> {
    let event = format!("UID:1\nDTSTART:20261125T180000\nCATEGORIES:{categories}");
    let Ok(calendar) = read(&[&event], unmarked) else { return Vec::new() };
    calendar.left_out().map(|(category, word)| (category.text.clone(), word)).collect()
}

#[test]
fn near_misses_are_told_where_they_change_something() {
    use Purpose::{Freeze, LowRisk};
    let nearly_freeze = [
        "freezes",
        "Change Freeze",
        "frezee",
        "freez",
        "freeze!",
        "Code-Freeze",
        "codefreeze",
        "Deployment freezes",
        "Freeze: year end",
    ];
    let nearly_low_risk = ["low risk", "Low_Risk", "lowrisk", "low-risks", "low-rsik", "Low risk window"];
    for near in nearly_freeze {
        assert_eq!(purpose_of(&[near], Unmarked::Nothing), Ok(None), "{near}");
        assert_eq!(left_out(near, Unmarked::Nothing), [(near.to_owned(), "freeze")]);
        assert_eq!(purpose_of(&[near], Unmarked::Freeze), Ok(Some(Freeze)), "{near}");
        assert!(purpose_of(&["low-risk", near], Unmarked::Freeze).is_err(), "{near}");
    }
    for near in nearly_low_risk {
        assert_eq!(purpose_of(&[near], Unmarked::Nothing), Ok(None), "{near}");
        assert_eq!(left_out(near, Unmarked::Nothing), [(near.to_owned(), "low-risk")]);
        assert!(purpose_of(&[near], Unmarked::Freeze).is_err(), "{near}");
        assert_eq!(purpose_of(&[near, "low-risk"], Unmarked::Freeze), Ok(Some(LowRisk)), "{near}");
    }
    for other in [
        "Holidays",
        "Breeze",
        "free",
        "Free time",
        "low",
        "risk",
        "high-risk",
        "no-risk",
        "Project: Alpha",
        "frozen",
        "Ice",
        "Hiring freeze",
        "Feature Freeze",
        "Freezer",
        "Low Risk Patients",
        "",
    ] {
        assert_eq!(purpose_of(&[other], Unmarked::Nothing), Ok(None), "{other}");
        assert_eq!(purpose_of(&[other, "freeze"], Unmarked::Nothing), Ok(Some(Freeze)), "{other}");
        assert_eq!(purpose_of(&[other, "low-risk"], Unmarked::Freeze), Ok(Some(LowRisk)), "{other}");
        assert_eq!(left_out(other, Unmarked::Nothing), []);
    }
    assert_eq!(left_out("freezes\nSTATUS:CANCELLED", Unmarked::Nothing), []);
    assert_eq!(
        purpose_of(&["low risk"], Unmarked::Freeze).unwrap_err(),
        "calendar/unclear-purpose: `low risk` is not `low-risk`, and this event would be a freeze"
    );
}

#[test]
fn a_scope_is_one_beside_a_purpose_alone() {
    let scopes = ["system: HR", "Environment: lab", "Exempt:tax", "hold: room 5", "system:freeze-service"];
    for scope in scopes {
        assert_eq!(purpose_of(&["Holidays", scope], Unmarked::Nothing), Ok(None));
        assert_eq!(left_out(scope, Unmarked::Nothing), []);
        assert_eq!(purpose_of(&[scope], Unmarked::Freeze), Ok(Some(Purpose::Freeze)));
        assert_eq!(purpose_of(&[scope, "low-risk"], Unmarked::Nothing), Ok(Some(Purpose::LowRisk)));
    }
    // One occurrence of a freeze that says for what it holds is a freeze for that.
    let other =
        "UID:f\nRECURRENCE-ID;VALUE=DATE:20261219\nDTSTART;VALUE=DATE:20261219\nCATEGORIES:system:wiki,Holidays";
    let calendar = read(&[FREEZE, other], Unmarked::Nothing).unwrap();
    let found = between(&calendar, "2026-12-18T23:00:00Z", "2026-12-19T23:00:00Z");
    let categories: Vec<_> =
        found.iter().map(|found| found.categories.iter().map(|one| &*one.text).collect::<Vec<_>>()).collect();
    assert_eq!(categories, [["freeze", "system:wiki"]]);
}
