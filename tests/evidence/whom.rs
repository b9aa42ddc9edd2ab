//! Which pull request is asked about, and of which server.

use super::approvals::hub;
use super::desk::Told;
use super::hub::{Hub, NOW};
use super::server::Answer;
use super::world::{PULL, TOKEN};
use std::fs;

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
