//! The comment: made once, written anew, known by its author and its first line.

use super::hub::{BOT, COMMENTS, Desk, Hub, by, said};
use super::material::{Report, finding};
use super::server::Answer;
use serde_json::json;

const PR: [&str; 3] = ["--comment", "--pr", "42"];
const MARKER: &str = "<!-- changegate -->\n";

#[test]
fn the_first_is_made_and_later_ones_write_it_anew() {
    let hub = Hub::new().with(vec![by(1, 5, "nice")]);
    let desk = Desk::new(&hub, &Report::blocked());
    let first = desk.publish(&PR);
    assert_eq!((first.status, &*first.out), (0, "commented on acme/payments#42\n"), "{first:?}");
    let texts = hub.texts();
    assert_eq!(texts.len(), 2);
    assert!(texts[1].starts_with(&format!("{MARKER}## ⛔ changegate: blocked\n")), "{}", texts[1]);
    assert!(texts[1].contains("the restore test is too old") && texts[1].contains("changes/db.json:12:3"));
    assert!(texts[1].contains("commit <code>77aa00100000</code>"), "{}", texts[1]);

    std::fs::write(desk.folder.path().join("report.json"), Report::passed().json().to_string()).unwrap();
    let second = desk.publish(&PR);
    assert_eq!((second.status, &*second.out), (0, "wrote the comment on acme/payments#42 anew\n"), "{second:?}");
    let texts = hub.texts();
    assert_eq!((texts.len(), &*texts[0]), (2, "nice"));
    assert!(texts[1].starts_with(&format!("{MARKER}## ✅ changegate: pass\n")), "{}", texts[1]);
}

#[test]
fn neither_the_marker_nor_the_author_is_enough() {
    let hub = Hub::new().with(vec![
        by(1, 5, &format!("{MARKER}## ✅ changegate: pass")),
        by(2, BOT, "another program with the token of a workflow"),
        by(3, BOT, &format!("quoted:\n{MARKER}")),
        by(4, BOT, "<!-- changegate: deploy -->\n## deploy"),
        json!({ "id": 5, "body": null, "user": null }),
    ]);
    hub.comments.lock().unwrap().pop();
    let before = hub.texts();
    let desk = Desk::new(&hub, &Report::blocked());
    assert_eq!(desk.publish(&PR).out, "commented on acme/payments#42\n");
    assert_eq!(hub.texts()[..4], before);
    assert_eq!(hub.texts().len(), 5);
}

#[test]
fn a_deleted_author_and_an_empty_text_are_nobodys() {
    let hub = Hub::new().refusing(|request| {
        let listed = request.method == "GET" && request.path.starts_with(COMMENTS);
        listed.then(|| Answer::json(&json!([{ "id": 5, "body": null, "user": null }])))
    });
    assert_eq!(Desk::new(&hub, &Report::blocked()).publish(&PR).out, "commented on acme/payments#42\n");
}

#[test]
fn of_two_the_first_stays() {
    let hub = Hub::new().with(vec![by(1, BOT, &format!("{MARKER}old")), by(2, BOT, &format!("{MARKER}older"))]);
    let desk = Desk::new(&hub, &Report::blocked());
    assert_eq!(desk.publish(&PR).status, 0);
    assert_eq!(
        hub.comments.lock().unwrap().iter().map(|comment| comment["id"].as_u64().unwrap()).collect::<Vec<_>>(),
        [1]
    );
    assert!(hub.texts()[0].contains("blocked"));
}

/// Two runs at the same time tidy up what each of them sees.
#[test]
fn what_another_run_has_taken_away_is_not_missed() {
    let own = |id: u64| by(id, BOT, &format!("{MARKER}old"));
    let gone = |method: &'static str| {
        Hub::new()
            .with(vec![own(1), own(2)])
            .refusing(move |request| (request.method == method).then(|| said(404, "Not Found")))
    };
    let told = Desk::new(&gone("DELETE"), &Report::blocked()).publish(&PR);
    assert_eq!((told.status, &*told.out), (0, "wrote the comment on acme/payments#42 anew\n"), "{told:?}");
    let hub = gone("PATCH");
    let told = Desk::new(&hub, &Report::blocked()).publish(&PR);
    assert_eq!((told.status, &*told.out), (0, "commented on acme/payments#42\n"), "{told:?}");
    assert!(hub.texts().last().is_some_and(|text| text.contains("blocked")));
}

