//! A proposal that comes in the place of another: what stood there before speaks for what it proposed, and for nothing else.

use super::changes::locked;
use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::fs;

/// A fast track of a package that the base has at its version already.
fn fast_track() -> Value {
    let mut track: Value = serde_json::from_str(&fs::read_to_string("examples/fast-track.json").unwrap()).unwrap();
    track["change"]["package_url"] = json!("pkg:npm/search");
    track
}

/// What is said of a fast track, where this stood in a file before.
fn judged(before: Option<(&str, &str)>, after: &Value) -> Told {
    let desk = Desk::in_git()
        .with("changegate.toml", "[proposals]\npaths = [\"*.json\"]\n")
        .with("app/package-lock.json", locked("2.31.0", "2.31.3"));
    fs::remove_file(desk.at("p.json")).unwrap();
    if let Some((path, text)) = before {
        desk.write(path, text);
    }
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=track"]);
    if let Some((path, _)) = before {
        fs::remove_file(desk.at(path)).unwrap();
    }
    desk.write("p.json", format!("{after:#}"));
    desk.commit("the fast track", "2026-11-21T08:00:00Z");
    let arguments = ["--base", "main", "--now", "2026-11-21T12:00:00Z", "--format", "json"];
    Told::of(&desk.run(&arguments))
}

#[test]
fn what_overwrites_a_proposal_is_judged_as_a_new_one() {
    let track = fast_track();
    let patch = fs::read_to_string("examples/routine-patch.json").unwrap();
    for before in [None, Some(("p.json", &*patch)), Some(("p.json", "{}")), Some(("p.json", "words"))] {
        let told = judged(before, &track);
        assert_eq!(told.status, Some(1), "{before:?}");
        assert!(told.message("fast-track/eligible").contains("the change leaves it at 2.31.3"), "{told:?}");
    }
}

#[test]
fn an_edit_of_what_was_merged_is_no_new_proposal() {
    let track = fast_track();
    let mut edited = track.clone();
    edited["title"] = json!("Wiki 2.31.0 to 2.31.3: anybody can run code, without login");
    let text = |proposal: &Value| format!("{proposal:#}");
    for file in ["p.json", "old.json"] {
        let told = judged(Some((file, &text(&track))), &edited).is(0, &[]);
        assert!(told.message("fast-track/eligible").contains("was done before"), "{file}: {told:?}");
    }
    let other = |pointer: &str, value: Value| {
        let mut other = track.clone();
        *other.pointer_mut(pointer).unwrap() = value;
        other
    };
    let with = |field: &str, value: Value| {
        let mut with = track.clone();
        with[field] = value;
        with
    };
    // Another version, another package, another system, one that is over, and a draft.
    for before in [
        other("/change/from", json!("2.30.0")),
        other("/change/to", json!("2.31.2")),
        other("/change/package_url", json!("pkg:npm/left-pad")),
        other("/system/id", json!("forum")),
        with("record", json!({ "outcome": "abandoned", "finished_at": "2026-11-20T10:00:00Z" })),
        with("draft", json!(true)),
    ] {
        let told = judged(Some(("p.json", &text(&before))), &edited);
        assert_eq!(told.status, Some(1), "{before}");
    }
    // Where no proposals stand nobody has judged it.
    assert_eq!(judged(Some(("notes/p.json", &text(&track))), &edited).status, Some(1));
}

/// Whatever else changes with it, what was merged before is not taken back.
#[test]
fn an_edit_beside_another_upgrade_is_no_new_proposal() {
    let judged = |before: &Value, after: &Value| {
        let desk = Desk::in_git()
            .with("changegate.toml", "")
            .with("app/package-lock.json", locked("2.31.0", "2.31.3"))
            .with("p.json", format!("{before:#}"));
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=track"]);
        desk.write("p.json", format!("{after:#}"));
        desk.write("app/package-lock.json", locked("2.31.0", "2.31.3").replace("1.3.0", "1.3.1"));
        desk.commit("both", "2026-11-21T08:00:00Z");
        let told = Told::of(&desk.run(&["--base", "main", "--now", "2026-11-21T12:00:00Z", "--format", "json"]));
        (told.message("fast-track/eligible").contains("was done before"), told.messages("changed/takes-place").len())
    };
    let track = fast_track();
    let with = |field: &str, value: Value| {
        let mut other = track.clone();
        *other.pointer_mut(field).unwrap() = value;
        other
    };
    assert_eq!(judged(&track, &with("/title", json!("Wiki 2.31.0 to 2.31.3: anybody can run code"))), (true, 0));
    // A version may be written in another way.
    assert_eq!(judged(&track, &with("/change/from", json!("v2.31.0"))), (true, 0));
    for before in [with("/change/to", json!("2.31.2")), with("/change/from", json!("2.30.0"))] {
        assert_eq!(judged(&before, &track), (false, 1), "{before}");
    }
}

/// What stood there is recorded, as the rest of what was asked.
#[test]
fn what_stood_there_is_in_the_record() {
    let track = fast_track();
    let desk = Desk::in_git()
        .with("changegate.toml", "")
        .with("app/package-lock.json", locked("2.31.0", "2.31.3"))
        .with("p.json", track.to_string());
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=track"]);
    desk.write("p.json", format!("{track:#}"));
    desk.commit("laid out", "2026-11-21T08:00:00Z");
    let now = ["--now", "2026-11-21T12:00:00Z", "--format", "json"];
    let first = Told::of(&desk.run(&[&["--base", "main", "--evidence-out", "rec.json"], &now[..]].concat())).is(0, &[]);
    let again = Told::of(&desk.run(&["--evidence", "rec.json", "--format", "json"])).is(0, &[]);
    assert_eq!(first.report["proposals"], again.report["proposals"]);
    let record: Value = serde_json::from_str(&fs::read_to_string(desk.at("rec.json")).unwrap()).unwrap();
    let entries = record["entries"].as_array().unwrap();
    let touched = entries.iter().find(|entry| entry["question"]["ask"] == "touched").unwrap();
    let step = json!({ "component": "application", "package_url": "pkg:npm/search", "from": "2.31.0", "to": "2.31.3" });
    assert_eq!(touched["answer"]["value"]["before"], json!({ "system": "wiki", "steps": [step] }));
}
