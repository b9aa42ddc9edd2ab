//! The documents that are made of the code: docs/rules.md and docs/rules/, docs/cli.md, docs/functions.md, docs/codes.md and the tables in
//! docs/configuration.md. Run with `UPDATE=1` to write them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[path = "generated_docs/cli.rs"]
mod cli;
#[path = "generated_docs/rules.rs"]
mod rules;
mod sources;

use changegate::codes;
use changegate::config::{Config, model::CONFIG};
use changegate::facts::Phase;
use changegate::policy::{Pack, RuleSet, builtin, functions, limits};
use changegate::proposal::shape::{Field, Kind, Object};
use changegate::source::Source;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

const MADE: &str = "<!-- Made of the code by `UPDATE=1 cargo test --test generated_docs`; edits are lost. -->\n";

const LANGUAGE: &str = "## The language\n\nRules are scripts of [Rhai](https://rhai.rs), which parses them. A rule is `const RULE = #{ … };` and functions, one of them \
    `check(p)`. They are made of `let` and `const`, `if`, `for`, `while`, `loop` and `do`, `break`, `continue` and `return`, numbers, texts, \
    texts with values (`` `${…}` ``), lists, maps, ranges, and the operators `+ - * / % ** == != < <= > >= && || ! ?? in !in`. A letter in single quotes is a \
    text.\n\nA closure stands where it is used, as an argument of a function of lists: `some(list, |item| …)`. There is no `switch`, `try`, `throw`, \
    `import`, `eval`, `this`, and there are no operators on bits: a rule with one of them is not loaded.\n\nValues of different kinds are not \
    compared, but for `== ()` and `!= ()`; reading any field of `()` gives `()`; a condition is true or false and nothing else. Whatever fails \
    leaves the proposal undecided.\n\nWhat a rule may cost is counted, so that a limit ends it in the same place on every machine:\n";

const LONG_LISTS: &str = "\nThe built-in rules decide full lists, and two of them that refer to each other. Whoever multiplies three, or writes a thousand versions \
    each in two ways, leaves their own proposal undecided, and what is undecided never passes.\n";

#[test]
fn functions_are_documented() {
    let mut page = format!(
        "{MADE}# Functions\n\nWhat rules may call. Besides, a rule knows `p` (the proposal, with the profile of its system laid under \
         `p.system`), `evidence` (what the gate found out), `params` (the rule's parameters), `now` (the time by which is judged), \
         `phase` (`\"plan\"`, `\"deploy\"` or `\"close\"`), `scale` (how much the upgrade has to show: `\"routine\"`, `\"standard\"`, `\"critical\"` or `\"emergency\"`, see docs/scales.md) and `strict` (whether it is held to the stricter form of a rule, planned or in an emergency). A function can be called in either way: `lower(text)` or `text.lower()`.\n\n\
         There is no way to read a file, the environment or the clock, to reach the network, or to run text as code.\n\n{LANGUAGE}"
    );
    page.push_str("\n| limit | |\n|---|---|\n");
    for (what, most) in limits() {
        writeln!(page, "| {what} | {most} |").unwrap();
    }
    page.push_str(LONG_LISTS);
    for (subject, functions) in functions() {
        writeln!(page, "\n## {subject}\n\n| function | what it does |\n|---|---|").unwrap();
        for function in *functions {
            writeln!(page, "| `{}` | {} |", cell(function.signature), cell(function.doc)).unwrap();
        }
    }
    same("docs/functions.md", &page);
}

/// Functions that the engine brings along and that are not documented can't be called.
#[test]
fn a_rule_that_calls_what_is_not_documented_is_not_loaded() {
    for call in [
        "parse_json(\"1\")",
        "take(p)",
        "tag(p)",
        "sleep(1)",
        "exit()",
        "eval(\"1\")",
        "read_file(\"x\")",
        "p.matches(\"x\")",
    ] {
        let text = format!(
            "const RULE = #{{ title: \"A\", why: \"b\", help: \"c\", phases: [\"plan\"], level: \"deny\" }};\nfn check(p) {{ {call}; }}"
        );
        let rules = vec![(Arc::from("a/b"), Arc::new(Source::new("a/b.rhai", text)))];
        let pack = Pack { rules, ..Pack::default() };
        let faults = RuleSet::load(&[pack], &[], Phase::Plan).err().unwrap_or_default();
        let refused = |code: &str| code == "policy/unknown-function" || code == "policy/syntax";
        assert!(!faults.is_empty() && faults.iter().all(|fault| refused(fault.code)), "{call}: {faults:#?}");
    }
}

