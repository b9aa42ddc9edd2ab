//! By what was judged: enough to make the run again.

use super::markup::{Markup, Short, put};
use crate::finding::Level;
use crate::report::ready::Ready;
use crate::verdict::{Part, RuleTerms, Tally, Terms};

/// Of a list so many are named.
const MOST: usize = 50;
const LONGEST: usize = 300;

/// What is known when the run begins.
#[derive(Debug, Default)]
pub struct Judged {
    rules: Ready,
    rest: Markup,
}

impl Judged {
    pub fn of(terms: &Terms) -> Self {
        Self { rules: Ready::of(terms), rest: rest(terms) }
    }

    /// The end of the page.
    pub fn put(&self, out: &mut Markup, tally: &Tally) {
        out.markup("<section id=\"terms\"><h2>Judged by</h2><dl class=\"facts\">");
        fact(out, "Rules", &self.rules.told(tally));
        put!(out; self.rest, "</section>");
    }
}

/// All but how many rules were run.
fn rest(terms: &Terms) -> Markup {
    let mut out = Markup::default();
    if let Some(configured) = &terms.configuration {
        fact(&mut out, "Configuration", &configured.file);
        configured.scale.iter().for_each(|change| fact(&mut out, "Scale changed", change));
    }
    if let Some(base) = &terms.base {
        fact(&mut out, "Base", &format!("{} ({})", base.name, base.commit));
        fact(&mut out, "Head", &base.head);
    }
    if !terms.policies.builtin {
        fact(&mut out, "Packs", "without the built-in rules");
    }
    several(&mut out, "Packs", terms.policies.folders.iter().map(String::as_str));
    several(&mut out, "Calendars", terms.calendars.iter().map(|(file, _)| file.as_str()));
    several(&mut out, "Waivers", terms.waivers.iter().map(|(file, _)| file.as_str()));
    several(&mut out, "Passed over", terms.skipped.iter().map(String::as_str));
    if terms.fail_on < Level::Deny {
        fact(&mut out, "Fail on", "warn: what would warn is a denial");
    }
    fact(&mut out, "Digest of the rules", &terms.rules_digest);
    if let Some(digest) = terms.configuration.as_ref().and_then(|configured| configured.digest.as_deref()) {
        fact(&mut out, "Digest of the configuration", digest);
    }
    out.markup("</dl>");
    changed(&mut out, terms);
    out
}

fn fact(out: &mut Markup, name: &'static str, value: &str) {
    put!(out; "<div><dt>", name, "</dt><dd>", Short(value, LONGEST), "</dd></div>");
}

fn several<'t>(out: &mut Markup, name: &'static str, values: impl Iterator<Item = &'t str>) {
    let all: Vec<&str> = values.collect();
    match all.len() {
        0 => {}
        number => {
            let more = if number > MOST { format!(" and {} more", number - MOST) } else { String::new() };
            put!(out; "<div><dt>", name, "</dt><dd>");
            for (at, value) in all.iter().take(MOST).enumerate() {
                put!(out; if at > 0 { ", " } else { "" }, Short(value, LONGEST));
            }
            put!(out; more, "</dd></div>");
        }
    }
}

/// Rules that are off, have expired or do not block yet, or are otherwise than they come.
fn changed(out: &mut Markup, terms: &Terms) {
    let is_off = |rule: &RuleTerms| matches!(rule.part, Part::Off(_) | Part::Expired(_));
    let is_changed = |rule: &&RuleTerms| is_off(rule) || rule.blocks_on.is_some() || !rule.changes.is_empty();
    let changed: Vec<_> = terms.rules.iter().filter(is_changed).collect();
    if changed.is_empty() {
        return;
    }
    out.markup("<h3>Rules that are off, changed or staged</h3><ul>");
    for rule in changed {
        put!(out; "<li><code>", &*rule.id, "</code> ");
        match &rule.part {
            Part::Off(reason) => put!(out; "is off: ", reason),
            Part::Expired(day) => put!(out; "has no part: expired on ", day.to_string()),
            _ => {
                if let Some(told) = rule.told_stage(terms.fail_on < Level::Deny) {
                    let more = if rule.changes.is_empty() { "" } else { "; " };
                    put!(out; told, more);
                }
                put!(out; Short(&rule.changes.join(", "), LONGEST));
            }
        }
        out.markup("</li>");
    }
    out.markup("</ul>");
}
