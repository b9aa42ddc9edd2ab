//! What the documents show is what is: README.md, CONTRIBUTING.md, ARCHITECTURE.md, the pages of `docs/` and the notes in `examples/`. Run with
//! `UPDATE=1` to write what is into them; then read the difference.
//!
//! Each page has a fresh folder, with the examples and the configuration that a clone has, in which its blocks are run from the top:
//!
//! - `console`: commands after `$ ` (`> ` goes on with one), and what they print; `...` on a line stands for any lines;
//! - `sh`: a script, which has to succeed;
//! - `diff`: lines of a file there, and what takes their place.
//!
//! A block after `<!-- from: FILE -->` is that file, after `<!-- from: FILE, lines A-B -->` a part of it. `<!-- not run: WHY -->` stands before what
//! can't be run here. Configurations, JSON and YAML are read. A page with `<!-- today: DATE -->` was written on that day: dates are shifted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test")]

#[path = "docs/block.rs"]
mod block;
#[path = "docs/data.rs"]
mod data;
#[path = "docs/page.rs"]
mod page;
#[path = "docs/session.rs"]
mod session;

use block::blocks;
use changegate::cli::Cli;
use clap::Parser;
use std::panic::catch_unwind;
use std::path::Path;
use std::{env, fs, thread};

/// How many blocks of commands can't be run here. One more needs a reason that holds.
const NOT_RUN: usize = 16;

#[test]
fn documents_show_what_is() {
    let documents = documents();
    let (even, odd): (Vec<_>, Vec<_>) = documents.iter().enumerate().partition(|(index, _)| index % 2 == 0);
    let wrong: Vec<String> = thread::scope(|scope| {
        let halves = [even, odd]
            .map(|half| scope.spawn(|| half.into_iter().filter_map(|(_, page)| tried(page)).collect::<Vec<_>>()));
        halves.into_iter().flat_map(|half| half.join().expect("failures are caught")).collect()
    });
    assert!(wrong.is_empty(), "see what changes with `UPDATE=1 cargo test --test docs`\n{}", wrong.join("\n"));
}

/// A page that can't be run keeps none of the others from being looked at.
fn tried(document: &str) -> Option<String> {
    catch_unwind(|| out_of_date(document)).unwrap_or_else(|_| Some(format!("{document} can't be run: see above")))
}

/// Where a document is not what it would be now; it is written instead with `UPDATE`.
fn out_of_date(document: &str) -> Option<String> {
    let text = fs::read_to_string(document).unwrap();
    let current = page::brought_up_to_date(document, &text);
    if current == text {
        return None;
    }
    if env::var_os("UPDATE").is_some() {
        fs::write(document, &current).unwrap();
        return None;
    }
    let first = text.lines().zip(current.lines()).position(|(a, b)| a != b).unwrap_or(0);
    Some(format!("{document}:{}: expected `{}`", first + 1, current.lines().nth(first).unwrap_or_default()))
}

#[test]
fn what_is_not_run_is_counted() {
    let mut counted = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for block in blocks(&document, &text) {
            let Some(why) = block.mark.and_then(|mark| mark.strip_prefix("not run: ")) else { continue };
            assert!(block.is_of_commands(), "{document}:{}: only commands are run", block.line);
            println!("{document}:{}: {why}", block.line);
            counted += 1;
            block.lines.iter().for_each(|line| can_be_meant(&document, line));
        }
    }
    assert_eq!(counted, NOT_RUN, "blocks that are not run; the test prints them");
}

/// What is not run has at least arguments that there are, and names tests that there are.
fn can_be_meant(document: &str, line: &str) {
    let words: Vec<_> = line.trim_start_matches("$ ").split_whitespace().collect();
    if words.first() == Some(&"changegate") {
        assert!(Cli::try_parse_from(&words).is_ok(), "{document}: there is no `{line}`");
    }
    for test in words.windows(2).filter(|pair| pair[0] == "--test").map(|pair| pair[1]) {
        let there =
            [format!("tests/{test}.rs"), format!("tests/{test}/main.rs")].iter().any(|path| Path::new(path).exists());
        assert!(there, "{document}: there is no test `{test}`");
    }
}

#[test]
fn configurations_and_data_can_be_read() {
    let mut wrong = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for block in blocks(&document, &text) {
            if let Err(why) = data::read(&block) {
                wrong.push(format!("{document}:{}: {why}", block.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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

/// A page that no list of contents leads to is in no book.
#[test]
fn every_page_stands_in_the_contents() {
    let contents = fs::read_to_string("docs/SUMMARY.md").unwrap();
    for page in documents().iter().filter_map(|document| document.strip_prefix("docs/")) {
        let stands = page == "SUMMARY.md" || contents.contains(&format!("]({page})"));
        assert!(stands, "docs/SUMMARY.md does not lead to {page}");
    }
}

fn documents() -> Vec<String> {
    let mut all = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"].map(str::to_owned).to_vec();
    collect(Path::new("docs"), &mut all);
    collect(Path::new("examples"), &mut all);
    all.sort();
    all
}

fn collect(folder: &Path, documents: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, documents);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            documents.push(path.to_str().unwrap().to_owned());
        }
    }
}
