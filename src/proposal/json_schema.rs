//! A shape as JSON Schema, 2020-12, so that editors complete, explain and check while one types.
//!
//! It says what [`super::read`] says: `tests/schema.rs` holds the two together and lists the little on which they differ.
//!
//! - Patterns use only what all regular expressions have in common: no look-ahead, no `\d` or `\s`, whose sets differ.
//! - Words are an `enum` with `enumDescriptions`, and not a `oneOf` of `const`s. Editors built on the language service of VS
//!   Code show these beside each completion and on hovering; a wrong word gives one message that lists the right ones; and
//!   validators that don't know the keyword still say "not one of …" instead of "matches no schema of …".
//! - `patternErrorMessage` replaces the pattern in an editor's message by how the value is written.

mod example;

use super::filler::{FILLERS, NOBODY};
use super::model::{PROFILE, PROPOSAL};
use super::problem::pattern;
use super::shape::{Choice, Field, Kind, LIST_MAX, Object};
use super::time::LONGEST;
use serde_json::{Map, Value, json};

/// The schema of a proposal: `schemas/proposal-v1.json`.
pub fn proposal() -> Value {
    json_schema(&PROPOSAL, "https://changegate.dev/schema/proposal-v1.json", "changegate proposal, version 1")
}

/// The schema of a system profile: `schemas/profile-v1.json`.
pub fn profile() -> Value {
    json_schema(&PROFILE, "https://changegate.dev/schema/profile-v1.json", "changegate system profile, version 1")
}

/// The schema of documents of a shape. Objects and the kinds of text stand in `$defs`, in the order in which they are
/// first used; the same shape always gives the same bytes.
///
/// ```
/// use changegate::proposal::json_schema::json_schema;
/// use changegate::proposal::shape::{Kind, Object, field, object};
/// static NOTE: Object = object("note", "A note.", &[field("at", Kind::Date, "When.").required()]);
/// let schema = json_schema(&NOTE, "https://example.com/note.json", "Notes");
/// assert_eq!(schema["properties"]["at"]["$ref"], "#/$defs/date");
/// assert_eq!(schema["required"][0], "at");
/// ```
pub fn json_schema(root: &'static Object, id: &str, title: &str) -> Value {
    let mut writer = Writer { root, definitions: Map::new() };
    let mut schema =
        map(json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id, "title": title }));
    schema.extend(writer.object(root));
    schema.insert("$defs".to_owned(), Value::Object(writer.definitions));
    Value::Object(schema)
}

struct Writer {
    root: &'static Object,
    definitions: Map<String, Value>,
}

