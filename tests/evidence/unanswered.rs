//! When GitHub does not tell what is asked: undecided, with the code of what went wrong, and never a pass.

use super::approvals::{BY_TEAM, hub};
use super::desk::Told;
use super::hub::{Hub, moved};
use super::server::Answer;
use super::world::{PULL, TOKEN, World};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

const TEAM: &str = "/orgs/acme/teams/dba";

pub type Break = fn(World) -> World;

/// Each way in which GitHub can fail, with its code; none is a pass.
#[test]
fn what_github_does_not_tell_is_undecided() {
    let failing: [(&str, Break); 14] = [
        ("evidence/github-unauthorized", |world| world.always(PULL, Answer::new(401, "{}"))),
        ("evidence/github-forbidden", |world| world.always(PULL, Answer::new(403, "{}"))),
        ("evidence/github-not-found", |world| world.always(PULL, Answer::new(404, "{}"))),
        ("evidence/github-rate-limited", |world| world.always(PULL, Answer::new(429, ""))),
        ("evidence/github-rate-limited", |world| world.always(PULL, Answer::new(429, "").with("retry-after", "3600"))),
        ("evidence/github-unavailable", |world| world.always(PULL, Answer::new(500, ""))),
        ("evidence/github-timeout", |world| {
            world.always(PULL, Answer { after: Duration::from_secs(20), ..Answer::new(200, "{}") })
        }),
        ("evidence/github-unavailable", |world| {
            world.always(PULL, Answer { missing: 20, ..Answer::new(200, "{\"number\": 42}                    ") })
        }),
        ("evidence/github-malformed", |world| world.always(PULL, Answer::new(200, "[]"))),
        ("evidence/github-redirected", |world| {
            world.always(PULL, Answer::new(302, "").with("location", "https://elsewhere.example/repos"))
        }),
        ("evidence/github-moved", |world| moved(world, 1)),
        // The read of it is whole, and it has moved when the verdict is near.
        ("evidence/github-moved", |world| moved(world, 2)),
        ("evidence/github-doubt", |mut world| {
            world.commits[0]["author"] = Value::Null;
            world
        }),
        ("evidence/github-unavailable", |world| {
            let calls = std::sync::atomic::AtomicUsize::new(0);
            // All was told, and whether it still holds is not.
            world.on(PULL, move |request, _| {
                let nth = (request.path == PULL).then(|| calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
                nth.filter(|nth| *nth > 1).map(|_| Answer::new(503, ""))
            })
        }),
    ];
    for (code, broken) in failing {
        let hub = hub(broken);
        let told = hub.check(&["--evidence-out", "rec.json"]).is(2, &[code]);
        let record = fs::read_to_string(hub.desk.at("rec.json")).unwrap();
        assert!(record.contains(&format!("\"code\": \"{code}\"")) && !record.contains(TOKEN), "{record}");
        let again = Told::of(&hub.desk.run(&["--base", "main", "--format", "json", "--evidence", "rec.json"]));
        assert_eq!(again.report["exit"], told.report["exit"]);
    }
}

#[test]
fn a_team_that_the_token_does_not_see_is_undecided() {
    for answer in [Answer::new(403, "{}"), Answer::new(404, "{}")] {
        let fault = team_not_seen(BY_TEAM, answer);
        assert_eq!(
            fault["message"],
            "whether @ada is in the team acme/dba can't be told, and `github` is required where the configuration does not say otherwise: \
             this token does not see the team acme/dba, so nobody's membership in it is known"
        );
        let help = fault["help"].as_str().unwrap();
        assert!(
            help.contains("Members: read") && help.contains("; or say `github = \"optional\"` in `[evidence]`"),
            "{help}"
        );
    }
}

/// Who requires it in so many words is not told to let it go.
#[test]
fn what_the_configuration_requires_is_told_as_such() {
    let required = format!("{BY_TEAM}[evidence]\ngithub = \"required\"\n");
    let fault = team_not_seen(&required, Answer::new(404, "{}"));
    let message = fault["message"].as_str().unwrap();
    assert!(message.contains("can't be told, and the configuration requires `github`: this token"), "{message}");
    assert!(!fault["help"].as_str().unwrap().contains("optional"), "{fault}");
    // Whatever is said, nobody can judge a pull request that has moved.
    for configuration in ["", "[evidence]\ngithub = \"optional\"\n"] {
        let hub = Hub::new(configuration, &[], &[]).with(|world| moved(world, 0));
        let told = hub.check(&[]);
        assert!(!told.report.to_string().contains("is required where"), "{}", told.report);
    }
}

fn team_not_seen(configuration: &str, answer: Answer) -> Value {
    let hub = Hub::new(configuration, &[], &[]).with(|world| world.always(TEAM, answer));
    hub.check(&[]).is(2, &["evidence/github-forbidden"]).report["proposals"][0]["faults"][0].clone()
}

#[test]
fn what_passes_is_waited_for() {
    hub(|world| world.first(PULL, Answer::new(429, "").with("retry-after", "1"))).check(&[]).is(0, &[]);
    hub(|world| world.first(PULL, Answer::new(500, ""))).check(&[]).is(0, &[]);
}

#[test]
fn nobody_listens_there() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let hub = Hub::new(&format!("api = \"http://127.0.0.1:{port}\"\n"), &[], &[]).with(|world| world);
    hub.check(&[]).is(2, &["evidence/github-unavailable"]);
}

