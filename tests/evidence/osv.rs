//! Advisories behind an API of OSV's shape, and the catalogue at an address: a server of our own that answers as well and as badly as one can.

use super::desk::{Desk, Told};
use super::server::{Answer, Request, Server};
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

const CVE: &str = "CVE-2018-20997";
const NOW: &str = "2026-11-24T12:00:00Z";
const BROKEN: &[&str] = &["evidence/unavailable"];

fn record(id: &str) -> Answer {
    Answer::new(200, fs::read(format!("tests/data/advisories/osv/{id}.json")).unwrap())
}

fn unknown(words: &str) -> Answer {
    Answer::new(404, json!({ "code": 5, "message": words }).to_string())
}

/// As api.osv.dev has it: an id without a record of its own is not found, and the message names those that have one.
fn osv(request: &Request) -> Answer {
    match request.path.as_str() {
        "/v1/vulns/RUSTSEC-2018-0010" => record("RUSTSEC-2018-0010"),
        "/v1/vulns/CVE-2018-20997" => {
            unknown("Bug not found, but the following aliases were: RUSTSEC-2018-0010 GHSA-xjxc-vfw2-cg96.")
        }
        "/kev.json" => Answer::new(200, fs::read("tests/data/advisories/known-exploited.json").unwrap()),
        _ => unknown("Bug not found."),
    }
}

fn desk(url: &str, more: &str) -> Desk {
    Desk::new()
        .with("changegate.toml", format!("[advisories]\napi = \"{url}\"\nseconds = 2\n{more}"))
        .proposing("/reason/advisories", json!([CVE]))
        .proposing("/change/package_url", json!("pkg:cargo/openssl"))
        .proposing("/change/from", json!("0.10.8"))
        .proposing("/change/to", json!("0.10.9"))
}

/// Of one advisory, what was recorded.
fn entry(desk: &Desk) -> Value {
    desk.run(&["--now", NOW, "--evidence-out", "rec.json"]);
    let record: Value = serde_json::from_slice(&fs::read(desk.at("rec.json")).unwrap()).unwrap();
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/evidence-v1.json").unwrap()).unwrap();
    jsonschema::validate(&schema, &record).unwrap();
    let entries = record["entries"].as_array().unwrap();
    entries.iter().find(|entry| entry["question"]["ask"] == "advisory").unwrap().clone()
}

/// Asks a server that answers everything alike; what the report says of it.
fn always(answer: impl Fn() -> Answer + Send + Sync + 'static) -> (String, Server) {
    let server = Server::new(move |_, _| answer());
    let told = desk(&server.url, "").check(&[]).is(2, BROKEN);
    (why(&told), server)
}

fn why(told: &Told) -> String {
    told.report["proposals"][0]["faults"][0]["message"].as_str().unwrap().to_owned()
}

#[test]
fn an_advisory_is_looked_up_by_its_id_and_by_those_that_the_api_names() {
    let server = Server::new(|request, _| osv(request));
    let desk = desk(&server.url, &format!("exploited = \"{}/kev.json\"\n", server.url));
    let entry = entry(&desk);
    assert_eq!(entry["of"], format!("{} and the catalogue 2025.08.25", server.url));
    let value = &entry["answer"]["value"];
    assert_eq!((&value["exists"], &value["exploited"]), (&json!(true), &json!(false)));
    assert_eq!(value["records"], json!(["RUSTSEC-2018-0010"]));
    assert_eq!(value["severity"], "critical");
    let package = &value["packages"][0];
    assert_eq!((&package["from_is"], &package["to_is"]), (&json!("affected"), &json!("unaffected")));
    for request in server.asked() {
        assert_eq!(request.method, "GET");
        assert!(!request.headers.contains_key("authorization"), "{request:?}");
    }
    // Each is asked for once, and nothing but by its id.
    let mut asked: Vec<_> = server.asked().into_iter().map(|request| request.path).collect();
    asked.sort();
    let expected =
        ["/kev.json", "/v1/vulns/CVE-2018-20997", "/v1/vulns/GHSA-xjxc-vfw2-cg96", "/v1/vulns/RUSTSEC-2018-0010"];
    assert_eq!(asked, expected);
}

