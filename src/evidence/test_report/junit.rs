//! Reports of tests in the XML of JUnit, which has no standard: what all of its writers agree on is `testcase`, and in it what became of
//! the test. Of the sums that stand in `testsuite` those of failures and errors are looked at, and only where they say more than is listed:
//! a list can be cut. Of what else they count, writers disagree.

use super::{Began, Report};
use crate::xml::{self, Node};

/// The most elements that a report may have, so that none takes all memory.
const MOST: u32 = 4_000_000;

/// What some writers say of a test by a word, and not by an element in it: that it was run, and that it was left out. What is called anything
/// else (`timedout`, `aborted`, `inconclusive`) has not passed, as far as anybody can tell.
const RUN: &[&str] = &[
    "",
    "passed",
    "pass",
    "success",
    "successful",
    "succeeded",
    "ok",
    "fixed",
    "run",
    "ran",
    "executed",
    "completed",
    "done",
];
const SKIPPED: &[&str] = &["skipped", "notrun", "disabled", "suppressed", "ignored", "pending", "untested"];

/// A suite that is open, with those in it that are closed.
struct Suite {
    /// Where it ends in the text.
    end: usize,
    /// The failures and errors that it says it has.
    stated: u64,
    /// Those that are listed: a test may have several.
    listed: u64,
    /// What failed: tests, and what went wrong beside them.
    failed: u64,
}

/// Reads a report.
///
/// # Errors
/// Why it can't be read, with line and column where that is known.
pub fn read(bytes: &[u8]) -> Result<Report, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = xml::parse(text, MOST).map_err(|error| error.why)?;
    let root = document.root_element();
    if !is_suite(root) {
        return Err(format!(
            "it is no report of JUnit: it begins with `{}`",
            root.tag_name().name().chars().take(40).collect::<String>()
        ));
    }
    let mut report = Report::default();
    let mut open: Vec<Suite> = Vec::new();
    for node in root.descendants().filter(|node| is_suite(*node) || is_test(*node)) {
        while let Some(suite) = open.pop_if(|suite| suite.end <= node.range().start) {
            suite.close(&mut open, &mut report);
        }
        if is_suite(node) {
            open.push(Suite::of(node)?);
            report.began = Began::first(report.began, node.attribute("timestamp").and_then(Began::read));
        } else if let Some(suite) = open.last_mut() {
            suite.add(node, &mut report);
        }
    }
    while let Some(suite) = open.pop() {
        suite.close(&mut open, &mut report);
    }
    Ok(report)
}

fn is_suite(node: Node<'_, '_>) -> bool {
    node.is_element() && matches!(node.tag_name().name(), "testsuite" | "testsuites")
}

fn is_test(node: Node<'_, '_>) -> bool {
    node.is_element() && node.tag_name().name() == "testcase"
}

/// How often a test or a suite says by itself that it went wrong.
fn wrongs(node: Node<'_, '_>) -> u64 {
    node.children().filter(|child| matches!(child.tag_name().name(), "failure" | "error")).count() as u64
}

impl Suite {
    fn of(node: Node<'_, '_>) -> Result<Self, String> {
        let stated = sum(node, "failures")? + sum(node, "errors")?;
        let wrongs = wrongs(node);
        Ok(Self { end: node.range().end, stated, listed: wrongs, failed: wrongs })
    }

    fn add(&mut self, test: Node<'_, '_>, report: &mut Report) {
        let wrongs = wrongs(test);
        let is_one = |stated: &str, words: &[&str]| words.iter().any(|word| stated.trim().eq_ignore_ascii_case(word));
        let stated = || ["status", "result"].into_iter().filter_map(|name| test.attribute(name));
        let is_other = |stated: &str| !is_one(stated, RUN) && !is_one(stated, SKIPPED);
        if wrongs > 0 || stated().any(is_other) {
            self.failed += 1;
            self.listed += wrongs.max(1);
        } else if test.children().any(|child| child.tag_name().name() == "skipped")
            || stated().any(|stated| is_one(stated, SKIPPED))
        {
            report.skipped += 1;
        } else {
            report.passed += 1;
        }
    }

    /// Adds it to the suite that it stands in. Sums are of all that stands in a suite, and so are held against that.
    fn close(self, open: &mut [Self], report: &mut Report) {
        let unlisted = self.stated.saturating_sub(self.listed);
        let failed = self.failed + unlisted;
        match open.last_mut() {
            Some(above) => {
                above.listed += self.listed + unlisted;
                above.failed += failed;
            }
            None => report.failed += failed,
        }
    }
}

