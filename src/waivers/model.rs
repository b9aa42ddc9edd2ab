//! What a waiver holds, in the same language as the proposal's model.

use crate::proposal::shape::{Kind, LINE, LINES, NAMES, Object, PROSE, field, object};

/// A file of waivers.
pub static WAIVERS: Object = object("waivers", "A file of waivers.", &[field("waivers", LISTED, LISTED_DOC)]);

/// The list of them, in a file of their own or in the configuration.
pub const LISTED: Kind = Kind::List(&Kind::Object(&WAIVER));
/// What that is for.
pub const LISTED_DOC: &str = "What is let through for a while: [[waivers]], here or in files of the folder `waivers`. Every use is shown in the report.";

/// One waiver.
pub static WAIVER: Object = object(
    "waiver",
    "What is let through for a while: the denials of one rule, about some systems or proposals.",
    &[
        field("rule", Kind::Name, "The id of the rule. A waiver is of one rule.").required().examples(&[r#""testing/load-tested""#]),
        field("systems", NAMES, "The systems that it is about. It names systems or proposals.").examples(&[r#"["payments-db"]"#]),
        field("proposals", NAMES, "The ids of the proposals that it is about.").examples(&[r#"["2026-12-payments-db-16"]"#]),
        field("environments", NAMES, "The environments that it is about; all of them when left out.")
            .examples(&[r#"["production"]"#]),
        field("files", LINES, "Of `check/unproposed`: the lockfiles and manifests that it is about, from the top of the repository; all of them when left out. It names files or packages.")
            .examples(&[r#"["docs/package-lock.json"]"#]),
        field("packages", LINES, "Of `check/unproposed`: the packages that it is about, by package URL or by name, and one version alone where the URL names it; all of them when left out.")
            .examples(&[r#"["pkg:npm/lodash"]"#]),
        field("reason", PROSE, "Why it may be let through.")
            .required()
            .examples(&[r#""the load generator is out of order until the 14th; the step is a patch""#]),
        field("ticket", LINE, "Where that was decided, and where the end of it is tracked.").required().examples(&[r#""OPS-931""#]),
        field("approver", Kind::Person, "Who has decided it: a person. What they propose themselves they can't let through.")
            .required()
            .examples(&[r#""@ada""#]),
        field("granted", Kind::Date, "The day on which it was decided.").required().examples(&[r#""2026-11-20""#]),
        field(
            "expires",
            Kind::Date,
            "The first day on which it no longer holds, by the clocks of UTC; not more days after `granted` than `limits.waiver_days`.",
        )
        .required()
        .examples(&[r#""2026-12-20""#]),
    ],
);
