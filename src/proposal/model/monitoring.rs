//! Watching the system after the upgrade.

use super::terms::{METRICS, days, instant, line, lines, list, one, percent, person, reference, word};
use crate::proposal::shape::{Choice, Field, Kind, LINE, Object, choice, field, object};

pub static MONITORING: Object = object("monitoring", "How the system is watched after the upgrade. What was measured goes into `record.monitoring`.", &[
    days("duration", "How long it is watched: hours when the upgrade is small; days, or one whole business cycle, when the system is critical.")
        .examples(&[r#""PT4H""#, r#""P31D""#]),
    list("metrics", &Kind::Object(&METRIC), "What is watched, with what was normal before."),
    list("not_applicable", &Kind::Choice(METRICS), "Metrics that the system does not have."),
    one("baseline", &BASELINE, "When the normal values were taken."),
    lines("feedback_channels", "Where users report what they notice.").examples(&[r##"["#payments-help", "service desk"]"##]),
    person("owner", "Who watches."),
    reference("dashboard", "Where one looks. No rule judges it."),
]);

pub static METRIC: Object = object(
    "metric",
    "One metric that is watched.",
    &[
        word("metric", METRICS, "What is watched.").required(),
        line("name", "Which exactly, where there are several of one sort; measurements refer to it by this name.")
            .examples(&[r#""95th percentile of booking""#]),
        figure("baseline", "The normal value before the upgrade.").examples(&[r#"180.0"#]),
        field("unit", LINE, "The unit of the value.").examples(&[r#""ms""#, r#""percent""#]),
        percent(
            "tolerance",
            "How far it may move in the bad direction, in percent of the baseline, and still count as normal.",
        )
        .examples(&["10"]),
        word(
            "worse_when",
            WORSE,
            "Which direction is bad; when left out `lower` for a `success-rate` and a `service-status`, `either` for `sessions`, and `higher` for all others.",
        ),
        figure("alert_at", "The value at which somebody is woken.").examples(&[r#"400.0"#]),
    ],
);

pub static BASELINE: Object = object(
    "baseline",
    "When the normal values were taken.",
    &[
        instant("start", "From when.").required(),
        instant("end", "Until when; before the window begins.")
            .examples(&[r#""2026-12-06T05:00:00+01:00""#])
            .required(),
        reference("reference", "Where they are kept."),
    ],
);

pub const fn figure(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Number { min: -1e12, max: 1e12, unit: "unit of the metric" }, doc)
}

const WORSE: &[Choice] = &[
    choice("higher", "More is worse, as with errors and response times."),
    choice("lower", "Less is worse, as with success rates and the status of a service."),
    choice("either", "Any move away from normal is bad."),
];
