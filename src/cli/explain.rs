//! `changegate explain`: what a rule wants, why, and what satisfies it.

mod parameters;

use super::ground::{Side, configured_rules, root};
use super::rules::{Format, entry};
use super::terminal::Terminal;
use super::{Failure, Global};
use crate::codes;
use crate::finding::Fault;
use crate::policy::{Rule, RuleSet};
use crate::proposal::problem::nearest;
use crate::verdict::{Outcome, Part};
use anstyle::{AnsiColor, Style};
use clap::Args;
use serde_json::json;
use std::io::{self, Write};

#[derive(Debug, Args)]
pub struct Explain {
    /// The id of a rule, such as backup/restore-tested, or a family of rules, such as backup, or a code, such as
    /// proposal/duplicate-key
    #[arg(value_name = "ID")]
    id: String,

    /// The format of the explanation
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    side: Side,
}

impl Explain {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let trusted = self.side.trusted(&root)?;
        let set = configured_rules(global, &trusted)?;
        let found = self.found(&set)?;
        match self.format {
            Format::Human => {
                Page { color: terminal.color(), width: terminal.width().clamp(40, 100) }.found(&found, out)?
            }
            Format::Json => json(&found, out)?,
        }
        Ok(Outcome::Pass)
    }

    fn found<'s>(&'s self, set: &'s RuleSet) -> Result<Found<'s>, Fault> {
        if let Some(rule) = set.rule(&self.id) {
            return Ok(Found::Rule(rule));
        }
        if let Some(code) = codes::find(&self.id) {
            return Ok(Found::Code(code));
        }
        let name = self.id.trim_end_matches('/');
        let rules: Vec<_> = set.rules.iter().filter(|rule| is_below(name, &rule.id)).collect();
        let codes: Vec<_> = codes::all().filter(|code| is_below(name, code.id)).collect();
        if rules.is_empty() && codes.is_empty() {
            return Err(unknown(&self.id, set));
        }
        Ok(Found::Family { name, rules, codes })
    }
}

/// What an id stands for.
enum Found<'s> {
    Rule(&'s Rule),
    Code(&'s codes::Code),
    Family { name: &'s str, rules: Vec<&'s Rule>, codes: Vec<&'s codes::Code> },
}

/// The same lists whatever was asked for, so that a reader need not look what it is.
fn json(found: &Found<'_>, out: &mut impl Write) -> io::Result<()> {
    let (rules, codes) = match found {
        Found::Rule(rule) => (vec![*rule], Vec::new()),
        Found::Code(code) => (Vec::new(), vec![*code]),
        Found::Family { rules, codes, .. } => (rules.clone(), codes.clone()),
    };
    let rules: Vec<_> = rules.into_iter().map(entry).collect();
    let code = |code: &codes::Code| json!({ "id": code.id, "meaning": code.meaning, "who": code.who.as_str(), "help": code.action });
    let codes: Vec<_> = codes.into_iter().map(code).collect();
    serde_json::to_writer_pretty(
        &mut *out,
        &json!({ "schema": "changegate.explain/v1", "rules": rules, "codes": codes }),
    )?;
    writeln!(out)
}

/// What can be explained: rules with their titles, then codes with their meanings.
fn all(set: &RuleSet) -> impl Iterator<Item = (&str, &str)> {
    let rules = set.rules.iter().map(|rule| (&*rule.id, &*rule.header.title));
    rules.chain(codes::all().map(|code| (code.id, code.meaning)))
}

fn is_below(family: &str, id: &str) -> bool {
    id.strip_prefix(family).is_some_and(|rest| rest.starts_with('/'))
}

fn unknown(id: &str, set: &RuleSet) -> Fault {
    let ids: Vec<_> = all(set).map(|(id, _)| id).collect();
    let help = meant(id, &ids, true)
        .map_or_else(|| "`changegate rules` lists the rules".to_owned(), |near| format!("did you mean `{near}`?"));
    Fault::new("usage/unknown-rule", format!("there is no rule, family or code `{id}`")).help(help)
}

/// The id that was probably meant, or the family where it may be one: by its last part, by its whole name, by the family that it
/// begins with, or by what is like its last part.
pub(super) fn meant<'a>(id: &str, ids: &[&'a str], or_family: bool) -> Option<&'a str> {
    let family = |id: &'a str| id.rsplit_once('/').map(|(family, _)| family).filter(|_| or_family);
    let families = || ids.iter().copied().filter_map(family);
    let ending = |last: &str| ids.iter().copied().find(|id| id.rsplit('/').next() == Some(last));
    match id.split_once('/') {
        Some((first, _)) => nearest(id, ids.iter().copied()).or_else(|| nearest(first, families())),
        None => ending(id).or_else(|| nearest(id, families())).or_else(|| {
            let near = nearest(id, ids.iter().filter_map(|id| id.rsplit('/').next()))?;
            ending(near)
        }),
    }
}

struct Page {
    color: bool,
    width: usize,
}

impl Page {
    fn found(&self, found: &Found<'_>, out: &mut impl Write) -> io::Result<()> {
        match found {
            Found::Rule(rule) => self.rule(rule, out),
            Found::Code(code) => self.code(code, out),
            Found::Family { name, rules, codes } => {
                let rules = rules.iter().map(|rule| (&*rule.id, &*rule.header.title));
                let members: Vec<_> = rules.chain(codes.iter().map(|code| (code.id, code.meaning))).collect();
                self.family(name, &members, out)
            }
        }
    }

