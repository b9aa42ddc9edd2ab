//! Reports of tests in the XML of JUnit, which has no standard: what all of its writers agree on is `testcase`, and in it what became of
//! the test. The sums that stand in `testsuite` are not looked at, as writers disagree on what they count.

use super::Report;
use crate::xml::{self, Node};
use jiff::Timestamp;

/// The most elements that a report may have, so that none takes all memory.
const MOST: u32 = 4_000_000;

/// Reads a report.
///
/// # Errors
/// Why it can't be read, with line and column where that is known.
pub fn read(bytes: &[u8]) -> Result<Report, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = xml::parse(text, MOST).map_err(|error| error.why)?;
    let root = document.root_element();
    if !matches!(root.tag_name().name(), "testsuites" | "testsuite") {
        return Err(format!(
            "it is no report of JUnit: it begins with `{}`",
            root.tag_name().name().chars().take(40).collect::<String>()
        ));
    }
    let mut report = Report::default();
    for element in root.descendants().filter(Node::is_element) {
        match element.tag_name().name() {
            "testcase" => {
                let has = |what: &[&str]| element.children().any(|child| what.contains(&child.tag_name().name()));
                // GoogleTest and CTest say it of the test itself, GoogleTest with no element in it.
                let says = |words: &[&str]| {
                    let mut said = ["status", "result"].iter().filter_map(|name| element.attribute(*name));
                    said.any(|word| words.iter().any(|one| word.eq_ignore_ascii_case(one)))
                };
                if has(&["failure", "error"]) || says(&["fail", "failed", "failure", "error"]) {
                    report.failed += 1;
                } else if has(&["skipped"]) || says(&["notrun", "suppressed", "skipped", "disabled"]) {
                    report.skipped += 1;
                } else {
                    report.passed += 1;
                }
            }
            "testsuite" | "testsuites" => {
                // A time without a zone is none: Gradle means UTC by it, and GoogleTest wherever it ran.
                let began = element.attribute("timestamp").and_then(|at| at.parse::<Timestamp>().ok());
                report.at = [report.at, began].into_iter().flatten().min();
            }
            _ => {}
        }
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_test_counts_once() {
        let text = r#"<?xml version="1.0"?>
            <testsuites tests="99"><testsuite name="a" timestamp="2026-11-20T10:00:00Z">
                <testcase name="1"/><testcase name="2"><system-out>x</system-out></testcase>
                <testcase name="3"><failure/><skipped/></testcase><testcase name="4"><error/><failure/></testcase>
                <testsuite timestamp="2026-11-20T09:00:00+01:00"><testcase name="5"><skipped message="m"/></testcase></testsuite>
            </testsuite></testsuites>"#;
        let at = "2026-11-20T08:00:00Z".parse().ok();
        assert_eq!(read(text.as_bytes()), Ok(Report { passed: 2, failed: 2, skipped: 1, at }));
        let bom = "\u{feff}<testsuite timestamp=\"2026-11-20T10:00:00\"><testcase/></testsuite>";
        assert_eq!(read(bom.as_bytes()), Ok(Report { passed: 1, ..Report::default() }));
    }

    #[test]
    fn tests_that_were_not_run_have_not_passed() {
        let text = r#"<testsuites timestamp="2026-11-20T10:00:00.123"><testsuite name="a" disabled="1">
                <testcase name="1" status="run" result="completed"/>
                <testcase name="2" status="notrun" result="suppressed"/>
                <testcase name="3" status="run" result="skipped"><skipped message="m"/></testcase>
                <testcase name="4" status="disabled"/><testcase name="5" status="fail"/>
                <testcase name="6" status="run" result="completed"><failure/></testcase>
            </testsuite></testsuites>"#;
        assert_eq!(read(text.as_bytes()), Ok(Report { passed: 1, failed: 2, skipped: 3, at: None }));
    }

    #[test]
    fn what_is_no_report_says_why() {
        for (text, why) in [
            ("", "it is no XML"),
            ("{}", "it is no XML"),
            ("<testsuite><testcase></testsuite>", "it is no XML"),
            ("<html><testcase/></html>", "it is no report of JUnit: it begins with `html`"),
            ("<!DOCTYPE a [<!ENTITY b \"x\">]><testsuite><testcase>&b;</testcase></testsuite>", "it is no XML"),
        ] {
            let error = read(text.as_bytes()).expect_err(text);
            assert!(error.starts_with(why), "{text}: {error}");
        }
        assert_eq!(read(b"\xff"), Err("it is not UTF-8".to_owned()));
    }

    #[test]
    fn deep_nesting_overflows_nothing() {
        let deep = "<testsuite>".repeat(200_000);
        assert!(read(deep.as_bytes()).is_err());
        let closed = deep.clone() + &"</testsuite>".repeat(200_000);
        assert_eq!(read(closed.as_bytes()), Ok(Report::default()));
    }
}
