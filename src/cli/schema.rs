//! `changegate schema`: the JSON Schemas, for editors; and whether files are what they describe.

mod valid;

use super::terminal::Terminal;
use super::{Failure, Global};
use crate::cases;
use crate::config;
use crate::finding::Fault;
use crate::proposal::json_schema;
use crate::verdict::Outcome;
use clap::{Args, ValueEnum};
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Schema {
    /// What it describes
    #[arg(value_name = "WHAT", value_enum, default_value_t = Described::Proposal)]
    described: Described,
    /// The same as `schema profile`
    #[arg(long, conflicts_with = "described")]
    profile: bool,
    /// Say what is wrong with these files instead, as far as no rule has a say in it; exit status 1 where something is
    ///
    /// More than the JSON Schema can tell: also keys that are given twice, and a proposal together with the profile of its system. That a
    /// proposal is valid says nothing of whether the upgrade may go ahead.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    check: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Described {
    /// A proposal
    Proposal,
    /// The profile of a system
    Profile,
    /// changegate.toml
    Config,
    /// The cases of a rule
    Cases,
}

impl Schema {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let described = if self.profile { Described::Profile } else { self.described };
        if !self.check.is_empty() {
            return valid::all(described, &self.check, global, terminal);
        }
        // Whoever asks for it so means the schema of the configuration, and would get that of a proposal.
        if global.config.is_some() {
            return Err(Fault::new("usage/option", "`--config` names a configuration, and no schema depends on one")
                .help("`changegate schema config` prints the schema of the configuration")
                .into());
        }
        let schema = match described {
            Described::Config => config::json_schema(),
            Described::Proposal => json_schema::proposal(),
            Described::Profile => json_schema::profile(),
            Described::Cases => cases::schema(),
        };
        serde_json::to_writer_pretty(&mut *out, &schema).map_err(io::Error::from)?;
        writeln!(out)?;
        Ok(Outcome::Pass)
    }
}
