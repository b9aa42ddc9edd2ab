//! `changegate calendar`.

use super::{Desk, FREEZE, calendar, proposal};
use crate::closed;
use serde_json::Value;
use std::fs;
use std::process::Output;

const HERE: &[&str] = &["calendar", "--zone", "Europe/Berlin"];

fn text(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn it_shows_what_collides_in_both_zones() {
    let shown = text(&Desk::new(&calendar(&[FREEZE])).run(HERE, &[("COLUMNS", "100")]));
    for part in [
        "Europe/Berlin (--zone)",
        "freeze   stocktaking",
        "We 2026-11-25 18:00 to Th 2026-11-26 06:00 (We 2026-11-25 17:00 to Th 2026-11-26 05:00)",
        "all systems; calendars/a.ics:6:1",
        "We 2026-11-25 19:00 to 20:30 (We 2026-11-25 18:00 to 19:30)",
        "deny[freeze/respected] the window meets the freeze `stocktaking`",
        " 23 Nov ············ ············ ·········███ ███",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn the_same_for_programs() {
    let output = Desk::new(&calendar(&[FREEZE])).run(&[HERE, &["--format", "json"]].concat(), &[]);
    let shown: Value = serde_json::from_str(&text(&output)).unwrap();
    assert_eq!(shown["schema"], "changegate.calendar/v1");
    assert_eq!((&shown["from"], &shown["to"]), (&"2026-11-15T23:00:00Z".into(), &"2026-12-27T23:00:00Z".into()));
    assert_eq!(shown["events"][0]["name"], "stocktaking");
    assert_eq!(shown["events"][0]["line"], 6);
    assert_eq!(shown["proposals"][0]["findings"][0]["rule"], "freeze/respected");
    assert_eq!(shown["proposals"][0]["findings"][0]["related"][0]["line"], 6);
}

#[test]
fn what_is_for_programs_is_as_its_schema_says() {
    let mut schema: Value = serde_json::from_str(&fs::read_to_string("schemas/calendar-v1.json").unwrap()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    closed::close(&mut schema);
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    let scoped = "UID:2\nSUMMARY:quiet\nDESCRIPTION:why\nDTSTART;VALUE=DATE:20261201\nCATEGORIES:low-risk,system:wiki,environment:production";
    let shown = |desk: Desk| {
        let output = desk.run(&[HERE, &["--format", "json"]].concat(), &[]);
        serde_json::from_str::<Value>(&text(&output)).unwrap()
    };
    let full = shown(Desk::new(&calendar(&[FREEZE, scoped])).with("changes/q.json", "{}"));
    for list in ["calendars", "events", "proposals", "invalid"] {
        assert!(!full[list].as_array().unwrap().is_empty(), "{list}: {full}");
    }
    let empty = shown(Desk::new(&calendar(&[])).with("changes/p.json", "{}"));
    for shown in [full, empty] {
        let errors: Vec<_> =
            validator.iter_errors(&shown).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{shown}");
    }
}

#[test]
fn strips_fit_into_any_terminal() {
    let desk = Desk::new(&calendar(&[FREEZE]));
    for columns in [1, 20, 21, 28, 40, 63, 80, 98, 120, 200] {
        let shown = text(&desk.run(HERE, &[("COLUMNS", &columns.to_string())]));
        let strip = shown.lines().find(|line| line.contains("23 Nov")).unwrap();
        assert!(strip.chars().count() <= columns.max(20), "{columns}: {strip}");
        assert!(strip.contains('█'), "{columns}: {strip}");
    }
    let ascii = text(&desk.run(HERE, &[("LC_ALL", "de_DE.ISO-8859-1")]));
    assert!(ascii.is_ascii() && ascii.contains('#'), "{ascii}");
}

#[test]
fn colour_is_asked_for() {
    let desk = Desk::new(&calendar(&[FREEZE]));
    assert!(!text(&desk.run(HERE, &[("NO_COLOR", "1")])).contains('\u{1b}'));
    assert!(text(&desk.run(&[HERE, &["--color", "always"]].concat(), &[])).contains('\u{1b}'));
}

#[test]
fn the_zone_is_named() {
    let desk = Desk::new(&calendar(&[FREEZE]));
    for (zone, expected) in [("Asia/Tokyo", "Asia/Tokyo (TZ)"), ("x\u{1b}[2J", "TZ is `x\\u{1b}[2J`, which")] {
        assert!(text(&desk.run(&["calendar"], &[("TZ", zone)])).contains(expected), "{expected}");
    }
    assert!(text(&desk.run(&["calendar"], &[])).contains("neither --zone nor TZ"));
}

#[test]
fn an_empty_calendar_says_so() {
    let shown = text(&Desk::new(&calendar(&[])).run(&[HERE, &["--from", "2030-01-01", "--weeks", "1"]].concat(), &[]));
    assert!(shown.contains("no freeze, no low-risk window and no proposal in these weeks"), "{shown}");
    let none = Desk::new("").with("changegate.toml", "");
    std::fs::remove_dir_all(none.at("changes")).unwrap();
    assert!(text(&none.run(HERE, &[])).contains("no calendar is read"));
}

#[test]
fn hostile_names_are_inert() {
    let event = FREEZE.replace("stocktaking", "x\u{202e}::error::y \u{200b}##[group]");
    let mut evil = proposal("2026-11-25T19:00:00+01:00", "2026-11-25T20:30:00+01:00");
    evil["title"] = "a \u{9b}31m ##[group]".into();
    let desk = Desk::new(&calendar(&[&event])).with("changes/p.json", &evil.to_string());
    for format in ["human", "json"] {
        let shown = text(&desk.run(&[HERE, &["--format", format]].concat(), &[]));
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{shown}");
    }
}

#[test]
fn what_can_t_be_shown_is_undecided() {
    let broken = Desk::new(&calendar(&["UID:1\nDTSTART:nonsense"]));
    assert_eq!(broken.run(HERE, &[]).status.code(), Some(2));
    let desk = Desk::new(&calendar(&[FREEZE]));
    for arguments in [
        ["nothing*.json"].as_slice(),
        &["--weeks", "0"],
        &["--weeks", "105"],
        &["--from", "soon"],
        &["--zone", "Mars/Phobos"],
    ] {
        assert_eq!(desk.run(&[&["calendar"], arguments].concat(), &[]).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn one_proposal_that_can_t_be_judged_hides_no_other() {
    let far = proposal("2026-11-25T19:00:00+01:00", "2062-11-25T20:30:00+01:00").to_string();
    let desk = Desk::new(&calendar(&[FREEZE])).with("changes/q.json", "{}").with("changes/r.json", &far);
    let shown = text(&desk.run(HERE, &[("COLUMNS", "100")]));
    for part in ["changes/q.json can't be judged", "changes/r.json can't be judged", "1        routine-patch"] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn the_ends_of_the_calendar_are_no_panic() {
    let desk = Desk::new(&calendar(&[FREEZE]));
    for (day, status) in [("-9999-01-01", 0), ("0001-01-01", 0), ("2199-12-30", 2), ("9999-12-31", 2)] {
        let output = desk.run(&["calendar", &format!("--from={day}")], &[]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!told.contains("internal/"), "{day}: {told}");
        assert!(output.status.code() == Some(status) || day.starts_with('-'), "{day}: {told}");
    }
}
