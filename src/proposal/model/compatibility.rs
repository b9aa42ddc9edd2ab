//! Compatibility: confirmed, not assumed.

use super::terms::{OUTCOMES, accepted, flag, instant, line, lines, list, name, one, people, proofs, reference, word};
use crate::proposal::shape::{Choice, Kind, Object, choice, count, field, object};

pub static COMPATIBILITY: Object = object(
    "compatibility",
    "What was confirmed to work with the new version, and what was only assumed.",
    &[
        list(
            "areas",
            &Kind::Object(&AREA),
            "The areas, each with what was found: the five common ones, and those in `system.further_areas`.",
        ),
        list(
            "components",
            &Kind::Object(&COMPONENT_STATUS),
            "Components whose status differs from that of their area.",
        ),
        one("old_clients", &OLD_CLIENTS, "Old clients, devices and integrations that have to go on working."),
        one("mixed_versions", &MIXED_VERSIONS, "Whether old and new may run beside each other."),
        one(
            "pilot",
            &PILOT,
            "A trial with a few real devices, roles, data flows and interface calls; needed where anything is unsure.",
        ),
    ],
);

pub static AREA: Object = object(
    "compatibility-area",
    "One area, and what was found in it.",
    &[
        word("area", AREAS, "The area.").required(),
        word("status", STATUSES, "What is known about it.").required(),
        list("reviewed", &Kind::Choice(REVIEWED), "What was looked at. Each area has its own: see the words."),
        lines("devices", "Representative devices, browsers or clients, with their versions.")
            .examples(&[r#"["Terminal T650p, firmware 4.12"]"#]),
        proofs("evidence", "What shows it. At least one comes from the project's own conditions."),
        line("note", "What was found, or why the area does not apply.")
            .examples(&[r#""the driver warns once at start, and works""#]),
        accepted("accepted", "Who accepts that it is not verified."),
    ],
);

pub static COMPONENT_STATUS: Object = object(
    "component-status",
    "One component, and what was found about it.",
    &[
        name("component", "The component, as the system's profile names it.")
            .required()
            .examples(&[r#""application""#]),
        word("status", STATUSES, "What is known about it.").required(),
        proofs("evidence", "What shows it."),
        line("note", "What was found.").examples(&[r#""runs with the new client library since 42.7""#]),
        accepted("accepted", "Who accepts that it is not verified."),
    ],
);

pub static OLD_CLIENTS: Object = object(
    "old-clients",
    "Old clients, devices and integrations that have to go on working.",
    &[
        flag("must_work", "Whether there are any.").required(),
        lines("clients", "Which they are, with their versions.").examples(&[r#"["settlement job, libpq 12"]"#]),
        word(
            "outcome",
            OUTCOMES,
            "How the direct test of backward compatibility ended; left out while it was not made.",
        ),
        instant("tested_at", "When it was tested."),
        proofs("evidence", "What shows it."),
    ],
);

pub static MIXED_VERSIONS: Object = object(
    "mixed-versions",
    "Whether old and new may run beside each other.",
    &[
        word("mode", MIXED_MODES, "Whether they may.").required(),
        instant("supported_until", "Until when they may, where that is limited."),
        line("limits", "What does not work while they do.").examples(&[r#""no changes of the schema while both run""#]),
        reference("reference", "Where that is written or was tried."),
    ],
);

pub static PILOT: Object = object(
    "pilot",
    "A trial in real conditions before the window.",
    &[
        instant("start", "When it begins."),
        instant("end", "When it ends; before the window begins.").examples(&[r#""2026-12-06T05:00:00+01:00""#]),
        lines("devices", "The devices that take part.").examples(&[r#"["3 of 40 terminals, one of each model"]"#]),
        lines("roles", "The roles of the users who take part.").examples(&[r#"["cashier", "accountant"]"#]),
        lines("data_flows", "The data flows that are run through.")
            .examples(&[r#"["order to payment", "payment to ledger"]"#]),
        lines("interface_calls", "The interface calls that are made.")
            .examples(&[r#"["POST /payments", "GET /payments/{id}"]"#]),
        field("participants", count("people"), "How many people take part. No rule judges it.").examples(&[r#"8"#]),
        people("by", "Who runs it."),
        word("outcome", OUTCOMES, "How it ended; left out while it is only planned."),
        proofs("evidence", "What shows it."),
        accepted("accepted", "Who accepts the issues that it found."),
    ],
);

const AREAS: &[Choice] = &[
    choice("application", "Applications. Review `release-notes` and `dependency-changes`."),
    choice("database", "Databases. Review `schema`, `driver` and `migration-requirements`."),
    choice("operating-system", "Operating systems. Review `runtime`, `service` and `security-policy`."),
    choice("network-security", "Network and security. Review `firewall`, `certificate`, `dns` and `access-rules`."),
    choice(
        "endpoints-clients",
        "Endpoints and clients. Review `representative-devices` and `representative-versions`, and name the `devices`.",
    ),
    choice("hardware", "Hardware."),
    choice("protocol", "Protocols between parts."),
    choice("interface", "Interfaces to other systems."),
    choice("browser", "Browsers."),
    choice("mobile-client", "Mobile clients."),
    choice("driver", "Drivers."),
    choice("plug-in", "Plug-ins and extensions."),
    choice("third-party-service", "Services of third parties."),
];

const STATUSES: &[Choice] = &[
    choice("verified", "It was tried in the project's own conditions, and works."),
    choice("not-applicable", "The system does not have it, or the change cannot reach it."),
    choice("assumed", "It ought to work; nobody tried."),
    choice("unknown", "Nobody knows."),
    choice("incompatible", "It does not work."),
];

const REVIEWED: &[Choice] = &[
    choice("release-notes", "The release notes, up to the target version."),
    choice("dependency-changes", "The dependencies that change with it."),
    choice("schema", "The database schema."),
    choice("driver", "Database drivers and client libraries."),
    choice("migration-requirements", "What the maker requires for the migration of data."),
    choice("runtime", "Runtimes and system libraries."),
    choice("service", "Service definitions and how they start."),
    choice("security-policy", "Security policies, such as SELinux or hardening."),
    choice("firewall", "Firewall rules."),
    choice("certificate", "Certificates and cipher suites."),
    choice("dns", "Name service."),
    choice("access-rules", "Access rules."),
    choice("representative-devices", "Devices that stand for all that are in use."),
    choice("representative-versions", "Client versions that stand for all that are in use."),
];

const MIXED_MODES: &[Choice] = &[
    choice("supported", "Old and new may run beside each other, at least for a time."),
    choice("all-at-once", "All have to change together; this forbids a rollout in stages."),
    choice("not-applicable", "There is only one of it."),
];
