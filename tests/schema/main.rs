//! The JSON Schema says what the reader says. An independent validator holds them together, on documents that fit, on documents
//! that nearly fit, and on texts that nearly have a format.

#![allow(clippy::unwrap_used, reason = "a test")]

mod differences;
mod documents;
mod fields;

use changegate::cases::{self, CASES};
use changegate::config::{self, model::CONFIG};
use changegate::document::{Document, Limits};
use changegate::proposal::json_schema::{json_schema, profile, proposal};
use changegate::proposal::model::{PROFILE, PROPOSAL};
use changegate::proposal::shape::{Kind, LINE, Object, field, object};
use changegate::proposal::{Problem, read};
use differences::is_excused;
use documents::{document, mutated, valid};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::LazyLock;

/// A shape, and the validator of its schema.
struct Pair {
    shape: &'static Object,
    validator: Validator,
}

impl Pair {
    fn new(shape: &'static Object) -> Self {
        let schema = json_schema(shape, "https://changegate.dev/schema/test.json", "A test");
        let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
        Self { shape, validator }
    }

    fn problems(&self, json: &Json) -> Vec<Problem> {
        let text = serde_json::to_vec(json).unwrap();
        let limits = Limits { bytes: usize::MAX, ..Limits::default() };
        let document = Document::parse("p.json", text, &limits).unwrap_or_else(|found| panic!("{found:?}\n{json}"));
        read(&document, self.shape).err().unwrap_or_default()
    }

    /// Whether both accept or both refuse, but for the differences.
    fn agree(&self, json: &Json) -> Result<(), String> {
        let problems = self.problems(json);
        match (problems.is_empty(), self.validator.validate(json)) {
            (true, Err(error)) => Err(format!("only the schema refuses at {}: {error}", error.instance_path())),
            (false, Ok(())) if !problems.iter().all(is_excused) => {
                Err(format!("only the reader refuses: {problems:#?}"))
            }
            _ => Ok(()),
        }
    }

    /// Whether both accept.
    fn accept(&self, json: &Json, name: &str) {
        let problems = self.problems(json);
        assert!(problems.is_empty(), "{name}: {problems:#?}");
        if let Err(error) = self.validator.validate(json) {
            panic!("{name}: {error} at {}", error.instance_path());
        }
    }
}

static PAIRS: LazyLock<Vec<Pair>> =
    LazyLock::new(|| [&PROPOSAL, &PROFILE, &CONFIG, &CASES, &KINDS].map(Pair::new).into());

fn kinds() -> &'static Pair {
    PAIRS.last().unwrap()
}

/// One field for every kind, so that the kinds which the model uses seldom are tried as often as the others.
static KINDS: Object = object(
    "kinds",
    "One field of each kind.",
    &[
        field("text", Kind::Text { max: 6 }, "A text."),
        field("name", Kind::Name, "A name."),
        field("person", Kind::Person, "A person."),
        field("flag", Kind::Flag, "A flag."),
        field("count", Kind::Count { min: -3, max: 12, unit: "things" }, "A count."),
        field("one", Kind::Count { min: 1, max: 1, unit: "thing" }, "A constant."),
        field("number", Kind::Number { min: -0.5, max: 2.5, unit: "things" }, "A number."),
        field("instant", Kind::Instant, "An instant."),
        field("date", Kind::Date, "A date."),
        field("time", Kind::Time, "A time."),
        field("duration", Kind::Duration, "A duration."),
        field("zone", Kind::Zone, "A zone."),
        field("digest", Kind::Digest, "A digest."),
        field("map", Kind::Map(&Kind::Count { min: 0, max: 1, unit: "things" }), "A map."),
        field("maps", Kind::List(&Kind::Map(&LINE)), "A list of maps."),
        field("plain", Kind::Plain, "A plain value."),
        field("pointer", Kind::Pointer, "A pointer."),
        field("json", Kind::Json, "Any value."),
        field("edits", Kind::Edits, "Edits."),
        field("inner", Kind::Object(&INNER), "An object."),
    ],
);

static INNER: Object =
    object("inner object", "An object.", &[field("dates", Kind::List(&Kind::Date), "Dates.").required()]);

#[test]
fn schemas_are_schemas() {
    for schema in [proposal(), profile(), config::json_schema(), cases::schema()] {
        if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
            panic!("{}: {error}", schema["$id"]);
        }
    }
}

#[test]
fn example_files_are_accepted() {
    for (folder, pair) in [("examples", Pair::new(&PROPOSAL)), ("examples/systems", Pair::new(&PROFILE))] {
        for file in Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).read_dir().unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|extension| extension == "json") {
                let json = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
                pair.accept(&json, &file.display().to_string());
            }
        }
    }
}

