//! Whether a change does more than what it does to proposals: what these show as proofs belongs to them.

use super::Grounds;
use crate::document::{self, Document, Limits};
use crate::finding::Fault;
use crate::git::{Change, ChangeKind, Kind};
use crate::lockfiles::Format;
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

impl Grounds {
    /// The files, in the order of their paths, that the change touches besides proposals, what these show as a proof, and what is judged by, wherever it
    /// stands.
    ///
    /// # Errors
    /// When git can't tell.
    pub fn touched_besides(&self, is_proposal: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Fault> {
        let began = self.repository.merge_base(&self.base, &self.head)?;
        let changes = self.repository.changes(&began, &self.head)?;
        let is_proposal = |path: &Path| path.strip_prefix(&self.judged_by.root).is_ok_and(&is_proposal);
        let is_meant = |path: &Path| is_proposal(path) || self.judged_by.as_what_or_runs(path).is_some();
        let other = |change: &&Change| change.from.iter().chain([&change.path]).any(|path| !is_meant(path));
        let others: Vec<_> = changes.iter().filter(other).collect();
        if others.is_empty() {
            return Ok(Vec::new());
        }
        let mut shown = HashSet::new();
        for change in changes.iter().filter(|change| change.kind != ChangeKind::Removed && is_proposal(&change.path)) {
            shown.extend(self.shown_by(&change.path).iter().map(|file| self.judged_by.root.join(plain(file))));
        }
        let is_proof = |change: &&Change| {
            change.kind == ChangeKind::Added && is_shown_only(&change.path) && shown.contains(&change.path)
        };
        Ok(others.into_iter().filter(|change| !is_proof(change)).map(|change| change.path.clone()).collect())
    }

    /// The files that a proposal of the head shows as proofs.
    fn shown_by(&self, path: &Path) -> Vec<String> {
        let snapshot = self.repository.snapshot(&self.head);
        let entry = snapshot.entry(path).ok().flatten().filter(|entry| entry.kind == Kind::File);
        let limits = Limits::default();
        let Some(bytes) = entry.and_then(|entry| snapshot.bytes(&entry, limits.bytes as u64).ok()) else {
            return Vec::new();
        };
        let Ok(document) = Document::parse(&path.to_string_lossy(), bytes, &limits) else { return Vec::new() };
        let mut shown = Vec::new();
        let mut open = vec![document.root()];
        while let Some(value) = open.pop() {
            match value.kind() {
                document::Kind::String(file) if value.key() == Some("file") => shown.push(file.to_owned()),
                _ => open.extend(value.items()),
            }
        }
        shown
    }
}

/// Whether a file is there to be looked at, by its ending: what is built or run is no proof.
fn is_shown_only(path: &Path) -> bool {
    const ENDINGS: &[&str] = &[
        "log",
        "out",
        "txt",
        "tap",
        "xml",
        "json",
        "csv",
        "html",
        "md",
        "pdf",
        "png",
        "jpg",
        "jpeg",
        "svg",
        "gz",
        "sha256",
        "sha512",
        "sha256sums",
        "sha512sums",
    ];
    // A list of checksums may have no ending: `SHA256SUMS`.
    let ending =
        path.extension().or_else(|| path.file_name()).map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && Format::of(path).is_none()
}

/// A path as it is without what says nothing: `./evidence/a.log`.
fn plain(file: &str) -> PathBuf {
    Path::new(file).components().filter(|part| *part != Component::CurDir).collect()
}
