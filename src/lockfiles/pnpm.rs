//! `pnpm-lock.yaml` (<https://github.com/pnpm/spec/tree/master/lockfile>): versions 5 (`/name/1.0.0`), 6 (`/name@1.0.0`) and 9
//! (`name@1.0.0`), each followed by the peers a package was resolved with, in `_…` or `(…)`.
//!
//! `packages` has all that is installed. `importers` and `snapshots` say who needs what, and add nothing. Folders are no pins. pnpm 11 writes
//! a second document for its own tools, which is read as the first.

use super::digests::of_integrity;
use super::yaml::{Node, Yaml};
use super::{Ecosystem, Hold, Pin, Unread, npm, origin, quoted, yarn};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let yaml = Yaml::parse(source)?;
    let mut pins = Vec::new();
    for document in yaml.documents() {
        let version = document.needed("lockfileVersion")?;
        if !matches!(version.split('.').next(), Some("5" | "6" | "9")) {
            return Err(document.unread(format!("a version of the format that is not known: {}", quoted(version))));
        }
        let slashes = has_slashes(version);
        let Some(packages) = document.get("packages").filter(|packages| !packages.is_null()) else { continue };
        let entries = packages.members().ok_or_else(|| packages.unread("`packages` is no map"))?;
        for (key, package) in entries {
            pins.extend(pin(key, package, slashes)?);
        }
    }
    if yaml.documents().next().is_none() {
        return Err(Unread::whole("it is empty"));
    }
    Ok(pins)
}

fn pin(key: Node<'_>, package: Node<'_>, slashes: bool) -> Result<Option<Pin>, Unread> {
    let path = key.scalar().unwrap_or_default();
    let resolution = package.get("resolution").ok_or_else(|| key.unread("an entry without `resolution`"))?;
    if resolution.members().is_none() {
        return Err(resolution.unread("`resolution` is no map"));
    }
    if resolution.text("type")? == Some("directory") {
        return Ok(None);
    }
    let parsed = if slashes { by_slashes(path) } else { by_at(path) };
    // Both stand in the entry where the key is an address.
    let name = package.text("name")?.or(parsed.map(|(name, _)| name));
    let version = package.text("version")?.or(parsed.map(|(_, version)| version));
    let (Some(name), Some(version)) = (name, version) else {
        return Err(key.unread(format!("an entry that is no name with a version: {}", quoted(path))));
    };
    let pin = Pin::new(Ecosystem::Npm, name, origin::without_user(version), key.line());
    if let Some(commit) = resolution.text("commit")? {
        let hold = if origin::is_commit(commit) { Hold::Fixed } else { Hold::Floating };
        return Ok(Some(pin.from(resolution.text("repo")?).held(hold).digest([commit])));
    }
    let address = resolution.text("tarball")?;
    let (hold, commit) = address.map_or((Hold::Fixed, None), origin::of_address);
    let integrity = resolution.text("integrity")?.unwrap_or_default();
    Ok(Some(
        pin.from(address.map(|address| npm::registry(address, name, version)))
            .held(hold)
            .digest(of_integrity(integrity).chain(commit)),
    ))
}

/// The name in the path of a package, by the version of the format.
pub(super) fn name_of<'p>(path: &'p str, format: &str) -> Option<&'p str> {
    parts(path, format).map(|(name, _)| name)
}

/// The same with the version.
pub(super) fn parts<'p>(path: &'p str, format: &str) -> Option<(&'p str, &'p str)> {
    if has_slashes(format) { by_slashes(path) } else { by_at(path) }
}

fn has_slashes(format: &str) -> bool {
    format.split('.').next() == Some("5")
}

/// `/name/1.0.0_peers`; another registry stands before the first slash.
fn by_slashes(path: &str) -> Option<(&str, &str)> {
    let (registry, rest) = path.split_once('/')?;
    if !registry.is_empty() && !registry.contains(['.', ':']) {
        return None;
    }
    let scope = if rest.starts_with('@') { rest.find('/')? + 1 } else { 0 };
    let slash = scope + rest.get(scope..)?.find('/')?;
    let (name, version) = (rest.get(..slash)?, rest.get(slash + 1..)?);
    sound(name, version.split(['_', '(']).next()?)
}

/// `name@1.0.0(peers)`, in version 6 with a slash before it.
fn by_at(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let (name, version) = yarn::split(path.split('(').next()?)?;
    sound(name, version)
}

fn sound<'p>(name: &'p str, version: &'p str) -> Option<(&'p str, &'p str)> {
    let plain =
        version.contains(':') || !version.contains('/') && version.starts_with(|first: char| first.is_ascii_digit());
    (!name.is_empty() && plain).then_some((name, version))
}
