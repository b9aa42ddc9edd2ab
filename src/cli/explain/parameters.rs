//! The parameters of a rule, for whoever thinks of changing one.

use super::Page;
use crate::policy::{Description, Header, Param, Rule};
use std::io::{self, Write};

impl Page {
    /// Each with its value, what it sets, why, and who says so; and how one is changed.
    pub(super) fn parameters(&self, rule: &Rule, out: &mut impl Write) -> io::Result<()> {
        // The shortest shows best how it is written.
        let shortest = rule.params.iter().min_by_key(|(_, value)| value.to_string().len());
        let Some((name, value)) = shortest else { return Ok(()) };
        self.heading(out, "Parameters")?;
        for (name, value) in &rule.params {
            self.parameter(&rule.header, name, value, out)?;
        }
        self.heading(out, "How a parameter is set in changegate.toml")?;
        writeln!(out, "  [rules.\"{}\"]\n  params = {{ {name} = {value} }}", rule.id)
    }

    fn parameter(&self, header: &Header, name: &str, value: &Param, out: &mut impl Write) -> io::Result<()> {
        self.hanging(out, "  ", 6, &format!("{name} = {}", header.told(name, value)))?;
        if let Some(default) = header.params.get(name).filter(|default| *default != value) {
            let default = header.told(name, default);
            self.hanging(out, "    changed  ", 13, &format!("by the configuration; the default is {default}"))?;
        }
        let Some(description) = header.description(name) else { return Ok(()) };
        let Description { doc, why, source, least, most, .. } = description;
        let [least, most] = [least, most].map(|limit| {
            limit.map_or_else(String::new, |limit| match value {
                Param::List(_) => format!("{limit} of them"),
                _ => header.told(name, &Param::Count(limit)),
            })
        });
        for (label, indent, text) in [
            ("    ", 4, doc),
            ("    takes    ", 13, &description.takes().into()),
            ("    least    ", 13, &least.into()),
            ("    most     ", 13, &most.into()),
            ("    why      ", 13, why),
            ("    source   ", 13, source),
        ] {
            if !text.is_empty() {
                self.hanging(out, label, indent, text)?;
            }
        }
        Ok(())
    }

    /// A text behind a label, with its further lines indented.
    fn hanging(&self, out: &mut impl Write, label: &str, indent: usize, text: &str) -> io::Result<()> {
        let indent = " ".repeat(indent);
        let options = textwrap::Options::new(self.width).initial_indent(label).subsequent_indent(&indent);
        textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}
