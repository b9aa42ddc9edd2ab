//! What can go wrong on the way: each has its code, is tried again where that may help, and ends in time.

use super::server::{Answer, Server};
use super::world::{PULL, TIMELINE, World, client, settings};
use changegate::github::{Accounts, Client, Problem, Settings};
use serde_json::json;
use std::net::TcpListener;
use std::time::{Duration, Instant};

const REVIEWS: &str = "/repos/acme/payments/pulls/42/reviews";

fn said(status: u16, message: &str) -> Answer {
    Answer::new(status, json!({ "message": message }).to_string())
}

fn broken() -> Answer {
    Answer::new(0, "")
}

/// What comes of it when reviews are always answered so, and how often they were asked for.
fn always(answer: Answer) -> (Problem, usize) {
    let (problem, server) = World::new().always(REVIEWS, answer).gather();
    let problem = problem.unwrap_err();
    assert!(!problem.help.is_empty() && !problem.message.ends_with('.'), "{problem:?}");
    (problem, server.count(REVIEWS))
}

/// Whether it goes well when reviews are answered so the first time.
fn first(answer: Answer) {
    let (gathered, server) = World::new().first(REVIEWS, answer).gather();
    assert_eq!(gathered.unwrap().reviews.len(), 1);
    assert_eq!(server.count(REVIEWS), 2);
}

#[test]
fn what_passes_is_tried_again() {
    for status in [408, 429, 500, 502, 503, 504] {
        first(Answer::new(status, "oops"));
    }
    first(said(403, "You have exceeded a secondary rate limit. Please wait a few minutes"));
    first(said(403, "API rate limit exceeded").with("x-ratelimit-remaining", "0").with("x-ratelimit-reset", "1"));
    first(said(429, "slow down").with("retry-after", "0"));
    first(Answer::new(503, "").with("retry-after", "0"));
    first(broken());
    first(Answer { missing: 1, ..Answer::new(200, "[  ]") });
}

#[test]
fn what_does_not_pass_is_not_tried_again() {
    for (answer, code) in [
        (said(401, "Bad credentials"), "evidence/github-unauthorized"),
        (said(403, "Resource not accessible by integration"), "evidence/github-forbidden"),
        (said(451, "Repository access blocked"), "evidence/github-forbidden"),
        (said(404, "Not Found"), "evidence/github-not-found"),
        (said(410, "Gone"), "evidence/github-not-found"),
        (said(422, "Validation Failed"), "evidence/github-unavailable"),
        (said(418, ""), "evidence/github-unavailable"),
        (Answer::new(204, ""), "evidence/github-unavailable"),
    ] {
        let (problem, asked) = always(answer.clone());
        assert_eq!((problem.code, asked), (code, 1), "{answer:?}");
    }
}

#[test]
fn tries_end() {
    for (answer, code) in [
        (Answer::new(500, ""), "evidence/github-unavailable"),
        (Answer::new(429, ""), "evidence/github-rate-limited"),
        (said(403, "secondary rate limit"), "evidence/github-rate-limited"),
        (said(429, "").with("retry-after", "0"), "evidence/github-rate-limited"),
        (broken(), "evidence/github-unavailable"),
        (Answer { missing: 2, ..Answer::new(200, "[  ]") }, "evidence/github-unavailable"),
    ] {
        let (problem, asked) = always(answer.clone());
        assert_eq!((problem.code, asked), (code, 5), "{answer:?} {problem:?}");
    }
}

#[test]
fn a_wait_that_is_asked_for_is_kept() {
    let begun = Instant::now();
    first(said(429, "").with("retry-after", "1"));
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[test]
fn a_wait_that_is_too_long_is_not_begun() {
    for answer in [
        said(429, "").with("retry-after", "3600"),
        said(403, "").with("retry-after", "18446744073709551615"),
        said(403, "")
            .with("date", "Sat, 21 Nov 2026 18:55:42 GMT")
            .with("x-ratelimit-remaining", "0")
            .with("x-ratelimit-reset", "1795290000"),
        Answer::new(503, "").with("retry-after", "3600"),
    ] {
        let (problem, asked) = always(answer);
        assert_eq!(asked, 1, "{problem:?}");
    }
}

#[test]
fn a_rate_limit_says_how_long_it_lasts() {
    let (problem, _) = always(said(429, "").with("retry-after", "3600"));
    assert_eq!(problem.message, "GitHub answers no more questions for 3600 s, and was to be asked about reviews");
}

#[test]
fn a_slow_answer_is_tried_again_and_then_late() {
    let slow = Answer { after: Duration::from_secs(4), ..Answer::json(&json!([])) };
    let patient = |patience| {
        let server = World::new().always(REVIEWS, slow.clone()).serve();
        let short = Settings { each: Duration::from_millis(400), patience, ..settings(&server.url) };
        let problem = Client::new(short).gather("acme/payments", 42, &Accounts::default()).unwrap_err();
        (problem, server.count(REVIEWS))
    };
    let (problem, asked) = patient(Duration::from_secs(60));
    assert_eq!((problem.code, asked), ("evidence/github-timeout", 5));
    assert_eq!(problem.message, "GitHub did not answer in time about reviews");
    let (problem, asked) = patient(Duration::from_millis(60));
    assert_eq!((problem.code, asked <= 2), ("evidence/github-timeout", true));
}

#[test]
fn patience_is_that_of_all_questions_together() {
    let slow = Answer { after: Duration::from_millis(500), ..Answer::json(&json!({ "state": "active" })) };
    let server = Server::new(move |_, _| slow.clone());
    let client = Client::new(Settings { patience: Duration::from_millis(1600), ..settings(&server.url) });
    let answers: Vec<_> = (0..6).map(|_| client.membership("acme/dba", "bo").map_err(|problem| problem.code)).collect();
    assert!(answers[0].is_ok());
    assert_eq!(answers[5], Err("evidence/github-timeout"));
    assert!(server.asked().len() <= 4, "nobody is asked when there is no time for an answer");
}

#[test]
fn when_time_runs_out_what_went_wrong_before_is_told() {
    let server = World::new().always(PULL, Answer::new(503, "")).serve();
    let settings =
        Settings { patience: Duration::from_secs(3), pause: Duration::from_millis(900), ..settings(&server.url) };
    let problem = Client::new(settings).gather("acme/payments", 42, &Accounts::default()).unwrap_err();
    assert_eq!(problem.message, "GitHub can't be asked about the pull request acme/payments#42: it answered 503");
}

#[test]
fn a_server_that_is_not_there_is_unavailable() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let problem = Client::new(settings(&format!("http://127.0.0.1:{port}")))
        .gather("acme/payments", 42, &Accounts::default())
        .unwrap_err();
    assert_eq!(problem.code, "evidence/github-unavailable");
    assert!(problem.message.contains("refused"), "{}", problem.message);
}

