//! Deployments after a merge, and merge queues: the commit that is judged is none that anybody has reviewed, and GitHub and git tell what it is.

use super::desk::Told;
use super::hub::{Hub, NOW};
use super::server::Answer;
use super::world::{OLD, TOKEN, World, bo, push, review, user};
use serde_json::{Value, json};
use std::fs;

const REQUIRED: &str = "[evidence]\ngithub = \"required\"\n";
const FOREIGN: &[(&str, &str)] = &[("notes.md", "of others\n")];

/// A pull request that was merged in some way, by a commit on top of `before`.
fn merged(how: &str) -> Hub {
    let hub = Hub::new(REQUIRED, FOREIGN, &[("a.txt", "a\n")]);
    let desk = &hub.desk;
    desk.git(&["switch", "--quiet", "main"]);
    if how != "fast" {
        desk.write("notes.md", "of others\nwho go on\n");
        desk.commit("meanwhile", "2026-11-20T11:30:00Z");
    }
    desk.git(&["tag", "before"]);
    match how {
        "fast" => drop(desk.git(&["merge", "--quiet", "--ff-only", "upgrade"])),
        "squash" => drop(desk.git(&["merge", "--quiet", "--squash", "upgrade"])),
        "rebase" => drop(desk.git(&["cherry-pick", "upgrade"])),
        _ => drop(desk.git(&["merge", "--quiet", "--no-ff", "--no-commit", "upgrade"])),
    }
    if how == "evil" {
        desk.write("a.txt", "b\n");
    }
    if !["fast", "rebase"].contains(&how) {
        desk.commit("merged", "2026-11-20T12:00:00Z");
    }
    hub
}

fn commit(hub: &Hub) -> String {
    hub.desk.git(&["rev-parse", "HEAD"])
}

/// One of the pull requests of a commit, as GitHub lists them.
fn listed(number: u64, commit: &str) -> Value {
    json!({ "number": number, "state": "closed", "merged_at": "2026-11-20T12:00:00Z", "merge_commit_sha": commit,
        "base": { "ref": "main", "repo": { "full_name": "acme/payments", "default_branch": "main" } } })
}

fn closed(mut world: World) -> World {
    world.pull["state"] = "closed".into();
    world.pull["merged"] = true.into();
    world
}

/// What GitHub tells of it after the merge, when it lists these.
fn telling(hub: Hub, pulls: impl FnOnce(&str) -> Value, world: impl FnOnce(World) -> World) -> Hub {
    let commit = commit(&hub);
    let pulls = Answer::json(&pulls(&commit));
    hub.with(|sound| world(closed(sound)).always(&format!("/repos/acme/payments/commits/{commit}/pulls"), pulls))
}

fn deploying(hub: Hub) -> Hub {
    telling(hub, |commit| json!([listed(42, commit)]), |world| world)
}

fn run(hub: &Hub, arguments: &[&str]) -> Told {
    let all = [&["--base", "before", "--format", "json"], &NOW[..], arguments].concat();
    Told::of(&hub.desk.run_with(&[("GITHUB_TOKEN", TOKEN)], &all))
}

#[test]
fn what_was_merged_has_the_approvals_of_its_pull_request() {
    for how in ["merge", "squash", "rebase", "fast"] {
        let hub = deploying(merged(how));
        let told = run(&hub, &[]).is(0, &[]);
        let asked = told.report["proposals"][0]["consulted"].as_array().unwrap();
        let question = format!("the pull request acme/payments that brought {}", &commit(&hub)[..12]);
        assert!(
            asked.iter().any(|entry| entry["question"] == question && entry["state"] == "known"),
            "{how}: {asked:?}"
        );
        // It is asked last whether it has stayed as it was.
        assert_eq!(hub.server.asked().last().unwrap().path, super::world::PULL);
    }
}

