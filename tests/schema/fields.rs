//! What the schemas say of single fields: editors complete and explain by it.

use super::Pair;
use changegate::config::{self, model::CONFIG};
use changegate::proposal::json_schema::{profile, proposal};
use changegate::proposal::model::{EVIDENCE, PROFILE, PROPOSAL};
use changegate::proposal::shape::{Field, Kind, MOST_FIELDS, Object, field, object};
use jsonschema::Validator;
use serde_json::{Map, Value as Json, json};
use std::fmt::Write;

/// Every object that can be reached, with every field.
fn fields() -> Vec<(&'static Object, &'static Field)> {
    fn visit(kind: &'static Kind, found: &mut Vec<&'static Object>) {
        match kind {
            Kind::List(inner) | Kind::Map(inner) => visit(inner, found),
            Kind::Object(object) if !found.iter().any(|known| std::ptr::eq(*known, *object)) => {
                found.push(object);
                object.fields.iter().for_each(|field| visit(&field.kind, found));
            }
            _ => {}
        }
    }
    static ROOTS: [Kind; 4] =
        [Kind::Object(&PROPOSAL), Kind::Object(&PROFILE), Kind::Object(&CONFIG), Kind::Object(&EVIDENCE)];
    let mut found = Vec::new();
    ROOTS.iter().for_each(|root| visit(root, &mut found));
    found.into_iter().flat_map(|object| object.fields.iter().map(move |field| (object, field))).collect()
}

/// The schemas of properties, each with the name of its object and its own.
fn properties(schema: &Json) -> Vec<(String, &Json)> {
    let definitions = schema["$defs"].as_object().unwrap().iter().map(|(name, schema)| (name.as_str(), schema));
    let mut found = Vec::new();
    for (object, schema) in std::iter::once(("", schema)).chain(definitions) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            found.push((format!("{object}.{name}"), property));
        }
    }
    found
}

/// A reason for switching a rule off that can be copied is one that nobody has thought of.
const NO_EXAMPLE: &[&str] = &["off.reason", "rule-settings.off"];

#[test]
fn every_field_is_explained_in_full() {
    for (schema, least) in [(proposal(), 700), (profile(), 100), (config::json_schema(), 20)] {
        let properties = properties(&schema);
        assert!(properties.len() > least, "{}", properties.len());
        let mut wrong = String::new();
        for (name, property) in properties {
            for key in ["title", "description"] {
                if property[key].as_str().is_none_or(|text| text.trim().is_empty()) {
                    writeln!(wrong, "{name} has no {key}").unwrap();
                }
            }
            if property["examples"].as_array().is_none_or(Vec::is_empty) && !NO_EXAMPLE.contains(&name.as_str()) {
                writeln!(wrong, "{name} has no example").unwrap();
            }
            let number = |schema: &Json| {
                schema["type"] == "integer" || schema["type"] == "number" || schema["$ref"] == "#/$defs/duration"
            };
            let counts = number(property) || number(&property["items"]);
            if counts && !property["description"].as_str().unwrap_or_default().contains(" Unit: ") {
                writeln!(wrong, "{name} does not say its unit").unwrap();
            }
        }
        assert!(wrong.is_empty(), "{}: add them to the model\n{wrong}", schema["$id"]);
    }
}

#[test]
fn every_example_is_valid_by_its_own_schema() {
    for schema in [proposal(), profile(), config::json_schema()] {
        let properties = properties(&schema);
        let lists = properties.iter().map(|(name, schema)| (name.clone(), json!({ "type": "array", "items": schema })));
        let mut all = json!({
            "$schema": schema["$schema"],
            "properties": Map::from_iter(lists),
            "$defs": schema["$defs"],
        });
        all["additionalProperties"] = json!(false);
        let validator = validator(&all);
        let examples =
            properties.iter().filter_map(|(name, schema)| Some((name.clone(), schema.get("examples")?.clone())));
        let examples = Json::Object(examples.collect());
        let wrong: Vec<_> =
            validator.iter_errors(&examples).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}\n{}", schema["$id"], wrong.join("\n"));
    }
}

/// The reader takes them as well, those of the model and those that follow from the kind of a field.
#[test]
fn examples_of_fields_are_accepted() {
    let schemas = [(&PROPOSAL, proposal()), (&PROFILE, profile()), (&CONFIG, config::json_schema())];
    let examples = |object: &Object, field: &Field| {
        let schema = |(root, schema): &(&Object, Json)| {
            let object = object.name.replace(' ', "-");
            let own = if root.name == object { schema } else { &schema["$defs"][object] };
            own["properties"][field.name].get("examples").cloned()
        };
        let written = || field.examples.iter().map(|text| serde_json::from_str::<Json>(text).unwrap()).collect();
        schemas.iter().find_map(schema).unwrap_or_else(written)
    };
    let all = fields().into_iter().map(|(object, field)| (object, field, examples(object, field)));
    let with_examples: Vec<_> = all.filter(|(.., examples)| examples != &json!([])).collect();
    assert!(with_examples.len() > 700, "{}", with_examples.len());
    let name = |object: &Object, field: &Field| format!("{}.{}", object.name, field.name);
    // Shapes with a list for each field that has examples, so that few schemas are enough for all.
    for some in with_examples.chunks(MOST_FIELDS) {
        let lists = some.iter().map(|(object, of, _)| {
            let name: &'static str = name(object, of).leak();
            field(name, Kind::List(&of.kind), "Its examples.")
        });
        let shape = object("examples", "Examples.", lists.collect::<Vec<_>>().leak());
        let pair = Pair::new(Box::leak(Box::new(shape)));
        for (object, field, examples) in some {
            let name = name(object, field);
            pair.accept(&Json::Object(Map::from_iter([(name.clone(), examples.clone())])), &name);
        }
    }
}

fn validator(schema: &Json) -> Validator {
    jsonschema::draft202012::options().should_validate_formats(true).build(schema).unwrap()
}
