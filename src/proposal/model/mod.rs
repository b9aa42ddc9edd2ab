//! The model of a proposal and of a system profile: one file per section of the catalogue.
//!
//! Sections are optional here: rules say what an upgrade of some class must show. Inside an object only that is required
//! without which it would say nothing.
//!
//! One proposal lives through three phases, and nothing in it is rewritten. The plan fills in everything down to
//! `migration`, then `deploy` is added, then `record`. What was planned and what came of it therefore stand in different
//! places, and results refer to plans by name. A trial that is only planned leaves out its `outcome`.

mod acceptance;
mod advisories;
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
mod organisation;
mod packages;
mod people;
mod reason;
mod record;
mod results;
mod reviews;
mod rollback;
mod service;
mod system;
mod terms;
mod testing;
mod window;

pub use change::REVERSIBILITIES;
pub use evidence::{EVIDENCE, OTHER_PROPOSAL, SHIFT, TARGET, UNKNOWN, WORK_WINDOW};
pub use organisation::{FREEZE_PERIOD, LOW_RISK_PERIOD};
pub use packages::{ELSEWHERE, PACKAGE_CHANGES_MAX};
pub use people::APPROVER_ROLES;
pub use reason::URGENCIES;
pub use system::CRITICALITIES;
pub use terms::{ACCEPTED, PROOF, STEP_SIZES};
pub use testing::ACCEPTED_SPOT;

use self::terms::{flag, instant, line, list, one, person, prose, reference};
use super::shape::{Field, Kind, NAMES, Object, PEOPLE, field, object};

