//! What the configuration says of single rules.

use crate::finding::{Fault, Level};
use crate::policy::{Parameter, Setting};
use crate::proposal::filler::is_reason;
use crate::proposal::tree::Key;
use crate::proposal::{NodeId, Tree, Value};
use crate::source::Place;
use jiff::civil::Date;

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
                .help("give the reason in three words or more: reports repeat it")
                .at(tree.place(reason), "too short for a reason")
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
        effective_on: day(tree, rule, "effective_on"),
        expires_on: day(tree, rule, "expires_on"),
        params: params.iter().map(|&param| Parameter::read(tree, param)).collect(),
        off: off.map(str::to_owned),
        place: tree.head(rule),
    }
}

fn day(tree: &Tree, rule: NodeId, field: &str) -> Option<(Date, Place)> {
    let day = tree.get(rule, field)?;
    match tree.value(day) {
        Value::Date(date) => Some((*date, tree.place(day))),
        _ => None,
    }
}

fn name(tree: &Tree, entry: NodeId) -> String {
    if let Key::Entry(name) = &tree.node(entry).key { name.to_string() } else { String::new() }
}
