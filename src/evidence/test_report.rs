//! Reports of runs of tests: in the XML of JUnit, or in the JSON of CTRF or of Jest. What they say twice has to agree.

mod began;
mod ctrf;
mod jest;
mod junit;

use crate::document::{Document, Kind, Limits, Value};
use crate::source::Place;
pub use began::Began;
use jiff::Timestamp;
use jiff::tz::Offset;

/// What a report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    pub passed: u64,
    /// Those with an error, too.
    pub failed: u64,
    pub skipped: u64,
    /// When its first suite began, where it says that.
    pub began: Option<Began>,
}

/// The largest report in JSON, of which a tree is made, and how deep it may be nested.
const LIMITS: Limits = Limits { bytes: 16 << 20, depth: 64 };

/// Reads a report.
///
/// # Errors
/// Why it can't be read, with line and column where that is known.
pub fn read(bytes: &[u8]) -> Result<Report, String> {
    // No JSON begins with a mark of its bytes; whoever reads it says so.
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let report = match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{' | b'[') => json(bytes)?,
        _ => junit::read(bytes)?,
    };
    if report.passed + report.failed + report.skipped == 0 {
        return Err("it tells of no test".to_owned());
    }
    Ok(report)
}

fn json(bytes: &[u8]) -> Result<Report, String> {
    let read = bytes[..bytes.len().min(LIMITS.bytes + 1)].to_vec();
    let document = Document::parse("", read, &LIMITS).map_err(|findings| {
        findings.first().map_or_else(String::new, |finding| placed(&finding.primary.place, &finding.message))
    })?;
    match (document.at("/results"), document.at("/numTotalTests")) {
        (Some(results), None) => ctrf::read(results),
        (None, Some(_)) => jest::read(document.root()),
        (Some(results), Some(_)) => Err(placed(
            &results.place(),
            "it has `results` as CTRF and `numTotalTests` as Jest, and can be one of them",
        )),
        (None, None) => Err("it is no report of CTRF or Jest: it has neither `results` nor `numTotalTests`".to_owned()),
    }
}

/// What is made of a word for what became of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    Skipped,
}

/// The tests that are listed one by one, by the words of a format for what became of them.
#[derive(Debug)]
struct Listed {
    words: &'static [(&'static str, Outcome)],
    counts: Vec<u64>,
}

impl Listed {
    fn of(words: &'static [(&'static str, Outcome)]) -> Self {
        Self { words, counts: vec![0; words.len()] }
    }

    fn add(&mut self, test: Value<'_>) -> Result<(), String> {
        let status = member(test, "status")?;
        let known = |(word, _): &(&str, Outcome)| status.kind() == Kind::String(word);
        let word = self.words.iter().position(known);
        let word = word.ok_or_else(|| placed(&status.place(), "`status` is no word for what became of a test"))?;
        self.counts[word] += 1;
        Ok(())
    }

    /// So many that became one of these.
    fn count(&self, matches: impl Fn(&str, Outcome) -> bool) -> u64 {
        let each = self.words.iter().zip(&self.counts);
        each.filter(|((word, outcome), _)| matches(word, *outcome)).map(|(_, count)| count).sum()
    }

    fn came_to(&self, wanted: Outcome) -> u64 {
        self.count(|_, outcome| outcome == wanted)
    }
}

/// That a sum is that of the tests that are listed.
fn agrees(sums: Value<'_>, name: &str, listed: u64) -> Result<(), String> {
    let stated = count(sums, name)?;
    if stated == listed {
        return Ok(());
    }
    let place = member(sums, name)?.place();
    Err(placed(&place, &format!("`{name}` says {stated}, and the tests that are listed come to {listed}")))
}

/// A member that has to be there.
fn member<'d>(object: Value<'d>, name: &str) -> Result<Value<'d>, String> {
    object.get(name).ok_or_else(|| placed(&object.place(), &format!("`{name}` is missing")))
}

fn list<'d>(object: Value<'d>, name: &str) -> Result<Value<'d>, String> {
    let list = member(object, name)?;
    if list.kind() == Kind::Array { Ok(list) } else { Err(placed(&list.place(), &format!("`{name}` is no list"))) }
}

/// A number of tests.
fn count(object: Value<'_>, name: &str) -> Result<u64, String> {
    let value = member(object, name)?;
    let count = if let Kind::Integer(count) = value.kind() { u64::try_from(count).ok() } else { None };
    count.ok_or_else(|| placed(&value.place(), &format!("`{name}` is no number of tests")))
}

/// A time in milliseconds since 1970; in seconds as some tools write it, which can't be mistaken for long to come.
fn moment(object: Value<'_>, name: &str) -> Option<Began> {
    const FEWEST: i64 = 100_000_000_000;
    let number = match object.get(name)?.kind() {
        Kind::Integer(number) => number,
        Kind::Float(number) => number as i64,
        _ => return None,
    };
    let at = match number {
        ..=0 => None,
        1..FEWEST => Timestamp::from_second(number).ok(),
        FEWEST.. => Timestamp::from_millisecond(number).ok(),
    };
    at.and_then(|at| Began::of(at, Offset::UTC))
}

