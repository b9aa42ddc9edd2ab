//! The model of a proposal and of a system profile: one file per section of the catalogue.
//!
//! Sections are optional here: rules say what an upgrade of some class must show. Inside an object only that is required
//! without which it would say nothing.
//!
//! One proposal lives through three phases, and nothing in it is rewritten. The plan fills in everything down to
//! `migration`, then `deploy` is added, then `record`. What was planned and what came of it therefore stand in different
//! places, and results refer to plans by name. A trial that is only planned leaves out its `outcome`.

mod acceptance;
mod backup;
mod change;
mod communication;
mod compatibility;
mod component;
mod deploy;
mod evidence;
mod fast_track;
mod impact;
mod inventory;
mod migration;
mod migration_kinds;
mod monitoring;
mod people;
mod reason;
mod record;
mod results;
mod rollback;
mod service;
mod system;
mod terms;
mod testing;
mod window;

pub use evidence::EVIDENCE;

use self::terms::{flag, instant, line, list, one, person, prose, reference};
use super::shape::{Field, Kind, NAMES, Object, field, object};

/// The root of a proposal.
pub static PROPOSAL: Object = object(
    "proposal",
    "An upgrade or a migration, from its plan to its record.",
    &[
        schema(),
        format(),
        field(
            "id",
            Kind::Name,
            "The name of the proposal, unique in the repository; best the name of its file.",
        )
        .required()
        .examples(&[r#""2026-12-payments-db-16""#]),
        line("title", "The upgrade in one line.")
            .required()
            .examples(&[r#""PostgreSQL 15.8 to 16.4 for payments""#]),
        prose("description", "What a reader should know before the details."),
        flag("draft", "Whether it is still being written. A draft never passes."),
        person(
            "submitted_by",
            "The author of the proposal, by the handle on the code host. The author's own approval does not count.",
        ),
        field("co_authors", NAMES, "Who else wrote it. Their approvals do not count either.")
            .examples(&[r#"["@bo"]"#]),
        instant("submitted_at", "When it was submitted; the lead time is counted from here.")
            .examples(&[r#""2026-11-20T14:00:00+01:00""#]),
        reference("ticket", "The change request or ticket that it belongs to."),
        field("after", NAMES, "The proposals that have to be done before this one, by their ids.")
            .examples(&[r#"["2026-11-payments-app-9"]"#]),
        one("system", &system::SYSTEM, "The system that is upgraded, which names its profile.")
            .required(),
        one("change", &change::CHANGE, "What is changed, from which version to which.").required(),
        one("reason", &reason::REASON, "Why change at all."),
        one("impact", &impact::IMPACT, "Who notices, and for how long."),
        one(
            "inventory",
            &inventory::INVENTORY,
            "What the upgrade adds to the inventory of the system.",
        ),
        one(
            "compatibility",
            &compatibility::COMPATIBILITY,
            "What was confirmed to work with the new version.",
        ),
        one("backup", &backup::BACKUP, "From what the system can be brought back."),
        one("testing", &testing::TESTING, "How the new version was tried."),
        one("rollback", &rollback::ROLLBACK, "The way back."),
        one("window", &window::WINDOW, "When it happens, and how long each part takes."),
        one("freeze", &window::FREEZE, "The freeze of other changes around it."),
        one("support", &people::SUPPORT, "Who can be reached meanwhile."),
        list("approvals", &Kind::Object(&people::APPROVAL), "Who agreed."),
        one(
            "fast_track",
            &fast_track::FAST_TRACK,
            "Asks for the short cycle of a security emergency.",
        ),
        one("communication", &communication::COMMUNICATION, "Who is told what, and when."),
        one("acceptance", &acceptance::ACCEPTANCE, "How one will know that it worked."),
        one("monitoring", &monitoring::MONITORING, "How the system is watched afterwards."),
        one("migration", &migration::MIGRATION, "What a migration has to show on top."),
        one(
            "deploy",
            &deploy::DEPLOY,
            "What is stated minutes before it begins; added for the deploy phase.",
        ),
        one("record", &record::RECORD, "What is recorded afterwards; added for the close phase."),
    ],
);

/// The root of a system profile.
pub static PROFILE: Object = object(
    "profile",
    "What is true of a system whoever upgrades it.",
    &[schema(), format(), one("system", &system::SYSTEM, "The system.").required()],
);

const fn schema() -> Field {
    reference("$schema", "The address of the JSON Schema, so that editors complete and explain while typing. Not judged.")
        .examples(&[r#""https://changegate.dev/schema/proposal-v1.json""#])
}

const fn format() -> Field {
    field(
        "changegate",
        Kind::Count { min: 1, max: 1, unit: "version of the format" },
        "The version of this format.",
    )
    .required()
    .examples(&["1"])
}