    fn rule(&self, rule: &Rule, out: &mut impl Write) -> io::Result<()> {
        self.title(out, &rule.id, &rule.header.title)?;
        writeln!(out)?;
        self.paragraph(out, &rule.header.why)?;
        self.heading(out, "What to do")?;
        self.paragraph(out, &rule.header.help)?;
        if !rule.header.example.is_empty() {
            self.heading(out, "What satisfies it")?;
            for line in example(&rule.header.example).lines() {
                writeln!(out, "  {line}")?;
            }
        }
        self.heading(out, "When it applies")?;
        let phases: Vec<_> = rule.header.phases.iter().map(|phase| phase.as_str()).collect();
        writeln!(out, "  phases      {}", phases.join(", "))?;
        writeln!(out, "  level       {}", rule.level)?;
        let days = rule.told_days();
        if !days.is_empty() {
            writeln!(out, "  days        {days}")?;
        }
        if let Part::Off(reason) = &rule.part {
            writeln!(out, "  off         {reason}")?;
        }
        for change in &rule.changes {
            writeln!(out, "  changed     {change}")?;
        }
        for control in &rule.header.controls {
            writeln!(out, "  control     {control}")?;
        }
        writeln!(out, "  file        {}", rule.source.name())?;
        self.parameters(rule, out)
    }

    fn code(&self, code: &codes::Code, out: &mut impl Write) -> io::Result<()> {
        self.title(out, code.id, code.meaning)?;
        self.heading(out, "Who has to act")?;
        self.paragraph(out, code.who.as_str())?;
        self.heading(out, "What to do")?;
        self.paragraph(out, code.action)
    }

    fn family(&self, name: &str, members: &[(&str, &str)], out: &mut impl Write) -> io::Result<()> {
        let style = self.style(Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())));
        writeln!(out, "{style}{name}{style:#}\n")?;
        let widest = members.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
        let indent = " ".repeat(widest + 4);
        // Beside the ids of some families nothing is left of a narrow terminal.
        let beside = self.width >= widest + 30;
        for (id, title) in members {
            let (first, rest) =
                if beside { (format!("  {id:widest$}  "), indent.as_str()) } else { ("    ".to_owned(), "    ") };
            if !beside {
                writeln!(out, "  {id}")?;
            }
            let options = textwrap::Options::new(self.width).initial_indent(&first).subsequent_indent(rest);
            textwrap::wrap(title, options).iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
        writeln!(out, "\n`changegate explain ID` tells more of one of them")
    }

    fn title(&self, out: &mut impl Write, id: &str, title: &str) -> io::Result<()> {
        let style = self.style(Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())));
        writeln!(out, "{style}{id}{style:#}\n")?;
        let style = self.style(Style::new().bold());
        for line in textwrap::wrap(title, self.width) {
            writeln!(out, "{style}{line}{style:#}")?;
        }
        Ok(())
    }

    fn heading(&self, out: &mut impl Write, text: &str) -> io::Result<()> {
        let style = self.style(Style::new().bold());
        writeln!(out, "\n{style}{text}{style:#}")
    }

    fn paragraph(&self, out: &mut impl Write, text: &str) -> io::Result<()> {
        let options = textwrap::Options::new(self.width).initial_indent("  ").subsequent_indent("  ");
        textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
    }

    const fn style(&self, style: Style) -> Style {
        if self.color { style } else { Style::new() }
    }
}

/// An example as JSON of some lines; as it is where it is no JSON, which a test rules out for the built-in rules.
fn example(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Page, meant};

    #[test]
    fn titles_stand_below_their_rules_where_there_is_no_room_beside() {
        let members = [("backup/configuration-covered", "The configuration is backed up with the data")];
        let shown = |width| {
            let mut out = Vec::new();
            Page { color: false, width }.family("backup", &members, &mut out).expect("a buffer takes all");
            String::from_utf8(out).expect("text")
        };
        assert!(
            shown(40)
                .contains("  backup/configuration-covered\n    The configuration is backed up with\n    the data\n")
        );
        assert!(shown(90).contains("  backup/configuration-covered  The configuration is backed up with the data\n"));
    }

    #[test]
    fn a_rule_is_found_by_its_name_its_family_or_its_last_part() {
        let ids = ["backup/age", "backup/restore-tested", "rollback/steps", "proposal/duplicate-key"];
        for (written, near) in [
            ("backup/restore-testd", Some("backup/restore-tested")),
            ("bakcup/restore-tested", Some("backup/restore-tested")),
            ("bakcup", Some("backup")),
            ("bakcup/zzzzzzzzzzzzzzzzzz", Some("backup")),
            ("restore-tested", Some("backup/restore-tested")),
            ("restore-testde", Some("backup/restore-tested")),
            ("duplicate_key", Some("proposal/duplicate-key")),
            ("zzz", None),
        ] {
            assert_eq!(meant(written, &ids, true), near, "{written}");
        }
        // An equal last part is nearer than a like family; and what is one rule is no family.
        let ids = ["house/change-window", "changed/once"];
        assert_eq!(meant("change-window", &ids, true), Some("house/change-window"));
        assert_eq!(
            (meant("change", &ids, true), meant("change", &ids, false)),
            (Some("changed"), Some("house/change-window"))
        );
    }
}
