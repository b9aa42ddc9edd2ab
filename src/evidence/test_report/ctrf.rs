//! The Common Test Report Format (ctrf.io), which reporters of most frameworks can write.

use super::{Listed, Outcome, Report, agrees, list, member, moment};
use crate::document::Value;

/// What is neither passed nor left out has failed, as far as anybody can tell.
const WORDS: &[(&str, Outcome)] = &[
    ("passed", Outcome::Passed),
    ("failed", Outcome::Failed),
    ("other", Outcome::Failed),
    ("skipped", Outcome::Skipped),
    ("pending", Outcome::Skipped),
];

/// Reads `results`.
pub fn read(results: Value<'_>) -> Result<Report, String> {
    let summary = member(results, "summary")?;
    let mut listed = Listed::of(WORDS);
    for test in list(results, "tests")?.items() {
        listed.add(test)?;
    }
    for (name, _) in WORDS {
        agrees(summary, name, listed.count(|word, _| word == *name))?;
    }
    agrees(summary, "tests", listed.count(|_, _| true))?;
    Ok(Report {
        passed: listed.came_to(Outcome::Passed),
        failed: listed.came_to(Outcome::Failed),
        skipped: listed.came_to(Outcome::Skipped),
        began: moment(summary, "start"),
    })
}
