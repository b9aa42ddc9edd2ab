//! Which file that is new follows which that is gone. What git says goes by how alike two are, and that is chosen by whoever writes them: a project that
//! moves takes its lockfile along, and a folder its lists and Dockerfiles by their names.

use super::file::File;
use super::projects::Projects;
use super::{Unread, listing};
use crate::lockfiles::Format;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Puts in place of what git says what is known of projects and of folders, where that is something else.
pub(super) fn follow(files: &mut [File], moved: &[(PathBuf, PathBuf)], projects: &Projects<'_>) -> Result<(), Unread> {
    let folders = folders(moved);
    let mut gone: HashMap<PathBuf, Vec<usize>> = HashMap::new();
    for (number, file) in files.iter().enumerate().filter(|(_, file)| file.is_gone()) {
        // What is left in a folder may be no more than the name of the project.
        let went = file.path.parent().and_then(|folder| folders.get(folder)).cloned();
        for folder in projects.stands_now(&file.path)?.into_iter().chain(went).collect::<BTreeSet<_>>() {
            gone.entry(folder).or_default().push(number);
        }
    }
    let mut known = HashMap::new();
    for (number, file) in files.iter().enumerate().filter(|(_, file)| file.is_new()) {
        let folder = listing::project(&file.path);
        let by_name =
            |other: &&usize| files.get(**other).is_some_and(|other| other.path.file_name() == file.path.file_name());
        known.extend(gone.get(folder).and_then(|gone| gone.iter().find(by_name)).map(|other| (number, *other)));
    }
    let taken: HashSet<_> = known.values().copied().collect();
    for (number, file) in files.iter_mut().enumerate() {
        match known.get(&number) {
            Some(other) => file.from = Some(*other),
            // Whose file it was is known, and it is not this one's.
            None => file.from = file.from.filter(|other| !taken.contains(other)),
        }
    }
    Ok(())
}

/// The files of one kind that go from the folder of one that another follows, and that nothing follows: there may be one now where there were several.
pub(super) fn along(files: &[File], from: usize) -> Vec<usize> {
    let followed: HashSet<_> = files.iter().filter_map(|file| file.from).collect();
    let Some(first) = files.get(from) else { return Vec::new() };
    let is_along = |file: &File| {
        file.is_gone() && file.path.parent() == first.path.parent() && Format::of(&file.path) == Format::of(&first.path)
    };
    let along = files.iter().enumerate().filter(|(number, file)| !followed.contains(number) && is_along(file));
    along.map(|(number, _)| number).collect()
}

/// The folder to which most of what leaves one goes, as it was laid out there. What pins has no say in it, as it is what is looked for; and where as
/// many go to one as to another, none is meant.
fn folders(moved: &[(PathBuf, PathBuf)]) -> HashMap<PathBuf, PathBuf> {
    let mut counted: HashMap<&Path, BTreeMap<&Path, usize>> = HashMap::new();
    for (from, to) in moved.iter().filter(|(from, _)| Format::of(from).is_none()) {
        let (mut from, mut to) = (from.as_path(), to.as_path());
        while let (Some(above), Some(above_to)) = (from.parent(), to.parent()) {
            *counted.entry(above).or_default().entry(above_to).or_default() += 1;
            if above.file_name().is_none() || above.file_name() != above_to.file_name() {
                break;
            }
            (from, to) = (above, above_to);
        }
    }
    let most = |to: BTreeMap<&Path, usize>| {
        let most = *to.values().max()?;
        let mut first = to.into_iter().filter(|(_, count)| *count == most).map(|(to, _)| to.to_owned());
        first.next().filter(|_| first.next().is_none())
    };
    counted.into_iter().filter_map(|(from, to)| Some((from.to_owned(), most(to)?))).collect()
}
