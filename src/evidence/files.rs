//! What the files tell that a proposal names as proofs.

use super::test_report::{self, Report};
use super::{Answer, Code, shortened};
use crate::digest;
use crate::files::{Files, Named};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::io;
use std::path::Path;

/// The largest file that is looked at, in bytes.
const LARGEST: u64 = 64 << 20;
/// The longest line that the model has.
const LINE: usize = 200;

/// What stands under a path, as one of `evidence.files`. For a folder there may be a commit that is checked out there.
pub fn file(files: &Files, checked_out: Option<&Files>, path: &str, report: bool) -> Answer {
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
    match last_change(files, checked_out, Path::new(path), &bytes) {
        Ok(Some(at)) => told["committed_at"] = at.to_string().into(),
        Ok(None) => {}
        Err(error) => return unavailable(error.to_string()),
    }
    if is_blank(&bytes) {
        told["blank"] = true.into();
    }
    if report {
        lay_report(&mut told, &bytes);
    }
    Answer::known(told)
}

/// When a commit last changed a file. What stands in a folder otherwise than in the commit that is checked out was changed since.
fn last_change(files: &Files, checked_out: Option<&Files>, path: &Path, bytes: &[u8]) -> io::Result<Option<Timestamp>> {
    match checked_out {
        None => files.last_change(path),
        Some(commit) => match commit.named(path, LARGEST)? {
            Named::File(committed) if committed == bytes => commit.last_change(path),
            _ => Ok(None),
        },
    }
}

/// Whether nothing can be seen in it: blanks, new lines, zeros, a mark of the order of its bytes.
fn is_blank(bytes: &[u8]) -> bool {
    let unseen =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().all(unseen),
        Err(_) => false,
    }
}

/// What a report of tests says. One that is no report that can be read says nothing, and why.
fn lay_report(told: &mut Value, bytes: &[u8]) {
    match test_report::read(bytes) {
        Ok(Report { passed, failed, skipped, began }) => {
            told["totals"] = json!({ "passed": passed, "failed": failed, "skipped": skipped });
            if let Some(began) = began {
                told["tested_at"] = began.to_string().into();
            }
        }
        Err(why) => told["unread"] = shortened(&why, LINE).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_blank;

    #[test]
    fn what_nobody_can_see_is_blank() {
        for blank in [&b""[..], b" \t\r\n", b"\0\0", b"\xef\xbb\xbf\n", "\u{a0}\u{200b}".as_bytes(), b"\x1b\x07"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in [&b" ok\n"[..], b"\xff\xfe", b".", "é".as_bytes()] {
            assert!(!is_blank(seen), "{seen:?}");
        }
    }
}
