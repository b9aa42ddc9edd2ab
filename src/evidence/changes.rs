//! What really changed: what lockfiles and manifests pinned where the change began, and what they pin now.

mod before;
mod beside;
mod called;
mod held;
mod listing;
mod moved;
mod pinned;
mod projects;
mod stepped;
mod tags;
mod told;

use super::{Answer, Code, Scope};
use crate::finding::Fault;
use crate::git::{Change as Changed, Commit, Kind, Repository, Snapshot};
use crate::lockfiles::{Difference, Format, Pin, with_digests};
use crate::proposal::model::PACKAGE_CHANGES_MAX;
use before::Earlier;
pub use pinned::pinned;
use projects::{Packages, Projects, Whose};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::ptr;
use std::rc::Rc;
use told::{Lines, short, told};

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
    let projects = Projects::of(&after, &left_out, &changes);
    let mut files = Vec::new();
    let mut holders = Vec::new();
    let mut count = 0;
    for Changed { path, from, .. } in changes {
        let was = from.as_deref().unwrap_or(&path);
        count += usize::from(left_out.holds(was) || left_out.holds(&path));
        let read = |side, path| if left_out.holds(path) { Ok(Read::default()) } else { pins(side, path).map(Rc::new) };
        // What can't be understood there is mended, or taken away, by the very change: then all that is pinned now is new.
        let old = match read(&before, was) {
            Err(unread) if unread.code == Code::OF_THE_CHANGE => Read::default(),
            read => read?,
        };
        let new = read(&after, &path)?;
        let rest = projects.rest(was, &old.0, (was == path).then_some(&new))?;
        let beside = if old.0.is_empty() && !new.0.is_empty() { projects.beside(&path)? } else { Vec::new() };
        let file =
            |path, old, new| File { path, old, new, holders: Vec::new(), beside: Vec::new(), loose: Packages::new() };
        // A project is not locked by the lockfile of another one, though it be the same.
        let stays_behind = was != path && !rest.loose.is_empty();
        if was == path || stays_behind {
            holders.push((files.len(), rest.holders, beside));
            let stays = if stays_behind { Read::default() } else { new.clone() };
            files.push(File { loose: rest.loose, ..file(was.to_owned(), old, stays) });
            files.extend(stays_behind.then(|| file(path, Read::default(), new)));
        } else {
            files.push(file(path, old, new));
        }
    }
    let changed = files.len();
    for (number, _, paths) in &holders {
        for path in paths {
            let other = hold(&mut files, path.clone(), &projects);
            files.get_mut(*number).into_iter().for_each(|file| file.beside.extend(other));
        }
    }
    replaced(files.get_mut(..changed).unwrap_or_default());
    for (lost, paths, _) in holders {
        for (path, whose) in paths {
            let holder = hold(&mut files, path, &projects).map(|holder| (holder, whose));
            files.get_mut(lost).into_iter().for_each(|file| file.holders.extend(holder));
        }
    }
    let earlier = Earlier::of(files.get(..changed).unwrap_or_default());
    let differing = beside::beside(&files, files.iter().map(stepped::differing).collect());
    let differing = moved::joined(&files, held::held(&files, differing));
    let found = files.iter().zip(differing).flat_map(|(file, differing)| of_file(&files, file, &differing, &earlier));
    Ok((found.collect(), count))
}

/// A file that is new takes the place of those of its project that go: what the project takes itself is held against what it took of these.
fn replaced(files: &mut [File]) {
    let gone = files.iter().enumerate().filter(|(_, file)| !file.old.0.is_empty() && file.new.0.is_empty());
    let gone: Vec<_> = gone.map(|(number, file)| (number, file.path.clone())).collect();
    for file in files.iter_mut().filter(|file| file.old.0.is_empty() && !file.new.0.is_empty()) {
        let of_it = gone.iter().filter(|(_, path)| projects::are_of_one(path, &file.path));
        file.beside.extend(of_it.map(|(number, _)| *number));
    }
}

/// The number of a file that holds what another one lets go, be it one that the change touches.
fn hold(files: &mut Vec<File>, path: PathBuf, projects: &Projects<'_>) -> Option<usize> {
    if let Some(at) = files.iter().position(|file| file.path == path && !file.new.0.is_empty()) {
        return Some(at);
    }
    let read = projects.pins(&path)?;
    let (old, new) = (read.clone(), read);
    files.push(File { path, old, new, holders: Vec::new(), beside: Vec::new(), loose: Packages::new() });
    Some(files.len() - 1)
}

/// What a file pins, and its text.
type Read = Rc<(Vec<Pin>, String)>;

/// A file that the change touches, or that holds what one of these lets go.
struct File {
    /// Where it is, or was.
    path: PathBuf,
    /// What it was; nothing where there was none.
    old: Read,
    /// What it is.
    new: Read,
    /// The numbers of the files that hold for its project what it lets go.
    holders: Vec<(usize, Whose)>,
    /// Of one that is new, the numbers of the other files that are of its project.
    beside: Vec<usize>,
    /// What it pinned, and nothing holds any more though it is asked for.
    loose: Packages,
}

impl File {
    /// Whether a package that is gone from it is one that nothing holds any more.
    fn has_unlocked(&self, gone: &Pin) -> bool {
        self.loose.contains(&gone.key())
    }
}

fn of_file(files: &[File], file: &File, differing: &[Difference<'_>], earlier: &Earlier<'_>) -> Vec<Value> {
    let (mut old_lines, mut new_lines) = (Lines::of(&file.old.1), Lines::of(&file.new.1));
    let with_digests = with_digests(&file.old.0, &file.new.0);
    let mut still: HashMap<_, BTreeSet<&str>> = HashMap::new();
    for pin in
        file.holders.iter().filter_map(|&(holder, _)| files.get(holder)).chain([file]).flat_map(|file| &file.new.0)
    {
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
