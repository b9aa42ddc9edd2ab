//! Which rules a command looks through or tests.

use crate::cases::Suite;
use crate::config::Config;
use crate::files::Files;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Paths {
    /// Folders of rules, rules, or files of cases [default: `policies.paths` of the configuration]
    ///
    /// The cases of a rule stand beside it: `ticket.cases.json` beside `ticket.rhai`.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

impl Paths {
    /// The rules that are named, of those of the configuration or besides.
    pub fn suite(&self, files: &Files, config: &Config) -> Suite {
        Suite::of(files, &config.policies, &self.paths)
    }
}
