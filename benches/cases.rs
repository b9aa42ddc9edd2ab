//! The cases of the built-in pack, all of them in a whole process: what whoever changes a rule waits for. Run with `cargo bench --bench cases`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement is for whoever runs it")]

mod support;

use std::process::Command;

fn main() {
    let suite = || -> Command {
        let mut command = support::changegate();
        command.args(["-C", env!("CARGO_MANIFEST_DIR"), "test", "policies"]);
        command
    };
    let said = support::output(&mut suite());
    println!("{}", String::from_utf8_lossy(&said.stdout).trim());
    let once = |_| {
        let run = support::run(&mut suite());
        assert_eq!(run.code, Some(0));
        run.wall
    };
    let runs = if support::trial() { 1 } else { 10 };
    let (middle, least) = support::middle(&mut (0..runs).map(once).collect::<Vec<_>>());
    println!("\n| figure | wanted | middle | least |\n|---|---|---|---|");
    println!("| the cases of the built-in pack | 2 s | {} | {} |", support::ms(middle), support::ms(least));
}
