//! Answers that no server of GitHub would give: wrong, huge, deep, or cut anywhere.

use super::server::Answer;
use super::world::{HEAD, PULL, TIMELINE, World, settings, user};
use changegate::github::{Accounts, Client, Gathered, Problem, Settings};
use serde_json::{Value, json};
use std::time::Duration;

const REVIEWS: &str = "/repos/acme/payments/pulls/42/reviews";

fn malformed(world: World) {
    let problem = world.problem();
    assert_eq!(problem.code, "evidence/github-malformed", "{problem:?}");
    assert!(problem.message.chars().count() < 500 && !problem.message.contains(char::is_control), "{problem:?}");
}

#[test]
fn wrong_shapes_are_told() {
    for body in [
        "",
        "{",
        "null",
        "true",
        "[1]",
        "[null]",
        "[[]]",
        "{\"x\":1}",
        "[{}]",
        "<html>",
        "\u{feff}[]",
        "[] []",
        "[{\"id\":-1}]",
    ] {
        malformed(World::new().always(REVIEWS, Answer::new(200, body)));
    }
    malformed(World::new().always(REVIEWS, Answer::new(200, vec![0xff, 0xfe])));
}

#[test]
fn every_field_that_is_read_has_to_be_there_and_of_its_kind() {
    for field in ["number", "state", "draft", "merged", "head", "base", "commits", "changed_files", "updated_at"] {
        for value in [None, Some(Value::Null), Some(json!([])), Some(json!({ "x": 1 }))] {
            let mut world = World::new();
            let pull = world.pull.as_object_mut().unwrap();
            match value {
                Some(value) => drop(pull.insert(field.to_owned(), value)),
                None => drop(pull.remove(field)),
            }
            malformed(world);
        }
    }
    for (list, field) in
        [("reviews", "id"), ("reviews", "state"), ("commits", "sha"), ("commits", "commit"), ("files", "filename")]
    {
        let mut world = World::new();
        let list = match list {
            "reviews" => &mut world.reviews,
            "commits" => &mut world.commits,
            _ => &mut world.files,
        };
        list[0].as_object_mut().unwrap().remove(field);
        malformed(world);
    }
}

/// What is gathered, however long megabytes take on a machine that has more to do.
fn patiently(world: World) -> Result<Gathered, Problem> {
    let server = world.serve();
    let long = Duration::from_secs(60);
    let client = Client::new(Settings { each: long, patience: long, ..settings(&server.url) });
    client.gather("acme/payments", 42, &Accounts::default())
}

/// Anybody may write as much as GitHub takes, a hundred times on a page.
#[test]
fn the_longest_reviews_are_read() {
    let mut world = World::new();
    let longest = "\u{1f389}".repeat(65_536);
    for id in 200..299 {
        let mut review = super::world::review(id, user(id, "u"), "COMMENTED", "2026-11-20T11:00:00Z", HEAD);
        review["body"] = longest.as_str().into();
        world.reviews.push(review);
    }
    assert_eq!(patiently(world).unwrap().reviews.len(), 100);
}

#[test]
fn users_are_whole_or_not_there() {
    for user in [
        json!({}),
        json!({ "id": "2", "login": "bo", "type": "User" }),
        json!({ "id": 2, "login": "bo" }),
        json!("bo"),
        json!([]),
    ] {
        let mut world = World::new();
        world.reviews[0]["user"] = user.clone();
        malformed(world);
        let mut world = World::new();
        world.pull["user"] = user.clone();
        malformed(world);
        if user != json!({}) {
            let mut world = World::new();
            world.activity[0]["actor"] = user.clone();
            malformed(world);
            let mut world = World::new();
            world.commits[0]["author"] = user;
            malformed(world);
        }
    }
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let body = World::new().pull.to_string().replacen("\"draft\":false", "\"draft\":true,\"draft\":false", 1);
    malformed(World::new().always(PULL, Answer::new(200, body)));
}