fn placed(place: &Place, message: &str) -> String {
    let at = place.start();
    format!("line {}, column {}: {message}", at.line, at.column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn ctrf(summary: Value, statuses: &[&str]) -> Value {
        let tests: Vec<_> =
            statuses.iter().map(|status| json!({ "name": "a", "status": status, "duration": 1 })).collect();
        json!({ "results": { "tool": { "name": "t" }, "summary": summary, "tests": tests } })
    }

    fn summary() -> Value {
        json!({ "tests": 6, "passed": 2, "failed": 1, "pending": 1, "skipped": 1, "other": 1, "start": 1_795_255_200_000_i64 })
    }

    const STATUSES: &[&str] = &["passed", "failed", "passed", "other", "skipped", "pending"];

    fn jest(statuses: &[&str]) -> Value {
        let tests: Vec<_> = statuses.iter().map(|status| json!({ "title": "a", "status": status })).collect();
        json!({
            "numTotalTests": 4, "numPassedTests": 1, "numFailedTests": 1, "numPendingTests": 1, "numTodoTests": 1,
            "startTime": 1_795_255_200_000.5, "success": false,
            "testResults": [{ "assertionResults": tests, "status": "failed" }],
        })
    }

    fn of(report: &Value) -> Result<Report, String> {
        read(report.to_string().as_bytes())
    }

    #[test]
    fn what_people_have_in_json_is_read_as_the_xml_is() {
        let began = Began::read("2026-11-21T10:00:00Z");
        assert_eq!(of(&ctrf(summary(), STATUSES)), Ok(Report { passed: 2, failed: 2, skipped: 2, began }));
        let mut seconds = summary();
        seconds["start"] = json!(1_795_255_200);
        assert_eq!(of(&ctrf(seconds, STATUSES)).map(|report| report.began), Ok(began));
        let mut unknown = summary();
        unknown["start"] = json!(0);
        assert_eq!(of(&ctrf(unknown, STATUSES)).map(|report| report.began), Ok(None));
        let report = jest(&["passed", "failed", "pending", "todo"]);
        assert_eq!(of(&report), Ok(Report { passed: 1, failed: 1, skipped: 2, began }));
        // A file that can't be run has failed.
        let mut broken = report;
        let file = json!({ "assertionResults": [], "status": "failed" });
        broken["testResults"].as_array_mut().unwrap().push(file);
        assert_eq!(of(&broken).map(|report| report.failed), Ok(2));
        assert_eq!(read(b" <testsuite><testcase/></testsuite>").map(|report| report.passed), Ok(1));
    }

    #[test]
    fn what_contradicts_itself_is_not_read() {
        for (name, says) in [("tests", 6), ("passed", 2), ("failed", 1), ("pending", 1), ("skipped", 1), ("other", 1)] {
            let mut other = summary();
            other[name] = json!(says + 1);
            let why = of(&ctrf(other, STATUSES)).unwrap_err();
            let end = format!("`{name}` says {}, and the tests that are listed come to {says}", says + 1);
            assert!(why.starts_with("line 1, column ") && why.ends_with(&end), "{why}");
        }
        let good = jest(&["passed", "failed", "pending", "todo"]);
        for name in ["numTotalTests", "numPassedTests", "numFailedTests", "numPendingTests", "numTodoTests"] {
            let mut other = good.clone();
            other[name] = json!(2);
            assert!(of(&other).unwrap_err().contains("and the tests that are listed come to"), "{name}");
        }
        let mut success = good;
        success["success"] = json!(true);
        assert!(of(&success).unwrap_err().ends_with("`success` does not agree with the 1 that failed"));
    }

    #[test]
    fn what_is_no_report_says_why_and_where() {
        let none = json!({ "tests": 0, "passed": 0, "failed": 0, "pending": 0, "skipped": 0, "other": 0 });
        let mut half = summary();
        half["passed"] = json!(2.0);
        let mut both = ctrf(summary(), STATUSES);
        both["numTotalTests"] = json!(6);
        for (text, why) in [
            ("{}".to_owned(), "it is no report of CTRF or Jest: it has neither"),
            ("[1]".to_owned(), "it is no report of CTRF or Jest: it has neither"),
            (
                "{\n \"results\": {},\n \"results\": {}\n}".to_owned(),
                "line 3, column 2: the key `results` is used twice",
            ),
            ("{ \"results\": {".to_owned(), "line 1, column "),
            ("\u{feff}{}".to_owned(), "line 1, column 1: the text begins with a byte order mark"),
            ("[".repeat(100), "line 1, column 65: "),
            ("{\"results\": 1}".to_owned(), "line 1, column 13: `summary` is missing"),
            (json!({ "results": { "summary": summary() } }).to_string(), "line 1, column 12: `tests` is missing"),
            (json!({ "results": { "summary": {}, "tests": 7 } }).to_string(), "line 1, column 34: `tests` is no list"),
            (ctrf(none, &[]).to_string(), "it tells of no test"),
            (ctrf(half, STATUSES).to_string(), "line 1, column "),
            (ctrf(summary(), &["praised"]).to_string(), "line 1, column "),
            (both.to_string(), "line 1, column 12: it has `results` as CTRF and `numTotalTests` as Jest"),
        ] {
            let found = read(text.as_bytes()).unwrap_err();
            assert!(found.starts_with(why), "{text}: {found}");
        }
        let long = format!("{{\"results\": \"{}\"}}", "x".repeat(LIMITS.bytes));
        assert!(read(long.as_bytes()).is_err());
    }
}
