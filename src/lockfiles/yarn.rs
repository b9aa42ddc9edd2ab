//! `yarn.lock`: that of Yarn 1 is a format of its own (<https://classic.yarnpkg.com/en/docs/yarn-lock/>), that of Berry is YAML with
//! `__metadata`. Members of the workspace, links and portals are no pins.

use super::digests::of_integrity;
use super::text::{Line, lines};
use super::yaml::{Node, Yaml};
use super::{Ecosystem, Pin, Unread, npm, origin, quoted};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    if is_of_berry(source) { berry(source) } else { classic(source) }
}

pub(super) fn is_of_berry(source: &Source) -> bool {
    source.text().lines().any(|line| line.starts_with("__metadata:"))
}

/// `name@range` at the `@` between them: the first one may be that of a scope.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?.len_utf8();
    let (name, range) = text.get(first..)?.split_once('@')?;
    Some((text.get(..first + name.len())?, range))
}

/// The name that a pattern asks for: an alias asks for another than its own.
fn asked(pattern: &str) -> Option<&str> {
    let (name, range) = split(pattern)?;
    match range.strip_prefix("npm:") {
        // `npm:1.0.0` is the name's own registry, `npm:real@1.0.0` an alias.
        Some(alias) if alias.chars().skip(1).any(|found| found == '@') => split(alias).map(|(real, _)| real),
        _ => Some(name),
    }
}

/// The name that stands in a pattern, and of an alias that of what it stands for.
pub(super) fn names(pattern: &str) -> Vec<String> {
    let own = split(pattern).map_or(pattern, |(name, _)| name);
    let mut names = vec![own.to_owned()];
    names.extend(asked(pattern).filter(|real| *real != own).map(str::to_owned));
    names
}

fn berry(source: &Source) -> Result<Vec<Pin>, Unread> {
    let yaml = Yaml::parse(source)?;
    let root = yaml.single()?;
    let mut pins = Vec::new();
    for (key, entry) in root.members().ok_or_else(|| root.unread("it is no map"))? {
        match key.scalar() {
            Some("__metadata") => {
                entry.needed("version")?;
            }
            _ => pins.extend(of_entry(key, entry)?),
        }
    }
    Ok(pins)
}

fn of_entry(key: Node<'_>, entry: Node<'_>) -> Result<Option<Pin>, Unread> {
    let resolution = entry.needed("resolution")?;
    let version = entry.needed("version")?;
    let parts = split(resolution).filter(|(name, _)| !name.is_empty());
    let (name, place) =
        parts.ok_or_else(|| key.unread(format!("a resolution without a place: {}", quoted(resolution))))?;
    if ["workspace:", "link:", "portal:"].iter().any(|kind| place.starts_with(kind)) {
        return Ok(None);
    }
    let (hold, commit) = origin::of_address(place);
    let pin = Pin::new(Ecosystem::Npm, name, version, key.line());
    let pin = pin.from(archive(name, version, place).as_deref()).held(hold);
    Ok(Some(pin.digest(entry.text("checksum")?.into_iter().chain(commit))))
}

/// Where the package of a resolution comes from; nothing where it says the version again, and so the registry of all.
fn archive(name: &str, version: &str, place: &str) -> Option<String> {
    let Some(named) = place.strip_prefix("npm:") else {
        // The package that is patched is an entry of its own.
        let patched = place.strip_prefix("patch:").and_then(|place| place.split_once('#'));
        let own = patched.filter(|(package, _)| *package == format!("{name}@npm%3A{version}"));
        return Some(own.map_or_else(|| place.to_owned(), |(_, patch)| format!("patch:{name}#{patch}")));
    };
    let (of, parameters) = named.split_once("::").unwrap_or((named, ""));
    match parameters.strip_prefix("__archiveUrl=") {
        _ if of != version => Some(place.to_owned()),
        Some(address) => {
            let address = address.replace("%3A", ":").replace("%2F", "/").replace("%40", "@");
            Some(npm::registry(&address, name, version).to_owned())
        }
        None => Some(place.to_owned()).filter(|_| !parameters.is_empty()),
    }
}

