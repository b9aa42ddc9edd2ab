//! `changegate rules`: lists the rules.

use super::ground::{Side, configured_rules, root};
use super::{Failure, Global};
use crate::policy::{Description, Header, Param, Rule, Unit};
use crate::verdict::{Outcome, Part};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

#[derive(Debug, Args)]
pub struct Rules {
    /// The format of the list
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    side: Side,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
}

impl Rules {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let trusted = self.side.trusted(&root)?;
        let set = configured_rules(global, &trusted)?;
        match self.format {
            Format::Human => human(&set.rules, out)?,
            Format::Json => json(&set.rules, out)?,
        }
        Ok(Outcome::Pass)
    }
}

fn human(rules: &[Rule], out: &mut impl Write) -> io::Result<()> {
    let widest = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for rule in rules {
        let level = if let Part::Off(_) = rule.part { "off" } else { rule.level.as_str() };
        write!(out, "{:widest$}  {level:4}  {:18}  {}", rule.id, phases(rule).join(","), rule.header.title)?;
        let days = rule.told_days();
        if days.is_empty() { writeln!(out)? } else { writeln!(out, " ({days})")? }
    }
    writeln!(out, "\n{} rules; `changegate explain RULE` tells what one of them wants", rules.len())
}

fn json(rules: &[Rule], out: &mut impl Write) -> io::Result<()> {
    let rules: Vec<_> = rules.iter().map(entry).collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "schema": "changegate.rules/v1", "rules": rules }))?;
    writeln!(out)
}

/// A rule as JSON.
pub(super) fn entry(rule: &Rule) -> Value {
    let header = &rule.header;
    let off = if let Part::Off(reason) = &rule.part { Some(reason) } else { None };
    let params: Map<_, _> =
        rule.params.iter().map(|(name, value)| (name.clone(), parameter(header, name, value))).collect();
    json!({
        "id": &*rule.id,
        "title": header.title,
        "why": header.why,
        "help": header.help,
        "level": rule.level.as_str(),
        "phases": phases(rule),
        "off": off,
        "effective_on": rule.days.effective_on.map(|day| day.to_string()),
        "expires_on": rule.days.expires_on.map(|day| day.to_string()),
        "changes": rule.changes,
        "params": params,
        "controls": header.controls,
        "example": serde_json::from_str::<Value>(&header.example).ok(),
        "file": rule.source.name(),
    })
}

/// A parameter as JSON: what its rule does not say of it is `null`.
fn parameter(header: &Header, name: &str, value: &Param) -> Value {
    let description = header.description(name);
    let vocabulary = description.and_then(Description::vocabulary);
    let said = |text: fn(&Description) -> &str| description.map(text).filter(|text| !text.is_empty());
    json!({
        "value": value.to_json(),
        "default": header.params.get(name).map(Param::to_json),
        "unit": description.and_then(|description| description.unit).map(Unit::as_str),
        "of": vocabulary.as_ref().map(|vocabulary| vocabulary.of),
        "words": vocabulary.as_ref().map(|vocabulary| &vocabulary.words),
        "least": description.and_then(|description| description.least),
        "most": description.and_then(|description| description.most),
        "doc": said(|description| &description.doc),
        "why": said(|description| &description.why),
        "source": said(|description| &description.source),
    })
}

fn phases(rule: &Rule) -> Vec<&'static str> {
    rule.header.phases.iter().map(|phase| phase.as_str()).collect()
}
