//! A file of which pieces are read, and not the whole.

use super::{Files, Place, no_file};
use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A file of which pieces can be read.
#[derive(Debug)]
pub enum Pieces {
    /// A file on disk, and how long it was when it was opened.
    Disk(Mutex<File>, u64),
    /// The bytes of one that is held as a whole: what stands in a commit comes out of it so.
    Whole(Vec<u8>),
}

impl Files {
    /// Opens an ordinary file; of a commit one of at most `limit` bytes.
    ///
    /// # Errors
    /// When it can't be read, is no ordinary file, or is longer.
    pub fn pieces(&self, path: &Path, limit: u64) -> io::Result<Pieces> {
        let Place::Disk(path) = self.place(path)? else {
            let bytes = self.bytes(path, limit)?;
            if bytes.len() as u64 > limit {
                return Err(io::Error::other(format!("it has more than the {limit} bytes that are read of a commit")));
            }
            return Ok(Pieces::Whole(bytes));
        };
        // Opening a pipe would wait for somebody to write.
        let kind = fs::metadata(&path)?;
        if !kind.is_file() {
            return Err(no_file(kind.file_type().into()));
        }
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Pieces::Disk(Mutex::new(file), length))
    }
}

impl Pieces {
    /// How many bytes it has.
    pub const fn len(&self) -> u64 {
        match self {
            Self::Disk(_, length) => *length,
            Self::Whole(bytes) => bytes.len() as u64,
        }
    }

    /// Whether it has none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `length` bytes from a place on.
    ///
    /// # Errors
    /// When there are fewer.
    pub fn read(&self, from: u64, length: usize) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Self::Disk(file, _) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(from))?;
                let mut bytes = Vec::new();
                (&*file).take(length as u64).read_to_end(&mut bytes)?;
                let whole = bytes.len() == length;
                whole.then_some(Cow::Owned(bytes)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }
            Self::Whole(bytes) => {
                let piece = usize::try_from(from).ok().and_then(|from| bytes.get(from..from.checked_add(length)?));
                piece.map(Cow::Borrowed).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }
        }
    }
}
