//! What calendars do to verdicts.

use super::{CONFIG, Desk, FREEZE, calendar, faults, findings, proposal};

#[test]
fn a_freeze_of_a_calendar_denies_and_shows_its_line() {
    let desk = Desk::new(&calendar(&[FREEZE]));
    let report = desk.check(&[]);
    assert_eq!(
        findings(&report, "freeze/respected"),
        [
            "deny: the window meets the freeze `stocktaking`, which lasts from 2026-11-25 18:00 +01:00 to 2026-11-26 06:00 +01:00"
        ]
    );
    let of = |report: &serde_json::Value| {
        let findings = report["proposals"][0]["findings"].as_array().unwrap();
        findings.iter().find(|finding| finding["rule"] == "freeze/respected").unwrap().clone()
    };
    let related = of(&report)["related"][0].clone();
    assert_eq!((&related["file"], &related["line"]), (&"calendars/a.ics".into(), &6.into()), "{related}");
    let read = &report["calendars"][0];
    assert_eq!(read["file"], "calendars/a.ics");
    assert!(read["digest"].as_str().unwrap().starts_with("sha256:"));
}

#[test]
fn scopes_say_for_what_it_holds() {
    for (categories, denied) in [
        ("Freeze", true),
        ("freeze,system:wiki,environment:production", true),
        ("freeze,environment:staging", false),
        ("freeze,exempt:planned,Holidays", false),
        ("low-risk", false),
    ] {
        let mut proposal = proposal("2026-11-25T19:00:00+01:00", "2026-11-25T20:30:00+01:00");
        proposal["change"]["environment"] = "production".into();
        let desk = Desk::new(&calendar(&[&FREEZE.replace("freeze", categories)]))
            .with("changes/p.json", &proposal.to_string());
        let report = desk.check(&[]);
        let found = findings(&report, "freeze/respected");
        assert_eq!(found.iter().any(|one| one.starts_with("deny")), denied, "{categories}: {report:#}");
        // What it lets through by what the proposal says of itself is named.
        assert_eq!(found.iter().any(|one| one.starts_with("info")), categories.contains("exempt"), "{categories}");
    }
}

#[test]
fn an_event_without_a_category_is_a_freeze_unless_the_configuration_says_otherwise() {
    let desk = Desk::new(&calendar(&[&FREEZE.replace("\nCATEGORIES:freeze", "")]));
    assert_eq!(findings(&desk.check(&[]), "freeze/respected").len(), 1);
    let desk = desk.with("changegate.toml", &format!("{CONFIG}without_category = \"nothing\"\n"));
    assert_eq!(findings(&desk.check(&[]), "freeze/respected"), [""; 0]);
}

#[test]
fn what_is_none_of_ours_leaves_no_run_undecided() {
    let config = format!("{CONFIG}without_category = \"nothing\"\n");
    for others in ["", "\nCATEGORIES:Project: Alpha"] {
        let reminder = format!("UID:2\nDTSTART;TZID=Customized Time Zone:20261125T180000{others}");
        let desk = Desk::new(&calendar(&[&reminder, FREEZE])).with("changegate.toml", &config);
        assert_eq!(findings(&desk.check(&[]), "freeze/respected").len(), 1, "{others}");
    }
    for others in ["Hiring freeze", "Freezer", "system: HR", "Low Risk Patients"] {
        let desk = Desk::new(&calendar(&[&FREEZE.replace("freeze", others)])).with("changegate.toml", &config);
        let report = desk.check(&[]);
        assert_eq!((faults(&report), &report["findings"]), (Vec::new(), &serde_json::json!([])), "{others}");
    }
}