#[test]
fn how_much_it_is_needed() {
    let broken = |world: World| world.always(PULL, Answer::new(403, "{}"));
    let told = Hub::new("[evidence]\ngithub = \"optional\"\n", &[], &[]).with(broken).check(&[]).is(0, &[]);
    let consulted = &told.report["proposals"][0]["consulted"][1];
    assert_eq!((&consulted["state"], &consulted["code"]), (&json!("unavailable"), &json!("evidence/github-forbidden")));
    let off = Hub::new("[evidence]\ngithub = \"off\"\n", &[], &[]).with(broken);
    off.check(&[]).is(0, &[]);
    assert_eq!(off.server.asked().len(), 0);
    // A token that may not see who pushed is like any other that may not see.
    let unseen = |world: World| world.always("/repos/acme/payments/activity", Answer::new(403, "{}"));
    let told = Hub::new("[evidence]\ngithub = \"optional\"\n", &[], &[]).with(unseen).check(&[]).is(0, &[]);
    let consulted = &told.report["proposals"][0]["consulted"][1];
    assert_eq!((&consulted["state"], &consulted["code"]), (&json!("unavailable"), &json!("evidence/github-forbidden")));
    hub(unseen).check(&[]).is(2, &["evidence/github-forbidden"]);
    // The author of a change can't have it judged by what is claimed.
    let hidden = |mut world: World| {
        world.pull["head"]["repo"]["full_name"] = "bo/payments".into();
        world.always("/repos/bo/payments/activity", Answer::new(404, "{}"))
    };
    let hidden = Hub::new("[evidence]\ngithub = \"optional\"\n", &[], &[]).with(hidden);
    hidden.check(&[]).is(2, &["evidence/github-doubt"]);
    let unknown = |mut world: World| {
        world.commits[0]["author"] = Value::Null;
        world
    };
    let doubtful = Hub::new("[evidence]\ngithub = \"optional\"\n", &[], &[]).with(unknown);
    doubtful.check(&[]).is(2, &["evidence/github-doubt"]);
    // Optional or not: by what has moved nobody is judged.
    let moving = Hub::new("[evidence]\ngithub = \"optional\"\n", &[], &[]).with(|world| moved(world, 2));
    moving.check(&[]).is(2, &["evidence/github-moved"]);
}

/// Whoever writes commits could else have GitHub say what can't be read, and be judged by what they claim.
#[test]
fn what_the_author_brings_about_is_never_optional() {
    let cases: [(&str, Break); 4] = [
        ("evidence/github-doubt", |mut world| {
            world.commits[0]["commit"]["committer"]["date"] = "318857-05-20T17:46:39Z".into();
            world
        }),
        ("evidence/github-too-many", |mut world| {
            world.pull["commits"] = 250.into();
            world
        }),
        ("evidence/github-doubt", |mut world| {
            world.commits[0]["commit"]["message"] = "x\n\nCo-authored-by: E <e@\u{0}x>".into();
            world.always("/repos/acme/payments/commits?author=", Answer::new(422, "{}"))
        }),
        ("evidence/github-doubt", |mut world| {
            world.pull["head"]["repo"] = Value::Null;
            world
        }),
    ];
    for (code, broken) in cases {
        let told = Hub::new("[evidence]\ngithub = \"optional\"\n", &[], &[]).with(broken).check(&[]);
        told.is(2, &[code]);
    }
}
