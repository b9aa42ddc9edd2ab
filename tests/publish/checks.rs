//! The check run: its conclusion, and the findings at their lines.

use super::hub::{CHECKS, Desk, HEAD, Hub, said};
use super::material::{Report, finding};
use super::server::Answer;
use serde_json::json;

const CHECK: [&str; 3] = ["--check", "--pr", "42"];

#[test]
fn a_check_run_tells_the_verdict_at_its_lines() {
    let desk = Desk::new(&Hub::new(), &Report::blocked());
    let said = desk.publish(&CHECK);
    assert_eq!((said.status, &*said.out), (0, "made a check run of 77aa00100000 with 1 annotations\n"), "{said:?}");
    let [(method, path, body)] = &desk.written()[..] else { panic!("one request") };
    assert_eq!((&**method, &**path), ("POST", CHECKS));
    assert_eq!(body["name"], "changegate");
    assert_eq!(
        (&body["head_sha"], &body["status"], &body["conclusion"]),
        (&json!(HEAD), &json!("completed"), &json!("failure"))
    );
    assert_eq!(body["output"]["title"], "blocked: 1 proposal: 1 denial");
    assert_eq!(
        body["output"]["annotations"],
        json!([{
            "path": "changes/db.json", "start_line": 12, "end_line": 12, "start_column": 3, "end_column": 9, "annotation_level": "failure",
            "title": "deny[backup/restore-tested]", "message": "the restore test is too old\nhelp: restore it"
        }])
    );
}

#[test]
fn only_a_pass_is_a_success() {
    let desk = Desk::new(&Hub::new(), &Report::passed());
    desk.publish(&CHECK);
    assert_eq!(desk.written()[0].2["conclusion"], "success");
    let desk = Desk::new(&Hub::new(), &Report::passed());
    let mut undecided = Report::passed().json();
    undecided["outcome"] = "undecided".into();
    std::fs::write(desk.folder.path().join("report.json"), undecided.to_string()).unwrap();
    desk.publish(&CHECK);
    assert_eq!(desk.written()[0].2["conclusion"], "failure");
}

#[test]
fn annotations_go_by_fifties_the_foremost_first() {
    let warned = (1..=240).map(|line| finding("warn", "hm", line));
    let findings = warned.chain([finding("deny", "too old", 999)]).collect();
    let desk = Desk::new(&Hub::new(), &Report { findings, ..Report::blocked() });
    assert_eq!(desk.publish(&CHECK).status, 0);
    let written = desk.written();
    let counts: Vec<_> =
        written.iter().map(|(_, _, body)| body["output"]["annotations"].as_array().unwrap().len()).collect();
    assert_eq!(counts, [50, 50, 50, 50]);
    assert_eq!(written.iter().map(|(method, ..)| &**method).collect::<Vec<_>>(), ["POST", "PATCH", "PATCH", "PATCH"]);
    assert_eq!(written[0].2["output"]["annotations"][0]["start_line"], 999);
    assert!(written[0].2["output"]["summary"].as_str().unwrap().contains("41 more are not shown at their lines"));
}

#[test]
fn findings_over_several_lines_have_no_columns() {
    let mut long = finding("deny", "too old", 3);
    long["end_line"] = 9.into();
    let desk = Desk::new(&Hub::new(), &Report { findings: vec![long], ..Report::blocked() });
    desk.publish(&CHECK);
    let annotation = desk.written()[0].2["output"]["annotations"][0].clone();
    assert_eq!((&annotation["start_line"], &annotation["end_line"]), (&json!(3), &json!(9)));
    assert!(annotation.get("start_column").is_none() && annotation.get("end_column").is_none());
}

#[test]
fn one_that_fails_leaves_the_other() {
    let hub = Hub::new()
        .refusing(|request| (request.path == CHECKS).then(|| said(403, "You must authenticate via a GitHub App.")));
    let said = Desk::new(&hub, &Report::blocked()).publish(&["--comment", "--check", "--pr", "42"]);
    assert_eq!((said.status, hub.texts().len()), (2, 1), "{said:?}");
    assert!(said.err.contains("publish/forbidden") && said.err.contains("via a GitHub App"), "{said:?}");
}

#[test]
fn what_is_no_report_is_not_published() {
    for text in ["", "{}", r#"{"schema":"changegate.report/v2"}"#, "[1]"] {
        let desk = Desk::new(&Hub::new(), &Report::blocked());
        std::fs::write(desk.folder.path().join("report.json"), text).unwrap();
        let said = desk.publish(&CHECK);
        assert!(said.status == 2 && said.err.contains("publish/report"), "{said:?}");
        assert!(desk.server.asked().is_empty());
    }
    let said = Desk::new(&Hub::new(), &Report::blocked()).publish(&["--pr", "42"]);
    assert_eq!(said.status, 2, "{said:?}");
}

/// Annotations are added to those that a check run has, and would be there twice.
#[test]
fn annotations_are_not_added_again() {
    let findings = (1..=60).map(|line| finding("warn", "hm", line)).collect();
    let hub = Hub::new().refusing(|request| (request.method == "PATCH").then(|| Answer::new(502, "")));
    let desk = Desk::new(&hub, &Report { findings, ..Report::blocked() });
    let said = desk.publish(&CHECK);
    assert!(said.status == 2 && said.err.contains("GitHub can't be given a check run: it answered 502"), "{said:?}");
    assert_eq!(desk.written().len(), 2);
}
