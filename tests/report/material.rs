//! Proposals, findings and faults to report.

use changegate::evidence::{Answer, Code, Entry, Question};
use changegate::facts::Phase;
use changegate::finding::{Because, Fault, Finding, Label, Level, Obligation};
use changegate::policy::Header;
use changegate::proposal::Scale;
use changegate::report::{Human, Json, Options, Report};
use changegate::source::{Place, Source, Span};
use changegate::verdict::{
    Acceptance, Configured, Judgement, OfRun, Part, Planned, Policies, Profile, RuleTerms, Scaled, Tally, Terms,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

pub const PROPOSAL: &str = r#"{
  "$schema": "https://changegate.dev/schema/proposal-v1.json",
  "id": "CHG-2026-118",
  "title": "PostgreSQL 16.4 to 17.2 for payments",
  "system": "payments-db",
  "reason": {
    "class": "routine",
    "text": "regular maintenance"
  },
  "backup": {
    "method": "base backup and WAL",
    "restore_test": {
      "at": "2026-05-01",
      "by": "dba@example.org"
    }
  },
  "window": {
    "start": "2026-11-21T02:00:00+01:00",
    "end": "2026-11-21T04:00:00+01:00"
  },
  "rollback": {
    "steps": [
      "switch the alias back to the old primary"
    ],
    "point_of_no_return": null
  }
}
"#;

const PROFILE: &str = r#"{
  "name": "payments-db",
  "owner": "payments",
  "criticality": "critical",
  "peak_hours": [ { "from": "08:00", "to": "20:00" } ]
}
"#;

const RULE: &str = r#"const RULE = #{ title: "A restore has been tested" };

fn check(p) {
    let limit = if p.system.is_critical { 30 } else { 90 };
    if days_before(now, p.backup.restore_test.at) > limit {
        deny(`the last restore test is older than ${limit} days`);
    }
}
"#;

/// The sources of one run.
pub struct Sources {
    pub proposal: Arc<Source>,
    pub profile: Arc<Source>,
    pub rule: Arc<Source>,
}

pub fn sources() -> Sources {
    Sources {
        proposal: Arc::new(Source::new("proposals/payments-db.json", PROPOSAL)),
        profile: Arc::new(Source::new("systems/payments-db.json", PROFILE)),
        rule: Arc::new(Source::new("policies/backup/restore-tested.rhai", RULE)),
    }
}

/// The first place where a text stands in a source.
pub fn place(source: &Arc<Source>, text: &str) -> Place {
    let start = source.text().find(text).unwrap_or_else(|| panic!("{text} stands in {}", source.name()));
    Place::new(source, Span::new(start, start + text.len()))
}

pub fn because(pointer: &str, value: Option<&str>, place: Place) -> Because {
    Because { pointer: pointer.into(), value: value.map(Into::into), place }
}

pub fn finding(rule: &str, level: Level, message: &str, pointer: &str, primary: Label) -> Finding {
    Finding {
        rule: rule.into(),
        level,
        message: message.into(),
        table: None,
        help: None,
        pointer: pointer.into(),
        primary,
        because: Vec::new(),
        related: Vec::new(),
        policy: None,
        waived: None,
    }
}

