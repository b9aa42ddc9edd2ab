//! What is recorded after the upgrade, before it may be called done.

use super::people::APPROVER_ROLES;
use super::results::{ACCEPTANCE, AFTERWARDS, DECOMMISSION, LOGS, MONITORING, RECONCILED, REVIEW};
use super::terms::{
    date, flag, instant, line, lines, list, minutes, name, names, one, people, person, reference, version, word,
};
use crate::proposal::shape::{Choice, Kind, Object, choice, object};

pub static RECORD: Object = object(
    "record",
    "What is recorded after the upgrade, before it may be called done.",
    &[
        word(
            "outcome",
            OUTCOMES,
            "How the upgrade ended. With `finished_at` it closes the proposal, which then collides with no other.",
        ),
        instant("started_at", "When it began."),
        instant("finished_at", "When it ended. What is still to come closes nothing.")
            .examples(&[r#""2026-12-06T05:00:00+01:00""#]),
        minutes("downtime", "How long the service was really interrupted."),
        people("staff", "Who carried it out."),
        list(
            "installed",
            &Kind::Object(&INSTALLED),
            "The old and the new versions, as they were found afterwards, for every component and site that changed.",
        ),
        one("backup", &BACKUP_USED, "The backup that was taken, and how long it is kept."),
        list(
            "changed_configuration",
            &Kind::Object(&CHANGED),
            "The configuration that was changed. An empty list says: none.",
        ),
        lines("test_results", "The results of the tests after the upgrade, or where they are.")
            .examples(&[r#"["214 of 214 cases passed, see https://ci.example.com/runs/8123"]"#]),
        list("issues", &Kind::Object(&ISSUE), "What went wrong, and how it was resolved. An empty list says: nothing."),
        word("rollback", ROLLBACKS, "Whether it was rolled back, and whether it still could be."),
        instant("rollback_began_at", "When the way back began: what was seen from then on is of the old state.")
            .examples(&[r#""2026-12-06T03:15:00+01:00""#]),
        minutes("data_lost", "The data that were really lost, as a length of time."),
        list("approvers", &Kind::Object(&APPROVER), "Who had approved it."),
        one("acceptance", &ACCEPTANCE, "The results of the acceptance checks."),
        one("logs", &LOGS, "The logs that were reviewed."),
        one("monitoring", &MONITORING, "What was measured afterwards."),
        one("communication", &AFTERWARDS, "What users were told afterwards."),
        one("profile_update", &PROFILE_UPDATE, "The change of the system's profile to what runs now."),
        list("follow_ups", &Kind::Object(&FOLLOW_UP), "Known issues and things to do. An empty list says: none."),
        one("lessons", &LESSONS, "What was learnt."),
        list(
            "reconciliation",
            &Kind::Object(&RECONCILED),
            "The results of the comparisons in `migration.data.reconciliation`.",
        ),
        one("decommission", &DECOMMISSION, "What became of the old side of a migration."),
        one("review", &REVIEW, "The review after a fast track, and what was made up for."),
    ],
);

pub static INSTALLED: Object = object(
    "installed",
    "A component as it was found after the upgrade.",
    &[
        name("component", "The component.").required().examples(&[r#""database""#]),
        name("site", "The site or node. Where the change names several, each has an item.")
            .examples(&[r#""berlin-1""#]),
        version("from", "The version before."),
        version(
            "version",
            "The version that runs now. Where a patch level, a firmware or a driver was changed, that one; or what the component is, and the other in its own field.",
        )
        .required(),
        version("patch_level", "Its patch level."),
        version("firmware", "Its firmware."),
        version("driver", "Its driver."),
        line("verified_with", "How it was found out. No rule judges it.").examples(&[r#""select version()""#]),
    ],
);

pub static BACKUP_USED: Object = object(
    "backup-record",
    "The backup that was taken before the upgrade.",
    &[
        instant("at", "When it was complete."),
        line("location", "Where it is.").examples(&[r#""s3://backups-payments/2026-12-06""#]),
        date("kept_until", "The last day on which it is kept."),
        flag("restored", "Whether it had to be restored."),
    ],
);

pub static CHANGED: Object = object(
    "changed-configuration",
    "Configuration that was changed.",
    &[
        line("what", "What was changed.").required().examples(&[r#""shared_buffers from 8GB to 12GB""#]),
        name("component", "The component.").examples(&[r#""database""#]),
        flag("planned", "Whether the plan said so."),
        reference("reference", "The commit or ticket."),
    ],
);

pub static ISSUE: Object = object(
    "issue",
    "Something that went wrong.",
    &[
        line("what", "What went wrong.").examples(&[r#""two reports failed with a time-out""#]).required(),
        line("resolution", "How it was resolved.").examples(&[r#""the statistics were gathered again, and both ran""#]),
        flag("resolved", "Whether it is."),
        person("owner", "Who sees to it."),
        reference("ticket", "Where it is followed."),
    ],
);

pub static APPROVER: Object = object(
    "approver",
    "Somebody who had approved.",
    &[person("name", "Who.").required(), word("role", APPROVER_ROLES, "In which role.")],
);

pub static PROFILE_UPDATE: Object = object(
    "profile-update",
    "The change of the system's profile to what runs now.",
    &[
        instant("at", "When it was changed.").required(),
        person("by", "Who changed it."),
        names("components", "The components whose versions were changed there."),
        reference("reference", "The commit or pull request."),
    ],
);

pub static FOLLOW_UP: Object = object(
    "follow-up",
    "Something that remains to be done.",
    &[
        line("what", "What.").examples(&[r#""drop the old replication slots""#]).required(),
        person("owner", "Who does it."),
        reference("ticket", "Where it is followed; a chat is not enough."),
        date("due", "By when."),
        flag("known_issue", "Whether it is a fault that users may meet."),
    ],
);

pub static LESSONS: Object = object(
    "lessons",
    "What was learnt.",
    &[
        lines("went_well", "What went well.").examples(&[r#"["the rehearsal had found the missing extension"]"#]),
        lines("took_longer", "What took longer than planned.")
            .examples(&[r#"["gathering statistics: 35 minutes instead of 10"]"#]),
        lines("missed", "What was missed.").examples(&[r#"["nobody had told the night shift of the warehouse"]"#]),
    ],
);

pub const OUTCOMES: &[Choice] = &[
    choice("succeeded", "As planned."),
    choice("succeeded-with-issues", "As wanted, with issues that are named."),
    choice("rolled-back", "The old state was brought back."),
    choice("repaired-forward", "It failed and was repaired by going forward."),
    choice("abandoned", "It was not begun, or stopped before anything changed."),
];

const ROLLBACKS: &[Choice] = &[
    choice("not-needed", "It was not needed, and would still be possible."),
    choice("no-longer-possible", "It was not needed, and is no longer possible."),
    choice(
        "partial",
        "A part was rolled back: `installed` has both versions, and a follow-up names what stays behind.",
    ),
    choice("complete", "All of it was rolled back."),
    choice("failed", "It was tried, and failed."),
];
