//! `dependencies`, the tree that npm before 7 installs from.

use crate::document::Value;
use crate::lockfiles::{Unread, quoted, tree, yarn};
use std::collections::HashSet;

/// An entry of the tree.
pub(super) struct Entry<'d> {
    pub package: Value<'d>,
    /// Its own name, where it is installed under another.
    pub name: &'d str,
    /// Its version, or the address of what is of no registry; empty where npm leaves it out, as of some optional packages.
    pub version: &'d str,
}

/// All of a tree but folders of the repository and links to them. It is walked without recursion: a package may lie in another, to any depth that the reader of
/// JSON lets through.
pub(super) fn entries(dependencies: Value<'_>) -> Result<Vec<Entry<'_>>, Unread> {
    let mut found = Vec::new();
    let mut open = vec![dependencies];
    while let Some(level) = open.pop() {
        for package in level.items() {
            tree::is_object(package)?;
            open.extend(tree::object(package, "dependencies")?);
            let name = package.key().unwrap_or_default();
            let version = tree::text(package, "version")?.unwrap_or_default();
            match version.strip_prefix("npm:").and_then(yarn::split) {
                Some((name, version)) => found.push(Entry { package, name, version }),
                None if version.starts_with("file:") || version.starts_with("link:") => {}
                None => found.push(Entry { package, name, version }),
            }
        }
    }
    Ok(found)
}

/// What is installed: name, version, address and digests.
type Installed<'d> = (&'d str, &'d str, &'d str, &'d str);

/// An error at the first entry that is in `packages` with another version, address or digest, or not at all.
pub(super) fn agrees(dependencies: Value<'_>, packages: Value<'_>) -> Result<(), Unread> {
    let text = |package, key| tree::text(package, key).map(Option::unwrap_or_default);
    let mut known: HashSet<Installed<'_>> = HashSet::new();
    for package in packages.items() {
        let Some(name) = super::name_of(package)? else { continue };
        let (version, resolved) = (text(package, "version")?, text(package, "resolved")?);
        let integrity = text(package, "integrity")?;
        // Of what is of no registry `dependencies` has the address for a version; where a digest holds it, it may leave the address out.
        known.extend([(name, version, resolved, integrity), (name, resolved, "", integrity)]);
        known.extend((!integrity.is_empty()).then_some((name, version, "", integrity)));
    }
    for Entry { package, name, version } in entries(dependencies)? {
        if !known.contains(&(name, version, text(package, "resolved")?, text(package, "integrity")?)) {
            let why = format!("{} is another in `dependencies` than in `packages`", quoted(name));
            return Err(tree::unread(package, why));
        }
    }
    Ok(())
}
