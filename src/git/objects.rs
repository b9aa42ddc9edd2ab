//! What stands in a commit: names by folder, and the bytes of files.

use super::command::Command;
use super::{Commit, Repository};
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::{Mutex, PoisonError};

/// What a name in a commit stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A commit of another repository.
    Submodule,
}

/// A name in a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From the top of the repository.
    pub path: PathBuf,
    /// What it stands for.
    pub kind: Kind,
    pub(super) id: Box<str>,
}

/// What stands in a commit. Files are read by the names of their objects, so that what is read is what the commit holds, whatever
/// happens to the work tree meanwhile.
#[derive(Debug)]
pub struct Snapshot {
    repository: Repository,
    commit: Commit,
    /// What was asked for already: a folder of a hundred rules is listed once, and each of them read then.
    known: Mutex<HashMap<PathBuf, Option<Entry>>>,
    /// Started when the first file is read: one for all of them.
    reader: Mutex<Option<Reader>>,
}

impl Snapshot {
    pub(super) fn new(repository: Repository, commit: Commit) -> Self {
        Self { repository, commit, known: Mutex::default(), reader: Mutex::default() }
    }

    /// Whose it is.
    pub fn commit(&self) -> &Commit {
        &self.commit
    }

    /// The repository that it is of.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The top folder of that.
    pub fn top(&self) -> &Path {
        self.repository.top()
    }

    /// What a path from the top stands for; none where there is nothing.
    ///
    /// # Errors
    /// When git can't tell.
    pub fn entry(&self, path: &Path) -> io::Result<Option<Entry>> {
        if path.as_os_str().is_empty() {
            return Ok(Some(Entry { path: PathBuf::new(), kind: Kind::Folder, id: self.commit.as_str().into() }));
        }
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let entry = self.list(&[], path)?.into_iter().find(|entry| entry.path == path);
        self.know([(path.to_owned(), entry.clone())]);
        Ok(entry)
    }

    /// All files, links and submodules below a folder, at any depth, in the order of their paths.
    ///
    /// # Errors
    /// When git can't tell.
    pub fn below(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = self.list(&["-r"], folder)?;
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        self.know(entries.iter().map(|entry| (entry.path.clone(), Some(entry.clone()))));
        Ok(entries)
    }

    /// The bytes of a file: at most `limit` and one.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn bytes(&self, entry: &Entry, limit: u64) -> io::Result<Vec<u8>> {
        // A thread that panicked while it read may have left half an answer: the next one starts anew.
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open = match reader.take() {
            Some(open) => open,
            None => Reader::start(self.top())?,
        };
        let bytes = open.read(&entry.id, limit)?;
        *reader = Some(open);
        Ok(bytes)
    }

    fn know(&self, entries: impl IntoIterator<Item = (PathBuf, Option<Entry>)>) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).extend(entries);
    }

    fn list(&self, options: &[&str], path: &Path) -> io::Result<Vec<Entry>> {
        let name = path.to_str().ok_or_else(|| io::Error::other("its name is not UTF-8"))?;
        let mut arguments = vec!["ls-tree", "-z", "--full-tree"];
        arguments.extend(options);
        arguments.extend([self.commit.as_str(), "--"]);
        if !name.is_empty() {
            arguments.push(name);
        }
        let answer = Command::new(self.top(), &arguments).run()?;
        let text = answer.success().map_err(|error| io::Error::other(format!("git says: {error}")))?;
        let entries = text.split_terminator('\0').map(entry).collect::<Option<Vec<_>>>();
        entries.ok_or_else(|| io::Error::other("the answer of git can't be read"))
    }
}

/// Reads `100644 blob 3f1c…\tpath`.
fn entry(line: &str) -> Option<Entry> {
    let (head, path) = line.split_once('\t')?;
    let mut words = head.split(' ');
    let kind = match words.next()? {
        "040000" => Kind::Folder,
        "120000" => Kind::Link,
        "160000" => Kind::Submodule,
        mode if mode.starts_with("100") => Kind::File,
        _ => return None,
    };
    Some(Entry { path: path.into(), kind, id: words.nth(1)?.into() })
}

/// `git cat-file --batch`: told the name of an object, it says how long it is, and then what it holds.
#[derive(Debug)]
struct Reader {
    child: Child,
    names: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Reader {
    fn start(folder: &Path) -> io::Result<Self> {
        let mut child = Command::new(folder, &["cat-file", "--batch"]).converse()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(names), Some(answers)) => Ok(Self { child, names, answers: BufReader::new(answers) }),
            _ => Err(io::Error::other("git can't be spoken with")),
        }
    }

    fn read(&mut self, id: &str, limit: u64) -> io::Result<Vec<u8>> {
        writeln!(self.names, "{id}")?;
        self.names.flush()?;
        let mut head = String::new();
        self.answers.by_ref().take(200).read_line(&mut head)?;
        let mut words = head.split_whitespace();
        let length: u64 = match (words.next(), words.next(), words.next().and_then(|length| length.parse().ok())) {
            (Some(name), Some("blob"), Some(length)) if name == id => length,
            _ => {
                return Err(io::Error::other(
                    "git does not have it: it may have been left out when the repository was cloned",
                ));
            }
        };
        let taken = length.min(limit.saturating_add(1));
        let mut bytes = vec![0; taken as usize];
        self.answers.read_exact(&mut bytes)?;
        // The rest, and the line's end that follows, so that the next answer begins where it is looked for.
        io::copy(&mut self.answers.by_ref().take(length - taken + 1), &mut io::sink())?;
        Ok(bytes)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It has nothing to finish.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
