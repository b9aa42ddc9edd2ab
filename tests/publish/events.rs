//! Which pull request it is about, by the event of a workflow, and whose configuration says where the token is sent.

use super::hub::{COMMENTS, Desk, HEAD, Hub, said};
use super::material::Report;
use serde_json::{Value, json};

/// A pull request of which the folder has both ends; the head brings a configuration of its own.
fn pull_request(hub: &Hub) -> (Desk, Value) {
    let mut desk = Desk::new(hub, &Report::blocked());
    desk.git(&["init", "--quiet"]);
    desk.git(&["add", "changegate.toml"]);
    desk.git(&["commit", "--quiet", "--message", "a"]);
    let base = desk.git(&["rev-parse", "HEAD"]);
    std::fs::write(desk.folder.path().join("changegate.toml"), "[github]\napi = \"http://127.0.0.1:9\"\n").unwrap();
    desk.git(&["commit", "--quiet", "--all", "--message", "b"]);
    let head = desk.git(&["rev-parse", "HEAD"]);
    let event = json!({ "number": 42, "pull_request": {
        "number": 42, "base": { "sha": base, "ref": "main", "repo": { "full_name": "acme/payments" } }, "head": { "sha": head } } });
    desk.event("pull_request", &event);
    let report = Report { head: Some(head.clone()), ..Report::blocked() };
    std::fs::write(desk.folder.path().join("report.json"), report.json().to_string()).unwrap();
    (desk, json!({ "number": 42, "state": "open", "merged_at": null, "head": { "sha": head } }))
}

#[test]
fn the_base_says_where_the_token_is_sent() {
    let hub = Hub::new();
    let (desk, _) = pull_request(&hub);
    // The server knows the pull request by another commit than the clone has: what matters is who was asked.
    let said = desk.publish(&["--comment"]);
    assert!(said.out.starts_with("left out: acme/payments#42 is at 77aa00100000"), "{said:?}");
    let said = desk.publish(&["--check"]);
    assert_eq!(said.status, 0, "{said:?}");
}

/// However its path is spelled, the configuration of the head says nothing.
#[cfg(unix)]
#[test]
fn the_base_says_so_by_whatever_way_its_configuration_is_named() {
    let hub = Hub::new();
    let (desk, _) = pull_request(&hub);
    let links = tempfile::tempdir().unwrap();
    let link = links.path().join("link");
    std::os::unix::fs::symlink(desk.folder.path(), &link).unwrap();
    let said = desk.publish(&["--comment", "--config", link.join("changegate.toml").to_str().unwrap()]);
    assert!(said.out.starts_with("left out: acme/payments#42 is at 77aa00100000"), "{said:?}");
}

#[test]
fn an_event_without_a_number_is_told_of() {
    let hub = Hub::new();
    let mut desk = Desk::new(&hub, &Report::blocked());
    desk.event("pull_request", &json!({}));
    let said = desk.publish(&["--comment"]);
    assert!(said.status == 2 && said.err.contains("trust/event"), "{said:?}");

    let desk = Desk::new(&hub, &Report { head: None, ..Report::blocked() });
    let said = desk.publish(&["--comment"]);
    assert!(said.status == 2 && said.err.contains("evidence/no-pull-request"), "{said:?}");
    let said = desk.publish(&["--check", "--pr", "42"]);
    assert!(said.status == 2 && said.err.contains("publish/event"), "{said:?}");
}

fn finished(desk: &mut Desk, head: &str) {
    let run = json!({ "head_sha": head, "head_branch": "topic/ä&b", "head_repository": { "owner": { "login": "mallory" } }, "pull_requests": [] });
    desk.event("workflow_run", &json!({ "action": "completed", "workflow_run": run }));
    desk.environment.push(("GITHUB_REPOSITORY".to_owned(), "acme/payments".to_owned()));
}

/// Outside of an event of a pull request nobody knows whose the folder is: only the base that is named says where the token goes.
fn trusted(desk: &Desk) {
    desk.git(&["init", "--quiet"]);
    desk.git(&["add", "changegate.toml"]);
    desk.git(&["commit", "--quiet", "--message", "a"]);
}

