//! Why change at all.

use super::terms::{REFERENCES, accepted, date, prose, word};
use crate::proposal::shape::{Choice, LINES, NAMES, Object, choice, field, object};

pub static REASON: Object = object("reason", "Why the system is changed at all.", &[
    prose("purpose", "What the upgrade fixes, supports, improves, replaces or enables, in practical terms. That a new version is out, or that the vendor recommends it, is not a purpose.")
        .examples(&[r#""Fixes the deadlock that stopped settlement on 3 and 11 November.""#]),
    word("class", CLASSES, "The kind of reason. It decides which urgencies are open and what else has to be shown."),
    word("urgency", URGENCIES, "How soon. An emergency needs `security`, `bug` or `compliance`, and a reference to what makes it one."),
    prose("benefit", "What is better afterwards, for whom, if possible as a figure. A stable system changes only for a benefit.").examples(&[r#""reports that took 40 minutes take 6, measured on a copy of production""#]),
    prose("why_now", "Why it cannot wait; asked of an optional upgrade.").examples(&[r#""the team that knows the old version leaves in January""#]),
    prose("risk_of_waiting", "What happens if it is not done.").examples(&[r#""no repairs after 11 November 2027, and the next auditor will ask""#]),
    field("advisories", NAMES, "The security advisories that it answers, as CVE, GHSA or OSV ids.").examples(&[r#"["CVE-2026-41872"]"#]),
    field("incidents", LINES, "The incidents or defects that it answers, as tickets.").examples(&[r#"["INC-2291"]"#]),
    field("regulations", LINES, "The regulations, audit findings or orders that it answers.").examples(&[r#"["PCI DSS 4.0, 6.3.3"]"#]),
    field("references", REFERENCES, "Anything else that a reader may want to look up.").examples(&[r#"["https://www.postgresql.org/support/versioning/"]"#]),
    date("end_of_support", "The first day without support for the old version. The window should lie before it, and the profile should not name another one."),
    accepted("overrun_accepted", "Who accepts that the old version runs on after `end_of_support`."),
]);

const CLASSES: &[Choice] = &[
    choice("security", "Closes a weakness."),
    choice("bug", "Fixes a fault that has been met."),
    choice("compliance", "Satisfies a law, a contract or an audit."),
    choice("end-of-support", "Leaves a version that its maker no longer supports."),
    choice("performance", "Makes it faster, smaller or larger."),
    choice("feature", "Brings a function that users need."),
    choice("hardware", "Replaces or extends hardware."),
    choice("architecture", "Changes how the system is built."),
    choice("optional", "Would be nice; nothing is missed without it."),
];

/// How soon an upgrade is to come.
pub const URGENCIES: &[Choice] = &[
    choice("emergency", "Now: harm is being done, or is about to be."),
    choice("urgent", "Within days."),
    choice("planned", "In the next suitable window."),
    choice("optional", "Whenever it suits; it waits until its tests are complete."),
];
