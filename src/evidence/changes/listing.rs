//! All that stands at the end of a change, listed once for all of its lockfiles, and each file of it read once.

use super::folders::ByFolder;
use super::{LARGEST, LeftOut, Read, Unread, WAY_OUT, pins};
use crate::evidence::Code;
use crate::git::{Entry, Kind, Snapshot};
use crate::lockfiles::Manifest;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

pub(super) struct Listing<'s> {
    after: &'s Snapshot,
    left_out: &'s LeftOut,
    /// By the folder of what they are of.
    projects: HashMap<PathBuf, Vec<Entry>>,
    locks: OnceCell<ByFolder<PathBuf>>,
    read: RefCell<HashMap<PathBuf, Option<Read>>>,
    manifests: RefCell<HashMap<PathBuf, Option<Rc<Manifest>>>>,
}

impl<'s> Listing<'s> {
    /// For the sake of a file.
    pub(super) fn of(after: &'s Snapshot, left_out: &'s LeftOut, file: &Path) -> Result<Self, Unread> {
        let mut projects: HashMap<_, Vec<_>> = HashMap::new();
        for entry in after.below(Path::new("")).map_err(|error| Unread::from_git(file, error))? {
            projects.entry(project(&entry.path).to_owned()).or_default().push(entry);
        }
        Ok(Self {
            after,
            left_out,
            projects,
            locks: OnceCell::new(),
            read: RefCell::default(),
            manifests: RefCell::default(),
        })
    }

    /// What stands in the folder of a project, in the order of its paths.
    pub(super) fn of_project(&self, folder: &Path) -> &[Entry] {
        self.projects.get(folder).map_or(&[], Vec::as_slice)
    }

    /// Those of its files that are lockfiles, by the folders of what they are of.
    pub(super) fn locks(&self, is_lock: impl Fn(&Path) -> bool) -> &ByFolder<PathBuf> {
        self.locks.get_or_init(|| {
            let mut locks = ByFolder::default();
            for (folder, entries) in &self.projects {
                for entry in entries.iter().filter(|entry| is_lock(&entry.path)) {
                    locks.insert(folder.clone(), entry.path.clone());
                }
            }
            locks
        })
    }

    pub(super) fn get(&self, path: &Path) -> Option<&Entry> {
        self.of_project(project(path)).iter().find(|entry| entry.path == path)
    }

    /// What a file pins; none of one that is left out, or can't be read.
    pub(super) fn pins(&self, path: &Path) -> Option<Read> {
        if let Some(read) = self.read.borrow().get(path) {
            return read.clone();
        }
        let is_read = self.get(path).is_some() && !self.left_out.holds(path);
        let read = if is_read { pins(self.after, path).ok().map(Rc::new) } else { None };
        self.read.borrow_mut().insert(path.to_owned(), read.clone());
        read
    }

    /// What a file asks for; none where there is none, or where that can't be told without its tool.
    pub(super) fn manifest(&self, path: &Path) -> Option<Rc<Manifest>> {
        if let Some(read) = self.manifests.borrow().get(path) {
            return read.clone();
        }
        let read = || {
            let bytes = self.get(path).filter(|entry| entry.kind == Kind::File);
            let bytes = self.after.bytes(bytes?, LARGEST).ok()?;
            Manifest::read(&path.file_name()?.to_string_lossy(), std::str::from_utf8(&bytes).ok()?).map(Rc::new)
        };
        let read = read();
        self.manifests.borrow_mut().insert(path.to_owned(), read.clone());
        read
    }

    /// That no folder of a file that is gone leads away.
    pub(super) fn in_place(&self, path: &Path) -> Result<(), Unread> {
        for folder in path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
            let kind = self.get(folder).map(|entry| entry.kind);
            if let Some(Kind::Link | Kind::Submodule) = kind {
                return Err(led_away(self.after, path, folder, kind == Some(Kind::Link)));
            }
        }
        Ok(())
    }
}

/// The folder of what a lockfile is of.
pub(super) fn project(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(path);
    // One file for each configuration of Gradle.
    if folder.ends_with("gradle/dependency-locks") { folder.ancestors().nth(2).unwrap_or(folder) } else { folder }
}

/// What stands behind a link may be replaced without a trace, and may lie where nobody looks.
fn led_away(after: &Snapshot, path: &Path, folder: &Path, is_link: bool) -> Unread {
    let (path, what) = (path.display(), if is_link { "a symbolic link" } else { "a submodule" });
    Unread {
        code: Code::OF_THE_CHANGE,
        why: format!(
            "{} is {what} in commit {}, and what {path} pins there is not looked at",
            folder.display(),
            after.commit().short()
        ),
        help: format!("put the folder itself at {}; {WAY_OUT}", folder.display()),
    }
}
