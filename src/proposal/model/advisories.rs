//! What the gate found out about the advisories that a proposal names.

use super::terms::{date, flag, instant, line, list, version, word};
use crate::proposal::shape::{Choice, Field, Kind, LINES, Object, choice, count, field, object};

/// All that is known of advisories, as one state of it.
pub static ADVISORY_SNAPSHOT: Object = object(
    "advisory-snapshot",
    "The records and the catalogue in which advisories are looked up.",
    &[
        instant(
            "as_of",
            "When the newest record changed of the database that most of the records are of, or when the API was asked; absent where no records are looked up.",
        ),
        field("records", count("records"), "How many records there are; absent where an API is asked.")
            .examples(&["12345"]),
        instant(
            "exploited_as_of",
            "When the catalogue of exploited vulnerabilities was released; absent where none is looked up.",
        ),
        line("catalogue", "The version of that catalogue.").examples(&[r#""2025.08.25""#]),
        field(
            "max_days",
            count("days"),
            "How many days old either may be before it is told: `advisories.days` of the configuration.",
        )
        .examples(&["7"]),
    ],
);

/// One advisory.
pub static ADVISORY: Object = object(
    "advisory",
    "An advisory, as far as the records and the catalogue tell of it.",
    &[
        field("id", Kind::Name, "Its id, as the proposal names it.").required().examples(&[r#""CVE-2023-4863""#]),
        flag("exists", "Whether it is among the records or in the catalogue; absent where only the catalogue is looked up, and does not have it."),
        field("records", LINES, "The ids of the records that are about it, whichever of their ids is named, and of distributions that are downstream of it; withdrawn ones only where there are no others.")
            .examples(&[r#"["RUSTSEC-2023-0061"]"#]),
        field("aliases", LINES, "Its other ids; of many the first fifty.").examples(&[r#"["GHSA-j7hp-h8jx-5ppr"]"#]),
        instant("withdrawn", "When it was withdrawn; absent where one of its records was not."),
        word("severity", RATED, "The highest severity that its records have for what changes: by their vectors of CVSS, by their words where there are none."),
        score("The score of that severity; absent where it was read off a word."),
        list("ratings", &Kind::Object(&RATING), "All vectors of CVSS that its records have."),
        flag("exploited", "Whether the catalogue has it. Absent where none is looked up."),
        date("exploited_since", "The day on which the catalogue took it up."),
        list("packages", &Kind::Object(&ADVISED_PACKAGE), "What its records say of each package that changes, as far as its ecosystem is known by a `package_url` of the change or of the component in the profile."),
    ],
);

static RATING: Object = object(
    "rating",
    "The severity of an advisory by one vector of CVSS.",
    &[
        field("vector", Kind::Text { max: 512 }, "The vector.")
            .required()
            .examples(&[r#""CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H""#]),
        score("Its score: of versions 2 and 3 the base score, of version 4 that of all that it says.").required(),
        word("severity", RATED, "Its severity.").required(),
    ],
);

static ADVISED_PACKAGE: Object = object(
    "advised-package",
    "What an advisory says of a package that changes.",
    &[
        field(
            "package_url",
            Kind::Text { max: 300 },
            "Its package URL, as the proposal has it, or the profile where that has none.",
        )
        .required()
        .examples(&[r#""pkg:cargo/libwebp-sys""#]),
        line("ecosystem", "Its ecosystem, as OSV calls it.").required().examples(&[r#""crates.io""#]),
        line("name", "Its name there.").required().examples(&[r#""libwebp-sys""#]),
        version("from", "The version that runs, as proposed."),
        version("to", "The version that shall run, as proposed."),
        flag("named", "Whether the advisory is about this package.").required(),
        word("from_is", STANDINGS, "What it says of the version that runs."),
        word("to_is", STANDINGS, "What it says of the version that shall run."),
        version(
            "fix",
            "The first version that is no longer affected: behind the one that shall run where that is affected, else behind the one that runs.",
        ),
    ],
);

const fn score(doc: &'static str) -> Field {
    field("score", Kind::Number { min: 0.0, max: 10.0, unit: "CVSS score" }, doc).examples(&["8.8"])
}

const RATED: &[Choice] = &[
    choice("none", "A score of 0.0."),
    choice("low", "CVSS 0.1 to 3.9."),
    choice("medium", "CVSS 4.0 to 6.9."),
    choice("high", "CVSS 7.0 to 8.9."),
    choice("critical", "CVSS 9.0 to 10.0."),
];

const STANDINGS: &[Choice] = &[
    choice("affected", "It is affected."),
    choice("unaffected", "It is not affected."),
    choice(
        "unknown",
        "It can't be told: the version has no place in the order of its ecosystem, or the record names commits alone.",
    ),
];
