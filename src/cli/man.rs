//! `changegate man`: the manual page.

use super::{Cli, Failure};
use crate::verdict::Outcome;
use clap::CommandFactory;
use std::io::Write;

/// Prints the page of the program, then of each command.
pub fn run(out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(out)?;
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        clap_mangen::Man::new(command.clone()).render(out)?;
    }
    Ok(Outcome::Pass)
}