/// A value too old, and a reason in another file.
pub fn old_restore_test(s: &Sources) -> Finding {
    let at = place(&s.proposal, r#""2026-05-01""#);
    Finding {
        help: Some("restore the newest backup somewhere safe, time it, and record it in `backup.restore_test`".into()),
        because: vec![
            because("/system/criticality", Some(r#""critical""#), place(&s.profile, r#""critical""#)),
            because("/backup/restore_test/at", Some(r#""2026-05-01""#), at.clone()),
        ],
        policy: Some(place(&s.rule, "deny(`")),
        waived: None,
        ..finding(
            "backup/restore-tested",
            Level::Deny,
            "the last restore test is older than 30 days",
            "/backup/restore_test/at",
            Label::new(at, "204 days before the window"),
        )
    }
}

/// A field that is not there: the place is the object that should hold it.
pub fn no_duration(s: &Sources) -> Finding {
    let steps = place(
        &s.proposal,
        "{\n    \"steps\": [\n      \"switch the alias back to the old primary\"\n    ],\n    \"point_of_no_return\": null\n  }",
    );
    Finding {
        help: Some("measure how long the way back takes in a rehearsal and write it to `rollback.duration`".into()),
        because: vec![
            because("/rollback/duration", None, steps.clone()),
            because("/rollback/point_of_no_return", Some("null"), place(&s.proposal, "null")),
            because(
                "/window/end",
                Some(r#""2026-11-21T04:00:00+01:00""#),
                place(&s.proposal, r#""2026-11-21T04:00:00+01:00""#),
            ),
            because("/reason/class", Some(r#""routine""#), place(&s.proposal, r#""routine""#)),
        ],
        policy: Some(place(&s.rule, "if days")),
        waived: None,
        ..finding(
            "rollback/fits-window",
            Level::Deny,
            "it is not said how long the rollback takes, so nobody can tell whether it still fits into the window when the upgrade fails at its last step",
            "/rollback/duration",
            Label::new(steps, "`duration` is absent"),
        )
    }
}

pub fn vague_reason(s: &Sources) -> Finding {
    Finding {
        because: vec![because("/reason/class", Some(r#""routine""#), place(&s.proposal, r#""routine""#))],
        policy: Some(place(&s.rule, "check")),
        waived: None,
        ..finding(
            "reason/specific",
            Level::Warn,
            "the reason does not say what is gained",
            "/reason/text",
            Label::new(place(&s.proposal, r#""regular maintenance""#), "could be said of any upgrade"),
        )
    }
}

pub fn duplicate_key() -> Finding {
    let source = Arc::new(Source::new(
        "proposals/twice.json",
        "{\n  \"risk\": 9,\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3,\n  \"d\": 4,\n  \"e\": 5,\n  \"f\": 6,\n  \"g\": 7,\n  \"\\u0072isk\": 1\n}\n",
    ));
    Finding {
        help: Some("keep one of the two".into()),
        related: vec![Label::new(place(&source, r#""risk""#), "first given here")],
        ..finding(
            "proposal/duplicate-key",
            Level::Deny,
            "the key `risk` is given twice",
            "/risk",
            Label::new(place(&source, r#""\u0072isk""#), "given again here"),
        )
    }
}

pub fn rule_fault(s: &Sources) -> Fault {
    Fault::new("policy/unknown-field", "the proposal has no field `backup.restore_tests`")
        .help("did you mean `backup.restore_test`?")
        .at(place(&s.rule, "restore_test"), "no such field")
}

pub fn placeless_fault() -> Fault {
    Fault::new("input/not-found", "no file matches `proposals/*.json`")
        .help("name the proposals, or set `proposals` in changegate.toml")
}

/// A proposal on one line of a megabyte, with a finding far into it.
pub fn minified() -> Finding {
    let filler: String = (0..70_000).map(|n| format!("\"key{n:06}\":0,")).collect();
    let mut text = format!("{{{}\"at\":\"2026-05-01\",", &filler[..900_004]);
    text.push_str(&filler[900_004..]);
    text.push_str("\"end\":1}");
    let source = Arc::new(Source::new("proposals/minified.json", text));
    let at = place(&source, r#""2026-05-01""#);
    Finding {
        because: vec![because("/end", Some("1"), place(&source, "\"end\":1")), because("/at", None, at.clone())],
        ..finding(
            "backup/restore-tested",
            Level::Deny,
            "the last restore test is too old",
            "/at",
            Label::new(at, "204 days old"),
        )
    }
}

/// Row 21 of the threats: every text of a finding that a pull request can bring.
pub const HOSTILE: &str = "\x1b[31mred\x1b[0m \x1b]8;;http://evil\x07link\x1b]8;;\x07 \x1b]52;c;cm0=\x1b\\ \u{9b}2J \u{202e}ssap\u{202c} \u{2066}x\u{2069} z\u{200b}w \u{2028}\u{2029}\u{85} \x7f\x08\r\n::error::x \u{e0041}\u{fe0f} \u{fffe}\u{ffff}\u{fdd0}\u{1ffff} ::stop-commands::y ##[error]z";

pub fn hostile() -> Finding {
    let text = format!("{{\n\t\"note\": \"{}\", \"at\": \"1999-01-01\"\n}}\n", HOSTILE.replace('\n', ""));
    let source = Arc::new(Source::new(format!("proposals/{HOSTILE}.json"), text));
    let at = place(&source, r#""1999-01-01""#);
    Finding {
        help: Some(format!("help {HOSTILE}")),
        because: vec![
            because(&format!("/note{HOSTILE}"), Some(HOSTILE), place(&source, "note")),
            because(
                &format!("/other{HOSTILE}"),
                Some(HOSTILE),
                Place::new(&Arc::new(Source::new(HOSTILE, "x")), Span::new(0, 1)),
            ),
        ],
        related: vec![Label::new(Place::new(&Arc::new(Source::new(HOSTILE, "x")), Span::new(0, 1)), HOSTILE)],
        policy: Some(Place::new(&Arc::new(Source::new(HOSTILE, "x")), Span::new(0, 1))),
        waived: None,
        ..finding(
            HOSTILE,
            Level::Deny,
            &format!("message {HOSTILE}"),
            "/at",
            Label::new(at, format!("label {HOSTILE}")),
        )
    }
}

/// What could not be told.
pub fn unavailable(text: &str) -> Vec<Arc<Entry>> {
    vec![Arc::new(Entry {
        question: Question::File { path: text.into(), report: false },
        of: text.into(),
        at: "2026-11-21T12:00:00Z".into(),
        answer: Answer::Unavailable { code: Code::UNAVAILABLE, why: text.into(), help: text.into() },
    })]
}

pub fn judgement(file: &str, findings: Vec<Finding>) -> Judgement {
    Judgement {
        file: file.into(),
        id: Some("CHG-2026-118".into()),
        title: Some("PostgreSQL 16.4 to 17.2 for payments".into()),
        digest: Some(format!("sha256:{}", "ab".repeat(32))),
        profile: Some(Profile {
            file: "systems/payments-db.json".into(),
            digest: Some(format!("sha256:{}", "cd".repeat(32))),
        }),
        source: None,
        course: None,
        others: Vec::new(),
        consulted: Vec::new(),
        closed: false,
        evaluated: true,
        scale: Some(Scaled {
            scale: Scale::Critical,
            why: "the system is critical".into(),
            because: vec![because(
                "/system/criticality",
                Some(r#""critical""#),
                place(&sources().profile, r#""critical""#),
            )],
            strict: true,
        }),
        planned: Some(Planned {
            system: Some("payments-db".into()),
            zone: Some("Europe/Berlin".into()),
            windows: vec![("2026-11-21T02:00:00+01:00".into(), "2026-11-21T04:00:00+01:00".into())],
            decide_by: Some("2026-11-21T03:30:00+01:00".into()),
            ran: None,
        }),
        obligations: Vec::new(),
        accepted: Vec::new(),
        findings,
        faults: Vec::new(),
    }
}

/// Something that is owed, with hostile text in it.
pub fn owed(id: &str, due: Option<&str>) -> Obligation {
    Obligation {
        rule: "fast-track/obligations".into(),
        id: id.into(),
        what: format!("what was left out {HOSTILE}"),
        due: due.map(str::to_owned),
        place: place(&sources().proposal, "\"id\""),
    }
}

/// Something that was accepted, with hostile text in it.
pub fn accepted(by: &str, valid_through: Option<&str>) -> Acceptance {
    Acceptance {
        pointer: "/testing/cases/3/accepted".into(),
        path: "testing.cases[3].accepted".into(),
        of: valid_through.map(|_| HOSTILE.into()),
        by: by.into(),
        by_author: by == "@kim",
        reason: format!("it is used once a year {HOSTILE}"),
        valid_through: valid_through.map(str::to_owned),
        reference: valid_through.map(|_| HOSTILE.into()),
        place: place(&sources().proposal, "\"id\""),
    }
}

/// What a rule says of itself.
fn header(title: &str, level: Level) -> Arc<Header> {
    Arc::new(Header {
        title: title.to_owned().into(),
        why: "Whoever finds out during the upgrade finds out too late.".into(),
        help: "test it, and write down when that was".into(),
        phases: vec![Phase::Plan],
        level,
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
        part: Part::Off("we have no freezes, agreed with operations in OPS-12".into()),
        changes: Vec::new(),
    });
    terms
}

pub fn run(report: &mut impl Report, terms: &Terms, judgements: &[Judgement], faults: &[Fault]) {
    let mut tally = Tally::default();
    report.begin(terms).expect("a buffer takes all");
    for judgement in judgements {
        tally.add(judgement);
        report.judgement(judgement).expect("a buffer takes all");
    }
    let of_run = OfRun { faults: faults.to_vec(), ..OfRun::default() };
    tally.add_of_run(&of_run);
    report.end(&of_run, &tally).expect("a buffer takes all");
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
