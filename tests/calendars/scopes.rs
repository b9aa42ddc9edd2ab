//! What categories say of freezes and windows.

use super::desk::{between, calendar, parse, told};
use changegate::calendars::{Purpose, Scope, scope};
use changegate::finding::Fault;

const URGENCIES: &[&str] = &["emergency", "urgent", "planned", "optional"];

fn read(categories: &str) -> Result<Scope, Vec<Fault>> {
    let text = calendar(&[&format!("UID:1\nDTSTART;VALUE=DATE:20261218\nSUMMARY:freeze\n{categories}")]);
    let calendar = parse(&text).unwrap_or_else(|faults| panic!("{:?}", told(&faults)));
    let found = between(&calendar, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    scope(&found[0].categories, URGENCIES)
}

fn wrong(categories: &str) -> Vec<String> {
    let faults = read(categories).unwrap_err();
    let help = |fault: &Fault| fault.help.clone().unwrap_or_default();
    told(&faults).into_iter().zip(&faults).map(|(line, fault)| format!("{line} ({})", help(fault))).collect()
}

#[test]
fn a_scope_maps_onto_a_freeze() {
    let scope = read(
        "CATEGORIES:Freeze,system:payments-db,environment:production\nCATEGORIES:exempt:emergency,Exempt: Urgent,System:identity,hold:fast-track",
    )
    .unwrap();
    let names = |list: &[changegate::calendars::Named]| list.iter().map(|named| named.name.clone()).collect::<Vec<_>>();
    assert_eq!(scope.purpose, Some(Purpose::Freeze));
    assert_eq!(names(&scope.systems), ["payments-db", "identity"]);
    assert_eq!(names(&scope.environments), ["production"]);
    assert_eq!(names(&scope.exempt_urgencies), ["emergency", "urgent"]);
    assert_eq!(scope.fast_track_exempt, Some(false));
    assert_eq!(scope.systems[1].place.to_string(), "a.ics:8:44");
    assert_eq!(scope.systems[1].place.text(), "System:identity");
    assert_eq!(read("CATEGORIES:low-risk,exempt:fast-track").unwrap().fast_track_exempt, Some(true));
}

#[test]
fn what_is_no_word_of_ours_is_left_alone() {
    for categories in ["", "CATEGORIES:", "CATEGORIES:Holidays,MEETING,see also: the wiki", "CATEGORIES:, ,\\,:x"] {
        assert_eq!(read(categories).unwrap(), Scope::default(), "{categories}");
    }
}

#[test]
fn a_misspelt_scope_is_a_fault() {
    assert_eq!(
        wrong("CATEGORIES:freeze,systems:payments-db,exempt:emergencies,owner:ada"),
        [
            "7:19 calendar/unknown-scope: there is no scope `systems` (did you mean `system`? there are system, environment, exempt, hold)",
            "7:39 calendar/unknown-scope: there is no urgency `emergencies` (there are emergency, urgent, planned, optional, fast-track)",
            "7:58 calendar/unknown-scope: there is no scope `owner` (there are system, environment, exempt, hold)",
        ]
    );
    assert_eq!(wrong("CATEGORIES:environment:").len(), 1);
    assert_eq!(wrong("CATEGORIES:system:a;environment:b").len(), 1);
    assert_eq!(wrong("CATEGORIES:system:a\\nb,hold:emergency,https://wiki.example.org").len(), 3);
    assert_eq!(wrong(&format!("CATEGORIES:{}", "x:y,".repeat(1000))).len(), 20);
}

#[test]
fn scopes_that_contradict_each_other_are_faults() {
    let expected = "7:19 calendar/contradicting-scope: this event is both a freeze and a window of low risk (keep one of the two categories)";
    assert_eq!(wrong("CATEGORIES:freeze,low-risk"), [expected]);
    assert_eq!(wrong("CATEGORIES:exempt:fast-track,hold:fast-track").len(), 1);
}
