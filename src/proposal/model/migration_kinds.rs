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
        prose("mapping_summary", "The mapping in a few words: what is renamed, split, joined or left behind.")
            .examples(&[r#""customer.name is split into given and family name; closed accounts are left behind""#]),
        line("encoding", "The encoding or collation on both sides.")
            .examples(&[r#""Latin-1 to UTF-8, ICU collation""#]),
        prose("validation", "How data are validated before and after.")
            .examples(&[r#""dates and amounts are checked before the load, keys and sums after it""#]),
        list(
            "reconciliation",
            &Kind::Object(&RECONCILIATION),
            "The comparisons between the old and the new; their results go into `record.reconciliation`.",
        ),
        field("volume", count("megabytes"), "How much is moved. No rule judges it.").examples(&[r#"48000"#]),
        field(
            "records",
            Kind::Count { min: 0, max: 1_000_000_000_000, unit: "records" },
            "How many records are moved.",
        )
        .examples(&[r#"1200000"#]),
        line("rejected", "What happens to records that do not fit. No rule judges it.")
            .examples(&[r#""they are written to a file, mended by the data owner and loaded again""#]),
    ],
);

pub static RECONCILIATION: Object = object(
    "reconciliation",
    "One comparison between the old and the new data.",
    &[
        name("name", "What results call it.").required().examples(&[r#""ledger-rows""#]),
        word("method", METHODS, "How it is compared.").required(),
        line("of", "What is compared.").examples(&[r#""rows and sum of amounts, by account and month""#]),
        percent("tolerance", "The difference that is tolerated; 0 when left out.").examples(&[r#"0.1"#]),
    ],
);

pub static SOFTWARE: Object = object(
    "software-migration",
    "What a move to another software has to consider.",
    &[
        line("licensing", "How the new one is licensed, and until when the old one.")
            .examples(&[r#""per core from December on; the old licence ends on 31 January""#]),
        line("training", "How users and operators learn it.")
            .examples(&[r#""two hours for each shift in the week before, and a page of differences""#]),
        lines(
            "customizations",
            "What was tailored in the old one, and what becomes of it. An empty list says: nothing was.",
        )
        .examples(&[r#"["invoice layout: rebuilt as a template", "approval button: part of the new product"]"#]),
        line("extensions", "Plug-ins and extensions, and what replaces them.")
            .examples(&[r#""the export plug-in is replaced by the built-in interface""#]),
        line("data_export", "How data leave the old one, and could leave the new one again.")
            .examples(&[r#""old: nightly dump in SQL; new: the same, and CSV for each table""#]),
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
        line("capacity", "What it can bear, compared with what is needed.")
            .examples(&[r#""40 000 transactions a minute, where 26 000 are needed at most""#]),
        percent("headroom", "How much of its capacity is left at the busiest hour.").examples(&["40"]),
        line("power_cooling", "Power, cooling and space. No rule judges it.")
            .examples(&[r#""1.2 kW and 2 units in rack 14, which has 3 kW and 6 units left""#]),
        line("maintenance", "Warranty and maintenance, with the time to repair.")
            .examples(&[r#""five years, on site within four hours""#]),
        date("burned_in_until", "Until when it was run under load before it is trusted."),
        version("firmware", "The firmware that it shall run."),
    ],
);

pub static CLOUD: Object = object(
    "cloud-migration",
    "What a move into, out of or between clouds has to consider.",
    &[
        line("residency", "Where data lie, and may lie.").examples(&[r#""Frankfurt only; backups in Dublin""#]),
        line("connectivity", "How it is connected, and what happens when the line fails.")
            .examples(&[r#""two lines of two carriers; when both fail, branches take payments offline for a day""#]),
        line("identity", "Who may log in, and how identities get there.")
            .examples(&[r#""by single sign-on from the company directory, with a second factor""#]),
        field("cost_ceiling", amount("units of the currency, per month"), "The most that it may cost in a month.")
            .examples(&["4200"]),
        field("currency", LINE, "The currency of `cost_ceiling`, by ISO 4217.").examples(&[r#""EUR""#]),
        line("cost_alarm", "Who is told when the ceiling comes near, and at what share of it.")
            .examples(&[r#""@finance-ops at 80 % of the ceiling""#]),
        prose("exit_plan", "How one gets out again: with which data, in what time, at what cost.")
            .examples(&[r#""all data as SQL dumps within three days, at about 900 euros of traffic""#]),
        line(
            "shared_responsibility",
            "What the provider sees to, and what remains one's own: backup, patches, access. No rule judges it.",
        )
        .examples(&[r#""the provider patches hosts and database; backup, access and schema are ours""#]),
        flag("encrypted", "Whether data are encrypted with keys of one's own."),
    ],
);

pub static PLATFORM: Object = object(
    "platform-migration",
    "What a move to another platform has to consider. The comparison itself stands in `migration.parity`.",
    &[
        reference("comparison", "The full comparison of functions and interfaces."),
        field("compared_by", Kind::Person, "Who made it. No rule judges it.").examples(&[r#""@ada""#]),
        date("compared_on", "When it was made."),
        line("tooling", "What changes for builds, deployments and operations. No rule judges it.")
            .examples(&[r#""images are built as before; deployments go through the new pipeline""#]),
        line("portability", "What ties the system to the new platform. No rule judges it.")
            .examples(&[r#""two managed queues, which a library of ours hides""#]),
    ],
);

pub static COMPARISON: Object = object(
    "parity",
    "One function or interface, compared between the old and the new.",
    &[
        line("name", "The function or interface.").required().examples(&[r#""nightly settlement export""#]),
        word("kind", COMPARED, "Which of the two it is."),
        word("status", PARITIES, "How the new compares.").required(),
        line("gap", "What is missing.").examples(&[r#""no batch refunds""#]),
        line("replacement", "What is done instead.").examples(&[r#""a script that refunds a list, one by one""#]),
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
