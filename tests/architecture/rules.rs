//! What several rules ask is a function of the gate, and no copy in each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A body of no more lines than these may be like another one by chance.
const SHORT: usize = 2;

/// Bodies are alike that have this share of their words in common, in percent, in the same order.
const ALIKE: usize = 75;

/// Functions whose bodies are alike and no copies, each pair with the reason.
const NO_COPIES: &[(&str, &str, &str)] = &[(
    "backup/integrity-checked.judge",
    "backup/restore-tested.judge",
    "each tells in its own words, with a help of its own, what the functions of the gate find wrong with a test",
)];

/// A function of a rule, other than `check`.
struct Own {
    name: String,
    lines: usize,
    /// The body word by word, in which each name that it gives itself is the number of that name.
    words: Vec<String>,
}

#[test]
fn no_function_stands_in_two_rules() {
    let all = functions();
    assert!(all.len() > 200, "the functions were not found: {}", all.len());
    let mut wrong = String::new();
    for (index, one) in all.iter().enumerate() {
        for other in all[..index].iter().filter(|other| rule(&other.name) != rule(&one.name) && alike(one, other)) {
            let known = |(a, b, _): &&(&str, &str, &str)| *a == other.name && *b == one.name;
            if !NO_COPIES.iter().any(|pair| known(&pair)) {
                writeln!(wrong, "{} is a copy of {}", one.name, other.name).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "make one function of both in src/policy/functions\n{wrong}");
    for (one, other, _) in NO_COPIES {
        let found = |name: &str| all.iter().find(|function| function.name == name);
        let alike = found(one).zip(found(other)).is_some_and(|(one, other)| alike(one, other));
        assert!(alike, "{one} and {other} are not alike any more: take them off NO_COPIES");
    }
}

#[test]
fn copies_are_seen_under_other_names() {
    let body = |params: &str, text: &str| words(params, text);
    let a = body("p, proofs", "for one in proofs { if one.note != () { return true; } } false");
    let b = body("p, list", "for item in list { if item.note != () { return true; } } false");
    let c = body("p, list", "for item in list { if item.file != () { return true; } } false");
    assert_eq!(a, b);
    assert_ne!(a, c);
    assert_eq!(in_common(&a, &c), a.len() - 1);
}

fn rule(name: &str) -> &str {
    name.split('.').next().unwrap()
}

fn alike(one: &Own, other: &Own) -> bool {
    if one.lines <= SHORT || other.lines <= SHORT {
        return false;
    }
    let wanted = ALIKE * (one.words.len() + other.words.len());
    // What has too few words in common in any order needs no closer look.
    200 * bound(&one.words, &other.words) >= wanted && 200 * in_common(&one.words, &other.words) >= wanted
}

/// How many words two bodies can have in common at the most.
fn bound(one: &[String], other: &[String]) -> usize {
    if one.len().min(other.len()) * 200 < ALIKE * (one.len() + other.len()) {
        return 0;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    one.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    let taken = |word: &&String| {
        counts.get_mut(word.as_str()).is_some_and(|left| std::mem::replace(left, left.saturating_sub(1)) > 0)
    };
    other.iter().filter(taken).count()
}

/// How many words two bodies have in common, in the same order.
fn in_common(one: &[String], other: &[String]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (index, other) in other.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if word == other { before + 1 } else { above.max(row[index]) };
            before = above;
        }
    }
    row[other.len()]
}

fn functions() -> Vec<Own> {
    let mut all = Vec::new();
    for family in sorted(Path::new("policies")).into_iter().filter(|path| path.is_dir()) {
        for file in sorted(&family) {
            if file.extension().is_some_and(|extension| extension == "rhai") {
                let id = format!("{}/{}", name(&family), name(&file).trim_end_matches(".rhai"));
                of_rule(&id, &fs::read_to_string(&file).unwrap(), &mut all);
            }
        }
    }
    all
}

/// Each function begins with `fn` at the start of a line and ends with the next brace there.
fn of_rule(id: &str, text: &str, all: &mut Vec<Own>) {
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some((name, rest)) = line.strip_prefix("fn ").and_then(|line| line.split_once('(')) else { continue };
        let params = rest.split_once(')').unwrap().0;
        let body: Vec<_> = lines.by_ref().take_while(|line| *line != "}").map(str::trim).collect();
        let code: Vec<_> = body.into_iter().filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
        if name != "check" {
            all.push(Own { name: format!("{id}.{name}"), lines: code.len(), words: words(params, &code.join(" ")) });
        }
    }
}

/// The words of a body. What a function calls its own variables makes no difference.
fn words(params: &str, body: &str) -> Vec<String> {
    let raw = split(body);
    let mut own: BTreeSet<&str> = params.split(',').map(str::trim).collect();
    for pair in raw.windows(3) {
        if matches!(pair[0].as_str(), "let" | "for") || pair[0] == "|" && pair[2] == "|" {
            own.insert(&pair[1]);
        }
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut before = "";
    let mut words = Vec::new();
    for word in &raw {
        let next = numbers.len();
        let renamed = before != "." && own.contains(word.as_str());
        words.push(if renamed { format!("${}", *numbers.entry(word).or_insert(next)) } else { word.clone() });
        before = word;
    }
    words
}

/// Names and numbers are words, and so is any other character.
fn split(body: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in body.chars() {
        let part = c.is_alphanumeric() || c == '_';
        match words.last_mut() {
            Some(last) if open && part => last.push(c),
            _ if c.is_whitespace() => {}
            _ => words.push(c.to_string()),
        }
        open = part;
    }
    words
}

fn sorted(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}
