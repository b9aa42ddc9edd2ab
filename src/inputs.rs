//! From what a user names to the files that are judged.
//!
//! Names and links come from a pull request and are hostile: nothing outside the folder in which the gate runs is ever read
//! as a proposal, by whatever way a pattern or a link would lead there.

mod walk;

use crate::finding::Fault;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// One text to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file below the root, by its path from there.
    File { root: Arc<Path>, path: PathBuf },
    /// Standard input.
    Standard,
}

impl Input {
    /// The name under which it is reported.
    pub fn name(&self) -> String {
        match self {
            Self::File { path, .. } => path.to_string_lossy().into_owned(),
            Self::Standard => "<stdin>".to_owned(),
        }
    }

    /// Reads at most `limit` bytes and one: enough to tell that it is too large.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(&self, limit: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let read = match self {
            Self::File { root, path } => {
                File::open(root.join(path)).and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes))
            }
            Self::Standard => io::stdin().lock().take(limit as u64 + 1).read_to_end(&mut bytes),
        };
        match read {
            Ok(_) => Ok(bytes),
            Err(error) => Err(Fault::new("input/unreadable", format!("{} can't be read: {error}", self.name()))
                .help("see that it exists and that you may read it")),
        }
    }
}

/// The bytes of a file of the trusted side: at most `limit` and one, and of an ordinary file alone. A link to `/dev/zero` has no
/// size and no end, and a pipe never begins.
///
/// # Errors
/// When it can't be read, or is no ordinary file.
pub fn bytes(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of such a file.
///
/// # Errors
/// Also when it is not UTF-8; a file that is cut at the limit is shown with what replaces half a character.
pub fn text(path: &Path, limit: u64) -> io::Result<String> {
    let bytes = bytes(path, limit)?;
    if bytes.len() as u64 > limit {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))
}

/// How many files one run takes: ten times the largest fleet that was measured.
const MOST: usize = 1_000_000;

/// Finds the files that patterns name, each once, in the order of their paths. A pattern is a file, a folder (all `.json`
/// files in it, at any depth), a pattern with `*`, `**`, `?` or `[…]`, or `-` for standard input. `except` is a folder whose files
/// are no proposals.
///
/// # Errors
/// One fault for each pattern that names nothing, and for each file that may not be read.
pub fn find(root: &Path, patterns: &[String], except: &Path) -> (Vec<Input>, Vec<Fault>) {
    let mut found = BTreeMap::new();
    let mut faults = Vec::new();
    let mut standard = false;
    for pattern in patterns {
        if pattern == "-" {
            standard = true;
            continue;
        }
        if pattern.is_empty() {
            faults.push(
                Fault::new("input/pattern", "a pattern is empty")
                    .help("see that the variable that it comes from is set"),
            );
            continue;
        }
        match matches(root, pattern) {
            Ok(paths) => {
                let before = found.len();
                let mut refused = false;
                for path in
                    paths.into_iter().filter(|path| !path.starts_with(except) || Path::new(pattern).starts_with(except))
                {
                    match admit(root, &path) {
                        Ok(()) => drop(found.insert(path, ())),
                        Err(fault) => {
                            refused = true;
                            faults.push(fault);
                        }
                    }
                }
                if found.len() == before && !refused && !found.keys().any(|path| covers(pattern, path)) {
                    faults.push(nothing(pattern));
                }
            }
            Err(fault) => faults.push(fault),
        }
        if found.len() > MOST {
            faults.push(
                Fault::new("input/too-many", format!("more than {MOST} files")).help("judge them in several runs"),
            );
            break;
        }
    }
    let shared: Arc<Path> = Arc::from(root);
    let files = found.into_keys().map(|path| Input::File { root: Arc::clone(&shared), path });
    let inputs: Vec<_> = files.chain(standard.then_some(Input::Standard)).collect();
    if inputs.is_empty() && faults.is_empty() {
        faults.push(
            Fault::new("check/nothing-to-judge", "no proposal is named")
                .help("name files, folders or patterns, or list them in `proposals.paths` of changegate.toml"),
        );
    }
    (inputs, faults)
}

/// Whether a pattern names a file that another pattern had named before.
fn covers(pattern: &str, path: &Path) -> bool {
    path.starts_with(pattern) || glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches_path(path))
}

fn nothing(pattern: &str) -> Fault {
    Fault::new("check/nothing-to-judge", format!("`{pattern}` names no file"))
        .help("give the path of a proposal, or write a first one with `changegate init`")
}

/// The paths from the root that a pattern names.
fn matches(root: &Path, pattern: &str) -> Result<Vec<PathBuf>, Fault> {
    let relative = relative(root, pattern)?;
    let path = root.join(&relative);
    if path.is_dir() {
        let folder = relative.to_str().ok_or_else(|| escape(pattern, "its name is not UTF-8"))?;
        return walk::files(root, &Path::new(&glob::Pattern::escape(folder)).join("**/*.json"));
    }
    if path.symlink_metadata().is_ok() {
        return Ok(vec![relative]);
    }
    walk::files(root, &relative)
}

/// A pattern as a path from the root.
fn relative(root: &Path, pattern: &str) -> Result<PathBuf, Fault> {
    let path = Path::new(pattern);
    let path = path.strip_prefix(root).unwrap_or(path);
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::Normal(name) => clean.push(name),
            _ => return Err(escape(pattern, "it leads out of the folder in which the gate runs")),
        }
    }
    Ok(clean)
}

/// Whether a file may be read: an ordinary one, reached by ordinary folders, with a name that can be shown.
fn admit(root: &Path, path: &Path) -> Result<(), Fault> {
    let name = path.to_string_lossy();
    if path.to_str().is_none_or(|name| name.chars().any(char::is_control)) {
        return Err(escape(&name, "its name holds characters that can't be shown"));
    }
    let mut at = root.to_owned();
    for component in path.components() {
        at.push(component);
        let kind = fs::symlink_metadata(&at).map_err(|error| {
            Fault::new("input/unreadable", format!("{name} can't be read: {error}"))
                .help("see that it exists and that you may read it")
        })?;
        if kind.is_symlink() {
            return Err(escape(&name, "a symbolic link leads there"));
        }
        if !kind.is_dir() && !kind.is_file() {
            return Err(escape(&name, "it is no ordinary file"));
        }
    }
    Ok(())
}

fn escape(name: &str, why: &str) -> Fault {
    Fault::new("input/path-escape", format!("`{name}` is not read: {why}"))
        .help("name ordinary files below the folder in which the gate runs; `-C FOLDER` runs it in another one")
}
