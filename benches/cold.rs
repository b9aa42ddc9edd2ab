//! How long a whole process takes, from its start to its end, with a warm file cache. Run with `cargo bench --bench cold`;
//! `RUNS=1000` for more than 200 runs of each.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement is for whoever runs it")]

mod support;

use std::env;
use std::process::Command;
use std::time::Duration;

type Make<'a> = Box<dyn Fn() -> Command + 'a>;

fn main() {
    let runs =
        if support::trial() { 1 } else { env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(200) };
    let folder = support::folder(1, |_| support::PROPOSAL.to_owned());
    let root = folder.path();
    let file = "proposals/000/000000.json";
    let check = |arguments: &'static [&'static str]| -> Make<'_> {
        Box::new(move || {
            let mut command = support::check(root);
            command.arg(file).args(arguments);
            command
        })
    };
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/rules");
    let eleven: Make<'_> = Box::new(|| {
        let mut command = support::check(root);
        command.args([file, "--no-builtin", "--policies", rules]);
        command
    });
    let version: Make<'_> = Box::new(|| {
        let mut command = support::changegate();
        command.arg("--version");
        command
    });
    let mut cases: Vec<(&str, &str, Make<'_>)> = vec![
        ("`changegate --version`", "", version),
        ("`changegate check`, eleven small rules from a folder", "", eleven),
        ("`changegate check`, the built-in pack", "4 ms", check(&[])),
        ("the same, `--format json`", "", check(&["--format", "json"])),
    ];
    if cfg!(unix) {
        cases.insert(0, ("`true`: a process that does nothing", "", Box::new(|| Command::new("true"))));
    }
    let mut times = vec![Vec::new(); cases.len()];
    // In turn, so that whatever else goes on meets all of them alike; the first round warms the cache and does not count.
    for round in 0..=runs {
        for ((name, _, make), times) in cases.iter().zip(&mut times) {
            let run = support::run(&mut make());
            assert_eq!(run.code, Some(0), "{name}");
            if round > 0 {
                times.push(run.wall);
            }
        }
    }
    println!("\n| process | median | least | wanted |\n|---|---|---|---|");
    for ((name, wanted, _), times) in cases.iter().zip(&mut times) {
        let (median, least): (Duration, Duration) = support::middle(times);
        println!("| {name} | {} | {} | {wanted} |", support::ms(median), support::ms(least));
    }
    println!("\n{runs} runs of each in turn; the proposal has {} bytes", support::PROPOSAL.len());
}
