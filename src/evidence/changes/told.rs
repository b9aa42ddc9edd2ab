//! What differs of one pin, as `evidence.changes` tells it.

use super::pinned::digest;
use super::tags;
use crate::evidence::shortened;
use crate::lockfiles::{Change, Contents, Difference, Ecosystem, Pin};
use crate::proposal::version::semver_level;
use crate::secrets::without_secrets;
use crate::versions::{self, compare};
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::Path;

/// So many characters of a line are looked through for what gives access.
const MOST_LOOKED_THROUGH: usize = 8_000;

/// What is said of an origin that the file does not name.
const USUAL: &str = "the usual registry";

/// The lines of a file, each of which is laid out once: a file may be one line, on which all its pins stand.
pub(super) struct Lines<'t> {
    /// Each line as it is.
    pub(super) all: Vec<&'t str>,
    shown: HashMap<u32, Option<(usize, String)>>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { all: text.lines().collect(), shown: HashMap::new() }
    }

    /// In which column the text of a line begins, from 1, and the text without what gives access; nothing of one that is blank.
    fn shown(&mut self, number: u32) -> Option<&(usize, String)> {
        let line = self.all.get((number as usize).saturating_sub(1)).copied().unwrap_or_default();
        self.shown.entry(number).or_insert_with(|| shown(line)).as_ref()
    }
}

fn shown(line: &str) -> Option<(usize, String)> {
    let text = line.trim();
    let column = line.chars().take_while(|c| c.is_whitespace()).count() + 1;
    // What gives access may begin where the text is cut.
    let beginning = text.char_indices().nth(MOST_LOOKED_THROUGH).and_then(|(end, _)| text.get(..end));
    (!text.is_empty()).then(|| (column, shortened(&without_secrets(beginning.unwrap_or(text)), 300)))
}

/// A pin that differs, in the shape of the model.
pub(super) fn told(difference: &Difference<'_>, path: &Path, lines: &mut Lines<'_>) -> Value {
    let (ecosystem, name) = (difference.ecosystem(), difference.name());
    let version = |pin: Option<&Pin>| {
        pin.map(|pin| pin.version.as_str()).filter(|version| !version.is_empty()).map(str::to_owned)
    };
    let (from, to) = (version(difference.from), version(difference.to));
    let kind = match difference.change() {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Changed => "changed",
        Change::Loosened => "loosened",
    };
    let mut told = json!({
        "file": short(&path.to_string_lossy(), 500),
        "ecosystem": ecosystem.as_str(),
        "name": short(name, 200),
        "package_url": short(&package_url(ecosystem, name), 500),
        "kind": kind,
        "floats": difference.floats(),
    });
    if let Some(pin) = difference.to.or(difference.from) {
        told["line"] = pin.line.into();
        if let Some((column, text)) = lines.shown(pin.line) {
            told["column"] = (*column).into();
            told["text"] = text.as_str().into();
        }
    }
    if let (Some(from), Some(to)) = (&from, &to) {
        told["direction"] = direction(ecosystem, from, to).into();
        let size = if ecosystem == Ecosystem::Docker { tags::size(from, to) } else { semver_level(from, to) };
        if matches!(size, "patch" | "minor" | "major") {
            told["size"] = size.into();
        }
    }
    if difference.is_undigested() {
        told["undigested"] = true.into();
    }
    if let Some((from, to)) = difference.origins() {
        for (field, origin) in [("from_origin", from), ("to_origin", to)] {
            told[field] = short(origin.unwrap_or(USUAL), 300).into();
        }
    }
    if let Some(contents) = difference.contents() {
        told["contents"] = if contents == Contents::Moved { "moved" } else { "replaced" }.into();
    }
    for (field, pin) in [("from_digest", difference.from), ("to_digest", difference.to)] {
        if let Some(digest) = pin.and_then(digest) {
            told[field] = short(digest, 500).into();
        }
    }
    for (field, version) in [("from", from), ("to", to)] {
        if let Some(version) = version {
            told[field] = short(&version, 100).into();
        }
    }
    told
}

/// By the order of the ecosystem; charts and providers have versions by Semantic Versioning, and tags of images their numbers.
fn direction(ecosystem: Ecosystem, from: &str, to: &str) -> &'static str {
    let ordered = match ecosystem {
        Ecosystem::Helm | Ecosystem::Terraform => Ecosystem::Npm.as_str(),
        other => other.as_str(),
    };
    let order = match ecosystem {
        Ecosystem::Docker => tags::order(from, to),
        _ => compare(versions::Ecosystem::parse(ordered), from, to),
    };
    match order {
        Some(Ordering::Less) => "up",
        Some(Ordering::Greater) => "down",
        Some(Ordering::Equal) => "same",
        None => "unknown",
    }
}

/// The package URL without a version: <https://github.com/package-url/purl-spec>.
pub(super) fn package_url(ecosystem: Ecosystem, name: &str) -> String {
    let kind = match ecosystem {
        Ecosystem::Cargo => "cargo",
        Ecosystem::Npm => "npm",
        Ecosystem::PyPi => "pypi",
        Ecosystem::Go => "golang",
        Ecosystem::RubyGems => "gem",
        Ecosystem::Packagist => "composer",
        Ecosystem::Maven => "maven",
        Ecosystem::NuGet => "nuget",
        Ecosystem::GitHubActions => "githubactions",
        Ecosystem::Docker => "docker",
        Ecosystem::Helm => "helm",
        Ecosystem::Terraform => "terraform",
    };
    // The group of Maven is a folder, and the scope of npm has its `@` escaped.
    let name = if ecosystem == Ecosystem::Maven { name.replacen(':', "/", 1) } else { name.replacen('@', "%40", 1) };
    format!("pkg:{kind}/{name}")
}

/// The model has no blank texts, and files may hold such names.
pub(super) fn short(text: &str, most: usize) -> String {
    shortened(if text.trim().is_empty() { "?" } else { text }, most)
}

/// A copy beside those that were there, or a file beside others, may bring a package from elsewhere, or another one, as well as one that changes.
pub(super) fn tell_of_new(told: &mut Value, new: &Pin, earlier: &[&Pin]) {
    if new.is_replaced(earlier) {
        told["contents"] = "replaced".into();
    }
    if !new.is_from_elsewhere(earlier) {
        return;
    }
    told["to_origin"] = short(new.origin.as_deref().unwrap_or(USUAL), 300).into();
    if let Some(first) = earlier.first() {
        told["from_origin"] = short(first.origin.as_deref().unwrap_or(USUAL), 300).into();
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn each_line_is_laid_out_once() {
        let long = format!("{}token=s3cret {}", " ".repeat(1_000_000), "a://".repeat(250_000));
        let mut lines = Lines::of(&long);
        // The pins of a file may all stand on one line: laid out for each of them, these would take hours.
        for _ in 0..100_000 {
            let (column, text) = lines.shown(1).unwrap();
            assert_eq!((*column, text.starts_with("token=*** a://")), (1_000_001, true));
        }
        assert!(lines.shown(2).is_none() && Lines::of(" \na").shown(1).is_none());
    }
}
