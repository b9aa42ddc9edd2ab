//! Proposals, findings and faults to report.

mod hostile;
mod run;

pub use hostile::*;
pub use run::*;

use changegate::evidence::{Answer, Code, Entry, Question};
use changegate::facts::Phase;
use changegate::finding::{Because, Fault, Finding, Label, Level, Obligation};
use changegate::policy::{Days, Header};
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
        blocks_on: None,
        raised: false,
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
        blocks_on: None,
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
        blocks_on: None,
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
        blocks_on: None,
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
        trace: None,
        others: Vec::new(),
        consulted: Vec::new(),
        of_change: None,
        left: None,
        concern: None,
        ends: false,
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
