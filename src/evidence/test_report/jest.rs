//! What `jest --json` writes, and Vitest by its reporter `json`.

use super::{Listed, Outcome, Report, agrees, count, list, moment, placed};
use crate::document::{Kind, Value};

const WORDS: &[(&str, Outcome)] = &[
    ("passed", Outcome::Passed),
    ("failed", Outcome::Failed),
    ("pending", Outcome::Skipped),
    ("skipped", Outcome::Skipped),
    ("todo", Outcome::Skipped),
    ("disabled", Outcome::Skipped),
];

/// Reads the whole.
pub fn read(whole: Value<'_>) -> Result<Report, String> {
    let (mut listed, mut broken) = (Listed::of(WORDS), 0);
    for file in list(whole, "testResults")?.items() {
        let before = listed.came_to(Outcome::Failed);
        for test in list(file, "assertionResults")?.items() {
            listed.add(test)?;
        }
        // A file that could not be run has failed without a test of it.
        let failed = file.get("status").map(Value::kind) == Some(Kind::String("failed"));
        broken += u64::from(failed && listed.came_to(Outcome::Failed) == before);
    }
    let [passed, failed, skipped] = [Outcome::Passed, Outcome::Failed, Outcome::Skipped].map(|one| listed.came_to(one));
    let todo = whole.get("numTodoTests").map_or(Ok(0), |_| count(whole, "numTodoTests"))?;
    agrees(whole, "numTotalTests", passed + failed + skipped)?;
    agrees(whole, "numPassedTests", passed)?;
    agrees(whole, "numFailedTests", failed)?;
    agrees(whole, "numPendingTests", skipped.saturating_sub(todo))?;
    let failed = failed + broken;
    match whole.get("success") {
        Some(success) if success.kind() != Kind::Bool(failed == 0) => {
            Err(placed(&success.place(), &format!("`success` does not agree with the {failed} that failed")))
        }
        _ => Ok(Report { passed, failed, skipped, began: moment(whole, "startTime") }),
    }
}
