//! A report for programs that is told anew says what the run has said.

use crate::formats::everything;
use crate::material::*;
use changegate::finding::{Fault, Finding, Level, Table};
use changegate::policy::Days;
use changegate::report::{Html, Human, Json, Markdown, Options, Told, Verbosity};
use changegate::roster::{Concern, Left};
use changegate::verdict::{Base, Judgement, OfRun, Outcome, Part, RuleTerms, Terms};

/// The Markdown of a run, and the Markdown of its report for programs.
fn both(terms: &Terms, judgements: &[Judgement], faults: &[Fault]) -> (String, String) {
    let mut out = Vec::new();
    run(&mut Markdown::new(&mut out), terms, judgements, faults);
    let own = String::from_utf8(out).expect("text");
    let told = Told::parse(&json(terms, judgements, faults)).expect("a report");
    (own.strip_prefix("<!-- changegate -->\n").expect("a marker").to_owned(), told.markdown())
}

/// The same finding with the parts of its figure, as a rule tells them.
fn with_table() -> Finding {
    let finding = old_restore_test(&sources());
    let table = Table {
        headline: finding.message.len(),
        rows: vec![("backup".into(), "25 min".into()), ("up|grade".into(), "50 min".into())],
    };
    let message = format!("{} (backup 25 min, up|grade 50 min)", finding.message);
    Finding { message, table: Some(table), ..finding }
}

fn close() -> Terms {
    Terms { phase: "close", now: "2026-11-20T12:00:00.123456789Z".into(), ..terms() }
}

