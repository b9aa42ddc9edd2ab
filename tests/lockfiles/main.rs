//! What lockfiles and manifests pin: files of others and of our own, what can't be read, what is hostile, and what differs.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod differences;
mod digests;
mod hostile;
mod infrastructure;
mod javascript;
mod languages;
mod moved;
mod names;
mod properties;
mod python;
mod real;
mod refused;

use changegate::lockfiles::{Format, Pin};

/// One line a pin: `line name version hold origin digests`.
fn shown(pins: &[Pin]) -> Vec<String> {
    let show = |pin: &Pin| {
        let origin = pin.origin.as_deref().unwrap_or("-");
        let version = if pin.version.is_empty() { "-" } else { &pin.version };
        format!("{} {} {version} {:?} {origin} {}", pin.line, pin.name, pin.hold, pin.digests.len())
    };
    pins.iter().map(show).collect()
}

#[track_caller]
fn reads(format: Format, text: &str, expected: &[&str]) {
    let pins = format.read(text).unwrap_or_else(|error| panic!("{format:?}: {error}\n{text}"));
    assert_eq!(shown(&pins), expected, "{format:?}");
}

/// A commit, for files that need one.
const COMMIT: &str = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab";

/// Every format with a small file of it, in which each kind of entry occurs.
fn samples() -> Vec<(Format, &'static str)> {
    vec![
        (Format::Cargo, languages::CARGO),
        (Format::Npm, javascript::NPM_1),
        (Format::Npm, javascript::NPM_3),
        (Format::Pnpm, javascript::PNPM_5),
        (Format::Pnpm, javascript::PNPM_9),
        (Format::Yarn, javascript::YARN_1),
        (Format::Yarn, javascript::BERRY),
        (Format::Bun, javascript::BUN),
        (Format::GoMod, languages::GO_MOD),
        (Format::GoSum, languages::GO_SUM),
        (Format::Requirements, python::REQUIREMENTS),
        (Format::Poetry, python::POETRY),
        (Format::Uv, python::UV),
        (Format::Bundler, languages::GEMFILE),
        (Format::Composer, languages::COMPOSER),
        (Format::Maven, languages::POM),
        (Format::Gradle, languages::GRADLE),
        (Format::NuGet, languages::NUGET),
        (Format::Dockerfile, infrastructure::DOCKERFILE),
        (Format::Helm, infrastructure::CHART),
        (Format::RequirementsLock, python::RYE),
        (Format::Terraform, infrastructure::TERRAFORM),
        (Format::Workflow, infrastructure::WORKFLOW),
        (Format::Action, infrastructure::ACTION),
    ]
}
