//! The built-in rules: a list with the catalogue, and a page for each family.

use super::{MADE, same};
use changegate::facts::Phase;
use changegate::policy::{Description, Header, Param, Rule, RuleSet, builtin};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

#[test]
fn rules_are_documented() {
    let set = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let mut page = format!(
        "{MADE}# Rules\n\nThe {} of the built-in pack, by family. A finding at level `deny` blocks; `warn` and `info` are shown. A rule may \
         report below its level. `changegate explain RULE` prints what is told of one here, with the parameters of your configuration.\n",
        plural(set.rules.len(), "rule")
    );
    let families: BTreeSet<_> = set.rules.iter().map(family).collect();
    for family in &families {
        let of_family: Vec<_> = set.rules.iter().filter(|rule| self::family(rule) == *family).collect();
        let count = plural(of_family.len(), "rule");
        write!(page, "\n## {family}\n\n[{count}](rules/{family}.md)\n\n").unwrap();
        let mut entries = format!("{MADE}# {family}\n\n{count} of the [built-in pack](../rules.md).\n");
        for rule in of_family {
            writeln!(page, "- {}: {}", link(&rule.id), rule.header.title).unwrap();
            entries.push_str(&entry(rule));
        }
        same(&format!("docs/rules/{family}.md"), &entries);
    }
    page.push_str(&catalogue(&set));
    same("docs/rules.md", &page);
    for file in fs::read_dir("docs/rules").unwrap() {
        let file = file.unwrap().path();
        let family = file.file_stem().unwrap().to_str().unwrap();
        assert!(families.contains(family), "{} is about no family of rules", file.display());
    }
}

/// A rule as a link to its entry, seen from docs/rules.md.
fn link(rule: &str) -> String {
    let family = rule.split('/').next().unwrap_or_default();
    format!("[{rule}](rules/{family}.md#{})", rule.replace('/', ""))
}

/// From what an upgrade must show to the rules that ask for it: `policies/catalogue.toml`.
fn catalogue(set: &RuleSet) -> String {
    let toml: toml::Table = toml::from_str(&fs::read_to_string("policies/catalogue.toml").unwrap()).unwrap();
    let mut text = "\n## What an upgrade must show\n\nEach row of the catalogue, and the rules that ask for it.\n\n\
                    | row | what must hold | phases | rules |\n|---|---|---|---|\n"
        .to_owned();
    let mut told = BTreeSet::new();
    for row in toml["row"].as_array().unwrap() {
        let (id, holds) = (row["id"].as_str().unwrap(), row["holds"].as_str().unwrap());
        let rules = row.get("rules").and_then(toml::Value::as_array);
        let rules: Vec<_> =
            rules.map_or_else(|| vec![id], |rules| rules.iter().map(|rule| rule.as_str().unwrap()).collect());
        let mut phases = BTreeSet::new();
        for rule in &rules {
            let rule = set.rule(rule).unwrap_or_else(|| panic!("{id} names the rule {rule}, which there is not"));
            phases.extend(rule.header.phases.iter().copied());
            told.insert(rule.id.to_string());
        }
        let phases: Vec<_> = phases.into_iter().map(Phase::as_str).collect();
        let rules: Vec<_> = rules.iter().map(|rule| link(rule)).collect();
        writeln!(text, "| {id} | {holds} | {} | {} |", phases.join(", "), rules.join(", ")).unwrap();
    }
    let further: Vec<_> = set.rules.iter().filter(|rule| !told.contains(&*rule.id)).map(|rule| &*rule.id).collect();
    assert!(further.is_empty(), "policies/catalogue.toml does not say what {further:?} are for");
    text
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn family(rule: &Rule) -> &str {
    rule.id.split('/').next().unwrap_or_default()
}

fn entry(rule: &Rule) -> String {
    let header = &rule.header;
    let phases: Vec<_> = header.phases.iter().map(|phase| phase.as_str()).collect();
    let mut text = format!("\n## {}\n\n**{}**\n\n", rule.id, header.title);
    let days = if rule.told_days().is_empty() { String::new() } else { format!(" · {}", rule.told_days()) };
    writeln!(
        text,
        "{} · {}{days}\n\n{}\n\n*What to do:* {}.",
        header.level,
        phases.join(", "),
        header.why,
        header.help
    )
    .unwrap();
    if !header.params.is_empty() {
        text.push_str("\nParameters:\n\n");
        header.params.iter().for_each(|(name, default)| parameter(&mut text, header, name, default));
    }
    if !header.example.is_empty() {
        let example: serde_json::Value = serde_json::from_str(&header.example).unwrap();
        writeln!(text, "\n```json\n{}\n```", serde_json::to_string_pretty(&example).unwrap()).unwrap();
    }
    if !header.controls.is_empty() {
        writeln!(text, "\nControls: {}.", header.controls.join(", ")).unwrap();
    }
    text
}

fn parameter(text: &mut String, header: &Header, name: &str, default: &Param) {
    let description = header.description(name).unwrap();
    let Description { doc, why, source, .. } = description;
    write!(text, "- `{name} = {}`: {doc}", header.told(name, default)).unwrap();
    match (description.vocabulary(), description.unit) {
        (Some(vocabulary), _) => write!(text, " *Takes:* {vocabulary}.").unwrap(),
        (None, Some(unit)) if unit.is_of_texts() => write!(text, " *Takes:* any {}.", unit.as_str()).unwrap(),
        _ => {}
    }
    write!(text, " *Why:* {why}").unwrap();
    if !source.is_empty() {
        write!(text, " *Source:* {source}.").unwrap();
    }
    text.push('\n');
}
