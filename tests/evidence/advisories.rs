//! Advisories that a proposal names, looked up in real records and the real catalogue.

use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Output};

/// The records of the sample changed last on 10 February 2024, and the catalogue is of 25 August 2025.
const PLACES: &str = "[advisories]\nrecords = \"advisories\"\nexploited = \"kev.json\"\ndays = 366\n";
const SAMPLE: &str = "tests/data/advisories";
/// Affects openssl 0.10.8, and is fixed in 0.10.9.
pub const OPENSSL: &str = "CVE-2018-20997";

pub fn stocked(desk: Desk) -> Desk {
    for entry in fs::read_dir(format!("{SAMPLE}/osv")).unwrap() {
        let path = entry.unwrap().path();
        desk.write(&format!("advisories/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap());
    }
    desk.write("kev.json", fs::read(format!("{SAMPLE}/known-exploited.json")).unwrap());
    desk.with("changegate.toml", PLACES)
}

pub fn desk(id: &str, package: &str, from: &str, to: &str) -> Desk {
    proposing(stocked(Desk::new()), id, package, from, to)
}

pub fn proposing(desk: Desk, id: &str, package: &str, from: &str, to: &str) -> Desk {
    desk.proposing("/reason/advisories", json!([id]))
        .proposing("/change/package_url", json!(package))
        .proposing("/change/from", json!(from))
        .proposing("/change/to", json!(to))
}

/// Of one advisory, what came back.
pub fn told(desk: &Desk) -> Value {
    desk.run(&["--now", "2024-02-11T12:00:00Z", "--evidence-out", "rec.json"]);
    let record: Value = serde_json::from_slice(&fs::read(desk.at("rec.json")).unwrap()).unwrap();
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/evidence-v1.json").unwrap()).unwrap();
    jsonschema::validate(&schema, &record).unwrap();
    let entries = record["entries"].as_array().unwrap();
    entries.iter().find(|entry| entry["question"]["ask"] == "advisory").unwrap()["answer"].clone()
}

fn index(desk: &Desk, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
    command.args(["-C", desk.at("").to_str().unwrap(), "advisories", "index"]).args(arguments).output().unwrap()
}

fn findings(told: &Told, rule: &str) -> usize {
    let findings = told.report["proposals"][0]["findings"].as_array().unwrap();
    findings.iter().filter(|finding| finding["rule"] == rule).count()
}

#[test]
fn what_an_advisory_says_of_the_two_versions_is_told() {
    let answer = told(&desk(OPENSSL, "pkg:cargo/openssl", "0.10.8", "0.10.9"));
    let value = &answer["value"];
    assert_eq!(value["records"], json!(["RUSTSEC-2018-0010"]));
    assert_eq!(value["aliases"], json!(["GHSA-xjxc-vfw2-cg96", "RUSTSEC-2018-0010"]));
    assert_eq!((&value["exists"], &value["exploited"]), (&json!(true), &json!(false)));
    assert_eq!((&value["severity"], &value["score"]), (&json!("critical"), &json!(9.8)));
    let package = &value["packages"][0];
    assert_eq!((&package["from_is"], &package["to_is"]), (&json!("affected"), &json!("unaffected")));
    assert_eq!(package["fix"], "0.10.9");
    // The two packages that one CVE is about stand in two records, and the catalogue has it by that name alone.
    let answer = told(&desk("GHSA-j7hp-h8jx-5ppr", "pkg:cargo/libwebp-sys@0.9.2", "0.9.2", "0.9.3"));
    let value = &answer["value"];
    assert_eq!(value["records"], json!(["RUSTSEC-2023-0060", "RUSTSEC-2023-0061"]));
    assert_eq!((&value["exploited"], &value["exploited_since"]), (&json!(true), &json!("2023-09-13")));
    assert_eq!(value["packages"][0]["to_is"], "unaffected");
}

/// The order is that of the ecosystem: no maker's counting is guessed.
#[test]
fn rules_hold_the_claim_against_it() {
    for (id, package, from, to, rule, message) in [
        (OPENSSL, "pkg:cargo/openssl", "0.10.8", "0.10.9", "", ""),
        (
            OPENSSL,
            "pkg:cargo/openssl",
            "0.10.7",
            "0.10.9",
            "reason/advisories-answered",
            "`openssl` `0.10.7`, which runs, is not affected by `CVE-2018-20997`, as its records say",
        ),
        (
            "CVE-2023-4863",
            "pkg:cargo/libwebp-sys",
            "0.9.1",
            "0.9.2",
            "reason/advisories-answered",
            "`libwebp-sys` `0.9.2` is still affected by `CVE-2023-4863`, as its records say: the first fix behind that is `0.9.3`",
        ),
        (
            "GHSA-wwh2-r387-g5rm",
            "pkg:cargo/tower-http",
            "0.2.0",
            "0.2.1",
            "reason/advisories-exist",
            "`GHSA-wwh2-r387-g5rm` was withdrawn on 2022-08-14",
        ),
        (
            "CVE-2018-20998",
            "pkg:cargo/openssl",
            "0.10.8",
            "0.10.9",
            "reason/advisories-exist",
            "there is no advisory `CVE-2018-20998` in the records",
        ),
        (
            OPENSSL,
            "pkg:docker/openssl",
            "0.10.8",
            "0.10.9",
            "reason/advisories-answered",
            "whether the upgrade answers `CVE-2018-20997` can't be told: no `package_url` says which package of an ecosystem changes",
        ),
    ] {
        let told = desk(id, package, from, to).check(&[]);
        assert_ne!(told.status, Some(2), "{:#}", told.report);
        if rule.is_empty() {
            assert_eq!(findings(&told, "reason/advisories-answered"), 0);
        } else {
            let findings = told.report["proposals"][0]["findings"].as_array().unwrap();
            let said = |finding: &Value| finding["rule"] == rule && finding["message"] == message;
            assert!(findings.iter().any(said), "{message} is not in {findings:#?}");
        }
    }
}

#[test]
fn the_fast_track_goes_by_what_is_verified() {
    let fast = |vector: &str, from: &str, to: &str| {
        let desk = stocked(Desk::new()).with("p.json", fs::read("examples/fast-track.json").unwrap());
        proposing(desk, OPENSSL, "pkg:cargo/openssl", from, to)
            .proposing("/fast_track/advisory", json!(OPENSSL))
            .proposing("/fast_track/cvss_vector", json!(vector))
            .check(&[])
    };
    let whole = "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    let told = fast(whole, "0.10.8", "0.10.9");
    assert_eq!(findings(&told, "fast-track/eligible"), 0, "{:#}", told.report);
    assert!(
        told.message("fast-track/consistent").ends_with("the catalogue of exploited vulnerabilities does not have it")
    );
    let told = fast(whole, "0.10.7", "0.10.9");
    assert_eq!(
        told.message("fast-track/eligible"),
        "the version that runs, `0.10.7`, is not affected by `CVE-2018-20997`, as its records say"
    );
    let told = fast("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "0.10.8", "0.10.9");
    assert_eq!(told.message("fast-track/consistent"), "the CVSS score is called 9.8, and the vector scores 0");
}

/// A claim stands where nobody is asked, and one that can't be verified is none where that was demanded.
#[test]
fn what_can_not_be_read_is_told_and_never_taken_for_good() {
    type Spoil = fn(&Desk);
    let gone: Spoil = |desk| fs::remove_dir_all(desk.at("advisories")).unwrap();
    let cases: &[(&str, Spoil, &str)] = &[
        ("no folder", gone, "the advisories in advisories can't be read: there is nothing of that name"),
        (
            "an empty folder",
            |desk| {
                fs::remove_dir_all(desk.at("advisories")).unwrap();
                desk.write("advisories/README.md", "none");
            },
            "the advisories in advisories can't be read: it holds no record: files whose names end with .json",
        ),
        (
            "nothing but what is broken",
            |desk| {
                fs::remove_dir_all(desk.at("advisories")).unwrap();
                desk.write("advisories/a.json", "{");
            },
            "the advisories in advisories can't be read: advisories/a.json is no record: line 1, column 1: the text ends while parsing an object",
        ),
        (
            "a text for an index",
            |desk| {
                fs::remove_dir_all(desk.at("advisories")).unwrap();
                desk.write("advisories", "x".repeat(100_000));
            },
            "the advisories in advisories can't be read: it is no index of advisories",
        ),
        (
            "no catalogue",
            |desk| fs::remove_file(desk.at("kev.json")).unwrap(),
            "the catalogue of exploited vulnerabilities kev.json can't be read: No such file",
        ),
        (
            "half a catalogue",
            |desk| desk.write("kev.json", &fs::read(format!("{SAMPLE}/known-exploited.json")).unwrap()[..900]),
            "the catalogue of exploited vulnerabilities kev.json can't be read: line ",
        ),
        (
            "a catalogue of another shape",
            |desk| desk.write("kev.json", "[]"),
            "the catalogue of exploited vulnerabilities kev.json can't be read: line 1, column 0: invalid type: sequence, expected an object",
        ),
        (
            "a folder for a catalogue",
            |desk| {
                fs::remove_file(desk.at("kev.json")).unwrap();
                fs::create_dir(desk.at("kev.json")).unwrap();
            },
            "the catalogue of exploited vulnerabilities kev.json can't be read: it is a folder",
        ),
        (
            "too old",
            |desk| desk.write("changegate.toml", format!("{PLACES}outdated = \"unavailable\"\n")),
            "the advisories are as of 2024-02-10T15:57:43Z, 1017 days ago, and 366 are the limit",
        ),
        (
            "nowhere to look",
            |desk| desk.write("changegate.toml", "[evidence]\nadvisories = \"required\"\n"),
            "the configuration does not say where advisories are looked up",
        ),
    ];
    for (name, spoil, why) in cases {
        let desk = desk(OPENSSL, "pkg:cargo/openssl", "0.10.8", "0.10.9");
        spoil(&desk);
        let told = desk.check(&[]);
        assert_eq!(told.status, Some(2), "{name}: {:#}", told.report);
        let consulted = &told.report["proposals"][0]["consulted"];
        for entry in consulted.as_array().unwrap() {
            assert_eq!(entry["state"], "unavailable", "{name}");
            assert!(entry["why"].as_str().unwrap().starts_with(why), "{name}: {entry:#}");
        }
        assert_eq!(consulted.as_array().unwrap().len(), 2, "{name}");
        if *name == "nowhere to look" {
            continue;
        }
        let configuration = fs::read_to_string(desk.at("changegate.toml")).unwrap();
        desk.write("changegate.toml", format!("{configuration}[evidence]\nadvisories = \"optional\"\n"));
        let told = desk.check(&[]);
        assert_ne!(told.status, Some(2), "{name}: {:#}", told.report);
        assert_eq!(findings(&told, "reason/advisories-answered"), 0);
        desk.write("changegate.toml", format!("{configuration}[evidence]\nadvisories = \"off\"\n"));
        assert_eq!(desk.check(&[]).report["proposals"][0]["consulted"], json!([]), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_and_what_one_hides_is_not_absent() {
    for spoil in [
        |desk: &Desk| std::os::unix::fs::symlink("/etc/passwd", desk.at("advisories/a.json")).unwrap(),
        |desk: &Desk| desk.write("advisories/a.json", "{ \"id\": 7 }"),
        |desk: &Desk| desk.write("advisories/a.json", " ".repeat((8 << 20) + 1)),
    ] {
        let known = desk(OPENSSL, "pkg:cargo/openssl", "0.10.8", "0.10.9");
        spoil(&known);
        assert_ne!(known.check(&[]).status, Some(2));
        let unknown = desk("CVE-2018-20998", "pkg:cargo/openssl", "0.10.8", "0.10.9");
        spoil(&unknown);
        let told = unknown.check(&[]);
        assert_eq!(told.status, Some(2));
        let why = told.report["proposals"][0]["consulted"][1]["why"].as_str().unwrap();
        assert!(
            why.starts_with("it is not among the advisories that could be read, and advisories/a.json is no record: "),
            "{why}"
        );
        // And no index is made of them.
        let made = index(&unknown, &["advisories", "advisories.index"]);
        assert_eq!(made.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&made.stderr).contains("advisories/broken"), "{made:?}");
        assert!(!unknown.at("advisories.index").exists());
    }
}

#[test]
fn an_index_answers_as_its_folder_does() {
    let desk = desk(OPENSSL, "pkg:cargo/openssl", "0.10.8", "0.10.9");
    let by_folder = told(&desk);
    let made = index(&desk, &["advisories", "osv.index"]);
    assert!(made.status.success(), "{made:?}");
    let said = "osv.index: 4 records, the newest changed 2024-02-10T15:57:43Z\n";
    assert_eq!(String::from_utf8_lossy(&made.stdout), said);
    desk.write("changegate.toml", PLACES.replace("\"advisories\"", "\"osv.index\""));
    assert_eq!(told(&desk), by_folder);
    // An earlier index is replaced, and nothing else is.
    assert!(index(&desk, &["advisories", "osv.index"]).status.success());
    for (file, code) in
        [("p.json", "usage/unwritable"), ("advisories", "usage/unwritable"), ("no/folder", "usage/unwritable")]
    {
        let made = index(&desk, &["advisories", file]);
        assert_eq!(made.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&made.stderr).contains(code), "{made:?}");
    }
    for folder in ["systems/none", "p.json"] {
        let made = index(&desk, &[folder, "other.index"]);
        assert!(String::from_utf8_lossy(&made.stderr).contains("advisories/unreadable"), "{made:?}");
    }
    // One that was changed is none.
    let mut bytes = fs::read(desk.at("osv.index")).unwrap();
    let end = bytes.len() - 5;
    bytes.truncate(end);
    desk.write("osv.index", &bytes);
    let told = desk.check(&[]).report["proposals"][0]["consulted"][0]["why"].clone();
    assert!(
        told.as_str().unwrap().starts_with("the advisories in osv.index can't be read: it says that it has"),
        "{told}"
    );
}

#[test]
fn no_report_takes_their_place() {
    let desk = desk(OPENSSL, "pkg:cargo/openssl", "0.10.8", "0.10.9");
    for place in ["advisories/report.json", "kev.json"] {
        let told = desk.check(&["--report", &format!("json={place}")]);
        assert_eq!(told.status, Some(2), "{place}: {:#}", told.report);
    }
    assert!(!desk.at("advisories/report.json").exists());
}

#[test]
fn old_ones_are_told() {
    let desk = desk(OPENSSL, "pkg:cargo/openssl", "0.10.8", "0.10.9");
    let told = desk.check(&[]);
    assert!(told.message("reason/advisories-exist").starts_with("the advisories are as of 2024-02-10"), "{told:?}");
    let told = Told::of(&desk.run(&["--now", "2024-02-11T12:00:00Z", "--format", "json"]));
    assert_eq!(findings(&told, "reason/advisories-exist"), 0);
    // Neither a record of one's own nor one of the year 2099 makes the others young.
    for (id, modified) in [("HOUSE-1", "2026-11-20T00:00:00Z"), ("RUSTSEC-2099-0001", "2099-01-01T00:00:00Z")] {
        desk.write("advisories/own.json", json!({ "id": id, "modified": modified }).to_string());
        assert!(desk.check(&[]).message("reason/advisories-exist").starts_with("the advisories are as of 2024-02-10"));
    }
}

#[test]
fn the_same_bytes_come_of_a_record_without_any_advisories() {
    let desk = desk("CVE-2023-4863", "pkg:cargo/libwebp-sys", "0.9.1", "0.9.2");
    let first = desk.run(&["--now", "2026-11-24T12:00:00Z", "--format", "json", "--evidence-out", "rec.json"]);
    fs::remove_dir_all(desk.at("advisories")).unwrap();
    fs::remove_file(desk.at("kev.json")).unwrap();
    let second = desk.run(&["--format", "json", "--evidence", "rec.json"]);
    assert_eq!(String::from_utf8_lossy(&first.stdout), String::from_utf8_lossy(&second.stdout));
    assert_eq!(first.status.code(), Some(1));
}

/// A pull request can't bring the advisories by which it is judged.
#[test]
fn with_a_base_they_are_those_of_the_base() {
    let desk = stocked(Desk::in_git());
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    let desk = proposing(desk, "CVE-2026-41872", "pkg:cargo/wiki", "2.31.0", "2.31.2");
    let made = fs::read_to_string(desk.at("advisories/RUSTSEC-2018-0010.json")).unwrap();
    desk.write("advisories/x.json", made.replace(OPENSSL, "CVE-2026-41872").replace("RUSTSEC-2018-0010", "ACME-1"));
    desk.commit("the proposal, and what it needs", "2026-11-21T12:00:00Z");
    let told = desk.check(&["--base", "main"]);
    assert_eq!(
        told.message("reason/advisories-exist"),
        "the advisories are as of 2024-02-10 16:57:43 +01:00, 1017 days 20 h 2 min 17 s ago, and 366 days is the limit"
    );
    let findings = told.report["proposals"][0]["findings"].to_string();
    assert!(findings.contains("there is no advisory `CVE-2026-41872` in the records"), "{findings}");
    let causes = told.report["exit"]["causes"].to_string();
    assert!(causes.contains("trust/changed"), "{causes}");
}
