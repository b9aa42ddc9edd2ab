//! Where a report has no room for all, what is said of the change itself comes before what others have left on the base.

use crate::material::*;
use changegate::finding::{Finding, Level};
use changegate::report::{Azure, GitHub, Json, Markdown, Sarif, Told};
use changegate::roster::Concern;
use changegate::verdict::{Judgement, OfRun};

/// What each report with a limit makes of a run in which the change touches what it is judged by; the last two are the comment and the
/// annotations of a check run.
fn reports(judgements: &[Judgement]) -> Vec<(&'static str, String)> {
    let s = sources();
    let changed = Finding { rule: "trust/changed".into(), help: None, ..old_restore_test(&s) };
    let of_run = OfRun { findings: vec![changed], ..OfRun::default() };
    macro_rules! render {
        ($format:ident) => {{
            let mut out = Vec::new();
            run_with(&mut $format::new(&mut out), &terms(), judgements, &of_run);
            String::from_utf8(out).expect("text")
        }};
    }
    let told = Told::parse(&render!(Json)).expect("a report");
    let notices: Vec<_> =
        told.notices(5).0.into_iter().map(|notice| format!("{} {}", notice.file, notice.title)).collect();
    vec![
        ("github", render!(GitHub)),
        ("azure", render!(Azure)),
        ("sarif", render!(Sarif)),
        ("markdown", render!(Markdown)),
        ("comment", told.markdown()),
        ("check run", notices.join("\n")),
    ]
}

/// A proposal that nobody has judged before, or that stands on the base, with so many denials in its own file.
fn denied(file: &str, of_change: bool, concern: Option<Concern>, denials: usize) -> Judgement {
    let source = std::sync::Arc::new(changegate::source::Source::new(file, "{}"));
    let primary = changegate::finding::Label::new(place(&source, "{"), "here");
    let one = finding("window/long-enough", Level::Deny, "it is too short", "", primary);
    Judgement { of_change: Some(of_change), concern, ..judgement(file, vec![one; denials]) }
}

/// The lines that name one of these, by their numbers.
fn shown<'n>(report: &str, names: &[&'n str]) -> Vec<&'n str> {
    let mut found: Vec<_> = names.iter().filter_map(|name| Some((report.find(name)?, *name))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn what_the_change_is_denied_for_itself_is_in_each_report() {
    let drafts: Vec<_> = (0..60).map(|at| denied(&format!("changes/{at}.json"), true, None, 100)).collect();
    for (name, report) in reports(&drafts) {
        assert_eq!(shown(&report, &["trust/changed", "window/long-enough"])[0], "trust/changed", "{name}");
    }
}

#[test]
fn what_is_of_the_change_is_told_before_what_is_on_the_base() {
    let mut judgements: Vec<_> =
        (0..12).map(|at| denied(&format!("changes/base-{at}.json"), false, None, 100)).collect();
    judgements.push(denied("changes/met.json", false, Some(Concern::Meets), 1));
    judgements.push(denied("changes/pinned.json", false, Some(Concern::Pins), 1));
    judgements.push(denied("changes/zz.json", true, None, 1));
    let order = ["trust/changed", "changes/zz.json", "changes/pinned.json", "changes/met.json", "changes/base-0.json"];
    for (name, report) in reports(&judgements) {
        // SARIF names the files of the rules, too.
        let report = report.split_once("\"results\"").map_or(&*report, |(_, results)| results);
        assert_eq!(shown(report, &order), order, "{name}: {report:.3000}");
    }
}

/// A fold of the summary and of the comment has room for some thirty.
#[test]
fn the_author_finds_the_own_proposal_among_those_of_others() {
    let mut judgements: Vec<_> = (0..90).map(|at| denied(&format!("changes/base-{at}.json"), false, None, 1)).collect();
    let own = Judgement {
        title: Some("it is mine".into()),
        of_change: Some(true),
        ..judgement("changes/zz.json", Vec::new())
    };
    judgements.push(own);
    for (name, report) in reports(&judgements).into_iter().filter(|(name, _)| matches!(*name, "markdown" | "comment")) {
        let (_, proposals) = report.split_once("<summary>Proposals (91)").expect("a fold");
        assert_eq!(shown(proposals, &["it is mine", "PostgreSQL 16.4"])[0], "it is mine", "{name}: {proposals:.2000}");
    }
}

/// What is left out may be left out elsewhere as well; the JSON report alone has all.
#[test]
fn what_is_left_out_is_sought_where_it_is() {
    let drafts: Vec<_> = (0..60).map(|at| denied(&format!("changes/{at}.json"), true, None, 100)).collect();
    let reports = reports(&drafts);
    for (name, told) in [
        ("github", "5992 more findings and errors have no annotation; the JSON report has them all"),
        ("azure", "5901 more findings and errors have no issue; the JSON report has them all"),
    ] {
        let (_, report) = reports.iter().find(|(known, _)| *known == name).expect("a format");
        assert!(report.contains(told), "{report}");
    }
}
