//! Upgrades at their close, when no change shows any more what went where: lockfiles tell what they pin by then.

use super::changes::locked;
use super::desk::{Desk, Told};
use super::life::Stage::Closed;
use super::life::{NEW, OLD, Update, action, blocks, image, library, npm, with};
use serde_json::{Value, json};
use std::fs;

/// By the close what was upgraded may have gone on.
#[test]
fn what_has_gone_on_is_closed() {
    npm(json!([library("pkg:npm/lodash", "4.17.20", "4.17.21")]), &[], &[("lodash", "4.17.22")]).passes(&[Closed]);
    let later = "0ad4b8fadaa221de15dcec353f45205ec38ea70b";
    let step = with(library("pkg:githubactions/actions/checkout", OLD, NEW), "size", json!("major"));
    action(step, ("", ""), (later, "")).passes(&[Closed]);
    let (old, new) = (image("20", "a1"), image("20", "b2"));
    let files = vec![("Dockerfile", String::new(), format!("FROM node:{}\n", image("20", "c3")))];
    Update { parts: json!([library("pkg:docker/node", &old, &new)]), files }.passes(&[Closed]);
}

/// Who calls the component itself a library would spare it what is asked of components.
#[test]
fn what_is_called_a_library_at_the_close_silences_nothing() {
    for to in ["5.24.0", "1.24.0", "v1.24"] {
        silences_nothing(to);
    }
}

fn silences_nothing(to: &str) {
    let locked = [("lodash", "4.17.21")];
    let closed = |package: &str, library: Option<bool>| {
        let mut part = json!({ "component": "pooler", "package_url": package, "from": "1.23.1", "to": to });
        part.as_object_mut().unwrap().extend(library.map(|said| ("library".to_owned(), json!(said))));
        npm(json!([part]), &locked, &locked).at(Closed)
    };
    let of_component = |told: &Told| {
        ["record/complete", "record/profile-updated", "record/versions-match"].map(|rule| told.messages(rule).len())
    };
    let honest = of_component(&closed("pkg:generic/pgbouncer", None));
    assert!(honest.iter().sum::<usize>() > 0, "{honest:?}");
    for package in ["pkg:npm/lodash", "pkg:npm/nowhere"] {
        assert_eq!(of_component(&closed(package, None)), honest, "{package}");
        let said = blocks(&closed(package, Some(true)));
        assert!(said.iter().any(|why| why.starts_with("\"inventory/change-listed\"")), "{package}: {said:?}");
    }
}

/// What lockfiles have of a library at the close is held against the outcome, as what runs is of a component.
#[test]
fn what_is_pinned_is_what_the_outcome_says() {
    let update = |after: &str| {
        npm(json!([library("pkg:npm/lodash", "4.17.20", "4.17.21")]), &[("lodash", "4.17.20")], &[("lodash", after)])
    };
    let told = |after: &str, outcome: &str, more: &dyn Fn(&mut Value)| {
        let told = update(after).closed(|record| {
            record["outcome"] = json!(outcome);
            more(record);
        });
        let of_lodash =
            told.messages("record/versions-match").into_iter().filter(|message| message.contains("`lodash`"));
        of_lodash.map(str::to_owned).collect::<Vec<_>>()
    };
    let plain = |after, outcome| told(after, outcome, &|_| ());
    let pinned = |version: &str, outcome: &str, should: &str| {
        vec![format!(
            "`lodash` is at {version} in `package-lock.json`, line 2, and by the outcome `{outcome}` {should}"
        )]
    };
    for outcome in ["succeeded", "succeeded-with-issues", "repaired-forward"] {
        assert_eq!(plain("4.17.20", outcome), pinned("4.17.20", outcome, "it should be at 4.17.21"));
        assert_eq!(plain("4.17.21", outcome), Vec::<String>::new());
        assert_eq!(plain("4.17.22", outcome), Vec::<String>::new());
    }
    for outcome in ["rolled-back", "abandoned"] {
        assert_eq!(plain("4.17.21", outcome), pinned("4.17.21", outcome, "it should not be"));
        assert_eq!(plain("4.17.20", outcome), Vec::<String>::new());
    }
    // Another upgrade has brought it since.
    let accepted = |reason: &'static str| {
        move |record: &mut Value| {
            record["monitoring"]["accepted"] =
                json!({ "by": "@ada", "at": "2027-01-08T09:00:00+01:00", "reason": reason });
        }
    };
    let named = accepted("4.17.21 came on 20 December with payments-app-9, which was judged by itself");
    assert_eq!(told("4.17.21", "abandoned", &named), Vec::<String>::new());
    let [why] = &*told("4.17.21", "abandoned", &accepted("It came on 20 December with another upgrade of ours")) else {
        panic!("not told")
    };
    assert!(why.ends_with("for which `@ada` accepts what went wrong does not name `4.17.21`"), "{why}");
    // What stays after a rollback in part is seen to.
    let partly = |what: &'static str| {
        move |record: &mut Value| {
            record["rollback"] = json!("partial");
            record["follow_ups"] = json!([{ "what": what, "owner": "@ada", "ticket": "OPS-991" }]);
        }
    };
    assert_eq!(told("4.17.21", "rolled-back", &partly("bring lodash back to 4.17.20")), Vec::<String>::new());
    assert_eq!(told("4.17.21", "rolled-back", &partly("bring the rest back")).len(), 1);
}

