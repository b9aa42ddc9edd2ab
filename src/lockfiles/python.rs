//! `poetry.lock` and `uv.lock`: the same list of packages, with other words for where each comes from.
//!
//! Members of the workspace and folders are no pins.

use super::{Ecosystem, Hold, LONGEST, Pin, Unread, origin, quoted, tree};
use crate::document::Value;
use crate::source::Source;
use crate::versions::{self, compare};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

/// What parts of a name stand between, in any number.
const SEPARATORS: [char; 3] = ['-', '_', '.'];

/// A name as PEP 503 compares it: lower case, and `-` for any run of `-`, `_` and `.`.
pub(super) fn normal(name: &str) -> String {
    let parts: Vec<_> = name.split(SEPARATORS).filter(|part| !part.is_empty()).collect();
    parts.join("-").to_ascii_lowercase()
}

/// The normal name that a requirement asks for; none of a folder, and of what is asked for under a condition.
pub(super) fn asked(requirement: &str) -> Option<String> {
    let end = requirement.find(|found: char| !found.is_ascii_alphanumeric() && !SEPARATORS.contains(&found));
    let (name, rest) = requirement.split_at(end.unwrap_or(requirement.len()));
    let is_sure = !rest.contains(';') && !rest.contains("file:");
    Some(normal(name)).filter(|name| is_sure && !name.is_empty())
}

pub(super) fn poetry(source: &Source) -> Result<Vec<Pin>, Unread> {
    let document = tree::toml(source)?;
    let root = document.root();
    let metadata = tree::object(root, "metadata")?;
    if metadata.is_none() && root.get("package").is_none() {
        return Err(Unread::whole("it is no poetry.lock: it has neither `metadata` nor `package`"));
    }
    // Before version 2 of the format the files stand there.
    let files = metadata.map_or(Ok(None), |metadata| tree::object(metadata, "files"))?;
    let early: HashMap<_, _> =
        files.iter().flat_map(|files| files.items()).filter_map(|entry| Some((entry.key()?, entry))).collect();
    let mut pins = Vec::new();
    for package in tree::objects(root, "package")? {
        let name = tree::needed(package, "name")?;
        let mut digests = hashes(tree::objects(package, "files")?)?;
        if let (Some(files), Some(entry)) = (files, early.get(name)) {
            digests.extend(hashes(tree::objects(files, entry.key().unwrap_or_default())?)?);
        }
        let pin = pin(package, name, tree::needed(package, "version")?);
        let Some(source) = tree::object(package, "source")? else {
            pins.push(pin.digest(digests));
            continue;
        };
        let address = tree::text(source, "url")?;
        match tree::needed(source, "type")? {
            "directory" => {}
            "git" => {
                let commit = tree::text(source, "resolved_reference")?.unwrap_or_default();
                let followed = tree::text(source, "reference")?.unwrap_or_default();
                let place = format!("git+{}#{followed}", address.unwrap_or_default());
                pins.push(pin.from(Some(&place)).held(of_commit(commit, followed)).digest([commit]));
            }
            "legacy" | "url" | "file" => pins.push(pin.from(address).digest(digests)),
            other => return Err(tree::unread(source, format!("a source that is not known: {}", quoted(other)))),
        }
    }
    Ok(pins)
}

pub(super) fn uv(source: &Source) -> Result<Vec<Pin>, Unread> {
    let document = tree::toml(source)?;
    let root = document.root();
    if tree::version(root, "version", 1..=1)?.is_none() {
        return Err(Unread::whole("it is no uv.lock: it has no `version`"));
    }
    let mut pins = Vec::new();
    for package in tree::objects(root, "package")? {
        let name = tree::needed(package, "name")?;
        let Some(source) = tree::object(package, "source")? else {
            return Err(tree::unread(package, "an entry without `source`"));
        };
        if ["virtual", "editable", "directory"].iter().any(|kind| source.get(kind).is_some()) {
            continue;
        }
        let pin = pin(package, name, tree::needed(package, "version")?);
        if let Some(address) = tree::text(source, "git")? {
            let (place, commit) = address.split_once('#').unwrap_or((address, ""));
            let followed = if place.contains("?rev=") || place.contains("?tag=") { commit } else { "" };
            pins.push(pin.from(Some(place)).held(of_commit(commit, followed)).digest([commit]));
            continue;
        }
        let mut files = tree::objects(package, "wheels")?;
        files.extend(tree::object(package, "sdist")?);
        let Some(kind) = ["registry", "url", "path"].into_iter().find(|kind| source.get(kind).is_some()) else {
            return Err(tree::unread(source, "a source that is not known"));
        };
        let address = tree::text(source, kind)?;
        let mut places = BTreeSet::new();
        for file in &files {
            let place = |url| elsewhere(url, address.unwrap_or_default(), &pin.name, &pin.version);
            places.extend(tree::text(*file, "url")?.and_then(place));
        }
        pins.push(pin.of_all(address.into_iter().chain(places)).digest(hashes(files)?));
    }
    Ok(pins)
}

