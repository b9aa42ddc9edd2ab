//! Where a report has no room for all, what is said of the change itself comes before what others have left on the base.

use crate::material::*;
use changegate::finding::{Finding, Level};
use changegate::report::{Azure, GitHub, Html, Json, Markdown, Options, Sarif, Told, Verbosity};
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

/// The first hundred at a terminal are told in full, and those of the change are among them whatever stands on the base before.
#[test]
fn the_terminal_tells_the_change_first_and_in_full() {
    let mut judgements: Vec<_> = (0..60).map(|at| denied(&format!("changes/base-{at}.json"), false, None, 2)).collect();
    judgements.push(denied("changes/met.json", false, Some(Concern::Meets), 1));
    judgements.extend((0..3).map(|at| denied(&format!("changes/zz-{at}.json"), true, None, 30)));
    let text = human(Options::default(), &terms(), &judgements, &[]);
    let (in_full, further) = text.split_once("100 are shown in full; what follows has a line each").expect("a limit");
    let told = |text: &str, name: &str| text.matches(&format!("[changes/{name}")).count();
    assert_eq!((told(in_full, "zz-"), told(in_full, "met"), told(in_full, "base-")), (90, 1, 9), "{in_full}");
    assert_eq!(further.matches("\nchanges/base-").count(), 111, "a line each");
    assert_eq!(shown(&text, &["changes/base-0.json", "changes/met.json", "changes/zz-0.json"])[0], "changes/zz-0.json");
    let quiet = Options { verbosity: Verbosity::Quiet, ..Options::default() };
    let text = human(quiet, &terms(), &judgements, &[]);
    let order = ["changes/zz-2.json:", "changes/met.json:", "changes/base-0.json:"];
    assert_eq!(shown(&text, &order), order);
}

/// With `-v` each proposal has a heading, which its findings stay under.
#[test]
fn findings_stand_under_their_heading() {
    let judgements = [denied("changes/a.json", false, None, 1), denied("changes/b.json", true, None, 1)];
    let text = human(Options { verbosity: Verbosity::Verbose, ..Options::default() }, &terms(), &judgements, &[]);
    let order = ["changes/b.json: blocked", "[changes/b.json:1:1]", "changes/a.json: blocked", "[changes/a.json:1:1]"];
    assert_eq!(shown(&text, &order), order, "{text}");
}

/// The rule to read about is the first that denies the change.
#[test]
fn the_rule_to_explain_is_of_the_change() {
    let s = sources();
    let of =
        |of_change, finding| Judgement { of_change: Some(of_change), ..judgement("changes/a.json", vec![finding]) };
    let judgements = [of(false, no_duration(&s)), of(true, old_restore_test(&s))];
    let text = human(Options::default(), &terms(), &judgements, &[]);
    assert!(text.contains("why      changegate explain backup/restore-tested\n"), "{text}");
}

/// A page has what needs most to be seen first, and of that what is of the change.
#[test]
fn a_page_lists_the_change_first() {
    let mut judgements: Vec<_> = (0..12).map(|at| denied(&format!("changes/base-{at}.json"), false, None, 1)).collect();
    judgements.push(denied("changes/met.json", false, Some(Concern::Meets), 1));
    judgements.push(denied("changes/zz.json", true, None, 1));
    judgements.push(Judgement { of_change: Some(true), ..judgement("changes/fine.json", Vec::new()) });
    let mut out = Vec::new();
    run(&mut Html::new(&mut out), &terms(), &judgements, &[]);
    let page = String::from_utf8(out).expect("text");
    let (_, list) = page.split_once("<section id=\"proposals\">").expect("a list");
    let names = list.split("<span class=\"dim file\">").skip(1).filter_map(|rest| rest.split('<').next());
    let names: Vec<_> = names.collect();
    let first = ["changes/zz.json", "changes/met.json", "changes/base-0.json"];
    assert_eq!((&names[..3], names[14]), (&first[..], "changes/fine.json"), "{names:?}");
    let counts: Vec<_> = list.split("<span class=\"n\">").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(counts[..3], ["1 denial", "1 denial, as on the base", "1 denial, not of this change"]);
}