/// A sum of a suite; none is none.
fn sum(suite: Node<'_, '_>, name: &str) -> Result<u64, String> {
    let stated = suite.attribute(name).map(str::trim).filter(|stated| !stated.is_empty());
    let Some(stated) = stated else { return Ok(0) };
    let sum = stated.parse().ok().filter(|sum| *sum <= u64::from(MOST));
    sum.ok_or_else(|| {
        let at = suite.document().text_pos_at(suite.range().start);
        format!("line {}, column {}: `{name}` is no number of tests", at.row, at.col)
    })
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
        let began = Began::read("2026-11-20T09:00:00+01:00");
        assert_eq!(read(text.as_bytes()), Ok(Report { passed: 2, failed: 2, skipped: 1, began }));
        let bom = "\u{feff}<testsuite timestamp=\"some day\"><testcase/></testsuite>";
        assert_eq!(read(bom.as_bytes()), Ok(Report { passed: 1, ..Report::default() }));
    }

    fn counts(text: &str) -> (u64, u64, u64) {
        let report = read(text.as_bytes()).unwrap_or_else(|why| panic!("{text}: {why}"));
        (report.passed, report.failed, report.skipped)
    }

    #[test]
    fn what_is_not_known_to_have_passed_has_not() {
        for (attributes, passed, failed, skipped) in [
            (r#"status="run" result="completed""#, 1, 0, 0),
            (r#"status="Passed""#, 1, 0, 0),
            (r#"result="""#, 1, 0, 0),
            (r#"status="timedout""#, 0, 1, 0),
            (r#"status="run" result="aborted""#, 0, 1, 0),
            (r#"result="Inconclusive""#, 0, 1, 0),
            (r#"status="notrun" result="suppressed""#, 0, 0, 1),
            (r#"status="skipped" result="timedout""#, 0, 1, 0),
        ] {
            assert_eq!(
                counts(&format!("<testsuite><testcase {attributes}/></testsuite>")),
                (passed, failed, skipped),
                "{attributes}"
            );
        }
    }

    /// A list that was cut still has its sums.
    #[test]
    fn what_the_sums_say_failed_has_failed_though_it_is_not_listed() {
        for (text, failed) in [
            (r#"<testsuite tests="500" failures="3" errors="2"><testcase/></testsuite>"#, 5),
            (r#"<testsuites failures="3"><testsuite><testcase/></testsuite></testsuites>"#, 3),
            // What is summed up twice is counted once, and what the suites tell each is added up.
            (r#"<testsuites failures="3"><testsuite failures="3"><testcase/></testsuite></testsuites>"#, 3),
            (
                r#"<testsuites failures="3"><testsuite failures="1"><testcase><failure/></testcase><testcase/></testsuite></testsuites>"#,
                3,
            ),
            (r#"<testsuites><testsuite failures="1"><testcase/></testsuite><testsuite errors="1"/></testsuites>"#, 2),
            // A suite that could not be run has no test.
            (
                r#"<testsuites><testsuite><testcase/></testsuite><testsuite errors="1"><error/></testsuite></testsuites>"#,
                1,
            ),
            (r#"<testsuites><testsuite><testcase/><failure/></testsuite></testsuites>"#, 1),
            (r#"<testsuite><testcase/><testsuite><error/></testsuite></testsuite>"#, 1),
        ] {
            assert_eq!(counts(text), (1, failed, 0), "{text}");
        }
    }

    #[test]
    fn sums_by_which_writers_disagree_say_nothing_else() {
        for text in [
            // A test may go wrong twice, and one that is tried again has failed though its sum says no more.
            r#"<testsuite tests="9" failures="1" errors="1"><testcase><failure/><error/></testcase><testcase/></testsuite>"#,
            r#"<testsuite failures="0"><testcase><failure/></testcase><testcase/></testsuite>"#,
            r#"<testsuite failures="" errors=" 1 "><testcase><error/></testcase><testcase/></testsuite>"#,
            r#"<testsuites failures="0"><testsuite failures="1"><testcase><failure/></testcase><testcase/></testsuite></testsuites>"#,
            r#"<testsuite tests="7" failures="2"><testcase><failure/><failure/></testcase><testcase/></testsuite>"#,
        ] {
            assert_eq!(counts(text), (1, 1, 0), "{text}");
        }
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
        let began = Began::read("2026-11-20T10:00:00.123");
        assert_eq!(read(text.as_bytes()), Ok(Report { passed: 1, failed: 2, skipped: 3, began }));
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
        for sum in ["-1", "many", "1.5", "4000001", "99999999999999999999"] {
            let text = format!("<testsuites>\n <testsuite errors=\"{sum}\"><testcase/></testsuite></testsuites>");
            assert_eq!(
                read(text.as_bytes()),
                Err("line 2, column 2: `errors` is no number of tests".to_owned()),
                "{sum}"
            );
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
