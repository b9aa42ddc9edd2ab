//! Whole runs: by what was judged, and what a report makes of it.

use super::*;

/// What a rule says of itself.
fn header(title: &str, level: Level) -> Arc<Header> {
    Arc::new(Header {
        title: title.to_owned().into(),
        why: "Whoever finds out during the upgrade finds out too late.".into(),
        help: "test it, and write down when that was".into(),
        phases: vec![Phase::Plan],
        level,
        days: Days::default(),
        params: BTreeMap::new(),
        descriptions: Cow::Borrowed(&[]),
        controls: vec!["NIST-800-53 CP-9(1)".into()],
        example: "".into(),
    })
}

pub fn terms() -> Terms {
    let rule = |id: &str, title: &str, level, part, changes: &[&str]| RuleTerms {
        id: id.into(),
        header: header(title, level),
        source: Arc::new(Source::new(format!("built-in:{id}.rhai"), RULE)),
        level,
        days: Days::default(),
        blocks_on: None,
        part,
        changes: changes.iter().map(|&change| change.into()).collect(),
    };
    Terms {
        waivers: Vec::new(),
        calendars: Vec::new(),
        base: None,
        change: changegate::evidence::Answer::Absent,
        version: "0.1.0",
        phase: "plan",
        now: "2026-11-20T12:00:00Z".into(),
        now_given: false,
        fail_on: Level::Deny,
        rules_digest: format!("sha256:{}", "01".repeat(32)),
        configuration: Some(Configured {
            file: "changegate.toml".into(),
            digest: Some(format!("sha256:{}", "23".repeat(32))),
            scale: Vec::new(),
        }),
        policies: Policies::default(),
        rules: vec![
            rule("backup/restore-tested", "A restore has been tested", Level::Deny, Part::Evaluated, &[]),
            rule(
                "record/reviewed",
                "The upgrade was looked back on",
                Level::Warn,
                Part::OtherPhase(vec!["close"]),
                &[],
            ),
            rule("rollback/fits-window", "The way back fits into the window", Level::Deny, Part::Evaluated, &[]),
        ],
        skipped: Vec::new(),
    }
}

/// Terms in which everything is said that can be.
pub fn adjusted_terms() -> Terms {
    let mut terms = terms();
    terms.now_given = true;
    terms.fail_on = Level::Warn;
    let configured = terms.configuration.as_mut().expect("a configuration");
    configured.scale = vec![r#"routine_sizes = ["patch", "minor", "major"] instead of ["patch", "minor"]"#.into()];
    terms.skipped = vec![".git/".into(), "changes/.old.json".into()];
    terms.policies = Policies { builtin: false, folders: vec!["policies".into(), "../shared/policies".into()] };
    terms.rules[0].changes = vec!["level lowered from deny to warn".into(), "max_age_days = 60 instead of 90".into()];
    terms.rules.push(RuleTerms {
        id: "freeze/company-calendar".into(),
        header: header("No upgrade falls into a freeze", Level::Deny),
        source: Arc::new(Source::new("policies/freeze/company-calendar.rhai", RULE)),
        level: Level::Deny,
        days: Days::default(),
        blocks_on: None,
        part: Part::Off("we have no freezes, agreed with operations in OPS-12".into()),
        changes: Vec::new(),
    });
    let day = |day: &str| day.parse().ok();
    terms.rules.push(RuleTerms {
        id: "house/old".into(),
        header: header("What was asked for until the move", Level::Deny),
        source: Arc::new(Source::new("policies/house/old.rhai", RULE)),
        level: Level::Deny,
        days: Days { effective_on: None, expires_on: day("2026-11-01") },
        blocks_on: None,
        part: Part::Expired(day("2026-11-01").expect("a day")),
        changes: Vec::new(),
    });
    terms.rules[2].level = Level::Warn;
    terms.rules[2].days.effective_on = day("2027-03-01");
    terms.rules[2].blocks_on = day("2027-03-01");
    terms
}

pub fn run(report: &mut impl Report, terms: &Terms, judgements: &[Judgement], faults: &[Fault]) {
    run_with(report, terms, judgements, &OfRun { faults: faults.to_vec(), ..OfRun::default() });
}

/// The same, with what is found of the run itself.
pub fn run_with(report: &mut impl Report, terms: &Terms, judgements: &[Judgement], of_run: &OfRun) {
    let mut tally = Tally::default();
    report.begin(terms).expect("a buffer takes all");
    for judgement in judgements {
        tally.add(judgement);
        report.judgement(judgement).expect("a buffer takes all");
    }
    tally.add_of_run(of_run);
    report.end(of_run, &tally).expect("a buffer takes all");
}

pub fn human(options: Options, terms: &Terms, judgements: &[Judgement], faults: &[Fault]) -> String {
    let mut out = Vec::new();
    run(&mut Human::new(&mut out, options), terms, judgements, faults);
    String::from_utf8(out).expect("text")
}

pub fn json(terms: &Terms, judgements: &[Judgement], faults: &[Fault]) -> String {
    let mut out = Vec::new();
    run(&mut Json::new(&mut out), terms, judgements, faults);
    String::from_utf8(out).expect("text")
}
