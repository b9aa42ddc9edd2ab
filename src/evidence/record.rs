//! The record of what was asked and answered in a run: `changegate.evidence/v1`.

use super::{Answer, Change, Entry, Question, digest};
use crate::finding::Fault;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name of the format, which stands first in it.
pub const SCHEMA: &str = "changegate.evidence/v1";

/// What was asked and answered in a run, and the time by which it judged.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    schema: String,
    /// The version of changegate that wrote it.
    version: String,
    /// The time by which it judged, RFC 3339.
    now: String,
    /// Whether that time was given, and not the clock's.
    now_given: bool,
    /// The change that it was about. It has to be there: a record that does not say whether there was one can't be told from one of a run about
    /// none, which would pass.
    change: Answer,
    entries: Vec<Entry>,
    #[serde(skip)]
    read: Option<Change>,
}

impl Record {
    /// The record of a run: each question once, in their order.
    pub fn of(
        version: &str,
        (now, now_given): (&str, bool),
        change: Answer,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            version: version.to_owned(),
            now: now.to_owned(),
            now_given,
            change,
            entries: entries.into_iter().collect(),
            read: None,
        }
    }

    /// Reads the text of a record.
    ///
    /// # Errors
    /// When it is none, or was changed since it was written.
    pub fn parse(name: &str, text: &str) -> Result<Self, Fault> {
        let refused = |why: &str| {
            Fault::new("evidence/record", format!("{name} is no record of evidence that can be used: {why}"))
                .help("name a file that --evidence-out has written, and that nobody has changed since")
        };
        let mut record: Self = serde_json::from_str(text).map_err(|error| refused(&error.to_string()))?;
        if record.schema != SCHEMA {
            return Err(refused(&format!("its `schema` is not {SCHEMA}")));
        }
        if record.now.parse::<Timestamp>().is_err() {
            return Err(refused("its `now` is no point in time"));
        }
        let forged =
            |answer: &Answer| matches!(answer, Answer::Known { value, digest: stated } if digest(value) != *stated);
        if let Some(entry) = record.entries.iter().find(|entry| forged(&entry.answer)) {
            return Err(refused(&format!("the answer about {} does not have its digest", entry.question)));
        }
        if forged(&record.change) {
            return Err(refused("what it says of the change does not have its digest"));
        }
        record.read = Change::read(&record.change).map_err(|why| refused(&format!("of the change, {why}")))?;
        Ok(record)
    }

    /// The time by which the run judged.
    pub fn now(&self) -> Option<Timestamp> {
        self.now.parse().ok()
    }

    /// Whether that time was given to the run.
    pub const fn now_given(&self) -> bool {
        self.now_given
    }

    /// The change that the run was about, if it was about one.
    pub const fn change(&self) -> Option<&Change> {
        self.read.as_ref()
    }

    /// Whether a pull request was asked about.
    pub fn has_pull(&self) -> bool {
        self.entries.iter().any(|entry| entry.question.is_of_a_pull())
    }

    /// The answers by their questions.
    pub(super) fn into_answers(self) -> BTreeMap<Question, Arc<Entry>> {
        self.entries.into_iter().map(|entry| (entry.question.clone(), Arc::new(entry))).collect()
    }
}
