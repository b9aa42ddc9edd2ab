//! JSONTestSuite, whole: every file is judged, and every verdict is pinned in one text.

#![allow(clippy::unwrap_used, reason = "a test")]

use changegate::document::{Document, Limits};
use snapbox::{assert_data_eq, file};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// JSON as the suite sees it, and refused on purpose: of two equal keys nobody knows which counts.
const REFUSED_ON_PURPOSE: [&str; 2] = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

/// The files and what becomes of each: `accepted`, or the code and place of every problem.
fn verdicts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/json-test-suite");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let mut verdicts: Vec<_> = files
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let verdict = judge(&name, fs::read(&path).unwrap());
            (name, verdict)
        })
        .collect();
    verdicts.sort();
    verdicts
}

fn judge(name: &str, bytes: Vec<u8>) -> String {
    match Document::parse(name, bytes, &Limits::default()) {
        Ok(_) => "accepted".to_owned(),
        Err(problems) => {
            let told = problems.iter().map(|problem| format!("{}@{}", problem.rule, problem.primary.place.start()));
            told.collect::<Vec<_>>().join(" ")
        }
    }
}

#[test]
fn every_file_has_its_verdict() {
    let mut text = String::new();
    for (name, verdict) in verdicts() {
        writeln!(text, "{name}: {verdict}").unwrap();
    }
    assert_data_eq!(text, file!["data/json-test-suite.verdicts"].raw());
}

#[test]
fn what_is_json_is_accepted_and_what_is_not_is_refused() {
    let verdicts = verdicts();
    assert_eq!(verdicts.len(), 318);
    for (name, verdict) in verdicts {
        let accepted = verdict == "accepted";
        match name.as_bytes()[0] {
            b'y' => assert_eq!(accepted, !REFUSED_ON_PURPOSE.contains(&name.as_str()), "{name}: {verdict}"),
            b'n' => assert!(!accepted, "{name}"),
            class => assert_eq!(class, b'i', "{name}"),
        }
    }
}
