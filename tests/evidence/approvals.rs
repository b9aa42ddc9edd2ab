//! Approvals as GitHub tells them, through the real program and a server of our own.

use super::desk::Told;
use super::hub::{Hub, NOW, moved};
use super::server::Answer;
use super::world::{OLD, PULL, TOKEN, World, bo, commit, push, review, role, role_of, user};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

const TEAM: &str = "/orgs/acme/teams/dba";
/// Whoever is of the team owns the system.
const BY_TEAM: &str = "[github.roles]\nowner = [\"@acme/dba\"]\n";

fn hub(world: impl FnOnce(World) -> World) -> Hub {
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

type Break = fn(World) -> World;

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
        let hub = Hub::new(BY_TEAM, &[], &[]).with(|world| world.always(TEAM, answer));
        let told = hub.check(&[]).is(2, &["evidence/github-forbidden"]);
        let fault = &told.report["proposals"][0]["faults"][0];
        assert_eq!(
            fault["message"],
            "whether @ada is in the team acme/dba can't be told, and the configuration requires `github`: this token does not see the team \
             acme/dba, so nobody's membership in it is known"
        );
        assert!(fault["help"].as_str().unwrap().contains("Members: read"));
    }
}

#[test]
fn what_passes_is_waited_for() {
    hub(|world| world.first(PULL, Answer::new(429, "").with("retry-after", "1"))).check(&[]).is(0, &[]);
    hub(|world| world.first(PULL, Answer::new(500, ""))).check(&[]).is(0, &[]);
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
fn nobody_listens_there() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let hub = Hub::new(&format!("api = \"http://127.0.0.1:{port}\"\n"), &[], &[]).with(|world| world);
    hub.check(&[]).is(2, &["evidence/github-unavailable"]);
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

#[test]
fn without_a_pull_request_nobody_is_asked() {
    let run = |configuration: &str, phase: &str| {
        let hub = Hub::new(configuration, &[], &[]);
        let hub = hub.with(|world| world.always("/repos/acme/payments/commits/", Answer::new(200, "[]")));
        let arguments = [&NOW[..], &["--base", "main", "--phase", phase, "--format", "json"]].concat();
        let told = Told::of(&hub.desk.run_with(&[("GITHUB_TOKEN", TOKEN)], &arguments));
        (told, hub.server.asked().len())
    };
    let (told, asked) = run("", "plan");
    assert_eq!((told.is(0, &[]).status, asked), (Some(0), 0));
    let (told, asked) = run("[evidence]\ngithub = \"optional\"\n", "plan");
    assert_eq!((told.is(0, &[]).status, asked), (Some(0), 0));
    // Where one is required, it is asked which one brought the commit; and of a folder nobody can tell.
    let required = "[evidence]\ngithub = \"required\"\n";
    let (told, asked) = run(required, "plan");
    let told = told.is(2, &["evidence/no-pull-request"]);
    assert!(told.report["proposals"][0]["faults"][0]["help"].as_str().unwrap().contains("--pr"));
    assert_eq!(asked, 1);
    let desk = Hub::new(required, &[], &[]).desk;
    let told = Told::of(&desk.run(&[&NOW[..], &["--format", "json"]].concat())).is(2, &["evidence/no-pull-request"]);
    assert!(told.report["faults"][0]["help"].as_str().unwrap().contains("--pr"));
    // What is closed was approved before.
    let (told, asked) = run(required, "close");
    assert_eq!((told.status, asked), (Some(1), 0));
    let hub = hub(|world| world);
    Told::of(&hub.desk.run(&[&NOW[..], &["--pr", "42", "--format", "json"]].concat())).is(2, &["usage/option"]);
}

#[test]
fn the_event_names_it() {
    let hub = hub(|world| world);
    hub.in_actions("main", &[], &[]).is(0, &[]);
    assert!(hub.server.count(PULL) > 2);
    let told = hub.in_actions("release", &[], &[]).is(2, &["evidence/github-moved"]);
    let why = told.report["proposals"][0]["faults"][0]["message"].as_str().unwrap();
    assert!(why.ends_with("the pull request went to `release` when the run was started, and goes to `main`"), "{why}");
}

/// A variable can't have the token sent to a server that the trusted side does not name.
#[test]
fn the_token_goes_where_the_trusted_side_says() {
    let hub = hub(|world| world);
    let url = hub.server.url.clone();
    let base = fs::read_to_string(hub.desk.at("changegate.toml")).unwrap();
    hub.in_actions("main", &[("GITHUB_API_URL", "https://api.github.com")], &[]).is(0, &[]);
    let before = hub.server.asked().len();
    // The base does not name the server, and a variable does.
    hub.desk.git(&["switch", "--quiet", "main"]);
    hub.desk
        .write("changegate.toml", base.lines().filter(|line| !line.starts_with("api")).collect::<Vec<_>>().join("\n"));
    hub.desk.commit("nowhere", "2026-11-20T09:30:00Z");
    hub.desk.git(&["switch", "--quiet", "upgrade"]);
    for other in [url.as_str(), "https://github.example.com/api/v3", "http://api.github.com", "nonsense"] {
        hub.in_actions("main", &[("GITHUB_API_URL", other)], &[]).is(2, &["evidence/github-server"]);
    }
    assert_eq!(hub.server.asked().len(), before);
    // What can't be sent is told without being shown.
    let told = hub.in_actions("main", &[("GITHUB_TOKEN", "two words")], &[]).is(2, &["evidence/github-unauthorized"]);
    assert!(!told.report.to_string().contains("two words"));
}

#[test]
fn a_record_leads_to_the_same_bytes_without_a_network() {
    for (configuration, world) in [
        ("", (|world| world) as Break),
        ("", |mut world| {
            world.reviews.clear();
            world
        }),
        (BY_TEAM, |world| {
            world.always("/orgs/acme/teams/dba/memberships/ada", Answer::json(&json!({ "state": "active" })))
        }),
    ] {
        let hub = Hub::new(configuration, &[], &[]).with(world);
        let first = hub.run(&["--format", "json", "--evidence-out", "rec.json"]);
        let asked = hub.server.asked().len();
        for about in [&["--pr", "42"][..], &[]] {
            let arguments =
                [&["--base", "main", "--format", "json", "--evidence", "rec.json"], &NOW[..], about].concat();
            let again = hub.desk.run(&arguments);
            assert_eq!(String::from_utf8_lossy(&first.stdout), String::from_utf8_lossy(&again.stdout));
        }
        assert_eq!(hub.server.asked().len(), asked);
        let record: Value = serde_json::from_slice(&fs::read(hub.desk.at("rec.json")).unwrap()).unwrap();
        let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/evidence-v1.json").unwrap()).unwrap();
        jsonschema::validate(&schema, &record).unwrap();
        assert!(!record.to_string().contains(TOKEN));
    }
}

/// A record of another pull request, of another head, or one that lacks an answer.
#[test]
fn a_record_is_of_one_pull_request_and_of_one_head() {
    let hub = hub(|world| world);
    hub.run(&["--evidence-out", "rec.json"]);
    let text = fs::read_to_string(hub.desk.at("rec.json")).unwrap();
    let again = |about: &[&str]| {
        let arguments = [&["--base", "main", "--format", "json", "--evidence", "rec.json"], &NOW[..], about].concat();
        Told::of(&hub.desk.run(&arguments))
    };
    again(&[]).is(0, &[]);
    again(&["--pr", "43"]).is(2, &["evidence/not-recorded"]);
    let mut record: Value = serde_json::from_str(&text).unwrap();
    record["entries"].as_array_mut().unwrap().retain(|entry| entry["question"]["ask"] != "unmoved");
    hub.desk.write("rec.json", record.to_string());
    again(&[]).is(2, &["evidence/not-recorded"]);
    hub.desk.write("rec.json", &text);
    hub.desk.git(&["commit", "--quiet", "--allow-empty", "--message", "one more"]);
    again(&[]).is(2, &["evidence/other-run"]);
}

/// Somebody who writes a record by hand can't have a report print a code that does not exist.
#[test]
fn a_code_of_a_record_is_one_of_the_table() {
    let hub = hub(|world| world.always(PULL, Answer::new(403, "{}")));
    hub.run(&["--evidence-out", "rec.json"]);
    let text = fs::read_to_string(hub.desk.at("rec.json")).unwrap();
    for code in ["all/well", "proposal/draft", "trust/changed", ""] {
        hub.desk.write("rec.json", text.replace("evidence/github-forbidden", code));
        let arguments = ["--base", "main", "--format", "json", "--evidence", "rec.json"];
        Told::of(&hub.desk.run(&arguments)).is(2, &["evidence/record"]);
    }
}
