//! What GitHub told, as a record keeps it: a run by it needs no network, and is about the same pull request.

use super::approvals::{BY_TEAM, hub};
use super::desk::Told;
use super::hub::{Hub, NOW};
use super::server::Answer;
use super::unanswered::Break;
use super::world::{PULL, TOKEN};
use serde_json::{Value, json};
use std::fs;

#[test]
fn a_record_leads_to_the_same_bytes_without_a_network() {
    for (configuration, world) in [
        ("", (|world| world) as Break),
        ("", |mut world| {
            world.reviews.clear();
            world
        }),
        (BY_TEAM, |world| {
            world.always("/orgs/acme/teams/dba/memberships/ada", Answer::json(&json!({ "state": "active" })))
        }),
    ] {
        let hub = Hub::new(configuration, &[], &[]).with(world);
        let first = hub.run(&["--format", "json", "--evidence-out", "rec.json"]);
        let asked = hub.server.asked().len();
        for about in [&["--pr", "42"][..], &[]] {
            let arguments =
                [&["--base", "main", "--format", "json", "--evidence", "rec.json"], &NOW[..], about].concat();
            let again = hub.desk.run(&arguments);
            assert_eq!(String::from_utf8_lossy(&first.stdout), String::from_utf8_lossy(&again.stdout));
        }
        assert_eq!(hub.server.asked().len(), asked);
        let record: Value = serde_json::from_slice(&fs::read(hub.desk.at("rec.json")).unwrap()).unwrap();
        let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/evidence-v1.json").unwrap()).unwrap();
        jsonschema::validate(&schema, &record).unwrap();
        assert!(!record.to_string().contains(TOKEN));
    }
}

/// A record of another pull request, of another head, or one that lacks an answer.
#[test]
fn a_record_is_of_one_pull_request_and_of_one_head() {
    let hub = hub(|world| world);
    hub.run(&["--evidence-out", "rec.json"]);
    let text = fs::read_to_string(hub.desk.at("rec.json")).unwrap();
    let again = |about: &[&str]| {
        let arguments = [&["--base", "main", "--format", "json", "--evidence", "rec.json"], &NOW[..], about].concat();
        Told::of(&hub.desk.run(&arguments))
    };
    again(&[]).is(0, &[]);
    again(&["--pr", "43"]).is(2, &["evidence/not-recorded"]);
    let mut record: Value = serde_json::from_str(&text).unwrap();
    record["entries"].as_array_mut().unwrap().retain(|entry| entry["question"]["ask"] != "unmoved");
    hub.desk.write("rec.json", record.to_string());
    again(&[]).is(2, &["evidence/not-recorded"]);
    hub.desk.write("rec.json", &text);
    hub.desk.git(&["commit", "--quiet", "--allow-empty", "--message", "one more"]);
    again(&[]).is(2, &["evidence/other-run"]);
}

/// Somebody who writes a record by hand can't have a report print a code that does not exist.
#[test]
fn a_code_of_a_record_is_one_of_the_table() {
    let hub = hub(|world| world.always(PULL, Answer::new(403, "{}")));
    hub.run(&["--evidence-out", "rec.json"]);
    let text = fs::read_to_string(hub.desk.at("rec.json")).unwrap();
    for code in ["all/well", "proposal/draft", "trust/changed", ""] {
        hub.desk.write("rec.json", text.replace("evidence/github-forbidden", code));
        let arguments = ["--base", "main", "--format", "json", "--evidence", "rec.json"];
        Told::of(&hub.desk.run(&arguments)).is(2, &["evidence/record"]);
    }
}
