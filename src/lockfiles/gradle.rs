//! `gradle.lockfile` (<https://docs.gradle.org/current/userguide/dependency_locking.html>): `group:artifact:version=configurations`. `empty=…`
//! lists configurations without dependencies. Before Gradle 7 each configuration had a file of its own, without `=`.

use super::text::lines;
use super::{Ecosystem, Hold, Pin, Unread, quoted};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let mut pins = Vec::new();
    let mut told = false;
    for line in lines(source) {
        let text = line.text.trim();
        told |= !text.is_empty();
        if text.is_empty() || text.starts_with('#') || text.starts_with("empty=") {
            continue;
        }
        let module = text.split('=').next().unwrap_or(text);
        let parts: Vec<_> = module.split(':').collect();
        let [group, artifact, version] = parts[..] else {
            return Err(line.unread(format!("no `group:artifact:version`: {}", quoted(text))));
        };
        // An address has such marks, and might hold what gives access.
        let strange = |found: char| found.is_whitespace() || "/@?".contains(found);
        if [group, artifact, version].iter().any(|part| part.is_empty() || part.contains(strange)) {
            return Err(line.unread(format!("no `group:artifact:version`: {}", quoted(text))));
        }
        // What a snapshot is, its repository says each day anew.
        let hold = if version.ends_with("-SNAPSHOT") { Hold::Floating } else { Hold::Fixed };
        pins.push(Pin::new(Ecosystem::Maven, format!("{group}:{artifact}"), version, line.number).held(hold));
    }
    if told { Ok(pins) } else { Err(Unread::whole("it is empty")) }
}
