//! Who helps and who agrees: support in the window, and approvals.

use super::service::CONTACT_ROLES;
use super::terms::{accepted, flag, instant, line, list, people, person, reference, word};
use crate::proposal::shape::{Choice, Kind, LINE, Object, choice, field, object};

pub static SUPPORT: Object = object(
    "support",
    "Who can be reached in the window. The contacts of the system's profile need not be repeated, unless the upgrade needs others or needs them at other hours.",
    &[
        list("contacts", &Kind::Object(&SUPPORT_CONTACT), "Who can be reached, from when to when."),
        list(
            "needs",
            &Kind::Choice(CONTACT_ROLES),
            "The roles that this upgrade needs, where they are more than its `touches` suggest.",
        )
        .examples(&[r#"["technical", "vendor"]"#]),
        list(
            "single_points",
            &Kind::Object(&SINGLE_POINT),
            "Knowledge that only one person has, and what is done about it.",
        ),
        line("bridge", "Where everybody meets during the window. No rule judges it.")
            .examples(&[r#""call: +49 30 5550 100, room payments-upgrade""#]),
        line("escalation", "Who is called when nobody answers. No rule judges it.")
            .examples(&[r#""the manager on duty, +49 30 5550 112""#]),
    ],
);

pub static SUPPORT_CONTACT: Object = object(
    "support-contact",
    "Somebody who can be reached in the window.",
    &[
        person("name", "The person, or the desk of a vendor.").required(),
        list("roles", &Kind::Choice(CONTACT_ROLES), "What they can be called for.")
            .required()
            .examples(&[r#"["technical"]"#]),
        instant("from", "From when; the start of the window when left out."),
        instant("to", "Until when; the end of the window when left out."),
        line("reach", "How they are reached.").examples(&[r#""pager: payments-oncall""#]),
        person("deputy", "Who stands in for them."),
        flag("confirmed", "Whether they have agreed to be there."),
    ],
);

pub static SINGLE_POINT: Object = object(
    "single-point",
    "Knowledge that only one person has.",
    &[
        line("what", "What only they know.")
            .examples(&[r#""how the replication slots are named, and why""#])
            .required(),
        person("known_by", "Who knows it.").required(),
        line("mitigation", "What is done about it.")
            .examples(&[r#""written down in the runbook, walked through with @bo""#]),
        people("also_briefed", "Who was briefed for this upgrade."),
        accepted("accepted", "Who accepts the risk."),
    ],
);

pub static APPROVAL: Object = object(
    "approval",
    "The agreement of one person to this proposal as it stands.",
    &[
        person("by", "Who approves; never the author.").required(),
        word("role", APPROVER_ROLES, "In which role they approve."),
        instant("at", "When they approved."),
        field("digest", Kind::Digest, "The digest of the proposal that they approved, as `changegate` prints it.")
            .examples(&[r#""sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08""#]),
        field("revision", LINE, "The commit that they approved.").examples(&[r#""3f1c2a9""#]),
        instant("withdrawn_at", "When they withdrew it, if they did."),
        line("comment", "What they said. No rule judges it.")
            .examples(&[r#""agreed, if the replica is kept for a week""#]),
        reference("reference", "Where they approved: a review or a ticket."),
    ],
);

/// The roles in which people approve.
pub const APPROVER_ROLES: &[Choice] = &[
    choice("peer", "Somebody who knows the work and reviewed it."),
    choice("owner", "The owner of the system."),
    choice("security", "Security."),
    choice("data-owner", "The owner of the data."),
    choice("business-owner", "The owner of the business that bears the downtime."),
    choice("operations", "Those who run the system."),
    choice("change-authority", "The change authority (ITIL), such as a change advisory board."),
    choice("legal", "Legal or compliance."),
];
