//! What is stated minutes before the upgrade begins.

use super::communication::AUDIENCES;
use super::monitoring::figure;
use super::terms::{
    CONFIGURATION_ITEMS, METRICS, OUTCOMES, instant, line, list, name, one, person, proofs, reference, version, word,
};
use crate::proposal::shape::{Choice, Kind, Object, choice, field, object};

pub static DEPLOY: Object = object(
    "deploy",
    "What is stated minutes before the upgrade begins. Nothing that was planned has to be rewritten for it.",
    &[
        instant("at", "When it was stated."),
        person("by", "Who states it and carries out the upgrade."),
        instant("freeze_began_at", "When the freeze around the window began."),
        one("backup", &FINAL_BACKUP, "The final backup: taken after the freeze began, and before the upgrade."),
        one("configuration", &FINAL_CONFIGURATION, "The configuration as it was recorded last."),
        list("contacts_reached", &Kind::Object(&REACHED), "The contacts who answered, and when."),
        list("notices_sent", &Kind::Object(&SENT), "The notices that went out."),
        list("running", &Kind::Object(&RUNNING), "The versions that were found running just before."),
        list("baseline", &Kind::Object(&MEASURED), "Normal values that were taken since the plan was written."),
        list("late_tests", &Kind::Object(&LATE_TEST), "Tests and trials that were made since the plan was written."),
        list(
            "later",
            &Kind::Object(&LATER),
            "What is stated minutes before the work goes on in a later window, one for each; what is stated above stays, and its lists of notices, normal values and tests are added to.",
        ),
    ],
);

pub static LATER: Object = object(
    "deploy-later",
    "What is stated minutes before the work goes on in a later window, one of `window.alternatives` in which a stage begins.",
    &[
        instant("at", "When it was stated.").required(),
        person("by", "Who states it and carries out the stages of this window."),
        one(
            "backup",
            &FINAL_BACKUP,
            "The backup made since the window before, so that what was written in between is not lost.",
        ),
        one("configuration", &FINAL_CONFIGURATION, "The configuration, where it was recorded anew."),
        list("contacts_reached", &Kind::Object(&REACHED), "The contacts who answered, and when."),
        list(
            "running",
            &Kind::Object(&RUNNING),
            "The versions that were found running: the new one where a stage of an earlier window has been, the old one elsewhere.",
        ),
    ],
);

pub static FINAL_BACKUP: Object = object(
    "final-backup",
    "The last backup before the upgrade.",
    &[
        instant("at", "When it was complete.").required(),
        line("location", "Where it is.").examples(&[r#""s3://backups-payments/2026-12-06""#]),
        field("digest", Kind::Digest, "Its digest.")
            .examples(&[r#""sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08""#]),
        instant("verified_at", "When it was checked to be whole."),
        word("outcome", OUTCOMES, "What that check found."),
        proofs("evidence", "What shows it."),
    ],
);

pub static FINAL_CONFIGURATION: Object = object(
    "final-configuration",
    "The configuration as it was recorded last.",
    &[
        instant("at", "When it was recorded.").required(),
        list("recorded", &Kind::Choice(CONFIGURATION_ITEMS), "What was recorded, besides what the plan lists."),
        reference("reference", "Where the record is."),
    ],
);

pub static REACHED: Object = object(
    "contact-reached",
    "A contact who answered.",
    &[person("name", "Who.").required(), instant("at", "When.").required()],
);

pub static SENT: Object = object(
    "notice-sent",
    "A notice that went out.",
    &[
        list("to", &Kind::Choice(AUDIENCES), "Who was told.").required(),
        instant("at", "When.").required(),
        reference("reference", "Where it can be seen."),
    ],
);

pub static RUNNING: Object = object(
    "running-version",
    "A version that was found running.",
    &[
        name("component", "The component.").required().examples(&[r#""database""#]),
        name("site", "The site or node, where there are several.").examples(&[r#""berlin-1""#]),
        version(
            "version",
            "The version. Where a patch level, a firmware or a driver is changed, that one, and not what the profile calls the component.",
        )
        .required(),
    ],
);

pub static MEASURED: Object = object(
    "measured",
    "A value that was measured.",
    &[
        word("metric", METRICS, "What was measured.").required(),
        line("name", "Which exactly, as `monitoring.metrics` names it.").examples(&[r#""p95 of POST /payments""#]),
        figure("value", "The value.").examples(&[r#"192.0"#]).required(),
        proofs("evidence", "What shows it."),
    ],
);

pub static LATE_TEST: Object = object(
    "late-test",
    "A test or a trial that was made after the plan was written.",
    &[
        word("of", LATE, "What was tried.").required(),
        instant("at", "When.").required(),
        word("outcome", OUTCOMES, "How it ended.").required(),
        line("name", "Which test case, as `testing.cases` names it.").examples(&[r#""refund over the old interface""#]),
        version("version", "The version that was tried."),
        proofs("evidence", "What shows it."),
    ],
);

const LATE: &[Choice] = &[
    choice("test-case", "A test case."),
    choice("load", "The test under load."),
    choice("pilot", "The pilot."),
    choice("restore", "A restore."),
    choice("integrity", "The integrity of the backup."),
    choice("rehearsal", "The rollback."),
];
