//! The lines that ARCHITECTURE.md draws, held against the sources: who may import whom, and who may name what.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[path = "architecture/address.rs"]
mod address;
#[path = "architecture/messages.rs"]
mod messages;
#[path = "architecture/parameters.rs"]
mod parameters;
#[path = "architecture/rules.rs"]
mod rules;
mod sources;
#[path = "architecture/unread.rs"]
mod unread;
#[path = "architecture/windows.rs"]
mod windows;

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The rooms of `src/` from the ground up. A room may import those of the layers below its own, and none beside or above it.
const LAYERS: &[&[&str]] = &[
    &["cores", "digest", "codes", "versions", "exchange", "secrets"],
    &["source", "advisories"],
    &["finding", "xml"],
    &["document", "git", "github", "calendars"],
    &["files", "lockfiles"],
    &["inputs", "proposal"],
    &["facts", "profiles", "schedule"],
    &["evidence", "roster", "waivers"],
    &["policy"],
    &["cases", "config", "verdict"],
    &["impact", "lint"],
    &["gate", "report", "trust"],
    &["draft", "fleet", "publish"],
    &["cli"],
];

/// Names that one part of the sources has to itself: the name, whose it is, and the exceptions with their reasons.
const OWNED: &[(&str, &str, &[&str])] = &[
    ("rhai", "src/policy/", &[]),
    ("miette", "src/report/", &[]),
    ("clap", "src/cli/", &["src/main.rs"]),
    ("std::env", "src/cli/", &[]),
    ("env::var", "src/cli/", &[]),
    // `-` names standard input as one more input, and it is read where all others are.
    ("stdin()", "src/cli/", &["src/inputs.rs"]),
    ("stdout()", "src/cli/", &[]),
    ("stderr()", "src/cli/", &[]),
    ("Timestamp::now", "src/cli/", &[]),
    ("SystemTime", "src/cli/", &[]),
    ("roxmltree", "src/xml.rs", &[]),
    // How long a server is waited for decides whether there is an answer, and never what it is.
    ("Instant::now", "src/cli/", &["src/exchange/patience.rs"]),
    ("std::net", "src/exchange/", &[]),
    ("octocrab", "src/exchange/", &[]),
    // Lists of one pull request are asked for at the same time.
    ("tokio", "src/exchange/", &["src/github/gather.rs"]),
    ("http", "src/exchange/", &[]),
    // What is changed elsewhere.
    ("Verb", "src/publish/", &["src/exchange.rs", "src/exchange/send.rs"]),
    ("process::Command", "src/git/", &[]),
    ("println!", "nowhere", &[]),
    ("eprintln!", "nowhere", &[]),
    ("process::exit", "nowhere", &[]),
];

/// A file past this holds a second idea.
const LONGEST: usize = 300;

#[test]
fn rooms_import_downward_only() {
    let mut wrong = String::new();
    for file in sources() {
        let room = room(&file.path);
        if room == "lib" || room == "main" {
            continue;
        }
        let own = layer(room).unwrap_or_else(|| panic!("{} is in no layer: find its place in LAYERS", file.path));
        for (line, imported) in imports(&file) {
            match layer(&imported) {
                _ if imported == room => {}
                Some(other) if other < own => {}
                Some(_) => writeln!(wrong, "{}:{line}: `{room}` must not import `{imported}`", file.path).unwrap(),
                None => writeln!(wrong, "{}:{line}: there is no room `{imported}`", file.path).unwrap(),
            }
        }
    }
    assert!(wrong.is_empty(), "see ARCHITECTURE.md, \"Rooms\"\n{wrong}");
}

#[test]
fn every_room_is_in_one_layer() {
    let mut rooms: Vec<_> = sources().iter().map(|file| room(&file.path).to_owned()).collect();
    rooms.sort();
    rooms.dedup();
    rooms.retain(|room| room != "lib" && room != "main");
    let mut layers: Vec<_> = LAYERS.concat();
    layers.sort_unstable();
    assert_eq!(rooms, layers);
}

