//! Tests in an environment like the real one.

use super::terms::{
    OUTCOMES, PROOF, accepted, flag, instant, line, lines, list, one, person, proofs, reference, version, word,
};
use crate::proposal::shape::{Choice, Kind, Object, amount, choice, count, field, object};

pub static TESTING: Object = object(
    "testing",
    "How the new version was tried, and what came out.",
    &[
        version("version", "The version that was tested; the very one that shall be installed."),
        instant("completed_at", "When the last required test ended; left out while tests are still running."),
        one("environment", &ENVIRONMENT, "Where it was tested, and how that differs from production."),
        list(
            "cases",
            &Kind::Object(&TEST_CASE),
            "The tests. Every process of the system has at least one that follows its real workflow.",
        ),
        one(
            "load",
            &LOAD_TEST,
            "The test under load; asked for where the change touches a database, a cache or a hot path, and of critical systems.",
        ),
        one("blind_spots", &BLIND_SPOTS, "What tests usually miss, and what was done about it."),
        one("totals", &TOTALS, "The totals of an automated run, compared with its report."),
        one(
            "report",
            &PROOF,
            "The report of the run: in the XML of JUnit, or in the JSON of CTRF, of Jest or of Vitest, if possible as a file of this repository.",
        ),
    ],
);

pub static ENVIRONMENT: Object = object(
    "test-environment",
    "Where it was tested.",
    &[
        line("name", "What it is called.").examples(&[r#""staging""#]),
        list("like_production", &Kind::Choice(RESEMBLANCES), "In what it is like production."),
        list("differences", &Kind::Object(&DIFFERENCE), "In what it differs. An empty list says: in nothing."),
    ],
);

pub static DIFFERENCE: Object = object(
    "environment-difference",
    "One difference between the test environment and production.",
    &[
        word("aspect", RESEMBLANCES, "What differs.").required(),
        line("what", "How it differs.").required().examples(&[r#""a tenth of the rows, same distribution""#]),
        line("mitigation", "What was done about it.")
            .examples(&[r#""the missing replica was simulated by a second instance on the same host""#]),
        accepted("accepted", "Who accepts the difference."),
    ],
);

pub static TEST_CASE: Object = object(
    "test-case",
    "One test.",
    &[
        line("name", "What is tried.").required().examples(&[r#""pay by card, refund, settle""#]),
        line("process", "The business process whose workflow it follows, as the system's profile names it.")
            .examples(&[r#""card payments""#]),
        flag("required", "Whether it has to pass; `true` when left out.").examples(&["false"]),
        word("result", RESULTS, "What came out."),
        instant("at", "When it was run, where it differs from the others."),
        version("version", "The version that was tried, where it differs from the others."),
        person("by", "Who ran it."),
        line("failure", "What went wrong, and how it was resolved.")
            .examples(&[r#""a report timed out; the index it needs is built in the preparation now""#]),
        flag("resolved", "Whether a failure has been resolved and the case run again."),
        accepted("accepted", "Who accepts a failure that is not resolved."),
        proofs("evidence", "What shows it."),
    ],
);

pub static LOAD_TEST: Object = object(
    "load-test",
    "The behaviour under load.",
    &[
        instant("at", "When it was run.").required(),
        word("outcome", OUTCOMES, "How it ended.").required(),
        line("load", "How much load, compared with the busiest hour of production.")
            .examples(&[r#""1.5 times the peak of Black Friday: 900 payments a second""#]),
        field("percent_of_peak", amount("percent"), "The load as a share of the busiest hour of production.")
            .examples(&["150"]),
        line("observed", "What was seen: response times, errors, resources.")
            .examples(&[r#""p95 of 180 ms at 1.2 times the busiest hour, no errors, processor at 60 %""#]),
        version("version", "The version that was tried."),
        proofs("evidence", "What shows it."),
    ],
);

pub static BLIND_SPOTS: Object = object(
    "blind-spots",
    "What tests usually miss. Each item is tested, not applicable, or accepted by name.",
    &[
        list("tested", &Kind::Choice(BLIND_SPOT), "What was tested.")
            .examples(&[r#"["high-traffic", "unusual-data"]"#]),
        list("not_applicable", &Kind::Choice(BLIND_SPOT), "What cannot happen here."),
        list("accepted", &Kind::Object(&ACCEPTED_SPOT), "What was not tested, and who accepts that."),
        lines("notes", "How they were tested. No rule judges it.")
            .examples(&[r#"["permission-differences: each role of production logged in once"]"#]),
    ],
);

/// The same of what was not tested.
pub static ACCEPTED_SPOT: Object = object(
    "accepted-blind-spot",
    "A blind spot that a named person has taken on.",
    &[
        word("item", BLIND_SPOT, "What was not tested.").required(),
        person("by", "Who accepts it.").required(),
        line("reason", "Why it may be accepted.")
            .examples(&[r#""no client older than 2024 has connected for a year, by the access log""#])
            .required(),
        instant("at", "When it was accepted."),
        reference("reference", "Where the decision is recorded."),
    ],
);

pub static TOTALS: Object = object(
    "test-totals",
    "The totals of an automated run.",
    &[
        field("passed", count("cases"), "How many passed.").examples(&[r#"214"#]),
        field("failed", count("cases"), "How many failed.").examples(&[r#"2"#]),
        field("skipped", count("cases"), "How many were left out.").examples(&[r#"5"#]),
    ],
);

const RESEMBLANCES: &[Choice] = &[
    choice("data", "Amount and variety of data."),
    choice("roles", "Roles and permissions of users."),
    choice("connected-services", "The services that it talks to."),
    choice("configuration", "The configuration."),
    choice("interface-calls", "The calls at its interfaces."),
    choice("workload", "The workload."),
];

pub const RESULTS: &[Choice] = &[
    choice("passed", "It passed."),
    choice("failed", "It failed."),
    choice("blocked", "It could not be run."),
    choice("not-run", "It has not been run yet."),
];

const BLIND_SPOT: &[Choice] = &[
    choice("high-traffic", "Very many users or requests at once."),
    choice("unusual-data", "Very large, old, empty or oddly encoded data."),
    choice("legacy-clients", "Old clients."),
    choice("third-party-integrations", "Integrations with third parties."),
    choice("scheduled-jobs", "Jobs that run at night or at the end of a month."),
    choice("permission-differences", "Users with few, many or unusual permissions."),
    choice("network-restrictions", "Proxies, firewalls and slow lines."),
];
