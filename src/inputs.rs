//! From what a user names to the files that are judged.
//!
//! Names and links come from a pull request and are hostile: nothing outside the folder in which the gate runs is ever read
//! as a proposal, by whatever way a pattern or a link would lead there. Where a commit is judged, its files are read, and not those of the
//! work tree.

mod fault;
mod walk;

use crate::files::{self, Files, Kind};
use crate::finding::Fault;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};
use walk::Matched;

/// The name of standard input.
pub const STANDARD: &str = "<stdin>";

/// One text to judge.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file below the root, by its path from there.
    File {
        /// What is judged: the folder in which the gate runs, or a commit.
        files: Arc<Files>,
        /// The path of the file from there.
        path: PathBuf,
    },
    /// Standard input.
    Standard,
}

impl Input {
    /// The name under which it is reported.
    pub fn name(&self) -> String {
        match self {
            Self::File { path, .. } => path.to_string_lossy().into_owned(),
            Self::Standard => STANDARD.to_owned(),
        }
    }

    /// Reads at most `limit` bytes and one: enough to tell that it is too large.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(&self, limit: usize) -> Result<Vec<u8>, Fault> {
        let read = match self {
            Self::File { files, path } => files.bytes(path, limit as u64),
            Self::Standard => return standard(limit),
        };
        read.map_err(|error| fault::unreadable(&self.name(), &error))
    }
}