#[test]
fn names_stay_with_their_owners() {
    let mut wrong = String::new();
    for file in sources() {
        for (name, owner, exceptions) in OWNED {
            if file.path.starts_with(owner) || exceptions.contains(&file.path.as_str()) {
                continue;
            }
            for (line, _) in file.code().filter(|(_, code)| names(code, name)) {
                writeln!(wrong, "{}:{line}: `{name}` belongs to {owner}", file.path).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "see ARCHITECTURE.md, \"Rooms\"\n{wrong}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> =
        sources().into_iter().filter(|file| !file.text.starts_with("//!")).map(|file| file.path).collect();
    assert!(silent.is_empty(), "these do not begin with `//!`: {silent:?}");
}

#[test]
fn files_are_short() {
    let mut wrong = String::new();
    for file in sources() {
        let lines = file.text.lines().count();
        if lines > LONGEST {
            writeln!(wrong, "{} has {lines} lines, and {LONGEST} are the limit", file.path).unwrap();
        }
    }
    let main = fs::read_to_string("src/main.rs").unwrap().lines().count();
    assert!(main < 40, "src/main.rs has {main} lines; what it does belongs into the library");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_of_the_pack_has_a_whole_header() {
    let pack = changegate::policy::builtin();
    let phase = changegate::facts::Phase::Plan;
    let set = changegate::policy::RuleSet::load(&[pack], &[], phase).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let mut wrong = String::new();
    for rule in &set.rules {
        let header = &rule.header;
        if rule.id.split('/').count() != 2 {
            writeln!(wrong, "{}: an id is a family and a name", rule.id).unwrap();
        }
        if header.title.ends_with('.') || header.title.starts_with(char::is_lowercase) {
            writeln!(wrong, "{}: a title begins with a capital and has no full stop: {}", rule.id, header.title)
                .unwrap();
        }
        if header.help.ends_with('.') || header.help.starts_with(|c: char| c.is_uppercase()) {
            writeln!(wrong, "{}: help begins small and has no full stop: {}", rule.id, header.help).unwrap();
        }
        if let Err(error) = serde_json::from_str::<serde_json::Value>(&header.example) {
            writeln!(wrong, "{}: its example is no JSON: {error}", rule.id).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_scanner_sees_what_it_has_to_see() {
    let file = File {
        path: "src/proposal/read.rs".to_owned(),
        text: "use crate::{fleet, policy::{Rule, Set}, cli};\n// crate::gate\nlet x = crate::gate::Gate;\nuse super::super::report::Json;\n\
               use super::model;\n#[cfg(test)]\nmod tests {\n    use crate::verdict;\n}\n"
            .to_owned(),
    };
    let found: Vec<_> = imports(&file).collect();
    let expected = [(1, "fleet"), (1, "policy"), (1, "cli"), (3, "gate"), (4, "report")];
    assert_eq!(found, expected.map(|(line, room)| (line, room.to_owned())));
    assert!(names("use rhai::Engine;", "rhai"));
    assert!(!names("let rhainish = 1;", "rhai"));
    assert!(!names("eprintln!()", "println!"));
}

/// One source file, by its path from the root.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The lines of code with their numbers: no comments, no texts of tests, no string literals.
    fn code(&self) -> impl Iterator<Item = (usize, String)> {
        let end = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        self.text[..end]
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(index, line)| (index + 1, without_literals(line)))
    }
}

fn without_literals(line: &str) -> String {
    line.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

fn sources() -> Vec<File> {
    let mut files = Vec::new();
    sources::collect(Path::new("src"), &mut files);
    assert!(files.len() > 50, "the sources were not found");
    files.sort();
    files
        .into_iter()
        .map(|path| File { text: fs::read_to_string(&path).unwrap(), path: path.to_str().unwrap().replace('\\', "/") })
        .collect()
}

/// `src/policy/load.rs` and `src/policy.rs` are of the room `policy`.
fn room(path: &str) -> &str {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    inner.split(['/', '.']).next().unwrap_or_default()
}

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|rooms| rooms.contains(&room))
}

/// The rooms that a file imports, by `crate::…` or by climbing out of its own with `super::`.
fn imports(file: &File) -> impl Iterator<Item = (usize, String)> {
    let inner = file.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let out = "super::".repeat(inner.split('/').count());
    file.code().flat_map(move |(line, code)| {
        let starts = ["crate::", out.as_str()].map(|start| after(&code, start)).concat();
        starts.into_iter().flat_map(|path| heads(&path)).map(move |room| (line, room)).collect::<Vec<_>>()
    })
}

/// What follows each occurrence of a path's start.
fn after(code: &str, start: &str) -> Vec<String> {
    let begins_here = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    code.match_indices(start)
        .filter(|(at, _)| begins_here(*at))
        .map(|(at, _)| code[at + start.len()..].to_owned())
        .collect()
}

/// The first names of a path: `policy` of `policy::Rule`, `fleet` and `policy` of `{fleet, policy::{Rule, Set}}`.
fn heads(path: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut heads, mut start) = (0, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.push(name(&group[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

/// Whether code names something, as a whole word.
fn names(code: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let ends = name.ends_with(|c| !word(c)) || !code[at + name.len()..].starts_with(word);
        !code[..at].ends_with(word) && ends
    })
}

#[test]
fn what_is_built_in_is_what_stands_in_policies() {
    let folder =
        changegate::policy::pack(&changegate::files::Files::folder(Path::new("")), Path::new("policies")).unwrap();
    let texts = |pack: changegate::policy::Pack| -> Vec<_> {
        pack.rules.into_iter().map(|(id, source)| (id.to_string(), source.text().to_owned())).collect()
    };
    let (mut there, built) = (texts(folder), texts(changegate::policy::builtin()));
    there.sort();
    assert!(there == built, "build again: the rules of policies/ and those in the program differ");
}
