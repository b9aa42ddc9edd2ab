//! `changegate new`: writes what somebody goes on with, as far as it can be known beforehand.

mod rule;
mod system;
mod waiver;

use super::{Failure, Global};
use crate::verdict::Outcome;
use clap::{Args, Subcommand};
use std::io::Write;

#[derive(Debug, Args)]
pub struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write a rule with a header and a check, and beside it a case that passes and one that fails
    ///
    /// They are written into the first folder of `policies.paths`, or into `policies` where there is none.
    Rule(rule::Rule),
    /// Write the profile of a system, with all that rules ask of one marked as yet to be filled in
    ///
    /// It is written into the folder of `systems.path`. No proposal of the system passes until the last mark is gone.
    System(system::System),
    /// Add a waiver to those that there are, if it would hold
    ///
    /// It is written at the end of the only file of the folder `waivers`, or of `waivers/waivers.toml` where there is none or are several;
    /// or at the end of the configuration, where the waivers stand in it.
    Waiver(Box<waiver::Waiver>),
}

impl New {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        match &self.what {
            What::Rule(rule) => rule.run(global, out),
            What::System(system) => system.run(global, out),
            What::Waiver(waiver) => waiver.run(global, out),
        }
    }
}
