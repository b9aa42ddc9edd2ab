//! Which rules are tested or looked through: those of the folders that are named, or of a part of them.

use super::file::of_rule;
use super::{ENDING, problem};
use crate::files::{self, Files, Kind};
use crate::finding::Fault;
use crate::policy::pack;
use crate::source::Source;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The rules whose cases are run, by their files, and why there may be more.
#[derive(Debug, Default)]
pub struct Suite {
    /// Ids and texts, in the order of their files.
    pub rules: Vec<(Arc<str>, Arc<Source>)>,
    /// What can't be read, and cases that belong to no rule.
    pub faults: Vec<Fault>,
}

impl Suite {
    /// The rules of some folders, or what is `asked` for of them: a folder, a rule, or a file of cases. What lies in none of the folders is a
    /// folder of rules by itself.
    pub fn of(files: &Files, folders: &[PathBuf], asked: &[PathBuf]) -> Self {
        let mut rules = BTreeMap::new();
        let mut faults = Vec::new();
        let folders: Vec<_> = folders.iter().map(|folder| plain(files, folder)).collect();
        let asked: Vec<_> = asked.iter().map(|path| plain(files, path)).collect();
        for path in if asked.is_empty() { &folders } else { &asked } {
            match of_path(files, &folders, path) {
                Ok((found, orphans)) => {
                    rules.extend(found.into_iter().map(|rule| (rule.1.name().to_owned(), rule)));
                    faults.extend(orphans);
                }
                Err(fault) => faults.push(fault),
            }
        }
        if rules.is_empty() && faults.is_empty() {
            faults.push(problem::nothing());
        }
        Self { rules: rules.into_values().collect(), faults }
    }
}

/// Rules, and what is wrong with what stands beside them.
type Found = (Vec<(Arc<str>, Arc<Source>)>, Vec<Fault>);

fn of_path(files: &Files, folders: &[PathBuf], path: &Path) -> Result<Found, Fault> {
    let is_file = matches!(files.kind(path), Ok(Some(Kind::File)));
    let own = if is_file { path.parent().unwrap_or(path) } else { path };
    let folder = folders.iter().find(|folder| path.starts_with(folder)).map_or(own, PathBuf::as_path);
    let all = pack(files, folder)?.rules;
    let is_asked = |file: &Path| file.starts_with(path) || of_rule(file) == path;
    let listed = files.list(folder, true).map_err(|error| problem::unreadable(folder, &error))?;
    let known: Vec<_> = all.iter().map(|(_, source)| of_rule(Path::new(source.name()))).collect();
    let is_orphan = |file: &Path| file.to_string_lossy().ends_with(ENDING) && !known.iter().any(|known| known == file);
    let orphans = listed.iter().map(|listed| listed.path.as_path()).filter(|file| is_asked(file) && is_orphan(file));
    let orphans: Vec<_> = orphans.map(problem::no_rule).collect();
    let rules: Vec<_> = all.into_iter().filter(|(_, source)| is_asked(Path::new(source.name()))).collect();
    if rules.is_empty() && orphans.is_empty() {
        return Err(problem::no_such_rule(path));
    }
    Ok((rules, orphans))
}

/// A path from the root, without the dots that change nothing.
fn plain(files: &Files, path: &Path) -> PathBuf {
    let path = files::from(files.root(), path);
    path.components().filter(|part| !matches!(part, Component::CurDir)).collect()
}
