//! What really changed: what lockfiles and manifests pinned where the change began, and what they pin now.

mod called;
mod moved;
mod tags;

use super::{Answer, Code, shortened};
use crate::finding::Fault;
use crate::git::{Change as Changed, Commit, Kind, Repository, Snapshot};
use crate::lockfiles::{Change, Contents, Difference, Ecosystem, Format, Pin, differences, without_secrets};
use crate::proposal::model::PACKAGE_CHANGES_MAX;
use crate::proposal::version::semver_level;
use crate::versions::{self, compare};
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::ptr;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// So many versions are told of a package that a file still pins at others.
const MOST_REMAINING: usize = 12;

/// What differs between the commit in which a change began and its head, as `evidence.changes`.
pub fn changes(repository: &Repository, base: &Commit, head: &Commit) -> Answer {
    match found(repository, base, head) {
        Ok(found) if found.len() > PACKAGE_CHANGES_MAX => Answer::unavailable_as(
            Code::OF_THE_CHANGE,
            format!("{} pinned packages differ, and no more than {PACKAGE_CHANGES_MAX} are looked at", found.len()),
            "split the change",
        ),
        Ok(found) => Answer::known(found.into()),
        Err(unread) => Answer::unavailable_as(unread.code, unread.why, unread.help),
    }
}

/// The same for whoever wants to know it without a question of a proposal.
///
/// # Errors
/// When git can't tell, or a lockfile can't be read.
pub fn pinned_changes(repository: &Repository, base: &Commit, head: &Commit) -> Result<Vec<Value>, Fault> {
    found(repository, base, head).map_err(|unread| Fault::new(unread.code.as_str(), unread.why).help(unread.help))
}

/// Why something could not be read, and what to do about it.
struct Unread {
    code: Code,
    why: String,
    help: String,
}

impl From<Fault> for Unread {
    fn from(Fault { message, help, .. }: Fault) -> Self {
        Self { code: Code::UNAVAILABLE, why: message, help: help.unwrap_or_default() }
    }
}

fn found(repository: &Repository, base: &Commit, head: &Commit) -> Result<Vec<Value>, Unread> {
    let began = repository.merge_base(base, head)?;
    let changes = repository.changes(&began, head)?;
    let (before, after) = (repository.snapshot(&began), repository.snapshot(head));
    let mut files = Vec::new();
    for Changed { path, from, .. } in changes {
        let was = from.as_deref().unwrap_or(&path);
        // What can't be understood there is mended, or taken away, by the very change: then all that is pinned now is new.
        let old = match pins(&before, was) {
            Err(unread) if unread.code == Code::OF_THE_CHANGE => Default::default(),
            read => read?,
        };
        let new = pins(&after, &path)?;
        files.push(File { path, old, new });
    }
    let mut earlier: HashMap<_, Vec<&Pin>> = HashMap::new();
    for pin in files.iter().flat_map(|file| &file.old.0) {
        earlier.entry(pin.key()).or_default().push(pin);
    }
    let differing = files.iter().map(|file| differences(&file.old.0, &file.new.0)).collect();
    let differing = moved::joined(&files, differing);
    Ok(files.iter().zip(differing).flat_map(|(file, differing)| of_file(file, &differing, &earlier)).collect())
}

/// A file that the change touches.
struct File {
    /// Where it is, or was.
    path: PathBuf,
    /// What it pinned, and its text; nothing where there was none.
    old: (Vec<Pin>, String),
    /// The same of what it is.
    new: (Vec<Pin>, String),
}