/// Text in a cell of a table; a bar would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn codes_are_documented() {
    let mut page = format!(
        "{MADE}# Codes\n\nEvery cause that is not a rule has a stable code, in the text as in JSON. `changegate explain CODE` prints its \
         entry. The codes of one family are told about one thing: `proposal/` about a proposal, `policy/` about a rule.\n"
    );
    let families: BTreeSet<_> = codes::all().map(|code| code.id.split('/').next().unwrap()).collect();
    for family in families {
        writeln!(page, "\n## {family}\n\n| code | meaning | who acts | what to do |\n|---|---|---|---|").unwrap();
        for code in codes::all().filter(|code| code.id.starts_with(&format!("{family}/"))) {
            let (meaning, action) = (cell(code.meaning), cell(code.action));
            writeln!(page, "| `{}` | {meaning} | {} | {action} |", code.id, code.who.as_str()).unwrap();
        }
    }
    same("docs/codes.md", &page);
}

#[test]
fn lints_are_documented() {
    let page = fs::read_to_string("docs/linting-rules.md").unwrap();
    let (before, rest) = page.split_once("<!-- lints -->\n").expect("the place of the lints");
    let (_, after) = rest.split_once("<!-- end of lints -->").expect("the end of the lints");
    let mut lints = "| lint | what is wrong | what to do |\n|---|---|---|\n".to_owned();
    for code in codes::all().filter(|code| code.id.starts_with("lint/")) {
        writeln!(lints, "| `{}` | {} | {} |", code.id, cell(code.meaning), cell(code.action)).unwrap();
    }
    same("docs/linting-rules.md", &format!("{before}<!-- lints -->\n{lints}<!-- end of lints -->{after}"));
}

#[test]
fn keys_of_the_configuration_are_documented() {
    let page = fs::read_to_string("docs/configuration.md").unwrap();
    let (before, rest) = page.split_once("<!-- keys -->\n").expect("the place of the keys");
    let (_, after) = rest.split_once("<!-- end of keys -->").expect("the end of the keys");
    let mut keys = String::new();
    for field in CONFIG.fields {
        let (heading, object) = table(field);
        writeln!(keys, "\n### `{heading}`\n\n{}\n\n| key | value | meaning |\n|---|---|---|", field.doc).unwrap();
        rows(object, "", &mut keys);
    }
    same("docs/configuration.md", &format!("{before}<!-- keys -->\n{keys}\n<!-- end of keys -->{after}"));
}

/// How the table of a key is headed in TOML, and what may stand in it.
fn table(field: &Field) -> (String, &'static Object) {
    match &field.kind {
        Kind::Object(object) => (format!("[{}]", field.name), object),
        Kind::Map(Kind::Object(object)) => (format!("[{}.\"ID\"]", field.name), object),
        Kind::List(Kind::Object(object)) => (format!("[[{}]]", field.name), object),
        other => panic!("{}: {other:?} is no table", field.name),
    }
}

fn rows(object: &Object, prefix: &str, page: &mut String) {
    for field in object.fields {
        let mut value = value(&field.kind);
        if field.required {
            value.push_str(", required");
        }
        let examples: Vec<_> = field.examples.iter().map(|example| format!("`{example}`")).collect();
        let example =
            if examples.is_empty() { String::new() } else { format!(" For example {}.", examples.join(", ")) };
        writeln!(page, "| `{prefix}{}` | {} | {}{} |", field.name, cell(&value), cell(field.doc), cell(&example))
            .unwrap();
        if let Kind::Object(inner) = &field.kind {
            rows(inner, &format!("{prefix}{}.", field.name), page);
        }
    }
}

fn value(kind: &Kind) -> String {
    match kind {
        Kind::Count { min, max, unit } => format!("{min} to {max} {unit}"),
        Kind::Choice(choices) => {
            choices.iter().map(|choice| format!("`{}`", choice.word)).collect::<Vec<_>>().join(", ")
        }
        Kind::List(item) => format!("list of: {}", value(item)),
        Kind::Map(item) => format!("names with: {}", value(item)),
        Kind::Object(_) => "a table".to_owned(),
        other => other.noun().to_owned(),
    }
}

