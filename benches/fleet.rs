//! Many proposals in one run: time, memory and growth. Run with `cargo bench --bench fleet`; `FLEET=100000` for the largest
//! fleet too, which takes 900 MB of disk for a while.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement is for whoever runs it")]

mod support;

use std::env;
use std::path::Path;
use std::time::Duration;

struct Measured {
    count: usize,
    wall: Duration,
    peak: Option<u64>,
}

fn main() {
    let most =
        env::var("FLEET").ok().and_then(|most| most.parse().ok()).unwrap_or(if support::trial() { 10 } else { 10_000 });
    let sizes: Vec<usize> = [1, 10, 100, 1_000, 10_000, 100_000].into_iter().filter(|&size| size <= most).collect();
    for (name, every) in [("all pass", 0), ("each tenth is blocked, with some findings", 10)] {
        let measured: Vec<_> = sizes.iter().map(|&count| measure(count, every)).collect();
        println!(
            "\n| {name} | wall | per proposal | without starting | growth | peak memory |\n|---|---|---|---|---|---|"
        );
        let start = measured[0].wall;
        let net = |one: &Measured| (one.wall.saturating_sub(start)).as_secs_f64() / (one.count - 1) as f64;
        let first = measured.iter().find(|one| one.count >= 100).map(net);
        for one in &measured {
            let (net, growth) = if one.count == 1 {
                (String::new(), String::new())
            } else {
                let growth = first
                    .filter(|_| one.count > 100)
                    .map(|first| format!("{:+.0} %", (net(one) / first - 1.0) * 100.0));
                (support::time(net(one)), growth.unwrap_or_default())
            };
            let peak = one
                .peak
                .map_or("not known".to_owned(), |bytes| format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20)));
            let each = support::time(one.wall.as_secs_f64() / one.count as f64);
            println!(
                "| {} | {} | {each} | {net} | {growth} | {peak} |",
                one.count,
                support::time(one.wall.as_secs_f64())
            );
        }
    }
    println!("\nwanted: 10,000 under 128 MiB; growth of the time per proposal from 100 on within 15 %");
}

/// The least time of several runs, and the most memory.
fn measure(count: usize, every: usize) -> Measured {
    let profiles: Vec<_> = (0..count.min(SYSTEMS)).map(support::profile).collect();
    let folder = support::fleet(count, &profiles, |number| proposal(number, every));
    let expected = Some(i32::from(every > 0 && count >= every));
    let runs = if support::trial() { 1 } else { (20_000 / count).clamp(3, 200) };
    let once = || judge(folder.path(), expected);
    once();
    let measured: Vec<_> = (0..runs).map(|_| once()).collect();
    Measured {
        count,
        wall: measured.iter().map(|(wall, _)| *wall).min().unwrap(),
        peak: measured.iter().filter_map(|(_, peak)| *peak).max(),
    }
}

fn judge(folder: &Path, expected: Option<i32>) -> (Duration, Option<u64>) {
    let (run, peak) = support::watched(support::check(folder).arg("proposals"));
    assert_eq!(run.code, expected);
    (run.wall, peak)
}

/// The systems of the largest fleets. Windows on one system are days apart: proposals that collide are not what is measured.
const SYSTEMS: usize = 2_000;

/// A proposal of its own number, on one of the systems and on a day of its own there, with a backup that was never restored where it is to be blocked.
fn proposal(number: usize, every: usize) -> String {
    let text = support::PROPOSAL.replace("CHG-2026-0417", &format!("CHG-2026-{number:06}"));
    let text = support::on_system(&text, number % SYSTEMS);
    let text = support::days_later(&text, number / SYSTEMS);
    let blocked = every > 0 && number % every == every - 1;
    if blocked { text.replacen("\"outcome\": \"passed\"", "\"outcome\": \"failed\"", 1) } else { text }
}
