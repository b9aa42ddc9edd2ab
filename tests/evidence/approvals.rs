//! Approvals as GitHub tells them, through the real program and a server of our own.

use super::desk::Told;
use super::hub::Hub;
use super::server::Answer;
use super::world::{OLD, PULL, TOKEN, World, bo, commit, push, review, role, role_of, user};
use serde_json::{Value, json};
use std::fs;

/// Whoever is of the team owns the system.
pub const BY_TEAM: &str = "[github.roles]\nowner = [\"@acme/dba\"]\n";

pub fn hub(world: impl FnOnce(World) -> World) -> Hub {
    Hub::new("", &[], &[]).with(world)
}

fn states(told: &Told) -> Vec<(&str, &str)> {
    let proposals = told.report["proposals"].as_array().unwrap();
    let of_proposals = proposals.iter().flat_map(|proposal| proposal["consulted"].as_array().unwrap());
    let all = of_proposals.chain(told.report["consulted"].as_array().unwrap());
    all.filter(|entry| entry["provider"] == "github")
        .map(|entry| (entry["question"].as_str().unwrap(), entry["state"].as_str().unwrap()))
        .collect()
}

#[test]
fn an_approval_that_counts_passes() {
    let hub = hub(|world| world);
    let told = hub.check(&[]).is(0, &[]);
    assert_eq!(
        states(&told),
        [
            ("the pull request acme/payments#42", "known"),
            ("whether the pull request acme/payments#42 still is what was judged", "known")
        ]
    );
    let asked = hub.server.asked();
    assert!(asked.iter().all(|request| request.headers["authorization"] == format!("Bearer {TOKEN}")));
    assert!(asked.iter().all(|request| request.method == "GET"));
    // The last thing that is asked is whether it still is what was judged.
    assert_eq!(asked.last().unwrap().path, PULL);
}

#[test]
fn what_does_not_count_blocks_and_says_why() {
    let ada = || user(1, "ada");
    let reviewed = |state: &str, by: Value| {
        let state = state.to_owned();
        move |mut world: World| {
            let head = world.pull["head"]["sha"].as_str().unwrap().to_owned();
            world.reviews = vec![review(100, by, &state, "2026-11-20T11:00:00Z", &head)];
            world
        }
    };
    let older = |mut world: World| {
        world.reviews = vec![review(100, ada(), "APPROVED", "2026-11-20T11:00:00Z", OLD)];
        world
    };
    let told = hub(older).check(&[]).is(1, &["approvals/quorum", "approvals/verified"]);
    let message = told.message("approvals/verified");
    assert!(
        message.starts_with(
            "1 approval claimed, 0 confirmed: @ada's review is on an older commit: 3f1c2a9, and the head is "
        ),
        "{message}"
    );
    assert_eq!(
        told.message("approvals/quorum"),
        "nobody has approved, as the code host confirms, and every upgrade needs 1 approver"
    );

    let both = ["approvals/quorum", "approvals/verified"];
    hub(reviewed("APPROVED", bo())).check(&[]).is(1, &both);
    hub(reviewed("CHANGES_REQUESTED", ada())).check(&[]).is(1, &both);
    hub(reviewed("COMMENTED", ada())).check(&[]).is(1, &both);
    hub(reviewed("APPROVED", json!({ "id": 9, "login": "ada", "type": "Bot" }))).check(&[]).is(1, &both);
    // Somebody else who is no owner of the system.
    hub(reviewed("APPROVED", user(3, "cy"))).check(&[]).is(1, &["approvals/roles", "approvals/verified"]);
    let stage = |field: &'static str, value: Value| {
        hub(move |mut world: World| {
            world.pull[field] = value;
            world
        })
    };
    stage("draft", true.into()).check(&[]).is(1, &["approvals/verified"]);
    stage("state", "closed".into()).check(&[]).is(1, &["approvals/verified"]);
}

