//! Files of one kind of report, which all stay or none does.

use super::target::{Sought, Target};
use crate::finding::Fault;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

/// Files that are open, each with the format of what goes into it.
#[derive(Debug)]
pub(super) struct Files<F>(Vec<(F, Target, File)>);

impl<F: Copy> Files<F> {
    /// Opens all that are asked for, and says why one can't be.
    pub fn open<'n>(asked: impl Iterator<Item = (F, &'n Path)> + Clone, sought: &Sought) -> (Self, Vec<Fault>) {
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        for (index, (format, path)) in asked.clone().enumerate() {
            match Target::open(path, asked.clone().take(index).map(|(_, other)| other), sought) {
                Ok((target, file)) => files.push((format, target, file)),
                Err(fault) => faults.push(fault),
            }
        }
        (Self(files), faults)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes them, and says which could not be.
    pub fn write(self, write: impl Fn(F, &mut BufWriter<File>) -> io::Result<()>) -> Vec<Fault> {
        let (mut targets, mut faults) = (Vec::new(), Vec::new());
        for (format, mut target, file) in self.0 {
            let mut out = BufWriter::new(file);
            let written = write(format, &mut out);
            // A file is closed before it gets its name.
            drop(out);
            let written = written.map_err(|error| target.unwritable(&error));
            faults.extend(written.and_then(|()| target.name()).err());
            targets.push(target);
        }
        if faults.is_empty() {
            targets.into_iter().for_each(Target::keep);
        }
        faults
    }
}
