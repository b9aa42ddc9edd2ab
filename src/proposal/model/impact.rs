//! The business before the technology: who notices, and for how long.

use super::service::{DUTY, USER_GROUP};
use super::terms::{accepted, instant, line, list, minutes, names, one, people, prose, reference, word};
use crate::proposal::shape::{Choice, Kind, Object, choice, object};

pub static IMPACT: Object = object(
    "impact",
    "Who notices the upgrade, how, and for how long. The processes and user groups of the system's profile need not be repeated.",
    &[
        minutes(
            "downtime",
            "How long the service is expected to be interrupted; 0 where it is not. It must fit in what is left of the service level.",
        ),
        minutes("worst_case_downtime", "How long it is interrupted when the upgrade fails and is rolled back.")
            .examples(&["90", r#""PT2H""#]),
        minutes("degraded", "How long the service runs, but slower or with less than usual."),
        list(
            "processes",
            &Kind::Object(&PROCESS_IMPACT),
            "The business processes that are affected, where the impact differs between them or the profile lists none.",
        ),
        accepted("no_processes", "The owner who says that no business process depends on the system."),
        list(
            "user_groups",
            &Kind::Object(&USER_GROUP),
            "The users that are affected, where the system's profile does not list them.",
        ),
        names("systems", "The other systems that notice the upgrade.").examples(&[r#"["checkout", "ledger-export"]"#]),
        prose("description", "What users notice, in their words.")
            .examples(&[r#""Paying by card answers with a notice for about twenty minutes; baskets are kept.""#]),
        one(
            "legal_review",
            &LEGAL_REVIEW,
            "The review of legal and compliance duties; needed where the system has any.",
        ),
        accepted(
            "exception",
            "Who accepts, for a critical service, that there is neither a staged cutover nor a standby.",
        ),
        accepted(
            "downtime_accepted",
            "Who accepts that the downtime takes more than what is left of the service level.",
        ),
    ],
);

pub static PROCESS_IMPACT: Object = object(
    "process-impact",
    "What the upgrade does to one business process.",
    &[
        line("name", "The process, as the system's profile names it.").required().examples(&[r#""card payments""#]),
        minutes("downtime", "How long this process is interrupted, where it differs from the whole."),
        word("effect", EFFECTS, "What happens to it."),
        line("workaround", "How people work in the meantime. No rule judges it.")
            .examples(&[r#""orders are queued and settled afterwards""#]),
        accepted("accepted", "The owner of the process who agreed."),
    ],
);

pub static LEGAL_REVIEW: Object = object(
    "legal-review",
    "The review of the duties that bind the system.",
    &[
        list(
            "duties",
            &Kind::Object(&DUTY),
            "Duties that this upgrade raises, where the system's profile does not list them. An empty list says: there are none.",
        ),
        word("outcome", REVIEWS, "What the review found."),
        people("by", "Who reviewed."),
        instant("at", "When."),
        line("conditions", "What the review asked for.")
            .examples(&[r#""customers are told which data move, two weeks before""#]),
        reference("reference", "Where the review is."),
    ],
);

const EFFECTS: &[Choice] = &[
    choice("none", "Nobody notices."),
    choice("degraded", "It goes on, slower or with less."),
    choice("interrupted", "It stops for a time."),
];

const REVIEWS: &[Choice] = &[
    choice("no-objection", "The upgrade touches no duty, or satisfies it."),
    choice("conditions", "It may go ahead under `conditions`."),
    choice("objection", "It may not go ahead."),
    choice("pending", "The review is not finished."),
];
