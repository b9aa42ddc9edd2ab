//! The files that a pattern names.
//!
//! The walk of the glob crate follows links, so that three links to the folder above keep it busy for hours, and panics at a name
//! that is not UTF-8. Both may come with a pull request. So its patterns are used, and the walk is our own.

use super::{MOST, fault};
use crate::files::{Files, Kind, Listed};
use crate::finding::Fault;
use glob::{MatchOptions, Pattern, PatternError};
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// The same for names with a dot before them: what would match if it were not hidden.
const HIDDEN_TOO: MatchOptions = MatchOptions { require_literal_leading_dot: false, ..OPTIONS };

/// What a pattern leads to.
#[derive(Debug, Default)]
pub struct Matched {
    pub found: Vec<PathBuf>,
    /// Files and folders that were passed over because they are hidden.
    pub hidden: Vec<PathBuf>,
    /// Whether there are folders that are nested too deep to be looked through.
    pub too_deep: bool,
}

impl Matched {
    pub fn one(path: PathBuf) -> Self {
        Self { found: vec![path], ..Self::default() }
    }
}

/// Whether a pattern matches a path, whatever is there.
pub fn would_match(pattern: &Path, path: &Path) -> bool {
    compiled(&pattern.to_string_lossy()).is_ok_and(|pattern| pattern.matches_path_with(path, OPTIONS))
}

/// Some systems write `.JSON`, and a proposal must not go unjudged for its letters, nor a calendar unread.
fn compiled(text: &str) -> Result<Pattern, PatternError> {
    let pattern = Pattern::new(text)?;
    for (extension, any_case) in [(".json", ".[jJ][sS][oO][nN]"), (".ics", ".[iI][cC][sS]")] {
        let start = text.len().saturating_sub(extension.len());
        if text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(extension)) {
            return Pattern::new(&format!("{}{any_case}", &text[..start]));
        }
    }
    Ok(pattern)
}

/// All files below the root that a pattern matches, and those whose names can't be compared with it. A link to a folder is
/// found too, where the pattern could lead into it: it is for the caller to refuse, as nobody may hide proposals behind one.
pub fn files(files: &Files, pattern: &Path) -> Result<Matched, Fault> {
    let root = files.root();
    let text = pattern.to_string_lossy();
    let compiled = compiled(&text).map_err(|error| fault::no_pattern(&text, &error))?;
    let names: Vec<_> = pattern.components().map(Component::as_os_str).collect();
    let mut walk = Walk {
        root,
        pattern: compiled,
        dotted: names.iter().any(|name| starts_with_dot(name)),
        deepest: if names.iter().any(|name| *name == "**") { usize::MAX } else { names.len() },
        matched: Matched::default(),
    };
    // The names before the first special one are followed as they are.
    let plain = names.iter().take(names.len().saturating_sub(1)).take_while(|name| !special(name));
    let start: PathBuf = plain.collect();
    let depth = start.components().count();
    if matches!(files.kind(&start), Ok(Some(Kind::Link))) {
        return Ok(Matched::one(start));
    }
    if files.base().is_some() {
        walk.commit(files, &start, depth)?;
    } else {
        walk.folder(&start, depth)?;
    }
    Ok(walk.matched)
}

struct Walk<'r> {
    root: &'r Path,
    pattern: Pattern,
    /// Whether the pattern names anything that begins with a dot; if not, such folders are passed by.
    dotted: bool,
    deepest: usize,
    matched: Matched,
}

impl Walk<'_> {
    /// Looks through a commit, whose names are told all at once.
    fn commit(&mut self, files: &Files, start: &Path, depth: usize) -> Result<(), Fault> {
        let unreadable = |error: std::io::Error| fault::unreadable(&files.told(), &error);
        for Listed { path, kind } in files.list(Path::new(""), true).map_err(unreadable)? {
            if !path.starts_with(start) {
                continue;
            }
            let levels = path.components().count();
            let hidden = path
                .ancestors()
                .skip(1)
                .take(levels - depth - 1)
                .filter(|folder| folder.file_name().is_some_and(starts_with_dot))
                .last();
            if let Some(hidden) = hidden.filter(|_| !self.dotted) {
                if levels <= self.deepest && self.matched.hidden.last().is_none_or(|last| last != hidden) {
                    self.pass_over(hidden.to_owned());
                }
            } else {
                let leads_on = levels < self.deepest;
                self.consider(path, |path| leads_on && kind == Kind::Link && files.leads_to_folder(path));
            }
            if self.matched.found.len() > MOST {
                break;
            }
        }
        Ok(())
    }

    /// Looks through a folder that is so many levels below the root.
    fn folder(&mut self, folder: &Path, depth: usize) -> Result<(), Fault> {
        let unreadable = |error: std::io::Error| fault::unreadable(&folder.to_string_lossy(), &error);
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
                return Ok(());
            }
            Err(error) => return Err(unreadable(error)),
        };
        for entry in entries {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let path = folder.join(entry.file_name());
            let hidden = starts_with_dot(&entry.file_name());
            let leads_on = depth + 1 < self.deepest;
            if leads_on && hidden && !self.dotted && (kind.is_dir() || self.root.join(&path).is_dir()) {
                self.pass_over(path);
            } else if kind.is_dir() {
                if leads_on && depth < DEEPEST {
                    self.folder(&path, depth + 1)?;
                } else {
                    // Proposals that nobody looks for must not look like none.
                    self.matched.too_deep |= leads_on;
                }
            } else {
                let root = self.root;
                self.consider(path, |path| leads_on && kind.is_symlink() && root.join(path).is_dir());
            }
            if self.matched.found.len() > MOST {
                break;
            }
        }
        Ok(())
    }

    /// Takes what is no folder where it matches. A link to a folder is taken, too, so that it is told that it is not followed.
    fn consider(&mut self, path: PathBuf, leads_to_folder: impl FnOnce(&Path) -> bool) {
        if self.is_match(&path, OPTIONS) || leads_to_folder(&path) {
            self.matched.found.push(path);
        } else if self.is_match(&path, HIDDEN_TOO) {
            self.pass_over(path);
        }
    }

    fn pass_over(&mut self, path: PathBuf) {
        if self.matched.hidden.len() < MOST {
            self.matched.hidden.push(path);
        }
    }

    /// A name that is not UTF-8 is compared as well as it goes, so that a file is refused rather than overlooked.
    fn is_match(&self, path: &Path, options: MatchOptions) -> bool {
        self.pattern.matches_with(&path.to_string_lossy(), options)
    }
}

/// File systems take no deeper paths than some two thousand names, and the stack is finite.
pub const DEEPEST: usize = 200;

fn starts_with_dot(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn special(name: &OsStr) -> bool {
    name.as_encoded_bytes().iter().any(|byte| b"*?[".contains(byte))
}
