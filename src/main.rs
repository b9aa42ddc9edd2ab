//! The `changegate` command. All it does is in the library, where it can be tested.

use changegate::cli::{Cli, run};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    run(&Cli::parse()).into()
}