/// On a public repository anybody may review.
#[test]
fn who_may_not_write_approves_nothing_and_blocks_nothing() {
    let ada = || user(1, "ada");
    let may_read = |world: World| world.always(&role_of("ada"), role("read", &ada()));
    let told = hub(may_read).check(&[]).is(1, &["approvals/quorum", "approvals/verified"]);
    assert_eq!(
        told.message("approvals/verified"),
        "1 approval claimed, 0 confirmed: @ada may not write to the repository"
    );
    let objected = |word: &'static str| {
        move |mut world: World| {
            let head = world.pull["head"]["sha"].as_str().unwrap().to_owned();
            world.reviews.push(review(101, user(3, "cy"), "CHANGES_REQUESTED", "2026-11-20T11:00:00Z", &head));
            world.always(&role_of("cy"), role(word, &user(3, "cy")))
        }
    };
    hub(objected("read")).check(&[]).is(0, &[]);
    hub(objected("write")).check(&[]).is(1, &["approvals/verified"]);
    // What the token may not see is not known, and where that is optional nobody is taken to be confirmed.
    let hidden = |world: World| world.always(&role_of("ada"), Answer::new(403, "{}"));
    let told = hub(hidden).check(&["--evidence-out", "rec.json"]).is(2, &["evidence/github-forbidden"]);
    assert!(told.report.to_string().contains("`Metadata: read`"));
    let told = Hub::new("[evidence]\ngithub = \"optional\"\n", &[], &[]).with(hidden).check(&[]).is(0, &[]);
    assert_eq!(told.report["proposals"][0]["consulted"][1]["code"], "evidence/github-forbidden");
    // The record says it.
    let known = hub(|world| world);
    known.run(&["--evidence-out", "rec.json"]);
    let record = fs::read_to_string(known.desk.at("rec.json")).unwrap();
    assert!(record.contains("\"permission\": \"write\""), "{record}");
}

/// Nor does it matter how many they are.
#[test]
fn a_crowd_of_strangers_changes_nothing() {
    let crowd = |mut world: World| {
        let head = world.pull["head"]["sha"].as_str().unwrap().to_owned();
        for id in 0..1_100 {
            let state = if id % 2 == 0 { "APPROVED" } else { "CHANGES_REQUESTED" };
            let stranger = user(5_000 + id, &format!("u{id}"));
            let mut review = review(5_000 + id, stranger, state, "2026-11-20T11:30:00Z", &head);
            review["author_association"] = "NONE".into();
            world.reviews.push(review);
        }
        world.always("/repos/acme/payments/collaborators?", Answer::new(200, "[]"))
    };
    hub(crowd).check(&[]).is(0, &[]);
    let objected = |world: World| {
        let mut world = crowd(world);
        world.reviews[0]["state"] = "CHANGES_REQUESTED".into();
        world
    };
    hub(objected).check(&[]).is(1, &["approvals/quorum", "approvals/verified"]);
}

/// The role of an approval comes from the configuration.
#[test]
fn roles_come_from_teams() {
    let by_cy = |mut world: World| {
        let head = world.pull["head"]["sha"].as_str().unwrap().to_owned();
        world.reviews.push(review(101, user(3, "cy"), "APPROVED", "2026-11-20T11:00:00Z", &head));
        world.reviews.remove(0);
        world.always("/orgs/acme/teams/dba/memberships/cy", Answer::json(&json!({ "state": "active" })))
    };
    let hub = Hub::new(BY_TEAM, &[], &[]).with(by_cy);
    // The proposal claims that @ada approved.
    let told = hub.check(&[]).is(1, &["approvals/verified"]);
    assert_eq!(told.message("approvals/verified"), "1 approval claimed, 0 confirmed: `@ada` has not reviewed it");
    assert!(states(&told).contains(&("whether @cy is in the team acme/dba", "known")));
}

/// Who opened the pull request and holds a role by the profile agrees to it, as long as it is theirs alone.
#[test]
fn the_owner_opened_it() {
    let opened = |mut world: World| {
        let head = world.pull["head"]["sha"].as_str().unwrap().to_owned();
        world.pull["user"] = user(1, "ada");
        world.commits = vec![commit(&head, user(1, "ada"), "2026-11-20T10:00:00Z")];
        world.activity = vec![push(user(1, "ada"), &head, "2026-11-20T10:01:00Z")];
        world.reviews = vec![review(100, user(3, "cy"), "APPROVED", "2026-11-20T11:00:00Z", &head)];
        world
    };
    hub(opened).check(&[]).is(1, &["approvals/verified"]);
    let pushed = |world: World| {
        let mut world = opened(world);
        world.activity[0]["actor"] = bo();
        world
    };
    hub(pushed).check(&[]).is(1, &["approvals/roles", "approvals/verified"]);
    let written = |world: World| {
        let mut world = opened(world);
        world.commits[0]["author"] = bo();
        world
    };
    hub(written).check(&[]).is(1, &["approvals/roles", "approvals/verified"]);
}

#[test]
fn the_head_is_the_commit_that_is_judged() {
    let hub = hub(|mut world| {
        world.pull["head"]["sha"] = OLD.into();
        world.commits[0]["sha"] = OLD.into();
        world
    });
    let told = hub.check(&[]).is(2, &["trust/other-head"]);
    let message = told.report["proposals"][0]["faults"][0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        format!("what is judged is {}, and GitHub has the pull request at {}", &hub.head[..12], &OLD[..12])
    );
}
