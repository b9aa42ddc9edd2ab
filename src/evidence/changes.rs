//! What really changed: what lockfiles and manifests pinned where the change began, and what they pin now.

mod before;
mod beside;
mod called;
mod file;
mod folders;
mod followed;
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
use crate::lockfiles::{Format, Pin};
use crate::proposal::model::PACKAGE_CHANGES_MAX;
use before::Earlier;
use file::{File, Read, told};
use folders::ByFolder;
pub use pinned::pinned;
use projects::Projects;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use stepped::Askers;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

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
    let moved: Vec<_> = changes.iter().filter_map(|change| Some((change.from.clone()?, change.path.clone()))).collect();
    let projects = Projects::of(&after, &left_out, moved.iter().cloned());
    let earlier_projects = Projects::of(&before, &left_out, moved.iter().cloned().map(|(from, to)| (to, from)));
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
        holders.push((files.len(), rest.holders));
        // Two files are one for git by how alike they are. Each is read for itself; that they were one says what is held against what.
        let from = (was != path).then_some(files.len());
        let stays = if from.is_some() { Read::default() } else { new.clone() };
        let file = File { loose: rest.loose, ..File::of(was.to_owned(), old, stays) };
        files.push(file);
        files.extend(from.map(|_| File { from, ..File::of(path, Read::default(), new) }));
    }
    let changed = files.len();
    followed::follow(&mut files, &moved, &projects)?;
    beside_others(&mut files, &projects, &earlier_projects)?;
    for (lost, paths) in holders {
        for (path, whose) in paths {
            let holder = hold(&mut files, path, &projects).map(|holder| (holder, whose));
            files.get_mut(lost).into_iter().for_each(|file| file.holders.extend(holder));
        }
    }
    let earlier = Earlier::of(files.get(..changed).unwrap_or_default());
    let askers = Askers::of(&moved);
    let differing = files.iter().map(|file| stepped::differing(file, &askers)).collect();
    let differing = beside::beside(&files, moved::renamed(&files, differing), &askers);
    let differing = moved::joined(&files, held::held(&files, differing, &askers));
    let found = files.iter().zip(differing).flat_map(|(file, differing)| told(&files, file, &differing, &earlier));
    Ok((found.collect(), count))
}

/// Lays beside each file that is new the others of its project: those that stand, and those that go, be it that the change joins the projects or parts them.
fn beside_others(files: &mut Vec<File>, projects: &Projects<'_>, earlier: &Projects<'_>) -> Result<(), Unread> {
    let mut gone = ByFolder::default();
    for (number, file) in files.iter().enumerate().filter(|(_, file)| file.is_gone()) {
        gone.insert(
            projects.stands_now(&file.path)?.unwrap_or_else(|| listing::project(&file.path).to_owned()),
            number,
        );
    }
    let new: Vec<_> = files.iter().enumerate().filter(|(_, file)| file.is_new()).map(|(number, _)| number).collect();
    for number in new {
        let Some((path, from)) = files.get(number).map(|file| (file.path.clone(), file.from)) else { continue };
        let mut beside: BTreeSet<_> = from.into_iter().collect();
        for &other in gone.around(listing::project(&path)) {
            let Some(was) = files.get(other).map(|file| &file.path) else { continue };
            if projects.are_of_one(was, &path)? {
                beside.insert(other);
            }
        }
        beside.extend(from.into_iter().flat_map(|from| followed::along(files, from)));
        for other in earlier.beside(&path)?.into_iter().chain(projects.beside(&path)?) {
            beside.extend(hold(files, other, projects));
        }
        files.get_mut(number).into_iter().for_each(|file| file.beside = beside.iter().copied().collect());
    }
    Ok(())
}

/// The number of a file that was there, or that holds what another one lets go, be it one that the change touches.
fn hold(files: &mut Vec<File>, path: PathBuf, projects: &Projects<'_>) -> Option<usize> {
    if let Some(at) =
        files.iter().position(|file| file.path == path && !(file.old.0.is_empty() && file.new.0.is_empty()))
    {
        return Some(at);
    }
    let read = projects.pins(&path)?;
    let (old, new) = (read.clone(), read);
    files.push(File::of(path, old, new));
    Some(files.len() - 1)
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
    let not_understood = |error: crate::lockfiles::Unread| {
        let place =
            [error.line, error.column].into_iter().flatten().map(|number| format!(":{number}")).collect::<String>();
        unread(format!("{place} can't be understood: {}", error.why))
    };
    let read = format.read_at(path, &text).map_err(not_understood)?;
    for (line, other) in format.named(path, &text).map_err(not_understood)? {
        // What is named through a link stands elsewhere.
        let entry = side.entry(&other).map_err(|error| unread(format!(" can't be read: {error}")))?;
        if entry.is_none_or(|entry| entry.kind != Kind::File) {
            return Err(unread(format!(
                ":{line} names {}, and that is no file of commit {}",
                other.display(),
                side.commit().short()
            )));
        }
    }
    Ok((read, text))
}