/// An entry of Yarn 1 as far as it is read.
#[derive(Default)]
struct Entry<'t> {
    names: Vec<&'t str>,
    line: u32,
    version: Option<String>,
    resolved: Option<String>,
    integrity: Option<String>,
}

fn classic(source: &Source) -> Result<Vec<Pin>, Unread> {
    let mut pins = Vec::new();
    let mut entry: Option<(Line<'_>, Entry<'_>)> = None;
    for line in lines(source) {
        let text = line.text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match (line.indent(), &mut entry) {
            (0, _) => {
                let next = Some((line, begin(line)?));
                finish(std::mem::replace(&mut entry, next), &mut pins)?;
            }
            (2, Some((_, entry))) => field(line, text, entry)?,
            // What it depends on; each has an entry of its own.
            (4, Some(_)) => {}
            _ => return Err(line.unread("a line that belongs to no entry")),
        }
    }
    if entry.is_none() && !source.text().contains("# yarn lockfile v1") {
        return Err(Unread::whole("it is no yarn.lock: it has neither an entry nor the mark of version 1"));
    }
    finish(entry, &mut pins)?;
    Ok(pins)
}

/// `"a@^1.0.0", a@~1.1.0:`
fn begin(line: Line<'_>) -> Result<Entry<'_>, Unread> {
    let wrong = || line.unread("no list of names with ranges that ends in `:`");
    let patterns = line.text.trim_end().strip_suffix(':').ok_or_else(wrong)?;
    let mut names = Vec::new();
    for pattern in patterns.split(", ") {
        let plain = unquoted(pattern);
        if plain.is_empty() || plain.contains(['"', '\\']) {
            return Err(wrong());
        }
        // A range that asks for nothing is left out with its `@`.
        names.push(asked(plain).unwrap_or(plain));
    }
    names.sort_unstable();
    names.dedup();
    Ok(Entry { names, line: line.number, ..Entry::default() })
}

pub(super) fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text)
}

fn field(line: Line<'_>, text: &str, entry: &mut Entry<'_>) -> Result<(), Unread> {
    let Some((key, value)) = text.split_once(' ') else {
        return match text {
            "dependencies:" | "optionalDependencies:" | "peerDependencies:" => Ok(()),
            _ => Err(line.unread(format!("a field that is not known: {}", quoted(text)))),
        };
    };
    // Some tools quote the keys as well.
    let key = unquoted(key);
    let place = match key {
        "version" => &mut entry.version,
        "resolved" => &mut entry.resolved,
        "integrity" => &mut entry.integrity,
        // Of forks of Yarn, and of registries: nothing that is installed.
        "uid" | "registry" => return Ok(()),
        _ => return Err(line.unread(format!("a field that is not known: {}", quoted(key)))),
    };
    let plain = unquoted(value);
    if plain.is_empty() || plain.contains('"') || plain.len() > super::LONGEST {
        return Err(line.unread(format!("no value of `{key}`: {}", quoted(value))));
    }
    if place.replace(plain.to_owned()).is_some() {
        return Err(line.unread(format!("`{key}` is there twice")));
    }
    Ok(())
}

fn finish(entry: Option<(Line<'_>, Entry<'_>)>, pins: &mut Vec<Pin>) -> Result<(), Unread> {
    let Some((line, entry)) = entry else { return Ok(()) };
    let version = entry.version.ok_or_else(|| line.unread("an entry without `version`"))?;
    let address = entry.resolved.as_deref();
    let (hold, commit) = address.map_or((super::Hold::Fixed, None), origin::of_address);
    let digests = || entry.integrity.iter().flat_map(|text| of_integrity(text)).chain(commit);
    for name in entry.names {
        let pin = Pin::new(Ecosystem::Npm, name, version.as_str(), entry.line);
        let archive = address.map(|address| npm::registry(address, name, &version));
        pins.push(pin.from(archive).held(hold).digest(digests()));
    }
    Ok(())
}
