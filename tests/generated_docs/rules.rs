//! The built-in rules: their manual, and the catalogue that they enforce.

use super::{MADE, same};
use changegate::facts::Phase;
use changegate::policy::{RuleSet, builtin};
use changegate::report::Manual;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

#[test]
fn rules_are_documented() {
    let set = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let pages = Manual::of(&set).markdown();
    pages.iter().for_each(|page| same(&format!("docs/{}", page.name), &page.text));
    same("docs/catalogue.md", &format!("{MADE}{}", catalogue(&set)));
    for file in fs::read_dir("docs/rules").unwrap() {
        let name = format!("rules/{}", file.unwrap().file_name().to_str().unwrap());
        assert!(pages.iter().any(|page| page.name == name), "docs/{name} is about no family of rules");
    }
}

/// A rule as a link to its entry.
fn link(rule: &str) -> String {
    let family = rule.split('/').next().unwrap_or_default();
    format!("[{rule}](rules/{family}.md#{})", rule.replace('/', ""))
}

/// From what an upgrade must show to the rules that ask for it: `policies/catalogue.toml`.
fn catalogue(set: &RuleSet) -> String {
    let toml: toml::Table = toml::from_str(&fs::read_to_string("policies/catalogue.toml").unwrap()).unwrap();
    let mut text = "# What an upgrade must show\n\nEach row of the catalogue, and the rules of the built-in pack that ask for it.\n\n\
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
