//! Rows 1 to 4, 6 and 7: what a proposal may hold.

use super::{Room, rule, valid};
use serde_json::{Value, json};

fn judged(bytes: impl AsRef<[u8]>) -> super::Told {
    Room::new().with("p.json", bytes).check(&["p.json"])
}

#[test]
fn row_1_duplicate_keys_show_both_places() {
    for text in [
        r#"{"risk":9,"\u0072isk":1}"#,
        r#"{"risk":9,"risk":9}"#,
        r#"{"a":[{"b":{"x":1,"y":2,"\u0078":3}}]}"#,
        r#"{"":1,"":2}"#,
        "{\"\u{e9}\":1,\"\\u00e9\":2}",
        r#"{"\ud83d\ude00":1,"😀":2}"#,
    ] {
        let told = judged(text).is(1, &["proposal/duplicate-key"]);
        let findings = told.findings();
        assert_eq!(findings.len(), 1, "{text}");
        let columns = (findings[0]["column"].as_u64(), findings[0]["related"][0]["column"].as_u64());
        assert!(columns.0 > columns.1 && columns.1.is_some(), "{text}: {columns:?}");
    }
    // Two spellings that only look alike are two keys; neither is known.
    judged("{\"e\u{301}\":1,\"\u{e9}\":2}").is(1, &["proposal/unknown-field", "proposal/missing-field"]);
}

