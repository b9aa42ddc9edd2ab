//! The index.

use crate::{data, files};
use changegate::advisories::Record;
use changegate::advisories::index::{Broken, Index, Store, build};
use changegate::versions::Ecosystem;
use jiff::Timestamp;
use std::borrow::Cow;
use std::cell::RefCell;

const OPENSSL: &str = "RUSTSEC-2016-0001";

fn ids(records: Result<Vec<Record>, Broken>) -> Vec<String> {
    records.unwrap().into_iter().map(|record| record.id).collect()
}

#[test]
fn records_are_found_by_id_alias_and_package() {
    let built = build(files());
    assert_eq!((built.records, built.refused.len()), (files().len(), 0));
    let index = Index::open(built.bytes).unwrap();
    assert_eq!(index.len(), files().len());
    for (_, bytes) in files() {
        let record = Record::parse(&bytes).unwrap();
        assert_eq!(Record::parse(&index.get(&record.id).unwrap().unwrap()).unwrap(), record);
        for name in record.aliases.iter().chain([&record.id]) {
            assert!(ids(index.named(&name.to_ascii_lowercase())).contains(&record.id), "{name}");
        }
        let package = record.affected[0].package.clone().unwrap();
        assert!(ids(index.package(Ecosystem::parse(&package.ecosystem), &package.name)).contains(&record.id));
    }
    assert!(ids(index.package(Ecosystem::parse("crates.io"), "OpenSSL")).contains(&OPENSSL.to_owned()));
    for absent in ["", "RUSTSEC-2016-000", "RUSTSEC-2016-00011", "CVE-2016-1"] {
        assert!(index.get(absent).unwrap().is_none() && index.named(absent).unwrap().is_empty());
    }
    assert!(index.package(Ecosystem::parse("npm"), "openssl").unwrap().is_empty());
    let newest = files().iter().map(|(_, bytes)| Record::parse(bytes).unwrap().modified).max().unwrap();
    assert_eq!(index.as_of(newest), newest);
    assert!(index.sources().starts_with("sha256:") && index.sources().len() == 71);
}

#[test]
fn an_index_of_nothing() {
    let index = Index::open(build::<&str, &[u8]>([]).bytes).unwrap();
    assert!(index.is_empty() && index.get("A").unwrap().is_none());
}

#[test]
fn the_order_of_files_makes_no_difference_and_their_content_does() {
    let built = build(files());
    let mut reversed = files();
    reversed.reverse();
    assert_eq!(build(reversed), built);
    let sources = |files: Vec<(String, Vec<u8>)>| Index::open(build(files).bytes).unwrap().sources();
    let mut other = files();
    other[0].1.push(b' ');
    assert_ne!(sources(other), sources(files()));
}