fn of_file(file: &File, differing: &[Difference<'_>], earlier: &HashMap<(String, Ecosystem), Vec<&Pin>>) -> Vec<Value> {
    let (old_lines, new_lines) = (file.old.1.lines().collect::<Vec<_>>(), file.new.1.lines().collect::<Vec<_>>());
    let mut still: HashMap<_, BTreeSet<&str>> = HashMap::new();
    for pin in &file.new.0 {
        still.entry(pin.key()).or_default().insert(&pin.version);
    }
    let each = |difference: &Difference<'_>| {
        let lines = if difference.to.is_some() { &new_lines } else { &old_lines };
        let mut told = told(difference, &file.path, lines);
        for (field, pin, lines) in
            [("from_called", difference.from, &old_lines), ("to_called", difference.to, &new_lines)]
        {
            let own =
                pin.filter(|pin| field == "to_called" || file.old.0.as_ptr_range().contains(&ptr::from_ref(*pin)));
            if let Some(tag) = own.and_then(|pin| called::called(pin, lines)) {
                told[field] = short(tag, 100).into();
            }
        }
        let elsewhere = difference.from.is_some_and(|from| !file.old.0.as_ptr_range().contains(&ptr::from_ref(from)));
        if elsewhere && !difference.can_be_compared() {
            // The digests of two tools may have nothing in common.
            told.as_object_mut().map(|told| told.remove("contents"));
        }
        if let (Some(gone), None) = (difference.from, difference.to) {
            let versions = still.get(&gone.key()).into_iter().flatten().filter(|version| !version.is_empty());
            told["remaining"] = versions.take(MOST_REMAINING).map(|version| short(version, 100)).collect();
        }
        if let (None, Some(new)) = (difference.from, difference.to) {
            tell_of_new(&mut told, new, earlier.get(&new.key()).map_or(&[][..], Vec::as_slice));
        }
        told
    };
    differing.iter().map(each).collect()
}

/// A copy beside those that were there, or a file beside others, may bring a package from elsewhere, or another one, as well as one that changes.
fn tell_of_new(told: &mut Value, new: &Pin, earlier: &[&Pin]) {
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

/// What a file pins, and its text; nothing where there is none, or it is none that pins.
fn pins(side: &Snapshot, path: &Path) -> Result<(Vec<Pin>, String), Unread> {
    let Some(format) = Format::of(path) else { return Ok(Default::default()) };
    let name = path.display();
    let unread = |why: String| {
        let help = format!("mend {name}, or make it again with the tool that writes it");
        Unread { code: Code::OF_THE_CHANGE, why: format!("{name}{why}"), help }
    };
    let entry = side.entry(path).map_err(|error| unread(format!(" can't be read: {error}")))?;
    let Some(entry) = entry else { return Ok(Default::default()) };
    if entry.kind != Kind::File {
        // What it leads to may lie outside, or be replaced without a trace here.
        let what = if entry.kind == Kind::Link { "a symbolic link" } else { "no file" };
        let why = format!("{name} is {what} in commit {}, and what it pins is not looked at", side.commit().short());
        return Err(Unread { code: Code::OF_THE_CHANGE, why, help: format!("put the file itself at {name}") });
    }
    let bytes = side.bytes(&entry, LARGEST).map_err(|error| unread(format!(" can't be read: {error}")))?;
    if bytes.len() as u64 > LARGEST {
        return Err(unread(format!(" has more than the {LARGEST} bytes that are read")));
    }
    let text = String::from_utf8(bytes).map_err(|_| unread(" is not UTF-8".to_owned()))?;
    let read = format.read(&text).map_err(|error| {
        let place =
            [error.line, error.column].into_iter().flatten().map(|number| format!(":{number}")).collect::<String>();
        unread(format!("{place} can't be understood: {}", error.why))
    });
    Ok((read?, text))
}

/// So many characters of a line are looked through for what gives access.
const MOST_LOOKED_THROUGH: usize = 8_000;

/// What is said of an origin that the file does not name.
const USUAL: &str = "the usual registry";

fn told(difference: &Difference<'_>, path: &Path, lines: &[&str]) -> Value {
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
fn short(text: &str, most: usize) -> String {
    shortened(if text.trim().is_empty() { "?" } else { text }, most)
}
