//! How many fields each scale demands: docs/scales.md. Run with `UPDATE=1` to write the table.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use changegate::config::Config;
use changegate::document::Limits;
use changegate::facts::Phase;
use changegate::files::Files;
use changegate::finding::Level;
use changegate::gate::Gate;
use changegate::policy::{RuleSet, builtin};
use changegate::profiles::Profiles;
use serde_json::Value;
use std::path::Path;
use std::{env, fs};

const NOW: &str = "2026-11-21T12:00:00Z";

/// An example of each scale that passes.
const EXAMPLES: &[(&str, &str)] = &[
    ("routine", "routine-patch"),
    ("standard", "migrations/software"),
    ("critical", "payments-db"),
    ("emergency", "fast-track"),
];

#[test]
fn the_table_counts_what_each_scale_demands() {
    let gate = gate();
    let mut table = "| scale | example | lines | fields | that can't be left out |\n|---|---|---|---|---|\n".to_owned();
    let rows: Vec<_> = std::thread::scope(|scope| {
        let start = |&example| {
            let gate = &gate;
            let count = move || row(gate, example);
            std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, count).unwrap()
        };
        let running: Vec<_> = EXAMPLES.iter().map(start).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    table.push_str(&rows.concat());
    let page = fs::read_to_string("docs/scales.md").unwrap();
    let (before, rest) = page.split_once("<!-- counted -->\n").expect("a place for the table");
    let after = rest.split_once("<!-- end -->").expect("its end").1;
    let now = format!("{before}<!-- counted -->\n{table}<!-- end -->{after}");
    if env::var_os("UPDATE").is_some() {
        fs::write("docs/scales.md", &now).unwrap();
    }
    assert!(
        page == now || env::var_os("UPDATE").is_some(),
        "see what changes with `UPDATE=1 cargo test --test scales`\n{table}"
    );
}

fn row(gate: &Gate, (scale, example): (&str, &str)) -> String {
    let text = fs::read_to_string(format!("examples/{example}.json")).unwrap();
    let mut proposal: Value = serde_json::from_str(&text).unwrap();
    let passes = |proposal: &Value| {
        let judgement = gate.judge("p.json", proposal.to_string().into_bytes());
        assert!(judgement.faults.is_empty(), "{:#?}", judgement.faults);
        let scaled = judgement.scale.map(|scaled| scaled.scale.as_str());
        // What changes the scale is no field less of this one.
        scaled == Some(scale) && judgement.findings.iter().all(|finding| finding.level != Level::Deny)
    };
    assert!(passes(&proposal), "examples/{example}.json is to pass, at the scale {scale}");
    let all = leaves(&proposal, String::new());
    let written = all.len();
    // From the end, so that the places of what comes before stay. Whatever can go at the time goes.
    for pointer in all.iter().rev() {
        let mut without = proposal.clone();
        remove(&mut without, pointer);
        if passes(&without) {
            proposal = without;
        }
    }
    let needed = leaves(&proposal, String::new()).len();
    format!("| {scale} | [{example}](../examples/{example}.json) | {} | {written} | {needed} |\n", text.lines().count())
}

fn gate() -> Gate {
    let rules = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let profiles = Profiles::of(
        &std::sync::Arc::new(Files::folder(Path::new("."))),
        Path::new("examples/systems"),
        true,
        Limits::default(),
    )
    .unwrap();
    let now = NOW.parse().unwrap();
    Gate::new(rules, profiles, &Config::none(), Phase::Plan, Some(now), now).unwrap_or_else(|fault| panic!("{fault:?}"))
}

/// The pointers of all values that hold no other, in the order of the document.
fn leaves(value: &Value, pointer: String) -> Vec<String> {
    let inner: Vec<_> = match value {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    if inner.is_empty() {
        return vec![pointer];
    }
    inner.into_iter().flat_map(|(name, value)| leaves(value, format!("{pointer}/{name}"))).collect()
}

/// Removes a value, and what is empty for that.
fn remove(document: &mut Value, pointer: &str) {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    let holder = document.pointer_mut(parent).expect("a parent");
    match holder {
        Value::Object(fields) => drop(fields.remove(&name.replace("~1", "/").replace("~0", "~"))),
        Value::Array(items) => drop(items.remove(name.parse().unwrap())),
        _ => {}
    }
    if holder.as_object().is_some_and(serde_json::Map::is_empty) || holder.as_array().is_some_and(Vec::is_empty) {
        remove(document, parent);
    }
}
