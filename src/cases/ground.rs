//! Where cases find what they begin with: proposals, and the profiles of their systems.

use super::problem;
use crate::document::{Document, Limits};
use crate::evidence::escape;
use crate::files::{Files, Kind, Named};
use crate::finding::Fault;
use crate::profiles::Profiles;
use crate::proposal::Thresholds;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A document as cases edit it, or why there is none.
type Read = Result<Arc<Value>, Vec<Fault>>;

/// The files that cases begin with. Each is read once, however many cases begin with it.
#[derive(Debug)]
pub struct Ground {
    files: Arc<Files>,
    profiles: Profiles,
    /// Where one scale of upgrades ends and the next begins.
    pub thresholds: Thresholds,
    /// How large a document may be.
    pub limits: Limits,
    bases: Mutex<HashMap<String, Read>>,
    systems: Mutex<HashMap<String, Option<Read>>>,
}

impl Ground {
    /// Proposals are named from the root of the files.
    pub fn new(files: Arc<Files>, profiles: Profiles, thresholds: Thresholds, limits: Limits) -> Self {
        Self { files, profiles, thresholds, limits, bases: Mutex::default(), systems: Mutex::default() }
    }

    /// The proposal that a case begins with.
    pub(super) fn base(&self, path: &str) -> Read {
        let mut bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        bases.entry(path.to_owned()).or_insert_with(|| self.document(path)).clone()
    }

    /// The profile of a system, where it has one.
    pub(super) fn profile(&self, system: &str) -> Option<Read> {
        let mut systems = self.systems.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let profile = self.profiles.get(system)?;
            Some(profile.document.as_ref().map(|document| Arc::new(document.root().to_json())).map_err(Clone::clone))
        };
        systems.entry(system.to_owned()).or_insert_with(read).clone()
    }

    fn document(&self, path: &str) -> Read {
        // Cases come with a pull request, and what is wrong with a base is shown with its lines.
        if let Some(why) = escape(path) {
            return Err(vec![problem::base_escapes(path, why)]);
        }
        let named = self.files.named(Path::new(path), self.limits.bytes as u64);
        let bytes = match named.map_err(|error| vec![problem::no_base(path, &error.to_string())])? {
            Named::File(bytes) => bytes,
            Named::Other(Kind::Link) => {
                return Err(vec![problem::base_escapes(path, "a symbolic link is on the way to it")]);
            }
            Named::Other(_) => return Err(vec![problem::no_base(path, "it is no ordinary file")]),
            Named::Nothing => return Err(vec![problem::no_base(path, "there is no such file")]),
        };
        let document = Document::parse(path, bytes, &self.limits);
        let document =
            document.map_err(|findings| findings.into_iter().map(problem::base_syntax).collect::<Vec<_>>())?;
        Ok(Arc::new(document.root().to_json()))
    }
}