/// What looks like a value and isn't, or is in spite of its looks.
#[test]
fn curious_values_are_judged_alike() {
    let values = json!({
        "text": ["", " ", "TODO:", "TODO", "\u{a0}\u{3000}", "\u{85}", "\u{feff}", "\u{200b}", "\n", "seven c", "äöüß€😀", "\u{0}"],
        "name": ["", "@", "TODO:a", "TODO", "a b", "-a", "ä", "a\n", "@a/b:c+d_e-f.g", "a".repeat(128), "a".repeat(129)],
        "person": ["@ada", "TODO:@ada", "tbd", "@TBD", "tbd.", "n/a", "@N/A/", "na", "to-be-determined", "no-one", "@", "@x", "x", "nobody2", "tbd/ops", "-a"],
        "flag": [0, "true", null],
        "count": [-4, -3, 12, 13, 1.5, 2.0, "2", true, null],
        "one": [0, 1, 2, true],
        "number": [-0.5, -0.51, 2, 2.5, 3, "1"],
        "instant": [
            "2026-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2026-06-31T00:00:00Z", "2026-12-31T23:59:60Z",
            "2026-11-21T02:00:00", "2026-11-21T02:00Z", "2026-11-21 02:00:00Z", "2026-11-21t02:00:00z",
            "2026-11-21T24:00:00Z", "2026-11-21T02:00:00+24:00", "2026-11-21T02:00:00-00:00", "0000-01-01T00:00:00+23:59",
            "2026-11-21T02:00:00.123456789Z", "2026-11-21T02:00:00.1234567890Z", "2026-11-21T02:00:00.Z",
            "9999-12-31T23:59:59Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+23:59", "2199-12-31T23:59:59-23:59", "1990-12-31T15:59:60-08:00", "٢026-11-21T02:00:00Z", "2026-11-21T02:00:00Z\n", 5,
        ],
        "date": ["2026-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "2026-13-01", "2026-00-01", "2026-1-1",
            "0000-01-01", "0000-02-29", "9999-12-31", "1969-12-31", "1970-01-01", "2199-12-31", "2200-01-01", "2026-11-21Z", "2026-W01-1", ""],
        "time": ["00:00", "23:59", "24:00", "7:00", "07:60", "07:00:00", "0700"],
        "duration": [
            0, -1, 52_704_000, 52_704_001, 1.5, 30.0, "30", "P", "PT", "P1DT", "PT1H30M", "PT30M1H", "P1W1D", "P1D1W", "P1Y",
            "P1M", "PT1S", "PT1.5H", "P-1D", "-P1D", "+P1D", "p1d", "P1234567890D", "P5228W", "P5229W", "P000000001D", "PT0M",
        ],
        "zone": ["UTC", "europe/berlin", "Europe/Berlin", "Europe/Nowhere", "Etc/GMT+5", "Etc/Unknown", "CET-1", "/", "", " UTC",
            "America/Argentina/Buenos_Aires", "Europe/Berlin/", "../../etc/passwd"],
        "digest": [format!("sha256:{}", "0f".repeat(32)), format!("sha256:{}", "0F".repeat(32)), "sha256:00"],
        "map": [{}, { "": 1 }, { "any key": 0 }, { "a": 2 }, [], null],
        "plain": ["TODO: x", ["TODO: x"], null, true, 1, 1.5, "", [], [[1, "a"], true], [null], {}, [{}]],
        "pointer": ["", "/", "/a/0", "/a~1b/~0", "a", "/~", "/~2", "/a b/ä", "TODO: x", 5],
        "edits": [{}, { "": 1 }, { "/a": null, "/b/~0": [] }, { "a": 1 }, { "/~": 1 }, [], null],
        "json": [null, {}, [[1, "a"], { "b": 0.5 }], "", "TODO: x", true],
        "inner": [{}, { "dates": [] }, { "dates": null }, { "dates": ["2026-11-21"], "more": 1 }, []],
    });
    let pair = Pair::new(&KINDS);
    for (name, values) in values.as_object().unwrap() {
        for value in values.as_array().unwrap() {
            let told = pair.agree(&json!({ name: value }));
            assert_eq!(told, Ok(()), "{name}: {value}");
        }
    }
}

#[test]
fn every_zone_fits_the_pattern() {
    let pair = Pair::new(&KINDS);
    for zone in jiff::tz::db().available() {
        pair.accept(&json!({ "zone": zone.as_str() }), zone.as_str());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_fits_the_shape_is_accepted((pair, json) in documents_of_all()) {
        PAIRS[pair].accept(&json, PAIRS[pair].shape.name);
    }

    #[test]
    fn what_nearly_fits_is_judged_alike((pair, json) in documents_of_all().prop_flat_map(|(pair, json)| {
        (Just(pair), mutated(json))
    })) {
        prop_assert_eq!(PAIRS[pair].agree(&json), Ok(()), "{}", json);
    }

    #[test]
    fn what_nearly_has_a_format_is_judged_alike(field in 0..KINDS.fields.len(), text in "[0-9TPZWDHM:.+-]{0,8}|\\PC{0,8}|[ \\n\u{85}\u{feff}]{0,2}") {
        let json = json!({ KINDS.fields[field].name: text });
        prop_assert_eq!(kinds().agree(&json), Ok(()), "{}", json);
    }

    #[test]
    fn one_changed_character_is_judged_alike(
        (name, json) in (0..KINDS.fields.len()).prop_flat_map(|field| {
            let field = &KINDS.fields[field];
            (Just(field.name), valid(&field.kind))
        }),
        at in any::<prop::sample::Index>(),
        character in "[0-9TPZWDHM:.+a-f /_-]{0,2}",
    ) {
        let Json::String(text) = json else { return Ok(()) };
        let mut characters: Vec<_> = text.chars().collect();
        if characters.is_empty() { return Ok(()) }
        let at = at.index(characters.len());
        characters.splice(at..=at, character.chars());
        let json = json!({ name: characters.into_iter().collect::<String>() });
        prop_assert_eq!(kinds().agree(&json), Ok(()), "{}", json);
    }
}

fn documents_of_all() -> impl Strategy<Value = (usize, Json)> {
    (0..PAIRS.len()).prop_flat_map(|pair| (Just(pair), document(PAIRS[pair].shape)))
}
