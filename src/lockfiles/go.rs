//! `go.mod` and `go.sum` (<https://go.dev/ref/mod>), and of a workspace `go.work` and `go.work.sum`.
//!
//! Of `go.mod`: what is required, as it is replaced, and the toolchain. `exclude` and `retract` take versions away, `module`, `go`, `tool`,
//! `godebug`, `ignore` and `use` name none. Of `go.sum`: the modules that are built; lines of `…/go.mod` are of versions that were only weighed.

use super::text::{Line, lines};
use super::{Ecosystem, Hold, Pin, Unread, origin, quoted};
use crate::source::Source;
use std::collections::HashMap;

pub(super) fn manifest(source: &Source) -> Result<Vec<Pin>, Unread> {
    let mut required = Vec::new();
    let mut replaced: HashMap<(String, Option<String>), Pin> = HashMap::new();
    let mut block: Option<String> = None;
    let mut directives = 0;
    for line in lines(source) {
        let mut words = words(line)?;
        if words.is_empty() {
            continue;
        }
        if words == [")"] && block.is_some() {
            block = None;
            continue;
        }
        let directive = match &block {
            Some(directive) => directive.clone(),
            None => words.remove(0),
        };
        directives += 1;
        if block.is_none() && words == ["("] {
            block = Some(directive);
            continue;
        }
        match (directive.as_str(), &*words) {
            ("require", [name, version]) => required.push(pin(name, version, line.number)),
            ("replace", _) => {
                let (name, version, by) = replacement(line, &words)?;
                replaced.insert((name, version), by);
            }
            ("toolchain", [version]) => required.push(pin("toolchain", version, line.number).held(Hold::Fixed)),
            ("module" | "go" | "exclude" | "retract" | "tool" | "godebug" | "ignore" | "use", [_, ..]) => {}
            _ => return Err(line.unread(format!("a directive that is not known: {}", quoted(line.text.trim())))),
        }
    }
    if block.is_some() {
        return Err(Unread::whole("a block that is not closed"));
    }
    if directives == 0 {
        return Err(Unread::whole("it is no go.mod: it has no directive"));
    }
    Ok(apply(required, replaced))
}

/// What is required is built as it is replaced; a replacement of what nobody here requires counts for what others require.
fn apply(required: Vec<Pin>, mut replaced: HashMap<(String, Option<String>), Pin>) -> Vec<Pin> {
    let mut used = Vec::new();
    let mut pins: Vec<Pin> = required
        .into_iter()
        .map(|pin| {
            let exact = (pin.name.clone(), Some(pin.version.clone()));
            let key = if replaced.contains_key(&exact) { exact } else { (exact.0, None) };
            let by = replaced.get(&key).cloned();
            used.extend(by.is_some().then_some(key));
            by.unwrap_or(pin)
        })
        .collect();
    for key in used {
        replaced.remove(&key);
    }
    // A folder that replaces what is not required here is no pin.
    pins.extend(replaced.into_values().filter(|pin| pin.hold != Hold::Floating));
    pins.sort_unstable_by(|one, other| (one.line, one).cmp(&(other.line, other)));
    pins
}

/// `name [version] => name version`, or `=> folder`.
fn replacement(line: Line<'_>, words: &[String]) -> Result<(String, Option<String>, Pin), Unread> {
    let wrong = || line.unread("no replacement of the form `module => module version`");
    let arrow = words.iter().position(|word| word == "=>").ok_or_else(wrong)?;
    let (left, right) = (words.get(..arrow).unwrap_or_default(), words.get(arrow + 1..).unwrap_or_default());
    let (name, version) = match left {
        [name] => (name, None),
        [name, version] => (name, Some(version.clone())),
        _ => return Err(wrong()),
    };
    let by = match right {
        [module, version] => pin(name, version, line.number).from(Some(module)),
        [folder] if folder.starts_with(['.', '/']) || folder.contains('\\') || folder.get(1..2) == Some(":") => {
            pin(name, "", line.number).from(Some(folder)).held(Hold::Floating)
        }
        _ => return Err(wrong()),
    };
    Ok((name.clone(), version, by))
}

fn pin(name: &str, version: &str, line: u32) -> Pin {
    let fixed = version.starts_with('v') && origin::is_version(version);
    Pin::new(Ecosystem::Go, name, version, line).held(if fixed { Hold::Fixed } else { Hold::Floating })
}

/// What is a word of its own wherever it stands.
const SIGNS: &[char] = &['(', ')', '[', ']', '{', '}', ','];

/// The words of a line up to its comment, as `golang.org/x/mod/modfile` splits them; a word may stand in quotes.
fn words(line: Line<'_>) -> Result<Vec<String>, Unread> {
    let mut words = Vec::new();
    let mut rest = line.text.trim_start();
    while !rest.is_empty() && !rest.starts_with("//") {
        let (word, after) = match rest.chars().next() {
            Some(quote @ ('"' | '`')) => rest
                .get(1..)
                .and_then(|inner| inner.split_once(quote))
                .filter(|(word, _)| !word.contains('\\'))
                .ok_or_else(|| line.unread("a text in quotes that has no end, or escapes"))?,
            Some(sign) if SIGNS.contains(&sign) => rest.split_at(1),
            _ => {
                let end =
                    rest.find(|found: char| found.is_whitespace() || SIGNS.contains(&found)).unwrap_or(rest.len());
                let word = rest.get(..end).unwrap_or(rest);
                rest.split_at(word.find("//").unwrap_or(end))
            }
        };
        if word.len() > super::LONGEST {
            return Err(line.unread("a word that is too long"));
        }
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    Ok(words)
}

pub(super) fn sums(source: &Source) -> Result<Vec<Pin>, Unread> {
    let mut pins = Vec::new();
    for line in lines(source).filter(|line| !line.text.trim().is_empty()) {
        let fields: Vec<_> = line.text.split_whitespace().collect();
        let [name, version, sum] = fields[..] else { return Err(line.unread("no line of module, version and sum")) };
        if !sum.starts_with("h1:") {
            return Err(line.unread(format!("a sum of a kind that is not known: {}", quoted(sum))));
        }
        if !version.ends_with("/go.mod") {
            pins.push(pin(name, version, line.number).digest([sum]));
        }
    }
    Ok(pins)
}