/// The example in docs/configuration.md is whole and valid.
#[test]
fn the_example_of_a_configuration_has_every_key() {
    let page = fs::read_to_string("docs/configuration.md").unwrap();
    let example = page.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```")).expect("an example").0;
    let config = Config::parse("changegate.toml", example).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let sets = RuleSet::load(&[builtin()], &config.settings, Phase::Plan);
    sets.unwrap_or_else(|faults| panic!("{faults:#?}"));
    let toml: toml::Table = toml::from_str(example).unwrap();
    let mut missing = Vec::new();
    for field in CONFIG.fields {
        let tables: Vec<&toml::Table> = match toml.get(field.name) {
            Some(toml::Value::Array(tables)) => tables.iter().filter_map(toml::Value::as_table).collect(),
            Some(toml::Value::Table(rules)) if matches!(field.kind, Kind::Map(_)) => {
                rules.values().filter_map(toml::Value::as_table).collect()
            }
            Some(toml::Value::Table(table)) => vec![table],
            _ => Vec::new(),
        };
        let keys = table(field).1.fields.iter().map(|key| key.name);
        let absent = keys.filter(|key| !tables.iter().any(|table| table.contains_key(*key)));
        missing.extend(absent.map(|key| format!("{}.{key}", field.name)));
    }
    assert!(missing.is_empty(), "the example lacks {missing:?}");
}

/// The families of codes; of rules there are others.
const FAMILIES: &[&str] = &[
    "advisories",
    "calendar",
    "cases",
    "check",
    "config",
    "evidence",
    "docs",
    "input",
    "internal",
    "lint",
    "policy",
    "profile",
    "proposal",
    "publish",
    "report",
    "trust",
    "usage",
    "waiver",
];

/// Codes that are put together in the sources and never come up: only a proposal is laid over a profile, the configuration has no
/// version, and no text of a case is a mark of what is yet to be filled in.
const NEVER: &[&str] = &[
    "cases/belongs-in-profile",
    "cases/contradicts-profile",
    "cases/unfilled",
    "config/belongs-in-profile",
    "config/contradicts-profile",
    "config/other-version",
    "profile/belongs-in-profile",
    "profile/contradicts-profile",
];

#[test]
fn every_code_of_the_sources_is_documented_and_no_other() {
    let used = used();
    let known: BTreeSet<_> = codes::all().map(|code| code.id.to_owned()).collect();
    assert_eq!(known.len(), codes::all().count(), "a code stands in the list twice");
    assert!(codes::all().is_sorted_by_key(|code| code.id), "the codes are not in the order of the alphabet");
    let unknown: Vec<_> = used.difference(&known).filter(|code| !NEVER.contains(&code.as_str())).collect();
    assert!(unknown.is_empty(), "not in src/codes: {unknown:?}");
    let unused: Vec<_> = known.difference(&used).collect();
    assert!(unused.is_empty(), "in src/codes, and nowhere else: {unused:?}");
}

/// The codes that stand in the sources, outside of comments and tests.
fn used() -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut files = Vec::new();
    sources::collect(Path::new("src"), &mut files);
    // It writes the report of a run that it could not begin.
    files.push(Path::new("action/judge.sh").to_owned());
    for file in files
        .iter()
        .filter(|file| !file.to_str().unwrap().contains("src/codes") && !file.to_str().unwrap().contains("/tests"))
    {
        let text = fs::read_to_string(file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            used.extend(line.split('"').skip(1).step_by(2).filter(|literal| is_code(literal)).map(str::to_owned));
            // src/proposal/problem/what.rs puts codes together of four prefixes and a name.
            for name in line.split("codes!(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                used.extend(["proposal", "profile", "config", "cases"].map(|family| format!("{family}/{name}")));
            }
        }
    }
    used
}

fn is_code(text: &str) -> bool {
    text.split_once('/').is_some_and(|(family, name)| {
        FAMILIES.contains(&family)
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    })
}

/// Compares a document with what it should be, or writes it.
fn same(path: &str, expected: &str) {
    if env::var_os("UPDATE").is_some() {
        fs::write(path, expected).unwrap();
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().zip(expected.lines()).position(|(a, b)| a != b).unwrap_or(0) + 1;
    assert!(text == expected, "{path}:{line} is out of date: `UPDATE=1 cargo test --test generated_docs`");
}
