//! The short cycle for a security emergency.

use super::terms::{date, flag, instant, line, lines, list, name, one, person, prose, reference, version, word};
use crate::proposal::shape::{Choice, Field, Kind, LINE, Object, choice, field, object};

pub static FAST_TRACK: Object = object(
    "fast-track",
    "The short cycle for a security emergency. Its presence asks for it; it never spares a tested backup, a rollback plan, a security approver, an incident lead and monitoring.",
    &[
        advisory("advisory", "The advisory that calls for it, as a CVE, GHSA or OSV id.").required(),
        word("severity", SEVERITIES, "How severe it is, by the scale of CVSS."),
        field("cvss_score", Kind::Number { min: 0.0, max: 10.0, unit: "CVSS base score" }, "Its CVSS base score.")
            .examples(&["9.8"]),
        field("cvss_vector", LINE, "Its CVSS vector, version 2, 3 or 4.")
            .examples(&[r#""CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H""#]),
        flag("known_exploited", "Whether it is known to be exploited, for example by the KEV catalogue of CISA."),
        version("fixed_in", "The version that fixes it; the target version must be that or later."),
        flag("affected", "Whether this system was found to be affected, and not only to hold the component."),
        person("verified_by", "Who verified that the advisory is real and concerns this system."),
        instant("verified_at", "When it was verified."),
        prose("justification", "Why the normal cycle is too slow here.")
            .examples(&[r#""the weakness is exploited in the wild, and the next regular window is in nine days""#]),
        person("security_approver", "Who approves for security; also among `approvals`."),
        person("incident_lead", "Who leads while the upgrade runs."),
        reference("incident", "The incident or ticket under which it runs."),
        list(
            "skips",
            &Kind::Choice(SKIPPED),
            "What the short cycle leaves out now, and what has to be made up for afterwards.",
        ),
        list("obligations", &Kind::Object(&OBLIGATION), "What is made up for, by whom and by when."),
        one("review", &PLANNED_REVIEW, "The review that takes place afterwards."),
    ],
);

pub static PLANNED_REVIEW: Object = object(
    "planned-review",
    "The review that takes place after a fast track.",
    &[
        instant("at", "When it takes place; within the days that the rules allow after the window.").required(),
        person("led_by", "Who leads it."),
        lines("agenda", "What it looks at. No rule judges it.")
            .examples(&[r#"["was the haste needed", "what was left out, and is it made up for"]"#]),
    ],
);

pub static OBLIGATION: Object = object(
    "obligation",
    "Something that is made up for after a fast track.",
    &[
        name("id", "What the record calls it.").required().examples(&[r#""load-test""#]),
        line("what", "What is to be done.").examples(&[r#""run the test under load that was left out""#]).required(),
        person("owner", "Who does it."),
        date("due", "The last day on which it may be done."),
        reference("ticket", "Where it is followed."),
    ],
);

pub const fn advisory(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Name, doc).examples(&[r#""CVE-2026-41872""#, r#""GHSA-9v3m-8fp8-mj99""#])
}

const SEVERITIES: &[Choice] = &[
    choice("low", "CVSS 0.1 to 3.9."),
    choice("medium", "CVSS 4.0 to 6.9."),
    choice("high", "CVSS 7.0 to 8.9."),
    choice("critical", "CVSS 9.0 to 10.0."),
];

const SKIPPED: &[Choice] = &[
    choice("lead-time", "The usual lead time."),
    choice("approvals", "The usual number of approvals."),
    choice("freeze", "A change freeze that is in force."),
    choice("low-risk-window", "A low-risk window."),
    choice("load-test", "The test under load."),
    choice("full-testing", "A part of the usual tests."),
    choice("pilot", "A pilot."),
    choice("staging", "A rollout in stages."),
    choice("compatibility-review", "A part of the compatibility review."),
    choice("early-notice", "Early notice to users."),
];