#[test]
fn what_is_nearly_a_freeze_and_left_out_is_told_by_the_run() {
    let config = format!("{CONFIG}without_category = \"nothing\"\n");
    let near = FREEZE.replace("freeze", "Change Freeze");
    let again = near.replace("UID:1", "UID:2");
    let desk = Desk::new(&calendar(&[&near, &again])).with("changegate.toml", &config);
    let report = desk.check(&[]);
    assert_eq!((faults(&report), findings(&report, "freeze/respected")), (Vec::new(), Vec::new()));
    let [told] = &report["findings"].as_array().unwrap()[..] else { panic!("{report:#}") };
    assert_eq!((&told["rule"], &told["level"]), (&"calendar/left-out".into(), &"warn".into()));
    assert_eq!(told["message"], "`Change Freeze` is not `freeze`, and 2 events are left out");
    assert_eq!((&told["file"], told["line"].is_u64()), (&"calendars/a.ics".into(), true), "{told:#}");
    // Who looks at the coming weeks is told the same.
    let shown = |format: &str| String::from_utf8(desk.run(&["calendar", "--format", format], &[]).stdout).unwrap();
    let shown_for_people = shown("human");
    assert!(
        shown_for_people.contains("`Change Freeze` is not `freeze`, and 2 events are left out"),
        "{shown_for_people}"
    );
    let agenda: serde_json::Value = serde_json::from_str(&shown("json")).unwrap();
    assert_eq!(agenda["left_out"][0]["message"], told["message"]);
    assert_eq!(agenda["left_out"][0]["line"], told["line"]);
}

/// Row 6 of the threats, and all else that a calendar can have wrong: undecided, with the place.
#[test]
fn a_fault_in_a_calendar_leaves_the_run_undecided() {
    let at = |lines: &str| calendar(&[lines]);
    for (text, expected) in [
        (
            at("UID:1\nDTSTART:20261125T180000\nDURATION:PT1H\nRRULE:FREQ=SECONDLY"),
            "calendar/bad-rule calendars/a.ics:8:",
        ),
        (
            at("UID:1\nDTSTART;TZID=Mars/Phobos:20261125T180000\nDURATION:PT1H"),
            "calendar/unknown-zone calendars/a.ics:6:",
        ),
        (
            at("UID:1\nDTSTART:20261125T180000\nDURATION:PT1H\nCATEGORIES:sytem:wiki"),
            "calendar/unknown-scope calendars/a.ics:8:",
        ),
        (
            at("UID:1\nDTSTART:20261125T180000\nDURATION:PT1H\nCATEGORIES:system:wikki"),
            "config/unknown-system calendars/a.ics:8:",
        ),
        (
            at("UID:1\nDTSTART:20261125T180000\nDURATION:PT1H\nCATEGORIES:environment:prod"),
            "config/unknown-environment calendars/a.ics:8:",
        ),
        (
            at("UID:1\nDTSTART:20261125T180000\nDURATION:PT1H").replace("X-WR-TIMEZONE:Europe/Berlin\n", ""),
            "calendar/no-zone calendars/a.ics:5:",
        ),
        ("no calendar".to_owned(), "calendar/"),
        ("BEGIN:VCALENDAR\n".repeat(100_000), "calendar/too-large"),
    ] {
        let report = Desk::new(&text).check(&[]);
        assert_eq!(report["outcome"], "undecided", "{expected}");
        let found = faults(&report);
        assert!(found.iter().any(|fault| fault.starts_with(expected)), "{expected}: {found:?}");
    }
}

/// An event without an end that comes every hour is no work: only the months that are asked for are worked out. What comes more often than
/// is allowed is no pass.
#[test]
fn recurrence_is_bounded() {
    let hourly = "UID:1\nSUMMARY:x\nDTSTART:20000101T000000\nDURATION:PT1M\nRRULE:FREQ=HOURLY\nCATEGORIES:freeze";
    let report = Desk::new(&calendar(&[hourly])).check(&[]);
    assert_eq!(findings(&report, "freeze/respected").len(), 2, "at 19 and at 20 o'clock");
    let far = Desk::new(&calendar(&[hourly]));
    let far =
        far.with("changes/p.json", &proposal("2026-11-25T19:00:00+01:00", "2062-11-25T20:30:00+01:00").to_string());
    let report = far.check(&[]);
    assert_eq!(report["outcome"], "undecided");
    assert!(
        faults(&report).iter().any(|fault| fault.starts_with("calendar/stretch-too-long")),
        "{:?}",
        faults(&report)
    );
}

