//! `Cargo.lock`, versions 1 to 4 (<https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html>).
//!
//! Packages without `source` are members of the workspace or folders, and no pins. `patch.unused` lists what is not built.

use super::{Ecosystem, Hold, Pin, Unread, origin, tree};
use crate::document::{Kind, Value};
use crate::source::Source;
use std::collections::HashMap;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let document = tree::toml(source)?;
    let root = document.root();
    let version = tree::version(root, "version", 1..=4)?;
    if version.is_none() && root.get("package").is_none() {
        return Err(Unread::whole("it is no Cargo.lock: it has neither `version` nor `package`"));
    }
    let checksums = checksums(root)?;
    let mut pins = Vec::new();
    for package in tree::objects(root, "package")? {
        pins.extend(pin(package, &checksums)?);
    }
    Ok(pins)
}

/// Where version 1 has them: `"checksum NAME VERSION (SOURCE)" = "…"`.
fn checksums<'d>(root: Value<'d>) -> Result<HashMap<&'d str, &'d str>, Unread> {
    let Some(metadata) = tree::object(root, "metadata")? else { return Ok(HashMap::new()) };
    let of = |entry: Value<'d>| match (entry.key()?.strip_prefix("checksum "), entry.kind()) {
        (Some(package), Kind::String(checksum)) => Some((package, checksum)),
        _ => None,
    };
    Ok(metadata.items().filter_map(of).collect())
}

fn pin(package: Value<'_>, checksums: &HashMap<&str, &str>) -> Result<Option<Pin>, Unread> {
    let name = tree::needed(package, "name")?;
    let version = tree::needed(package, "version")?;
    let line = package.get("name").map_or(0, tree::line);
    let Some(source) = tree::text(package, "source")? else { return Ok(None) };
    let pin = Pin::new(Ecosystem::Cargo, name, version, line);
    let Some((kind, address)) = source.split_once('+') else {
        return Err(tree::unread(package, "a `source` without the kind of source it is"));
    };
    let (place, fragment) = source.split_once('#').unwrap_or((source, ""));
    match kind {
        "git" => {
            let hold = if origin::is_commit(fragment) { of_query(address) } else { Hold::Floating };
            Ok(Some(pin.from(Some(place)).held(hold).digest([fragment])))
        }
        "registry" | "sparse" => {
            let early = checksums.get(format!("{name} {version} ({source})").as_str()).copied();
            let checksum = tree::text(package, "checksum")?.or(early);
            Ok(Some(pin.from(Some(source)).digest(checksum)))
        }
        // A folder, as path overrides write it.
        "path" | "directory" => Ok(None),
        _ => Err(tree::unread(package, format!("a kind of source that is not known: {}", super::quoted(kind)))),
    }
}

/// A commit was chosen by hand where the address has `rev`, and by following something where it has not.
fn of_query(address: &str) -> Hold {
    let query = address.split('#').next().and_then(|address| address.split_once('?')).map_or("", |(_, query)| query);
    if query.split('&').any(|part| part.starts_with("rev=") || part.starts_with("tag=")) {
        Hold::Fixed
    } else {
        Hold::Tracked
    }
}
