//! The record of a run: judged again, it leads to the same verdict, and nobody can have changed it unnoticed.

use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::fs;

const REPORT: &str = "<testsuite><testcase/></testsuite>";

fn recorded() -> (Desk, Vec<u8>) {
    let desk = Desk::new().with("tests.xml", REPORT).with_report("tests.xml");
    let output = desk.run(&["--now", "2026-11-24T12:00:00Z", "--format", "json", "--evidence-out", "rec.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    (desk, output.stdout)
}

fn again(desk: &Desk) -> Told {
    Told::of(&desk.run(&["--format", "json", "--evidence", "rec.json"]))
}

#[test]
fn the_same_bytes_come_of_it_when_the_world_has_changed() {
    let (desk, first) = recorded();
    fs::remove_file(desk.at("tests.xml")).unwrap();
    let second = desk.run(&["--format", "json", "--evidence", "rec.json"]);
    assert_eq!(String::from_utf8_lossy(&first), String::from_utf8_lossy(&second.stdout));
    // And the record of that is the record.
    desk.run(&["--evidence", "rec.json", "--evidence-out", "second.json"]);
    assert_eq!(fs::read_to_string(desk.at("rec.json")).unwrap(), fs::read_to_string(desk.at("second.json")).unwrap());
}

#[test]
fn it_names_what_was_asked_when_and_of_whom() {
    let (desk, _) = recorded();
    let record: Value = serde_json::from_slice(&fs::read(desk.at("rec.json")).unwrap()).unwrap();
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/evidence-v1.json").unwrap()).unwrap();
    jsonschema::validate(&schema, &record).unwrap();
    assert_eq!(record["schema"], "changegate.evidence/v1");
    let entry = &record["entries"][0];
    assert_eq!(entry["question"], json!({ "ask": "file", "path": "tests.xml", "report": true }));
    assert_eq!(entry["of"], "the work tree");
    assert_eq!(entry["answer"]["value"]["totals"], json!({ "passed": 1, "failed": 0, "skipped": 0 }));
}

#[test]
fn what_it_lacks_is_never_asked_of_anybody_else() {
    let (desk, _) = recorded();
    let desk = desk.with("other.xml", REPORT).with_report("other.xml");
    again(&desk).is(2, &["evidence/not-recorded"]);
}

#[test]
fn a_record_that_is_none_or_was_changed_is_refused() {
    let (desk, _) = recorded();
    let text = fs::read_to_string(desk.at("rec.json")).unwrap();
    for broken in [
        String::new(),
        "{}".to_owned(),
        text.replace("\"passed\": 1", "\"passed\": 2"),
        text.replace("evidence/v1", "evidence/v2"),
        text.replace("\"of\":", "\"off\":"),
        text.replace("\"ask\": \"file\"", "\"ask\": \"gossip\""),
        text.replace("2026-11-24T12:00:00Z", "some day"),
        text[..text.len() / 2].to_owned(),
    ] {
        assert_ne!(broken, text);
        desk.write("rec.json", broken);
        again(&desk).is(2, &["evidence/record"]);
    }
    fs::remove_file(desk.at("rec.json")).unwrap();
    again(&desk).is(2, &["evidence/record"]);
}

/// A record with a digest for what nobody has found can be made by hand; what it says must at least be evidence.
#[test]
fn an_answer_of_another_shape_is_undecided() {
    let (desk, _) = recorded();
    let text = fs::read_to_string(desk.at("rec.json")).unwrap();
    let mut record: Value = serde_json::from_str(&text).unwrap();
    let answer = &mut record["entries"][0]["answer"];
    answer["value"]["kind"] = json!("gossip");
    answer["digest"] = json!(changegate::digest::of(answer["value"].to_string().as_bytes()));
    desk.write("rec.json", record.to_string());
    again(&desk).is(2, &["evidence/malformed"]);
}

#[test]
fn it_is_written_where_no_run_reads_and_takes_the_place_of_nothing_else() {
    let (desk, _) = recorded();
    for (path, status) in [("rec.json", 0), ("p.json", 2), ("systems/wiki.json", 2), ("changes/x.json", 2)] {
        desk.write("systems/.keep", "");
        desk.write("changes/.keep", "");
        let told = desk.check(&["--evidence-out", path]);
        assert_eq!(told.status, Some(status), "{path}: {:#}", told.report["faults"]);
    }
}

/// Names may hold what sets names apart: two questions that read alike are two.
#[test]
fn questions_that_read_alike_are_recorded_each() {
    let freeze =
        |paths: Value| json!({ "start": "2026-11-24T00:00:00Z", "end": "2026-11-26T06:00:00Z", "paths": paths });
    let desk = Desk::in_git().proposing("/freeze", freeze(json!(["a", "b"])));
    let second = fs::read_to_string(desk.at("p.json")).unwrap().replace(r#"["a","b"]"#, r#"["a, b"]"#);
    let desk = desk.with("q.json", second.replace("\"routine-patch\"", "\"second\""));
    desk.commit("two proposals", "2026-11-20T12:00:00Z");
    desk.run(&["q.json", "--phase", "deploy", "--now", "2026-11-24T12:00:00Z", "--evidence-out", "rec.json"]);
    let told = Told::of(&desk.run(&["q.json", "--phase", "deploy", "--format", "json", "--evidence", "rec.json"]));
    let causes = told.report["exit"]["causes"].to_string();
    assert!(told.status == Some(1) && !causes.contains("evidence/"), "{causes}");
}
