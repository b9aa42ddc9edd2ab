//! The way back, ready before the way forward is taken.

use super::terms::{
    METRICS, NO_RETURN, OUTCOMES, instant, line, list, minutes, names, one, person, proofs, prose, reference, word,
};
use crate::proposal::shape::{Choice, Kind, LINE, Object, choice, field, object};

pub static ROLLBACK: Object = object(
    "rollback",
    "How the old state is brought back (back-out), or, where that is impossible, how the new one is repaired.",
    &[
        word("approach", APPROACHES, "How it is done."),
        prose(
            "plan",
            "The plan in a few sentences. \"Restore the backup if needed\" is not a plan: say what is restored, by whom, from where and how it is verified.",
        ).examples(&[r#""@dan stops the writers and promotes the replica that stayed on 15.8; @eve checks the last ten payments against the ledger.""#]),
        list(
            "steps",
            &Kind::Object(&STEP),
            "What is done, in order: which files, databases and configuration are restored.",
        ),
        person(
            "decision_owner",
            "Who decides that it is rolled back; among the contacts that can be reached in the window.",
        ),
        person("deputy", "Who decides when the decision owner cannot be reached; somebody else, reachable as well."),
        list("triggers", &Kind::Object(&TRIGGER), "The measurable conditions on which it is rolled back."),
        minutes("duration", "How long the rollback takes, verification included."),
        minutes(
            "data_loss",
            "The data that may be lost by it, as a length of time; 0 for none. It must fit in the system's recovery point objective.",
        ),
        line("lost_data", "Which data those are.")
            .examples(&[r#""payments booked after the cutover; replayed from the queue""#]),
        line("notification", "How users are told: who tells whom, over which channel.")
            .examples(&[r#""@eve posts on the status page within 10 minutes""#]),
        word("after_migration", AFTER_MIGRATION, "Whether it is still possible once data have been migrated."),
        one("point_of_no_return", &NO_RETURN, "The moment after which there is no way back, where there is one."),
        prose("forward_repair", "How the new state is repaired where there is no way back.").examples(&[r#""the export of the old tables is loaded into the new ones by tools/replay, table by table""#]),
        one("rehearsal", &REHEARSAL, "The last trial of the rollback."),
        names(
            "requires",
            "The components and systems that must work for the rollback to work. Where the change itself can break one of them, `independent_access` says how it is reached all the same.",
        ),
        line("independent_access", "The way to the system that does not depend on what is changed.")
            .examples(&[r#""serial console over the out-of-band network""#]),
        reference("runbook", "Where the full procedure is written. No rule judges it."),
    ],
);

pub static STEP: Object = object(
    "rollback-step",
    "One step of the rollback.",
    &[
        line("action", "What is done.").required().examples(&[r#""point the load balancer at the 15.8 cluster""#]),
        word("restores", RESTORES, "What it brings back."),
        names("components", "The components, data stores or systems that it concerns."),
        minutes("duration", "How long it takes."),
        person("by", "Who does it."),
        line("verify", "How one sees that it worked.")
            .examples(&[r#""SELECT version() answers 15.8, and the last payment is there""#]),
    ],
);

pub static TRIGGER: Object = object(
    "rollback-trigger",
    "A condition on which it is rolled back.",
    &[
        line("when", "The condition, so that two people would decide alike: a figure and how long it must hold.")
            .required()
            .examples(&[r#""more than 1 % of payments fail for 5 minutes""#]),
        word("metric", METRICS, "The metric that is looked at."),
        field(
            "above",
            Kind::Number { min: -1e12, max: 1e12, unit: "unit of the metric" },
            "Roll back when the metric is above this.",
        )
        .examples(&[r#"2.5"#]),
        field(
            "below",
            Kind::Number { min: -1e12, max: 1e12, unit: "unit of the metric" },
            "Roll back when the metric is below this.",
        )
        .examples(&[r#"99.0"#]),
        field("unit", LINE, "The unit of `above` and `below`.").examples(&[r#""percent""#, r#""ms""#]),
        minutes("during", "How long the condition must hold."),
    ],
);

pub static REHEARSAL: Object = object(
    "rehearsal",
    "A trial of the rollback.",
    &[
        instant("at", "When it was done.").required(),
        word("extent", EXTENTS, "How much of it was tried.").required(),
        word("outcome", OUTCOMES, "How it ended.").required(),
        minutes("duration", "How long it took."),
        line("environment", "Where it was tried.")
            .examples(&[r#""staging, with a copy of production of the week before""#]),
        person("by", "Who did it."),
        proofs("evidence", "What shows it."),
    ],
);

const APPROACHES: &[Choice] = &[
    choice("reinstall", "The old version is installed again."),
    choice("restore", "A backup or a snapshot is restored."),
    choice("switch-back", "Traffic goes back to the old installation, which still stands."),
    choice("disable", "The new part is switched off by a flag or by configuration."),
    choice("forward-repair", "There is no way back; the new state is repaired."),
];

const RESTORES: &[Choice] = &[
    choice("files", "Files, packages or images."),
    choice("database", "A database."),
    choice("configuration", "Configuration."),
    choice("traffic", "Where traffic goes."),
    choice("hardware", "A device or its firmware."),
    choice("nothing", "Nothing: the step prepares, stops, verifies or tells."),
];

const AFTER_MIGRATION: &[Choice] = &[
    choice("no-migration", "No data are migrated."),
    choice("possible", "It is possible without loss."),
    choice("with-loss", "It is possible, and data are lost."),
    choice("impossible", "It is not possible; `point_of_no_return` and `forward_repair` say what then."),
];

const EXTENTS: &[Choice] = &[
    choice("full", "All of it."),
    choice("partial", "The steps that are most likely to fail."),
    choice("walk-through", "On paper only."),
];
