//! `bun.lock` (<https://bun.sh/docs/install/lockfile>): JSON that may have a comma behind the last of a list. Each of `packages` is a list of `name@version`, the address
//! where that is not the usual registry's, what it needs, and its digest; of what is not from a registry the address is left out, as it stands in the place of the version.
//!
//! Members of the workspace, folders and links are no pins.

use super::digests::of_integrity;
use super::{Ecosystem, Pin, Unread, npm, origin, quoted, tree, yarn};
use crate::document::{Document, Kind, Value};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let document = parsed(source)?;
    let packages = tree::object(document.root(), "packages")?;
    let pins = packages.into_iter().flat_map(Value::items).filter_map(|package| pin(package).transpose());
    pins.collect()
}

/// Its values, where it is one.
pub(super) fn parsed(source: &Source) -> Result<Document, Unread> {
    let document = tree::json(&Source::new("", without_last_commas(source.text())))?;
    tree::is_object(document.root())?;
    if tree::version(document.root(), "lockfileVersion", 0..=1)?.is_none() {
        return Err(Unread::whole("it is no bun.lock: it has no `lockfileVersion`"));
    }
    Ok(document)
}

/// The name and the version, or place, of an entry; the further items of its list.
pub(super) fn entry<'d>(package: Value<'d>) -> Result<(&'d str, &'d str, Vec<Value<'d>>), Unread> {
    let wrong = || tree::unread(package, "an entry that is no list of a name with a version and what follows");
    let mut items = package.items();
    let first = items.next().filter(|_| package.kind() == Kind::Array).ok_or_else(wrong)?;
    let Kind::String(text) = first.kind() else { return Err(wrong()) };
    let (name, version) = yarn::split(text).filter(|(name, _)| !name.is_empty()).ok_or_else(wrong)?;
    Ok((name, version, items.collect()))
}

fn pin(package: Value<'_>) -> Result<Option<Pin>, Unread> {
    let (name, version, rest) = entry(package)?;
    if ["workspace:", "link:", "file:", "root:"].iter().any(|kind| version.starts_with(kind)) {
        return Ok(None);
    }
    let text = |at: usize| match rest.get(at).map(|item| item.kind()) {
        Some(Kind::String(text)) => Some(text),
        _ => None,
    };
    let line = tree::key_line(package);
    // What is not from a registry says where it is from in place of a version.
    if version.contains([':', '/']) {
        let (hold, commit) = origin::of_address(version);
        let (place, at) = version.split_once('#').unwrap_or((version, ""));
        let digests = text(1).into_iter().flat_map(of_integrity).chain(commit);
        return Ok(Some(Pin::new(Ecosystem::Npm, name, at, line).from(Some(place)).held(hold).digest(digests)));
    }
    let (Some(address), Some(integrity)) = (text(0), text(2)) else {
        return Err(tree::unread(package, format!("an entry without an address and a digest: {}", quoted(name))));
    };
    let address = Some(address).filter(|address| !address.is_empty());
    let pin = Pin::new(Ecosystem::Npm, name, version, line);
    Ok(Some(pin.from(address.map(|address| npm::registry(address, name, version))).digest(of_integrity(integrity))))
}

/// The text with a space in place of each comma that nothing follows in its list, so that all stands where it stood.
fn without_last_commas(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let (mut comma, mut in_text, mut escaped) = (None, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => (in_text, comma) = (!in_text, None),
            _ if in_text => {}
            b',' => comma = Some(at),
            b']' | b'}' => {
                if let Some(place) = comma.take().and_then(|comma: usize| bytes.get_mut(comma)) {
                    *place = b' ';
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => comma = None,
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}