fn at_most(limit: usize, from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Standard input can be read once, and a run reads each input more than once: for itself and for the others that it concerns.
fn standard(limit: usize) -> Result<Vec<u8>, Fault> {
    static READ: OnceLock<Result<Vec<u8>, Fault>> = OnceLock::new();
    let read = || at_most(limit, io::stdin().lock());
    READ.get_or_init(|| read().map_err(|error| fault::unreadable(&Input::Standard.name(), &error))).clone()
}

/// How many files one run takes: ten times the largest fleet that was measured.
const MOST: usize = 1_000_000;

/// What patterns name.
#[derive(Debug, Default)]
pub struct Found {
    /// Each once, in the order of their paths.
    pub inputs: Vec<Input>,
    /// Hidden files and folders, the latter with a slash at the end, that were passed over: where no pattern has the dot with which
    /// their names begin.
    pub skipped: Vec<String>,
    /// One for each pattern that names nothing, and for each file that may not be read.
    pub faults: Vec<Fault>,
}

/// Finds the files that patterns name. A pattern is a file, a folder (all `.json` files in it, at any depth), a pattern with `*`, `**`,
/// `?` or `[…]`, or `-` for standard input. A pattern that ends with `.json` means these letters in upper case too. What several
/// patterns name is one input. `except` is a folder whose files are no proposals.
pub fn find(files: &Arc<Files>, patterns: &[String], except: &Path) -> Found {
    let root = files.root();
    let (mut found, mut refused, mut skipped) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut faults = Vec::new();
    let except = exception(root, except);
    for pattern in patterns.iter().filter(|pattern| *pattern != "-") {
        let matched = match named(files, pattern, except.as_deref()) {
            Ok(matched) => matched,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        if matched.too_deep {
            faults.push(fault::too_deep(pattern, walk::DEEPEST));
        } else if matched.found.is_empty() {
            faults.push(fault::nothing(pattern, &files.told(), !matched.hidden.is_empty()));
        }
        for path in matched.found {
            match admit(files, &path) {
                Ok(()) => drop(found.insert(path)),
                Err(fault) => faults.extend(refused.insert(path).then_some(fault)),
            }
        }
        skipped.extend(matched.hidden);
        if found.len() > MOST {
            faults.push(fault::too_many(MOST));
            break;
        }
    }
    // What one pattern passes over another one may name.
    skipped
        .retain(|hidden: &PathBuf| !found.range(hidden.clone()..).next().is_some_and(|path| path.starts_with(hidden)));
    let name = |path: PathBuf| {
        let slash = if matches!(files.kind(&path), Ok(Some(Kind::Folder))) { "/" } else { "" };
        format!("{}{slash}", path.to_string_lossy())
    };
    let found = found.into_iter().map(|path| Input::File { files: Arc::clone(files), path });
    let standard = patterns.iter().any(|pattern| pattern == "-").then_some(Input::Standard);
    let inputs: Vec<_> = found.chain(standard).collect();
    if inputs.is_empty() && faults.is_empty() {
        faults.push(fault::nothing_named());
    }
    Found { inputs, skipped: skipped.into_iter().map(name).collect(), faults }
}

/// The files that a pattern of the configuration names, which are no proposals, in the order of their paths; of a folder, those with an
/// extension. None where it names nothing.
///
/// # Errors
/// When it leads out of the folder in which the gate runs, or to what may not be read.
pub fn files_of(files: &Files, pattern: &str, extension: &str) -> Result<Vec<PathBuf>, Fault> {
    if pattern.is_empty() {
        return Err(fault::empty_pattern());
    }
    let mut matched = matches(files, pattern, &relative(files.root(), pattern)?, extension)?;
    if matched.too_deep {
        return Err(fault::too_deep(pattern, walk::DEEPEST));
    }
    matched.found.sort();
    matched.found.iter().try_for_each(|path| admit(files, path))?;
    Ok(matched.found)
}

/// Whether such a pattern would name a file at this path from the root, if one stood there.
pub fn would_name(root: &Path, pattern: &str, extension: &str, path: &Path) -> bool {
    let Ok(relative) = relative(root, pattern) else { return false };
    let inside = relative.as_os_str().is_empty() || path.starts_with(&relative);
    relative == path
        || walk::would_match(&relative, path)
        || inside && walk::would_match(&below(&relative, extension), path)
}

/// Whether a run over these patterns would judge a file at this path from the root, if one stood there.
pub fn would_find(root: &Path, patterns: &[String], except: &Path, path: &Path) -> bool {
    let except = exception(root, except);
    patterns.iter().filter(|pattern| *pattern != "-").any(|pattern| {
        let Ok(relative) = relative(root, pattern) else { return false };
        let is_named = if root.join(&relative).is_dir() {
            walk::would_match(&below(&relative, JSON), path)
        } else {
            relative == path || walk::would_match(&relative, path)
        };
        is_named && !is_excepted(except.as_deref(), &relative, path)
    })
}

/// Whether a run over these patterns would have judged a file at this path from the root when it stood there. Folders that a pattern names may
/// be gone since.
pub fn would_have_found(root: &Path, patterns: &[String], except: &Path, path: &Path) -> bool {
    let except = exception(root, except);
    patterns.iter().any(|pattern| {
        let Ok(relative) = relative(root, pattern) else { return false };
        would_name(root, pattern, JSON, path) && !is_excepted(except.as_deref(), &relative, path)
    })
}

/// What one pattern names.
fn named(files: &Files, pattern: &str, except: Option<&Path>) -> Result<Matched, Fault> {
    if pattern.is_empty() {
        return Err(fault::empty_pattern());
    }
    let relative = relative(files.root(), pattern)?;
    let mut matched = matches(files, pattern, &relative, JSON)?;
    matched.found.retain(|path| !is_excepted(except, &relative, path));
    matched.hidden.retain(|path| !is_excepted(except, &relative, path));
    Ok(matched)
}

/// The folder of profiles, from the root. Where it is the root itself, or is not below it, no proposal is told from a profile by
/// where it is.
fn exception(root: &Path, folder: &Path) -> Option<PathBuf> {
    let folder = files::from(root, folder);
    relative(root, &folder.to_string_lossy()).ok().filter(|folder| !folder.as_os_str().is_empty())
}

/// Whether a path lies in the folder of profiles, and was not named as one that does.
fn is_excepted(except: Option<&Path>, pattern: &Path, path: &Path) -> bool {
    except.is_some_and(|except| path.starts_with(except) && !pattern.starts_with(except))
}

/// The paths from the root that a pattern names.
fn matches(files: &Files, pattern: &str, relative: &Path, extension: &str) -> Result<Matched, Fault> {
    match files.kind(relative).map_err(|error| fault::unreadable(pattern, &error))? {
        Some(Kind::Folder) if relative.to_str().is_none() => Err(fault::escape(pattern, "its name is not UTF-8")),
        Some(Kind::Folder) => walk::files(files, &below(relative, extension)),
        Some(_) => Ok(Matched::one(relative.to_owned())),
        None => walk::files(files, relative),
    }
}

/// The code of a pattern that names nothing.
pub const NOTHING_TO_JUDGE: &str = "check/nothing-to-judge";

/// The extension of proposals.
pub const JSON: &str = "json";

/// The pattern of what is taken of a folder.
fn below(folder: &Path, extension: &str) -> PathBuf {
    Path::new(&glob::Pattern::escape(&folder.to_string_lossy())).join(format!("**/*.{extension}"))
}

/// A pattern as a path from the root.
fn relative(root: &Path, pattern: &str) -> Result<PathBuf, Fault> {
    let path = Path::new(pattern);
    if path.is_absolute() {
        return Err(fault::absolute(pattern, path.strip_prefix(root).ok()));
    }
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::Normal(name) => clean.push(name),
            Component::ParentDir => {
                return Err(fault::escape(pattern, "`..` may lead out of the folder in which the gate runs"));
            }
            _ => return Err(fault::escape(pattern, "it is not in the folder in which the gate runs")),
        }
    }
    Ok(clean)
}

/// Whether a file may be read: an ordinary one, reached by ordinary folders, with a name that can be shown.
fn admit(files: &Files, path: &Path) -> Result<(), Fault> {
    let name = path.to_string_lossy();
    if path.to_str().is_none_or(|name| name.chars().any(char::is_control)) {
        return Err(fault::escape(&name, "its name holds characters that can't be shown"));
    }
    let mut at = PathBuf::new();
    for component in path.components() {
        at.push(component);
        match files.kind(&at).map_err(|error| fault::unreadable(&name, &error))? {
            Some(Kind::Folder | Kind::File) => {}
            Some(Kind::Link) => return Err(fault::escape(&name, "a symbolic link leads there")),
            Some(Kind::Other) => return Err(fault::escape(&name, "it is no ordinary file")),
            None => return Err(fault::unreadable(&name, &io::Error::from(io::ErrorKind::NotFound))),
        }
    }
    Ok(())
}
