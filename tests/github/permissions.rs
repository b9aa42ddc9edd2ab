//! Who reviews and may not write to the repository: anybody with an account may review what is public.

use super::server::{Answer, Server};
use super::world::{HEAD, OLD, World, ada, bo, client, review, role, role_of, user};
use changegate::github::{Accounts, Gathered, Opinions, Problem, Standing, opinions};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

const AT: &str = "2026-11-20T11:00:00Z";

fn counts(opinions: &Opinions) -> (usize, usize) {
    (opinions.approvals().count(), opinions.objections().count())
}

fn told(world: World) -> Opinions {
    opinions(&world.gathered(), &Accounts::default())
}

/// A review of @bo, who has this role.
fn by(state: &str, word: &str) -> Opinions {
    let world = World { reviews: vec![review(100, bo(), state, AT, HEAD)], ..World::new() };
    told(world.always(&role_of("bo"), role(word, &bo())))
}

#[test]
fn who_may_write_counts_for_and_against() {
    for word in ["write", "maintain", "admin"] {
        assert_eq!(counts(&by("APPROVED", word)), (1, 0), "{word}");
        assert_eq!(counts(&by("CHANGES_REQUESTED", word)), (0, 1), "{word}");
    }
    for word in ["none", "read", "triage"] {
        for state in ["APPROVED", "CHANGES_REQUESTED"] {
            let opinions = by(state, word);
            assert_eq!(counts(&opinions), (0, 0), "{word} {state}");
            assert_eq!(opinions.each[0].standing.why(), ["@bo may not write to the repository"]);
        }
    }
}

#[test]
fn a_role_of_an_organisation_is_what_it_allows() {
    let with = |word: &str, push: Value| {
        let user = json!({ "id": 2, "login": "bo", "type": "User", "permissions": { "pull": true, "push": push } });
        let answer = Answer::json(&json!({ "permission": word, "role_name": "release-manager", "user": user }));
        World::new().always(&role_of("bo"), answer)
    };
    assert_eq!(counts(&told(with("write", true.into()))), (1, 0));
    assert_eq!(counts(&told(with("release-manager", true.into()))), (1, 0));
    assert_eq!(counts(&told(with("release-manager", false.into()))), (0, 0));
    assert_eq!(with("read", true.into()).problem().code, "evidence/github-malformed");
    assert_eq!(by_problem(role("release-manager", &bo())).code, "evidence/github-malformed");
}

fn by_problem(answer: Answer) -> Problem {
    World::new().always(&role_of("bo"), answer).problem()
}

/// Each is asked about once, and nobody whose review does not count anyway.
#[test]
fn it_is_asked_of_those_whose_review_would_count() {
    let mut world = World::new();
    let mut reviewed = |user: Value, state: &str, sha: &str| {
        let id = world.reviews.len() as u64;
        world.reviews.push(review(200 + id, user, state, AT, sha));
    };
    reviewed(bo(), "CHANGES_REQUESTED", HEAD);
    reviewed(ada(), "APPROVED", HEAD);
    reviewed(user(3, "cy"), "APPROVED", OLD);
    reviewed(user(4, "di"), "COMMENTED", HEAD);
    reviewed(user(5, "ed"), "DISMISSED", HEAD);
    reviewed(user(6, "fe"), "CHANGES_REQUESTED", OLD);
    reviewed(json!({ "id": 7, "login": "helper[bot]", "type": "Bot" }), "APPROVED", HEAD);
    let (gathered, server) = world.gather();
    let gathered = gathered.unwrap();
    assert_eq!(gathered.permissions.keys().copied().collect::<Vec<_>>(), [2, 6]);
    assert_eq!(server.count("/repos/acme/payments/collaborators/"), 2);
    assert_eq!(counts(&opinions(&gathered, &Accounts::default())), (0, 2));
}

/// A program of the list has no role: the trusted side says itself that it counts.
#[test]
fn programs_of_the_configuration_have_no_role() {
    let bot = json!({ "id": 7, "login": "helper[bot]", "type": "Bot" });
    let world = World { reviews: vec![review(100, bot, "APPROVED", AT, HEAD)], ..World::new() };
    let accounts = Accounts { bots: [7].into(), ..Accounts::default() };
    let server = world.serve();
    let gathered = client(&server).gather("acme/payments", 42, &accounts).unwrap();
    assert_eq!(server.count("/repos/acme/payments/collaborators/"), 0);
    assert_eq!(counts(&opinions(&gathered, &accounts)), (1, 0));
}