#[test]
fn row_2_what_is_not_strict_json() {
    let deep = "[".repeat(100_000);
    let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = r#"{"a":"#.repeat(100_000);
    for (bytes, code) in [
        (b"{\"a\": \"\xff\"}".as_slice(), "proposal/not-utf8"),
        (b"\xff\xfe{\0}\0", "proposal/not-utf8"),
        (b"{\"a\": \"\xed\xa0\x80\"}", "proposal/not-utf8"),
        (b"{\"\xc0\xafa\": 1}", "proposal/not-utf8"),
        (b"\xef\xbb\xbf{}", "proposal/byte-order-mark"),
        (br#"{"a": "\ud800"}"#, "proposal/lone-surrogate"),
        (br#"{"\udc00": 1}"#, "proposal/lone-surrogate"),
        (br#"{"a": "\ud800\ud800"}"#, "proposal/lone-surrogate"),
        (br#"{"a": 1e400}"#, "proposal/number-out-of-range"),
        (br#"{"a": -1e400}"#, "proposal/number-out-of-range"),
        (br#"{"a": 9223372036854775808}"#, "proposal/number-out-of-range"),
        (br#"{"a": -9223372036854775809}"#, "proposal/number-out-of-range"),
        (br#"{"a": 99999999999999999999999999999999}"#, "proposal/number-out-of-range"),
        (deep.as_bytes(), "proposal/too-deep"),
        (closed.as_bytes(), "proposal/too-deep"),
        (objects.as_bytes(), "proposal/too-deep"),
        (b"{} x", "proposal/trailing-text"),
        (b"{}{}", "proposal/trailing-text"),
        (b"{}\0", "proposal/trailing-text"),
        (b"{ /* a */ }", "proposal/syntax"),
        (b"{} // a", "proposal/syntax"),
        (b"# a\n{}", "proposal/syntax"),
        (br#"{"a": NaN}"#, "proposal/syntax"),
        (br#"{"a": Infinity}"#, "proposal/syntax"),
        (br#"{"a": -Infinity}"#, "proposal/syntax"),
        (br#"{"a": 01}"#, "proposal/syntax"),
        (br#"{"a": +1}"#, "proposal/syntax"),
        (br#"{"a": .5}"#, "proposal/syntax"),
        (br#"{"a": 0x10}"#, "proposal/syntax"),
        (br#"{"a": 1,}"#, "proposal/syntax"),
        (br#"{'a': 1}"#, "proposal/syntax"),
        (br#"{a: 1}"#, "proposal/syntax"),
        (b"{\"a\": \"\n\"}", "proposal/syntax"),
        (br#"{"a": "\x41"}"#, "proposal/syntax"),
        (br#"{"a": "#, "proposal/syntax"),
        (b"", "proposal/empty"),
        (b" \n\t", "proposal/empty"),
    ] {
        let told = judged(bytes);
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        assert_eq!(told.status, Some(1), "{shown}: {:#}", told.report);
        assert!(told.causes().contains(code), "{shown}: {:?}", told.causes());
        assert!(
            told.findings().iter().all(|finding| finding["line"].is_u64() && finding["column"].is_u64()),
            "{shown}"
        );
    }
}

/// What is far too large is refused for its size: it is not read to its end, nor kept.
#[test]
fn row_2_fifty_megabytes() {
    for byte in [b' ', b'['] {
        let told = judged(vec![byte; 50 << 20]).is(1, &["proposal/too-large"]);
        assert!(told.text().len() < 100_000);
    }
}

#[test]
fn row_2_fifty_megabytes_of_a_profile() {
    let room = Room::new().with("p.json", valid().to_string()).with("systems/wiki.json", vec![b' '; 50 << 20]);
    let told = room.check(&["p.json"]).is(2, &["profile/too-large"]);
    assert!(told.text().contains("or raise `limits.file_bytes`"), "{}", told.text());
    assert!(told.text().len() < 100_000);
}

/// What else is wrong with a proposal of a later version is not for this one to say.
#[test]
fn another_version_of_the_format_is_all_that_is_said() {
    for version in ["0", "2", "-1", "9007199254740993"] {
        let text = format!("{{ \"changegate\": {version}, \"novel\": 1 }}");
        let room = Room::new().with("p.json", text).with("q.json", valid().to_string()).with(
            "systems/wiki.json",
            format!("{{ \"changegate\": {version}, \"system\": {{ \"id\": \"wiki\", \"novel\": 1 }} }}"),
        );
        let told = room.check(&["p.json"]).is(1, &["proposal/other-version"]);
        assert_eq!(told.findings().len(), 1, "{}", told.text());
        assert!(told.text().contains(&format!("of version {version} of the format")), "{}", told.text());
        room.check(&["q.json"]).is(2, &["profile/other-version"]);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn row_2_fifty_megabytes_are_not_held() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let room = Room::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(["check", "-", "--no-builtin", "--policies", "rules", "-q"])
        .current_dir(room.at(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut standard = child.stdin.take().unwrap();
    // The gate stops reading at its limit, and hangs up.
    let refused = (0..50).any(|_| standard.write_all(&vec![b'['; 1 << 20]).is_err());
    assert!(refused);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

/// The verdict of the whole suite is pinned in `tests/json_suite.rs`; here, that the program tells none of them a pass.
#[test]
fn row_2_the_json_suite_through_the_program() {
    let room = Room::new();
    for entry in std::fs::read_dir("tests/data/json-test-suite").unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, room.at(path.file_name().unwrap().to_str().unwrap())).unwrap();
    }
    let told = room.check(&["*.json"]);
    assert_eq!(told.status, Some(1), "{:?}", told.causes());
    let proposals = told.report["proposals"].as_array().unwrap();
    assert_eq!(proposals.len(), 318);
    assert!(proposals.iter().all(|proposal| proposal["outcome"] == "blocked"));
}

#[test]
fn row_3_problems_are_told_all_at_once() {
    let mut proposal = valid();
    let object = proposal.as_object_mut().unwrap();
    object.remove("id");
    object.insert("titel".into(), json!("x"));
    object.insert("title".into(), json!(7));
    object["impact"]["downtime"] = json!("9");
    object["window"]["zone"] = json!("Mars/Olympus");
    object["window"]["start"] = json!("2026-11-25 19:00");
    object["change"]["size"] = json!("ptach");
    object["backup"]["available"] = json!("true");
    object["window"]["upgrade"] = json!(-1);
    object["monitoring"]["metrics"][0]["tolerance"] = json!("50");
    let told = judged(proposal.to_string());
    assert_eq!(told.status, Some(1));
    let findings = told.findings();
    let of = |pointer: &str| {
        let found = findings.iter().find(|finding| finding["pointer"] == pointer);
        found.unwrap_or_else(|| panic!("nothing at {pointer}: {findings:#?}"))
    };
    for (pointer, code, help) in [
        ("", "proposal/missing-field", "`id`"),
        ("/titel", "proposal/unknown-field", "did you mean `title`"),
        ("/title", "proposal/wrong-type", ""),
        ("/impact/downtime", "", "9"),
        ("/window/zone", "proposal/malformed-value", ""),
        ("/window/start", "proposal/malformed-value", ""),
        ("/change/size", "proposal/unknown-word", "did you mean `patch`"),
        ("/backup/available", "proposal/wrong-type", ""),
        ("/monitoring/metrics/0/tolerance", "proposal/wrong-type", ""),
        ("/window/upgrade", "proposal/malformed-value", ""),
    ] {
        let finding = of(pointer);
        assert!(code.is_empty() || finding["rule"] == code, "{finding:#}");
        assert!(finding.to_string().contains(help), "{finding:#}");
        assert!(finding["line"].is_u64(), "{finding:#}");
    }
}

#[test]
fn row_3_a_text_is_no_number() {
    for wrong in [
        json!("9"),
        json!("9 minutes"),
        json!("9m"),
        json!(true),
        json!([9]),
        json!({"minutes": 9}),
        json!(9.5),
        Value::Null,
    ] {
        let mut proposal = valid();
        proposal["impact"]["downtime"] = wrong.clone();
        let told = judged(proposal.to_string());
        assert_eq!(told.status, Some(1), "{wrong}: {:#}", told.report);
        assert!(told.findings().iter().any(|finding| finding["pointer"] == "/impact/downtime"), "{wrong}");
    }
}

#[test]
fn row_4_nothing_is_never_a_pass() {
    let room = Room::new();
    std::fs::create_dir(room.at("empty")).unwrap();
    for pattern in ["empty", "*.json", "empty/**/*.json", "nowhere.json", "nowhere", "[z]*.json"] {
        room.check(&[pattern]).is(2, &["check/nothing-to-judge"]);
    }
    // By the default pattern of the configuration as well.
    room.check(&[]).is(2, &["check/nothing-to-judge"]);
    // One good proposal does not make up for a pattern without any.
    let room = room.with("p.json", valid().to_string());
    room.check(&["p.json"]).is(0, &[]);
    room.check(&["p.json", "empty"]).is(2, &["check/nothing-to-judge"]);
    for text in ["[]", "null", "true", "0", "\"\""] {
        judged(text).is(1, &["proposal/wrong-type"]);
    }
    judged("{}").is(1, &["proposal/missing-field"]);
}

/// A period at a time of day that the clock skips, or has twice, is taken to be the longer one where that is asked.
#[test]
fn row_6_gaps_and_folds_of_the_clock() {
    let mut proposal = valid();
    proposal["system"]["peak_periods"] =
        json!([{ "name": "n", "days": ["sunday"], "from": "02:30", "to": "02:45", "zone": "Europe/Berlin" }]);
    for (now, meets, within) in [
        // The hour from 02:00 is had twice on 25 October 2026: from 00:00 and from 01:00 UTC.
        ("2026-10-25T00:29:00Z", false, false),
        ("2026-10-25T00:31:00Z", true, false),
        ("2026-10-25T01:00:00Z", true, false),
        ("2026-10-25T01:44:00Z", true, false),
        ("2026-10-25T01:45:00Z", false, false),
        // It is skipped on 29 March 2026, at 01:00 UTC.
        ("2026-03-29T00:29:00Z", false, false),
        ("2026-03-29T01:00:00Z", true, false),
        ("2026-03-29T01:45:00Z", false, false),
        // A common Sunday.
        ("2026-06-07T00:29:00Z", false, false),
        ("2026-06-07T00:30:00Z", true, true),
        ("2026-06-07T00:44:00Z", true, true),
        ("2026-06-07T00:45:00Z", false, false),
    ] {
        let body = "for period in p.system.peak_periods {
            if meets_weekly(now, now + minutes(1), period.days, period.from, period.to, \"Europe/Berlin\") { deny(\"meets\"); }
            if within_weekly(now, now + minutes(1), period.days, period.from, period.to, \"Europe/Berlin\") { deny(\"within\"); }
        }";
        let room = Room::of_rule(rule(body)).with("p.json", proposal.to_string());
        let mut arguments = vec!["p.json", "--format", "json"];
        arguments.extend(["--report", "json=report.json"]);
        // The last `--now` would be an error: the room's own is left out.
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_changegate"))
            .args(["check", "--no-builtin", "--policies", "rules", "--now", now])
            .args(arguments)
            .current_dir(room.at(""))
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let said = |message: &str| report["proposals"][0]["findings"].to_string().contains(message);
        assert!(report["proposals"][0]["faults"].as_array().unwrap().is_empty(), "{report:#}");
        assert_eq!((said("meets"), said("within")), (meets, within), "{now}");
    }
}

#[test]
fn row_6_zones_and_times_that_do_not_exist() {
    for zone in ["Mars/Olympus", "../../etc/passwd", "/etc/localtime", "CEST", "", "UTC\0", "+25:00"] {
        let mut proposal = valid();
        proposal["window"]["zone"] = json!(zone);
        let told = judged(proposal.to_string());
        assert_eq!(told.status, Some(1), "{zone}");
    }
    for time in [
        "2026-02-30T10:00:00Z",
        "2026-11-25T24:00:00Z",
        "2026-11-25T10:00:60Z",
        "2026-11-25T10:00:00",
        "2026-11-25T10:00:00+1",
        "20261125T100000Z",
        "now",
        "99999-01-01T00:00:00Z",
    ] {
        let mut proposal = valid();
        proposal["window"]["start"] = json!(time);
        judged(proposal.to_string()).is(1, &["proposal/malformed-value"]);
    }
    // A freeze at a local time without offset, or in no known form, is refused with the configuration.
    for start in ["2026-03-29T02:30:00", "2026-03-29", "\"soon\"", "\"FREQ=SECONDLY\""] {
        let toml = format!(
            "[[freezes]]\nname = \"n\"\nreason = \"the books are closed for the year\"\nstart = {start}\nend = 2027-01-01T00:00:00Z\n"
        );
        let told = Room::of_rule(rule("")).with("changegate.toml", toml).check(&["p.json"]);
        assert_eq!(told.status, Some(2), "{start}: {:#}", told.report);
        assert!(told.causes().iter().all(|code| code.starts_with("config/")), "{:?}", told.causes());
    }
}

/// A pattern of a proposal is a text like any other, and rules have no function that would compile one.
#[test]
fn row_7_no_regular_expressions() {
    for call in ["matches(p.title, p.id)", "p.title.matches(\"(a+)+$\")", "regex(p.title)", "p.title.find_all(\"a\")"] {
        Room::of_rule(rule(call)).check(&["p.json"]).is(2, &["policy/unknown-function"]);
    }
    let mut proposal = valid();
    proposal["title"] = json!("(a+)+$ (((((x{1000}){1000}){1000})){1000})*");
    judged(proposal.to_string()).is(0, &[]);
}

/// What a run was judged by is told as far as it came.
#[test]
fn a_run_that_comes_to_nothing_tells_its_terms() {
    let room = super::Room::of_rule(super::rule("")).with("changegate.toml", "[");
    let report = room.check(&["p.json"]).is(2, &["config/syntax"]).report;
    assert_eq!(report["configuration"], serde_json::json!({ "file": "changegate.toml", "digest": null, "scale": [] }));
    assert_eq!(report["policies"], serde_json::json!({ "builtin": false, "folders": ["rules"] }));
    let text = "[policies]\npaths = [\"gone\"]\n";
    let report = room.with("changegate.toml", text).check(&["p.json"]).is(2, &["policy/unreadable"]).report;
    assert_eq!(report["configuration"]["digest"], changegate::digest::of(text.as_bytes()));
    assert_eq!(report["policies"], serde_json::json!({ "builtin": false, "folders": ["gone", "rules"] }));
}

/// Of a document with a problem every few bytes the first are told, and how many there are besides; in time and in memory that
/// grow with the document, and not with its square.
#[test]
fn row_8_sixty_thousand_unknown_fields() {
    let fields = |separator: &str| (0..60_000).map(|number| format!("\"k{number}\"{separator}1")).collect::<Vec<_>>();
    let json = format!("{{{}}}", fields(":").join(","));
    let proposal = valid().to_string();
    let began = std::time::Instant::now();
    let told = judged(&json).is(1, &["proposal/missing-field", "proposal/too-many-problems", "proposal/unknown-field"]);
    let findings = told.findings();
    assert_eq!(findings.len(), 101);
    // The fields that are missing stand at the beginning, and are among those that are told.
    let missing = findings.iter().filter(|finding| finding["rule"] == "proposal/missing-field").count();
    let last = &findings[100];
    assert_eq!(
        last["message"],
        format!("the first 100 problems are told, and {} more are not", 60_000 + missing - 100)
    );
    assert_eq!(last["pointer"], format!("/k{}", 100 - missing));
    let room = Room::new().with("p.json", &proposal).with("systems/wiki.json", &json);
    let told = room.check(&["p.json"]);
    assert!(told.status == Some(2) && told.causes().contains("profile/too-many-problems"), "{:?}", told.causes());
    let room = Room::new().with("p.json", &proposal).with("changegate.toml", fields("=").join("\n"));
    room.check(&["p.json"]).is(2, &["config/too-many-problems", "config/unknown-field"]);
    // A name that is half of the document is part of the pointer of every field below it.
    let toml = format!("[rules.\"{}\"]\n{}", "n".repeat(300_000), fields("=").join("\n"));
    let room = Room::new().with("p.json", &proposal).with("changegate.toml", toml);
    room.check(&["p.json"]).is(2, &["config/too-many-problems", "config/unknown-field"]);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
