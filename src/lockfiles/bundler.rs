//! `Gemfile.lock` and `gems.locked` (<https://bundler.io/man/bundle-lock.1.html>): the `specs` of each source, with the digests of `CHECKSUMS`.
//!
//! `PATH` is of the repository, and no pin. `PLATFORMS`, `DEPENDENCIES`, `RUBY VERSION` and `BUNDLED WITH` say what was asked for, and by
//! which programs. Builds of one version for several platforms are one pin with all their digests.

use super::text::{Line, lines};
use super::{Ecosystem, Hold, Pin, Unread, origin, quoted};
use crate::source::Source;
use std::collections::{BTreeMap, HashMap};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    /// A source, whose `specs` are gems.
    Gems,
    /// `PATH`.
    Folder,
    Checksums,
    /// Nothing that is installed.
    Other,
}

/// What stands over the `specs` of a source.
#[derive(Default, Clone)]
struct From {
    remote: Option<String>,
    revision: Option<String>,
    hold: Option<Hold>,
}

/// One gem for one platform.
struct Spec<'t> {
    name: &'t str,
    version: &'t str,
    from: From,
    line: u32,
}

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let mut section = None;
    let mut from = From::default();
    let mut in_specs = false;
    let mut specs = Vec::new();
    let mut checksums: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
    for line in lines(source).filter(|line| !line.text.trim().is_empty()) {
        let text = line.text.trim();
        match (line.indent(), section) {
            (0, _) => {
                section = Some(begin(line)?);
                (from, in_specs) = (From::default(), false);
            }
            (2, Some(Section::Checksums)) => {
                let (name, version, digests) = gem(line)?;
                checksums.entry((name, version)).or_default().extend(digests.split(',').map(str::trim));
            }
            (2, Some(Section::Gems | Section::Folder)) => {
                in_specs = text == "specs:";
                attribute(line, &mut from)?;
            }
            (4, Some(Section::Gems | Section::Folder)) if in_specs => {
                let (name, version, rest) = gem(line)?;
                if !rest.is_empty() {
                    return Err(line.unread("something behind a version"));
                }
                if section == Some(Section::Gems) {
                    specs.push(Spec { name, version, from: from.clone(), line: line.number });
                }
            }
            // What a gem depends on; each has an entry of its own.
            (6, Some(Section::Gems | Section::Folder)) if in_specs => {}
            (2.., Some(Section::Other)) => {}
            _ => return Err(line.unread("a line that belongs to no entry")),
        }
    }
    match section {
        None => Err(Unread::whole("it is no Gemfile.lock: it has no section")),
        Some(_) => Ok(pins(&specs, &checksums)),
    }
}

fn begin(line: Line<'_>) -> Result<Section, Unread> {
    match line.text.trim_end() {
        "GEM" | "GIT" | "PLUGIN SOURCE" => Ok(Section::Gems),
        "PATH" => Ok(Section::Folder),
        "CHECKSUMS" => Ok(Section::Checksums),
        "PLATFORMS" | "DEPENDENCIES" | "RUBY VERSION" | "BUNDLED WITH" => Ok(Section::Other),
        other => Err(line.unread(format!("a section that is not known: {}", quoted(other)))),
    }
}

fn attribute(line: Line<'_>, from: &mut From) -> Result<(), Unread> {
    let (key, value) =
        line.text.trim().split_once(':').ok_or_else(|| line.unread("neither `specs:` nor `key: value`"))?;
    let value = value.trim();
    match key {
        // Several remotes may stand in one section.
        "remote" => {
            from.remote = Some(from.remote.take().map_or_else(|| value.to_owned(), |first| format!("{first} {value}")))
        }
        "revision" => from.revision = Some(value.to_owned()),
        "tag" => from.hold = Some(Hold::Fixed),
        "ref" => {
            from.hold = Some(if origin::of_reference(value) == Hold::Floating { Hold::Tracked } else { Hold::Fixed })
        }
        _ => {}
    }
    let length = [&from.remote, &from.revision].into_iter().flatten().map(String::len).max();
    if length.is_some_and(|length| length > super::LONGEST) {
        return Err(line.unread("a source that is too long"));
    }
    Ok(())
}

/// `name (version)`, and what stands behind it.
fn gem(line: Line<'_>) -> Result<(&str, &str, &str), Unread> {
    let wrong = || line.unread("no gem of the form `name (version)`");
    let (name, rest) = line.text.trim().split_once(" (").ok_or_else(wrong)?;
    let (version, rest) = rest.split_once(')').ok_or_else(wrong)?;
    let sound = |text: &str| !text.is_empty() && !text.contains([' ', '(']);
    if sound(name) && sound(version) { Ok((name, version, rest.trim())) } else { Err(wrong()) }
}

fn pins(specs: &[Spec<'_>], checksums: &HashMap<(&str, &str), Vec<&str>>) -> Vec<Pin> {
    let mut found: BTreeMap<_, (&Spec<'_>, Vec<&str>)> = BTreeMap::new();
    for spec in specs {
        // Versions of gems have no `-`; what follows is the platform.
        let version = spec.version.split('-').next().unwrap_or(spec.version);
        let key = (spec.name, version, spec.from.remote.as_deref());
        let (_, digests) = found.entry(key).or_insert_with(|| (spec, Vec::new()));
        digests.extend(checksums.get(&(spec.name, spec.version)).into_iter().flatten());
        digests.extend(spec.from.revision.as_deref());
    }
    let mut pins = Vec::with_capacity(found.len());
    for ((name, version, remote), (spec, digests)) in found {
        let hold = match spec.from.revision.as_deref() {
            None => Hold::Fixed,
            Some(revision) if origin::is_commit(revision) => spec.from.hold.unwrap_or(Hold::Tracked),
            Some(_) => Hold::Floating,
        };
        pins.push(Pin::new(Ecosystem::RubyGems, name, version, spec.line).from(remote).held(hold).digest(digests));
    }
    pins
}
