//! Files as they stand in the folder in which the gate runs, or in a commit of its repository.
//!
//! Judging a pull request, the trusted side (configuration, profiles, rules) is read from its base, as whoever wants an upgrade must not
//! be able to change what it is judged by; and what is named as proof from its head, as a work tree may hold what nobody proposed.

mod device;
mod kind;
mod pieces;
mod way;

use crate::git::{self, Snapshot};
pub use device::is_device;
use jiff::Timestamp;
pub use kind::Kind;
pub use pieces::Pieces;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
pub use way::{Way, from};

/// Where files stand. Paths are from the root, the folder in which the gate runs.
#[derive(Debug)]
pub struct Files {
    root: PathBuf,
    base: Option<Base>,
}

#[derive(Debug)]
struct Base {
    snapshot: Snapshot,
    /// The root, as seen from the top of the repository; or why that can't be told.
    root: Result<Way, String>,
}

/// Where a path is read.
enum Place<'f> {
    /// In the commit, by its path from the top.
    Commit(&'f Snapshot, PathBuf),
    /// On disk.
    Disk(PathBuf),
}

/// What a path leads to that somebody who is not trusted has named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// The bytes of an ordinary file: at most the limit and one.
    File(Vec<u8>),
    /// Nothing.
    Nothing,
    /// What is no file, or lies behind a link.
    Other(Kind),
}

/// A name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The folder as it was asked for, and the way from there.
    pub path: PathBuf,
    /// What it stands for.
    pub kind: Kind,
}

/// How deep folders are looked through, and how many names are taken of them.
const DEEPEST: usize = 16;
const MOST: usize = 100_000;
/// The longest way that a link tells, in bytes.
const LONGEST_LINK: u64 = 4_096;

impl Files {
    /// What stands in a folder.
    pub fn folder(root: &Path) -> Self {
        Self { root: root.to_owned(), base: None }
    }

    /// What stands in a commit, below the folder in which the gate runs. What lies outside of the repository is read where it lies: a
    /// pack of rules that is named by its whole path is the operator's own.
    pub fn at(root: &Path, base: Snapshot) -> Self {
        let way =
            Way::of(base.top(), root).map_err(|error| format!("where {} lies can't be told: {error}", root.display()));
        Self { root: root.to_owned(), base: Some(Base { snapshot: base, root: way }) }
    }

    /// The folder in which the gate runs.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The commit that is read, where one is.
    pub fn base(&self) -> Option<&Snapshot> {
        self.base.as_ref().map(|base| &base.snapshot)
    }

