//! The change that a draft is about: its two ends, what differs between them, and what is said of that.

use super::Draft;
use crate::cli::ground::{configuration, usual_base};
use crate::cli::{Failure, Global, event, pull};
use crate::config::Config;
use crate::draft::{Said, advisories, announced, borne_out, said};
use crate::evidence::pinned_changes;
use crate::files::Files;
use crate::finding::Fault;
use crate::git::{Commit, Repository};
use crate::github::Announcement;
use serde_json::Value;
use std::path::Path;

/// A change, as far as it is known.
pub(super) struct Change {
    /// What differs between its ends.
    pub(super) pinned: Vec<Value>,
    /// What its newest commit, or else its pull request says of the packages.
    pub(super) said: Vec<Said>,
    /// The advisories that its newest commit names.
    pub(super) advisories: Vec<String>,
    /// Those that its pull request names. Its text quotes the notes of releases, which name many that it is not about.
    pub(super) mentioned: Vec<String>,
}

/// The ends of a change, and what its pull request says, where it is one.
struct Told {
    base: Commit,
    head: Commit,
    title: String,
    body: String,
}

impl Draft {
    /// The change between the ends that are named; of the pull request that is named, or that started the workflow; or of what is checked out.
    pub(super) fn change(&self, global: &Global, root: &Path, config: &Config) -> Result<Change, Failure> {
        let repository = Repository::around(root)?;
        let told = match self.pull {
            Some(number) => self.asked(global, &repository, root, number)?,
            None => self.here(&repository)?,
        };
        let pinned = pinned_changes(&repository, &told.base, &told.head, &config.ignore)?;
        let message = repository.message(&told.head)?;
        let mut said = said(&message);
        if said.is_empty() {
            said = borne_out(&announced(&told.title, &told.body), &pinned);
        }
        let named = advisories(&message);
        let mut mentioned = advisories(&format!("{}\n{}", told.title, told.body));
        mentioned.retain(|id| !named.contains(id));
        Ok(Change { pinned, said, advisories: named, mentioned })
    }

    fn here(&self, repository: &Repository) -> Result<Told, Fault> {
        let event = event::pull_request()?;
        // What is checked out in an event is often the merge of both, whose message says nothing.
        let head = self.head.as_deref().or(event.as_ref().map(|event| &*event.head)).unwrap_or("HEAD");
        let head = repository.commit(head)?;
        let base = match self.base.as_deref().or(event.as_ref().map(|event| &*event.base)) {
            Some(base) => repository.commit(base)?,
            None => usual_base(repository, "draft")?,
        };
        let (title, body) = event.map(|event| (event.title, event.body)).unwrap_or_default();
        Ok(Told { base, head, title, body })
    }

    /// Asks GitHub. What is checked out may be the work of whoever opened the pull request, so that where GitHub is, and so where the token goes, is read
    /// from the branch that it goes to.
    fn asked(&self, global: &Global, repository: &Repository, root: &Path, number: u64) -> Result<Told, Failure> {
        let base =
            self.base.as_deref().map_or_else(|| usual_base(repository, "draft"), |base| repository.commit(base))?;
        let trusted = Files::at(root, repository.snapshot(&base));
        let (config, faults) = configuration(global, &trusted);
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let Announcement { title, body, head, base: onto } = pull::announcement(&config, number)?;
        let missing = |fault: Fault| {
            fault.help(format!(
                "fetch the pull request first: git fetch origin refs/pull/{number}/head; and the branch that it goes to"
            ))
        };
        let base = if self.base.is_some() { base } else { repository.commit(&onto.sha).map_err(missing)? };
        Ok(Told { base, head: repository.commit(&head.sha).map_err(missing)?, title, body })
    }
}
