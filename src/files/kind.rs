//! What a path stands for, on disk and in commits alike.

use crate::git;
use std::fs;

/// What a path stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link. None is followed inside a folder: what it leads to may be any file.
    Link,
    /// A device, a pipe, a submodule.
    Other,
}

impl Kind {
    /// The word for it in evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Folder => "folder",
            Self::Link => "link",
            Self::Other => "other",
        }
    }
}

impl From<fs::FileType> for Kind {
    fn from(kind: fs::FileType) -> Self {
        if kind.is_symlink() {
            Self::Link
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_file() {
            Self::File
        } else {
            Self::Other
        }
    }
}

impl From<git::Kind> for Kind {
    fn from(kind: git::Kind) -> Self {
        match kind {
            git::Kind::File => Self::File,
            git::Kind::Folder => Self::Folder,
            git::Kind::Link => Self::Link,
            git::Kind::Submodule => Self::Other,
        }
    }
}
