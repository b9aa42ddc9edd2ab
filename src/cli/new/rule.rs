//! `changegate new rule`: a rule that runs, to be changed into the one that is needed.

use crate::cases::of_rule;
use crate::cli::fresh::{barred, command, exists, unwritable, write};
use crate::cli::ground::{LONGEST, configuration, configuration_name, is_there, root};
use crate::cli::{Failure, Global};
use crate::config::FILE;
use crate::document::Document;
use crate::files::Files;
use crate::finding::Fault;
use crate::policy::{bad_id, builtin};
use crate::verdict::Outcome;
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Rule {
    /// The id of the rule, which is its path in the folder: `house/ticket`
    #[arg(value_name = "ID")]
    id: String,
}

const RULE: &str = include_str!("rule.rhai");
const CASES: &str = include_str!("cases.json");
/// Where rules go that no configuration has a place for.
const USUAL: &str = "policies";

impl Rule {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let trusted = Files::folder(&root);
        let (config, faults) = configuration(global, &trusted);
        if !faults.is_empty() {
            return Err(faults.into());
        }
        if let Some(fault) = bad_id(&self.id) {
            return Err(fault.into());
        }
        if config.builtin && builtin().rules.iter().any(|(id, _)| **id == *self.id) {
            return Err(Fault::new("usage/exists", format!("there is a built-in rule `{}`", self.id))
                .help(format!("give yours another id; what the built-in one asks: changegate explain {}", self.id))
                .into());
        }
        let named = config.policies.first();
        let folder = named.map_or(Path::new(USUAL), PathBuf::as_path);
        let rule = folder.join(format!("{}.rhai", self.id));
        let files =
            [(rule.clone(), RULE), (of_rule(&rule), CASES)].map(|(file, text)| (file.display().to_string(), text));
        // Known beforehand, so that half of the files are not written.
        let there = files.iter().filter(|(file, _)| is_there(&trusted, Path::new(file)));
        let there: Vec<_> = there.map(|(file, _)| exists(file, "give the rule another id")).collect();
        if !there.is_empty() {
            return Err(there.into());
        }
        let faults: Vec<_> = files.iter().filter_map(|(file, _)| barred(&root, file)).collect();
        if !faults.is_empty() {
            return Err(faults.into());
        }
        for (file, text) in &files {
            write(&root.join(file), text).map_err(|error| unwritable(file, &error))?;
            writeln!(out, "wrote {file}")?;
        }
        let place = if named.is_some() {
            String::new()
        } else {
            let name = configuration_name(global, &trusted);
            // A table that is there can't be begun again.
            let (place, table) = if name.as_deref().is_some_and(|name| has_table(&trusted, name)) {
                (" in its `[policies]`", "")
            } else {
                ("", "  [policies]\n")
            };
            let name = name.as_deref().unwrap_or(FILE);
            writeln!(
                out,
                "\n{name} has to name its folder{place} before anything is judged by it:\n\n{table}  paths = [\"{USUAL}\"]"
            )?;
            format!(" {USUAL}")
        };
        let [test, lint] = ["test", "lint"].map(|name| command(global, &format!("{name}{place}")));
        writeln!(out, "\nnext: change both into what you need, then {test} && {lint}")?;
        Ok(Outcome::Pass)
    }
}

/// Whether the configuration, which was read before, says anything of rules.
fn has_table(trusted: &Files, name: &str) -> bool {
    let text = trusted.text(Path::new(name), LONGEST).unwrap_or_default();
    Document::parse_toml(name, &text).is_ok_and(|document| document.at("/policies").is_some())
}
