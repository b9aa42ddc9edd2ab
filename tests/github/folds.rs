//! From reviews to approvals: each rule, and why something does not count, in the words that a report shows.

use super::server::Answer;
use super::world::{HEAD, OLD, World, bo, commit, push, review, user};
use changegate::github::{Accounts, FORK_IS_GONE, Kind, Opinions, Pushes, Standing, opinions};
use serde_json::{Value, json};

const COMMENT: &str = "COMMENTED";
const CHANGES: &str = "CHANGES_REQUESTED";

fn told(world: World) -> Opinions {
    opinions(&world.gathered(), &Accounts::default())
}

fn at(hour: &str) -> String {
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

fn reviewed(reviews: Vec<Value>) -> World {
    World { reviews, ..World::new() }
}

/// Why the only opinion does not count.
fn why(opinions: &Opinions) -> Vec<String> {
    assert_eq!(opinions.each.len(), 1, "{opinions:#?}");
    assert!(matches!(opinions.each[0].standing, Standing::Not(_)), "{opinions:#?}");
    opinions.each[0].standing.why().to_vec()
}

fn counts(opinions: &Opinions) -> (usize, usize) {
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
fn who_has_a_hand_in_it_does_not_count() {
    let approved = |id: u64, login: &str| vec![review(1, user(id, login), "APPROVED", &at("11:00:00"), HEAD)];
    assert_eq!(
        why(&told(reviewed(approved(1, "ada")))),
        [
            "@ada opened the pull request",
            "@ada is the author of 77aa001",
            "@ada is the committer of 77aa001",
            "@ada pushed last"
        ]
    );
    let mut world = reviewed(approved(4, "zed"));
    world.activity = vec![push(user(4, "zed"), HEAD, &at("10:01:00"))];
    assert_eq!(why(&told(world)), ["@zed pushed last"]);
    for (field, did) in [("author", "@cy is the author of 77aa001"), ("committer", "@cy is the committer of 77aa001")] {
        let mut world = reviewed(approved(3, "cy"));
        world.commits[0][field] = user(3, "cy");
        assert_eq!(why(&told(world)), [did]);
    }
}

#[test]
fn an_author_of_an_older_commit_does_not_count() {
    let mut world = World::new();
    world.commits.insert(0, commit(OLD, bo(), &at("08:00:00")));
    assert_eq!(why(&told(world)), ["@bo is the author of 3f1c2a9", "@bo is the committer of 3f1c2a9"]);
}

#[test]
fn a_co_author_does_not_count() {
    let mut world = World::new();
    world.commits[0]["commit"]["message"] = "x\n\nCo-authored-by: B <2+bo@users.noreply.github.com>".into();
    assert_eq!(why(&told(world)), ["@bo is a co-author of 77aa001"]);
}

/// Whoever writes a commit says who its co-authors are.
#[test]
fn naming_a_reviewer_as_an_author_silences_nobody() {
    let mut world = reviewed(vec![review(1, bo(), "CHANGES_REQUESTED", &at("11:00:00"), HEAD)]);
    world.commits[0]["commit"]["message"] = "x\n\nCo-authored-by: B <2+bo@users.noreply.github.com>".into();
    world.commits[0]["author"] = bo();
    assert_eq!(counts(&told(world)), (0, 1));
}

fn with_unknown_coauthor() -> World {
    let mut world = World::new();
    world.commits[0]["commit"]["message"] = "x\n\nCo-authored-by: B <b@example.com>".into();
    world
}

#[test]
fn a_co_author_whom_nobody_knows_leaves_it_open() {
    let gathered = with_unknown_coauthor().gathered();
    let told = |accounts: &Accounts| opinions(&gathered, accounts).each[0].standing.clone();
    let expected = "b@example.com is a co-author of 77aa001, and GitHub knows no account of that mail";
    assert_eq!(told(&Accounts::default()), Standing::Open(vec![expected.to_owned()]));
    let mails = |id| Accounts { mails: [("b@example.com".to_owned(), id)].into(), ..Accounts::default() };
    assert_eq!(told(&mails(None)), Standing::Counts);
    assert_eq!(told(&mails(Some(3))), Standing::Counts);
    assert_eq!(told(&mails(Some(2))), Standing::Not(vec!["@bo is a co-author of 77aa001".to_owned()]));
}

#[test]
fn github_is_asked_whose_mail_it_is() {
    let found = |mail: &str| json!([{ "sha": OLD, "author": bo(), "commit": { "message": "", "author": { "email": mail, "date": at("09:00:00") }, "committer": null } }]);
    let by = |mail: &'static str| {
        let answer = Answer::json(&found(mail));
        told(with_unknown_coauthor().always("/repos/acme/payments/commits?author=b%40example.com", answer))
    };
    assert_eq!(why(&by("B@example.com")), ["@bo is a co-author of 77aa001"]);
    // An answer about another mail says nothing of this one.
    assert!(matches!(by("c@example.com").each[0].standing, Standing::Open(_)));
}

#[test]
fn an_author_whom_nobody_knows_leaves_it_open() {
    for nobody in [json!(null), json!({})] {
        let mut world = World::new();
        world.commits[0]["author"] = nobody;
        let opinions = told(world);
        assert!(
            matches!(&opinions.each[0].standing, Standing::Open(why) if why[0].contains("ada@example.com is the author"))
        );
    }
}

#[test]
fn bots_do_not_count_unless_listed() {
    let bot = json!({ "id": 99, "login": "approve[bot]", "type": "Bot" });
    let world = reviewed(vec![review(1, bot, "APPROVED", &at("11:00:00"), HEAD)]);
    let gathered = world.gathered();
    assert_eq!(why(&opinions(&gathered, &Accounts::default())), ["@approve[bot] is a bot"]);
    let listed = |id| opinions(&gathered, &Accounts { bots: [id].into(), ..Accounts::default() });
    assert_eq!(counts(&listed(99)), (1, 0));
    assert_eq!(counts(&listed(98)), (0, 0));
}

#[test]
fn other_kinds_of_accounts_do_not_count() {
    for kind in ["Organization", "Mannequin", "user", ""] {
        let account = json!({ "id": 50, "login": "x", "type": kind });
        assert_eq!(
            why(&told(reviewed(vec![review(1, account, "APPROVED", &at("11:00:00"), HEAD)]))),
            ["@x is no user of GitHub"]
        );
    }
}

#[test]
fn deleted_users_do_not_count() {
    for deleted in [Value::Null, user(10137, "ghost")] {
        let opinions = told(reviewed(vec![review(1, deleted, "APPROVED", &at("11:00:00"), HEAD)]));
        assert_eq!(why(&opinions), ["the user of this review was deleted"]);
    }
    // They can't be told apart, so that none takes the place of another.
    let opinions = told(reviewed(vec![
        review(1, Value::Null, "APPROVED", &at("11:00:00"), HEAD),
        review(2, Value::Null, CHANGES, &at("12:00:00"), HEAD),
    ]));
    assert_eq!((opinions.each.len(), counts(&opinions)), (2, (0, 0)));
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
fn who_pushed_last_has_to_be_known() {
    let open = |world: World| match told(world).each[0].standing.clone() {
        Standing::Open(why) => why[0].clone(),
        other => panic!("{other:?}"),
    };
    let mut lost = World::new();
    lost.pull["head"]["repo"] = Value::Null;
    assert_eq!(open(lost), "who pushed last can't be told: the repository that it was pushed to was deleted");
    let none = World { activity: Vec::new(), ..World::new() };
    assert_eq!(open(none), "who pushed last can't be told: GitHub tells of no push to upgrade/pg");
    let older = World { activity: vec![push(bo(), OLD, &at("10:00:00"))], ..World::new() };
    assert_eq!(
        open(older),
        "who pushed last can't be told: the last push that GitHub tells of ended at 3f1c2a9, and the head is 77aa001"
    );
    let nobody = World { activity: vec![push(Value::Null, HEAD, &at("10:00:00"))], ..World::new() };
    assert_eq!(open(nobody), "GitHub does not say who pushed last");
    // What the owner of a fork hides.
    for status in [403, 404] {
        let mut fork = World::new();
        fork.pull["head"]["repo"]["full_name"] = "ada/payments".into();
        let answer = Answer::new(status, r#"{"message":"Resource not accessible"}"#);
        assert!(open(fork.always("/repos/ada/payments/activity", answer)).contains("`Contents: read`"));
    }
}

/// That is for whoever gives the token, and nothing that a change brings about.
#[test]
fn a_token_that_may_not_see_who_pushed_is_told() {
    for (status, code) in [(403, "evidence/github-forbidden"), (404, "evidence/github-not-found")] {
        let answer = Answer::new(status, r#"{"message":"Resource not accessible"}"#);
        let problem = World::new().always("/repos/acme/payments/activity", answer).problem();
        assert_eq!(problem.code, code);
        assert!(problem.message.contains("`Contents: read`"), "{problem}");
    }
    let mut named = World::new();
    named.commits[0]["commit"]["message"] = "feat: x\n\nCo-authored-by: B <b@example.com>".into();
    let hidden = named.always("/repos/acme/payments/commits?author=", Answer::new(403, "{}"));
    assert_eq!(hidden.problem().code, "evidence/github-forbidden");
}

/// Forks are deleted when they are merged, and who pushed there with them: an approver may have been the last.
#[test]
fn a_fork_that_was_deleted_leaves_open_who_pushed_last() {
    let gone = |merged: bool, forced: &[(&str, Value, Value)]| {
        let mut world = World::new();
        world.pull["head"]["repo"] = Value::Null;
        if merged {
            world.pull["state"] = "closed".into();
            world.pull["merged"] = true.into();
        }
        world.events.extend(forced.iter().map(|(hour, by, commit)| {
            json!({ "event": "head_ref_force_pushed", "created_at": at(hour), "actor": by, "commit_id": commit })
        }));
        world.gathered()
    };
    let standing =
        |gathered: &changegate::github::Gathered| opinions(gathered, &Accounts::default()).each[0].standing.clone();
    let (ada, head, old) = (super::world::ada, json!(HEAD), json!(OLD));
    let open = Standing::Open(vec![FORK_IS_GONE.to_owned()]);
    for forced in [
        &[][..],
        // What somebody else has pushed after it is no push by force.
        &[("10:20:00", ada(), old.clone())],
        &[("10:20:00", ada(), Value::Null)],
        &[("10:10:00", ada(), head.clone()), ("10:20:00", ada(), old.clone())],
        &[("10:20:00", ada(), head.clone()), ("10:20:00", bo(), old.clone())],
    ] {
        for merged in [true, false] {
            let gathered = gone(merged, forced);
            assert_eq!((&gathered.pushes, standing(&gathered)), (&Pushes::Gone, open.clone()), "{forced:?}");
        }
    }
    // The timeline of the pull request stays, and tells who brought the branch to the head by force.
    let forced = [("10:20:00", ada(), head.clone()), ("10:10:00", user(3, "cy"), old)];
    assert_eq!(standing(&gone(true, &forced)), Standing::Counts);
    let pushed = opinions(&gone(true, &[("10:20:00", bo(), head.clone())]), &Accounts::default());
    assert_eq!(why(&pushed), ["@bo pushed last"]);
    let nobody = standing(&gone(true, &[("10:20:00", Value::Null, head)]));
    assert_eq!(nobody, Standing::Open(vec!["GitHub does not say who pushed last".to_owned()]));
}

#[test]
fn pushes_of_other_branches_and_before_are_not_the_last() {
    let mut other = push(bo(), HEAD, &at("10:30:00"));
    other["ref"] = "refs/heads/main".into();
    let mut world = World::new();
    world.activity = vec![other, push(bo(), OLD, &at("09:00:00")), push(super::world::ada(), HEAD, &at("10:01:00"))];
    let gathered = world.gathered();
    assert!(matches!(&gathered.pushes, Pushes::Known(pushes) if pushes.len() == 1));
    assert_eq!(counts(&opinions(&gathered, &Accounts::default())), (1, 0));
}

/// Whoever pushes a commit may have made it in the name of another, and have somebody else push last.
#[test]
fn who_pushed_a_commit_of_another_has_a_hand_in_it() {
    let below = |by: Value| {
        let mut world = World::new();
        world.commits.insert(0, commit(OLD, super::world::ada(), &at("08:00:00")));
        world.activity.push(push(by, OLD, &at("08:01:00")));
        world
    };
    assert_eq!(why(&told(below(bo()))), ["@bo pushed 3f1c2a9"]);
    assert_eq!(counts(&told(below(user(3, "cy")))), (1, 0));
    let nobody = Standing::Open(vec!["GitHub does not say who pushed 3f1c2a9".to_owned()]);
    assert_eq!(told(below(Value::Null)).each[0].standing, nobody);
    // Once merged the branch may go anywhere: what was pushed before it counts, and nothing after.
    let merged = |at: &str| {
        let mut world = below(user(3, "cy"));
        world.pull["state"] = "closed".into();
        world.pull["merged"] = true.into();
        world.activity.push(push(bo(), OLD, at));
        told(world)
    };
    assert_eq!(counts(&merged(&at("12:00:00"))), (1, 0));
    assert_eq!(why(&merged(&at("08:30:00"))), ["@bo pushed 3f1c2a9"]);
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