/// Whether a version has gone on from another its ecosystem says.
#[test]
fn what_comes_later_is_told_by_the_order_of_its_ecosystem() {
    let told = |update: Update| update.closed(|_| ()).messages("record/versions-match").join("\n");
    let of_npm = |after| told(npm(json!([library("pkg:npm/lodash", "1.0.0", "1.0.1")]), &[], &[("lodash", after)]));
    assert!(of_npm("1.0.1-patch.1").contains("it should be at 1.0.1"), "{}", of_npm("1.0.1-patch.1"));
    assert_eq!(of_npm("1.0.2-rc.1"), "");
    let of_python = |after: &str| {
        let files = vec![("requirements.txt", String::new(), format!("dateutil=={after}\n"))];
        told(Update { parts: json!([library("pkg:pypi/dateutil", "2.8.2", "2.9.0")]), files })
    };
    assert_eq!(of_python("2.9.0.post0"), "");
    assert!(of_python("2.9.0.dev1").contains("it should be at 2.9.0"), "{}", of_python("2.9.0.dev1"));
    // Of what has no order there the numbers tell.
    let of_image = |after: &str| {
        let files = vec![("Dockerfile", String::new(), format!("FROM node:{after}\n"))];
        told(Update { parts: json!([library("pkg:docker/node", "20.1.0", "20.1.1")]), files })
    };
    assert_eq!(of_image("20.1.2"), "");
    assert!(!of_image("20.1.0").is_empty());
}

/// One line of a package may go to where another one comes from.
#[test]
fn what_another_line_begins_with_was_not_brought() {
    let lines = json!([library("pkg:npm/ms", "1.0.0", "2.0.0"), library("pkg:npm/ms", "2.0.0", "2.1.0")]);
    let before = [("ms", "1.0.0"), ("old/node_modules/ms", "2.0.0")];
    let told = |after: &[(&str, &str)]| {
        let told = npm(lines.clone(), &before, after).closed(|record| record["outcome"] = json!("rolled-back"));
        told.messages("record/versions-match").iter().filter(|message| message.contains("`ms`")).count()
    };
    assert_eq!(told(&before), 0);
    assert_eq!(told(&[("ms", "2.0.0"), ("old/node_modules/ms", "2.1.0")]), 1);
    let (old, new) = (image("20", "a1"), image("20", "b2"));
    let images = |after: &str| Update {
        parts: json!([library("pkg:docker/node", "20", &new)]),
        files: vec![("Dockerfile", format!("FROM node:{old}\n"), format!("FROM node:{after}\n"))],
    };
    let told = |after: &str| {
        let told = images(after).closed(|record| record["outcome"] = json!("abandoned"));
        told.messages("record/versions-match").iter().filter(|message| message.contains("`node`")).count()
    };
    assert_eq!((told(&old), told(&new)), (0, 1));
}

/// A fast track that was given up owes nothing, and one whose library is in place was not.
#[test]
fn a_fast_track_whose_library_is_in_place_owes_what_it_left_out() {
    let owed = |version: &str| {
        let mut track: Value = serde_json::from_str(&fs::read_to_string("examples/fast-track.json").unwrap()).unwrap();
        for (field, value) in [("package_url", json!("pkg:npm/search")), ("library", json!(true))] {
            track["change"][field] = value;
        }
        track["record"] = json!({ "outcome": "abandoned", "finished_at": "2026-11-21T20:10:00+01:00" });
        track["record"]["review"] = json!({
            "at": "2026-11-26T10:00:00+01:00", "by": ["@ida", "@bo"], "obligations": [{ "id": "log-search", "status": "done" }]
        });
        let desk = Desk::in_git().with("changegate.toml", "").with("package-lock.json", locked("2.31.0", version));
        desk.commit("base", "2026-11-21T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=close"]);
        desk.write("p.json", track.to_string());
        desk.commit("closed", "2026-12-10T12:00:00Z");
        let now = ["--now", "2026-12-10T13:00:00Z", "--format", "json"];
        let told = Told::of(&desk.run(&[&["--base", "main", "--phase", "close"], &now[..]].concat()));
        told.messages("fast-track/after-review").iter().filter(|message| message.contains("`full-testing`")).count()
    };
    assert_eq!((owed("2.31.0"), owed("2.31.3")), (0, 1));
}

/// Of what else a go.sum has nothing is built.
#[test]
fn a_go_sum_may_keep_lines_of_what_was_taken_back() {
    let files = vec![
        ("go.mod", String::new(), "module m\n\nrequire example.com/a v1.2.0\n".to_owned()),
        ("go.sum", String::new(), "example.com/a v1.2.0 h1:AAAA\nexample.com/a v1.2.1 h1:BBBB\n".to_owned()),
    ];
    let update = Update { parts: json!([library("pkg:golang/example.com/a", "v1.2.0", "v1.2.1")]), files };
    let told = |outcome: &str| {
        let told = update.closed(|record| record["outcome"] = json!(outcome));
        told.messages("record/versions-match").iter().filter(|message| message.contains("example.com/a")).count()
    };
    assert_eq!((told("rolled-back"), told("succeeded")), (0, 1));
}
