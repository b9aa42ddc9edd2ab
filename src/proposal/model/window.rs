//! Time for the upgrade and for its failure; the freeze around it.

use super::terms::{INTERVAL, REFERENCES, instant, list, minutes, names, person, prose, reference};
use crate::proposal::shape::{Choice, Kind, Object, choice, field, object};

pub static WINDOW: Object = object(
    "window",
    "When the upgrade happens. Everything that may be needed has to fit between `start` and `end`, a rollback included.",
    &[
        instant("start", "When the change window opens."),
        instant("end", "When it closes; that moment no longer belongs to it.")
            .examples(&[r#""2026-12-06T05:00:00+01:00""#]),
        field("zone", Kind::Zone, "The time zone in which the people at work count hours.")
            .examples(&[r#""Europe/Berlin""#]),
        minutes("preparation", "Time to prepare, inside the window."),
        minutes("final_backup", "Time for the last backup before the upgrade."),
        minutes(
            "upgrade",
            "Time for the upgrade itself, data migration included. Where stages begin in the window, all of them together: from the first until the last is done, with the watching in between.",
        ),
        minutes("verification", "Time to verify the result."),
        minutes("repair", "Time to repair small faults before a rollback is considered."),
        minutes("rollback_decision", "Time to decide on a rollback."),
        minutes("rollback", "Time for the rollback; not less than `rollback.duration`."),
        minutes("communication", "Time to tell people how it ended."),
        instant(
            "latest_rollback_decision",
            "The latest moment to decide on a rollback. From then until `end` there is time for the rollback, and for telling people.",
        ),
        list(
            "alternatives",
            &Kind::Object(&INTERVAL),
            "Other times that would do as well, and later ones in which stages begin. What is asked of the window is asked of each one in which a stage begins, too: all parts but `preparation` and `final_backup` have to fit into it, and a rollback is decided as long before its end. Of one in which no stage begins this is not asked before it becomes the window.",
        ),
        prose("reason", "Why this time, where another would be expected.")
            .examples(&[r#""the only Sunday of the month without a run of invoices""#]),
    ],
);

pub static FREEZE: Object = object(
    "freeze",
    "The freeze of unrelated changes that this upgrade asks for around its own window.",
    &[
        instant("start", "When it begins; not later than the window."),
        instant("end", "When it ends; not earlier than the window.").examples(&[r#""2026-12-06T05:00:00+01:00""#]),
        list("covers", &Kind::Choice(FROZEN), "What may not be changed meanwhile.")
            .examples(&[r#"["configuration", "network", "database", "access"]"#]),
        names("systems", "The systems that are frozen, besides this one."),
        field(
            "paths",
            REFERENCES,
            "The folders or patterns of this repository that are frozen; a merge into one of them breaks the freeze.",
        )
        .examples(&[r#"["deploy/payments/**", "network/**"]"#]),
        person("declared_by", "Who declares it. No rule judges it."),
        reference("reference", "Where it was announced."),
    ],
);

const FROZEN: &[Choice] = &[
    choice("configuration", "Configuration."),
    choice("network", "Network, firewall, name service."),
    choice("database", "Databases."),
    choice("access", "Access, roles and permissions."),
    choice("releases", "Releases of other software."),
];
