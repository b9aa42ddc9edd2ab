//! People go on working while a pull request is read: what is told is one moment, or that there was none.

use super::server::{Answer, Server};
use super::world::{HEAD, OLD, PULL, World, bo, client, review, user};
use changegate::github::{Accounts, Client, Problem};
use serde_json::{Value, json};

const REVIEWS: &str = "/repos/acme/payments/pulls/42/reviews";

/// A world in which the pull request reads otherwise from the second time on.
fn then(change: impl Fn(&mut Value)) -> World {
    let mut later = World::new().pull;
    change(&mut later);
    World::new().on(PULL, move |request, before| (request.path == PULL && before > 0).then(|| Answer::json(&later)))
}

fn moved(world: World) -> Problem {
    let problem = world.problem();
    assert_eq!(problem.code, "evidence/github-moved", "{problem:?}");
    problem
}

#[test]
fn a_head_that_moves_is_told() {
    let problem = moved(then(|pull| pull["head"]["sha"] = OLD.into()));
    assert_eq!(problem.message, "the head of the pull request was 77aa001 of upgrade/pg and is 3f1c2a9 of upgrade/pg");
}

#[test]
fn a_base_that_moves_or_is_another_is_told() {
    moved(then(|pull| pull["base"]["sha"] = OLD.into()));
    let problem = moved(then(|pull| pull["base"]["ref"] = "release".into()));
    assert_eq!(problem.message, "the base of the pull request was b000000 of main and is b000000 of release");
}

#[test]
fn a_stage_that_changes_is_told() {
    moved(then(|pull| pull["draft"] = true.into()));
    moved(then(|pull| pull["state"] = "closed".into()));
}

#[test]
fn a_review_that_comes_while_it_is_read_is_seen() {
    // The second review arrives after the reviews were read, and the time of the last change tells it.
    let mut late = World::new();
    late.pull["updated_at"] = "2026-11-20T12:00:01Z".into();
    late.reviews.push(review(101, bo(), "CHANGES_REQUESTED", "2026-11-20T12:00:01Z", HEAD));
    let (pull, reviews) = (late.pull.clone(), Value::from(late.reviews));
    let (gathered, server) = World::new()
        .on(PULL, move |request, before| (request.path == PULL && before > 0).then(|| Answer::json(&pull)))
        .on(REVIEWS, move |_, before| (before > 0).then(|| Answer::json(&reviews)))
        .gather();
    assert_eq!((gathered.unwrap().reviews.len(), server.count(REVIEWS)), (2, 2));
}

#[test]
fn one_that_never_rests_is_undecided() {
    let world = World::new().on(PULL, |request, before| {
        let mut pull = World::new().pull;
        pull["updated_at"] = format!("2026-11-20T12:00:{:02}Z", before).into();
        (request.path == PULL).then(|| Answer::json(&pull))
    });
    let problem = moved(world);
    assert_eq!(problem.message, "the pull request acme/payments#42 changed each time it was read");
}

#[test]
fn an_entry_on_two_pages_is_a_race() {
    let mut world = World::new();
    world.reviews = (0..120).map(|id| review(id, user(id, "x"), "COMMENTED", "2026-11-20T11:00:00Z", HEAD)).collect();
    world.reviews[110]["id"] = 3.into();
    moved(world.clone());
    // Read anew it is whole.
    let whole = json!(
        (0..100).map(|id| review(1000 + id, bo(), "COMMENTED", "2026-11-20T11:00:00Z", HEAD)).collect::<Vec<_>>()
    );
    let second = world
        .on(&format!("{REVIEWS}?per_page=100&page=1"), move |_, before| (before > 0).then(|| Answer::json(&whole)));
    assert_eq!(second.gather().0.unwrap().reviews.len(), 120);
}

#[test]
fn fewer_or_more_entries_than_counted_are_a_race() {
    for (field, count) in [("commits", 2), ("commits", 0), ("changed_files", 2), ("changed_files", 0)] {
        let mut world = World::new();
        world.pull[field] = count.into();
        moved(world);
    }
}

#[test]
fn commits_without_the_head_are_a_race() {
    let mut world = World::new();
    world.commits[0]["sha"] = OLD.into();
    moved(world);
}

#[test]
fn head_and_base_are_read_again_before_the_verdict() {
    let changed = |pull: &mut Value| pull["head"]["sha"] = OLD.into();
    let mut later = World::new().pull;
    changed(&mut later);
    let server = World::new()
        .on(PULL, move |request, before| (request.path == PULL && before > 1).then(|| Answer::json(&later)))
        .serve();
    let client = client(&server);
    let gathered = client.gather("acme/payments", 42, &Accounts::default()).unwrap();
    assert_eq!(client.unmoved(&gathered).unwrap_err().code, "evidence/github-moved");
    assert_eq!(unmoved_of(&World::new().serve(), &gathered), Ok(()));
}

fn unmoved_of(server: &Server, gathered: &changegate::github::Gathered) -> Result<(), Problem> {
    let client: Client = client(server);
    client.unmoved(gathered)
}

#[test]
fn a_comment_in_between_does_not_move_it() {
    let gathered = World::new().gathered();
    let mut later = World::new();
    later.pull["updated_at"] = "2026-11-20T12:30:00Z".into();
    assert_eq!(unmoved_of(&later.serve(), &gathered), Ok(()));
}

#[test]
fn the_answer_is_about_what_was_asked() {
    let mut world = World::new();
    world.pull["number"] = 43.into();
    assert_eq!(world.problem().code, "evidence/github-malformed");
}
