//! `changegate lint`. Each lint has a folder of data: `has.rhai`, in which it is found, and `nearly.rhai`, in which nothing is. What is told stands
//! beside them; `INSTA_UPDATE=always cargo test --test lint` writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[path = "../schema/closed.rs"]
mod closed;
mod command;
mod fix;
mod kinds;

use changegate::codes;
use changegate::files::Files;
use changegate::lint::{Fixed, LINTS, Linted, lint};
use changegate::policy::{self, Pack};
use changegate::report::{Human, LintReport, Options};
use changegate::source::Source;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Of its rules none is held to have cases, but where that is what is looked for.
const DATA: &str = "tests/lint/data";

fn here() -> Files {
    Files::folder(Path::new(""))
}

fn read(path: &str) -> (Arc<str>, Arc<Source>) {
    (Arc::from("house/rule"), Arc::new(Source::new(path, fs::read_to_string(path).unwrap())))
}

/// The codes that are found, but that there are no cases.
fn found(linted: &Linted) -> Vec<String> {
    let codes = linted.findings().map(|(finding, _)| finding.rule.to_string());
    codes.filter(|code| code != "lint/no-cases").collect()
}

/// What is told of a rule for people, but that it has no cases.
fn told(rule: &(Arc<str>, Arc<Source>)) -> String {
    let mut out = Vec::new();
    Human::new(&mut out, Options { width: 110, ..Options::default() }).rule(&Fixed::unmended(&here(), rule)).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn lints_are_documented_and_told_in_the_order_of_the_alphabet() {
    let lints = LINTS.iter().map(|lint| lint.code).chain(["lint/allow"]);
    let known: Vec<_> = codes::all().map(|code| code.id).filter(|code| code.starts_with("lint/")).collect();
    let mut sorted: Vec<_> = lints.collect();
    sorted.sort_unstable();
    assert_eq!(sorted, known);
    assert!(LINTS.is_sorted_by_key(|lint| lint.code));
}

#[test]
fn each_lint_finds_what_it_is_there_for_and_nothing_else() {
    let mut wrong = Vec::new();
    for code in LINTS.iter().map(|lint| lint.code).chain(["lint/allow"]) {
        let name = code.trim_start_matches("lint/");
        let folder = format!("{DATA}/{name}");
        let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "rhai"));
        files.sort();
        assert!(files.len() >= 2, "{folder}");
        for file in files {
            let rule = read(file.to_str().unwrap());
            let linted = lint(&here(), &rule);
            assert!(linted.faults.is_empty(), "{}: {:#?}", file.display(), linted.faults);
            let stem = file.file_stem().unwrap().to_str().unwrap();
            if stem == "nearly" {
                let clean = if name == "no-cases" { linted.is_clean() } else { found(&linted).is_empty() };
                if !clean {
                    wrong.push(told(&rule));
                }
            } else {
                assert!(linted.findings().any(|(finding, _)| *finding.rule == *code), "{}", file.display());
                let mut settings = insta::Settings::clone_current();
                settings.set_snapshot_path(format!("data/{name}"));
                settings.set_prepend_module_to_snapshot(false);
                settings.set_omit_expression(true);
                settings.bind(|| insta::assert_snapshot!(stem, told(&rule)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The largest customer. A lint that finds something here is either right, and the rule is mended, or it is too eager.
#[test]
fn the_built_in_pack_and_the_examples_are_clean() {
    for folder in ["policies", "examples/policies"] {
        let Pack { rules, .. } = policy::pack(&here(), Path::new(folder)).unwrap();
        let wrong: Vec<_> = rules.iter().filter(|rule| !lint(&here(), rule).is_clean()).map(told).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn what_is_found_has_a_place_with_a_length() {
    for entry in fs::read_dir(DATA).unwrap() {
        let file = entry.unwrap().path().join("has.rhai");
        for (finding, _) in lint(&here(), &read(file.to_str().unwrap())).findings() {
            let text = finding.primary.place.text();
            assert!(!text.is_empty() && !text.contains('\n'), "{}: {}", file.display(), finding.message);
        }
    }
}

/// No text of a rule breaks a lint, wherever it is cut off.
#[test]
fn rules_that_are_cut_off_are_refused_and_no_lint_fails() {
    for entry in fs::read_dir(DATA).unwrap() {
        let (id, source) = read(entry.unwrap().path().join("has.rhai").to_str().unwrap());
        let text = source.text();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)).step_by(7) {
            let cut = Arc::new(Source::new("cut.rhai", text[..end].to_owned()));
            assert!(!lint(&here(), &(Arc::clone(&id), cut)).is_clean(), "{end} bytes of {}", source.name());
        }
    }
}

/// What is written to cost much or to break something costs no lint more than any other rule.
#[test]
fn hostile_rules_are_looked_through() {
    let Pack { rules, .. } = policy::pack(&here(), Path::new("tests/hostile-rules")).unwrap();
    assert!(rules.len() > 50);
    for rule in &rules {
        assert!(!lint(&here(), rule).is_clean(), "{}: it has no cases, at least", rule.0);
    }
}
