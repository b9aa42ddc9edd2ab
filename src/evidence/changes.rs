//! What really changed: what lockfiles and manifests pinned where the change began, and what they pin now.

mod called;
mod moved;
mod pinned;
mod tags;
mod told;
mod unlocked;

use super::{Answer, Code, Scope};
use crate::finding::Fault;
use crate::git::{Change as Changed, Commit, Kind, Repository, Snapshot};
use crate::lockfiles::{Difference, Ecosystem, Format, Pin, differences, with_digests};
use crate::proposal::model::PACKAGE_CHANGES_MAX;
pub use pinned::pinned;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::ptr;
use told::{Lines, short, tell_of_new, told};
use unlocked::{Packages, unlocked};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// So many versions are told of a package that a file still pins at others.
const MOST_REMAINING: usize = 12;

/// What differs between the commit in which a change began and its head, as `evidence.changes`; and how many lockfiles of the change
/// were left out, by patterns of the configuration.
pub fn changes(repository: &Repository, base: &Commit, head: &Commit, ignore: &[String]) -> (Answer, usize) {
    match found(repository, base, head, ignore) {
        Ok((found, left_out)) if found.len() > PACKAGE_CHANGES_MAX => {
            let why =
                format!("{} pinned packages differ, and no more than {PACKAGE_CHANGES_MAX} are looked at", found.len());
            let help = format!("split the change; {WAY_OUT}");
            (Answer::unavailable_as(Code::OF_THE_CHANGE, why, help), left_out)
        }
        Ok((found, left_out)) => (Answer::known(found.into()), left_out),
        Err(unread) => (Answer::unavailable_as(unread.code, unread.why, unread.help), 0),
    }
}

/// What helps where a file only looks like a lockfile. It is for the trusted side to say, and not for whoever proposes the change.
const WAY_OUT: &str =
    "a file by which nothing is installed, such as one of a test, leave out by `changes.ignore` in the configuration";

/// The same for whoever wants to know it without a question of a proposal.
///
/// # Errors
/// When git can't tell, or a lockfile can't be read.
pub fn pinned_changes(
    repository: &Repository,
    base: &Commit,
    head: &Commit,
    ignore: &[String],
) -> Result<Vec<Value>, Fault> {
    let (found, _) = found(repository, base, head, ignore)
        .map_err(|unread| Fault::new(unread.code.as_str(), unread.why).help(unread.help))?;
    Ok(found)
}

/// Why something could not be read, and what to do about it.
struct Unread {
    code: Code,
    why: String,
    help: String,
}

impl Unread {
    fn from_git(path: &Path, error: io::Error) -> Self {
        let why = format!("{} can't be read: {error}", path.display());
        Self { code: Code::UNAVAILABLE, why, help: "clone the repository with all of its files".to_owned() }
    }
}

impl From<Fault> for Unread {
    fn from(Fault { message, help, .. }: Fault) -> Self {
        Self { code: Code::UNAVAILABLE, why: message, help: help.unwrap_or_default() }
    }
}

/// The lockfiles that the configuration leaves out.
struct LeftOut(Vec<Scope>);

impl LeftOut {
    fn of(ignore: &[String]) -> Result<Self, Unread> {
        let parse = |pattern: &String| {
            Scope::parse(pattern).map_err(|why| Unread {
                code: Code::UNAVAILABLE,
                why: format!("`{pattern}` of `changes.ignore` is no pattern of paths: {why}"),
                help: "correct it in the configuration".to_owned(),
            })
        };
        ignore.iter().map(parse).collect::<Result<_, _>>().map(Self)
    }

    fn holds(&self, path: &Path) -> bool {
        !self.0.is_empty() && Format::of(path).is_some() && self.0.iter().any(|scope| scope.holds(path))
    }
}

fn found(
    repository: &Repository,
    base: &Commit,
    head: &Commit,
    ignore: &[String],
) -> Result<(Vec<Value>, usize), Unread> {
    let left_out = LeftOut::of(ignore)?;
    let began = repository.merge_base(base, head)?;
    let changes = repository.changes(&began, head)?;
    let (before, after) = (repository.snapshot(&began), repository.snapshot(head));
    let mut files = Vec::new();
    let mut count = 0;
    for Changed { path, from, .. } in changes {
        let was = from.as_deref().unwrap_or(&path);
        count += usize::from(left_out.holds(was) || left_out.holds(&path));
        let read = |side, path| if left_out.holds(path) { Ok(Default::default()) } else { pins(side, path) };
        // What can't be understood there is mended, or taken away, by the very change: then all that is pinned now is new.
        let old = match read(&before, was) {
            Err(unread) if unread.code == Code::OF_THE_CHANGE => Default::default(),
            read => read?,
        };
        let new = read(&after, &path)?;
        let loose = unlocked(&after, was, &old.0, (was == path).then_some(&new), &left_out)?;
        // A project is not locked by the lockfile of another one, though it be the same.
        if !loose.is_empty() && was != path {
            files.push(File { path: was.to_owned(), old, new: Default::default(), loose });
            files.push(File { path, old: Default::default(), new, loose: Packages::new() });
        } else {
            files.push(File { path, old, new, loose });
        }
    }
    let earlier = Earlier::of(&files);
    let differing = files.iter().map(|file| differences(&file.old.0, &file.new.0)).collect();
    let differing = moved::joined(&files, differing);
    let found = files.iter().zip(differing).flat_map(|(file, differing)| of_file(file, &differing, &earlier));
    Ok((found.collect(), count))
}

