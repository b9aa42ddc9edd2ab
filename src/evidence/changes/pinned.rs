//! Where a package is pinned at the end of a change: asked of what is proposed and does not change.

use super::told::{package_url, short};
use super::{LeftOut, WAY_OUT, called, pins};
use crate::evidence::{Answer, Code};
use crate::git::{Entry, Kind, Snapshot};
use crate::lockfiles::{Ecosystem, Format, Hold, Pin};
use crate::versions::package_key;
use serde_json::{Map, Value, json};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// So many bytes of lockfiles are read in all, and so many versions are told of one package.
const MOST_BYTES: u64 = 256 << 20;
const MOST_PINS: usize = 50;

/// What the lockfiles and manifests of a commit pin of some packages, as `evidence.pinned`.
pub fn pinned(head: &Snapshot, packages: &[String], ignore: &[String]) -> Answer {
    let keys: HashMap<String, &String> = packages.iter().map(|url| (package_key(url), url)).collect();
    match found(head, &keys, ignore) {
        Ok(found) => {
            let each = packages.iter().map(|url| found.told(url));
            Answer::known(each.collect::<Vec<_>>().into())
        }
        Err(why) => Answer::unavailable_as(Code::OF_THE_CHANGE, why, WAY_OUT),
    }
}

/// What was found.
#[derive(Default)]
struct Found {
    /// By what is common to all URLs of a package.
    pins: HashMap<String, Vec<Place>>,
    /// How many files pin packages of a type of URLs.
    files: HashMap<String, usize>,
}

/// One place in which a package is pinned.
struct Place {
    path: PathBuf,
    pin: Pin,
    /// What a comment behind it calls it.
    called: Option<String>,
}

fn found(head: &Snapshot, keys: &HashMap<String, &String>, ignore: &[String]) -> Result<Found, String> {
    let left_out = LeftOut::of(ignore).map_err(|unread| unread.why)?;
    let entries =
        head.below(Path::new("")).map_err(|error| format!("the files of the change can't be listed: {error}"))?;
    let is_one =
        |entry: &&Entry| entry.kind == Kind::File && Format::of(&entry.path).is_some() && !left_out.holds(&entry.path);
    let (mut found, mut bytes) = (Found::default(), 0);
    for entry in entries.iter().filter(is_one) {
        // What can't be read and was changed has been told of as such; what was there before installs what it did before.
        let Ok((read, text)) = pins(head, &entry.path) else { continue };
        bytes += text.len() as u64;
        if bytes > MOST_BYTES {
            return Err(format!("the lockfiles have more than the {MOST_BYTES} bytes that are looked through"));
        }
        found.add(&entry.path, as_required(head, &entry.path, read), &text, keys);
    }
    Ok(found)
}

/// Without the lines of a `go.sum` that are of other versions than its `go.mod` requires: nothing is built of these, and `go mod tidy` takes them away.
fn as_required(head: &Snapshot, path: &Path, read: Vec<Pin>) -> Vec<Pin> {
    if Format::of(path) != Some(Format::GoSum) {
        return read;
    }
    let Ok((required, _)) = pins(head, &path.with_file_name("go.mod")) else { return read };
    let mut versions: HashMap<&str, HashSet<&str>> = HashMap::new();
    for pin in required.iter().filter(|pin| pin.hold == Hold::Fixed) {
        versions.entry(&pin.name).or_default().insert(&pin.version);
    }
    let is_built = |pin: &Pin| versions.get(&*pin.name).is_none_or(|versions| versions.contains(&*pin.version));
    read.into_iter().filter(is_built).collect()
}

impl Found {
    fn add(&mut self, path: &Path, pins: Vec<Pin>, text: &str, keys: &HashMap<String, &String>) {
        let mut kinds = HashSet::new();
        let lines = OnceCell::new();
        for pin in pins {
            let key = package_key(&package_url(pin.ecosystem, &pin.name));
            kinds.insert(kind(&key).to_owned());
            if !keys.contains_key(&key) {
                continue;
            }
            let there = self.pins.entry(key).or_default();
            let same = |other: &Pin| other.version == pin.version && digest(other) == digest(&pin);
            if there.len() < MOST_PINS && !there.iter().any(|other| same(&other.pin)) {
                let lines = lines.get_or_init(|| text.lines().collect::<Vec<_>>());
                let called = called::called(&pin, lines).map(str::to_owned);
                there.push(Place { path: path.to_owned(), pin, called });
            }
        }
        for kind in kinds {
            *self.files.entry(kind).or_default() += 1;
        }
    }

    fn told(&self, url: &str) -> Value {
        let key = package_key(url);
        let pins = self.pins.get(&key).map_or(&[][..], Vec::as_slice);
        let mut told = json!({ "package_url": url, "files": self.files.get(kind(&key)).copied().unwrap_or(0) });
        if let Some(first) = pins.first() {
            told["name"] = short(&first.pin.name, 200).into();
        }
        told["pins"] = pins.iter().map(of_a_pin).collect();
        told
    }
}

/// The type of a package URL.
fn kind(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}

fn of_a_pin(Place { path, pin, called }: &Place) -> Value {
    let mut told = Map::new();
    told.insert("file".to_owned(), short(&path.to_string_lossy(), 500).into());
    told.insert("line".to_owned(), pin.line.into());
    if !pin.version.is_empty() {
        told.insert("version".to_owned(), short(&pin.version, 100).into());
    }
    if let Some(digest) = digest(pin) {
        told.insert("digest".to_owned(), short(digest, 500).into());
    }
    if let Some(called) = called {
        told.insert("called".to_owned(), short(called, 100).into());
    }
    told.into()
}

/// The digest of an image.
pub(super) fn digest(pin: &Pin) -> Option<&str> {
    pin.digests.first().filter(|_| pin.ecosystem == Ecosystem::Docker).map(String::as_str)
}
