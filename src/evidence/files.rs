//! What the files tell that a proposal names as proofs.

use super::{Answer, Code, shortened, test_report};
use crate::digest;
use crate::files::{Files, Named};
use serde_json::{Value, json};
use std::path::Path;

/// The largest file that is looked at, in bytes.
const LARGEST: u64 = 64 << 20;
/// The longest line that the model has.
const LINE: usize = 200;

/// What stands under a path, as one of `evidence.files`.
pub fn file(files: &Files, path: &str, report: bool) -> Answer {
    let unavailable = |why: String| {
        Answer::unavailable(format!("{path} can't be read: {why}"), "see that it can be read where the gate runs")
    };
    let bytes = match files.named(Path::new(path), LARGEST) {
        Ok(Named::Nothing) => return Answer::Absent,
        Ok(Named::Other(kind)) => return Answer::known(json!({ "path": path, "kind": kind.as_str() })),
        Ok(Named::File(bytes)) if bytes.len() as u64 > LARGEST => {
            return Answer::unavailable_as(
                Code::OF_THE_CHANGE,
                format!("{path} has more than the {LARGEST} bytes that are looked at"),
                "name a shorter extract, or an address as `reference`",
            );
        }
        Ok(Named::File(bytes)) => bytes,
        Err(error) => return unavailable(error.to_string()),
    };
    let mut told = json!({ "path": path, "kind": "file", "bytes": bytes.len(), "digest": digest::of(&bytes) });
    match files.last_change(Path::new(path)) {
        Ok(Some(at)) => told["committed_at"] = at.to_string().into(),
        Ok(None) => {}
        Err(error) => return unavailable(error.to_string()),
    }
    if report {
        lay_report(&mut told, &bytes);
    }
    Answer::known(told)
}

/// What a report of tests says. One that is no report that can be read says nothing, and why.
fn lay_report(told: &mut Value, bytes: &[u8]) {
    match test_report::read(bytes) {
        Ok(report) => {
            told["totals"] = json!({ "passed": report.passed, "failed": report.failed, "skipped": report.skipped });
            if let Some(at) = report.at {
                told["tested_at"] = at.to_string().into();
            }
        }
        Err(why) => told["unread"] = shortened(&why, LINE).into(),
    }
}