#[test]
fn phases_and_names_have_a_comment_each() {
    let hub = Hub::new();
    Desk::new(&hub, &Report::blocked()).publish(&PR);
    Desk::new(&hub, &Report { phase: "deploy", ..Report::blocked() }).publish(&PR);
    Desk::new(&hub, &Report::blocked()).publish(&[&PR[..], &["--name", "db 2"]].concat());
    Desk::new(&hub, &Report { phase: "deploy", ..Report::passed() }).publish(&PR);
    let texts = hub.texts();
    let firsts: Vec<_> = texts.iter().map(|text| text.lines().next().unwrap()).collect();
    assert_eq!(firsts, ["<!-- changegate -->", "<!-- changegate: deploy -->", "<!-- changegate: db 2 -->"]);
    assert!(texts[1].contains("changegate: pass"));
    for name in ["a --> b", "", " a", "x\ny", &"a".repeat(51)] {
        let said = Desk::new(&hub, &Report::blocked()).publish(&["--comment", "--name", name]);
        assert_eq!(said.status, 2, "{name}: {said:?}");
    }
}

#[test]
fn a_token_that_may_not_write_is_told_of_and_nothing_else() {
    let hub = Hub::new().refusing(|request| {
        (request.method == "POST" && request.path == COMMENTS).then(|| {
            said(403, "Resource not accessible by integration")
                .with("x-accepted-github-permissions", "issues=write; pull_requests=write")
        })
    });
    let said = Desk::new(&hub, &Report::blocked()).publish(&PR);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("publish/forbidden") && said.err.contains("issues=write"), "{said:?}");
    assert!(hub.texts().is_empty());
}

#[test]
fn without_a_token_nobody_is_asked() {
    let hub = Hub::new();
    let mut desk = Desk::new(&hub, &Report::blocked());
    desk.environment.clear();
    let said = desk.publish(&PR);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("publish/forbidden") && said.err.contains("no token"), "{said:?}");
    assert!(desk.server.asked().is_empty());
}

#[test]
fn what_github_does_not_take_is_told() {
    for (status, code) in [
        (422, "publish/refused"),
        (410, "publish/refused"),
        (404, "publish/forbidden"),
        (401, "evidence/github-unauthorized"),
    ] {
        let hub = Hub::new().refusing(move |request| {
            (request.method == "POST" && request.path == COMMENTS).then(|| said(status, "no"))
        });
        let desk = Desk::new(&hub, &Report::blocked());
        let said = desk.publish(&PR);
        assert!(said.status == 2 && said.err.contains(code), "{status}: {said:?}");
        assert_eq!(desk.written().len(), 1, "{status}");
    }
}

#[test]
fn what_may_have_been_written_is_not_written_again() {
    for status in [500, 502, 0] {
        let hub = Hub::new().refusing(move |request| {
            (request.method == "POST" && request.path == COMMENTS).then(|| Answer::new(status, ""))
        });
        let desk = Desk::new(&hub, &Report::blocked());
        let said = desk.publish(&PR);
        assert!(said.status == 2 && said.err.contains("evidence/github-unavailable"), "{status}: {said:?}");
        assert!(said.err.contains("GitHub can't be given a comment on the pull request: "), "{status}: {said:?}");
        assert_eq!(desk.written().len(), 1, "{status}");
    }
}

/// The same text is put in the place of the earlier one, and what is gone is gone: however often.
#[test]
fn what_comes_to_the_same_is_written_again() {
    let own = |id: u64| by(id, BOT, &format!("{MARKER}old"));
    for (method, status) in [("PATCH", 502), ("PATCH", 0), ("DELETE", 503)] {
        let times = std::sync::atomic::AtomicUsize::new(0);
        let hub = Hub::new().with(vec![own(1), own(2)]).refusing(move |request| {
            let first = request.method == method && times.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;
            first.then(|| Answer::new(status, ""))
        });
        let desk = Desk::new(&hub, &Report::blocked());
        let told = desk.publish(&PR);
        assert_eq!(
            (told.status, &*told.out),
            (0, "wrote the comment on acme/payments#42 anew\n"),
            "{method}: {told:?}"
        );
        assert_eq!((desk.written().len(), hub.texts().len()), (3, 1), "{method} {status}");
        assert!(hub.texts()[0].contains("blocked"));
    }
    // Not for ever.
    let hub = Hub::new()
        .with(vec![own(1)])
        .refusing(|request| (request.method == "PATCH").then(|| Answer::new(502, "").with("retry-after", "0")));
    let desk = Desk::new(&hub, &Report::blocked());
    let told = desk.publish(&PR);
    assert!(told.status == 2 && told.err.contains("it answered 502"), "{told:?}");
    assert_eq!(desk.written().len(), 5);
}