/// Where a file is taken from that is not at its registry: the server alone, as the rest changes with the version, and all of the address
/// where the file is that of another package or version.
fn elsewhere<'a>(url: &'a str, registry: &str, name: &str, version: &str) -> Option<&'a str> {
    let (place, file) = url.split(['?', '#']).next()?.rsplit_once('/')?;
    if !is_file_of(file, name, version) && url != registry {
        return Some(url);
    }
    let path = place.find("://").map_or(0, |at| at + 3);
    let server = place.get(..place.get(path..)?.find('/').map_or(place.len(), |end| path + end))?;
    let usual = registry == "https://pypi.org/simple" && server == "https://files.pythonhosted.org";
    let own = registry.strip_prefix(server).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    (!usual && !own).then_some(server)
}

/// Whether a file is called like one of a version: `name-version-….whl`, or `name-version` with some ending. The name is a normal one.
fn is_file_of(file: &str, name: &str, version: &str) -> bool {
    if file.len() > LONGEST || version.len() > LONGEST {
        return false;
    }
    let file = file.replace("%2B", "+").replace("%2b", "+");
    let is_version = |found: &str| {
        let order = versions::Ecosystem::parse(Ecosystem::PyPi.as_str());
        let same = |found: &str| found == version || compare(order, found, version) == Some(Ordering::Equal);
        // The mark before what is added to a version is none that a wheel may have.
        same(found) || found.contains('_') && same(&found.replacen('_', "+", 1))
    };
    if let Some(stem) = file.strip_suffix(".whl") {
        let mut parts = stem.split('-');
        return parts.next().is_some_and(|found| normal(found) == name) && parts.next().is_some_and(is_version);
    }
    const ENDINGS: &[&str] = &[".tar.gz", ".zip", ".tar.bz2", ".tar.xz", ".tgz", ".egg"];
    let Some(stem) = ENDINGS.iter().find_map(|ending| file.strip_suffix(ending)) else { return false };
    behind(stem, name).is_some_and(is_version)
}

/// What stands behind a normal name, however that is written there, and a `-`.
fn behind<'s>(stem: &'s str, name: &str) -> Option<&'s str> {
    let mut rest = stem.trim_start_matches(SEPARATORS);
    let mut between = "";
    for part in name.split('-') {
        let (found, behind) = rest.split_at_checked(part.len())?;
        rest = behind.trim_start_matches(SEPARATORS);
        between = &behind[..behind.len() - rest.len()];
        if !found.eq_ignore_ascii_case(part) || between.is_empty() {
            return None;
        }
    }
    let mark = between.rfind('-')?;
    stem.get(stem.len() - rest.len() - between.len() + mark + 1..)
}

fn pin(package: Value<'_>, name: &str, version: &str) -> Pin {
    Pin::new(Ecosystem::PyPi, normal(name), version, package.get("name").map_or(0, tree::line))
}

/// A commit that was written down by hand or through a tag is fixed, and one that a branch led to follows that branch.
fn of_commit(commit: &str, followed: &str) -> Hold {
    if !origin::is_commit(commit) {
        Hold::Floating
    } else if origin::of_reference(followed) == Hold::Floating && !commit.starts_with(followed) || followed.is_empty() {
        Hold::Tracked
    } else {
        Hold::Fixed
    }
}

fn hashes(files: Vec<Value<'_>>) -> Result<Vec<&str>, Unread> {
    let mut hashes = Vec::with_capacity(files.len());
    for file in files {
        hashes.extend(tree::text(file, "hash")?);
    }
    Ok(hashes)
}

#[cfg(test)]
mod tests {
    use super::is_file_of;

    #[test]
    fn files_are_called_like_their_version() {
        for (file, name, version, is) in [
            ("a-1.0.tar.gz", "a", "1.0", true),
            ("A_.b-1.0.0.zip", "a-b", "1.0", true),
            ("a-2-1.0.tar.gz", "a-2", "1.0", true),
            ("a-2-1.0.tar.gz", "a", "1.0", false),
            ("a--1.0.tar.gz", "a", "1.0", true),
            ("-a-1.0.tar.gz", "a", "1.0", true),
            ("a_1.0.tar.gz", "a", "1.0", false),
            ("ab-1.0.tar.gz", "a", "1.0", false),
            ("a.tar.gz", "a", "1.0", false),
            ("ä-1.0.tar.gz", "a", "1.0", false),
            ("a_b-1.0-py3-none-any.whl", "a-b", "1.0", true),
            ("c-1.0-py3-none-any.whl", "a-b", "1.0", false),
        ] {
            assert_eq!(is_file_of(file, name, version), is, "{file}");
        }
    }

    #[test]
    fn long_names_are_compared_once() {
        for file in ["a-", "a", "-", "a-1"] {
            for name in ["a-", "a", "b"] {
                let (file, name) = (file.repeat(500_000), name.repeat(500_000));
                // What costs the square of its length would be here for hours.
                assert!(!is_file_of(&format!("{file}.tar.gz"), name.trim_end_matches('-'), "1.0"));
                let _ = super::behind(&file, name.trim_end_matches('-'));
            }
        }
    }
}
