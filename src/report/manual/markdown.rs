//! The manual in Markdown: a list of all rules with the frameworks, and a page for each family.

use super::{BEGIN, LONGEST, Manual, Page, example, standing, values};
use crate::policy::{Param, Rule};
use crate::report::counts::count;
use crate::report::escape;

impl Manual<'_> {
    /// `rules.md`, and of each family `rules/FAMILY.md`.
    pub fn markdown(&self) -> Vec<Page> {
        let mut list = format!(
            "{BEGIN}# Rules\n\nThe {} by which is judged, by family. A finding at level `deny` blocks; `warn` and `info` are shown. A rule may report \
             below its level. `changegate explain RULE` prints what is told of one here, with the parameters of your configuration.\n",
            count(self.len(), "rule")
        );
        let mut pages = Vec::new();
        for (family, rules) in &self.families {
            let counted = count(rules.len(), "rule");
            list.push_str(&format!("\n## {family}\n\n[{counted}](rules/{family}.md)\n\n"));
            let mut text =
                format!("{BEGIN}# {family}\n\n{} of [{}](../rules.md).\n", rules.len(), count(self.len(), "rule"));
            for rule in rules {
                list.push_str(&format!("- {}: {}\n", link(rule), prose(&rule.header.title)));
                text.push_str(&entry(rule));
            }
            pages.push(Page { name: format!("rules/{family}.md"), text });
        }
        list.push_str(&self.controls());
        pages.insert(0, Page { name: "rules.md".to_owned(), text: list });
        pages
    }

    /// From the controls of frameworks to the rules that serve them.
    fn controls(&self) -> String {
        if self.frameworks.0.is_empty() {
            return String::new();
        }
        let mut text = "\n## Controls of frameworks\n\nWhich rules serve which control, as their headers say. A rule serves a control in part, for the upgrades that it judges.\n".to_owned();
        for (framework, controls) in &self.frameworks.0 {
            text.push_str(&format!("\n### {}\n\n| control | rules |\n|---|---|\n", prose(framework)));
            for (control, rules) in controls {
                let mut rules: Vec<_> = rules.iter().map(|rule| link(rule)).collect();
                rules.dedup();
                text.push_str(&format!("| {} | {} |\n", cell(control.name), rules.join(", ")));
            }
        }
        text
    }
}

/// A rule as a link to its entry, seen from the list.
fn link(rule: &Rule) -> String {
    let family = super::family(rule);
    format!("[{}](rules/{family}.md#{})", rule.id, rule.id.replace('/', ""))
}

fn entry(rule: &Rule) -> String {
    let header = &rule.header;
    let mut text = format!(
        "\n## {}\n\n**{}**\n\n{}\n\n{}\n\n*What to do:* {}.\n",
        rule.id,
        prose(&header.title),
        prose(&standing(rule)),
        prose(&header.why),
        prose(header.help.trim_end_matches('.'))
    );
    if !rule.params.is_empty() {
        text.push_str("\nParameters:\n\n");
        rule.params.iter().for_each(|(name, value)| parameter(&mut text, rule, name, value));
    }
    if let Some(example) = example(header) {
        text.push_str(&format!("\n```json\n{example}\n```\n"));
    }
    if !header.controls.is_empty() {
        text.push_str(&format!("\nControls: {}.\n", prose(&header.controls.join(", "))));
    }
    text
}

fn parameter(text: &mut String, rule: &Rule, name: &str, value: &Param) {
    let (value, default) = values(&rule.header, name, value);
    let default = default.map(|default| format!(" (by default {})", code(&default))).unwrap_or_default();
    text.push_str(&format!("- {}{default}", code(&format!("{name} = {value}"))));
    if let Some(description) = rule.header.description(name) {
        text.push_str(&format!(": {}", prose(&description.doc)));
        let takes = description.takes();
        for (label, said) in [("Takes", takes.as_str()), ("Why", &*description.why), ("Source", &*description.source)] {
            if !said.is_empty() {
                text.push_str(&format!(" *{label}:* {}.", prose(said.trim_end_matches('.'))));
            }
        }
    }
    text.push('\n');
}

/// Text of a header, in which what stands in backticks is code, and nothing else is markup.
fn prose(text: &str) -> String {
    let line = escape::line(text, LONGEST, "…");
    let marks = line.matches('`').count();
    let mut out = String::with_capacity(line.len());
    for (at, part) in line.split('`').enumerate() {
        if at > 0 {
            // Of an odd number of backticks the last one is a character.
            out.push_str(if at == marks && !marks.is_multiple_of(2) { "\\`" } else { "`" });
        }
        let is_code = at % 2 == 1 && (at < marks || marks.is_multiple_of(2));
        for c in part.chars() {
            let begins = out.is_empty() && "#+-=".contains(c);
            let is_markup = !is_code && (begins || "\\<>[]*_|~&".contains(c));
            out.extend(is_markup.then_some('\\'));
            out.push(c);
        }
    }
    out
}

/// The same in a cell of a table, in which a bar ends it even in code.
fn cell(text: &str) -> String {
    prose(&text.replace('`', "'"))
}

/// A text as code, whatever stands in it.
fn code(text: &str) -> String {
    let line = escape::line(text, LONGEST, "…");
    // A fence that is longer than any row of backticks in it.
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let (fence, blank) = ("`".repeat(longest + 1), if longest > 0 { " " } else { "" });
    format!("{fence}{blank}{line}{blank}{fence}")
}

#[cfg(test)]
mod tests {
    use super::{code, prose};

    #[test]
    fn headers_are_text() {
        for (text, expected) in [
            ("set `a_b` and <b>", "set `a_b` and \\<b\\>"),
            ("[x](y) *z* | `p|q`", "\\[x\\](y) \\*z\\* \\| `p|q`"),
            ("- a list", "\\- a list"),
            ("a ` alone", "a \\` alone"),
            ("two\nlines", "two\\\\nlines"),
        ] {
            assert_eq!(prose(text), expected);
        }
        assert_eq!(code("a = [\"`x`\"]"), "`` a = [\"`x`\"] ``");
        assert_eq!(code("\"``\""), "``` \"``\" ```");
    }
}
