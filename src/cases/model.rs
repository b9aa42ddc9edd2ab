//! What a file of cases holds, in the same language as the proposal's model.

use crate::proposal::json_schema::json_schema;
use crate::proposal::shape::{Choice, Field, Kind, LINE, Object, PROSE, choice, field, object};

/// The longest message, in characters.
const MESSAGE: Kind = Kind::Text { max: 10_000 };

/// A file of cases: it stands beside its rule and has its name, `ticket.cases.json` beside `ticket.rhai`.
pub static CASES: Object = object(
    "cases",
    "What a rule has to say of some proposals.",
    &[
        field(
            "$schema",
            LINE,
            "The address of the JSON Schema, so that editors complete and explain while typing. Not judged.",
        ),
        field("cases", Kind::List(&Kind::Object(&CASE)), "The cases, each by itself.").required(),
        field(
            "equal",
            Kind::List(&Kind::Object(&EQUAL)),
            "Mutants of the rule that no case can tell from it, each with the reason; `changegate test --mutate` tells of all others.",
        ),
    ],
)
.unmarked();

static CASE: Object = object(
    "case",
    "A proposal, and what the rule has to say of it.",
    &[
        field("name", LINE, "What is special about it. No other case of the file has the same name.")
            .required()
            .examples(&[r#""the restore test is a day too old""#]),
        field("base", LINE, "The file of a proposal, from the folder in which the gate runs; an empty object when left out.")
            .examples(&[r#""examples/payments-db.json""#]),
        field(
            "remove",
            Kind::List(&Kind::Pointer),
            "What is taken out of the proposal, before anything is set in it.",
        )
        .examples(&[r#"["/backup/restore_test"]"#]),
        field(
            "set",
            Kind::Edits,
            "What is put into the proposal, by JSON Pointer; objects on the way are made, and `/list/-` adds an item. What stands below \
             `/system`, but for its `id`, is put into the profile of the system.",
        )
        .examples(&[r#"{ "/backup/restore_test/at": "2026-08-22T10:00:00+02:00" }"#]),
        field("profile", Kind::Edits, "What is put into the profile of the system, by JSON Pointer; `null` takes it out.")
            .examples(&[r#"{ "/system/criticality": "low" }"#]),
        field(
            "evidence",
            Kind::Map(&Kind::Json),
            "What the gate knows besides, by the names that rules read: `freezes`, `reviews`. Nothing when left out.",
        )
        .examples(&[r#"{ "merges": [] }"#]),
        field("params", Kind::Map(&Kind::Plain), "Parameters of the rule in place of its own.")
            .examples(&[r#"{ "max_age_days": 30 }"#]),
        field("now", Kind::Instant, "The time by which is judged; 2026-11-21T12:00:00Z when left out.")
            .examples(&[r#""2026-12-06T02:00:00+01:00""#]),
        field("phase", Kind::Choice(PHASES), "The phase in which is judged; plan when left out."),
        field("expect", Kind::List(&Kind::Object(&EXPECTED)), "All findings that the rule has to make; none when the list is empty.")
            .required()
            .examples(&[r#"[{ "level": "deny", "at": "/backup", "message": "no restore test is recorded" }]"#]),
        field("owed", Kind::List(&MESSAGE), "All that the rule has to call owed afterwards: the day, the name, and what it is.")
            .examples(&[r#"["2026-12-19 load-test: the load test that was left out"]"#]),
    ],
);

static EQUAL: Object = object(
    "equal mutant",
    "A mutant of the rule that says the same in every case that there could be.",
    &[
        field("line", MESSAGE, "The line of the rule in which it stands, without the white space around it.")
            .required(),
        field(
            "column",
            Kind::Count { min: 1, max: 10_000, unit: "characters" },
            "Where in that line it begins, the first character being 1.",
        )
        .required(),
        field("change", LINE, "What is made of it, as `changegate test --mutate` calls it.")
            .required()
            .examples(&[r#""always""#, r#""<=""#]),
        field("reason", PROSE, "Why no case can tell the two from each other.")
            .required()
            .examples(&[r#""an exact tie: of two approvals given at one time either says when""#]),
    ],
);

static EXPECTED: Object = object(
    "expected finding",
    "A finding that the rule has to make.",
    &[
        field(
            "rule",
            LINE,
            "The code of the problem, where the proposal is no valid one, so that no rule judges it; else the rule is the one of the file.",
        )
        .examples(&[r#""proposal/missing-field""#]),
        field("level", Kind::Choice(LEVELS), "How much it weighs.").required(),
        field("at", Kind::Pointer, "To what it points.").required().examples(&[r#""/backup/restore_test/at""#]),
        field("message", MESSAGE, "What it says, whole.").required().examples(&[r#""no restore test is recorded""#]),
    ],
);

const PHASES: &[Choice] = &[
    choice("plan", "The pull request that proposes it."),
    choice("deploy", "Minutes before it is carried out."),
    choice("close", "Afterwards, before it may be called done."),
];

const LEVELS: &[Choice] = &[
    choice("deny", "It blocks."),
    choice("warn", "It is shown, and does not block."),
    choice("info", "Advice; it never blocks."),
];

/// The JSON Schema of a file of cases: `schemas/cases-v1.json`.
pub fn schema() -> serde_json::Value {
    json_schema(&CASES, "https://changegate.dev/schema/cases-v1.json", "changegate cases of a rule, version 1")
}

/// The fields of [`EXPECTED`] that say what a finding is, in the order in which a difference is told.
pub(super) fn fields_of_a_finding() -> impl Iterator<Item = &'static Field> {
    ["rule", "level", "at", "message"].into_iter().filter_map(|name| EXPECTED.field(name))
}
