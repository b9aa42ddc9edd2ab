//! What each kind of migration has to consider on top of the rest.

use super::terms::{
    REFERENCE, VERSION, accepted, date, flag, line, lines, list, name, percent, prose, reference, version, word,
};
use crate::proposal::shape::{Choice, Kind, LINE, Object, amount, choice, count, field, object};

pub static DATA: Object = object(
    "data-migration",
    "How data are moved, and how one proves that they arrived whole.",
    &[
        reference("mapping", "Where it is written which field goes where."),
        prose("mapping_summary", "The mapping in a few words: what is renamed, split, joined or left behind."),
        line("encoding", "The encoding or collation on both sides.")
            .examples(&[r#""Latin-1 to UTF-8, ICU collation""#]),
        prose("validation", "How data are validated before and after."),
        list(
            "reconciliation",
            &Kind::Object(&RECONCILIATION),
            "The comparisons between the old and the new; their results go into `record.reconciliation`.",
        ),
        field("volume", count("megabytes"), "How much is moved."),
        field(
            "records",
            Kind::Count { min: 0, max: 1_000_000_000_000, unit: "records" },
            "How many records are moved.",
        ),
        line("rejected", "What happens to records that do not fit."),
    ],
);

pub static RECONCILIATION: Object = object(
    "reconciliation",
    "One comparison between the old and the new data.",
    &[
        name("name", "What results call it.").required().examples(&[r#""ledger-rows""#]),
        word("method", METHODS, "How it is compared.").required(),
        line("of", "What is compared.").examples(&[r#""rows and sum of amounts, by account and month""#]),
        percent("tolerance", "The difference that is tolerated; 0 when left out."),
    ],
);

pub static SOFTWARE: Object = object(
    "software-migration",
    "What a move to another software has to consider.",
    &[
        line("licensing", "How the new one is licensed, and until when the old one."),
        line("training", "How users and operators learn it."),
        lines(
            "customizations",
            "What was tailored in the old one, and what becomes of it. An empty list says: nothing was.",
        ),
        line("extensions", "Plug-ins and extensions, and what replaces them."),
        line("data_export", "How data leave the old one, and could leave the new one again."),
    ],
);

pub static HARDWARE: Object = object(
    "hardware-migration",
    "What a move to another hardware has to consider.",
    &[
        lines("spares", "The spare parts or devices that are at hand.")
            .examples(&[r#"["2 power supplies, 1 controller, on site"]"#]),
        field(
            "firmware_path",
            Kind::List(&VERSION),
            "The firmware versions, from the delivered one to the wanted one, in order.",
        )
        .examples(&[r#"["2.1", "2.8", "3.0"]"#]),
        line("capacity", "What it can bear, compared with what is needed."),
        percent("headroom", "How much of its capacity is left at the busiest hour.").examples(&["40"]),
        line("power_cooling", "Power, cooling and space."),
        line("maintenance", "Warranty and maintenance, with the time to repair."),
        date("burned_in_until", "Until when it was run under load before it is trusted."),
        version("firmware", "The firmware that it shall run."),
    ],
);

pub static CLOUD: Object = object(
    "cloud-migration",
    "What a move into, out of or between clouds has to consider.",
    &[
        line("residency", "Where data lie, and may lie.").examples(&[r#""Frankfurt only; backups in Dublin""#]),
        line("connectivity", "How it is connected, and what happens when the line fails."),
        line("identity", "Who may log in, and how identities get there."),
        field("cost_ceiling", amount("units of the currency, per month"), "The most that it may cost in a month.")
            .examples(&["4200"]),
        field("currency", LINE, "The currency of `cost_ceiling`, by ISO 4217.").examples(&[r#""EUR""#]),
        line("cost_alarm", "Who is told when the ceiling comes near, and at what share of it."),
        prose("exit_plan", "How one gets out again: with which data, in what time, at what cost."),
        line(
            "shared_responsibility",
            "What the provider sees to, and what remains one's own: backup, patches, access.",
        ),
        flag("encrypted", "Whether data are encrypted with keys of one's own."),
    ],
);

pub static PLATFORM: Object = object(
    "platform-migration",
    "What a move to another platform has to consider. The comparison itself stands in `migration.parity`.",
    &[
        reference("comparison", "The full comparison of functions and interfaces."),
        field("compared_by", Kind::Name, "Who made it.").examples(&[r#""@ada""#]),
        date("compared_on", "When it was made."),
        line("tooling", "What changes for builds, deployments and operations."),
        line("portability", "What ties the system to the new platform."),
    ],
);

pub static COMPARISON: Object = object(
    "parity",
    "One function or interface, compared between the old and the new.",
    &[
        line("name", "The function or interface.").required().examples(&[r#""nightly settlement export""#]),
        word("kind", COMPARED, "Which of the two it is."),
        word("status", PARITIES, "How the new compares.").required(),
        line("gap", "What is missing."),
        line("replacement", "What is done instead."),
        accepted("accepted", "Who accepts the gap."),
        field("test", REFERENCE, "Where it was tried.").examples(&[r#""evidence/parity/settlement-export.log""#]),
    ],
);

const METHODS: &[Choice] = &[
    choice("counts", "Records are counted on both sides."),
    choice("checksums", "Checksums are compared."),
    choice("sums", "Sums of amounts are compared."),
    choice("samples", "Samples are compared by people."),
    choice("full-compare", "Every record is compared."),
];

const COMPARED: &[Choice] = &[choice("function", "A function."), choice("interface", "An interface.")];

const PARITIES: &[Choice] = &[
    choice("same", "It does the same."),
    choice("better", "It does more."),
    choice("different", "It does the same in another way."),
    choice("gap", "It does less, or is missing."),
];