#[test]
fn a_stranger_leaves_nothing_open() {
    let mut world = World::new();
    world.commits[0]["author"] = Value::Null;
    let open = told(world.clone());
    assert!(matches!(open.each[0].standing, Standing::Open(_)), "{open:#?}");
    let closed = told(world.always(&role_of("bo"), role("read", &bo())));
    assert!(matches!(closed.each[0].standing, Standing::Not(_)), "{closed:#?}");
}

/// What was not asked is not known, also in data of an earlier version.
#[test]
fn what_was_not_asked_is_open() {
    for state in ["APPROVED", "CHANGES_REQUESTED"] {
        let world = World { reviews: vec![review(100, bo(), state, AT, HEAD)], ..World::new() };
        let mut record = serde_json::to_value(world.gathered()).unwrap();
        assert_eq!(record["permissions"]["2"], json!({ "permission": "write", "role": "write", "writes": true }));
        record.as_object_mut().unwrap().remove("permissions");
        let earlier: Gathered = serde_json::from_value(record).unwrap();
        let opinions = opinions(&earlier, &Accounts::default());
        assert_eq!(counts(&opinions), (0, 0));
        let why = ["it was not asked whether @bo may write to the repository".to_owned()];
        assert_eq!(opinions.each[0].standing, Standing::Open(why.to_vec()));
    }
}

