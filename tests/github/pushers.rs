//! Who has pushed the change, and when nobody can tell: commits say who has made them, and not who has brought them.

use super::folds::{at, counts, told, why};
use super::server::Answer;
use super::world::{HEAD, OLD, World, bo, commit, push, user};
use changegate::github::{Accounts, FORK_IS_GONE, Pushes, Standing, opinions};
use serde_json::{Value, json};

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
    world.commits[0]["parents"] = json!([{ "sha": OLD }]);
    let gathered = world.gathered();
    assert!(matches!(&gathered.pushes, Pushes::Known(pushes) if pushes.len() == 1));
    assert_eq!(counts(&opinions(&gathered, &Accounts::default())), (1, 0));
}

/// Somebody pushes two commits at once, and somebody else amends the second: the first is still what the former brought.
#[test]
fn a_push_whose_last_commit_was_taken_back_counts_since_the_branch_began() {
    const GONE: &str = "90e0000000000000000000000000000000000000";
    const BELOW: &str = "ba5e000000000000000000000000000000000000";
    let amended = |earlier: Vec<(&str, Value, &str)>| {
        let mut world = World::new();
        world.commits.insert(0, commit(OLD, super::world::ada(), &at("08:00:00")));
        world.commits[0]["parents"] = json!([{ "sha": BELOW }]);
        world.commits[1]["parents"] = json!([{ "sha": OLD }]);
        for (number, (kind, by, after)) in earlier.into_iter().enumerate() {
            let mut entry = push(by, after, &at(&format!("09:0{}:00", 9 - number)));
            entry["activity_type"] = kind.into();
            world.activity.push(entry);
        }
        world
    };
    let (cy, gone) = (|| user(3, "cy"), |kind| (kind, bo(), GONE));
    for earlier in [
        vec![gone("push")],
        vec![gone("force_push")],
        vec![gone("branch_creation")],
        vec![gone("push"), ("branch_creation", cy(), BELOW)],
    ] {
        assert_eq!(why(&told(amended(earlier))), ["@bo pushed 90e0000"]);
    }
    // What was pushed before the branch had anything of the change is no part of it.
    for between in [
        ("push", cy(), BELOW),
        ("pr_merge", cy(), BELOW),
        ("branch_creation", cy(), OLD),
        ("branch_deletion", cy(), "0000000000000000000000000000000000000000"),
    ] {
        assert_eq!(counts(&told(amended(vec![between, gone("push")]))), (1, 0));
    }
    // Of more than a hundred GitHub tells at another time.
    let many = |first: (&str, Value, &str)| {
        let mut world = amended(vec![first]);
        let pushes = (0..100).map(|number| push(cy(), GONE, &at(&format!("08:{:02}:{:02}", number / 60, number % 60))));
        world.activity.extend(pushes);
        world
    };
    let cut = "who pushed last can't be told: GitHub tells of the last 100 pushes to the branch, and the change may have begun before";
    assert_eq!(told(many(("push", cy(), GONE))).each[0].standing, Standing::Open(vec![cut.to_owned()]));
    assert_eq!(counts(&told(many(("push", cy(), BELOW)))), (1, 0));
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
    // Who merged another pull request into the branch has brought what that one has shown.
    for kind in ["pr_merge", "merge_queue_merge"] {
        let mut world = below(bo());
        world.activity[1]["activity_type"] = kind.into();
        assert_eq!(counts(&told(world)), (1, 0));
        let mut last = World::new();
        last.activity = vec![push(bo(), HEAD, &at("10:01:00"))];
        last.activity[0]["activity_type"] = kind.into();
        assert_eq!(why(&told(last)), ["@bo pushed last"]);
    }
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
