//! What is changed, from which version to which, and in what steps it reaches the sites.

use super::component::package;
use super::terms::{
    PROOF, STEP_SIZES, VERSION, accepted, flag, instant, line, lines, list, minutes, name, names, one, percent, prose,
    reference, version, word,
};
use crate::proposal::shape::{Choice, Kind, Object, choice, field, object};

pub static CHANGE: Object = object(
    "change",
    "What is changed. One component is written down here directly; several go into `components`.",
    &[
        word("kind", CHANGE_KINDS, "What sort of thing changes; `software` when left out."),
        flag(
            "migration",
            "Whether the change moves the system to another product, place, platform or data format. Such a change fills in `migration`.",
        ),
        name("component", "The component that changes, as the system's profile names it.").examples(&[r#""database""#]),
        version("from", FROM),
        version("to", TO),
        word(
            "size",
            STEP_SIZES,
            "How large the step is. Compared with the version numbers where those follow semantic versioning.",
        ),
        word(
            "scheme",
            SCHEMES,
            "How its versions are to be read; worked out from the text when left out. Where they don't show how large the step is, the scale counts it as large.",
        ),
        package("package_url", "The package URL (purl) of the component, which lets advisories be looked up."),
        flag("library", LIBRARY),
        prose("reverts", REVERTS).examples(&[REVERTED]),
        list(
            "components",
            &Kind::Object(&COMPONENT_CHANGE),
            "The components that change, in order, where there are several.",
        ),
        field(
            "steps",
            Kind::List(&VERSION),
            "The versions that the upgrade passes through on its way, in order, without the first and the last.",
        )
        .examples(&[r#"["14.2", "15.0"]"#]),
        field(
            "required_steps",
            Kind::List(&VERSION),
            "The versions that the maker requires on the way. Each must be among `steps`.",
        )
        .examples(&[r#"["15.0"]"#]),
        field("environment", Kind::Name, "The environment that is changed; `production` when left out.")
            .examples(&[r#""production""#]),
        names("sites", "The sites or nodes that are changed; all of the system's when left out.")
            .examples(&[r#"["berlin-1", "berlin-2"]"#]),
        list(
            "touches",
            &Kind::Choice(TOUCHES),
            "What the change touches beyond the component itself. Decides which tests, contacts and notices are asked for. An empty list says: none of these.",
        ),
        list(
            "alters",
            &Kind::Choice(ALTERS),
            "What the change alters that is hard to put back. An empty list says: none of these; without one an upgrade is not routine.",
        ),
        word(
            "reversibility",
            REVERSIBILITIES,
            "How far the change can be undone. An upgrade that does not say so is not routine.",
        ),
        word("execution", EXECUTIONS, "Who starts it and who watches it."),
        one("rollout", &ROLLOUT, "In what steps the change reaches everything that it shall reach."),
        one("artifact", &PROOF, "What is installed: its file or address, and its digest."),
        reference("release_notes", "The release notes that were read. No rule judges it."),
        lines(
            "breaking_changes",
            "What the release notes say no longer works, as far as it concerns this system. An empty list says: nothing.",
        ).examples(&[r#"["the setting promote_trigger_file is gone"]"#]),
    ],
);

pub static COMPONENT_CHANGE: Object = object(
    "component-change",
    "The change of one component among several.",
    &[
        name("component", "The component that changes, as the system's profile names it.")
            .required()
            .examples(&[r#""database""#]),
        version("from", FROM),
        version("to", TO).required(),
        word("size", STEP_SIZES, "How large the step is."),
        word("scheme", SCHEMES, "How its versions are to be read; worked out from the text when left out."),
        package("package_url", "The package URL (purl) of the component."),
        flag("library", LIBRARY),
        prose("reverts", REVERTS).examples(&[REVERTED]),
        field("steps", Kind::List(&VERSION), "The versions it passes through, in order.").examples(&[r#"["15.0"]"#]),
        field("required_steps", Kind::List(&VERSION), "The versions that the maker requires on the way.")
            .examples(&[r#"["15.0"]"#]),
    ],
);

const FROM: &str = "The version that runs now. Where a patch level, a firmware or a driver is changed, that one.";
const TO: &str = "The version that shall run, of what `from` is a version of.";
const LIBRARY: &str = "Whether this is a package that the component is built with or on, as a lockfile pins it, and not the component itself: `from` and \
                       `to` are versions of that package, and the component keeps its own.";
const REVERTS: &str =
    "Of a step back: which upgrade it takes back, and why. Without it no step leads to an earlier version.";
const REVERTED: &str = r#""the upgrade to 4.17.21 (wiki-lodash-4.17.21): it sorts names with accents last, OPS-831""#;

pub static ROLLOUT: Object = object(
    "rollout",
    "In what steps the change reaches everything that it shall reach.",
    &[
        word("strategy", STRATEGIES, "How it is rolled out.").required(),
        list("stages", &Kind::Object(&STAGE), "The stages, in order. Together they reach every site that is changed."),
        prose("reason", "Why this way, where another would be expected.")
            .examples(&[r#""one node at a time, because the cluster serves while it is changed""#]),
        accepted("exception", "Who accepts that it is not staged although it should be."),
    ],
);

pub static STAGE: Object = object(
    "stage",
    "One stage of a rollout.",
    &[
        line("name", "What it is called.").required().examples(&[r#""canary""#]),
        names("sites", "The sites or nodes that it reaches.").examples(&[r#"["berlin-2"]"#]),
        percent("share", "The share of users, devices or traffic that it reaches, where it is not counted in sites.")
            .examples(&["5"]),
        instant("start", "When it begins."),
        minutes("soak", "How long it is watched before the next stage begins.").examples(&[r#""PT2H""#, r#""P1D""#]),
        line("proceed_when", "What must be measured before the next stage may begin.")
            .examples(&[r#""error rate below 0.5 % for 2 hours""#]),
        line("halt_when", "What stops the rollout at this stage.").examples(&[r#""more than 1 % of requests fail""#]),
    ],
);

const CHANGE_KINDS: &[Choice] = &[
    choice("software", "An application, a library, a database, an operating system."),
    choice("hardware", "A machine or a device."),
    choice("firmware", "The firmware of a device."),
    choice("data", "Data or their structure."),
    choice("cloud", "A service of a cloud, or the place where it runs."),
    choice("platform", "The platform that others stand on: a cluster, a runtime, an identity service."),
    choice("configuration", "Configuration alone, such as routes or limits."),
    choice("content", "Content that a program interprets: signatures, rules, models."),
    choice("certificate", "A certificate, a key or a licence."),
];

const SCHEMES: &[Choice] = &[
    choice("semantic", "Semantic versioning: major, minor, patch."),
    choice("calendar", "By date."),
    choice("other", "The maker's own counting; `size` is taken as stated."),
];

const TOUCHES: &[Choice] = &[
    choice("database", "A database: its engine, schema or load."),
    choice("cache", "A cache."),
    choice("hot-path", "Code that every request runs through."),
    choice("network", "Network, name service, firewall, load balancer."),
    choice("login", "How users log in."),
    choice("passwords", "Passwords or other credentials of users."),
    choice("client", "What users have installed."),
    choice("interface", "Interfaces that other systems call."),
    choice("permissions", "Roles and permissions."),
    choice("scheduled-jobs", "Scheduled jobs."),
    choice("data", "Stored data."),
    choice("hardware", "Machines or devices."),
    choice("recovery-path", "What operators need in order to repair or roll back: access, backup tool, monitoring."),
];

const ALTERS: &[Choice] = &[
    choice("schema", "A database schema."),
    choice("index", "Indexes."),
    choice("encoding", "The encoding or collation of data."),
    choice("field-length", "The length or type of fields."),
    choice("structure", "The structure of files or records."),
    choice("encryption", "Encryption or its keys."),
    choice("firmware", "Firmware."),
    choice("data-format", "The format of data on disk or on the wire."),
];

/// How a change can be taken back.
pub const REVERSIBILITIES: &[Choice] = &[
    choice("reversible", "The old version can be put back at any time, and nothing is lost."),
    choice("with-restore", "Only by restoring a backup or a snapshot."),
    choice("hard", "Only with much effort or with loss."),
    choice("irreversible", "Not at all; there is only repair by going forward."),
];

const EXECUTIONS: &[Choice] = &[
    choice("attended", "People carry it out and watch it."),
    choice("automated", "A pipeline carries it out, and somebody watches it."),
    choice("unattended", "It happens by itself, and nobody watches."),
];

const STRATEGIES: &[Choice] = &[
    choice("all-at-once", "Everything at the same time."),
    choice("rolling", "One node after the other."),
    choice("canary", "A small share first, then the rest."),
    choice("staged", "Group after group, with time to watch between them."),
    choice("blue-green", "A second installation beside the first; traffic is switched over, and back if need be."),
    choice("standby-first", "The standby or the backup nodes first, then they take over."),
    choice("parallel-operation", "Old and new run beside each other for a time."),
];