#[test]
fn events_that_matter_are_whole() {
    for event in [
        json!({ "event": "head_ref_force_pushed" }),
        json!({ "event": "head_ref_force_pushed", "created_at": "yesterday" }),
        json!({ "event": "review_dismissed", "created_at": "2026-11-20T11:00:00Z" }),
        json!({ "event": "review_dismissed", "created_at": "2026-11-20T11:00:00Z", "dismissed_review": {} }),
        json!({ "event": 1 }),
    ] {
        let mut world = World::new();
        world.events.push(event);
        malformed(world);
    }
    let mut world = World::new();
    world.events.extend([json!({}), json!({ "event": null }), json!({ "event": "made-up-tomorrow", "anything": [1] })]);
    assert!(world.gather().0.is_ok());
}

#[test]
fn states_of_a_pull_request_that_are_not_known_are_told() {
    for (state, merged) in [("locked", false), ("OPEN", false), ("open", true)] {
        let mut world = World::new();
        world.pull["state"] = state.into();
        world.pull["merged"] = merged.into();
        malformed(world);
    }
}

#[test]
fn deep_answers_do_not_overflow() {
    for deep in ["[".repeat(1_000_000), "{\"a\":".repeat(500_000)] {
        malformed(World::new().always(REVIEWS, Answer::new(200, deep.clone())));
        // Also where nobody looks.
        malformed(World::new().always(REVIEWS, Answer::new(200, format!("[{{\"body\":{deep}"))));
    }
}

#[test]
fn huge_answers_are_not_read_to_their_end() {
    let huge = Answer::new(200, vec![b' '; 40 << 20]);
    // Not as if it could not be read: whoever makes a commit can have its message as long as they like.
    assert_eq!(patiently(World::new().always(REVIEWS, huge)).unwrap_err().code, "evidence/github-too-many");
}

#[test]
fn pages_with_more_than_was_asked_for_are_refused() {
    let many = Value::from(vec![json!({ "event": "labeled" }); 101]);
    malformed(World::new().always(TIMELINE, Answer::json(&many)));
}

#[test]
fn long_and_evil_texts_stay_short_and_on_one_line() {
    let evil = format!("{{\"number\":\"\\u001b[2J\\n::error::{}\"}}", "x".repeat(100_000));
    malformed(World::new().always(PULL, Answer::new(200, evil)));
    let message = json!({ "message": format!("a\nb\u{1b}[0m{}", "y".repeat(100_000)) }).to_string();
    let problem = World::new().always(PULL, Answer::new(403, message)).problem();
    assert!(problem.message.len() < 1000 && !problem.message.contains(char::is_control));
}

#[test]
fn answers_that_are_cut_anywhere_never_make_a_pull_request() {
    let body = serde_json::to_vec(&World::new().reviews).unwrap();
    for end in (0..body.len()).step_by(23) {
        malformed(World::new().always(REVIEWS, Answer::new(200, &body[..end])));
    }
}

#[test]
fn unchanged_of_what_was_never_read_is_refused() {
    malformed(World::new().always(REVIEWS, Answer::new(304, "")));
}

#[test]
fn a_fork_with_an_evil_name_is_not_asked_for() {
    let mut world = World::new();
    world.pull["head"]["repo"]["full_name"] = "../../admin".into();
    assert_eq!(world.problem().code, "evidence/github-not-found");
    let mut world = World::new();
    world.pull["head"]["ref"] = "x&actor=bo#?\u{e9}".into();
    let (_, server) = world.gather();
    assert_eq!(
        server.count("/repos/acme/payments/activity?ref=refs%2Fheads%2Fx%26actor%3Dbo%23%3F%C3%A9&per_page=100"),
        1
    );
}

#[test]
fn times_have_their_form() {
    for time in ["", "2026-11-20", "2026-13-40T00:00:00Z", "now", "2026-11-20T11:00:00"] {
        let mut world = World::new();
        world.reviews[0]["submitted_at"] = time.into();
        malformed(world);
    }
}
