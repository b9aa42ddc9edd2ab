//! Who is told what, and when.

use super::terms::{flag, instant, line, lines, list, person, reference, word};
use crate::proposal::shape::{Choice, Kind, Object, choice, object};

pub static COMMUNICATION: Object = object(
    "communication",
    "Who is told about the upgrade, what and when.",
    &[
        list(
            "notices",
            &Kind::Object(&NOTICE),
            "The notices before the upgrade. Together they tell every group of users what it has to know.",
        ),
        line("contact", "Whom users turn to with questions.").examples(&[r##""#payments-help""##]),
        lines("limits", "What users cannot do meanwhile. An empty list says: nothing.")
            .examples(&[r#"["no refunds between 01:00 and 03:00"]"#]),
        lines("avoid", "What users should not do meanwhile, such as leaving forms open. An empty list says: nothing.")
            .examples(&[r#"["leaving forms open over the night"]"#]),
        person("owner", "Who sees to it."),
        word("status_updates", UPDATES, "How users learn about progress while it runs. No rule judges it."),
    ],
);

pub static NOTICE: Object = object(
    "notice",
    "One notice to one or more groups.",
    &[
        list("to", &Kind::Choice(AUDIENCES), "Who is told.").required().examples(&[r#"["users"]"#]),
        instant("at", "When it goes out; early enough for those who have to prepare.").required(),
        line("channel", "Over which channel. No rule judges it.")
            .examples(&[r#""mail to all-staff""#, r#""status page""#]),
        list("tells", &Kind::Choice(TELLS), "What it tells.").examples(&[r#"["time", "impact", "contact"]"#]),
        reference("text", "Where its text is."),
        flag("sent", "Whether it has gone out already."),
    ],
);

pub const AUDIENCES: &[Choice] = &[
    choice("users", "The users of the system inside the organisation."),
    choice("customers", "Customers or the public."),
    choice("partners", "Partner organisations."),
    choice("support-staff", "Those whom users call."),
    choice("operators", "Those who run this and the dependent systems."),
    choice("management", "Those who answer for the business."),
];

const TELLS: &[Choice] = &[
    choice("time", "When it happens."),
    choice("impact", "What users notice."),
    choice("limits", "What does not work meanwhile."),
    choice("contact", "Whom to ask."),
    choice("avoid", "What not to do meanwhile."),
    choice("login-changes", "That logging in changes."),
    choice("password-changes", "That passwords change."),
    choice("client-updates", "That a client has to be updated."),
    choice("function-changes", "Which functions change."),
];

const UPDATES: &[Choice] = &[
    choice("none", "Only when it is over."),
    choice("on-change", "Whenever something changes."),
    choice("regular", "At regular times."),
];