fn not(status: u16) -> Answer {
    Answer::new(status, r#"{"message":"Must have push access to view collaborator permission."}"#)
}

#[test]
fn what_the_token_may_not_see_is_forbidden() {
    let hidden = by_problem(not(403));
    let unseen = World::new().always(&role_of("bo"), not(404)).always("/users/bo", Answer::json(&bo())).problem();
    for problem in [hidden, unseen] {
        assert_eq!(problem.code, "evidence/github-forbidden");
        assert_eq!(
            problem.message,
            "this token does not see what @bo may do in acme/payments, so whether their review counts is not known"
        );
        assert!(problem.help.contains("`Metadata: read`"), "{}", problem.help);
    }
}

#[test]
fn who_is_gone_may_not_write() {
    let world = World::new().always(&role_of("bo"), not(404)).always("/users/bo", not(404));
    assert_eq!(told(world).each[0].standing.why(), ["@bo may not write to the repository"]);
    // Somebody else has the login by now.
    let taken = World::new().always(&role_of("bo"), not(404)).always("/users/bo", Answer::json(&user(9, "bo")));
    assert_eq!(taken.problem().code, "evidence/github-malformed");
}

#[test]
fn what_fails_on_the_way_is_no_answer() {
    for (role, user, code) in [
        (Answer::new(500, ""), not(404), "evidence/github-unavailable"),
        (Answer::new(429, ""), not(404), "evidence/github-rate-limited"),
        (Answer::new(200, "{}"), not(404), "evidence/github-malformed"),
        (not(401), not(404), "evidence/github-unauthorized"),
        (not(404), Answer::new(500, ""), "evidence/github-unavailable"),
        (not(404), not(403), "evidence/github-forbidden"),
        (not(404), Answer::new(200, "[]"), "evidence/github-malformed"),
    ] {
        let world = World::new().always(&role_of("bo"), role).always("/users/bo", user);
        assert_eq!(world.problem().code, code);
    }
}

/// So many people who approve, of whom GitHub says this.
fn crowd(count: u64, association: &str) -> World {
    let one = |id: u64| {
        let mut review = review(id, user(100 + id, &format!("u{id}")), "APPROVED", AT, HEAD);
        review["author_association"] = association.into();
        review
    };
    World { reviews: (0..count).map(one).collect(), ..World::new() }
}

const COLLABORATORS: &str = "/repos/acme/payments/collaborators?";

#[test]
fn more_than_can_be_asked_about_is_undecided() {
    assert_eq!(crowd(201, "MEMBER").problem().code, "evidence/github-too-many");
    assert_eq!(crowd(200, "MEMBER").gathered().permissions.len(), 200);
}

/// Anybody may review what is public, and nobody may keep a pull request from being judged by that.
#[test]
fn a_crowd_of_strangers_is_not_asked_about() {
    for called in ["NONE", "CONTRIBUTOR", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR"] {
        let mut world = crowd(450, called);
        world.reviews.extend([
            review(900, bo(), "APPROVED", AT, HEAD),
            review(901, user(3, "cy"), "CHANGES_REQUESTED", AT, HEAD),
        ]);
        // @bo does not show that they are of the organisation; of @cy GitHub says nothing.
        world.reviews[450]["author_association"] = called.into();
        let world = world.always(COLLABORATORS, Answer::json(&json!([{ "id": 1 }, { "id": 2 }])));
        let (gathered, server) = world.gather();
        let opinions = opinions(&gathered.unwrap(), &Accounts::default());
        assert_eq!((counts(&opinions), server.count("/repos/acme/payments/collaborators/")), ((1, 1), 2));
        assert_eq!(opinions.each[7].standing.why(), ["@u7 may not write to the repository"]);
    }
    // A word that is not known says nothing, nor does it help to be called otherwise once.
    assert_eq!(crowd(201, "PASSER_BY").problem().code, "evidence/github-too-many");
    let mut twice = crowd(60, "NONE");
    twice.reviews[0]["author_association"] = "MEMBER".into();
    twice.reviews.push(review(99, user(100, "u0"), "APPROVED", "2026-11-20T11:30:00Z", HEAD));
    twice.reviews[60]["author_association"] = "NONE".into();
    let (gathered, server) = twice.always(COLLABORATORS, Answer::new(200, "[]")).gather();
    assert_eq!((gathered.unwrap().permissions.len(), server.count("/repos/acme/payments/collaborators/")), (60, 1));
}

#[test]
fn without_the_list_of_collaborators_each_is_asked_about() {
    for hidden in [not(403), not(404)] {
        let listed = |count: u64| crowd(count, "NONE").always(COLLABORATORS, hidden.clone());
        let (gathered, server) = listed(200).gather();
        let writes = gathered.unwrap().permissions.values().filter(|permission| permission.writes).count();
        assert_eq!((writes, server.count("/repos/acme/payments/collaborators/")), (200, 200));
        assert!(["evidence/github-forbidden", "evidence/github-not-found"].contains(&listed(201).problem().code));
    }
    let broken = crowd(60, "NONE").always(COLLABORATORS, Answer::new(500, ""));
    assert_eq!(broken.problem().code, "evidence/github-unavailable");
    // A few are asked about one by one, which says more.
    let (gathered, server) = crowd(50, "NONE").gather();
    assert_eq!((gathered.unwrap().permissions.len(), server.count(COLLABORATORS)), (50, 0));
}

/// Asked one after another, two hundred would take longer than anybody waits.
#[test]
fn they_are_asked_about_together() {
    let (open, alone) = (AtomicUsize::new(0), Arc::new(AtomicBool::new(false)));
    let told = Arc::clone(&alone);
    let world = crowd(40, "NONE").on("/repos/acme/payments/collaborators/", move |request, _| {
        let login = request.path.split('/').nth(5)?;
        let id: u64 = login.strip_prefix('u')?.parse().ok()?;
        // The first waits for a second one, which comes only if it is not waited for.
        let first = open.fetch_add(1, Ordering::SeqCst) == 0;
        let begun = Instant::now();
        while first && open.load(Ordering::SeqCst) < 2 && !told.load(Ordering::SeqCst) {
            sleep(Duration::from_millis(5));
            told.fetch_or(begun.elapsed() > Duration::from_secs(20), Ordering::SeqCst);
        }
        Some(role("read", &user(100 + id, login)))
    });
    assert_eq!(world.gathered().permissions.len(), 40);
    assert!(!alone.load(Ordering::SeqCst), "one after the other");
}

#[test]
fn a_role_is_that_of_the_account_that_is_meant() {
    let answer = json!({ "permission": "write", "role_name": "release-manager", "user": user(2, "bo") });
    let server = Server::new(move |_, _| Answer::json(&answer));
    let told = client(&server).permission("acme/payments", "bo", 2).unwrap();
    assert_eq!((told.permission.as_str(), told.role.as_str(), told.writes), ("write", "release-manager", true));
    // Somebody else has the login by now.
    assert_eq!(client(&server).permission("acme/payments", "bo", 3).unwrap_err().code, "evidence/github-malformed");
    let nobody = Server::new(|_, _| Answer::json(&json!({ "permission": "none", "role_name": "none", "user": null })));
    assert!(client(&nobody).permission("acme/payments", "bo", 2).is_err());
}
