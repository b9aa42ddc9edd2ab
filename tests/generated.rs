//! Files that are made from the model and committed, so that editors and readers find them: they must be what the code makes.
//!
//! `UPDATE=1 cargo test --test generated` writes them anew.

#![allow(clippy::unwrap_used, reason = "a test")]

use changegate::proposal::{json_schema, reference};
use changegate::{cases, config};
use serde_json::Value;
use std::path::Path;

/// The same bytes as `changegate schema` prints.
fn pretty(schema: &Value) -> String {
    serde_json::to_string_pretty(schema).unwrap() + "\n"
}

fn is_current(file: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = committed.lines().zip(made.lines()).position(|(committed, made)| committed != made);
    let line = differs.unwrap_or(committed.lines().count().min(made.lines().count())) + 1;
    assert!(
        committed == made,
        "{file} is out of date from line {line} on; `UPDATE=1 cargo test --test generated` writes it anew"
    );
}

#[test]
fn the_schema_of_proposals() {
    is_current("schemas/proposal-v1.json", &pretty(&json_schema::proposal()));
}

#[test]
fn the_schema_of_profiles() {
    is_current("schemas/profile-v1.json", &pretty(&json_schema::profile()));
}

#[test]
fn the_schema_of_the_configuration() {
    is_current("schemas/config-v1.json", &pretty(&config::json_schema()));
}

#[test]
fn the_schema_of_cases() {
    is_current("schemas/cases-v1.json", &pretty(&cases::schema()));
}

#[test]
fn the_reference_of_proposals_and_profiles() {
    let pages = reference::documents();
    for (path, text) in &pages {
        is_current(&format!("docs/{path}"), text);
    }
    for file in Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/proposal").read_dir().unwrap() {
        let path = format!("proposal/{}", file.unwrap().file_name().to_str().unwrap());
        assert!(pages.iter().any(|(known, _)| *known == path), "docs/{path} is about no part of a proposal");
    }
}

/// An editor that opens an example must find its schema.
#[test]
fn examples_lead_to_their_schema() {
    for (folder, schema) in
        [("examples", "../schemas/proposal-v1.json"), ("examples/systems", "../../schemas/profile-v1.json")]
    {
        for file in Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).read_dir().unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|extension| extension == "json") {
                let example: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
                assert_eq!(example["$schema"], schema, "{}", file.display());
            }
        }
    }
}