impl Writer {
    fn object(&mut self, object: &'static Object) -> Map<String, Value> {
        let properties: Map<_, _> =
            object.fields.iter().map(|field| (field.name.to_owned(), self.field(field))).collect();
        let required: Vec<_> = object.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
        let mut schema = map(json!({ "description": object.doc, "type": "object", "properties": properties }));
        // The root has a title of its own.
        if !std::ptr::eq(object, self.root) {
            schema.insert("title".to_owned(), json!(title(object.name)));
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema.insert("additionalProperties".to_owned(), json!(false));
        schema
    }

    fn field(&mut self, field: &'static Field) -> Value {
        let mut schema = map(json!({ "title": title(field.name), "description": description(field) }));
        schema.extend(self.kind(&field.kind));
        let examples = example::of(field);
        if !examples.is_empty() {
            schema.insert("examples".to_owned(), Value::Array(examples));
        }
        Value::Object(schema)
    }

    fn kind(&mut self, kind: &'static Kind) -> Map<String, Value> {
        map(match kind {
            Kind::Flag => json!({ "type": "boolean" }),
            Kind::Count { min, max, .. } if min == max => json!({ "const": min }),
            Kind::Count { min, max, .. } => json!({ "type": "integer", "minimum": min, "maximum": max }),
            Kind::Number { min, max, .. } => {
                json!({ "type": "number", "minimum": shortest(*min), "maximum": shortest(*max) })
            }
            Kind::Choice(words) => choice(words),
            Kind::List(items) => json!({ "type": "array", "maxItems": LIST_MAX, "items": self.kind(items) }),
            Kind::Map(values) => json!({ "type": "object", "additionalProperties": self.kind(values) }),
            Kind::Object(object) if std::ptr::eq(*object, self.root) => json!({ "$ref": "#" }),
            Kind::Object(object) => {
                // A name may hold spaces, which a reference may not.
                let name = object.name.replace(' ', "-");
                self.definition(&name, |writer| Value::Object(writer.object(object)))
            }
            Kind::Text { max } => {
                let mut schema = map(self.definition("text", |writer| text(writer.root.marked)));
                schema.insert("maxLength".to_owned(), json!(max));
                Value::Object(schema)
            }
            Kind::Name => self.definition("name", |writer| name(kind, writer.root.marked)),
            Kind::Person => self.definition("person", |writer| person(kind, writer.root.marked)),
            Kind::Instant => self.definition("instant", |_| {
                formatted(kind, "A point in time", Some("date-time"), &format!("^{DATE}T{CLOCK}:{SECONDS}{OFFSET}$"))
            }),
            Kind::Date => self
                .definition("date", |_| formatted(kind, "A day of the calendar", Some("date"), &format!("^{DATE}$"))),
            Kind::Time => self.definition("time", |_| formatted(kind, "A time of day", None, &format!("^{CLOCK}$"))),
            Kind::Zone => self.definition("zone", |_| formatted(kind, "A time zone", None, ZONE)),
            Kind::Digest => self.definition("digest", |_| formatted(kind, "A digest", None, DIGEST)),
            Kind::Duration => self.definition("duration", |_| duration(kind)),
            Kind::Plain => self.definition("plain", |writer| plain(writer.root.marked)),
            Kind::Pointer => {
                self.definition("pointer", |_| formatted(kind, "A place in a document", Some("json-pointer"), POINTER))
            }
            Kind::Edits => json!({
                "type": "object",
                "propertyNames": self.kind(&Kind::Pointer),
                "additionalProperties": self.kind(&Kind::Json),
            }),
            Kind::Json if self.root.marked => json!({ "not": { "type": "string", "pattern": UNFILLED } }),
            Kind::Json => json!({}),
        })
    }

    /// A reference to a definition, which is written when it is first met.
    fn definition(&mut self, name: &str, schema: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            // Takes the place first, so that a definition stands before those that it uses, and may use itself.
            self.definitions.insert(name.to_owned(), Value::Null);
            let schema = schema(self);
            self.definitions.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// What a field is for, as editors and drafts show it.
pub(super) fn description(field: &Field) -> String {
    match unit(&field.kind) {
        Some(unit) => format!("{} Unit: {unit}.", field.doc),
        None => field.doc.to_owned(),
    }
}

/// Anything that is not white space by Unicode's definition, which is that of the reader.
const NOT_BLANK: &str = r"[^\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]";
/// What a draft leaves open.
const UNFILLED: &str = "^TODO:";
const NAME: &str = "^[A-Za-z0-9@][A-Za-z0-9._/@:+-]{0,127}$";
/// The years from 1970 to 2199.
const DATE: &str = "(?:19[7-9][0-9]|2[01][0-9]{2})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
const CLOCK: &str = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
const SECONDS: &str = r"[0-5][0-9](?:\.[0-9]{1,9})?";
const OFFSET: &str = "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";
/// Weeks and days, hours and minutes, each at most once and at least one of them.
const LENGTH: &str = "^P(?:(?:W(?:D)?|D)(?:T(?:H(?:M)?|M))?|T(?:H(?:M)?|M))$";
const ZONE: &str = "^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$";
const DIGEST: &str = "^sha256:[0-9a-f]{64}$";
const POINTER: &str = "^(?:/(?:[^~/]|~[01])*)*$";

/// `marked`, here and below, is whether a text may be a mark of what is yet to be filled in, which is none.
fn text(marked: bool) -> Value {
    let mut schema = map(json!({
        "description": "A text that is not blank.",
        "type": "string",
        "minLength": 1,
        "pattern": NOT_BLANK,
        "patternErrorMessage": "this text says nothing: write what there is to say, or leave the field out",
    }));
    if marked {
        schema.extend(no_mark());
    }
    Value::Object(schema)
}

fn name(kind: &Kind, marked: bool) -> Value {
    let mut schema = map(formatted(kind, "A name that other places refer to", None, NAME));
    if marked {
        schema.extend(no_mark());
    }
    Value::Object(schema)
}

fn no_mark() -> Map<String, Value> {
    map(json!({ "not": { "pattern": UNFILLED }, "errorMessage": "this is yet to be filled in" }))
}

/// A name, but for those that stand for nobody in any of their spellings.
fn person(kind: &Kind, marked: bool) -> Value {
    let letter = |c: char| match c {
        ' ' => "[._@:+-]+".to_owned(),
        '/' => "/".to_owned(),
        c => format!("[{}{c}]", c.to_ascii_uppercase()),
    };
    let words = FILLERS.iter().chain(NOBODY).map(|words| words.chars().map(letter).collect::<String>());
    let words = words.collect::<Vec<_>>().join("|");
    let mut schema = formatted(kind, "A person", None, NAME);
    let mark = if marked { format!("{UNFILLED}|") } else { String::new() };
    schema["not"] = json!({ "pattern": format!("{mark}^[^A-Za-z0-9]*(?:{words})?[^A-Za-z0-9]*$") });
    schema["errorMessage"] = json!(format!("write {}", pattern(kind)));
    schema
}

fn formatted(kind: &Kind, what: &str, format: Option<&str>, expression: &str) -> Value {
    let how = pattern(kind);
    let mut schema = map(json!({ "description": format!("{what}: {how}."), "type": "string" }));
    if let Some(format) = format {
        schema.insert("format".to_owned(), json!(format));
    }
    schema.insert("pattern".to_owned(), json!(expression));
    schema.insert("patternErrorMessage".to_owned(), json!(format!("write {how}")));
    Value::Object(schema)
}

fn duration(kind: &Kind) -> Value {
    let how = pattern(kind);
    let parts = ["W", "D", "H", "M"]
        .iter()
        .fold(LENGTH.to_owned(), |all, letter| all.replace(letter, &format!("[0-9]{{1,9}}{letter}")));
    json!({
        "description": format!("A length of time: {how}."),
        "anyOf": [
            { "description": "Whole minutes.", "type": "integer", "minimum": 0, "maximum": LONGEST },
            {
                "description": "An ISO 8601 duration of weeks, days, hours and minutes, of at most a hundred years.",
                "type": "string",
                "pattern": parts,
                "patternErrorMessage": format!("write {how}"),
            },
        ],
    })
}

fn plain(marked: bool) -> Value {
    let mut single = map(json!({ "type": ["boolean", "number", "string"] }));
    if marked {
        single.insert("not".to_owned(), json!({ "type": "string", "pattern": UNFILLED }));
    }
    json!({
        "description": format!("A parameter of a rule: {}.", pattern(&Kind::Plain)),
        "anyOf": [
            single,
            { "type": "array", "maxItems": LIST_MAX, "items": { "$ref": "#/$defs/plain" } },
        ],
    })
}

fn choice(words: &[Choice]) -> Value {
    let docs: Vec<_> = words.iter().map(|choice| choice.doc).collect();
    let words: Vec<_> = words.iter().map(|choice| choice.word).collect();
    json!({ "type": "string", "enum": words, "enumDescriptions": docs })
}

/// A name as a heading: `restore_test` is a "Restore test".
fn title(name: &str) -> String {
    let words = name.trim_start_matches('$').replace(['_', '-'], " ");
    let first = words.chars().next().into_iter().flat_map(char::to_uppercase);
    first.chain(words.chars().skip(1)).collect()
}

/// The unit of a number or a length of time, or of those of a list.
fn unit(kind: &Kind) -> Option<&'static str> {
    match kind {
        // A constant is counted in nothing.
        Kind::Count { min, max, .. } if min == max => None,
        Kind::Count { unit, .. } | Kind::Number { unit, .. } => Some(unit),
        // An editor shows the description of the field and not that of the kind.
        Kind::Duration => Some("minutes, or an ISO 8601 duration such as PT1H30M or P30D"),
        Kind::List(items) => unit(items),
        _ => None,
    }
}

/// A bound as one would write it: `100` and not `100.0`.
fn shortest(bound: f64) -> Value {
    if bound.fract() == 0.0 && bound.abs() < 1e15 { json!(bound as i64) } else { json!(bound) }
}

fn map(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}
