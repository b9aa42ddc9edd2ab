//! The sources of the program, for tests that read them.

use std::fs;
use std::path::{Path, PathBuf};

/// Adds all Rust files of a folder, at any depth.
pub fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
