//! From reviews to opinions: the last of each, of which commit, and since when, in the words that a report shows.

use super::world::{HEAD, OLD, World, bo, commit, push, review, user};
use changegate::github::{Accounts, Kind, Opinions, Pushes, Standing, opinions};
use serde_json::{Value, json};

const COMMENT: &str = "COMMENTED";
pub const CHANGES: &str = "CHANGES_REQUESTED";

pub fn told(world: World) -> Opinions {
    opinions(&world.gathered(), &Accounts::default())
}

pub fn at(hour: &str) -> String {
    format!("2026-11-20T{hour}Z")
}

/// The opinions after reviews of @bo, each an hour after the one before.
fn after(states: &[&str]) -> Opinions {
    let mut world = World::new();
    let reviews = states.iter().enumerate();
    world.reviews =
        reviews.map(|(i, state)| review(i as u64, bo(), state, &at(&format!("{}:00:00", 11 + i)), HEAD)).collect();
    told(world)
}

pub fn reviewed(reviews: Vec<Value>) -> World {
    World { reviews, ..World::new() }
}

/// Why the only opinion does not count.
pub fn why(opinions: &Opinions) -> Vec<String> {
    assert_eq!(opinions.each.len(), 1, "{opinions:#?}");
    assert!(matches!(opinions.each[0].standing, Standing::Not(_)), "{opinions:#?}");
    opinions.each[0].standing.why().to_vec()
}

pub fn counts(opinions: &Opinions) -> (usize, usize) {
    (opinions.approvals().count(), opinions.objections().count())
}

#[test]
fn an_approval_of_the_head_counts() {
    let opinions = told(World::new());
    assert_eq!(counts(&opinions), (1, 0));
    assert_eq!((opinions.against.as_deref(), opinions.undecided.len()), (None, 0));
    let approval = opinions.approvals().next().unwrap();
    assert_eq!(
        (approval.by.as_ref().unwrap().to_string(), approval.at.to_string()),
        ("@bo".to_owned(), at("11:00:00"))
    );
}

#[test]
fn the_last_opinion_of_each_holds() {
    for (states, expected) in [
        (&["APPROVED"][..], (1, 0)),
        (&["APPROVED", COMMENT], (1, 0)),
        (&[COMMENT], (0, 0)),
        (&["PENDING"], (0, 0)),
        (&[], (0, 0)),
        (&["APPROVED", CHANGES], (0, 1)),
        (&["APPROVED", CHANGES, COMMENT], (0, 1)),
        (&[CHANGES, "APPROVED"], (1, 0)),
        (&[CHANGES, "DISMISSED"], (0, 0)),
        (&["APPROVED", "DISMISSED"], (0, 0)),
        (&["DISMISSED", "APPROVED"], (1, 0)),
        (&["DISMISSED", CHANGES], (0, 1)),
        (&["APPROVED", "DISMISSED", COMMENT], (0, 0)),
        (&[CHANGES, "PENDING"], (0, 1)),
    ] {
        let opinions = after(states);
        assert_eq!(counts(&opinions), expected, "{states:?}");
        assert!(opinions.undecided.is_empty(), "{states:?}");
    }
}

#[test]
fn order_is_that_of_time_and_not_of_the_list() {
    let world = reviewed(vec![
        review(2, bo(), CHANGES, &at("12:00:00"), HEAD),
        review(1, bo(), "APPROVED", &at("11:00:00"), HEAD),
    ]);
    assert_eq!(counts(&told(world)), (0, 1));
    // Of one second, the greater number is the later.
    let world = reviewed(vec![
        review(9, bo(), CHANGES, &at("11:00:00"), HEAD),
        review(8, bo(), "APPROVED", &at("11:00:00"), HEAD),
    ]);
    assert_eq!(counts(&told(world)), (0, 1));
}