fn text(id: &str, modified: &str, alias: &str) -> String {
    format!(r#"{{ "id": "{id}", "modified": "{modified}", "aliases": ["{alias}"] }}"#)
}

#[test]
fn one_id_is_one_record() {
    let (old, new) = (text("A", "2026-01-01T00:00:00Z", "OLD"), text("A", "2026-01-02T00:00:00Z", "NEW"));
    for records in [[("1", &old), ("2", &new), ("3", &new)], [("1", &new), ("3", &new), ("2", &old)]] {
        let built = build(records);
        assert_eq!((built.records, built.refused.len()), (1, 0));
        let index = Index::open(built.bytes).unwrap();
        assert!(index.get("NEW").unwrap().is_some() && index.get("OLD").unwrap().is_none());
    }
    let rival = text("A", "2026-01-02T00:00:00Z", "RIVAL");
    let built = build([("1", &new), ("2", &rival)]);
    assert_eq!(built.refused[0].1.to_string(), "another record of `A` that was changed at the same time differs");
    assert_eq!(built.bytes, build([("2", &rival), ("1", &new)]).bytes);
}

#[test]
fn an_alias_may_lead_to_several_and_an_id_to_its_own_first() {
    let records = [
        text("B", "2026-01-01T00:00:00Z", "CVE-1"),
        text("A", "2026-01-01T00:00:00Z", "CVE-1"),
        text("CVE-1", "2026-01-01T00:00:00Z", "A"),
    ];
    let index = Index::open(build(records.iter().map(|text| ("x", text))).bytes).unwrap();
    assert_eq!(ids(index.named("cve-1")), ["CVE-1", "A", "B"]);
    assert_eq!(ids(index.named("A")), ["A", "CVE-1"]);
}

#[test]
fn what_is_no_record_is_told() {
    let good = text("A", "2026-01-01T00:00:00Z", "B");
    let built = build([("b.json", "{"), ("a.json", &good), ("README.md", "# no")]);
    assert_eq!(built.records, 1);
    let refused: Vec<_> = built.refused.iter().map(|(name, problem)| format!("{name}: {problem}")).collect();
    assert_eq!(
        refused,
        [
            "README.md: line 1, column 1: expected value",
            "b.json: line 1, column 1: the text ends while parsing an object"
        ]
    );
}

/// Of a distribution, a record tells of its own package what somebody else's advisory is there; what is only related tells nothing.
#[test]
fn records_downstream_are_found_by_the_package() {
    let of = |id: &str, more: &str| {
        let package = r#""affected": [{ "package": { "ecosystem": "Debian:12", "name": "openssl" } }]"#;
        format!(r#"{{ "id": "{id}", "modified": "2026-01-01T00:00:00Z", {package}, {more} }}"#)
    };
    let records = [
        of("DEBIAN-CVE-2026-1", r#""upstream": ["cve-2026-1"]"#),
        of("DSA-1", r#""upstream": ["CVE-2026-1", "CVE-2026-2"]"#),
        of("DSA-2", r#""related": ["CVE-2026-1"]"#),
        of("CVE-2026-1", r#""aliases": []"#),
    ];
    let index = Index::open(build(records.iter().map(|text| ("x", text))).bytes).unwrap();
    let debian = Ecosystem::parse("Debian");
    assert_eq!(ids(index.downstream("CVE-2026-1", &[(debian, "openssl")])), ["DEBIAN-CVE-2026-1", "DSA-1"]);
    assert_eq!(ids(index.downstream("CVE-2026-2", &[(debian, "openssl"), (debian, "curl")])), ["DSA-1"]);
    assert_eq!(ids(index.downstream("CVE-2026-1", &[(Ecosystem::parse("npm"), "openssl")])), ["DEBIAN-CVE-2026-1"]);
    assert!(ids(index.downstream("DSA-1", &[(debian, "openssl")])).is_empty());
    assert_eq!(ids(index.named("CVE-2026-1")), ["CVE-2026-1"]);
}

/// A record of one's own makes those of a database no younger, and a time that is to come is a slip.
#[test]
fn their_age_is_that_of_the_database_that_most_are_of() {
    let as_of = |records: &[(&str, &str)]| {
        let records = records.iter().map(|(id, modified)| ("x", text(id, modified, "A")));
        let index = Index::open(build(records).bytes).unwrap();
        index.as_of("2026-11-21T00:00:00Z".parse().unwrap()).to_string()
    };
    let (old, new, never) = ("2020-10-01T00:00:00Z", "2026-11-20T00:00:00Z", "2099-11-20T00:00:00Z");
    assert_eq!(as_of(&[("GHSA-1", old), ("GHSA-2", old), ("OWN-1", new)]), old);
    assert_eq!(as_of(&[("OWN-1", new), ("GHSA-1", old), ("ghsa-2", "2020-09-01T00:00:00Z")]), old);
    assert_eq!(as_of(&[("GHSA-1", old), ("OWN-1", new)]), old);
    assert_eq!(as_of(&[("GHSA-1", old), ("GHSA-2", new)]), new);
    assert_eq!(as_of(&[("GHSA-1", old), ("GHSA-2", never)]), old);
    assert_eq!(as_of(&[("GHSA-1", old), ("GHSA-2", "2026-11-21T00:00:00Z")]), "2026-11-21T00:00:00Z");
    // As of a time before all of them nothing is old.
    assert_eq!(as_of(&[("GHSA-1", never)]), never);
}

/// A file of which pieces are read: how many, and how many bytes.
struct Counted(Vec<u8>, RefCell<(usize, usize)>);

impl Store for Counted {
    fn size(&self) -> std::io::Result<u64> {
        self.0.size()
    }

    fn read(&self, from: u64, length: usize) -> std::io::Result<Cow<'_, [u8]>> {
        let mut count = self.1.borrow_mut();
        *count = (count.0 + 1, count.1 + length);
        Ok(Cow::Owned(self.0.read(from, length)?.into_owned()))
    }
}

#[test]
fn an_answer_reads_little() {
    let store = Counted(build(files()).bytes, RefCell::default());
    let index = Index::open(&store).unwrap();
    assert_eq!(*store.1.borrow(), (1, 32_992));
    index.get(OPENSSL).unwrap().unwrap();
    let (reads, bytes) = *store.1.borrow();
    assert!(reads == 4 && bytes < 34_000, "{reads} {bytes}");
    assert!(data("osv").exists());
}

#[test]
fn a_changed_byte_is_an_error_and_never_another_answer() {
    let whole = build(files()).bytes;
    let answers = |bytes: &[u8]| -> Result<_, Broken> {
        let index = Index::open(bytes)?;
        let json = index.get(OPENSSL)?.map(Cow::into_owned);
        let absent = index.get("ABSENT-1")?.map(Cow::into_owned);
        Ok((
            json,
            absent,
            index.package(Ecosystem::parse("crates.io"), "deno")?,
            index.as_of(Timestamp::MAX),
            index.sources(),
            index.len(),
        ))
    };
    let expected = answers(&whole).unwrap();
    let mut told = 0;
    // Every byte of the header, and some of all the rest.
    for place in (0..120).chain((120..whole.len()).step_by(61)) {
        for bit in [0, 7] {
            let mut bytes = whole.clone();
            bytes[place] ^= 1 << bit;
            match answers(&bytes) {
                Ok(answer) => assert!(answer == expected, "byte {place}"),
                Err(_) => told += 1,
            }
        }
    }
    assert!(told > 220, "{told}");
    for end in (0..whole.len()).step_by(997).chain([whole.len() - 1]) {
        assert!(answers(&whole[..end]).is_err(), "cut at {end}");
    }
    assert!(answers(&[whole.clone(), vec![0]].concat()).is_err());
}

/// Somebody who seals what they forge: offsets and counts that lead astray end in errors.
#[test]
fn forged_numbers_are_errors() {
    use sha2::{Digest, Sha256};
    const HEADER: usize = 192;
    let whole = build(files()).bytes;
    let sealed = |mut bytes: Vec<u8>| {
        let seal = Sha256::digest([&bytes[..HEADER], &bytes[HEADER + 32..32_992]].concat());
        bytes[HEADER..HEADER + 32].copy_from_slice(&seal);
        bytes
    };
    assert!(sealed(whole.clone()) == whole, "the layout that is told here");
    for place in (8..HEADER).chain((HEADER + 32..32_992).step_by(208)) {
        for byte in [0x00, 0xff] {
            let mut bytes = whole.clone();
            bytes[place] = byte;
            if let Ok(index) = Index::open(sealed(bytes)) {
                let _ = (
                    index.get(OPENSSL),
                    index.named("CVE-2016-10931"),
                    index.package(Ecosystem::parse("crates.io"), "openssl"),
                );
            }
        }
    }
    let version = [&whole[..4], &3u32.to_le_bytes(), &whole[8..]].concat();
    assert_eq!(Index::open(version).unwrap_err().to_string(), "it has layout 3 and not 2: build it anew");
    assert_eq!(Index::open(vec![b'x'; 40_000]).unwrap_err().to_string(), "it is no index of advisories");
    assert_eq!(Index::open(Vec::new()).unwrap_err().to_string(), "it is too short for an index of advisories");
}
