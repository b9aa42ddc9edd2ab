//! What `changegate.toml` may hold, in the same language as the proposal's model.

use super::advisories::ADVISORIES;
use super::calendars::CALENDARS;
use super::changes::{CHANGES, CHANGES_DOC};
use super::github::GITHUB;
use crate::proposal::model::{CRITICALITIES, FREEZE_PERIOD, LOW_RISK_PERIOD, REVERSIBILITIES, STEP_SIZES};
use crate::proposal::shape::{Choice, Kind, LINE, NAMES, Object, PROSE, choice, field, object};
use crate::waivers::{LISTED, LISTED_DOC};

/// All keys of the file.
pub static CONFIG: Object = object(
    "changegate.toml",
    "The configuration of the gate.",
    &[
        field("proposals", Kind::Object(&PROPOSALS), "Where the proposals are."),
        field("systems", Kind::Object(&SYSTEMS), "Where the system profiles are."),
        field("policies", Kind::Object(&POLICIES), "Where the rules are."),
        field("limits", Kind::Object(&LIMITS), "How large a file may be."),
        field("scale", Kind::Object(&SCALE), "Where one scale of upgrades ends and the next begins."),
        field(
            "rules",
            Kind::Map(&Kind::Object(&RULE)),
            "What is changed about single rules, by their ids: [rules.\"backup/restore-tested\"].",
        )
        .examples(&[r#"{ "backup/restore-tested": { "params": { "max_age_days": 60 } } }"#]),
        field("evidence", Kind::Object(&SOURCES), "Whom the gate asks for evidence, and how much it needs the answer."),
        field("advisories", Kind::Object(&ADVISORIES), "Where advisories are looked up."),
        field("github", Kind::Object(&GITHUB), "Where GitHub is, and who is who there."),
        field("changes", Kind::Object(&CHANGES), CHANGES_DOC),
        field("waivers", LISTED, LISTED_DOC),
        field(
            "freezes",
            Kind::List(&Kind::Object(&FREEZE_PERIOD)),
            "The change freezes of the organisation: [[freezes]].",
        ),
        field(
            "low_risk",
            Kind::List(&Kind::Object(&LOW_RISK_PERIOD)),
            "The times that suit changes, besides those of the system profiles: [[low_risk]].",
        ),
        field("calendars", Kind::Object(&CALENDARS), "Where the calendars of freezes and low-risk windows are."),
    ],
);

static SOURCES: Object = object(
    "sources of evidence",
    "Whom the gate asks for evidence, and how much it needs the answer.",
    &[
        field(
            "git",
            Kind::Choice(NEEDS),
            "The history of the repository: what was merged into frozen paths; required when left out.",
        ),
        field("files", Kind::Choice(NEEDS), "The files that proposals name as proofs; required when left out."),
        field(
            "advisories",
            Kind::Choice(NEEDS),
            "What is known of the advisories that proposals name. When left out: required where `[advisories]` says where they are looked up, else off.",
        ),
        field(
            "github",
            Kind::Choice(NEEDS),
            "GitHub, about the pull request of the run: its reviews, and who owns the files of the trusted side. When left out it is \
             required where a pull request is known; where it is said, a run that knows of none is undecided in the phases plan and deploy.",
        ),
        field(
            "seconds",
            Kind::Count { min: 1, max: 1_800, unit: "seconds" },
            "How long all servers may be waited for in a run together, GitHub and those of `[advisories]`; 120 when left out. What is not \
             answered by then is unavailable.",
        )
        .examples(&["120"]),
    ],
);

/// How much the answer of somebody is needed.
const NEEDS: &[Choice] = &[
    choice("off", "Not asked: what is claimed stands."),
    choice("optional", "Asked. What can't be told is claimed and not verified, and the report says so."),
    choice("required", "Asked. What can't be told leaves the proposal undecided."),
];

static PROPOSALS: Object = object("proposals", "Where the proposals are.", &[field(
    "paths",
    Kind::List(&LINE),
    "Files, folders and patterns that are judged when none is named on the command line. In a pattern, `*` is any part of a \
     name and `**` any folders, and `.json` at the end means any letter case. Hidden files and folders are passed over unless \
     a pattern has their dot.",
)
.examples(&[r#"["changes/**/*.json"]"#])]);

static SYSTEMS: Object = object(
    "systems",
    "Where the system profiles are.",
    &[
        field("path", LINE, "The folder of the profiles; a profile's file is named after its system.")
            .examples(&[r#""systems""#]),
        field(
            "required",
            Kind::Flag,
            "Whether every proposal must name a system that has a profile. When left out: if the folder holds any profile.",
        ),
        field(
            "environments",
            NAMES,
            "The environments that there are; a freeze may name no other. `production`, `staging`, `test` and `development` when left out.",
        )
        .examples(&[r#"["production", "staging"]"#]),
    ],
);

static POLICIES: Object = object(
    "policies",
    "Where the rules are.",
    &[
        field("paths", Kind::List(&LINE), "Folders of rules of your own, besides the built-in ones.")
            .examples(&[r#"["policies"]"#]),
        field("builtin", Kind::Flag, "Whether the built-in rules are used; true when left out.").examples(&["false"]),
    ],
);

static LIMITS: Object = object(
    "limits",
    "How large a file may be.",
    &[
        field(
            "file_bytes",
            Kind::Count { min: 1_024, max: 64 << 20, unit: "bytes" },
            "The largest proposal or profile that is read; 1 MiB when left out.",
        )
        .examples(&["1048576"]),
        field(
            "depth",
            Kind::Count { min: 8, max: 512, unit: "levels" },
            "How deep objects and lists may be nested; 64 when left out.",
        )
        .examples(&["64"]),
        field(
            "waiver_days",
            Kind::Count { min: 1, max: 366, unit: "days" },
            "For how many days a waiver may hold; 90 when left out.",
        )
        .examples(&["90"]),
    ],
);

static SCALE: Object = object(
    "scale",
    "Where one scale of upgrades ends and the next begins. How much an upgrade has to show goes by its scale: routine, standard, \
     critical or emergency. The reports `human`, `json` and `html` show every change.",
    &[
        field(
            "routine_criticalities",
            Kind::List(&Kind::Choice(CRITICALITIES)),
            "The criticalities of systems whose upgrades may be routine; low and moderate when left out.",
        )
        .examples(&[r#"["low"]"#]),
        field(
            "routine_sizes",
            Kind::List(&Kind::Choice(STEP_SIZES)),
            "The sizes of steps that may be routine; patch and minor when left out.",
        )
        .examples(&[r#"["patch"]"#]),
        field(
            "critical_criticalities",
            Kind::List(&Kind::Choice(CRITICALITIES)),
            "The criticalities of systems on which a large step is of the critical scale; high when left out. A critical system \
             always is.",
        )
        .examples(&[r#"["moderate", "high"]"#]),
        field(
            "critical_sizes",
            Kind::List(&Kind::Choice(STEP_SIZES)),
            "The sizes of steps that are large ones; major and replacement when left out.",
        )
        .examples(&[r#"["minor", "major", "replacement"]"#]),
        field(
            "critical_reversibilities",
            Kind::List(&Kind::Choice(REVERSIBILITIES)),
            "What is of the critical scale on any system, as it can't be taken back; irreversible when left out.",
        )
        .examples(&[r#"["hard", "irreversible"]"#]),
    ],
);

static RULE: Object = object(
    "rule settings",
    "What is changed about one rule. The reports `human`, `json` and `html` show every change.",
    &[
        field("level", Kind::Choice(LEVELS), "The level of its findings, in place of the rule's own."),
        field(
            "effective_on",
            Kind::Date,
            "The first day on which it blocks, by the clocks of UTC, in place of the rule's own: before it, what it would deny is a warning \
             that says from when on it blocks. A day that is past has it block now. \
             Only of a rule of the level deny.",
        )
        .examples(&[r#""2027-03-01""#]),
        field(
            "expires_on",
            Kind::Date,
            "The first day on which it has no part any more, by the clocks of UTC, in place of the rule's own; a day after `effective_on`.",
        )
        .examples(&[r#""2027-09-01""#]),
        field(
            "params",
            Kind::Map(&Kind::Plain),
            "Parameters in place of their defaults: params = { max_age_days = 60 }.",
        )
        .examples(&[r#"{ "max_age_days": 60 }"#]),
        field("off", Kind::Object(&OFF), "Switches the rule off: off = { reason = \"…\" }."),
    ],
);

static OFF: Object = object(
    "off",
    "Why a rule is off.",
    &[field(
        "reason",
        PROSE,
        "The reason, in three words or more; the reports `human`, `json`, `html`, `markdown` and `sarif` repeat it.",
    )
    .required()],
);

/// The levels that a rule may be set to.
pub const LEVELS: &[Choice] = &[
    choice("deny", "A finding blocks."),
    choice("warn", "A finding is shown and does not block."),
    choice("info", "A finding is advice."),
];