#[test]
fn people_are_their_numbers() {
    // Who changed the login is the same; who took it over is another.
    let world = reviewed(vec![
        review(1, user(2, "bo"), "APPROVED", &at("11:00:00"), HEAD),
        review(2, user(2, "bo-new"), CHANGES, &at("12:00:00"), HEAD),
        review(3, user(3, "bo"), "APPROVED", &at("13:00:00"), HEAD),
    ]);
    let opinions = told(world);
    assert_eq!(counts(&opinions), (1, 1));
    assert_eq!(opinions.each.iter().map(|opinion| opinion.by.as_ref().unwrap().id).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn an_unknown_state_is_undecided() {
    for state in ["PONDERED", "approved", "", "\u{1b}[2J"] {
        let opinions = after(&["APPROVED", state]);
        assert_eq!(opinions.undecided.len(), 1, "{state}");
        assert!(opinions.undecided[0].starts_with("@bo's review has a state that is not known: `"), "{opinions:#?}");
        assert!(!opinions.undecided[0].contains('\u{1b}'));
    }
}

#[test]
fn an_opinion_without_a_time_is_undecided() {
    let mut late = review(1, bo(), CHANGES, "", HEAD);
    late["submitted_at"] = Value::Null;
    assert_eq!(told(reviewed(vec![late])).undecided, ["@bo's review does not say when it was submitted"]);
}

#[test]
fn a_review_of_an_older_commit_does_not_count() {
    let opinions = told(reviewed(vec![review(1, bo(), "APPROVED", &at("11:00:00"), OLD)]));
    assert_eq!(why(&opinions), ["@bo's review is on an older commit: 3f1c2a9, and the head is 77aa001"]);
    let mut of_nothing = review(1, bo(), "APPROVED", &at("11:00:00"), OLD);
    of_nothing["commit_id"] = Value::Null;
    assert_eq!(why(&told(reviewed(vec![of_nothing]))), ["@bo's review does not say of which commit it is"]);
}

#[test]
fn a_request_for_changes_stands_on_older_commits_too() {
    assert_eq!(counts(&told(reviewed(vec![review(1, bo(), CHANGES, &at("09:00:00"), OLD)]))), (0, 1));
}

#[test]
fn a_force_push_outdates() {
    let mut world = World::new();
    world.events.push(
        json!({ "event": "head_ref_force_pushed", "created_at": at("11:30:00"), "actor": bo(), "commit_id": HEAD }),
    );
    let expected = "@bo's review, 2026-11-20T11:00:00Z, was not after the force-push of 2026-11-20T11:30:00Z";
    assert_eq!(why(&told(world)), [expected]);
    // One before the review does not, nor does one of the base.
    let mut world = World::new();
    world.events.push(json!({ "event": "head_ref_force_pushed", "created_at": at("10:30:00"), "actor": bo() }));
    world.events.push(json!({ "event": "base_ref_force_pushed", "created_at": at("12:30:00"), "actor": bo() }));
    assert_eq!(counts(&told(world)), (1, 0));
}

/// Whoever has a little approved against a branch that holds the rest, and turns it to another base then, has more approved than was seen.
#[test]
fn another_base_outdates() {
    for event in ["base_ref_changed", "automatic_base_change_succeeded"] {
        let turned = |hour: &str| {
            let mut world = World::new();
            world.events.push(json!({ "event": event, "created_at": at(hour), "actor": super::world::ada() }));
            told(world)
        };
        let expected =
            "@bo's review, 2026-11-20T11:00:00Z, was not after the change of its base of 2026-11-20T11:30:00Z";
        assert_eq!(why(&turned("11:30:00")), [expected]);
        assert_eq!(counts(&turned("10:30:00")), (1, 0));
    }
    let mut world = World::new();
    world.events.push(json!({ "event": "base_ref_changed" }));
    assert_eq!(world.problem().code, "evidence/github-malformed");
    // An objection to less is one to more.
    let mut world = World::new();
    world.reviews[0]["state"] = CHANGES.into();
    world.events.push(json!({ "event": "base_ref_changed", "created_at": at("11:30:00"), "actor": bo() }));
    assert_eq!(counts(&told(world)), (0, 1));
}

#[test]
fn the_last_of_all_force_pushes_counts() {
    let mut world = World::new();
    for hour in ["11:30:00", "09:00:00"] {
        world.events.push(json!({ "event": "head_ref_force_pushed", "created_at": at(hour), "actor": null }));
    }
    assert_eq!(counts(&told(world)), (0, 0));
}

#[test]
fn a_newer_commit_outdates() {
    let mut world = World::new();
    world.commits[0] = commit(HEAD, super::world::ada(), &at("11:00:00"));
    let expected =
        "@bo's review, 2026-11-20T11:00:00Z, was not after the newest commit, 77aa001 of 2026-11-20T11:00:00Z";
    assert_eq!(why(&told(world)), [expected]);
}

#[test]
fn the_newest_commit_need_not_be_the_last() {
    let mut world = World::new();
    world.commits.insert(0, commit(OLD, super::world::ada(), &at("12:00:00")));
    assert!(why(&told(world))[0].contains("3f1c2a9 of"));
}

#[test]
fn a_forged_commit_date_does_not_lower_the_floor() {
    let mut world = World::new();
    world.commits[0] = commit(HEAD, super::world::ada(), "1999-01-01T00:00:00Z");
    world.activity[0] = push(super::world::ada(), HEAD, &at("11:15:00"));
    assert_eq!(
        why(&told(world)),
        ["@bo's review, 2026-11-20T11:00:00Z, was not after the push of 2026-11-20T11:15:00Z"]
    );
}

#[test]
fn a_commit_without_a_date_leaves_it_open() {
    let mut world = World::new();
    world.commits[0]["commit"]["committer"] = Value::Null;
    let opinions = told(world);
    assert_eq!(opinions.each[0].standing, Standing::Open(vec!["77aa001 does not say when it was made".to_owned()]));
    assert_eq!(counts(&opinions), (0, 0));
}

#[test]
fn objections_block_beside_approvals_and_only_those_of_eligible_people() {
    let mut world = World::new();
    world.reviews.push(review(2, user(3, "cy"), CHANGES, &at("10:30:00"), HEAD));
    world.reviews.push(review(3, super::world::ada(), CHANGES, &at("10:30:00"), HEAD));
    let opinions = told(world);
    assert_eq!(counts(&opinions), (1, 1));
    assert_eq!(opinions.objections().next().unwrap().by.as_ref().unwrap().login, "cy");
}

#[test]
fn a_dismissal_says_who_and_when() {
    let mut world = reviewed(vec![review(7, bo(), "DISMISSED", &at("11:00:00"), HEAD)]);
    assert_eq!(why(&told(world.clone())), ["@bo's review was dismissed"]);
    world.events.push(json!({ "event": "review_dismissed", "created_at": at("11:40:00"), "actor": user(3, "cy"),
        "dismissed_review": { "review_id": 7, "state": "approved", "dismissal_message": "" } }));
    let opinions = told(world);
    assert_eq!(why(&opinions), ["@bo's review was dismissed by @cy, 2026-11-20T11:40:00Z"]);
    assert_eq!(opinions.each[0].kind, Kind::Dismissed);
}

#[test]
fn a_dismissal_that_the_list_does_not_show_is_undecided() {
    let mut world = World::new();
    world.events.push(json!({ "event": "review_dismissed", "created_at": at("11:40:00"), "actor": null, "dismissed_review": { "review_id": 100 } }));
    assert_eq!(told(world).undecided, ["@bo's review was dismissed, and GitHub still lists it as `APPROVED`"]);
}

#[test]
fn what_is_not_open_is_not_approved() {
    for (change, expected) in [
        (json!({ "draft": true }), "the pull request is a draft"),
        (json!({ "state": "closed" }), "the pull request is closed"),
        (json!({ "state": "closed", "merged": true }), "the pull request is merged already"),
    ] {
        let mut world = World::new();
        change.as_object().unwrap().iter().for_each(|(key, value)| world.pull[key] = value.clone());
        assert_eq!(told(world).against.as_deref(), Some(expected));
    }
}

#[test]
fn a_record_comes_to_the_same() {
    let mut world = World::new();
    world.reviews.push(review(2, user(3, "cy"), CHANGES, &at("10:30:00"), OLD));
    let gathered = world.gathered();
    let text = serde_json::to_string(&gathered).unwrap();
    let replayed = serde_json::from_str(&text).unwrap();
    assert_eq!(gathered, replayed);
    assert_eq!(opinions(&gathered, &Accounts::default()), opinions(&replayed, &Accounts::default()));
    assert!(
        serde_json::from_str::<changegate::github::Gathered>(&text.replacen("\"number\"", "\"numbre\"", 1)).is_err()
    );
    let with_more = text.replacen("\"number\"", "\"more\":1,\"number\"", 1);
    assert!(serde_json::from_str::<changegate::github::Gathered>(&with_more).is_err());
}

#[test]
fn removing_or_adding_what_is_unknown_never_makes_an_approval() {
    // Whatever is taken from a page, what did not count before does not count after, but for requests for changes and dismissals,
    // which are held by the time of the last change and the counts.
    let gathered = reviewed(vec![review(1, bo(), "APPROVED", &at("11:00:00"), OLD)]).gathered();
    let mut less = gathered.clone();
    less.commits.clear();
    assert_eq!(counts(&opinions(&less, &Accounts::default())), (0, 0));
    let mut less = World::new().gathered();
    less.commits.clear();
    assert!(matches!(opinions(&less, &Accounts::default()).each[0].standing, Standing::Open(_)));
    let mut less = World::new().gathered();
    less.pushes = Pushes::Known(Vec::new());
    assert!(matches!(opinions(&less, &Accounts::default()).each[0].standing, Standing::Open(_)));
}