/// An alias that the record names, and that names it, is one more record of the same advisory; one that does not name it is another advisory.
#[test]
fn other_records_of_an_advisory_count_where_they_name_it() {
    let made = |id: &str, aliases: Value| {
        Answer::json(&json!({ "id": id, "modified": "2026-01-01T00:00:00Z", "aliases": aliases }))
    };
    let server = Server::new(move |request, _| match request.path.as_str() {
        "/v1/vulns/CVE-2018-20997" => made(CVE, json!(["GO-2018-0001", "GO-2018-0002", "GO-2018-0003", "../x", ""])),
        "/v1/vulns/GO-2018-0001" => made("GO-2018-0001", json!([CVE])),
        "/v1/vulns/GO-2018-0002" => made("GO-2018-0002", json!(["CVE-2018-1111"])),
        _ => unknown("Bug not found."),
    });
    let desk = desk(&server.url, "");
    assert_eq!(entry(&desk)["answer"]["value"]["records"], json!([CVE, "GO-2018-0001"]));
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn what_is_not_there_is_absent_and_denied() {
    let server = Server::new(|_, _| unknown("Bug not found."));
    let desk = desk(&server.url, "");
    assert_eq!(entry(&desk)["answer"]["state"], "absent");
    let told = desk.check(&[]);
    assert_eq!(told.status, Some(1), "{:#}", told.report);
    assert_eq!(told.message("reason/advisories-exist"), "there is no advisory `CVE-2018-20997` in the records");
    // It points at the proposal, which its author can open, and not at what the gate was told.
    let findings = told.report["proposals"][0]["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["rule"] == "reason/advisories-exist").unwrap();
    assert_eq!((&finding["file"], &finding["pointer"]), (&json!("p.json"), &json!("/reason/advisories/0")));
}

/// A page of another server that is not there says nothing of advisories.
#[test]
fn a_page_that_is_not_found_is_no_answer_of_the_api() {
    let (why, server) = always(|| Answer::new(404, "<h1>not found</h1>"));
    assert!(why.ends_with(&format!("asked {} about {CVE}, and it answered 404", server.url)), "{why}");
    for other in [
        json!({ "message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404" }),
        json!({ "code": 404, "message": "Bug not found." }),
        json!({ "code": "5", "message": "Bug not found." }),
        json!({ "code": 5, "message": "no route to the service" }),
        json!({ "code": 5 }),
    ] {
        let told = self::why(
            &desk(&Server::new(move |_, _| Answer::new(404, other.to_string())).url, "").check(&[]).is(2, BROKEN),
        );
        assert!(told.contains("and it answered 404"), "{told}");
    }
}

#[test]
fn what_passes_is_asked_again() {
    for status in [408, 429, 500, 503] {
        let server =
            Server::new(
                move |request, before| {
                    if before == 0 { Answer::new(status, "").with("retry-after", "0") } else { osv(request) }
                },
            );
        assert_eq!(entry(&desk(&server.url, ""))["answer"]["state"], "known", "{status}");
    }
    // Cut off in the middle, and then whole.
    let server = Server::new(|request, before| {
        let missing = usize::from(before == 0);
        Answer { missing, ..osv(request) }
    });
    assert_eq!(entry(&desk(&server.url, ""))["answer"]["state"], "known");
}

#[test]
fn what_does_not_pass_is_undecided() {
    for (status, asked) in [(400, 1), (401, 1), (403, 1), (451, 1), (500, 2)] {
        let (why, server) = always(move || Answer::new(status, json!({ "message": "no\u{7}" }).to_string()));
        assert!(why.ends_with(&format!("and it answered {status}: it says `no `")), "{why}");
        assert!(server.count("/v1/vulns/CVE") >= asked, "{status}");
    }
    let (why, server) = always(|| Answer::new(429, "").with("retry-after", "3600"));
    assert!(why.ends_with("and it answers no more questions for 3600 s"), "{why}");
    assert_eq!(server.asked().len(), 1);
    let (why, _) = always(|| Answer::new(429, ""));
    assert!(why.ends_with("and it answers no more questions"), "{why}");
}

#[test]
fn what_is_no_record_is_undecided() {
    for body in
        ["", "[]", "{}", "<html>", r#"{"id": 7, "modified": "2026-01-01T00:00:00Z"}"#, r#"{"id":"CVE-2018-20997"}"#]
    {
        let (why, _) = always(move || Answer::new(200, body));
        assert!(why.contains("and its answer is no record: "), "{body}: {why}");
    }
    let (why, _) = always(|| record("RUSTSEC-2023-0061"));
    assert!(why.ends_with("and it answered about `RUSTSEC-2023-0061`"), "{why}");
    let (why, _) = always(|| Answer { missing: 1, ..record("RUSTSEC-2018-0010") });
    assert!(why.contains("the connection failed: "), "{why}");
    let (why, _) = always(|| Answer::new(200, vec![b' '; (8 << 20) + 1]));
    assert!(why.ends_with("and its answer is larger than what is read"), "{why}");
    let many: Vec<_> = (0..51).map(|n| format!("GO-2018-{n:04}")).collect();
    let (why, server) =
        always(move || Answer::json(&json!({ "id": CVE, "modified": "2026-01-01T00:00:00Z", "aliases": many })));
    assert!(why.ends_with("and it has 51 other ids, and no more than 50 are looked up"), "{why}");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn nothing_is_asked_of_another_server() {
    let other = Server::new(|request, _| osv(request));
    let elsewhere = format!("{}/v1/vulns/RUSTSEC-2018-0010", other.url);
    let (why, _) = always(move || Answer::new(302, "").with("location", &elsewhere));
    assert!(why.ends_with("and it leads to another server, or round and round"), "{why}");
    assert!(other.asked().is_empty());
    let (why, server) = always(|| Answer::new(301, "").with("location", "/v1/vulns/CVE-2018-20997"));
    assert!(why.ends_with("or round and round"), "{why}");
    assert_eq!(server.asked().len(), 4);
    // On the same server it is followed.
    let server = Server::new(|request, _| match request.path.as_str() {
        "/v1/vulns/CVE-2018-20997" => Answer::new(308, "").with("location", "/v1/vulns/RUSTSEC-2018-0010"),
        _ => osv(request),
    });
    assert_eq!(entry(&desk(&server.url, ""))["answer"]["state"], "known");
}

#[test]
fn nobody_waits_longer_than_allowed() {
    let began = Instant::now();
    let (why, _) = always(|| Answer { after: Duration::from_secs(20), ..Answer::new(200, "{}") });
    assert!(why.ends_with("and it did not answer in time"), "{why}");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let told = desk("http://127.0.0.1:1", "").check(&[]).is(2, BROKEN);
    assert!(why_refused(&told), "{}", self::why(&told));
}

fn why_refused(told: &Told) -> bool {
    why(told).contains("the connection failed: ") && why(told).contains("refused")
}

#[test]
fn what_is_optional_is_claimed_where_nobody_answers() {
    let server = Server::new(|_, _| Answer::new(403, ""));
    let desk = desk(&server.url, "[evidence]\nadvisories = \"optional\"\n");
    assert_ne!(desk.check(&[]).status, Some(2));
    let desk = desk
        .with("changegate.toml", format!("[advisories]\napi = \"{}\"\n[evidence]\nadvisories = \"off\"", server.url));
    let before = server.asked().len();
    assert_ne!(desk.check(&[]).status, Some(2));
    assert_eq!(server.asked().len(), before, "nobody is asked where advisories are off");
}

#[test]
fn the_catalogue_is_whole_or_unavailable() {
    for (answer, end) in [
        (Answer::new(500, ""), "and it answered 500"),
        (Answer::new(404, r#"{"message":"no"}"#), "and it answered 404: it says `no`"),
        (Answer::new(200, "{}"), "can't be read: missing field `catalogVersion` at line 1 column 2"),
        (Answer { missing: 1, ..Answer::new(200, "{}") }, ""),
        (
            Answer::new(302, "").with("location", "https://elsewhere.example/"),
            "and it leads to another server, or round and round",
        ),
    ] {
        let server =
            Server::new(move |request, _| if request.path == "/kev.json" { answer.clone() } else { osv(request) });
        let desk = desk(&server.url, &format!("exploited = \"{}/kev.json\"\n", server.url));
        let told = desk.check(&[]).is(2, BROKEN);
        let end = end.split(": missing").next().unwrap();
        assert!(why(&told).contains(end), "{}", why(&told));
    }
}

/// An API answers as of when it is asked; the catalogue says itself of when it is.
#[test]
fn a_record_of_the_run_leads_to_the_same_verdict() {
    let server = Server::new(|request, _| osv(request));
    let desk = desk(&server.url, &format!("exploited = \"{}/kev.json\"\noutdated = \"warn\"\n", server.url));
    let format = ["--format", "json"];
    let first = desk.run(&[&["--now", NOW, "--evidence-out", "rec.json"], &format[..]].concat());
    let asked = server.asked().len();
    let again = desk.run(&[&["--evidence", "rec.json", "--now", NOW], &format[..]].concat());
    assert_eq!(server.asked().len(), asked, "a replay asks nobody");
    let (first, again) = (Told::of(&first), Told::of(&again));
    assert_eq!(first.report["proposals"], again.report["proposals"]);
    let message = first.message("reason/advisories-exist");
    assert!(message.starts_with("the catalogue of exploited vulnerabilities is as of 2025-08-25"), "{message}");
}

/// Of a product of one's own there is a record in a folder, and of the others the API tells. What is told by both is told by the newer.
#[test]
fn records_and_an_api_count_together() {
    let made = |id: &str, modified: &str, more: Value| {
        let mut record = json!({ "id": id, "modified": modified, "aliases": [CVE] });
        record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        record.to_string()
    };
    let server = Server::new(move |request, _| match request.path.as_str() {
        "/v1/vulns/CVE-2018-20997" => unknown("Bug not found, but the following aliases were: GO-2018-0001"),
        "/v1/vulns/GO-2018-0001" => {
            let withdrawn = json!({ "withdrawn": "2026-11-23T00:00:00Z" });
            Answer::new(200, made("GO-2018-0001", "2026-11-23T00:00:00Z", withdrawn))
        }
        _ => unknown("Bug not found."),
    });
    let desk = desk(&server.url, "records = \"own\"\n")
        .with("own/go.json", made("GO-2018-0001", "2026-11-20T00:00:00Z", json!({})));
    let answer = entry(&desk);
    assert_eq!(answer["of"], format!("own as of 2026-11-20T00:00:00Z and {}", server.url));
    assert_eq!(answer["answer"]["value"]["withdrawn"], "2026-11-23T00:00:00Z");
    let desk = desk.with("own/house.json", made("HOUSE-1", "2026-11-20T00:00:00Z", json!({})));
    assert_eq!(entry(&desk)["answer"]["value"]["records"], json!(["HOUSE-1"]), "what was withdrawn tells nothing more");
}

#[test]
fn addresses_are_those_of_a_server_that_can_be_trusted() {
    for wrong in [
        "api = \"http://osv.example.com\"",
        "api = \"https://me:secret@osv.example.com\"",
        "api = \"api.osv.dev\"",
        "exploited = \"http://x.example.com/kev.json\"",
        "exploited = \"https://x.example.com\"",
        "exploited = \"HTTPS://x.example.com/kev.json?token=1\"",
    ] {
        let desk = Desk::new().with("changegate.toml", format!("[advisories]\n{wrong}\n"));
        let told = desk.check(&[]).is(2, &["config/malformed-value"]);
        assert!(!told.report.to_string().contains("secret"), "{wrong}");
    }
}

/// A pull request can't name a server: what the base says holds.
#[test]
fn the_base_says_who_is_asked() {
    let server = Server::new(|request, _| osv(request));
    let desk = Desk::in_git();
    let proposal = fs::read(desk.at("p.json")).unwrap();
    desk.write("changegate.toml", "[limits]\ndepth = 64\n");
    desk.commit("the base", "2026-11-20T09:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    desk.write("p.json", proposal);
    let desk = desk.proposing("/reason/advisories", json!([CVE]));
    desk.write("changegate.toml", format!("[advisories]\napi = \"{}\"\n", server.url));
    desk.commit("the upgrade", "2026-11-20T10:00:00Z");
    desk.check(&["--base", "main"]).is(1, &["trust/changed"]);
    assert!(server.asked().is_empty());
}
