//! `changegate completions`: completions for a shell.

use super::{Cli, Failure};
use crate::verdict::Outcome;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write;

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub fn run(&self, out: &mut impl Write) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "changegate", &mut script);
        out.write_all(&script)?;
        Ok(Outcome::Pass)
    }
}
