//! Terms that several sections share: the short forms in which tables are written, and the few objects that recur.

use crate::proposal::shape::{
    Choice, Field, Kind, LINE, LINES, NAMES, Object, PEOPLE, PERCENT, PROSE, choice, field, object,
};

/// A version as its maker writes it.
pub const VERSION: Kind = Kind::Text { max: 100 };
/// A place where something can be looked up.
pub const REFERENCE: Kind = Kind::Text { max: 500 };
pub const REFERENCES: Kind = Kind::List(&REFERENCE);
const PROOFS: Kind = Kind::List(&Kind::Object(&PROOF));

pub const fn line(name: &'static str, doc: &'static str) -> Field {
    field(name, LINE, doc)
}

pub const fn lines(name: &'static str, doc: &'static str) -> Field {
    field(name, LINES, doc)
}

pub const fn prose(name: &'static str, doc: &'static str) -> Field {
    field(name, PROSE, doc)
}

pub const fn flag(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Flag, doc)
}

pub const fn percent(name: &'static str, doc: &'static str) -> Field {
    field(name, PERCENT, doc)
}

/// A name that something else carries or refers to.
pub const fn name(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Name, doc).examples(&[r#""payments-db""#])
}

pub const fn names(name: &'static str, doc: &'static str) -> Field {
    field(name, NAMES, doc).examples(&[r#"["database", "application"]"#])
}

/// A person, by the handle that they have on the code host.
pub const fn person(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Person, doc).examples(&[r#""@ada""#])
}

pub const fn people(name: &'static str, doc: &'static str) -> Field {
    field(name, PEOPLE, doc).examples(&[r#"["@ada", "@bo"]"#])
}

pub const fn version(name: &'static str, doc: &'static str) -> Field {
    field(name, VERSION, doc).examples(&[r#""16.4""#, r#""2.31.0""#])
}

pub const fn reference(name: &'static str, doc: &'static str) -> Field {
    field(name, REFERENCE, doc).examples(&[r#""docs/runbook.md""#, r#""https://tickets.example.com/OPS-812""#])
}

pub const fn instant(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Instant, doc).examples(&[r#""2026-12-06T02:00:00+01:00""#])
}

pub const fn date(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Date, doc).examples(&[r#""2026-12-06""#])
}

/// A length of time that authors count in minutes or hours.
pub const fn minutes(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Duration, doc).examples(&["30", r#""PT1H30M""#])
}

/// A length of time that authors count in days or weeks.
pub const fn days(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Duration, doc).examples(&[r#""P30D""#, r#""P2W""#])
}

pub const fn one(name: &'static str, of: &'static Object, doc: &'static str) -> Field {
    field(name, Kind::Object(of), doc)
}

pub const fn list(name: &'static str, of: &'static Kind, doc: &'static str) -> Field {
    field(name, Kind::List(of), doc)
}

pub const fn word(name: &'static str, of: &'static [Choice], doc: &'static str) -> Field {
    field(name, Kind::Choice(of), doc)
}

pub const fn accepted(name: &'static str, doc: &'static str) -> Field {
    one(name, &ACCEPTED, doc)
}

pub const fn proofs(name: &'static str, doc: &'static str) -> Field {
    field(name, PROOFS, doc)
}

/// What a person takes on by name.
pub static ACCEPTED: Object = object(
    "accepted",
    "A risk, a gap or an exception that a named person has taken on. A person accepts it by name, never a team and never the tool.",
    &[
        person("by", "The person who accepts it.").required(),
        prose("reason", "Why it may be accepted, in terms of this upgrade.")
            .examples(&[r#""the interface is used once a year, in March, and is tried again before that""#])
            .required(),
        instant("at", "When it was accepted."),
        date("valid_through", "The last day on which the acceptance holds, where it is limited."),
        reference("reference", "Where the decision is recorded: a ticket, a minute, a review."),
    ],
);

/// Something that shows that a statement is true.
pub static PROOF: Object = object(
    "proof",
    "Something that shows that a statement is true. Give a `file` of this repository where there is one, because it can be checked; otherwise a `reference`.",
    &[
        word(
            "kind",
            PROOF_KINDS,
            "What sort of proof it is. Release notes and vendor statements are never enough alone.",
        ),
        field(
            "file",
            REFERENCE,
            "A path inside this repository, from the folder in which the gate runs: commonly its top.",
        )
        .examples(&[r#""evidence/restore-2026-11-14.log""#]),
        field(
            "digest",
            Kind::Digest,
            "The digest of `file`, as `sha256sum` prints it, so that the file cannot change unnoticed.",
        )
        .examples(&[r#""sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08""#]),
        reference("reference", "An address or a ticket, where the proof does not lie in this repository."),
        instant("at", "When the proof was made."),
        line("note", "What the proof shows, where that is not obvious.")
            .examples(&[r#""all 42 cases passed against 16.4""#]),
    ],
);

pub static INTERVAL: Object = object(
    "interval",
    "A stretch of time from `start` up to, and not including, `end`.",
    &[
        instant("start", "When it begins.").required(),
        instant("end", "When it ends.").examples(&[r#""2026-12-06T05:00:00+01:00""#]).required(),
        line("reason", "Why, where that helps the reader.").examples(&[r#""monthly closing of the books""#]),
    ],
);

pub static NO_RETURN: Object = object(
    "point-of-no-return",
    "The moment after which the old state cannot be brought back.",
    &[
        line("step", "The step after which there is no way back.")
            .required()
            .examples(&[r#""the first write after pg_upgrade --link""#]),
        instant("at", "When that step is due."),
        person("decided_by", "Who says that the step may be taken. No rule judges it."),
    ],
);

pub const PROOF_KINDS: &[Choice] = &[
    choice("test-run", "A test in the project's own environment."),
    choice("pilot", "A pilot with a few real devices, users or sites."),
    choice("rehearsal", "A rehearsal of the upgrade, the restore or the rollback."),
    choice("measurement", "Figures taken from the running system."),
    choice("log", "The log of a job or a tool."),
    choice("review", "A review by a person."),
    choice("other-system", "The same change on another system of the same organisation."),
    choice("release-notes", "The release notes of the maker."),
    choice("vendor-statement", "A statement, a matrix or a certification of the vendor."),
];

/// How something that was tried has ended.
pub const OUTCOMES: &[Choice] = &[
    choice("passed", "It did what it should."),
    choice("passed-with-issues", "It did what it should, with issues that are named."),
    choice("failed", "It did not do what it should."),
];

/// What is changed, recorded or frozen besides the software itself.
pub const CONFIGURATION_ITEMS: &[Choice] = &[
    choice("parameters", "Parameters and settings files."),
    choice("routing", "Routing tables and load-balancer rules."),
    choice("permissions", "Roles and permissions."),
    choice("integration-keys", "Keys and tokens of integrations."),
    choice("scheduled-jobs", "Scheduled jobs and tasks."),
    choice("service-accounts", "Accounts that services run under."),
    choice("firewall-rules", "Firewall and access rules."),
    choice("certificates", "Certificates and their keys."),
    choice("custom-scripts", "Scripts of one's own around the system."),
];

pub const METRICS: &[Choice] = &[
    choice("cpu", "Processor use."),
    choice("memory", "Memory use."),
    choice("disk", "Disk use and latency."),
    choice("database", "Database load, locks, replication lag."),
    choice("network", "Network traffic and errors."),
    choice("service-status", "Whether the service is up, as probes see it."),
    choice("errors", "Error rate."),
    choice("sessions", "Sessions or users at work."),
    choice("success-rate", "Share of operations that succeed."),
    choice("response-time", "Response time."),
    choice("queues", "Length or age of queues."),
    choice("storage-growth", "Growth of stored data."),
    choice("business", "A figure of the business: orders, payments, calls."),
];

/// How large a step from one version to another is.
pub const STEP_SIZES: &[Choice] = &[
    choice("patch", "Repairs only; nothing to learn for users or neighbours."),
    choice("minor", "New functions that leave the old ones as they were."),
    choice("major", "May break what worked before: a new major version, a new format, a new architecture."),
    choice("replacement", "Another product, or versions that cannot be compared; judged as strictly as `major`."),
];
