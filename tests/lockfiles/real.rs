//! Files that others have written: tests/data/lockfiles, and this project's own.

use changegate::lockfiles::{Ecosystem, Format, Hold, Pin};
use std::fs;
use std::path::Path;

/// The pins of a file, each of which stands on the line it names.
#[track_caller]
fn read(path: &str) -> Vec<Pin> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let pins = Format::of(Path::new(path)).unwrap().read(&text).unwrap();
    for pin in &pins {
        let line = text.lines().nth(pin.line as usize - 1).unwrap();
        let name = pin.name.rsplit('/').next().unwrap();
        assert!(line.contains(name), "{path}:{}: {line}", pin.line);
    }
    pins
}

#[track_caller]
fn has(pins: &[Pin], name: &str, version: &str, line: u32) {
    let found = |pin: &&Pin| pin.name == name && pin.version == version && pin.line == line;
    assert!(pins.iter().any(|pin| found(&pin)), "{name} {version} on {line}: {pins:#?}");
}

#[test]
fn npm() {
    let pins = read("tests/data/lockfiles/npm/package-lock.json");
    assert_eq!(pins.len(), 106);
    has(&pins, "ajv", "6.12.6", 15);
    assert!(
        pins.iter().all(|pin| pin.ecosystem == Ecosystem::Npm && pin.hold == Hold::Fixed && pin.digests.len() == 1)
    );
}

#[test]
fn nuget() {
    has(&read("tests/data/lockfiles/nuget/packages.lock.json"), "Newtonsoft.Json", "13.0.3", 5);
}

#[test]
fn uv() {
    let pins = read("tests/data/lockfiles/uv/uv.lock");
    // The third is the project itself.
    assert_eq!(pins.len(), 2);
    has(&pins, "emoji", "2.14.0", 5);
    assert_eq!(pins[1].digests.len(), 7);
}

#[test]
fn bundler() {
    let pins = read("tests/data/lockfiles/bundler/gems.locked");
    has(&pins, "async", "2.23.0", 10);
    // It is there for two platforms.
    assert_eq!(pins.iter().filter(|pin| pin.name == "nokogiri").count(), 1);
    // A gem in a folder.
    assert!(pins.iter().all(|pin| pin.name != "rubydns"));
}

#[test]
fn yarn() {
    let pins = read("tests/data/lockfiles/yarn/yarn.lock");
    has(&pins, "balanced-match", "1.0.2", 4);
    assert_eq!(pins[0].origin.as_deref(), Some("https://registry.yarnpkg.com/balanced-match"));
}

#[test]
fn composer() {
    has(&read("tests/data/lockfiles/composer/composer.lock"), "league/flysystem", "1.0.8", 10);
}

#[test]
fn go() {
    let pins = read("tests/data/lockfiles/go/go.mod");
    assert_eq!((pins[0].name.as_str(), pins[0].hold), ("golang.org/x/net", Hold::Floating));
    assert_eq!(pins[0].origin.as_deref(), Some("./fork/net"));
}

#[test]
fn requirements() {
    has(&read("tests/data/lockfiles/requirements/requirements.txt"), "django", "1.11.29", 2);
    has(&read("tests/data/lockfiles/requirements/requirements.prod.txt"), "django", "2.2.24", 1);
    has(&read("tests/data/lockfiles/requirements/requirements-transitive.txt"), "numpy", "2.3.1", 1);
}

#[test]
fn our_own() {
    let pins = read("Cargo.lock");
    assert!(pins.len() > 50);
    assert!(pins.iter().all(|pin| pin.hold == Hold::Fixed && pin.digests.len() == 1));
    // The crate itself is no pin.
    assert!(pins.iter().all(|pin| pin.name != "changegate"));
}
