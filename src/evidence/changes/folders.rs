//! What stands in a folder, above it and below it, without a look at all there is.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::{Path, PathBuf};

/// Things by their folders.
#[derive(Debug)]
pub(super) struct ByFolder<T>(BTreeMap<PathBuf, Vec<T>>);

impl<T> Default for ByFolder<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> ByFolder<T> {
    pub(super) fn insert(&mut self, folder: PathBuf, one: T) {
        self.0.entry(folder).or_default().push(one);
    }

    /// Those of a folder, of the folders above it, and of those below.
    pub(super) fn around(&self, folder: &Path) -> impl Iterator<Item = &T> {
        let above = folder.ancestors().skip(1).filter_map(|above| self.0.get(above));
        let below = self
            .0
            .range::<Path, _>((Bound::Included(folder), Bound::Unbounded))
            .take_while(move |(below, _)| below.starts_with(folder));
        above.chain(below.map(|(_, all)| all)).flatten()
    }
}
