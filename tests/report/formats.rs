//! The reports for other programs: what each looks like, of a run in which everything happens that can, and of one that judged nothing.

use crate::material::*;
use changegate::finding::{Fault, Finding, Level, Waived};
use changegate::report::{Azure, GitHub, GitLab, Html, JUnit, Markdown, Sarif};
use changegate::roster::Left;
use changegate::verdict::{Configured, Judgement, Terms};
use serde_json::Value;
use std::sync::Arc;

/// What a format makes of a run.
pub type Render = fn(&Terms, &[Judgement], &[Fault]) -> String;

macro_rules! render {
    ($format:ident) => {
        |terms, judgements, faults| {
            let mut out = Vec::new();
            run(&mut $format::new(&mut out), terms, judgements, faults);
            String::from_utf8(out).expect("text")
        }
    };
}

/// Each format by its name.
pub const FORMATS: [(&str, Render); 7] = [
    ("azure", render!(Azure)),
    ("github", render!(GitHub)),
    ("gitlab", render!(GitLab)),
    ("html", render!(Html)),
    ("junit", render!(JUnit)),
    ("markdown", render!(Markdown)),
    ("sarif", render!(Sarif)),
];

/// A page without its style and its script, which are files of their own, and without what is made of them.
pub fn bare(mut page: String) -> String {
    for (from, to) in [("Policy\" content=\"", "\">"), ("<style>", "</style>"), ("<script>", "</script>")] {
        if let Some(start) = page.find(from).map(|at| at + from.len())
            && let Some(length) = page[start..].find(to)
        {
            page.replace_range(start..start + length, "…");
        }
    }
    // A line for each element, so that what changes can be read.
    if page.starts_with("<!doctype") { page.replace("><", ">\n<") } else { page }
}

/// A proposal that passes, one with a denial, a warning and advice, one with a denial that is waived, and one that could not be judged.
pub fn everything() -> Vec<Judgement> {
    let s = sources();
    let advice = Finding { level: Level::Info, ..vague_reason(&s) };
    let waived = Waived {
        by: "@eve".into(),
        reason: "the restore is on Monday".into(),
        ticket: "OPS-12".into(),
        expires: "2026-12-20".into(),
        place: place(&s.rule, "deny(`"),
    };
    let let_through = Finding { waived: Some(Arc::new(waived)), ..old_restore_test(&s) };
    let mut undecided = judgement("proposals/gone.json", Vec::new());
    undecided.faults = vec![rule_fault(&s), placeless_fault()];
    undecided.consulted = unavailable("restore.log");
    let mut owing = judgement("proposals/owing.json", vec![let_through, duplicate_key()]);
    owing.obligations = vec![owed("load-test", Some("2026-12-20"))];
    owing.accepted = vec![accepted("@ada", Some("2026-12-20"))];
    let staged = Finding { level: Level::Warn, blocks_on: "2027-03-01".parse().ok(), ..old_restore_test(&s) };
    vec![
        judgement("proposals/fine.json", Vec::new()),
        judgement(s.proposal.name(), vec![advice, vague_reason(&s), old_restore_test(&s), no_duration(&s)]),
        owing,
        judgement("proposals/staged.json", vec![staged]),
        undecided,
    ]
}

#[test]
fn a_run_in_which_everything_happens() {
    for (name, render) in FORMATS {
        let report = render(&terms(), &everything(), &[placeless_fault()]);
        insta::assert_snapshot!(format!("everything_as_{name}"), bare(report));
    }
}

/// What was not judged never looks like a pass.
#[test]
fn a_run_that_judged_nothing() {
    for (name, render) in FORMATS {
        let report = render(&terms(), &[], &[]);
        assert!(report.contains("check/nothing-to-judge"), "{name}: {report}");
    }
    // Code scanning shows results alone, and takes what an upload has not for mended.
    let (_, sarif) = FORMATS.iter().find(|(name, _)| *name == "sarif").expect("a format");
    let unsaid = Terms { configuration: None, ..terms() };
    let configured = Configured { file: "gate/changegate.toml".into(), digest: None, scale: Vec::new() };
    for (terms, file) in
        [(unsaid, "changegate.toml"), (Terms { configuration: Some(configured), ..terms() }, "gate/changegate.toml")]
    {
        for (faults, code) in [(Vec::new(), "check/nothing-to-judge"), (vec![placeless_fault()], "input/not-found")] {
            let log: Value = serde_json::from_str(&sarif(&terms, &[], &faults)).expect("JSON");
            let results = log["runs"][0]["results"].as_array().expect("results");
            assert_eq!(results.len(), 1, "{log}");
            assert_eq!((&results[0]["ruleId"], &results[0]["level"]), (&code.into(), &"error".into()));
            let location = &results[0]["locations"][0]["physicalLocation"];
            assert_eq!(
                (&location["artifactLocation"]["uri"], &location["region"]["startLine"]),
                (&file.into(), &1.into())
            );
        }
    }
}

/// A list of tests would take it for one that passed.
#[test]
fn what_is_done_was_not_judged() {
    let (_, junit) = FORMATS.iter().find(|(name, _)| *name == "junit").expect("a format");
    let closed = Judgement { left: Some(Left::Done), ..Judgement::of("proposals/done.json".into()) };
    let report = junit(&terms(), &[closed], &[]);
    assert!(report.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""), "{report}");
    assert!(
        report.contains("name=\"closed\"><skipped message=\"it is done") && !report.contains("nothing denies"),
        "{report}"
    );
}

#[test]
fn a_run_that_passes() {
    for (name, render) in FORMATS {
        let report = render(&terms(), &[judgement("proposals/fine.json", Vec::new())], &[]);
        insta::assert_snapshot!(format!("a_pass_as_{name}"), bare(report));
    }
}
