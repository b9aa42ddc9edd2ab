//! A warning that blocks because of `--fail-on warn` is told as one, wherever it is read.

use crate::formats::FORMATS;
use crate::material::*;
use changegate::finding::{Finding, Level, Waived, raise};
use changegate::report::{Options, Told, Verbosity};
use changegate::verdict::Terms;
use std::sync::Arc;

/// What each report makes of a warning and a denial that went through `raise`, the warning let through by a waiver or not.
fn reports(fail_on: Level, is_waived: bool) -> Vec<(&'static str, String)> {
    let s = sources();
    let waived = Waived {
        by: "@eve".into(),
        reason: "it was said by mail".into(),
        ticket: "OPS-12".into(),
        expires: "2026-12-20".into(),
        place: place(&s.rule, "deny(`"),
    };
    let staged = Finding { blocks_on: Some(jiff::civil::date(2027, 3, 1)), ..vague_reason(&s) };
    let warning = if is_waived { staged } else { vague_reason(&s) };
    let mut findings = vec![warning, old_restore_test(&s)];
    raise(&mut findings, fail_on);
    findings[0].waived = is_waived.then(|| Arc::new(waived));
    reports_of(fail_on, findings)
}

/// What each report makes of findings.
fn reports_of(fail_on: Level, findings: Vec<Finding>) -> Vec<(&'static str, String)> {
    let s = sources();
    let (terms, judged) = (Terms { fail_on, ..terms() }, [judgement(s.proposal.name(), findings)]);
    let human = |verbosity| human(Options { width: 400, verbosity, ..Options::default() }, &terms, &judged, &[]);
    let json = json(&terms, &judged, &[]);
    let told = Told::parse(&json).expect("a report");
    let notices: Vec<_> = told.notices(9).0.into_iter().map(|notice| notice.message).collect();
    let mut all = vec![
        ("human", human(Verbosity::Normal)),
        ("quiet", human(Verbosity::Quiet)),
        ("json", json),
        ("comment", told.markdown()),
        ("check run", notices.join("\n")),
    ];
    all.extend(FORMATS.iter().map(|(name, render)| (*name, render(&terms, &judged, &[]))));
    all
}

/// What a report says of it.
fn said(name: &str) -> &'static str {
    match name {
        "json" => "\"raised\": true",
        "human" => "\n  blocks   because of `--fail-on warn`, and is a warning by itself\n",
        "junit" => "\nblocks because of `--fail-on warn`, and is a warning by itself\n",
        "markdown" | "comment" => {
            "what is gained<br>blocks because of <code>--fail-on warn</code>, and is a warning by itself"
        }
        "html" => "<b>Blocks</b> because of <code>--fail-on warn</code>, and is a warning by itself</p>",
        _ => "what is gained (blocks because of `--fail-on warn`, and is a warning by itself)",
    }
}

#[test]
fn each_report_says_that_it_is_a_warning() {
    for (name, report) in reports(Level::Warn, false) {
        assert_eq!(report.matches(said(name)).count(), 1, "{name}: {report}");
        // A page lists it besides.
        let listed = "what is gained</a> (blocks because of <code>--fail-on warn</code>, and is a warning by itself)";
        assert_eq!(report.contains(listed), name == "html", "{name}: {report}");
    }
}

/// That warnings block is told of a run, too, whatever came of it.
#[test]
fn people_read_that_warnings_block() {
    let strict = Terms { fail_on: Level::Warn, ..terms() };
    let judged = [judgement("proposals/fine.json", Vec::new())];
    let (_, page) = FORMATS.iter().find(|(name, _)| *name == "html").expect("a format");
    let page = page(&strict, &judged, &[]);
    assert!(page.contains("<dt>Fail on</dt><dd>warn: what would warn is a denial</dd>"), "{page}");
    let text = human(Options::default(), &strict, &judged, &[]);
    assert!(text.contains("\n  fail on  warn: what would warn is a denial\n"), "{text}");
}

/// What a staged rule would deny is told with the day from which on it does by itself.
#[test]
fn each_report_says_from_when_on_it_blocks_by_itself() {
    let s = sources();
    let mut findings = vec![Finding { blocks_on: Some(jiff::civil::date(2027, 3, 1)), ..vague_reason(&s) }];
    raise(&mut findings, Level::Warn);
    for (name, report) in reports_of(Level::Warn, findings) {
        let told = "because of `--fail-on warn`, and by itself from 2027-03-01";
        let report = report.replace("<code>", "`").replace("</code>", "`");
        match name {
            "json" => {
                assert!(report.contains("\"blocks_on\": \"2027-03-01\",\n          \"raised\": true"), "{report}")
            }
            "sarif" => {
                let both = "\"blocksOn\": \"2027-03-01\",\n            \"raised\": true";
                assert!(report.contains(both) && report.contains(told), "{report}");
            }
            _ => assert!(report.contains(told), "{name}: {report}"),
        }
        assert!(!report.contains("a warning by itself") && !report.contains("until then it warns"), "{name}: {report}");
    }
}

/// Nothing of the kind is said of a denial, of a warning that does not block, and of what a waiver lets through.
#[test]
fn nothing_else_is_told_as_one() {
    for (name, report) in reports(Level::Deny, false) {
        assert!(!report.contains("fail-on") && !report.contains("raised"), "{name}: {report}");
    }
    for (name, report) in reports(Level::Warn, true) {
        // For programs it stays what it is.
        assert!(
            name == "json" || ["--fail-on warn", "2027-03-01"].iter().all(|said| !report.contains(said)),
            "{name}: {report}"
        );
    }
}
