//! What the benches of whole processes share: a folder to judge in, clocks, and numbers for people.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "each bench uses a part; one that fails tells whoever runs it"
)]

use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};
use tempfile::TempDir;

pub const PROPOSAL: &str = include_str!("../proposal.json");
pub const NOW: &str = "2026-11-21T12:00:00Z";
pub const PROFILE: &str = include_str!("../../examples/systems/wiki.json");

/// Whether everything is only to be run once, to see that it still runs: `cargo bench -- --test`.
pub fn trial() -> bool {
    env::args().any(|argument| argument == "--test")
}

/// The program that is measured: the one that `CHANGEGATE` names, which should be what `cargo build --release` made, else the
/// one that was built along with this bench. That has some features more, for tests, and starts a little slower.
pub fn changegate() -> Command {
    let built = || env!("CARGO_BIN_EXE_changegate").into();
    let mut command = Command::new(env::var_os("CHANGEGATE").unwrap_or_else(built));
    command.env_remove("NO_COLOR").env("LC_ALL", "C.UTF-8");
    command
}

/// A folder with the profile of the wiki and so many proposals of 8 KB; `edit` makes each one's text of its number.
pub fn folder(count: usize, edit: impl Fn(usize) -> String) -> TempDir {
    fleet(count, &[PROFILE.to_owned()], edit)
}

/// The profile and the text of a system and of a proposal as they are on one of many systems, which have people of their own.
pub fn on_system(text: &str, system: usize) -> String {
    text.replace("\"wiki\"", &format!("\"wiki-{system:04}\"")).replace("\"@", &format!("\"@s{system:04}-"))
}

/// The text of a proposal whose window is so many days later.
pub fn days_later(text: &str, days: usize) -> String {
    let later = |from: Date| from.checked_add((days as i64).days()).unwrap().to_string();
    let (window, after) = (date(2026, 11, 25), date(2026, 11, 26));
    let text = text.replace(&after.to_string(), "AFTER").replace(&window.to_string(), &later(window));
    text.replace("AFTER", &later(after))
}

pub fn profile(system: usize) -> String {
    on_system(PROFILE, system)
}

/// A folder with some profiles.
pub fn fleet(count: usize, profiles: &[String], edit: impl Fn(usize) -> String) -> TempDir {
    let folder = tempfile::Builder::new().prefix("changegate-bench").tempdir().unwrap();
    fs::create_dir(folder.path().join("systems")).unwrap();
    for profile in profiles {
        let id = profile.split("\"id\": \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        fs::write(folder.path().join(format!("systems/{id}.json")), profile).unwrap();
    }
    for number in 0..count {
        let part = folder.path().join(format!("proposals/{:03}", number / 1_000));
        if number % 1_000 == 0 {
            fs::create_dir_all(&part).unwrap();
        }
        fs::write(part.join(format!("{number:06}.json")), edit(number)).unwrap();
    }
    folder
}

pub fn check(folder: &Path) -> Command {
    let mut command = changegate();
    command.arg("-C").arg(folder).args(["check", "--now", NOW]);
    command
}

/// What one run took, and how it ended.
pub struct Run {
    pub wall: Duration,
    pub code: Option<i32>,
}

/// Runs a command to its end, without its output.
pub fn run(command: &mut Command) -> Run {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    Run { wall: start.elapsed(), code: status.code() }
}

pub fn output(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// A run with the most memory it held, where the system tells.
pub fn watched(command: &mut Command) -> (Run, Option<u64>) {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let status = format!("/proc/{}/status", child.id());
    // The system keeps the maximum itself, so that it is enough to look now and then; a process that ended has no status.
    let watcher = thread::spawn(move || {
        let mut peak = None;
        while let Some(now) = fs::read_to_string(&status).ok().and_then(|text| high_water(&text)) {
            peak = Some(now);
            thread::sleep(Duration::from_millis(2));
        }
        peak
    });
    let code = child.wait().unwrap().code();
    (Run { wall: start.elapsed(), code }, watcher.join().unwrap())
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib << 10)
}

/// The middle and the least of some times.
pub fn middle(times: &mut [Duration]) -> (Duration, Duration) {
    times.sort();
    (times[times.len() / 2], times[0])
}

pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

pub fn time(seconds: f64) -> String {
    match seconds {
        short if short < 1e-6 => format!("{:.0} ns", short * 1e9),
        short if short < 1e-3 => format!("{:.1} µs", short * 1e6),
        short if short < 1.0 => format!("{:.1} ms", short * 1e3),
        long => format!("{long:.2} s"),
    }
}