/// A file that the change touches.
struct File {
    /// Where it is, or was.
    path: PathBuf,
    /// What it pinned, and its text; nothing where there was none.
    old: (Vec<Pin>, String),
    /// The same of what it is.
    new: (Vec<Pin>, String),
    /// What it pinned, and nothing holds any more though it is asked for.
    loose: Packages,
}

impl File {
    /// Whether a package that is gone from it is one that nothing holds any more.
    fn has_unlocked(&self, gone: &Pin) -> bool {
        self.loose.contains(&gone.key())
    }
}

/// What the files of the change pinned before it.
struct Earlier<'p> {
    pins: HashMap<(String, Ecosystem), Vec<&'p Pin>>,
    registries: HashSet<Option<(&'p str, &'p str)>>,
}

impl<'p> Earlier<'p> {
    fn of(files: &'p [File]) -> Self {
        let mut pins: HashMap<_, Vec<&Pin>> = HashMap::new();
        for pin in files.iter().flat_map(|file| &file.old.0) {
            pins.entry(pin.key()).or_default().push(pin);
        }
        let registries = pins.values().flatten().filter_map(|pin| registry(pin)).map(Some).collect();
        Self { pins, registries }
    }

    /// Tells where a new pin comes from, if that is nowhere that this repository takes packages from.
    fn tell_of(&self, told: &mut Value, new: &Pin) {
        let earlier = self.pins.get(&new.key()).map_or(&[][..], Vec::as_slice);
        // What a repository takes from a registry of its own may bring others along from there.
        if !(earlier.is_empty() && self.registries.contains(&registry(new))) {
            tell_of_new(told, new, earlier);
        }
    }
}

fn of_file(file: &File, differing: &[Difference<'_>], earlier: &Earlier<'_>) -> Vec<Value> {
    let (mut old_lines, mut new_lines) = (Lines::of(&file.old.1), Lines::of(&file.new.1));
    let with_digests = with_digests(&file.old.0, &file.new.0);
    let mut still: HashMap<_, BTreeSet<&str>> = HashMap::new();
    for pin in &file.new.0 {
        still.entry(pin.key()).or_default().insert(&pin.version);
    }
    let each = |difference: &Difference<'_>| {
        let lines = if difference.to.is_some() { &mut new_lines } else { &mut old_lines };
        let mut told = told(difference, &file.path, lines);
        for (field, pin, lines) in
            [("from_called", difference.from, &old_lines), ("to_called", difference.to, &new_lines)]
        {
            let own =
                pin.filter(|pin| field == "to_called" || file.old.0.as_ptr_range().contains(&ptr::from_ref(*pin)));
            if let Some(tag) = own.and_then(|pin| called::called(pin, &lines.all)) {
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
            if file.has_unlocked(gone) {
                (told["kind"], told["floats"]) = ("loosened".into(), true.into());
            }
        }
        if let (None, Some(new)) = (difference.from, difference.to) {
            earlier.tell_of(&mut told, new);
            if new.is_without_digest() && with_digests.contains(&new.ecosystem) {
                told["undigested"] = true.into();
            }
        }
        told
    };
    differing.iter().map(each).collect()
}

/// Where the packages of an ecosystem are taken from: the address of one, without its own name.
fn registry(pin: &Pin) -> Option<(&str, &str)> {
    let origin = pin.origin.as_deref()?;
    // GitHub has the packages of all its accounts in one registry: each account is one of its own.
    let of_github = origin.starts_with("https://npm.pkg.github.com/");
    let name = if of_github { pin.name.rsplit('/').next().unwrap_or_default() } else { &*pin.name };
    let above = origin.strip_suffix(name).and_then(|above| above.strip_suffix('/'));
    Some((pin.ecosystem.as_str(), above.unwrap_or(origin)))
}

/// What a file pins, and its text; nothing where there is none, or it is none that pins.
fn pins(side: &Snapshot, path: &Path) -> Result<(Vec<Pin>, String), Unread> {
    let Some(format) = Format::of(path) else { return Ok(Default::default()) };
    let name = path.display();
    let unread = |why: String| {
        let help = format!("mend {name}, or make it again with the tool that writes it; {WAY_OUT}");
        Unread { code: Code::OF_THE_CHANGE, why: format!("{name}{why}"), help }
    };
    let entry = side.entry(path).map_err(|error| unread(format!(" can't be read: {error}")))?;
    let Some(entry) = entry else { return Ok(Default::default()) };
    if entry.kind != Kind::File {
        // What it leads to may lie outside, or be replaced without a trace here.
        let what = if entry.kind == Kind::Link { "a symbolic link" } else { "no file" };
        let why = format!("{name} is {what} in commit {}, and what it pins is not looked at", side.commit().short());
        return Err(Unread {
            code: Code::OF_THE_CHANGE,
            why,
            help: format!("put the file itself at {name}; {WAY_OUT}"),
        });
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

#[cfg(test)]
mod tests {
    use super::registry;
    use crate::lockfiles::Format;

    #[test]
    fn each_account_of_github_is_a_registry() {
        let of = |name: &str| {
            let digest = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab";
            let text = format!(
                r#"{{"lockfileVersion": 3, "packages": {{"node_modules/{name}": {{"version": "1.0.0",
                    "resolved": "https://npm.pkg.github.com/download/{name}/1.0.0/{digest}"}}}}}}"#
            );
            let pins = Format::Npm.read(&text).unwrap();
            registry(&pins[0]).map(|(_, above)| above.to_owned())
        };
        assert_eq!(of("@acme/u").as_deref(), Some("https://npm.pkg.github.com/download/@acme"));
        assert_eq!(of("@acme/u"), of("@acme/other"));
        assert_ne!(of("@acme/u"), of("@evil/u"));
    }
}
