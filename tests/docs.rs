//! What README.md, CONTRIBUTING.md and the documents in `docs/` show is what is: commands are run and their output compared,
//! and excerpts are compared with their files. Run with `UPDATE=1` to write what is into the documents; then read the difference.
//!
//! A block of `console` begins with `$ ` and a command. A block after a comment `from: FILE` is that file, after
//! `from: FILE, lines A-B` a part of it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
fn documents_show_what_is() {
    let mut wrong = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        let current = brought_up_to_date(&text);
        if current != text {
            if env::var_os("UPDATE").is_some() {
                fs::write(&document, &current).unwrap();
                continue;
            }
            let first = text.lines().zip(current.lines()).position(|(a, b)| a != b).unwrap_or(0);
            wrong.push(format!(
                "{document}:{}: expected `{}`",
                first + 1,
                current.lines().nth(first).unwrap_or_default()
            ));
        }
    }
    assert!(wrong.is_empty(), "see what changes with `UPDATE=1 cargo test --test readme`\n{}", wrong.join("\n"));
}

/// In a block of `sh`, commands of the gate are run here, and those of the build by `.ci/run`.
#[test]
fn other_commands_are_run_by_the_build() {
    let build = fs::read_to_string(".ci/run").unwrap();
    let known =
        ["git clone", "cd ", "UPDATE=1 cargo test", "TRYCMD=overwrite cargo test", "cargo test --test", "./.ci/run"];
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for (_, block) in blocks(&text).into_iter().filter(|(fence, _)| *fence == "```sh") {
            for line in block.lines() {
                if line.starts_with("cargo run ") {
                    printed(line);
                    continue;
                }
                let run =
                    build.lines().any(|step| step.contains(line)) || known.iter().any(|known| line.starts_with(known));
                assert!(run, "{document}: nothing runs `{line}`");
            }
        }
    }
}

#[test]
fn links_lead_to_files() {
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        let folder = Path::new(&document).parent().unwrap();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let path = folder.join(target.split('#').next().unwrap());
            assert!(path.exists(), "{document}: there is no {target}");
        }
    }
}

fn documents() -> Vec<String> {
    let top = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"].map(str::to_owned);
    let more = fs::read_dir("docs").unwrap().map(|entry| entry.unwrap().path().to_str().unwrap().to_owned());
    let mut all: Vec<_> = top.into_iter().chain(more.filter(|path| path.ends_with(".md"))).collect();
    all.sort();
    all
}

/// The fenced blocks of a document, with the line that opens each.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut blocks: Vec<(&str, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match (open, line.starts_with("```")) {
            (false, true) => {
                blocks.push((line, String::new()));
                open = true;
            }
            (true, true) => open = false,
            (true, false) => {
                let block = &mut blocks.last_mut().unwrap().1;
                block.push_str(line);
                block.push('\n');
            }
            (false, false) => {}
        }
    }
    assert!(!open, "a block is not closed");
    blocks
}

/// A document with every console block and every excerpt as they are now.
fn brought_up_to_date(text: &str) -> String {
    let mut current = String::new();
    let mut lines = text.lines();
    let mut source = None;
    while let Some(line) = lines.next() {
        current.push_str(line);
        current.push('\n');
        if let Some(from) = line.strip_prefix("<!-- from: ").and_then(|rest| rest.strip_suffix(" -->")) {
            source = Some(excerpt(from));
        } else if line.starts_with("```") {
            let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            let now = match source.take() {
                Some(excerpt) => excerpt,
                None if line == "```console" => console(&block),
                None => block.iter().map(|line| format!("{line}\n")).collect(),
            };
            current.push_str(&now);
            current.push_str("```\n");
        }
    }
    current
}

fn excerpt(from: &str) -> String {
    let (path, lines) = from.split_once(", lines ").unwrap_or((from, "1-1000000"));
    let (first, last) = lines.split_once('-').unwrap();
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().skip(first - 1).take(last + 1 - first).map(|line| format!("{line}\n")).collect()
}

/// A console block with what its commands print now.
fn console(block: &[&str]) -> String {
    let commands = block.iter().filter(|line| line.starts_with("$ "));
    let mut shown: Vec<_> = commands.map(|line| format!("{line}\n{}", printed(&line[2..]))).collect();
    assert!(!shown.is_empty(), "a console block without a command: {block:?}");
    // One empty line between two commands.
    shown.iter_mut().rev().skip(1).for_each(|shown| shown.push('\n'));
    shown.concat()
}

/// What a command prints, and a check that its exit status is that of the verdict that it prints.
fn printed(command: &str) -> String {
    let command = command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("changegate "));
    let arguments = command.unwrap_or_else(|| panic!("a console block runs changegate")).split(' ');
    let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(arguments)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    let verdict = text.lines().find_map(|line| match line.split_whitespace().next() {
        Some("PASS") => Some(0),
        Some("BLOCKED") => Some(1),
        Some("UNDECIDED") => Some(2),
        _ => None,
    });
    assert_eq!(output.status.code(), Some(verdict.unwrap_or(0)), "{text}");
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
