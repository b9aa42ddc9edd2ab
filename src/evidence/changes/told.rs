//! What differs of one pin, as `evidence.changes` tells it.

use super::tags;
use crate::evidence::shortened;
use crate::lockfiles::{Change, Contents, Difference, Ecosystem, Pin};
use crate::proposal::version::semver_level;
use crate::secrets::without_secrets;
use crate::versions::{self, compare};
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::path::Path;

/// So many characters of a line are looked through for what gives access.
const MOST_LOOKED_THROUGH: usize = 8_000;

/// What is said of an origin that the file does not name.
const USUAL: &str = "the usual registry";

/// A pin that differs, in the shape of the model.
pub(super) fn told(difference: &Difference<'_>, path: &Path, lines: &[&str]) -> Value {
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
        let line = lines.get((pin.line as usize).saturating_sub(1)).copied().unwrap_or_default();
        let text = line.trim();
        if !text.is_empty() {
            told["column"] = (line.chars().take_while(|c| c.is_whitespace()).count() + 1).into();
            // A file may be one line, and what gives access may begin where the text is cut.
            let beginning = text.char_indices().nth(MOST_LOOKED_THROUGH).and_then(|(end, _)| text.get(..end));
            told["text"] = shortened(&without_secrets(beginning.unwrap_or(text)), 300).into();
        }
    }
    if let (Some(from), Some(to)) = (&from, &to) {
        told["direction"] = direction(ecosystem, from, to).into();
        let size = if ecosystem == Ecosystem::Docker { tags::size(from, to) } else { semver_level(from, to) };
        if matches!(size, "patch" | "minor" | "major") {
            told["size"] = size.into();
        }
    }
    if let Some((from, to)) = difference.origins() {
        for (field, origin) in [("from_origin", from), ("to_origin", to)] {
            told[field] = short(origin.unwrap_or(USUAL), 300).into();
        }
    }
    if let Some(contents) = difference.contents() {
        told["contents"] = if contents == Contents::Moved { "moved" } else { "replaced" }.into();
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
fn package_url(ecosystem: Ecosystem, name: &str) -> String {
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
