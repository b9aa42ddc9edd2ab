//! `changegate schema`: the JSON Schemas, for editors.

use super::{Failure, Global};
use crate::config;
use crate::finding::Fault;
use crate::proposal::json_schema;
use crate::verdict::Outcome;
use clap::{Args, ValueEnum};
use std::io::{self, Write};

#[derive(Debug, Args)]
pub struct Schema {
    /// What it describes
    #[arg(value_name = "WHAT", value_enum, default_value_t = Described::Proposal)]
    described: Described,
    /// The same as `schema profile`
    #[arg(long, conflicts_with = "described")]
    profile: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Described {
    /// A proposal
    Proposal,
    /// The profile of a system
    Profile,
    /// changegate.toml
    Config,
}

impl Schema {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        // Whoever asks for it so means the schema of the configuration, and would get that of a proposal.
        if global.config.is_some() {
            return Err(Fault::new("usage/option", "`--config` names a configuration, and no schema depends on one")
                .help("`changegate schema config` prints the schema of the configuration")
                .into());
        }
        let schema = match self.described {
            Described::Config => config::json_schema(),
            Described::Proposal if !self.profile => json_schema::proposal(),
            Described::Proposal | Described::Profile => json_schema::profile(),
        };
        serde_json::to_writer_pretty(&mut *out, &schema).map_err(io::Error::from)?;
        writeln!(out)?;
        Ok(Outcome::Pass)
    }
}
