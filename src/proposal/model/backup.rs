//! Recoverability before change.

use super::terms::{
    OUTCOMES, REFERENCE, accepted, days, flag, instant, line, list, minutes, name, names, one, person, proofs,
    reference, version, word,
};
use crate::proposal::shape::{Choice, Kind, Object, choice, count, field, object};

pub static BACKUP: Object = object(
    "backup",
    "The backup from which the system can be brought back. A backup whose restore nobody has tried is an assumption.",
    &[
        word("method", METHODS, "How it is made."),
        line("location", "Where it is kept, if possible apart from the system.")
            .examples(&[r#""s3://backup-frankfurt/payments-db""#]),
        flag("available", "Whether those who would restore can reach it, also when the system is down."),
        flag(
            "off_site",
            "Whether a copy lies where a disaster at the site does not reach it. `false` is a warning where the upgrade is held to the stricter form.",
        ),
        days("retention", "How long it is kept; longer than the upgrade is monitored."),
        names(
            "covers",
            "The components, or data stores, that it covers. Everything stateful is covered here or in `elsewhere`.",
        ),
        list("elsewhere", &Kind::Object(&OTHER_BACKUP), "Stateful components that another backup covers."),
        one("restore_test", &RESTORE_TEST, "The last trial of a restore."),
        one("integrity_check", &INTEGRITY_CHECK, "The last check that the backup is whole."),
        minutes("restore_time", "How long a restore takes, as the restore test has shown."),
        one("point_of_backup", &POINT_OF_BACKUP, "How the backup catches data that change while it is made."),
        one("configuration", &CONFIGURATION_BACKUP, "Which configuration is backed up along with the data."),
        list(
            "migration_scripts",
            &Kind::Object(&MIGRATION_SCRIPT),
            "The scripts that change schema, indexes, encodings, field lengths or structures. An empty list says: there are none.",
        ),
        accepted("not_needed", "Who says that there is nothing to back up, and why."),
    ],
);

pub static OTHER_BACKUP: Object = object(
    "other-backup",
    "The backup of a component that is covered elsewhere.",
    &[
        name("component", "The component.").required().examples(&[r#""file-store""#]),
        line("location", "Where that backup is kept.")
            .examples(&[r#""vault of the storage team, second data centre""#]),
        days("retention", "How long it is kept."),
        one("restore_test", &RESTORE_TEST, "The last trial of its restore."),
    ],
);

pub static RESTORE_TEST: Object = object("restore-test", "A trial in which a backup was really restored.", &[
    instant("at", "When it was done. It must not be too long ago when the window begins: 90 days, 30 for a critical system, unless configured otherwise.").required(),
    word("outcome", OUTCOMES, "How it ended.").required(),
    minutes("duration", "How long the restore took."),
    line("environment", "Where it was restored to.").examples(&[r#""staging, same size as production""#]),
    version("version", "The version of the software with which it was restored."),
    person("by", "Who did it."),
    proofs("evidence", "What shows it."),
]);

pub static INTEGRITY_CHECK: Object = object(
    "integrity-check",
    "A check that a backup is whole.",
    &[
        instant("at", "When it was done.").required(),
        word("method", INTEGRITY_METHODS, "How it was done.").required(),
        word("outcome", OUTCOMES, "How it ended.").required(),
        proofs("evidence", "What shows it."),
    ],
);

pub static POINT_OF_BACKUP: Object = object(
    "point-of-backup",
    "How the backup catches data that change while it is made.",
    &[
        word("method", POINT_METHODS, "How it is done.").required(),
        minutes(
            "data_loss",
            "The data that may still be lost, as a length of time. It must fit in the system's recovery point objective.",
        ),
        line("note", "How it works here.")
            .examples(&[r#""write-ahead logs are shipped every minute to the second data centre""#]),
    ],
);

pub static CONFIGURATION_BACKUP: Object = object(
    "configuration-backup",
    "Which configuration is backed up along with the data. Each item is either covered or not applicable.",
    &[
        list("covered", &Kind::Choice(CONFIGURATION_PARTS), "What is backed up.")
            .examples(&[r#"["settings", "roles", "scheduled-tasks"]"#]),
        list("not_applicable", &Kind::Choice(CONFIGURATION_PARTS), "What the system does not have."),
        reference("location", "Where it is kept."),
    ],
);

pub static MIGRATION_SCRIPT: Object = object(
    "migration-script",
    "A script that changes the structure of data.",
    &[
        field("file", REFERENCE, "Its path in this repository, or its address.")
            .required()
            .examples(&[r#""migrations/0042_widen_iban.sql""#]),
        list("changes", &Kind::Choice(SCRIPT_CHANGES), "What it changes."),
        flag("reversible", "Whether it can be undone.").required(),
        reference("undo", "The script that undoes it."),
        person("reviewed_by", "Who reviewed it; somebody other than its author."),
        instant("reviewed_at", "When it was reviewed."),
        minutes("duration", "How long it ran on data of real size."),
        field("rows", count("rows"), "About how many rows it touches. No rule judges it.").examples(&[r#"1200000"#]),
    ],
);

const METHODS: &[Choice] = &[
    choice("full", "Everything, each time."),
    choice("incremental", "What has changed since the last one."),
    choice("snapshot", "A snapshot of disks or volumes."),
    choice("dump", "An export by the program itself."),
    choice("replica", "A copy that follows the original. Alone it is not a backup: it follows mistakes as well."),
    choice("version-control", "Everything is built again from a repository."),
];

const INTEGRITY_METHODS: &[Choice] = &[
    choice("checksum", "Checksums were compared."),
    choice("verify-run", "The backup tool read it back and verified it."),
    choice("restore", "It was restored, and the data compared."),
];

const POINT_METHODS: &[Choice] = &[
    choice("stop-writes", "Nothing is written from the final backup on."),
    choice("transaction-logs", "Transaction logs are kept and can be replayed."),
    choice("snapshot", "A consistent snapshot is taken."),
    choice("replication", "A replica is kept at the state before the upgrade."),
    choice("no-changes", "The data do not change in the window."),
];

const CONFIGURATION_PARTS: &[Choice] = &[
    choice("settings", "Settings."),
    choice("service-files", "Service definitions."),
    choice("routing-tables", "Routing tables."),
    choice("scheduled-tasks", "Scheduled tasks."),
    choice("roles", "Roles and permissions."),
    choice("certificates", "Certificates."),
    choice("keys", "Keys and secrets."),
    choice("templates", "Templates."),
];

const SCRIPT_CHANGES: &[Choice] = &[
    choice("schema", "The schema."),
    choice("index", "Indexes."),
    choice("encoding", "The encoding or collation."),
    choice("field-length", "The length or type of fields."),
    choice("structure", "The structure of files or records."),
    choice("data", "The data themselves."),
];
