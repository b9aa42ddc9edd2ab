//! The system profiles: one file per system, named after it, from the trusted side.

use crate::digest;

use crate::document::{Document, Limits, TOO_LARGE};
use crate::files::{Files, Kind, Listed};
use crate::finding::Fault;
use crate::proposal::model::PROFILE;
use crate::proposal::{Role, Tree, read};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The profile of a system.
#[derive(Debug)]
pub struct Profile {
    /// Its path from the root.
    pub file: String,
    /// SHA-256 of its bytes; none where they could not be read whole.
    pub digest: Option<String>,
    /// What it says, or why it can't be used.
    pub document: Result<Document, Vec<Fault>>,
}

/// The profiles of a folder. Which there are is known at once; each is read when the first proposal names its system.
///
/// A system's id comes from a hostile file and is never made into a path: it is looked up among the names that the folder
/// has.
#[derive(Debug)]
pub struct Profiles {
    trusted: Arc<Files>,
    /// From the root.
    files: BTreeMap<String, PathBuf>,
    limits: Limits,
    read: Mutex<HashMap<String, Arc<Profile>>>,
}

impl Profiles {
    /// Those of no folder.
    pub fn none() -> Self {
        let trusted = Arc::new(Files::folder(Path::new("")));
        Self { trusted, files: BTreeMap::new(), limits: Limits::default(), read: Mutex::default() }
    }

    /// Those of a folder, given from the root.
    ///
    /// # Errors
    /// When the folder can't be listed; one that does not exist is one without profiles, unless it is `named` in the
    /// configuration: misspelt, it would leave every proposal to say itself how critical its system is.
    pub fn of(trusted: &Arc<Files>, folder: &Path, named: bool, limits: Limits) -> Result<Self, Fault> {
        let mut profiles = Self { limits, trusted: Arc::clone(trusted), ..Self::none() };
        let listed = match trusted.list(folder, false) {
            Ok(listed) => listed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !named => return Ok(profiles),
            Err(error) => return Err(unlisted(folder, &error)),
        };
        for Listed { path, kind } in listed {
            if kind == Kind::Link {
                return Err(linked(&path));
            }
            if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
                && let Some(id) = path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned)
                && let Some(other) = profiles.files.insert(id.clone(), path)
            {
                return Err(twice(&id, &other, &profiles.files[&id]));
            }
        }
        Ok(profiles)
    }

    /// Whether no system has a profile.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The systems that have a profile.
    pub fn systems(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// All files, with the digests of their bytes; none of what can't be read whole. Nothing is looked at besides.
    pub fn digests(&self) -> BTreeMap<String, Option<String>> {
        let digest = |path: &PathBuf| {
            let bytes = self.trusted.bytes(path, self.limits.bytes as u64).ok()?;
            (bytes.len() <= self.limits.bytes).then(|| digest::of(&bytes))
        };
        self.files.values().map(|path| (path.to_string_lossy().into_owned(), digest(path))).collect()
    }

    /// The profile of a system, if it has one.
    pub fn get(&self, system: &str) -> Option<Arc<Profile>> {
        let path = self.files.get(system)?;
        // A thread that panicked while it read a profile has left the others whole.
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(
            read.entry(system.to_owned()).or_insert_with(|| Arc::new(load(&self.trusted, path, &self.limits))),
        ))
    }
}

fn load(trusted: &Files, path: &Path, limits: &Limits) -> Profile {
    let file = path.to_string_lossy().into_owned();
    let bytes = match trusted.bytes(path, limits.bytes as u64) {
        Ok(bytes) => bytes,
        Err(error) => return Profile { file, digest: None, document: Err(vec![unreadable(path, &error)]) },
    };
    // Of a file that is too large only the beginning was read.
    let digest = (bytes.len() <= limits.bytes).then(|| digest::of(&bytes));
    Profile { digest, document: parse(&file, path, bytes, limits), file }
}

fn parse(name: &str, path: &Path, bytes: Vec<u8>, limits: &Limits) -> Result<Document, Vec<Fault>> {
    let document = Document::parse(name, bytes, limits).map_err(|findings| {
        findings
            .into_iter()
            .map(|finding| {
                let is_too_large = *finding.rule == *TOO_LARGE;
                let code = if is_too_large { "profile/too-large" } else { "profile/syntax" };
                let mut fault = Fault::new(code, finding.message);
                // Who keeps the profiles may raise the limit; who writes a proposal may not.
                let or_more = if is_too_large { ", or raise `limits.file_bytes` in changegate.toml" } else { "" };
                fault.help = finding.help.map(|help| help + or_more);
                fault.labels.push(finding.primary);
                fault.labels.extend(finding.related);
                fault
            })
            .collect::<Vec<_>>()
    })?;
    match read(&document, &PROFILE) {
        Ok(tree) => own_name(&tree, path).map_or(Ok(document), |fault| Err(vec![fault])),
        Err(problems) => Err(problems.into_iter().map(|problem| problem.into_fault(Role::Profile)).collect()),
    }
}

/// A profile that speaks of another system than its file is named after would be laid under the wrong proposals.
fn own_name(tree: &Tree, path: &Path) -> Option<Fault> {
    let id = tree.path(&["system", "id"])?;
    let stem = path.file_stem()?.to_str()?;
    let written = tree.text(id).filter(|written| *written != stem)?;
    let fault =
        Fault::new("profile/other-system", format!("this profile of `{stem}` says that it is that of `{written}`"))
            .help("name the file after the system, or correct `system.id`");
    Some(fault.at(tree.place(id), "another system"))
}

/// Which of them counted would depend on the order in which the folder tells its files.
fn twice(id: &str, one: &Path, other: &Path) -> Fault {
    let [first, second] = if one < other { [one, other] } else { [other, one] };
    let message = format!("{} and {} are both profiles of `{id}`", first.display(), second.display());
    Fault::new("profile/duplicate", message).help("keep one of the two")
}

/// What a link leads to may be any file of the machine, and its lines would be shown.
fn linked(path: &Path) -> Fault {
    Fault::new("input/path-escape", format!("{} is not read: it is a symbolic link", path.display()))
        .help("put the profile itself there")
}

fn unlisted(folder: &Path, error: &std::io::Error) -> Fault {
    Fault::new("profile/unreadable", format!("the folder of profiles {} can't be read: {error}", folder.display()))
        .help("see that it is a folder which you may read, or correct `systems.path` in changegate.toml")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new("profile/unreadable", format!("{} can't be read: {error}", path.display()))
        .help("see that it is an ordinary file which you may read")
}