#[test]
fn the_end_of_a_workflow_finds_the_pull_request_of_a_fork() {
    let hub = Hub::new();
    let mut desk = Desk::new(&hub, &Report::blocked());
    trusted(&desk);
    finished(&mut desk, HEAD);
    let said = desk.publish(&["--comment", "--base", "HEAD"]);
    assert_eq!((said.status, &*said.out), (0, "commented on acme/payments#42\n"), "{said:?}");
    let asked = desk.server.asked();
    assert!(asked[0].path.ends_with("&head=mallory%3Atopic%2F%C3%A4%26b"), "{}", asked[0].path);

    // What is left there may be forged, and a check run would count.
    let said = desk.publish(&["--check", "--base", "HEAD"]);
    assert!(said.status == 2 && said.err.contains("publish/event"), "{said:?}");
    assert!(desk.written().iter().all(|(_, path, _)| path == COMMENTS));
}

/// What it is about is told by GitHub, and a report that tells otherwise, or tells nothing, may have been left there by the pull request.
#[test]
fn the_end_of_a_workflow_takes_the_report_of_its_commit_alone() {
    for (head, pr) in [(Some("c".repeat(40)), None), (None, None), (None, Some("--pr=42"))] {
        let hub = Hub::new();
        let mut desk = Desk::new(&hub, &Report { head, ..Report::passed() });
        trusted(&desk);
        finished(&mut desk, HEAD);
        let arguments: Vec<_> = ["--comment", "--base", "HEAD"].into_iter().chain(pr).collect();
        let told = desk.publish(&arguments);
        assert!(told.status == 2 && told.err.contains("publish/report"), "{told:?}");
        assert!(desk.server.asked().is_empty());
    }
    // A run that could not begin knows no commit, and lets nothing through.
    let hub = Hub::new();
    let mut desk = Desk::new(&hub, &Report { head: None, ..Report::passed() });
    let undecided = std::fs::read_to_string(desk.folder.path().join("report.json")).unwrap();
    let undecided = undecided.replace("\"outcome\":\"pass\"", "\"outcome\":\"undecided\"");
    std::fs::write(desk.folder.path().join("report.json"), undecided).unwrap();
    trusted(&desk);
    finished(&mut desk, HEAD);
    assert_eq!(desk.publish(&["--comment", "--base", "HEAD"]).out, "commented on acme/payments#42\n");
    assert!(hub.texts()[0].contains("changegate: undecided"));
}

#[test]
fn a_branch_that_has_moved_or_is_in_several_is_left_alone() {
    let hub = Hub::new();
    let mut desk = Desk::new(&hub, &Report { head: Some("c".repeat(40)), ..Report::blocked() });
    trusted(&desk);
    finished(&mut desk, &"c".repeat(40));
    let told = desk.publish(&["--comment", "--base", "HEAD"]);
    assert!(told.status == 2 && told.err.contains("evidence/no-pull-request"), "{told:?}");

    let both = hub.pull.clone();
    let hub = hub.refusing(move |request| {
        let listed = request.path.starts_with("/repos/acme/payments/pulls?");
        listed.then(|| super::server::Answer::json(&json!([both, both])))
    });
    let mut desk = Desk::new(&hub, &Report::blocked());
    trusted(&desk);
    finished(&mut desk, HEAD);
    let told = desk.publish(&["--comment", "--base", "HEAD"]);
    assert!(told.status == 2 && told.err.contains("several pull requests"), "{told:?}");
}

/// A comment may be on a pull request whose head is checked out: its configuration must not say where the token goes.
#[test]
fn a_folder_of_nobody_knows_whom_says_nothing() {
    let hub = Hub::new().refusing(|_| Some(said(500, "asked")));
    let mut desk = Desk::new(&hub, &Report::blocked());
    desk.event("issue_comment", &json!({}));
    desk.environment.push(("GITHUB_API_URL".to_owned(), desk.server.url.clone()));
    let told = desk.publish(&["--comment", "--pr", "42"]);
    assert!(told.status == 2 && told.err.contains("evidence/github-server"), "{told:?}");
    assert!(desk.server.asked().is_empty());
}
