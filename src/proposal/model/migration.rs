//! When the change moves a system to another product, place, platform or data format.

use super::component::DATA_CLASSES;
use super::migration_kinds::{CLOUD, COMPARISON, DATA, HARDWARE, PLATFORM, SOFTWARE};
use super::terms::{
    ACCEPTED, NO_RETURN, date, instant, line, lines, list, minutes, names, one, person, prose, reference, version, word,
};
use crate::proposal::shape::{Choice, Kind, Object, choice, object};

pub static MIGRATION: Object = object(
    "migration",
    "A migration: the change moves the system to another product, place, platform or data format.",
    &[
        word("kind", KINDS, "What is moved. Each kind has its own part below."),
        one("source", &END, "Where it comes from."),
        one("target", &END, "Where it goes."),
        list("advantages", &Kind::Choice(ADVANTAGES), "The advantage that is sought.")
            .examples(&[r#"["cost", "scale"]"#]),
        prose("advantage", "That advantage in practical terms, if possible as a figure.")
            .examples(&[r#""half the cost for each thousand payments, and a second region""#]),
        one("cutover", &CUTOVER, "How the work moves from the old to the new."),
        one("data", &DATA, "How data are moved and proved whole; asked of every migration that moves data."),
        one("software", &SOFTWARE, "What a move to another software has to consider."),
        one("hardware", &HARDWARE, "What a move to another hardware has to consider."),
        one("cloud", &CLOUD, "What a move into, out of or between clouds has to consider."),
        one("platform", &PLATFORM, "What a move to another platform has to consider."),
        list("parity", &Kind::Object(&COMPARISON), "Functions and interfaces, compared between the old and the new."),
        one("regulated_data", &REGULATED, "Regulated data that are moved: financial, health and the like."),
        one("decommission", &DECOMMISSION, "What happens to the old side, and when."),
    ],
);

pub static END: Object = object(
    "migration-end",
    "One end of a migration.",
    &[
        line("name", "What it is.")
            .required()
            .examples(&[r#""Oracle 19c on db-03""#, r#""managed PostgreSQL 16, eu-central-1""#]),
        line("location", "Where it is.").examples(&[r#""data centre Berlin 2, rack 14""#]),
        version("version", "Its version."),
        line("provider", "Who provides it.").examples(&[r#""Example Hosting""#]),
    ],
);

pub static CUTOVER: Object = object(
    "cutover",
    "How the work moves from the old to the new.",
    &[
        word("strategy", CUTOVERS, "How it is done.").required(),
        prose("reason", "Why this way.")
            .examples(&[r#""both sides can't take payments at once, so everything moves in one night""#]),
        one("point_of_no_return", &NO_RETURN, "The moment after which the old side cannot take over again."),
        lines("phases", "The phases, in order, where there are several.")
            .examples(&[r#"["reports", "refunds", "card payments"]"#]),
        instant("parallel_until", "Until when both run beside each other."),
        minutes("read_only", "How long data can only be read meanwhile."),
    ],
);

pub static REGULATED: Object = object(
    "regulated-data",
    "Regulated data that are moved.",
    &[
        list("classes", &Kind::Choice(DATA_CLASSES), "Which they are. An empty list says: none."),
        lines("duties", "The duties that apply to moving them.")
            .examples(&[r#"["GDPR Art. 28: contract with the processor"]"#]),
        list("signed", &Kind::Object(&ACCEPTED), "Who signed that the duties are met."),
        reference("assessment", "The assessment, such as a data protection impact assessment. No rule judges it."),
    ],
);

pub static DECOMMISSION: Object = object(
    "decommission",
    "What happens to the old side.",
    &[
        word("fate", FATES, "What becomes of it.").required(),
        names(
            "components",
            "The components that it is made of, as the profile and `inventory.adds` name them. What is not listed is not taken to be gone.",
        )
        .examples(&[r#"["old-database"]"#]),
        date("on", "The day on which it happens."),
        person("owner", "Who sees to it."),
        line("data", "What happens to its data.")
            .examples(&[r#""archived for ten years, disks wiped to NIST SP 800-88 purge""#]),
        date("kept_until", "The last day on which it is kept as a way back."),
        reference("ticket", "Where it is followed."),
    ],
);

pub const KINDS: &[Choice] = &[
    choice("software", "To another software, or a new generation of it."),
    choice("hardware", "To other hardware."),
    choice("data", "Data to another store, structure or encoding."),
    choice("cloud", "Into, out of or between clouds."),
    choice("platform", "To another platform: operating system, cluster, runtime, identity service."),
];

const ADVANTAGES: &[Choice] = &[
    choice("features", "Functions that the old one does not have."),
    choice("cost", "It costs less."),
    choice("security", "It is safer."),
    choice("scale", "It can grow."),
    choice("support", "It is supported, and the old one no longer is."),
    choice("compliance", "It satisfies a duty that the old one does not."),
];

const CUTOVERS: &[Choice] = &[
    choice("big-bang", "All at once."),
    choice("phased", "Part after part."),
    choice("parallel-run", "Both run, results are compared, then the old one stops."),
];

const FATES: &[Choice] = &[
    choice("removed", "It is taken down and wiped."),
    choice("archived", "It is kept, readable, and no longer runs."),
    choice("kept-as-standby", "It stays as a standby."),
    choice("reused", "It is used for something else."),
];
