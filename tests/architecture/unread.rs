//! A field that no rule reads says so, so that nobody fills it in to satisfy the gate.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What the documentation of such a field ends with.
const UNREAD: &str = "No rule judges it.";

/// Fields that are read by what they hold, and not by their names, each with the reason.
const BY_KIND: &[(&str, &str)] = &[("artifact", "it is a proof, and `proofs()` finds proofs wherever they stand")];

#[test]
fn a_field_that_no_rule_reads_says_so() {
    let words = words();
    let mut wrong = String::new();
    for (name, says) in fields() {
        let read = words.contains(&name) || BY_KIND.iter().any(|(known, _)| *known == name);
        match (read, says) {
            (false, false) => {
                writeln!(wrong, "no rule reads `{name}`: judge it, or end what documents it with `{UNREAD}`")
            }
            (true, true) => writeln!(wrong, "`{name}` is read: take `{UNREAD}` out of what documents it"),
            _ => Ok(()),
        }
        .unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The fields of a proposal by name, and whether their documentation says that they are not judged. Of two fields of one name
/// either counts as read where one is.
fn fields() -> BTreeSet<(String, bool)> {
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/proposal-v1.json").unwrap()).unwrap();
    let mut fields = BTreeSet::new();
    let mut open = vec![&schema];
    while let Some(value) = open.pop() {
        if let Some(Value::Object(properties)) = value.get("properties") {
            for (name, property) in properties.iter().filter(|(name, _)| *name != "$schema") {
                let doc = property.get("description").and_then(Value::as_str).unwrap_or_default();
                fields.insert((name.clone(), doc.contains(UNREAD)));
            }
        }
        match value {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    fields
}

/// What stands between what is no part of a name, in the checks and parameters of rules and in the sources that answer them.
fn words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut folders = vec![Path::new("policies").to_owned(), Path::new("src").to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("proposal/model") {
                    folders.push(path);
                }
            } else if let Some(kind @ ("rs" | "rhai")) = path.extension().and_then(|kind| kind.to_str()) {
                words.extend(named(&fs::read_to_string(&path).unwrap(), kind));
            }
        }
    }
    words
}

/// Names that a text reads: of a rule what follows a dot, `p.backup.off_site`; besides what is quoted as a whole, `"off_site"`.
fn named(text: &str, kind: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut names = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("example:")) {
        for (index, before) in line.match_indices(['.', '"']) {
            let rest = &line[index + 1..];
            let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
            let quoted = before == "\"" && rest[end..].starts_with('"');
            if quoted || before == "." && kind == "rhai" && !line.contains(": \"") {
                names.push(rest[..end].to_owned());
            }
        }
    }
    names
}
