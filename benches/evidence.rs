//! How long a whole process takes with all sources of evidence, on recorded answers, and without any. Run with
//! `cargo bench --bench evidence`; `RUNS=500` for more than 100 runs of each.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement is for whoever runs it"
)]

#[path = "../tests/evidence/desk.rs"]
#[allow(dead_code, reason = "tests use more of it")]
mod desk;
#[path = "../tests/evidence/hub.rs"]
#[allow(dead_code, reason = "tests use more of it")]
mod hub;
#[path = "../tests/github/server.rs"]
#[allow(dead_code, reason = "tests use more of it")]
mod server;
mod support;
#[path = "../tests/github/world.rs"]
#[allow(dead_code, reason = "tests use more of it")]
mod world;

use changegate::advisories::index::build;
use hub::Hub;
use serde_json::{Value, json};
use std::fmt::Write;
use std::process::Command;
use std::time::Duration;
use std::{env, fs};
use tempfile::TempDir;

type Make<'a> = Box<dyn Fn() -> Command + 'a>;

fn main() {
    let trial = support::trial();
    let runs = if trial { 1 } else { env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(100) };
    let (records, events) = if trial { (196, 15) } else { (200_196, 1_500) };
    let (calendar, index) = (weekly(events), index(records));
    let recorded = recorded(&calendar, &index);
    let none = folder("", &[]);
    let weeks = folder("[calendars]\nfiles = [\"weeks.ics\"]\n", &[("weeks.ics", calendar.as_bytes())]);
    let advised = folder("[advisories]\nrecords = \"osv.index\"\ndays = 366\n", &[("osv.index", &index)]);
    let check = |folder: &TempDir| -> Make<'_> {
        let root = folder.path().to_owned();
        Box::new(move || {
            let mut command = support::check(&root);
            command.arg("p.json");
            command
        })
    };
    let again: Make<'_> = Box::new(|| {
        let mut command = support::changegate();
        command.arg("-C").arg(recorded.desk.at("")).args(REPLAY);
        command
    });
    let cases = [
        ("no source, offline", check(&none)),
        ("all sources, on recorded answers", again),
        (&*format!("calendars of {events} weekly events"), check(&weeks)),
        (&*format!("advisories from an index of {records} records"), check(&advised)),
    ];
    let mut times = vec![Vec::new(); cases.len()];
    // In turn, so that whatever else goes on meets all of them alike; the first round warms the cache and does not count.
    for round in 0..=runs {
        for ((name, make), times) in cases.iter().zip(&mut times) {
            let run = support::run(&mut make());
            assert!(run.code.is_some_and(|code| code < 2), "{name}");
            if round > 0 {
                times.push(run.wall);
            }
        }
    }
    println!("\n| `changegate check` of a fast track | median | least |\n|---|---|---|");
    for ((name, _), times) in cases.iter().zip(&mut times) {
        let (median, least): (Duration, Duration) = support::middle(times);
        println!("| {name} | {} | {} |", support::ms(median), support::ms(least));
    }
    println!("\n{runs} runs of each in turn");
}

const REPLAY: [&str; 6] = ["check", "--base", "main", "p.json", "--evidence", "rec.json"];

/// A fast track, which raises most questions, with a report of its tests.
fn proposal() -> String {
    let mut track: Value = serde_json::from_str(include_str!("../examples/fast-track.json")).unwrap();
    track["testing"]["report"] = json!({ "kind": "test-run", "file": "tests.xml" });
    track.to_string()
}

const REPORT: &str = "<testsuite><testcase/></testsuite>";

fn folder(configuration: &str, files: &[(&str, &[u8])]) -> TempDir {
    let folder = support::folder(0, |_| String::new());
    let write = |path: &str, bytes: &[u8]| fs::write(folder.path().join(path), bytes).unwrap();
    write("p.json", proposal().as_bytes());
    write("tests.xml", REPORT.as_bytes());
    let needs = "[evidence]\ngit = \"off\"\ngithub = \"off\"\n";
    write("changegate.toml", format!("{needs}files = \"off\"\n{configuration}").as_bytes());
    files.iter().for_each(|(path, bytes)| write(path, bytes));
    folder
}

/// The repository of a pull request, with a record of all that is asked about it.
fn recorded(calendar: &str, index: &[u8]) -> Hub {
    // The index lies outside of the repository, as one of this size does.
    let place = tempfile::Builder::new().prefix("changegate-bench").tempdir().unwrap();
    fs::write(place.path().join("osv.index"), index).unwrap();
    let configuration = format!(
        "[advisories]\nrecords = \"{}\"\ndays = 366\n[calendars]\nfiles = [\"weeks.ics\"]\n",
        place.path().join("osv.index").display()
    );
    let lock = |version: &str| {
        let package = json!({ "version": version, "resolved": "https://example.com/x.tgz" });
        json!({ "lockfileVersion": 3, "packages": { "node_modules/wiki": package } }).to_string()
    };
    let (before, after, proposal) = (lock("2.31.0"), lock("2.31.3"), proposal());
    let base = [("weeks.ics", calendar), ("package-lock.json", &before)];
    let change = [("p.json", proposal.as_str()), ("tests.xml", REPORT), ("package-lock.json", &after)];
    let hub = Hub::new(&configuration, &base, &change).with(|world| world);
    let output = hub.run(&["--format", "json", "--evidence-out", "rec.json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let consulted = report["proposals"][0]["consulted"].as_array().unwrap();
    for provider in ["git", "files", "advisories", "github"] {
        let of = consulted.iter().filter(|entry| entry["provider"] == provider);
        assert!(of.clone().count() > 0 && of.clone().all(|entry| entry["state"] == "known"), "{consulted:#?}");
    }
    let mut again = Command::new(env!("CARGO_BIN_EXE_changegate"));
    again.arg("-C").arg(hub.desk.at("")).args(REPLAY).args(["--format", "json"]);
    assert_eq!(output.stdout, support::output(&mut again).stdout, "a record leads to the same bytes");
    hub
}

/// A calendar of events that recur each week, at all times of the week.
fn weekly(count: usize) -> String {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:Europe/Berlin\r\n");
    for number in 0..count {
        let (day, hour, minute) = (1 + number % 28, number % 23, number % 60);
        write!(
            text,
            "BEGIN:VEVENT\r\nUID:{number}\r\nSUMMARY:window {number}\r\nDTSTART:202401{day:02}T{hour:02}{minute:02}00\r\n\
             DTEND:202401{day:02}T{hour:02}5959\r\nRRULE:FREQ=WEEKLY\r\nCATEGORIES:low-risk\r\nEND:VEVENT\r\n"
        )
        .unwrap();
    }
    text + "END:VCALENDAR\r\n"
}

/// An index of so many records, one of which is that of the fast track.
fn index(count: usize) -> Vec<u8> {
    let record = |number: usize| {
        let id = if number == 0 { "CVE-2026-41872".to_owned() } else { format!("CVE-2025-{number:06}") };
        let events = json!([{ "introduced": "0" }, { "fixed": "2.31.3" }]);
        let package = json!({ "ecosystem": "npm", "name": format!("package-{}", number % 50_000) });
        let record = json!({
            "schema_version": "1.6.0", "id": id, "modified": "2026-11-20T00:00:00Z", "details": "x".repeat(1_000),
            "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
            "affected": [{ "package": package, "ranges": [{ "type": "SEMVER", "events": events }] }],
        });
        (format!("{id}.json"), record.to_string())
    };
    let built = build((0..count).map(record));
    assert_eq!((built.records, built.refused.len()), (count, 0));
    built.bytes
}
