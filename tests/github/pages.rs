//! Lists are read to their end, or not at all; and only `GET` is sent.

use super::server::Answer;
use super::world::{HEAD, PULL, TIMELINE, World, ada, bo, client, commit, review, settings, user};
use changegate::github::{Accounts, Client, opinions};
use serde_json::{Value, json};

fn sha(number: usize) -> String {
    format!("{number:040x}")
}

/// A pull request with so many commits, the last of which is the head.
fn long(commits: usize) -> World {
    let mut world = World::new();
    let earlier = (1..commits).map(|number| commit(&sha(number), ada(), "2026-11-20T09:00:00Z"));
    world.commits = earlier.chain([world.commits[0].clone()]).collect();
    world.pull["commits"] = commits.into();
    world
}

#[test]
fn the_request_for_changes_on_the_last_page_is_seen() {
    let mut world = World::new();
    for number in 0..250 {
        world.reviews.push(review(1000 + number, user(500 + number, "x"), "COMMENTED", "2026-11-20T11:00:00Z", HEAD));
    }
    world.reviews.push(review(9999, bo(), "CHANGES_REQUESTED", "2026-11-20T11:30:00Z", HEAD));
    let (gathered, server) = world.gather();
    let gathered = gathered.unwrap();
    assert_eq!(gathered.reviews.len(), 252);
    assert_eq!(opinions(&gathered, &Accounts::default()).objections().count(), 1);
    assert_eq!(server.count(&format!("{PULL}/reviews")), 3);
}

#[test]
fn a_full_page_is_followed_by_another_although_none_is_named() {
    let mut world = World::new();
    world.reviews = (0..100).map(|id| review(id, bo(), "COMMENTED", "2026-11-20T11:00:00Z", HEAD)).collect();
    let (gathered, server) = world.gather();
    assert_eq!((gathered.unwrap().reviews.len(), server.count(&format!("{PULL}/reviews"))), (100, 2));
}

#[test]
fn a_short_page_is_not_the_last_while_another_is_named() {
    let first = Answer::json(&json!([])).with("Link", "<https://x/?page=2>; rel=next");
    let second = json!([review(1, bo(), "APPROVED", "2026-11-20T11:00:00Z", HEAD)]);
    let world = World::new()
        .always(&format!("{PULL}/reviews?per_page=100&page=1"), first)
        .always(&format!("{PULL}/reviews?per_page=100&page=2"), Answer::json(&second));
    assert_eq!(world.gather().0.unwrap().reviews.len(), 1);
}

#[test]
fn a_list_without_end_is_too_many() {
    for list in [format!("{PULL}/reviews"), TIMELINE.to_owned()] {
        let endless = Answer::json(&json!([])).with("link", r#"<x>; rel="next""#);
        let (problem, server) = World::new().always(&list, endless).gather();
        assert_eq!(problem.unwrap_err().code, "evidence/github-too-many");
        assert_eq!(server.count(&list), 6);
    }
}

#[test]
fn caps_of_github_are_too_many_before_anything_is_read() {
    for (field, count, code) in [
        ("commits", 250, Some("evidence/github-too-many")),
        ("commits", 4000, Some("evidence/github-too-many")),
        ("changed_files", 3000, Some("evidence/github-too-many")),
    ] {
        let mut world = World::new();
        world.pull[field] = count.into();
        let (answer, server) = world.gather();
        assert_eq!(answer.err().map(|problem| problem.code), code, "{field} {count}");
        assert_eq!(server.asked().len(), 1);
    }
}

#[test]
fn up_to_the_caps_all_is_read() {
    let mut world = long(249);
    world.files =
        (0..500).map(|number| json!({ "filename": format!("f{number}"), "previous_filename": Value::Null })).collect();
    world.pull["changed_files"] = 500.into();
    let gathered = world.gather().0.unwrap();
    assert_eq!((gathered.commits.len(), gathered.files.len()), (249, 500));
}

#[test]
fn the_force_push_on_a_late_page_is_seen() {
    let mut world = World::new();
    world.events = vec![json!({ "event": "labeled", "created_at": "2026-11-20T10:30:00Z" }); 230];
    world.events.push(json!({ "event": "head_ref_force_pushed", "created_at": "2026-11-20T11:59:00Z", "actor": bo() }));
    assert_eq!(opinions(&world.gathered(), &Accounts::default()).approvals().count(), 0);
}

#[test]
fn renamed_files_tell_both_paths() {
    let mut world = World::new();
    world.files = vec![json!({ "filename": "new.tf", "status": "renamed", "previous_filename": "db/old.tf" })];
    let file = &world.gathered().files[0];
    assert_eq!((file.path.as_str(), file.previous.as_deref()), ("new.tf", Some("db/old.tf")));
}

#[test]
fn nothing_but_get_is_sent_and_with_what_github_asks_for() {
    let (_, server) = World::new().gather();
    let asked = server.asked();
    assert!(asked.len() >= 7);
    for request in asked {
        assert_eq!(request.method, "GET");
        assert_eq!(request.headers["accept"], "application/vnd.github+json, application/json;q=0.9");
        assert_eq!(request.headers["x-github-api-version"], "2022-11-28");
        assert_eq!(request.headers["authorization"], format!("Bearer {}", super::world::TOKEN));
        assert!(request.headers.contains_key("user-agent"));
    }
}

#[test]
fn the_same_thing_is_asked_for_by_its_tag() {
    let pull = World::new().pull;
    let world = World::new().on(PULL, move |request, before| {
        if request.path != PULL {
            return None;
        }
        let unchanged = request.headers.get("if-none-match").is_some_and(|tag| tag == "\"v1\"");
        assert_eq!(unchanged, before > 0);
        Some(if unchanged { Answer::new(304, "") } else { Answer::json(&pull).with("etag", "\"v1\"") })
    });
    let server = world.serve();
    let client = client(&server);
    let first = client.gather("acme/payments", 42, &Accounts::default()).unwrap();
    assert_eq!(client.gather("acme/payments", 42, &Accounts::default()).unwrap(), first);
    assert_eq!(client.unmoved(&first), Ok(()));
    assert_eq!(server.asked().iter().filter(|request| request.path == PULL).count(), 5);
}

#[test]
fn a_server_of_github_enterprise_has_its_own_path() {
    let world = World::new();
    let server = super::server::Server::new(move |request, _| match request.path.as_str() {
        "/api/v3/repos/acme/payments/collaborators/bo/permission" => {
            Answer::json(&json!({ "permission": "write", "role_name": "maintain", "user": world.reviews[0]["user"] }))
        }
        _ => Answer::new(404, "{}"),
    });
    let client = Client::new(settings(&format!("{}/api/v3/", server.url)));
    assert_eq!(client.permission("acme/payments", "bo", 2).unwrap().role, "maintain");
}

#[test]
fn a_client_that_is_not_asked_does_nothing() {
    let server = World::new().serve();
    drop(client(&server));
    assert!(server.asked().is_empty());
}

#[test]
fn a_client_is_shared_by_threads() {
    let server = World::new().serve();
    let client = client(&server);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(client.gather("acme/payments", 42, &Accounts::default()).is_ok()));
        }
    });
}
