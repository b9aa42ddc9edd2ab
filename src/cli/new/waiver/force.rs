//! What a waiver would let through, by what there is: a rule that denies nothing needs none.

use crate::config::Config;
use crate::document::{Document, Kind};
use crate::files::Files;
use crate::finding::{Fault, Level};
use crate::gate::unproposed;
use crate::inputs::{Input, find};
use crate::policy::{Part, Rule, RuleSet};
use crate::waivers::UNPROPOSED;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The rule that denies what a waiver is about, if there is one.
pub fn rule<'r>(rules: &'r RuleSet, named: &str) -> Option<&'r Rule> {
    rules.rule(if named == UNPROPOSED { unproposed::RULE } else { named })
}

/// Why it would let nothing through, whatever is judged on this day.
pub fn none(rule: &Rule) -> Option<Fault> {
    let (why, help) = match &rule.part {
        Part::Off(_) => ("is off".to_owned(), "it denies nothing and needs no waiver"),
        Part::Expired(day) => (format!("has expired on {day}"), "it denies nothing and needs no waiver"),
        _ if rule.level == Level::Info => ("has the level info".to_owned(), "it blocks in no run and needs no waiver"),
        _ => return None,
    };
    Some(Fault::new("usage/waiver", format!("the waiver is not added: the rule `{}` {why}", rule.id)).help(help))
}

/// Where the rule blocks in some runs alone, what the waiver is good for.
pub fn little(rule: &Rule, expires: Date) -> Option<String> {
    let id = &rule.id;
    let alone = "; it lets something through where --fail-on warn is given, and nowhere else";
    match rule.blocks_on {
        _ if rule.level < Level::Deny => Some(format!("`{id}` only warns{alone}")),
        Some(day) if expires <= day => Some(format!("`{id}` only warns before {day}{alone}")),
        _ => None,
    }
}

/// Those of some ids that no proposal has.
pub fn absent<'i>(ids: &'i [String], files: &Arc<Files>, config: &Config) -> Vec<&'i str> {
    if ids.is_empty() {
        return Vec::new();
    }
    let found = find(files, &config.proposals, Path::new(&config.systems));
    let there: BTreeSet<String> = found.inputs.iter().filter_map(|input| id(input, config)).collect();
    ids.iter().filter(|id| !there.contains(*id)).map(String::as_str).collect()
}

fn id(input: &Input, config: &Config) -> Option<String> {
    let document = Document::parse(&input.name(), input.read(config.limits.bytes).ok()?, &config.limits).ok()?;
    match document.at("/id")?.kind() {
        Kind::String(id) => Some(id.to_owned()),
        _ => None,
    }
}