/// Who the token is of is asked, and not written.
#[test]
fn who_the_token_is_of_is_asked_again() {
    let times = std::sync::atomic::AtomicUsize::new(0);
    let hub = Hub::new().refusing(move |request| {
        let first = request.path == "/graphql" && times.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;
        first.then(|| Answer::new(502, ""))
    });
    assert_eq!(Desk::new(&hub, &Report::blocked()).publish(&PR).status, 0);
}

#[test]
fn a_limit_that_passes_is_waited_for() {
    let times = std::sync::atomic::AtomicUsize::new(0);
    let hub = Hub::new().refusing(move |request| {
        let first = request.method == "POST" && request.path == COMMENTS;
        let first = first && times.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;
        first.then(|| said(403, "You have exceeded a secondary rate limit").with("retry-after", "0"))
    });
    let desk = Desk::new(&hub, &Report::blocked());
    assert_eq!(desk.publish(&PR).status, 0);
    assert_eq!((desk.written().len(), hub.texts().len()), (2, 1));
}

#[test]
fn who_the_token_is_of_has_to_be_known() {
    for answer in [said(403, "no"), Answer::new(200, "{}"), Answer::new(200, r#"{"data":null,"errors":[]}"#)] {
        let hub = Hub::new().refusing(move |request| (request.path == "/graphql").then(|| answer.clone()));
        let desk = Desk::new(&hub, &Report::blocked());
        assert_eq!(desk.publish(&PR).status, 2);
        assert!(desk.written().is_empty());
    }
}

#[test]
fn a_long_report_fits() {
    let findings = (1..5000).map(|line| finding("deny", &"too old ".repeat(40), line)).collect();
    let hub = Hub::new();
    let said = Desk::new(&hub, &Report { findings, ..Report::blocked() }).publish(&PR);
    assert_eq!(said.status, 0, "{said:?}");
    let text = &hub.texts()[0];
    assert!(text.chars().count() < 65_536 && text.contains("more; the JSON report has them all."), "{}", text.len());
    assert!(text.contains("4999 denials"));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "@acme/everyone &#64;x <img src=x> <!-- changegate --> \n<!-- changegate: deploy -->\n# [x](http://evil) `@ada` | \u{202e} #12";
    let hub = Hub::new();
    let mut report = Report { findings: vec![finding("deny", hostile, 1)], ..Report::blocked() };
    report.findings[0]["file"] = hostile.into();
    report.findings[0]["rule"] = hostile.into();
    assert_eq!(Desk::new(&hub, &report).publish(&PR).status, 0);
    let text = &hub.texts()[0];
    assert_eq!(text.matches("<!--").count(), 1, "{text}");
    for inert in ["<img", "](http", "\u{202e}", " @acme"] {
        assert!(!text.contains(inert), "{inert}: {text}");
    }
}

#[test]
fn nothing_is_said_where_nobody_is_concerned() {
    let closed = Hub {
        pull: json!({ "number": 42, "state": "closed", "merged_at": null, "head": { "sha": super::hub::HEAD } }),
        ..Hub::new()
    };
    let desk = Desk::new(&closed, &Report::blocked());
    assert_eq!(desk.publish(&PR).out, "left out: acme/payments#42 is closed\n");
    assert!(desk.written().is_empty());

    let moved = Report { head: Some("c".repeat(40)), ..Report::blocked() };
    let desk = Desk::new(&Hub::new(), &moved);
    let said = desk.publish(&PR);
    assert_eq!((said.status, said.out.contains("is at 77aa00100000 by now")), (0, true), "{said:?}");
    assert!(desk.written().is_empty());

    let merged = Hub {
        pull: json!({ "number": 42, "state": "closed", "merged_at": "2026-11-20T12:00:00Z", "head": { "sha": "d".repeat(40) } }),
        ..Hub::new()
    };
    assert_eq!(
        Desk::new(&merged, &Report { phase: "deploy", ..Report::blocked() }).publish(&PR).out,
        "commented on acme/payments#42\n"
    );
}
