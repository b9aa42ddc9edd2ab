//! `changegate schema`: the JSON Schemas, for editors.

use super::Failure;
use crate::config;
use crate::proposal::json_schema;
use crate::verdict::Outcome;
use clap::Args;
use std::io::{self, Write};

#[derive(Debug, Args)]
pub struct Schema {
    /// That of a system profile
    #[arg(long, conflicts_with = "config_file")]
    profile: bool,
    /// That of changegate.toml
    #[arg(long)]
    config_file: bool,
}

impl Schema {
    pub fn run(&self, out: &mut impl Write) -> Result<Outcome, Failure> {
        let schema = match (self.profile, self.config_file) {
            (true, _) => json_schema::profile(),
            (_, true) => config::json_schema(),
            _ => json_schema::proposal(),
        };
        serde_json::to_writer_pretty(&mut *out, &schema).map_err(io::Error::from)?;
        writeln!(out)?;
        Ok(Outcome::Pass)
    }
}
