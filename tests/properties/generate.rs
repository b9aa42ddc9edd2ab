//! Texts and proposals to try: any tokens, sound statements, and what is near a valid proposal.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;
use std::fs;
use std::sync::LazyLock;

/// What rules are made of: words, signs and values of the language, what the gate gives, and fields.
const TOKENS: &[&str] = &[
    "let",
    "x",
    "y",
    "=",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "<<",
    "&&",
    "||",
    "|",
    "!",
    "in",
    "??",
    "?.",
    ".",
    ",",
    ";",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "#{",
    ":",
    "=>",
    "if",
    "else",
    "while",
    "loop",
    "for",
    "do",
    "break",
    "continue",
    "return",
    "true",
    "false",
    "()",
    "0",
    "1",
    "42",
    "9223372036854775807",
    "1.5",
    "1e308",
    "\"\"",
    "\"a\"",
    "`${",
    "}`",
    "'a'",
    "|a|",
    "a",
    "..",
    "..=",
    "p",
    "p.id",
    "p.title",
    "p.window.start",
    "p.approvals",
    "p.backup.restore_test.at",
    "p.system.is_critical",
    "params",
    "now",
    "phase",
    "evidence",
    "deny(\"d\")",
    "deny",
    "warn(\"w\")",
    "info(`i`)",
    ".help(\"h\")",
    "some",
    "all",
    "map",
    "filter",
    "count",
    "find",
    "len",
    "push",
    "join",
    "days(1)",
    "minutes",
    "hours",
    "days_before",
    "semver_level",
    "is_vague",
    "plural",
    "lower",
    "call",
    "fn f(a) { }",
    "f(1)",
    "this",
    "/*",
    "*/",
    "//",
    "\n",
    "switch",
    "try",
    "catch",
    "throw",
    "import",
    "eval",
    "exit()",
    "sleep(9)",
    "const",
    "global",
    "static",
    "\\",
    "\u{202e}",
    "@",
    "$",
];

/// Statements that are sound, so that long texts of them are, too.
const STATEMENTS: &[&str] = &[
    "let x = 1;",
    "let x = \"a\";",
    "let y = [1, 2];",
    "if p.id == \"routine-patch\" { deny(\"id\"); }",
    "if p.title == () { warn(\"title\"); }",
    "for a in p.approvals { if a.by == \"@ada\" { deny(`by ${a.by}`); } }",
    "if some(p.approvals, |a| a.role == \"owner\") { info(\"owner\"); }",
    "if days_before(now, p.submitted_at) > 1 { deny(\"old\"); }",
    "if p.window.end - p.window.start > hours(1) { warn(\"long\").help(\"shorter\"); }",
    "if semver_level(p.change.from, p.change.to) == \"patch\" { info(\"patch\"); }",
    "return;",
    "1 / 0;",
    "p.id > 1;",
    "loop { }",
    "deny(\"always\");",
    "if phase == \"plan\" { deny(\"plan\"); }",
    "let z = map(p.approvals, |a| a.by); if \"@ada\" in z { warn(listed(z)); }",
];

pub static VALID: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&fs::read_to_string("examples/routine-patch.json").unwrap()).unwrap());

/// A text of tokens.
pub fn script() -> impl Strategy<Value = String> {
    prop::collection::vec(select(TOKENS), 0..40).prop_map(|tokens| tokens.join(" "))
}

pub fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(select(STATEMENTS), 0..4).prop_map(|statements| statements.join("\n"))
}

/// Something near a valid proposal: some values at some places replaced, removed or added.
pub fn proposal() -> impl Strategy<Value = Value> {
    let odd = select(vec![
        "null",
        "true",
        "-1",
        "1e300",
        "\"\"",
        "\"x\"",
        "[]",
        "{}",
        "[1]",
        "\"2026-11-25T19:00:00Z\"",
        "\"\\u001b\"",
    ]);
    prop::collection::vec((any::<Index>(), odd, any::<bool>()), 0..4).prop_map(|edits| {
        let mut value = VALID.clone();
        for (at, odd, remove) in edits {
            let mut pointers = Vec::new();
            collect(&value, "", &mut pointers);
            let pointer = at.get(&pointers).clone();
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            match value.pointer_mut(parent) {
                Some(Value::Object(map)) if remove => drop(map.remove(name)),
                Some(Value::Object(map)) => drop(map.insert(name.to_owned(), serde_json::from_str(odd).unwrap())),
                _ => {}
            }
        }
        value
    })
}

/// The pointers of all that lies in objects.
fn collect(value: &Value, at: &str, pointers: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let pointer = format!("{at}/{key}");
                collect(value, &pointer, pointers);
                pointers.push(pointer);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, &format!("{at}/{index}"), pointers))
        }
        _ => {}
    }
}

/// The same value with the keys of all objects in another order, as text. (The map of serde_json sorts; this does not.)
pub fn turned(value: &Value, by: usize) -> String {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect::<Vec<_>>();
            let length = entries.len().max(1);
            entries.rotate_left(by % length);
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), turned(value, by)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(|item| turned(item, by)).collect::<Vec<_>>().join(",")),
        leaf => leaf.to_string(),
    }
}
