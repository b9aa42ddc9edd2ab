//! Names and texts of others.

use crate::desk::{CONFIG, Desk, NOW};
use std::fs;

const HOSTILE: &str = "<img src=x>|@all #1 `a` ::error::x \u{202e}[a](http://x) ##[error]";

#[test]
fn hostile_texts_are_inert_in_every_format() {
    let desk = Desk::new();
    let title = format!("\u{1b}[31m{HOSTILE}");
    desk.write("changes/<img src=x>|@all #1 ##[error].json", crate::desk::proposal("hostile", &title).to_string());
    desk.write(
        "changegate.toml",
        format!("{CONFIG}[rules.\"house/long\"]\noff = {{ reason = '{HOSTILE} because of it' }}\n"),
    );
    let base = ["--base", "main", "--now", NOW];
    for arguments in [&base[..], &[&base[..], &["-v"]].concat(), &[&base[..], &["--format", "json"]].concat()] {
        let (_, text) = desk.said(arguments);
        assert!(text.contains("img src=x"), "{text}");
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains("##[error]"), "{text}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::error")), "{text}");
    }
    let (_, text) = desk.said(&[&base[..], &["--format", "markdown"]].concat());
    for active in ["<img", " @all", "](http", "\u{202e}", "\u{1b}", "##[error]", " #1"] {
        assert!(!text.contains(active), "{active}: {text}");
    }
    // None of it adds a column to a table.
    let row = text.lines().find(|line| line.contains("house/long") && line.contains("lets")).unwrap();
    assert_eq!(row.matches('|').count(), 4, "{row}");
}

#[test]
fn a_report_takes_the_place_of_a_report_alone() {
    let desk = Desk::new();
    let base = ["--base", "main", "--now", NOW, "-q", "--report", "json=out.json", "--report", "markdown=out.md"];
    for _ in 0..2 {
        assert_eq!(desk.run(&base).status.code(), Some(0));
    }
    let (json, markdown) = (fs::read(desk.at("out.json")).unwrap(), fs::read_to_string(desk.at("out.md")).unwrap());
    assert!(json.starts_with(b"{\n  \"schema\": \"changegate.impact/v1\"") && markdown.contains("## "));
    fs::write(desk.at("out.md"), "mine").unwrap();
    let (status, text) = desk.said(&base);
    assert_eq!(status, Some(2));
    assert!(text.contains("report/unwritable"), "{text}");
    assert_eq!(fs::read_to_string(desk.at("out.md")).unwrap(), "mine");
    assert_eq!(desk.run(&["--report", "html=x.html"]).status.code(), Some(2));
    assert_eq!(desk.run(&["--report", "json=changes/out.json", "--base", "main"]).status.code(), Some(2));
}

#[test]
fn what_a_pull_request_names_outside_of_the_repository_is_not_read() {
    let desk = Desk::new();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("secret.rhai"), "s3cret").unwrap();
    fs::write(elsewhere.path().join("wiki.json"), "{ \"s3cret\": 1 }").unwrap();
    let path = elsewhere.path().display();
    for config in [
        format!("[policies]\npaths = [\"policies\", \"{path}\"]\nbuiltin = false\n"),
        format!("{CONFIG}[systems]\npath = \"{path}\"\n"),
        format!("{CONFIG}[systems]\npath = \"../{}\"\n", elsewhere.path().file_name().unwrap().display()),
    ] {
        desk.write("changegate.toml", &config);
        desk.commit("Sly", NOW);
        let (status, text) = desk.said(&["--base", "main", "--head", "work", "--now", NOW, "--format", "markdown"]);
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains("input/path-escape") && !text.contains("s3cret"), "{config}: {text}");
    }
}