/// A line that was put in while it was merged has been seen by nobody.
#[test]
fn what_was_put_in_by_the_merge_is_not_approved() {
    let hub = deploying(merged("evil"));
    let told = run(&hub, &[]).is(2, &["trust/other-head"]);
    let message = told.report["proposals"][0]["faults"][0]["message"].as_str().unwrap();
    assert!(message.contains("which was reviewed, into"), "{message}");
    // And what came between, where the base is not the commit before it.
    let hub = deploying(merged("merge"));
    hub.desk.git(&["tag", "--force", "before", "before~"]);
    run(&hub, &[]).is(2, &["trust/other-head"]);
    // Nor is it known what was reviewed where that is not here: nobody may think that it is optional.
    let hub = Hub::new("[evidence]\ngithub = \"required\"\n", FOREIGN, &[]);
    hub.desk.git(&["tag", "before", "main"]);
    let elsewhere = "a1".repeat(20);
    let hub = telling(hub, |commit| json!([listed(42, commit)]), |_| closed(super::hub::sound(&elsewhere)));
    let told = run(&hub, &[]).is(2, &["trust/other-head"]);
    assert!(told.report.to_string().contains("git fetch origin refs/pull/NUMBER/head"));
}

#[test]
fn one_pull_request_says_that_it_was_merged_by_it_or_nobody_knows() {
    let with = |field: &'static str, value: Value| {
        move |commit: &str| {
            let mut pull = listed(42, commit);
            *pull.pointer_mut(field).unwrap() = value;
            json!([pull])
        }
    };
    let none = &["evidence/no-pull-request"];
    run(&telling(merged("merge"), |_| json!([]), |world| world), &[]).is(2, none);
    for (field, value) in [
        ("/merged_at", Value::Null),
        ("/merge_commit_sha", json!("b2".repeat(20))),
        ("/base/ref", json!("elsewhere")),
        ("/base/repo/full_name", json!("acme/fork")),
        ("/base/repo", Value::Null),
    ] {
        run(&telling(merged("merge"), with(field, value), |world| world), &[]).is(2, none);
    }
    let two = |commit: &str| json!([listed(42, commit), listed(43, commit)]);
    run(&telling(merged("merge"), two, |world| world), &[]).is(2, &["evidence/github-doubt"]);
    let shapeless = |commit: &str| json!([{ "number": 42, "merge_commit_sha": commit }]);
    run(&telling(merged("merge"), shapeless, |world| world), &[]).is(2, &["evidence/github-malformed"]);
    let reopened = |mut world: World| {
        world.pull["state"] = "open".into();
        world.pull["merged"] = false.into();
        world
    };
    let hub = telling(merged("merge"), |commit| json!([listed(42, commit)]), reopened);
    run(&hub, &[]).is(2, &["evidence/github-moved"]);
    // Beside one that only holds it there is still one.
    let holding = |commit: &str| json!([listed(41, "b000000"), listed(42, commit)]);
    run(&telling(merged("merge"), holding, |world| world), &[]).is(0, &[]);
    let hub = merged("merge").with(|world| {
        closed(world).always("/repos/acme/payments/commits/", Answer::new(422, r#"{"message":"No commit found"}"#))
    });
    run(&hub, &[]).is(2, &["evidence/github-unavailable"]);
}

#[test]
fn the_branch_is_that_of_the_workflow() {
    let hub = telling(
        merged("merge"),
        |commit| {
            let mut pull = listed(42, commit);
            pull["base"]["repo"]["default_branch"] = "trunk".into();
            json!([pull])
        },
        |world| world,
    );
    run(&hub, &[]).is(2, &["evidence/no-pull-request"]);
    let all = [&["--base", "before", "--format", "json"], &NOW[..]].concat();
    for (branch, status) in [("refs/heads/main", 0), ("refs/heads/trunk", 2), ("refs/tags/v1", 2)] {
        let of_actions = [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", "push"),
            ("GITHUB_REF", branch),
            ("GITHUB_TOKEN", TOKEN),
        ];
        assert_eq!(hub.desk.run_with(&of_actions, &all).status.code(), Some(status), "{branch}");
    }
}

/// Reviews count after the merge as they did before, and what stands against them, too.
#[test]
fn reviews_are_those_of_the_head() {
    let by = |by: Value, state: &'static str, at: &'static str| {
        move |mut world: World| {
            let head = world.pull["head"]["sha"].as_str().unwrap().to_owned();
            world.reviews.push(review(101, by, state, at, &head));
            world
        }
    };
    let both = &["approvals/quorum", "approvals/verified"];
    let told = |world: fn(World) -> World| telling(merged("merge"), |commit| json!([listed(42, commit)]), world);
    let alone = |mut world: World| {
        world.reviews.clear();
        world
    };
    run(&told(alone), &[]).is(1, both);
    let hub = telling(
        merged("merge"),
        |commit| json!([listed(42, commit)]),
        by(user(1, "ada"), "CHANGES_REQUESTED", "2026-11-20T13:00:00Z"),
    );
    run(&hub, &[]).is(1, both);
    // The branch is gone by then.
    let gone = |mut world: World| {
        let mut deletion = push(bo(), &"0".repeat(40), "2026-11-20T12:30:00Z");
        deletion["activity_type"] = "branch_deletion".into();
        world.activity.insert(0, deletion);
        world
    };
    run(&told(gone), &[]).is(0, &[]);
    let unpushed = |mut world: World| {
        world.activity.clear();
        world
    };
    run(&told(unpushed), &[]).is(2, &["evidence/github-doubt"]);
}

/// Whoever approves and deletes the fork to which they pushed last has approved their own push; nobody can tell it any more.
#[test]
fn deleting_the_fork_makes_no_approval() {
    let told = |world: fn(World) -> World| telling(merged("merge"), |commit| json!([listed(42, commit)]), world);
    let by_approver = |mut world: World| {
        world.activity[0]["actor"] = user(1, "ada");
        world
    };
    run(&told(by_approver), &[]).is(1, &["approvals/quorum", "approvals/verified"]);
    let deleted = |mut world: World| {
        world.pull["head"]["repo"] = Value::Null;
        world
    };
    let undecided = run(&told(deleted), &[]).is(2, &["evidence/github-doubt"]);
    let help = undecided.report["proposals"][0]["faults"][0]["help"].as_str().unwrap();
    assert!(help.starts_with("judge what is merged before its fork is deleted"), "{help}");
    queued(&in_queue("merge", deleted), "before", QUEUE).is(2, &["evidence/github-doubt"]);
    // The timeline still says who brought it there by force.
    let by_force = |mut world: World| {
        let head = world.pull["head"]["sha"].clone();
        world.pull["head"]["repo"] = Value::Null;
        world.events.push(json!({ "event": "head_ref_force_pushed", "created_at": "2026-11-20T10:01:00Z", "actor": bo(), "commit_id": head }));
        world
    };
    run(&told(by_force), &[]).is(0, &[]);
    // The record of the run before the fork was deleted says it, too.
    let hub = deploying(merged("merge"));
    run(&hub, &["--evidence-out", "rec.json"]).is(0, &[]);
    run(&hub, &["--evidence", "rec.json"]).is(0, &[]);
}

/// Only where the configuration requires it: a desk on which nothing is merged yet asks nobody.
#[test]
fn nobody_is_asked_where_nobody_requires_it() {
    for configuration in ["", "[evidence]\ngithub = \"optional\"\n", "[evidence]\ngithub = \"off\"\n"] {
        let hub = Hub::new(configuration, &[], &[]);
        hub.desk.git(&["tag", "before", "main"]);
        let hub = hub.with(|world| world);
        run(&hub, &[]).is(0, &[]);
        assert!(hub.server.asked().is_empty());
    }
    let hub = deploying(merged("merge"));
    run(&hub, &["--phase", "close"]);
    assert!(hub.server.asked().is_empty());
}

#[test]
fn a_record_leads_to_the_same_verdict_and_only_of_the_same_commit() {
    let hub = deploying(merged("merge"));
    let first = run(&hub, &["--evidence-out", "rec.json"]).is(0, &[]);
    let asked = hub.server.asked().len();
    let again = run(&hub, &["--evidence", "rec.json"]).is(0, &[]);
    assert_eq!(first.report["proposals"], again.report["proposals"]);
    assert_eq!(hub.server.asked().len(), asked);
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/evidence-v1.json").unwrap()).unwrap();
    let record: Value = serde_json::from_slice(&fs::read(hub.desk.at("rec.json")).unwrap()).unwrap();
    jsonschema::validate(&schema, &record).unwrap();
    // One that says nothing of it is no way around it.
    let mut without = record.clone();
    without["entries"].as_array_mut().unwrap().retain(|entry| entry["question"]["ask"] != "landed");
    hub.desk.write("without.json", without.to_string());
    run(&hub, &["--evidence", "without.json"]).is(2, &["evidence/not-recorded"]);
    hub.desk.write("b.txt", "b\n");
    hub.desk.git(&["add", "b.txt"]);
    hub.desk.git(&["commit", "--quiet", "--message", "another"]);
    run(&hub, &["--evidence", "rec.json"]).is(2, &["evidence/other-run"]);
}

/// A run as GitHub Actions starts it for a merge queue.
fn queued(hub: &Hub, base: &str, name: &str) -> Told {
    let rev = |name: &str| hub.desk.git(&["rev-parse", name]);
    let event = json!({ "action": "checks_requested", "repository": { "full_name": "acme/payments" }, "merge_group": {
        "base_sha": rev(base), "base_ref": "refs/heads/main", "head_sha": rev("HEAD"), "head_ref": name } });
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, event.to_string()).unwrap();
    let of_actions = [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_EVENT_NAME", "merge_group"),
        ("GITHUB_EVENT_PATH", file.path().to_str().unwrap()),
        ("GITHUB_TOKEN", TOKEN),
    ];
    Told::of(&hub.desk.run_with(&of_actions, &[&NOW[..], &["--format", "json"]].concat()))
}