#[test]
fn patterns_name_ordinary_files_of_the_folder() {
    for (pattern, code) in [
        ("calendars/b*.ics", "calendar/no-file changegate.toml:2:10"),
        ("../a.ics", "input/path-escape changegate.toml:2:10"),
        ("/etc/hosts", "input/path-escape changegate.toml:2:10"),
        ("calendars/link.ics", "input/path-escape changegate.toml:2:10"),
    ] {
        let desk = Desk::new(&calendar(&[FREEZE])).with("changegate.toml", &CONFIG.replace("calendars/*.ics", pattern));
        #[cfg(unix)]
        std::os::unix::fs::symlink("a.ics", desk.at("calendars/link.ics")).unwrap();
        assert_eq!(faults(&desk.check(&[])), [code], "{pattern}");
    }
    let folder = Desk::new(&calendar(&[FREEZE])).with("changegate.toml", &CONFIG.replace("/*.ics", ""));
    let folder = folder.with("calendars/deep/B.ICS", &calendar(&[&FREEZE.replace("UID:1", "UID:2")]));
    assert_eq!(folder.check(&[])["calendars"].as_array().unwrap().len(), 2, "of a folder all, in any letter case");
}

/// The hour from 02:00 to 03:00 comes twice on 25 October 2026: a freeze that ends in it lasts to the second one, and says so.
#[test]
fn a_freeze_that_ends_in_the_hour_that_comes_twice_lasts_longer() {
    let night = "UID:1\nSUMMARY:payroll\nDTSTART:20261024T220000\nDTEND:20261025T023000\nCATEGORIES:freeze";
    for (start, end, denied) in [
        ("2026-10-25T02:00:00+01:00", "2026-10-25T02:20:00+01:00", true),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T02:50:00+01:00", false),
    ] {
        let desk = Desk::new(&calendar(&[night])).with("changes/p.json", &proposal(start, end).to_string());
        let found = findings(&desk.check(&[]), "freeze/respected");
        assert_eq!(!found.is_empty(), denied, "{start}");
        if denied {
            assert!(
                found[0].contains(
                    "(02:30:00 on 2026-10-25 comes twice in Europe/Berlin, and 2026-10-25T01:30:00Z is taken)"
                ),
                "{found:?}"
            );
        }
    }
}

#[test]
fn a_window_outside_of_the_low_risk_ones_is_told_where_to_move() {
    let sundays =
        "UID:1\nSUMMARY:Sunday\nDTSTART:20261101T000000\nDTEND:20261101T060000\nRRULE:FREQ=WEEKLY\nCATEGORIES:low-risk";
    let noon = proposal("2026-11-25T12:00:00+01:00", "2026-11-25T13:30:00+01:00").to_string();
    let low = |desk: Desk| findings(&desk.check(&[]), "window/low-impact").join("");
    let told = low(Desk::new(&calendar(&[sundays])).with("changes/p.json", &noon));
    assert!(
        told.starts_with("warn: ") && told.contains("`Sunday` (2026-11-29 00:00 +01:00 to 2026-11-29 06:00 +01:00)"),
        "{told}"
    );
    let sunday = proposal("2026-11-29T00:00:00+01:00", "2026-11-29T06:00:00+01:00").to_string();
    assert_eq!(low(Desk::new(&calendar(&[sundays])).with("changes/p.json", &sunday)), "");
    let of_others = sundays.replace("low-risk", "low-risk,environment:staging");
    assert!(!low(Desk::new(&calendar(&[&of_others])).with("changes/p.json", &noon)).contains("Sunday"));
    let listed = "[[low_risk]]\nname = \"noon\"\nstart = 2026-11-25T11:00:00+01:00\nend = 2026-11-25T14:00:00+01:00\n";
    assert_eq!(low(Desk::new("").with("changegate.toml", listed).with("changes/p.json", &noon)), "");
}

#[test]
fn a_replay_with_the_same_calendars_gives_the_same_report() {
    let desk = Desk::new(&calendar(&[FREEZE]));
    let first = desk.run(&["check", "--format", "json", "--evidence-out", "evidence.json"], &[]);
    let again = desk.run(&["check", "--format", "json", "--evidence", "evidence.json"], &[]);
    assert_eq!(first.stdout, again.stdout);
    assert_eq!(first.status.code(), Some(1));
}

#[test]
fn no_report_takes_the_place_of_a_calendar() {
    let desk = Desk::new(&calendar(&[FREEZE]));
    let report = desk.check(&["--report", "json=calendars/new.ics"]);
    assert_eq!(faults(&report), ["report/unwritable -:null:null"]);
}
