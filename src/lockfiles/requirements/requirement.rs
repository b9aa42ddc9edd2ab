//! One requirement (<https://packaging.python.org/en/latest/specifications/dependency-specifiers/>): a name with versions, a name with an
//! address, or an address alone.

use crate::lockfiles::text::Line;
use crate::lockfiles::{Ecosystem, Hold, Pin, Unread, origin, python, quoted};

/// The pin that a requirement is; none for what lies in the repository.
pub(super) fn pin(line: Line<'_>, text: &str, hashes: &[String]) -> Result<Option<Pin>, Unread> {
    let wrong = || line.unread(format!("no requirement: {}", quoted(text)));
    let hashes = hashes.iter().map(String::as_str);
    if is_local(text) {
        return Ok(None);
    }
    if text.split([' ', ';']).next().is_some_and(|first| first.contains("://") || first.starts_with("git+")) {
        let address = text.split([' ', ';']).next().unwrap_or(text);
        let name = named(address).unwrap_or_else(|| origin::without_user(address));
        return Ok(Some(of_address(line, &name, address, hashes)));
    }
    let end = text.find(|found: char| !found.is_ascii_alphanumeric() && !"._-".contains(found)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if !name.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return Err(wrong());
    }
    let rest = match rest.trim_start().strip_prefix('[') {
        Some(extras) => extras.split_once(']').ok_or_else(wrong)?.1,
        None => rest,
    };
    let name = python::normal(name);
    if let Some(address) = rest.trim_start().strip_prefix('@') {
        let address = address.trim().split([' ', ';']).next().unwrap_or_default();
        return match address {
            "" => Err(wrong()),
            _ if is_local(address) => Ok(None),
            _ => Ok(Some(of_address(line, &name, address, hashes))),
        };
    }
    let versions = rest.split(';').next().unwrap_or(rest).trim();
    let inner = versions.strip_prefix('(').map_or(Some(versions), |inner| inner.strip_suffix(')')).ok_or_else(wrong)?;
    let (version, hold) = of_versions(inner.trim()).ok_or_else(wrong)?;
    Ok(Some(Pin::new(Ecosystem::PyPi, name, version, line.number).held(hold).digest(hashes)))
}

/// The one version that `==` or `===` asks for, or all that is asked for, which is a range.
fn of_versions(text: &str) -> Option<(String, Hold)> {
    if text.is_empty() {
        return Some((String::new(), Hold::Floating));
    }
    let mut exact = None;
    for clause in text.split(',').map(str::trim) {
        // The longer ones first, as `==` begins `===` and `<` begins `<=`.
        let operator =
            ["===", "==", "~=", "!=", "<=", ">=", "<", ">"].into_iter().find(|sign| clause.starts_with(sign))?;
        let version = clause.get(operator.len()..)?.trim();
        let sound = |found: char| found.is_ascii_alphanumeric() || ".*+!_-${}".contains(found);
        if version.is_empty() || !version.chars().all(sound) {
            return None;
        }
        if operator.starts_with("==") && !version.contains(['*', '$']) {
            exact.get_or_insert(version);
        }
    }
    Some(exact.map_or_else(|| (text.to_owned(), Hold::Floating), |version| (version.to_owned(), Hold::Fixed)))
}

fn of_address<'h>(line: Line<'_>, name: &str, address: &'h str, hashes: impl Iterator<Item = &'h str>) -> Pin {
    let (place, fragment) = address.split_once('#').unwrap_or((address, ""));
    let pin = |version: &str| Pin::new(Ecosystem::PyPi, name, version, line.number);
    if place.starts_with("git+") {
        // `@` may also stand before the host.
        let path = place.find("://").map_or(0, |at| at + 3);
        let path = path + place.get(path..).and_then(|rest| rest.find('/')).unwrap_or(0);
        let at = place.get(path..).and_then(|rest| rest.rfind('@')).map(|at| path + at);
        let (repository, reference) =
            at.and_then(|at| Some((place.get(..at)?, place.get(at + 1..)?))).unwrap_or((place, ""));
        let commit = Some(reference).filter(|reference| origin::is_commit(reference));
        return pin(reference).from(Some(repository)).held(origin::of_reference(reference)).digest(commit);
    }
    let in_address = fragment
        .split('&')
        .filter(|part| ["sha256=", "sha384=", "sha512=", "sha1=", "md5="].iter().any(|kind| part.starts_with(kind)));
    let pin = pin(of_file(place).map_or("", |(_, version)| version)).from(Some(place)).digest(in_address.chain(hashes));
    // Whoever owns an address can lay another file there.
    let hold = if pin.digests.is_empty() { Hold::Tag } else { Hold::Fixed };
    pin.held(hold)
}

/// The name that an address tells: in `#egg=`, or by the name of its file.
fn named(address: &str) -> Option<String> {
    let (place, fragment) = address.split_once('#').unwrap_or((address, ""));
    let egg = fragment.split('&').find_map(|part| part.strip_prefix("egg="));
    let egg = egg.map(|egg| egg.split('[').next().unwrap_or(egg));
    egg.or_else(|| of_file(place).map(|(name, _)| name)).map(python::normal).filter(|name| !name.is_empty())
}

/// Name and version of `name-version.tar.gz`, or of a wheel, which has more behind another `-`.
fn of_file(place: &str) -> Option<(&str, &str)> {
    let file = place.rsplit('/').next()?;
    let stem = [".tar.gz", ".zip", ".tar.bz2", ".whl"].into_iter().find_map(|ending| file.strip_suffix(ending))?;
    let (name, rest) = if file.ends_with(".whl") { stem.split_once('-')? } else { stem.rsplit_once('-')? };
    Some((name, rest.split('-').next()?))
}

fn is_local(text: &str) -> bool {
    ["./", "../", "/", "file:", "~/", ".\\", "..\\"].iter().any(|start| text.starts_with(start))
        || text == "."
        || text == ".."
        || text.starts_with(".[")
}
