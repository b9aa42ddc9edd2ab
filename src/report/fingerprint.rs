//! By what a CI system knows a finding again in the next run.

use super::entry::Entry;
use crate::digest;
use std::collections::HashMap;

/// The fingerprints of one proposal, or of the run: made of the rule, the file and the JSON Pointer, and not of lines or of the message, as both
/// change when something else is edited. What is said of a profile is said of each of its proposals, and of several findings of one rule at one
/// value each has its number.
#[derive(Debug, Default)]
pub(super) struct Fingerprints(HashMap<String, usize>);

impl Fingerprints {
    /// That of an entry in a file, in hexadecimal digits; `of` is the file of the proposal that it is about, none of the run.
    pub fn of(&mut self, entry: &Entry<'_>, file: &str, of: Option<&str>) -> String {
        let mut what = [entry.code, file, entry.pointer].join("\0");
        if of != Some(file) {
            what = [&what, of.unwrap_or("the run")].join("\0");
        }
        let number = self.0.entry(what.clone()).or_default();
        *number += 1;
        let digest = digest::of(format!("{what}\0{number}").as_bytes());
        digest.trim_start_matches("sha256:").to_owned()
    }
}
