//! The results that the record holds: acceptance, logs, monitoring, what users were told, what was made up for.

use super::communication::AUDIENCES;
use super::deploy::MEASURED;
use super::terms::{accepted, date, instant, line, lines, list, name, people, person, proofs, prose, reference, word};
use super::testing::RESULTS;
use crate::proposal::shape::{Choice, Kind, LINES, Object, PERCENT, choice, field, object};

pub static ACCEPTANCE: Object = object(
    "acceptance-record",
    "The results of the acceptance checks.",
    &[
        list("results", &Kind::Object(&RESULT), "One result for each check of `acceptance.checks`."),
        person("accepted_by", "Who declared the upgrade accepted."),
        instant("at", "When."),
    ],
);

pub static RESULT: Object = object(
    "acceptance-result",
    "The result of one acceptance check.",
    &[
        line("check", "The check, as `acceptance.checks` names it.")
            .examples(&[r#""a card payment of 1 euro""#])
            .required(),
        word("result", RESULTS, "What came out.").required(),
        instant("at", "When."),
        person("by", "Who made it."),
        line("observed", "What was seen, where it differs from what was expected.")
            .examples(&[r#""took 4 seconds the first time, and less than 1 after that""#]),
        accepted("accepted", "Who accepts that it did not pass."),
        proofs("evidence", "What shows it."),
    ],
);

pub static LOGS: Object = object(
    "log-review",
    "The logs that were reviewed. Each sort is either reviewed or not applicable.",
    &[
        list("reviewed", &Kind::Choice(LOG_KINDS), "Which were reviewed."),
        list("not_applicable", &Kind::Choice(LOG_KINDS), "Which the system does not have."),
        instant("from", "From when on they were read."),
        instant("to", "Until when they were read."),
        people("by", "Who read them."),
        field("findings", LINES, "What was found. An empty list says: nothing.")
            .examples(&[r#"["a warning about collations at each start, known and harmless"]"#]),
        reference("reference", "Where they are."),
    ],
);

pub static MONITORING: Object = object(
    "monitoring-record",
    "What was measured after the upgrade.",
    &[
        instant("start", "From when it was watched."),
        instant("end", "Until when; the planned duration has passed then.")
            .examples(&[r#""2026-12-06T05:00:00+01:00""#]),
        list("measured", &Kind::Object(&MEASURED), "The values, for each metric of `monitoring.metrics`."),
        lines("feedback", "What users reported. An empty list says: nothing. No rule judges it.")
            .examples(&[r#"["the accounting department says that the closing is faster"]"#]),
        accepted(
            "accepted",
            "Who accepts values outside their tolerance, data that were lost, a long downtime, an upgrade outside of its window or in a freeze; the reason names each.",
        ),
        person("by", "Who watched."),
        field("availability", PERCENT, "The share of time in which the service was up.").examples(&["99.98"]),
    ],
);

pub static AFTERWARDS: Object = object(
    "communication-record",
    "What users were told after the upgrade.",
    &[
        instant("confirmed_at", "When they were told that the service is back."),
        line("channel", "Over which channel. No rule judges it.")
            .examples(&[r#""mail to all shops, and the status page""#]),
        list("to", &Kind::Choice(AUDIENCES), "Who was told."),
        field(
            "changes_explained",
            LINES,
            "The changes in function that were explained. An empty list says: there are none.",
        )
        .examples(&[r#"["refunds show the day of the payment now"]"#]),
        field("known_limits", LINES, "The limits that were told. An empty list says: there are none.")
            .examples(&[r#"["the old export is gone, the new one is on page 2"]"#]),
        reference("reference", "Where it can be seen."),
    ],
);

pub static RECONCILED: Object = object(
    "reconciliation-result",
    "The result of one comparison between the old and the new data.",
    &[
        name("name", "The comparison, as `migration.data.reconciliation` names it.")
            .required()
            .examples(&[r#""ledger-rows""#]),
        word("result", RESULTS, "What came out.").required(),
        line("source", "The figure or the checksum of the old side alone, with its unit. What else there is to say stands in `evidence`.").examples(&[r#""41820133 rows""#]),
        line("target", "The figure or the checksum of the new side alone, with its unit, written as in `source`.").examples(&[r#""41 820 133 rows""#]),
        instant("at", "When it was compared."),
        accepted("accepted", "Who accepts a difference."),
        proofs("evidence", "What shows it."),
    ],
);

pub static DECOMMISSION: Object = object(
    "decommission-record",
    "What became of the old side of a migration.",
    &[
        word("status", PROGRESS, "How far it has come.").required(),
        date("on", "When it was done, or is due."),
        person("owner", "Who sees to it."),
        reference("ticket", "Where it is followed."),
    ],
);

pub static REVIEW: Object = object(
    "review-record",
    "The review after a fast track.",
    &[
        instant("at", "When it took place.").required(),
        people("by", "Who took part."),
        prose("outcome", "What it found.")
            .examples(&[r#""the haste was needed; the test under load is made part of the pipeline""#]),
        list("obligations", &Kind::Object(&MET), "What became of each obligation of the fast track."),
        reference("reference", "Where it is written."),
    ],
);

pub static MET: Object = object(
    "obligation-record",
    "What became of an obligation.",
    &[
        name("id", "The obligation, as `fast_track.obligations` names it.").required().examples(&[r#""load-test""#]),
        word("status", PROGRESS, "How far it has come.").required(),
        date("on", "When it was done, or is due."),
        person("by", "Who did it."),
        accepted("accepted", "Who accepts that it is not done."),
        proofs("evidence", "What shows it."),
    ],
);

const LOG_KINDS: &[Choice] = &[
    choice("error", "Errors."),
    choice("warning", "Warnings."),
    choice("failed-job", "Failed jobs."),
    choice("authentication", "Log-ins that succeeded or failed."),
    choice("migration", "The migration of data."),
    choice("integration", "Interfaces to other systems."),
];

const PROGRESS: &[Choice] = &[
    choice("done", "It is done."),
    choice("scheduled", "It has a date and an owner."),
    choice("open", "It is neither."),
];
