//! What the configuration says of single rules.

use crate::finding::{Fault, Level};
use crate::policy::{Param, Parameter, Setting};
use crate::proposal::tree::Key;
use crate::proposal::{NodeId, Tree, Value};
use crate::roster::FAST_TRACKS;
use std::collections::BTreeSet;

/// The settings of all rules, in the order of the file.
pub fn settings(tree: &Tree) -> Vec<Setting> {
    let rules = tree.path(&["rules"]).map(|rules| tree.items(rules)).unwrap_or_default();
    rules.iter().map(|&rule| setting(tree, rule)).collect()
}

/// The rules that are off for what is no reason: a dash, `n/a`. Every report repeats it to people who have to judge it.
pub fn unexplained(tree: &Tree) -> Vec<Fault> {
    let rules = tree.path(&["rules"]).map(|rules| tree.items(rules)).unwrap_or_default();
    let reasons = rules.iter().filter_map(|&rule| tree.get(tree.get(rule, "off")?, "reason"));
    let unexplained = reasons.filter(|&reason| !is_reason(tree.text(reason).unwrap_or_default()));
    unexplained
        .map(|reason| {
            Fault::new("config/no-reason", "this does not say why the rule is off")
                .help("give the reason in three words or more: every report repeats it")
                .at(tree.place(reason), "too short for a reason")
        })
        .collect()
}

/// Three words, each another one, or ten letters for languages that part no words: `decommissioned` is a reason for switching a rule off,
/// as little as it would do for a plan.
fn is_reason(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    let words: BTreeSet<&str> = words.collect();
    words.len() >= 3
        || words.iter().flat_map(|word| word.chars()).filter(|character| character.is_alphabetic()).count() >= 10
}

/// A limit on fast tracks that is never come to, as no proposal is shown so many: the rule would be off without a reason.
pub fn idle(settings: &[Setting]) -> Vec<Fault> {
    let ours = settings.iter().filter(|setting| setting.rule == "fast-track/not-abused");
    let limits = ours.flat_map(|setting| &setting.params).filter(|param| param.name == "most");
    let idle = limits.filter(|limit| matches!(limit.value, Param::Count(most) if most >= FAST_TRACKS as i64));
    idle.map(|limit| {
        let message =
            format!("this limit is never come to: a proposal is held against the {FAST_TRACKS} fast tracks before it");
        Fault::new("config/out-of-range", message)
            .help(format!("write a number below {FAST_TRACKS}, or switch the rule off with a reason"))
            .at(limit.place.clone(), "out of range")
    })
    .collect()
}

fn setting(tree: &Tree, rule: NodeId) -> Setting {
    let level = tree.get(rule, "level").and_then(|level| tree.text(level)).and_then(Level::parse);
    let params = tree.get(rule, "params").map(|params| tree.items(params)).unwrap_or_default();
    let off = tree.get(rule, "off").and_then(|off| tree.get(off, "reason")).and_then(|reason| tree.text(reason));
    Setting {
        rule: name(tree, rule),
        level,
        params: params.iter().map(|&param| parameter(tree, param)).collect(),
        off: off.map(str::to_owned),
        place: tree.head(rule),
    }
}

fn parameter(tree: &Tree, param: NodeId) -> Parameter {
    Parameter {
        name: name(tree, param),
        value: value(tree, param),
        key_place: tree.head(param),
        place: tree.place(param),
    }
}

fn name(tree: &Tree, entry: NodeId) -> String {
    if let Key::Entry(name) = &tree.node(entry).key { name.to_string() } else { String::new() }
}

fn value(tree: &Tree, param: NodeId) -> Param {
    match tree.value(param) {
        Value::Flag(flag) => Param::Flag(*flag),
        Value::Count(count) => Param::Count(*count),
        Value::Number(number) => Param::Number(*number),
        Value::List(items) => Param::List(items.iter().map(|&item| value(tree, item)).collect()),
        _ => Param::Text(tree.text(param).unwrap_or_default().to_owned()),
    }
}
