//! The manual of rules: what each asks for and why, what satisfies it, what can be set, and which rules serve which control of a framework.

mod frameworks;
mod markdown;

use super::escape;
use crate::policy::{Header, Param, Rule, RuleSet};
use crate::verdict::Part;
use frameworks::Frameworks;
use std::collections::BTreeMap;

/// The rules of a run by its configuration, for whoever has to meet them.
#[derive(Debug)]
pub struct Manual<'r> {
    /// By the first part of their ids.
    pub(super) families: BTreeMap<&'r str, Vec<&'r Rule>>,
    pub(super) frameworks: Frameworks<'r>,
}

/// A page of a manual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its name in the folder of the manual, with `/` between folders.
    pub name: String,
    /// All that it holds.
    pub text: String,
}

/// How each page in Markdown begins, by which it is known again.
const BEGIN: &str = "<!-- Written by `changegate docs`; edits are lost. -->\n";

impl<'r> Manual<'r> {
    /// That of some rules.
    ///
    /// ```
    /// use changegate::facts::Phase;
    /// use changegate::policy::{RuleSet, builtin};
    /// use changegate::report::Manual;
    /// let rules = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap();
    /// let pages = Manual::of(&rules).markdown();
    /// assert_eq!(pages[0].name, "rules.md");
    /// assert!(pages.iter().any(|page| page.name == "rules/backup.md" && page.text.contains("backup/restore-tested")));
    /// ```
    pub fn of(rules: &'r RuleSet) -> Self {
        let mut families: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for rule in &rules.rules {
            families.entry(family(rule)).or_default().push(rule);
        }
        Self { families, frameworks: Frameworks::of(&rules.rules) }
    }

    /// How many rules it is about.
    pub fn len(&self) -> usize {
        self.families.values().map(Vec::len).sum()
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.families.is_empty()
    }

    /// Whether a text begins as one that was written as a page of a manual, or as another page of this program.
    pub fn is_page(text: &[u8]) -> bool {
        text.starts_with(BEGIN.trim_end().as_bytes()) || super::html::begins(text)
    }
}

fn family(rule: &Rule) -> &str {
    rule.id.split('/').next().unwrap_or_default()
}

/// What a rule is in this configuration: its level, its phases, its days, and whether it is off.
pub(super) fn standing(rule: &Rule) -> String {
    let phases: Vec<_> = rule.header.phases.iter().map(|phase| phase.as_str()).collect();
    let level = match &rule.part {
        Part::Off(reason) => format!("off: {}", escape::line(reason, LONGEST, "…")),
        _ if rule.level == rule.header.level => rule.level.to_string(),
        _ => format!("{} (by its header {})", rule.level, rule.header.level),
    };
    let days = Some(rule.told_days()).filter(|days| !days.is_empty());
    [level, phases.join(", ")].into_iter().chain(days).collect::<Vec<_>>().join(" · ")
}

/// Longer texts than these are no sentences of a header.
const LONGEST: usize = 8_000;

/// A parameter as it is, and what it is without the configuration where that is something else.
pub(super) fn values(header: &Header, name: &str, value: &Param) -> (String, Option<String>) {
    let default = header.params.get(name).filter(|default| *default != value);
    (header.told(name, value), default.map(|default| header.told(name, default)))
}

/// What satisfies a rule, laid out.
pub(super) fn example(header: &Header) -> Option<String> {
    let example: serde_json::Value = serde_json::from_str(&header.example).ok()?;
    let text = serde_json::to_string_pretty(&example).ok()?;
    Some(text.lines().map(|line| escape::line(line, LONGEST, "…")).collect::<Vec<_>>().join("\n"))
}
