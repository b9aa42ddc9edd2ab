//! Records that somebody wrote to hurt.

use crate::{data, files};
use changegate::advisories::{Catalogue, Record, affected, first_fix, fixes};
use changegate::versions::Ecosystem;
use proptest::prelude::{any, proptest};
use std::time::{Duration, Instant};

/// All that can be asked of a record.
fn ask(record: &Record) {
    let Some(package) = record.affected.first().and_then(|entry| entry.package.as_ref()) else { return };
    let of = Ecosystem::parse(&package.ecosystem);
    for version in ["1.0.0", "0", "latest"] {
        let _ = (affected(record, of, &package.name, version), first_fix(record, of, &package.name, version));
    }
    let _ = (fixes(record, of, &package.name).count(), record.rating().unread.len(), record.rating_for(of, "x"));
}

#[test]
fn cut_records_are_errors() {
    for (name, bytes) in files() {
        for end in (0..bytes.len().saturating_sub(2)).step_by(13) {
            assert!(Record::parse(&bytes[..end]).is_err(), "{name} cut at {end}");
        }
    }
}

proptest! {
    #[test]
    fn changed_records_never_panic(file in 0usize..11, changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..6)) {
        let (_, mut bytes) = files().swap_remove(file);
        for (place, byte) in changes {
            let place = usize::from(place) % bytes.len();
            bytes[place] = byte;
        }
        if let Ok(record) = Record::parse(&bytes) {
            ask(&record);
        }
    }

    #[test]
    fn changed_vectors_never_panic(
        start in proptest::sample::select(vec!["", "CVSS:3.0/", "CVSS:3.1/", "CVSS:4.0/", "CVSS:", "("]),
        parts in proptest::collection::vec("[A-Z]{1,3}:[A-Za-z]{0,3}|AV:N|AC:L|AT:N|PR:N|UI:N|Au:N|S:U|C:H|I:H|A:H|VC:H|.{0,4}", 0..16),
    ) {
        let vector = format!("{start}{}", parts.join("/"));
        let quoted = serde_json::to_string(&vector).unwrap();
        let text = format!(r#"{{ "id": "T", "modified": "2026-01-01T00:00:00Z", "severity": [{{ "type": "CVSS_V4", "score": {quoted} }}] }}"#);
        let record = Record::parse(text.as_bytes()).unwrap();
        if let Some(score) = record.rating().score {
            assert!((0.0..=10.0).contains(&score), "{vector}: {score}");
        }
    }
}

#[test]
fn depth_ends_in_an_error_or_is_passed_over() {
    let start = r#"{ "id": "T", "modified": "2026-01-01T00:00:00Z", "#;
    for field in ["x", "affected", "aliases", "database_specific", "severity"] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"severity\":[", "]}")] {
            let depth = 200_000;
            let deep = format!("{start}\"{field}\": {}1{} }}", open.repeat(depth), close.repeat(depth));
            if let Ok(record) = Record::parse(deep.as_bytes()) {
                ask(&record);
            }
            assert!(Record::parse(format!("{start}\"{field}\": {}", open.repeat(depth)).as_bytes()).is_err());
        }
    }
    assert!(Catalogue::parse("[".repeat(1 << 20).as_bytes()).is_err());
}

/// Ten thousand of each thing that there can be many of: time grows with the text and no faster.
#[test]
fn many_of_anything_take_no_more_than_their_share() {
    let many = |item: &dyn Fn(usize) -> String| (0..10_000).map(item).collect::<Vec<_>>().join(",");
    let range = |events: String| format!(r#"{{ "type": "SEMVER", "events": [{events}] }}"#);
    let package = r#""package": { "ecosystem": "npm", "name": "p" }"#;
    let steps = many(&|n| format!(r#"{{ "introduced": "{n}.0.0" }}, {{ "fixed": "{n}.5.0" }}"#));
    let stairs = many(&|n| range(format!(r#"{{ "introduced": "{n}.0.0" }}, {{ "fixed": "{}.5.0" }}"#, n + 1)));
    let releases =
        many(&|n| format!(r#"{{ "package": {{ "ecosystem": "Debian:{n}", "name": "p" }}, "versions": ["1.0-{n}"] }}"#));
    let affected_by = |text: String| format!(r#""affected": [{{ {package}, {text} }}]"#);
    for rest in [
        affected_by(format!(r#""ranges": [{}]"#, range(steps))),
        affected_by(format!(r#""ranges": [{stairs}]"#)),
        affected_by(format!(r#""versions": [{}]"#, many(&|n| format!("\"{n}.1.2\"")))),
        affected_by(format!(
            r#""severity": [{}]"#,
            many(&|_| r#"{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N" }"#.to_owned())
        )),
        format!(r#""affected": [{releases}]"#),
        format!(r#""aliases": [{}]"#, many(&|n| format!("\"A-{n}\""))),
    ] {
        let text = format!(r#"{{ "id": "T", "modified": "2026-01-01T00:00:00Z", {rest} }}"#);
        let begun = Instant::now();
        let record = Record::parse(text.as_bytes()).unwrap();
        ask(&record);
        let _ = affected(&record, Ecosystem::parse("Debian"), "p", "1.0-7");
        let built = changegate::advisories::index::build([("T.json", &text)]);
        assert_eq!(built.records, 1);
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?} for {} …", begun.elapsed(), &text[..90]);
    }
}

#[test]
fn a_long_version_in_a_record_is_not_compared() {
    let long = "1".repeat(1 << 20);
    let rest = format!(
        r#""versions": ["{long}"], "ranges": [{{ "type": "SEMVER", "events": [{{ "introduced": "0" }}, {{ "fixed": "{long}.0.0" }}] }}]"#
    );
    let record = crate::record("npm", "p", &rest);
    assert_eq!(affected(&record, Ecosystem::parse("npm"), "p", "1.0.0"), None);
    assert!(data("osv").is_dir());
}
