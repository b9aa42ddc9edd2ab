//! Servers are asked at the same time, and all of a run is bounded in time.

use super::desk::{Desk, Told};
use super::hub::Hub;
use super::server::{Answer, Server};
use super::world::PULL;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

const BROKEN: &[&str] = &["evidence/unavailable"];

/// How long a server waits for others to ask: where nobody does, one answer is waited for after the other.
const ALONE: Duration = Duration::from_secs(20);

/// An API that answers when it was asked so many questions at the same time, but for those of some ids at once; with the most that it was asked.
fn slow(company: usize, at_once: fn(&str) -> bool, aliases: fn(&str) -> Vec<String>) -> (Server, Arc<AtomicUsize>) {
    let (now, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let told = Arc::clone(&most);
    let server = Server::new(move |request, _| {
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let id = request.path.rsplit('/').next().unwrap();
        let began = Instant::now();
        while !at_once(id) && most.load(Ordering::SeqCst) < company {
            sleep(Duration::from_millis(5));
            // What one has waited for in vain no other waits for.
            if began.elapsed() > ALONE {
                most.fetch_max(GAVE_UP, Ordering::SeqCst);
            }
        }
        now.fetch_sub(1, Ordering::SeqCst);
        Answer::json(&json!({ "id": id, "modified": "2026-11-20T00:00:00Z", "aliases": aliases(id) }))
    });
    (server, told)
}

/// More than ever ask at the same time.
const GAVE_UP: usize = 1_000;

fn desk(server: &Server, ids: &[String], more: &str) -> Desk {
    Desk::new()
        .with("changegate.toml", format!("[advisories]\napi = \"{}\"\nseconds = 30\n{more}", server.url))
        .proposing("/reason/advisories", json!(ids))
}

fn ten() -> Vec<String> {
    (1..=10).map(|number| format!("CVE-2026-{number:04}")).collect()
}

fn questions(told: &Told) -> Vec<&str> {
    let consulted = told.report["proposals"][0]["consulted"].as_array().unwrap();
    consulted.iter().map(|entry| entry["question"].as_str().unwrap()).collect()
}

#[test]
fn ten_questions_are_asked_at_the_same_time() {
    let (server, most) = slow(4, |_| false, |_| Vec::new());
    let desk = desk(&server, &ten(), "");
    let told = desk.check(&[]);
    let most = most.load(Ordering::SeqCst);
    assert!((4..=9).contains(&most), "{most} at the same time");
    assert_eq!(server.asked().len(), 10, "each once");
    let expected: Vec<_> = ten().into_iter().map(|id| format!("the advisory {id}")).collect();
    assert_eq!(questions(&told)[0], "which advisories are known");
    assert_eq!(questions(&told)[1..], expected);
    assert_eq!(desk.check(&[]).report["proposals"][0]["findings"], told.report["proposals"][0]["findings"]);
}

#[test]
fn the_other_ids_of_an_advisory_are_looked_up_at_the_same_time() {
    let others = |id: &str| match id {
        "CVE-2026-0001" => (1..=8).map(|number| format!("GO-2026-000{number}")).collect(),
        _ => vec!["CVE-2026-0001".to_owned()],
    };
    let (server, most) = slow(4, |id| id.starts_with("CVE-"), others);
    desk(&server, &ten()[..2], "").check(&[]);
    let most = most.load(Ordering::SeqCst);
    assert!((4..=9).contains(&most), "{most} at the same time");
    assert_eq!(server.asked().len(), 10, "each once");
}

#[test]
fn all_of_a_run_ends_in_time() {
    let (server, _) = slow(GAVE_UP, |_| false, |_| Vec::new());
    let began = Instant::now();
    let told = desk(&server, &ten(), "[evidence]\nseconds = 1\n").check(&[]).is(2, BROKEN);
    assert!(began.elapsed() < ALONE, "{:?}", began.elapsed());
    let faults = told.report["proposals"][0]["faults"].as_array().unwrap();
    assert_eq!(faults.len(), 10);
    for fault in faults {
        let message = fault["message"].as_str().unwrap();
        assert!(message.ends_with("and it did not answer in time"), "{message}");
        assert!(fault["help"].as_str().unwrap().contains("`evidence.seconds`"));
    }
    // GitHub is one of those who are asked.
    let late = Answer { after: ALONE, ..Answer::new(200, "{}") };
    let hub = Hub::new("[evidence]\nseconds = 1\n", &[], &[]).with(|world| world.always(PULL, late));
    let began = Instant::now();
    hub.check(&[]).is(2, &["evidence/github-timeout"]);
    assert!(began.elapsed() < ALONE, "{:?}", began.elapsed());
}
