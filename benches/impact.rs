//! What two sets of rules make of many proposals. Run with `cargo bench --bench impact`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement is for whoever runs it")]

mod support;

use std::fs;
use std::path::Path;

/// The systems of the fleet; windows on one of them are days apart.
const SYSTEMS: usize = 2_000;

fn main() {
    let sizes: &[usize] = if support::trial() { &[10] } else { &[100, 1_000, 10_000] };
    println!("\n| proposals | wall, the middle | at the least | per proposal | peak memory |\n|---|---|---|---|---|");
    for &count in sizes {
        let profiles: Vec<_> = (0..count.min(SYSTEMS)).map(support::profile).collect();
        let folder = support::fleet(count, &profiles, proposal);
        fs::write(folder.path().join("old.toml"), "").unwrap();
        fs::write(folder.path().join("new.toml"), "[rules.\"backup/restore-tested\"]\nlevel = \"warn\"\n").unwrap();
        told(folder.path(), count);
        let runs = if support::trial() { 1 } else { 10 };
        let measured: Vec<_> = (0..runs).map(|_| support::watched(&mut impact(folder.path()))).collect();
        assert!(measured.iter().all(|(run, _)| run.code == Some(0)));
        let mut times: Vec<_> = measured.iter().map(|(run, _)| run.wall).collect();
        let (middle, least) = support::middle(&mut times);
        let peak = measured.iter().filter_map(|(_, peak)| *peak).max();
        let peak = peak.map_or("not known".to_owned(), |bytes| format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20)));
        let each = support::time(least.as_secs_f64() / count as f64);
        let [middle, least] = [middle, least].map(|time| support::time(time.as_secs_f64()));
        println!("| {count} | {middle} | {least} | {each} | {peak} |");
    }
    println!("\nwanted: 10,000 in seconds");
}

/// Makes sure of what is measured: each tenth is let pass by the rule that is loosened.
fn told(folder: &Path, count: usize) {
    let output = support::output(&mut impact(folder));
    let text = String::from_utf8(output.stdout).unwrap();
    let expected = format!("{count} proposals: {} pass", count / 10);
    assert!(text.contains(&expected), "{expected}: {text}");
}

fn impact(folder: &Path) -> std::process::Command {
    let mut command = support::changegate();
    command.arg("-C").arg(folder).args(["--config", "new.toml", "impact", "--old-config", "old.toml"]);
    command.args(["--now", support::NOW, "proposals"]);
    command
}

/// A proposal of its own number, of which each tenth has a backup that was never restored.
fn proposal(number: usize) -> String {
    let text = support::PROPOSAL.replace("CHG-2026-0417", &format!("CHG-2026-{number:06}"));
    let text = support::days_later(&support::on_system(&text, number % SYSTEMS), number / SYSTEMS);
    if number % 10 == 9 { text.replacen("\"outcome\": \"passed\"", "\"outcome\": \"failed\"", 1) } else { text }
}