/// A pull request in a queue: the branch to which it goes has not gone on yet.
fn in_queue(how: &str, world: impl FnOnce(World) -> World) -> Hub {
    behind(how, "before", world)
}

/// One whose branch is at another commit.
fn behind(how: &str, tip: &str, world: impl FnOnce(World) -> World) -> Hub {
    let hub = merged(how);
    let tip = hub.desk.git(&["rev-parse", tip]);
    hub.with(|sound| world(World { tip, ..sound }))
}

const QUEUE: &str = "refs/heads/gh-readonly-queue/main/pr-42-a1a1a1";

#[test]
fn a_merge_queue_has_the_approvals_of_its_pull_request() {
    for how in ["merge", "squash"] {
        let hub = in_queue(how, |world| world);
        let told = queued(&hub, "before", QUEUE).is(0, &[]);
        assert_eq!(hub.server.count("/repos/acme/payments/commits/"), 0, "the queue says the number");
        assert!(told.report.to_string().contains("acme/payments#42 that brought"));
    }
    let unapproved = |mut world: World| {
        world.reviews.clear();
        world
    };
    let hub = in_queue("merge", unapproved);
    queued(&hub, "before", QUEUE).is(1, &["approvals/quorum", "approvals/verified"]);
    let elsewhere = |mut world: World| {
        world.pull["base"]["ref"] = "elsewhere".into();
        world
    };
    queued(&in_queue("merge", elsewhere), "before", QUEUE).is(2, &["evidence/github-moved"]);
    // What else is in the group has approvals of its own, and what was put in has none.
    queued(&in_queue("merge", |world| world), "before~", QUEUE).is(2, &["trust/other-head"]);
    queued(&in_queue("evil", |world| world), "before", QUEUE).is(2, &["trust/other-head"]);
    queued(&in_queue("merge", |world| world), "before", "refs/heads/main").is(2, &["trust/event"]);
    // The base of a group is ahead of the branch by what is merged before it, and by nothing else.
    queued(&behind("merge", "before~", |world| world), "before", QUEUE).is(0, &[]);
    let unknown = |world: World| World { tip: OLD.to_owned(), ..world };
    queued(&in_queue("merge", unknown), "before", QUEUE).is(2, &["trust/other-base"]);
    queued(&in_queue("merge", closed), "before", QUEUE).is(1, &["approvals/verified"]);
}
