//! Advisories: records, what they say of versions, severity, exploited vulnerabilities, and the index.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod exploited;
mod hostile;
mod index;
mod ranges;
mod records;
mod severity;

use changegate::advisories::Record;
use std::path::{Path, PathBuf};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/advisories/data").join(name)
}

/// The real records, by the names of their files.
fn files() -> Vec<(String, Vec<u8>)> {
    let paths = std::fs::read_dir(data("osv")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() > 10);
    files
}

fn real(id: &str) -> Record {
    Record::parse(&std::fs::read(data(&format!("osv/{id}.json"))).unwrap()).unwrap()
}

/// A record with one affected package, of which the rest is given as JSON.
fn record(ecosystem: &str, package: &str, rest: &str) -> Record {
    let text = format!(
        r#"{{ "id": "TEST-1", "modified": "2026-01-01T00:00:00Z",
            "affected": [{{ "package": {{ "ecosystem": "{ecosystem}", "name": "{package}" }}, {rest} }}] }}"#
    );
    Record::parse(text.as_bytes()).unwrap_or_else(|problem| panic!("{problem}: {text}"))
}
