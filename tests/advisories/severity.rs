//! How bad a vulnerability is.

use crate::{data, real};
use changegate::advisories::{Level, Record};
use changegate::versions::Ecosystem;

fn rated(severity: &str, word: &str) -> Record {
    let text = format!(
        r#"{{ "id": "T", "modified": "2026-01-01T00:00:00Z", "severity": [{severity}], "database_specific": {{ "severity": "{word}" }} }}"#
    );
    Record::parse(text.as_bytes()).unwrap()
}

fn vector(text: &str) -> String {
    format!(r#"{{ "type": "CVSS_V3", "score": "{text}" }}"#)
}

#[test]
fn vectors_score_as_elsewhere() {
    let table = std::fs::read_to_string(data("scores.tsv")).unwrap();
    assert!(table.lines().count() > 1000);
    for line in table.lines() {
        let (text, score) = line.split_once('\t').unwrap();
        let score: f64 = score.parse().unwrap();
        let second = !text.starts_with("CVSS:");
        let level = match score {
            score if score < 0.05 && !second => Level::None,
            score if score < 3.95 => Level::Low,
            score if score < 6.95 => Level::Medium,
            score if score < 8.95 || second => Level::High,
            _ => Level::Critical,
        };
        let record = rated(&vector(text), "");
        let rating = record.rating();
        assert_eq!(rating.score.map(|score| format!("{score:.1}")), Some(format!("{score:.1}")), "{text}");
        assert_eq!((rating.level, rating.by), (Some(level), Some(text)));
    }
}

#[test]
fn the_highest_counts() {
    let (low, high) = (
        "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H",
    );
    for both in [[low, high], [high, low]] {
        let record = rated(&both.map(vector).join(","), "LOW");
        let rating = record.rating();
        assert_eq!((rating.level, rating.score, rating.by), (Some(Level::Critical), Some(10.0), Some(high)));
    }
    assert_eq!(real("RUSTSEC-2016-0001").rating().level, Some(Level::High));
    assert_eq!(real("RUSTSEC-2020-0053").rating(), Default::default());
}

#[test]
fn words_count_where_there_is_no_vector() {
    let word = |severity: &str, word: &str| rated(severity, word).rating().level;
    assert_eq!(word("", "MODERATE"), Some(Level::Medium));
    assert_eq!(word("", "dire"), None);
    let ubuntu = r#"{ "type": "Ubuntu", "score": "negligible" }"#;
    assert_eq!((word(ubuntu, ""), word(ubuntu, "HIGH")), (Some(Level::Low), Some(Level::High)));
    // A word has no place in a vector's stead, and what can't be read is told.
    let record = rated(&[vector("critical"), vector("CVSS:5.0/AV:N"), vector("7.5")].join(","), "LOW");
    let rating = record.rating();
    assert_eq!((rating.level, rating.score), (Some(Level::Low), None));
    assert_eq!(rating.unread, ["critical", "CVSS:5.0/AV:N", "7.5"]);
}

#[test]
fn packages_may_differ() {
    let text = br#"{ "id": "T", "modified": "2026-01-01T00:00:00Z", "affected": [
        { "package": { "ecosystem": "npm", "name": "a" }, "severity": [{ "type": "CVSS_V2", "score": "AV:N/AC:L/Au:N/C:C/I:C/A:C" }] },
        { "package": { "ecosystem": "npm", "name": "b" }, "severity": [{ "type": "CVSS_V2", "score": "AV:L/AC:H/Au:M/C:P/I:N/A:N" }] } ] }"#;
    let record = Record::parse(text).unwrap();
    let of = |package| record.rating_for(Ecosystem::parse("npm"), package).level;
    assert_eq!((of("a"), of("b"), of("c")), (Some(Level::High), Some(Level::Low), None));
    assert_eq!((record.rating().level, record.rating().score), (Some(Level::High), Some(10.0)));
}
