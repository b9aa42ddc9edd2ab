//! `changegate advisories`: makes ready what advisories are looked up in.

use super::ground::root;
use super::{Failure, Global, fresh};
use crate::advisories::index::{Index, build, is_index};
use crate::finding::Fault;
use crate::verdict::Outcome;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Advisories {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an index of a folder of records in OSV's form, in which one of hundreds of thousands is found at once
    Index(MakeIndex),
}

#[derive(Debug, Args)]
struct MakeIndex {
    /// The folder of the records: all files in it, and in the folders in it, whose names end with .json
    folder: PathBuf,
    /// The file of the index, which `advisories.records` of the configuration names then; an earlier index is replaced
    file: PathBuf,
}

/// The longest record, in bytes; folders are looked through so deep, and so much is told that is wrong.
const LONGEST: u64 = 8 << 20;
const DEEPEST: usize = 16;
const MOST_TOLD: usize = 20;

impl Advisories {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        let Command::Index(index) = &self.command;
        index.run(&root(global)?, out)
    }
}

impl MakeIndex {
    fn run(&self, root: &Path, out: &mut impl Write) -> Result<Outcome, Failure> {
        let mut paths = Vec::new();
        look_through(&root.join(&self.folder), 0, &mut paths).map_err(|error| unreadable(&self.folder, &error))?;
        paths.sort();
        let path = root.join(&self.file);
        admit(&self.file, &path)?;
        let mut unread = Vec::new();
        // One after the other: all at once they may be gigabytes.
        let records = paths.iter().filter_map(|path| match bytes(path) {
            Ok(bytes) => Some((path.to_string_lossy(), bytes)),
            Err(error) => {
                unread.push(broken(&path.to_string_lossy(), &error));
                None
            }
        });
        let built = build(records);
        let mut faults = unread;
        faults.extend(built.refused.iter().map(|(name, problem)| broken(name, problem)));
        if faults.is_empty() && built.records == 0 {
            let why = io::Error::other("it holds no file whose name ends with .json");
            return Err(unreadable(&self.folder, &why).into());
        }
        if !faults.is_empty() {
            // What is missing in an index is taken for something that there is not.
            faults.truncate(MOST_TOLD);
            return Err(faults.into());
        }
        fresh::replace(&path, &built.bytes).map_err(|error| unwritable(&self.file, &error))?;
        let newest = Index::open(built.bytes.as_slice())
            .map(|index| index.as_of(Timestamp::MAX).to_string())
            .unwrap_or_default();
        writeln!(out, "{}: {} records, the newest changed {newest}", self.file.display(), built.records)?;
        Ok(Outcome::Pass)
    }
}

/// Whether a file may take this place: that of an earlier index, or none.
fn admit(name: &Path, path: &Path) -> Result<(), Fault> {
    let refused = |why: &str| {
        Fault::new("usage/unwritable", format!("the index {} is not written: {why}", name.display()))
            .help("give the index a name of its own; only an earlier index is replaced")
    };
    match fs::symlink_metadata(path) {
        Ok(kind) if kind.is_file() => {
            let mut beginning = Vec::new();
            let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut beginning));
            read.map_err(|error| unwritable(name, &error))?;
            if is_index(&beginning) { Ok(()) } else { Err(refused("a file is there that is no index")) }
        }
        Ok(kind) if kind.is_symlink() => Err(refused("it is a symbolic link")),
        Ok(_) => Err(refused("it is no ordinary file")),
        Err(_) => Ok(()),
    }
}

/// The files whose names end with .json; a link among them is told when it is read, and links to folders are not followed.
fn look_through(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    if depth > DEEPEST {
        return Err(io::Error::other("it is nested too deep"));
    }
    for entry in fs::read_dir(folder)? {
        let (path, kind) = entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)))?;
        if kind.is_dir() {
            look_through(&path, depth + 1, found)?;
        } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")) {
            found.push(path);
        }
    }
    Ok(())
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::other("it is no ordinary file, and no link is followed"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::Error::other(format!("it has more than {LONGEST} bytes")));
    }
    Ok(bytes)
}

fn broken(name: &str, why: &dyn std::fmt::Display) -> Fault {
    Fault::new("advisories/broken", format!("{name} is no record of an advisory: {why}"))
        .help("fetch it anew, or take it out of the folder; no index was written")
}

fn unreadable(folder: &Path, error: &io::Error) -> Fault {
    Fault::new("advisories/unreadable", format!("the folder of advisories {} can't be read: {error}", folder.display()))
        .help("name a folder of records in OSV's form, such as one of OSV's dumps, unpacked")
}

fn unwritable(file: &Path, error: &io::Error) -> Fault {
    Fault::new("usage/unwritable", format!("the index {} can't be written: {error}", file.display()))
        .help("see that its folder exists, that you may write there, and that there is room")
}
