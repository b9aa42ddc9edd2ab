//! What a system is made of.

use super::terms::{date, flag, line, list, minutes, name, names, people, person, reference, version, word};
use crate::proposal::shape::{Choice, Field, Kind, LINE, Object, choice, count, field, object};

pub static COMPONENT: Object = object(
    "component",
    "One part of the system, of any kind: a server, a database, a certificate.",
    &[
        name("name", "What other places call it; unique in the system.")
            .required()
            .examples(&[r#""database""#, r#""web-01""#]),
        word("kind", COMPONENT_KINDS, "What sort of part it is.").required(),
        line("product", "The product, as its maker calls it.").examples(&[r#""PostgreSQL""#]),
        line("vendor", "Who makes or sells it.").examples(&[r#""PostgreSQL Global Development Group""#]),
        version(
            "version",
            "The version that runs now, as its maker writes it. For a certificate the serial number, for a licence its edition.",
        ),
        version("patch_level", "The patch level, where it is counted apart from the version."),
        version("firmware", "The firmware version of a device."),
        version("driver", "The version of the driver that talks to it."),
        package("package_url", "The package URL, which lets advisories be looked up."),
        flag(
            "stateful",
            "Whether it keeps data that would be missed. A database and a storage always do, unless this says `false`.",
        ),
        names(
            "depends_on",
            "The components that must work, and be upgraded, before this one. Each names a listed component; a circle is a problem.",
        ),
        date("expires", "For a certificate or a licence: the first day on which it is no longer valid."),
        date("end_of_support", "The first day without support by its maker."),
        names("sites", "The sites or nodes where it runs; all of them when left out."),
        person("owner", "Who answers for it, where that is not the owner of the system."),
        flag("critical", "Whether the system stops when this part does."),
        people("known_by", "Who can repair it. One name alone is a risk when that person is away."),
        field("quantity", count("units"), "How many of them there are, where they are all alike. No rule judges it.")
            .examples(&[r#"3"#]),
        reference("reference", "Where more is written about it."),
    ],
);

pub static DEPENDENCY: Object = object(
    "dependency",
    "Another system that this one needs, or that needs this one.",
    &[
        name("system", "The other system, by the id of its profile.").required(),
        line("what", "What is used of it.").examples(&[r#""settlement files, nightly at 03:00""#]),
        name("component", "The component of this system at which the two meet."),
        name("interface", "The interface between the two.").examples(&[r#""sftp-settlement""#]),
        flag("critical", "Whether work stops when it fails."),
        people("known_by", "Who knows this dependency. One name alone is a risk when that person is away."),
        person("owner", "Who answers for the other side."),
    ],
);

pub static SITE: Object = object(
    "site",
    "A site, a node or an instance on which the system runs.",
    &[
        name("name", "What other places call it.").required().examples(&[r#""berlin-1""#]),
        word("role", SITE_ROLES, "What it is there for."),
        name("environment", "The environment to which it belongs.").examples(&[r#""production""#]),
        list(
            "versions",
            &Kind::Object(&SITE_VERSION),
            "The versions that run there. Where sites differ, `inventory.site_sequence` says how each is treated.",
        ),
        field("location", LINE, "Where it is.").examples(&[r#""Berlin, data centre 1""#]),
    ],
);

pub static SITE_VERSION: Object = object(
    "site-version",
    "The version of one component at one site.",
    &[
        name("component", "The component.").required().examples(&[r#""database""#]),
        version(
            "version",
            "The version that runs at this site. Where a patch level, a firmware or a driver is changed, that one; what the profile calls the component says nothing of it.",
        )
        .required(),
    ],
);

pub static DATA_STORE: Object = object(
    "data-store",
    "Data that the system keeps.",
    &[
        name("name", "What other places call it.").required().examples(&[r#""ledger""#]),
        name("component", "The component that holds it.").examples(&[r#""database""#]),
        word(
            "changes",
            DATA_CHANGES,
            "How often the data changes; decides what a backup must do while the upgrade runs.",
        ),
        list(
            "classes",
            &Kind::Choice(DATA_CLASSES),
            "What kind of data it is, as far as duties follow from it. An empty list says: none of these.",
        ),
        field("size", count("megabytes"), "How much there is.").examples(&[r#"512000"#]),
        minutes(
            "recovery_point_objective",
            "The most data that may be lost, as a length of time, where it differs from that of the system.",
        ),
    ],
);

pub const fn package(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Text { max: 300 }, doc).examples(&[r#""pkg:npm/express""#, r#""pkg:cargo/openssl""#])
}

pub const COMPONENT_KINDS: &[Choice] = &[
    choice("server", "A physical or virtual machine, or a cluster of them."),
    choice("operating-system", "An operating system or a base image."),
    choice("database", "A database."),
    choice("middleware", "A message broker, a cache, an application server, a runtime."),
    choice("application", "An application or a service of one's own or bought."),
    choice("endpoint", "A device or a client that people or machines use."),
    choice("network-device", "A switch, router, firewall or load balancer."),
    choice("storage", "A file server, an object store, a disk array."),
    choice("license", "A licence that the system needs in order to run."),
    choice("certificate", "A certificate or a signing key."),
    choice("api", "An interface that others call."),
    choice("integration", "A connection to another system."),
    choice("backup-tool", "What makes the backups."),
    choice("monitoring", "What watches the system."),
    choice("access-method", "A way in for users or operators: single sign-on, VPN, console."),
];

pub const SITE_ROLES: &[Choice] = &[
    choice("primary", "Does the work."),
    choice("standby", "Takes over when the primary fails."),
    choice("peer", "Does the work beside others like it."),
    choice("test", "Serves tests or a pilot only."),
];

pub const DATA_CHANGES: &[Choice] = &[
    choice("continuously", "At any time, also during the window."),
    choice("at-times", "At known times, such as a nightly job."),
    choice("never", "Only with a release."),
];

pub const DATA_CLASSES: &[Choice] = &[
    choice("financial", "Payments, accounts, bookkeeping."),
    choice("health", "Data about health."),
    choice("personal", "Data about people."),
    choice("card", "Payment card data."),
    choice("secret", "Keys, credentials, trade secrets."),
];
