//! Who may not approve: who has a hand in the change, and who is no person.

use super::folds::{CHANGES, at, counts, reviewed, told, why};
use super::server::Answer;
use super::world::{HEAD, OLD, World, bo, commit, push, review, user};
use changegate::github::{Accounts, Standing, opinions};
use serde_json::{Value, json};

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