    /// What a path stands for; none where there is nothing. A link is told as such.
    ///
    /// # Errors
    /// When it can't be told.
    pub fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        let path = match self.place(path)? {
            Place::Commit(base, path) => return Ok(base.entry(&path)?.map(|entry| entry.kind.into())),
            Place::Disk(path) => path,
        };
        match path.symlink_metadata() {
            Ok(kind) => Ok(Some(kind.file_type().into())),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a file: at most `limit` and one, and of an ordinary file alone. A link to `/dev/zero` has no size and no end, and a
    /// pipe never begins.
    ///
    /// # Errors
    /// When it can't be read, or is no ordinary file.
    pub fn bytes(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let (base, path) = match self.place(path)? {
            Place::Commit(base, path) => (base, path),
            Place::Disk(path) => return bytes(&path, limit),
        };
        match base.entry(&path)? {
            Some(entry) if entry.kind == git::Kind::File => base.bytes(&entry, limit),
            Some(entry) => Err(no_file(entry.kind.into())),
            None => Err(io::Error::new(io::ErrorKind::NotFound, "there is no such file")),
        }
    }

    /// The text of such a file.
    ///
    /// # Errors
    /// Also when it is not UTF-8; a file that is cut at the limit is shown with what replaces half a character.
    pub fn text(&self, path: &Path, limit: u64) -> io::Result<String> {
        let bytes = self.bytes(path, limit)?;
        if bytes.len() as u64 > limit {
            return Ok(String::from_utf8_lossy(&bytes).into_owned());
        }
        String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))
    }

    /// What a path leads to that may be a trap: no link is followed on the way to it. It must lead downwards.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn named(&self, path: &Path, limit: u64) -> io::Result<Named> {
        let path = plain(path);
        let mut way = PathBuf::new();
        for part in path.components() {
            way.push(part);
            match self.kind(&way)? {
                None => return Ok(Named::Nothing),
                Some(Kind::Folder) => {}
                Some(Kind::File) if way == path => {
                    return self.bytes(&way, limit).map(Named::File);
                }
                Some(Kind::File) => return Ok(Named::Nothing),
                Some(kind) => return Ok(Named::Other(kind)),
            }
        }
        Ok(Named::Other(Kind::Folder))
    }

    /// Whether a link of a commit leads to a folder, or out of the repository, where nobody can tell.
    pub fn leads_to_folder(&self, link: &Path) -> bool {
        let Ok(Place::Commit(base, path)) = self.place(link) else { return false };
        let Ok(Some(entry)) = base.entry(&path) else { return false };
        // The bytes of a link are where it leads to.
        let to = base.bytes(&entry, LONGEST_LINK).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let inside = to.filter(|to| !to.starts_with('/')).and_then(|to| {
            let way = base.top().join(path.parent()?).join(to);
            plain(&way).strip_prefix(base.top()).ok().map(Path::to_owned)
        });
        inside.is_none_or(|to| matches!(base.entry(&to), Ok(Some(entry)) if entry.kind == git::Kind::Folder))
    }

    /// When the newest commit was made that touched a file; none where no commit is read.
    ///
    /// # Errors
    /// When git can't tell.
    pub fn last_change(&self, path: &Path) -> io::Result<Option<Timestamp>> {
        let Place::Commit(base, path) = self.place(path)? else { return Ok(None) };
        base.repository().last_change(base.commit(), &path).map_err(|fault| io::Error::other(fault.message))
    }

    /// What they are the files of, in words.
    pub fn told(&self) -> String {
        match self.base() {
            Some(base) => format!("commit {}", base.commit().short()),
            None => "the work tree".to_owned(),
        }
    }

    /// All names in a folder that stand for no folder themselves, and in the folders in it where that is asked for; in the order of their
    /// paths.
    ///
    /// # Errors
    /// When it is no folder, can't be looked through, or is nested too deep.
    pub fn list(&self, folder: &Path, deep: bool) -> io::Result<Vec<Listed>> {
        let mut listed = Vec::new();
        self.gather(folder, deep, 0, &mut listed)?;
        listed.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(listed)
    }

    /// A folder on disk may have the repository in it, of which the commit is read.
    fn gather(&self, folder: &Path, deep: bool, depth: usize, listed: &mut Vec<Listed>) -> io::Result<()> {
        let at = match self.place(folder)? {
            Place::Commit(base, at) => {
                listed.extend(of_base(base, folder, &at, deep)?);
                return Ok(());
            }
            Place::Disk(at) => at,
        };
        if depth > DEEPEST || listed.len() > MOST {
            return Err(io::Error::other("it is nested too deep or holds too many files"));
        }
        for entry in fs::read_dir(at)? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            match Kind::from(entry.file_type()?) {
                Kind::Folder if deep => self.gather(&path, deep, depth + 1, listed)?,
                Kind::Folder => {}
                kind => listed.push(Listed { path, kind }),
            }
        }
        Ok(())
    }

    /// A path as it is from the top of the repository; none where it lies outside, or no commit is read.
    pub fn from_top(&self, path: &Path) -> Option<PathBuf> {
        match self.place(path) {
            Ok(Place::Commit(_, path)) => Some(path),
            _ => None,
        }
    }

    /// Where a path is read. One that is spelled as outside of the repository and leads into it is one of the commit.
    fn place(&self, path: &Path) -> io::Result<Place<'_>> {
        let Some(base) = &self.base else { return Ok(Place::Disk(self.root.join(path))) };
        // What may lie in the repository is not read from its work tree.
        let root = base.root.as_ref().map_err(|why| io::Error::other(why.as_str()))?;
        Ok(match root.then(base.snapshot.top(), path)? {
            Way::Inside(path) => Place::Commit(&base.snapshot, path),
            Way::Outside(path) => Place::Disk(path),
        })
    }
}

/// A path without `.` and `..`. That a link may stand before `..` does not matter: in a commit there is nothing behind a link.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

fn of_base(base: &Snapshot, folder: &Path, at: &Path, deep: bool) -> io::Result<Vec<Listed>> {
    match base.entry(at)?.map(|entry| Kind::from(entry.kind)) {
        Some(Kind::Folder) => {}
        Some(Kind::Link) => return Err(no_file(Kind::Link)),
        Some(_) => return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is no folder")),
        None => return Err(io::Error::new(io::ErrorKind::NotFound, "there is no such folder")),
    }
    let inside = base.below(at)?.into_iter().filter_map(|entry| {
        let way = entry.path.strip_prefix(at).ok()?;
        let depth = way.components().count();
        (deep || depth == 1).then(|| Listed { path: folder.join(way), kind: entry.kind.into() })
    });
    Ok(inside.collect())
}

fn bytes(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?;
    if !kind.is_file() {
        return Err(no_file(kind.file_type().into()));
    }
    // One byte more, so that the end is come to without another buffer.
    let mut bytes = Vec::with_capacity(kind.len().min(limit) as usize + 1);
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn no_file(kind: Kind) -> io::Error {
    io::Error::other(match kind {
        Kind::Folder => "it is a folder",
        Kind::Link => "it is a symbolic link, and what it leads to may be any file",
        Kind::File | Kind::Other => "it is no ordinary file",
    })
}

/// A link to nowhere is something, and so is what may not be looked at.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