/// The root of a proposal.
pub static PROPOSAL: Object = object(
    "proposal",
    "An upgrade or a migration, from its plan to its record.",
    &[
        schema(&[r#""../schemas/proposal-v1.json""#]),
        format(),
        field("id", Kind::Name, "The name of the proposal, unique in the repository; best the name of its file.")
            .required()
            .examples(&[r#""2026-12-payments-db-16""#]),
        line("title", "The upgrade in one line.").required().examples(&[r#""PostgreSQL 15.8 to 16.4 for payments""#]),
        prose("description", "What a reader should know before the details.").examples(&[r#""Version 15 ends its support in a year; this takes the payments database to 16 without a change for its callers.""#]),
        flag("draft", "Whether it is still being written. A draft never passes."),
        person(
            "submitted_by",
            "The author of the proposal, by the handle on the code host. The author's own approval does not count.",
        ),
        field("co_authors", PEOPLE, "Who else wrote it. Their approvals do not count either.").examples(&[r#"["@bo"]"#]),
        instant("submitted_at", "When it was submitted; the lead time is counted from here.")
            .examples(&[r#""2026-11-20T14:00:00+01:00""#]),
        reference("ticket", "The change request or ticket that it belongs to."),
        field("after", NAMES, "The proposals that have to be done before this one, by their ids.")
            .examples(&[r#"["2026-11-payments-app-9"]"#]),
        one("system", &system::SYSTEM, "The system that is upgraded, which names its profile.").required(),
        one("change", &change::CHANGE, "What is changed, from which version to which.").required(),
        one("reason", &reason::REASON, "Why change at all."),
        one("impact", &impact::IMPACT, "Who notices, and for how long."),
        one("inventory", &inventory::INVENTORY, "What the upgrade adds to the inventory of the system."),
        one("compatibility", &compatibility::COMPATIBILITY, "What was confirmed to work with the new version."),
        one("backup", &backup::BACKUP, "From what the system can be brought back."),
        one("testing", &testing::TESTING, "How the new version was tried."),
        one("rollback", &rollback::ROLLBACK, "The way back."),
        one("window", &window::WINDOW, "When it happens, and how long each part takes."),
        one("freeze", &window::FREEZE, "The freeze of other changes around it."),
        one("support", &people::SUPPORT, "Who can be reached meanwhile."),
        list("approvals", &Kind::Object(&people::APPROVAL), "Who agreed."),
        one("fast_track", &fast_track::FAST_TRACK, "Asks for the short cycle of a security emergency."),
        one("communication", &communication::COMMUNICATION, "Who is told what, and when."),
        one("acceptance", &acceptance::ACCEPTANCE, "How one will know that it worked."),
        one("monitoring", &monitoring::MONITORING, "How the system is watched afterwards."),
        one("migration", &migration::MIGRATION, "What a migration has to show on top."),
        one("deploy", &deploy::DEPLOY, "What is stated minutes before it begins; added for the deploy phase."),
        one("record", &record::RECORD, "What is recorded afterwards; added for the close phase."),
    ],
);

/// The root of a system profile.
pub static PROFILE: Object = object(
    "profile",
    "What is true of a system whoever upgrades it.",
    &[schema(&[r#""../schemas/profile-v1.json""#]), format(), one("system", &system::SYSTEM, "The system.").required()],
);

const fn schema(examples: &'static [&'static str]) -> Field {
    reference(
        "$schema",
        "The address of the JSON Schema, so that editors complete and explain while typing. Not judged.",
    )
    .examples(examples)
}

const fn format() -> Field {
    field("changegate", Kind::Count { min: 1, max: 1, unit: "version of the format" }, "The version of this format.")
        .required()
        .examples(&["1"])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::proposal::shape::Choice;

    /// Every object that can be reached from the three roots, by name.
    fn objects() -> BTreeMap<&'static str, &'static Object> {
        fn visit(object: &'static Object, found: &mut BTreeMap<&'static str, &'static Object>) {
            if let Some(other) = found.insert(object.name, object) {
                assert!(std::ptr::eq(other, object), "two objects are called `{}`", object.name);
                return;
            }
            for field in object.fields {
                if let Some(inner) = innermost_object(&field.kind) {
                    visit(inner, found);
                }
            }
        }
        let mut found = BTreeMap::new();
        for root in [&PROPOSAL, &PROFILE, &EVIDENCE] {
            visit(root, &mut found);
        }
        found
    }

    fn innermost_object(kind: &Kind) -> Option<&'static Object> {
        match kind {
            Kind::List(items) => innermost_object(items),
            Kind::Object(object) => Some(object),
            _ => None,
        }
    }

    fn words(kind: &Kind) -> &'static [Choice] {
        match kind {
            Kind::List(items) => words(items),
            Kind::Choice(words) => words,
            _ => &[],
        }
    }

    #[test]
    fn names_are_unique_and_uniform() {
        let is_lower = |text: &str, joint: char| {
            text.starts_with(|c: char| c.is_ascii_lowercase())
                && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint)
        };
        for (name, object) in objects() {
            assert!(is_lower(name, '-'), "object `{name}`");
            let mut seen = Vec::new();
            let derived = object.derived.iter().map(|derived| derived.name);
            for field in object.fields.iter().map(|field| field.name).chain(derived) {
                assert!(is_lower(field.trim_start_matches('$'), '_'), "`{name}.{field}`");
                assert!(!seen.contains(&field), "`{name}.{field}` twice");
                seen.push(field);
            }
            for field in object.fields {
                let mut seen = Vec::new();
                for choice in words(&field.kind) {
                    assert!(is_lower(choice.word, '-'), "`{name}.{}`: {}", field.name, choice.word);
                    assert!(!seen.contains(&choice.word), "`{name}.{}`: {}", field.name, choice.word);
                    seen.push(choice.word);
                }
            }
        }
    }

    /// Words that Rhai keeps for itself: `p.rollback.do` would not parse.
    const RESERVED: &str = "\
        as async await break case catch const continue curry call debug default do each else eval exit export false fn for \
        global go goto if import in is is_def_fn is_def_var is_shared let loop match module new nil null package print private \
        protected public return shared spawn static super switch sync this thread throw true try type_of until use var void \
        while with yield";

    #[test]
    fn rules_can_name_every_field() {
        for (name, object) in objects() {
            for field in object.fields {
                assert!(!RESERVED.split(' ').any(|word| word == field.name), "`{name}.{}`", field.name);
            }
        }
    }

    /// The names under which the JSON Schema defines the kinds of text, beside the objects.
    const DEFINED: &str = "text name instant date time zone digest duration plain";

    #[test]
    fn no_object_is_named_like_a_kind() {
        assert!(!objects().keys().any(|name| DEFINED.split(' ').any(|kind| kind == *name)));
    }

    #[test]
    fn everything_is_explained() {
        let is_sentence = |text: &str| text.len() > 3 && text.ends_with('.');
        for (name, object) in objects() {
            assert!(is_sentence(object.doc), "{name}");
            for field in object.fields {
                assert!(is_sentence(field.doc), "{name}.{}", field.name);
                for choice in words(&field.kind) {
                    assert!(is_sentence(choice.doc), "{name}.{}: {}", field.name, choice.word);
                }
                let wants_example = matches!(
                    field.kind,
                    Kind::Name
                        | Kind::Person
                        | Kind::Instant
                        | Kind::Date
                        | Kind::Time
                        | Kind::Duration
                        | Kind::Zone
                        | Kind::Digest
                );
                assert!(!wants_example || !field.examples.is_empty(), "{name}.{}", field.name);
                for example in field.examples {
                    let parsed: Result<serde_json::Value, _> = serde_json::from_str(example);
                    assert!(parsed.is_ok(), "{name}.{}: {example}", field.name);
                }
            }
            for derived in object.derived {
                assert!(is_sentence(derived.doc), "{name}.{}", derived.name);
            }
        }
    }
}