#[test]
fn a_server_that_speaks_no_http_is_unavailable() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = std::io::Write::write_all(&mut stream, b"220 mail.example.com ESMTP\r\n\r\n");
        }
    });
    assert_eq!(
        Client::new(settings(&url)).gather("a/b", 1, &Accounts::default()).unwrap_err().code,
        "evidence/github-unavailable"
    );
}

#[test]
fn a_name_that_does_not_exist_is_unavailable() {
    let settings = Settings { patience: Duration::from_secs(3), ..settings("https://github.invalid/api/v3") };
    let problem = Client::new(settings).gather("a/b", 1, &Accounts::default()).unwrap_err();
    assert!(matches!(problem.code, "evidence/github-unavailable" | "evidence/github-timeout"), "{problem:?}");
}

#[test]
fn a_permission_that_is_missing_is_named() {
    let refused = || said(403, "Resource not accessible by personal access token");
    let (problem, _) = always(refused().with("x-accepted-github-permissions", "pull_requests=read"));
    assert_eq!(
        problem.message,
        "this token may not see reviews: it says `Resource not accessible by personal access token`"
    );
    assert!(problem.help.ends_with("asks for: pull_requests=read"));
    assert!(always(refused().with("x-accepted-oauth-scopes", "repo")).0.help.ends_with("asks for: repo"));
    assert!(always(refused().with("x-github-sso", "required; url=https://x")).0.help.contains("single sign-on"));
}

#[test]
fn every_list_is_needed() {
    for list in [REVIEWS, TIMELINE, "/repos/acme/payments/pulls/42/commits", "/repos/acme/payments/pulls/42/files"] {
        assert_eq!(World::new().always(list, said(404, "")).problem().code, "evidence/github-not-found", "{list}");
        assert_eq!(
            World::new().always(list, Answer::new(200, "{}")).problem().code,
            "evidence/github-malformed",
            "{list}"
        );
    }
    let activity = World::new().always("/repos/acme/payments/activity", Answer::new(500, ""));
    assert_eq!(activity.problem().code, "evidence/github-unavailable");
}

#[test]
fn of_several_problems_the_same_is_told_each_time() {
    for _ in 0..5 {
        let world = World::new()
            .always(TIMELINE, said(404, ""))
            .always(REVIEWS, Answer { after: Duration::from_millis(20), ..said(401, "") });
        assert_eq!(world.problem().code, "evidence/github-unauthorized");
    }
}

#[test]
fn redirects_are_followed_on_the_server_itself_and_not_for_ever() {
    let (gathered, server) = World::new()
        .always(REVIEWS, Answer::new(301, "").with("location", "/moved/reviews"))
        .always("/moved/reviews", Answer::json(&json!([])))
        .gather();
    assert_eq!((gathered.unwrap().reviews.len(), server.count("/moved")), (0, 1));
    let (problem, asked) = always(Answer::new(302, "").with("location", REVIEWS));
    assert_eq!((problem.code, asked), ("evidence/github-redirected", 4));
    assert_eq!(always(Answer::new(307, "")).0.code, "evidence/github-malformed");
}

#[test]
fn redirects_to_other_servers_are_not_followed() {
    let other = Server::new(|_, _| Answer::json(&json!([])));
    for location in [other.url.clone(), other.url.replace("http:", ""), "ftp://x/".to_owned(), "\u{e9}".to_owned()] {
        for status in [301, 302, 303, 307, 308] {
            let (problem, asked) = always(Answer::new(status, "").with("location", &location));
            assert!(matches!(problem.code, "evidence/github-redirected" | "evidence/github-malformed"), "{problem:?}");
            assert_eq!(asked, 1);
        }
    }
    assert!(other.asked().is_empty());
}

#[test]
fn what_is_no_repository_is_not_asked_for() {
    let server = World::new().serve();
    for wrong in ["", "acme", "acme/payments/x", "acme/..", "acme/x?y", "acme/x y"] {
        assert_eq!(
            client(&server).gather(wrong, 42, &Accounts::default()).unwrap_err().code,
            "evidence/github-not-found",
            "{wrong}"
        );
    }
    assert!(server.asked().is_empty());
}
