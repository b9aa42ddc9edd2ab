//! The parameters of a rule, for whoever thinks of changing one.

use super::Page;
use crate::policy::{Declaration, Param, Rule};
use std::io::{self, Write};

impl Page {
    /// Each with its value, what it sets, why, and who says so; and how one is changed.
    pub(super) fn parameters(&self, rule: &Rule, out: &mut impl Write) -> io::Result<()> {
        let declared = &rule.header.params;
        let values: Vec<_> =
            rule.params.iter().filter_map(|(name, value)| Some((name, value, declared.get(name)?))).collect();
        // The shortest shows best how it is written.
        let Some((name, value, _)) = values.iter().min_by_key(|(.., value, _)| value.to_string().len()) else {
            return Ok(());
        };
        self.heading(out, "Parameters")?;
        for (name, value, declared) in &values {
            self.parameter(name, value, declared, out)?;
        }
        self.heading(out, "How a parameter is set in changegate.toml")?;
        writeln!(out, "  [rules.\"{}\"]\n  params = {{ {name} = {value} }}", rule.id)
    }

    fn parameter(&self, name: &str, value: &Param, declared: &Declaration, out: &mut impl Write) -> io::Result<()> {
        let Declaration { default, doc, why, source, .. } = declared;
        self.hanging(out, "  ", 6, &format!("{name} = {}", declared.told(value)))?;
        if value != default {
            let default = declared.told(default);
            self.hanging(out, "    changed  ", 13, &format!("by the configuration; the default is {default}"))?;
        }
        for (label, indent, text) in [("    ", 4, doc), ("    why      ", 13, why), ("    source   ", 13, source)] {
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
