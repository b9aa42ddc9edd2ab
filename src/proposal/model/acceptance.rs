//! How one will know that it worked.

use super::terms::{flag, line, list, minutes, person, word};
use crate::proposal::shape::{Choice, Kind, Object, choice, object};

pub static ACCEPTANCE: Object = object(
    "acceptance",
    "The checks by which one will know that it worked, written down before the upgrade. Their results go into `record.acceptance`.",
    &[
        list("checks", &Kind::Object(&CHECK), "The checks, in the order in which they are made: core functions first."),
        list("not_applicable", &Kind::Choice(COVERS), "What the system does not have, and no check covers.")
            .examples(&[r#"["devices", "reports"]"#]),
        person("accepted_by", "Who declares the upgrade accepted."),
    ],
);

pub static CHECK: Object = object(
    "acceptance-check",
    "One check.",
    &[
        line("name", "What is checked; results refer to it by this name.")
            .required()
            .examples(&[r#""a test payment is booked and settled""#]),
        list("covers", &Kind::Choice(COVERS), "What it covers.").examples(&[r#"["core-workflow", "read-write"]"#]),
        line("expected", "The result that is expected, so that two people would judge alike.")
            .examples(&[r#""booked within 2 s, in the ledger within 1 minute""#]),
        person("owner", "Who makes the check."),
        flag("core", "Whether it checks a core function; those come first and have to pass."),
        flag("proves_purpose", "Whether it shows that the purpose of the upgrade was reached."),
        line("process", "The business process that it follows, as the system's profile names it.")
            .examples(&[r#""card payments""#]),
        word("how", HOW, "How it is made. No rule judges it."),
        minutes("duration", "How long it takes."),
    ],
);

pub const COVERS: &[Choice] = &[
    choice("startup", "The system starts."),
    choice("login", "Users can log in."),
    choice("core-workflow", "The core workflow works."),
    choice("read-write", "Data can be read and written."),
    choice("reports", "Reports are right."),
    choice("interfaces", "Interfaces to other systems work."),
    choice("devices", "Devices and clients work."),
    choice("scheduled-tasks", "Scheduled tasks run."),
    choice("permissions", "Everybody may do what they may, and no more."),
    choice("backup", "A backup succeeds."),
    choice("monitoring", "The system is watched, and alarms arrive."),
    choice("user-confirmation", "Users confirm that they can work."),
];

const HOW: &[Choice] = &[choice("manual", "By a person."), choice("automated", "By a program.")];