/// Whoever is there that night reads what passed, when it is and by when a rollback is decided; a close lets nothing go ahead.
#[test]
fn a_pass_names_what_may_go_ahead_and_when() {
    let mut untitled = judgement("proposals/untitled.json", Vec::new());
    (untitled.title, untitled.id, untitled.planned) = (None, None, None);
    let page = both(&terms(), &[judgement("proposals/fine.json", Vec::new()), untitled], &[]).0;
    for told in [
        "The upgrades may go ahead.",
        "| ✅ | PostgreSQL 16.4 to 17.2 for payments | payments-db | 2026-11-21 02:00 to 04:00 +01:00, Europe/Berlin | 2026-11-21 03:30 +01:00 |",
        "| ✅ | proposals/untitled.json |  |  |  |",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let page = both(&close(), &[judgement("proposals/fine.json", vec![vague_reason(&sources())])], &[]).0;
    assert!(page.contains("The upgrade may be called done; the warnings do not block it."), "{page}");
    assert!(page.contains("as of 2026-11-20T12:00:00Z."), "{page}");
}

/// At the close, when it ran, beside when it should have.
#[test]
fn what_ran_otherwise_than_planned_is_told() {
    let ran = |start: &str, end: &str| {
        let mut judged = judgement("proposals/fine.json", Vec::new());
        judged.planned.as_mut().expect("times").ran = Some((start.into(), end.into()));
        let (own, told) = both(&close(), &[judged], &[]);
        assert_eq!(own, told);
        own
    };
    let page = ran("2026-11-21T02:05:00+01:00", "2026-11-21T05:10:00+01:00");
    let row = "| 2026-11-21 02:00 to 04:00 +01:00<br>ran 2026-11-21 02:05 to 05:10 +01:00, Europe/Berlin |";
    assert!(page.contains(row), "{page}");
    let page = ran("2026-11-21T02:00:00+01:00", "2026-11-21T04:00:00+01:00");
    assert!(!page.contains("<br>ran "), "{page}");
}

/// What somebody else has left on the base is told from what the change does, in each report for people.
#[test]
fn what_is_not_of_the_change_is_told() {
    const SAID: [&str; 4] = [
        "<code>proposals/payments-db.json:13:13</code><br>as on the base, and not of this change |",
        "| PostgreSQL 16.4 to 17.2 for payments<br>as on the base, and not of this change |",
        "on base  proposals/old.json is blocked: as on the base, and not of this change",
        "<dt>Change</dt><dd>It is as on the base, and not of this change.</dd>",
    ];
    let of = |of_change: Option<bool>, findings: Vec<Finding>| {
        let old = Judgement { of_change, ..judgement("proposals/old.json", findings) };
        let judgements = [judgement("proposals/fine.json", Vec::new()), old];
        let (own, told) = both(&terms(), &judgements, &[]);
        assert_eq!(own, told);
        let mut page = Vec::new();
        run(&mut Html::new(&mut page), &terms(), &judgements, &[]);
        let page = String::from_utf8(page).expect("text");
        let [normal, quiet] = [Verbosity::Normal, Verbosity::Quiet]
            .map(|verbosity| human(Options { verbosity, ..Options::default() }, &terms(), &judgements, &[]));
        let listed = page.contains("<span class=\"n\">1 denial, not of this change</span>");
        assert_eq!(listed, quiet.contains("1 denial (1 proposal as on the base, not of this change)"), "{quiet}");
        (listed, SAID.map(|said| [&own, &normal, &page].iter().any(|report| report.contains(said))))
    };
    let s = sources();
    let denied = || vec![old_restore_test(&s)];
    assert_eq!(of(Some(false), denied()), (true, [true; 4]));
    for (of_change, findings) in
        [(Some(true), denied()), (None, denied()), (Some(false), vec![vague_reason(&s)]), (Some(false), Vec::new())]
    {
        assert_eq!(of(of_change, findings), (false, [false; 4]), "{of_change:?}");
    }
}

#[test]
fn markdown_is_the_same() {
    let base = Base { name: "main".into(), commit: "b".repeat(40), head: "a".repeat(40) };
    let strict = Terms { fail_on: Level::Warn, now_given: true, base: Some(base), ..terms() };
    for (terms, judgements, faults) in [
        (terms(), everything(), vec![placeless_fault()]),
        (strict, vec![judgement("proposals/fine.json", vec![hostile(), minified()])], Vec::new()),
        (terms(), vec![judgement("proposals/fine.json", vec![with_table()])], Vec::new()),
        (terms(), Vec::new(), Vec::new()),
        (close(), vec![judgement("proposals/fine.json", vec![vague_reason(&sources())])], Vec::new()),
    ] {
        let (own, told) = both(&terms, &judgements, &faults);
        // What was accepted is named by its pointer, as the path is not in that report.
        assert_eq!(told, own.replace("testing.cases&#91;3&#93;.accepted", "/testing/cases/3/accepted"));
    }
}

/// They are on one line, which has an end and obeys nobody.
#[test]
fn rules_without_a_part_are_told() {
    let with = |number: usize, reason: &str| {
        let mut terms = terms();
        for at in 0..number {
            let Terms { rules, .. } = terms;
            let one = |id: String, part, expires_on| RuleTerms {
                id: id.into(),
                header: rules[0].header.clone(),
                source: rules[0].source.clone(),
                level: Level::Deny,
                days: Days { expires_on, ..Days::default() },
                blocks_on: None,
                part,
                changes: Vec::new(),
            };
            let day = "2026-11-01".parse().expect("a day");
            let off = one(format!("house/off-{at}"), Part::Off(reason.to_owned()), None);
            let expired = one(format!("house/old-{at}"), Part::Expired(day), Some(day));
            terms = Terms { rules: rules.into_iter().chain([off, expired]).collect(), ..super::material::terms() };
        }
        let (own, told) = both(&terms, &[judgement("proposals/fine.json", Vec::new())], &[]);
        assert_eq!(own, told);
        let line = own.lines().find(|line| line.starts_with("Rules without a part: ")).map(str::to_owned);
        (own, line)
    };
    assert_eq!(with(0, "").1, None);
    let expected = "Rules without a part: <code>house/off-0</code> is off (we have none); <code>house/old-0</code> has expired on 2026-11-01.";
    assert_eq!(with(1, "we have none").1.as_deref(), Some(expected));
    let (page, line) = with(1_000, HOSTILE);
    let line = line.expect("a line");
    assert!(line.len() < 2_100 && line.ends_with(" more."), "{line}");
    assert!(page.lines().all(|line| !line.starts_with("::")) && !page.contains("<script"), "{page}");
}

#[test]
fn notices_are_of_what_has_a_place_the_foremost_first() {
    let told = Told::parse(&json(&terms(), &everything(), &[placeless_fault()])).expect("a report");
    assert_eq!((told.outcome(), told.phase(), told.head()), (Outcome::Undecided, "plan", None));
    let (notices, left_out) = told.notices(3);
    assert_eq!((notices.len(), left_out), (3, told.notices(100).0.len() - 3));
    insta::assert_debug_snapshot!(told.notices(100).0);
}

/// As it stands in a comment.
#[test]
fn a_comment() {
    let base = Base { name: "main".into(), commit: "b".repeat(40), head: "a".repeat(40) };
    let terms = Terms { base: Some(base), ..terms() };
    let s = sources();
    let judged = [judgement(s.proposal.name(), vec![old_restore_test(&s), vague_reason(&s)])];
    insta::assert_snapshot!(both(&terms, &judged, &[]).1);
}

/// What the change has to do with says what that is, and what was not judged says why, in each report for people.
#[test]
fn why_a_proposal_is_there_is_told() {
    let s = sources();
    let of = |judged: Judgement| {
        let (own, told) = both(&terms(), std::slice::from_ref(&judged), &[]);
        assert_eq!(own, told);
        let mut page = Vec::new();
        run(&mut Html::new(&mut page), &terms(), std::slice::from_ref(&judged), &[]);
        (
            own,
            human(Options { width: 200, ..Options::default() }, &terms(), &[judged], &[]),
            String::from_utf8(page).expect("text"),
        )
    };
    for (concern, why) in [
        (Concern::Pins, "as on the base, and the change pins what it proposes"),
        (Concern::Meets, "as on the base, and the change brings a proposal that meets it"),
    ] {
        let met = judgement("proposals/old.json", vec![old_restore_test(&s)]);
        let (markdown, shown, page) = of(Judgement { of_change: Some(false), concern: Some(concern), ..met });
        assert_eq!(markdown.matches(&format!("<br>{why} |")).count(), 2, "{markdown}");
        assert!(shown.contains(&format!("\n  on base  proposals/old.json is blocked: {why}\n")), "{shown}");
        assert!(page.contains(&format!("<dt>Change</dt><dd>It is {why}.</dd>")), "{page}");
    }
    let planned = judgement("proposals/old.json", Vec::new());
    let planned = Judgement { of_change: Some(true), left: Some(Left::Plan), evaluated: false, ..planned };
    let (markdown, ..) = of(planned);
    let row = "| planned | PostgreSQL 16.4 to 17.2 for payments<br>its plan is as on the base, where it was judged; what is new is judged in the phases deploy and close |";
    assert!(markdown.contains(row) && markdown.contains("1 proposal, 1 planned."), "{markdown}");
}

/// How the others are told of who mend what is no author's.
const THEIRS: [&str; 3] =
    ["whoever made the change", "whoever keeps the waivers and calendars", "denied as on the base"];

/// Who mends what blocks depends on whose it is; a proposal that nobody has denied has no author to send for.
#[test]
fn what_is_to_be_done_is_told_to_whom_it_concerns() {
    let s = sources();
    let next = |judged: Judgement, findings: Vec<Finding>| {
        let of_run = OfRun { findings, ..OfRun::default() };
        let judged = [judged];
        let (mut own, mut json, mut page, mut shown) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        run_with(&mut Human::new(&mut shown, Options { width: 400, ..Options::default() }), &terms(), &judged, &of_run);
        run_with(&mut Markdown::new(&mut own), &terms(), &judged, &of_run);
        run_with(&mut Json::new(&mut json), &terms(), &judged, &of_run);
        run_with(&mut Html::new(&mut page), &terms(), &judged, &of_run);
        let [own, json, page, shown] = [own, json, page, shown].map(|out| String::from_utf8(out).expect("text"));
        let told = Told::parse(&json).expect("a report").markdown();
        let all = [own, told, page].map(|report| {
            let said = report.lines().find(|line| line.contains("Next:")).unwrap_or_default().to_owned();
            [THEIRS[0], THEIRS[1], THEIRS[2], "whoever wrote the proposal mends"].map(|who| said.contains(who))
        });
        let (_, shown) = shown.split_once("\n  next ").expect("what to do");
        let own = shown.contains("fix the denial above") || shown.contains("fix the denials of proposals");
        let [change, kept, base] = THEIRS.map(|who| shown.contains(who));
        let shown = [change, kept, base, own];
        assert!(all[0] == all[1] && all[0] == all[2] && all[0] == shown, "{all:?} {shown:?}");
        [own, change, kept, base]
    };
    let changed = || vec![Finding { rule: "trust/changed".into(), ..old_restore_test(&s) }];
    // With `--fail-on warn` what warns of a waiver is a denial, which is no work of the change.
    let unused = || vec![Finding { rule: "waiver/unused".into(), raised: true, ..old_restore_test(&s) }];
    let left_out = || vec![Finding { rule: "calendar/left-out".into(), raised: true, ..old_restore_test(&s) }];
    let denied = |of_change| Judgement { of_change, ..judgement("changes/a.json", vec![old_restore_test(&s)]) };
    assert_eq!(next(judgement("changes/a.json", Vec::new()), changed()), [false, true, false, false]);
    assert_eq!(next(denied(Some(true)), Vec::new()), [true, false, false, false]);
    assert_eq!(next(denied(None), changed()), [true, true, false, false]);
    assert_eq!(next(denied(Some(false)), Vec::new()), [false, false, false, true]);
    assert_eq!(next(judgement("changes/a.json", Vec::new()), unused()), [false, false, true, false]);
    assert_eq!(next(denied(Some(true)), left_out()), [true, false, true, false]);
    assert_eq!(next(denied(Some(false)), [changed(), unused()].concat()), [false, true, true, true]);
    // What can't be judged is for whoever runs the gate, and what is denied meanwhile for the same as ever.
    let undecided = |of_change, findings| {
        let one = judgement("changes/a.json", findings);
        Judgement { of_change, faults: vec![placeless_fault()], ..one }
    };
    assert_eq!(next(undecided(Some(true), vec![old_restore_test(&s)]), Vec::new()), [true, false, false, false]);
    assert_eq!(next(undecided(Some(true), Vec::new()), changed()), [false, true, false, false]);
    assert_eq!(next(undecided(Some(false), vec![old_restore_test(&s)]), changed()), [false, true, false, true]);
    assert_eq!(next(undecided(Some(true), vec![vague_reason(&s)]), Vec::new()), [false, false, false, false]);
}

/// It may come from a run that others had a hand in.
#[test]
fn numbers_that_no_run_has_are_told() {
    let mut report: serde_json::Value = serde_json::from_str(&json(&terms(), &[], &[])).expect("JSON");
    report["outcome"] = "pass".into();
    for number in ["closed", "open", "planned", "proposals"] {
        report["summary"][number] = u64::MAX.into();
    }
    let told = Told::parse(&report.to_string()).expect("a report");
    assert!(told.markdown().contains("The change needs no further proposal."), "{}", told.markdown());
}
