//! Reading records.

use crate::{files, real};
use changegate::advisories::{Event, Problem, RangeKind, Record};

#[test]
fn real_records_are_read() {
    for (name, bytes) in files() {
        let record = Record::parse(&bytes).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert_eq!(name, format!("{}.json", record.id));
    }
    let openssl = real("RUSTSEC-2016-0001");
    assert_eq!(openssl.aliases, ["CVE-2016-10931", "GHSA-34p9-f4q3-c4r7"]);
    assert_eq!(openssl.modified.to_string(), "2023-06-13T13:10:24Z");
    assert_eq!((openssl.withdrawn, openssl.severity.len(), openssl.affected.len()), (None, 1, 1));
    assert_eq!(openssl.affected[0].ranges[0].kind, RangeKind::Semver);
    assert_eq!(openssl.affected[0].ranges[0].events[1], Event::Fixed("0.9.0".to_owned()));
    assert!(real("RUSTSEC-2019-0031").withdrawn.is_some());
}

/// What is written of a record is one again, and the same.
#[test]
fn records_survive_being_written() {
    for (name, bytes) in files() {
        let record = Record::parse(&bytes).unwrap();
        let written = serde_json::to_vec(&record).unwrap();
        assert_eq!(Record::parse(&written).unwrap(), record, "{name}");
    }
    let odd = br#"{ "id": "A", "modified": "2026-01-01T00:00:00.123456Z", "withdrawn": "2026-01-02T00:00:00Z", "related": ["B"],
        "affected": [{ "ranges": [
            { "type": "GIT", "repo": "x", "events": [{ "introduced": "0" }, { "limit": "abc" }] },
            { "type": "ECOSYSTEM", "events": [{ "introduced": "0" }, { "last_affected": "2" }, { "retracted": "3" }] },
            { "type": "LUNAR", "events": [] } ] }],
        "database_specific": { "severity": "MODERATE" } }"#;
    let record = Record::parse(odd).unwrap();
    assert_eq!(record.affected[0].ranges[1].events[2], Event::Other {});
    let written = serde_json::to_vec(&record).unwrap();
    assert_eq!(Record::parse(&written).unwrap(), record, "{}", String::from_utf8_lossy(&written));
}

#[test]
fn what_is_not_asked_for_may_have_any_shape() {
    let texts = [
        r#"{ "id": "A", "modified": "2026-01-01T00:00:00Z", "aliases": null, "severity": null, "affected": null, "withdrawn": null }"#,
        r#"{ "id": "A", "modified": "2026-01-01T00:00:00Z", "schema_version": 9, "summary": {}, "details": [], "credits": 1, "x": [[{}]] }"#,
        r#"{ "id": "A", "modified": "2026-01-01T00:00:00Z", "database_specific": { "severity": [{ "a": [1] }] } }"#,
        r#"{ "id": "A", "modified": "2026-01-01T00:00:00Z", "database_specific": { "severity": 9.5, "cwe_ids": ["CWE-1"] } }"#,
        r#"{ "id": "A", "modified": "2026-01-01T00:00:00Z", "database_specific": null }"#,
    ];
    for text in texts {
        let record = Record::parse(text.as_bytes()).unwrap_or_else(|problem| panic!("{problem}: {text}"));
        assert_eq!(record.severity_word, None);
    }
}

#[test]
fn wrong_shapes_are_told_with_their_place() {
    let start = r#"{ "id": "A", "modified": "2026-01-01T00:00:00Z""#;
    let (mut told, mut expected) = (Vec::new(), Vec::new());
    for (text, why) in [
        (String::new(), "line 1, column 0: the text ends while parsing a value"),
        ("[]".to_owned(), "line 1, column 0: invalid type: sequence, expected an object"),
        ("7".to_owned(), "line 1, column 1: invalid type: integer `7`, expected an object"),
        ("{}".to_owned(), "line 1, column 2: missing field `id`"),
        (r#"{ "id": "A" }"#.to_owned(), "line 1, column 13: missing field `modified`"),
        (r#"{ "id": "", "modified": "2026-01-01T00:00:00Z" }"#.to_owned(), "`id` is empty"),
        (format!("{start}, \"id\": \"B\" }}"), "line 1, column 53: duplicate field `id`"),
        (format!("{start},\n \"aliases\": [7] }}"), "line 2, column 14: invalid type: integer `7`, expected a string"),
        (
            format!("{start},\n \"aliases\": \"B\" }}"),
            "line 2, column 15: invalid type: string \"B\", expected a sequence",
        ),
        (
            format!("{start},\n \"published\": \"2026-01-01\" }}"),
            "line 2, column 28: not a time of the form `2023-06-13T13:10:24Z`",
        ),
        (
            format!(
                "{start},\n \"affected\": [{{ \"ranges\": [{{ \"type\": \"SEMVER\", \"events\": [{{ \"fixed\": \"1\", \"limit\": \"2\" }}] }}] }}] }}"
            ),
            "line 2, column 88: an event is one of `introduced`, `fixed`, `last_affected` and `limit`, and this one is several",
        ),
        (format!("{start} }} x"), "line 1, column 51: trailing characters"),
    ] {
        let problem: Problem = Record::parse(text.as_bytes()).expect_err(&text);
        told.push(problem.to_string());
        expected.push(why);
    }
    assert_eq!(told, expected);
    for time in [
        "2026-01-01T00:00Z",
        "2026-13-01T00:00:00Z",
        "20260101T000000Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00+00:00",
    ] {
        let text = format!(r#"{{ "id": "A", "modified": "{time}" }}"#);
        assert!(Record::parse(text.as_bytes()).is_err(), "{time}");
    }
}
