//! Which fields rules ask for: those of the examples that they give.

use super::Known;
use crate::policy::RuleSet;
use crate::proposal::model::PROPOSAL;
use crate::proposal::shape::{Field, Kind, Object};
use crate::proposal::unfilled::mark;
use serde_json::{Map, Value};

/// What the examples of some rules hold.
pub struct Demands {
    examples: Vec<Map<String, Value>>,
}

/// What the profile says, and what is added in later phases.
const OTHERS: &[&str] = &["$schema", "changegate", "id", "title", "draft", "system", "deploy", "record"];

impl Demands {
    /// Those of the rules of these ids; one without an example tells by its finding what it asks for.
    pub fn of<'i>(rules: &RuleSet, ids: impl Iterator<Item = &'i str>) -> Self {
        let ids: Vec<_> = ids.collect();
        let denied = rules.rules.iter().filter(|rule| ids.contains(&&*rule.id));
        let examples = denied.filter_map(|rule| serde_json::from_str(&rule.header.example).ok()).collect();
        Self { examples }
    }

    /// Marks in a document whatever it lacks of them.
    pub fn mark(&self, document: &mut Value) {
        self.lay(document, |field, _| mark(field, None).into());
    }

    /// Puts into a document whatever it lacks of them, but for what is guessed: that decides what else is asked for.
    pub fn suppose(&self, document: &mut Value, known: &Known) {
        self.lay(document, |_, value| value.clone());
        for guess in known.guesses.iter().filter(|guess| guess.value.is_none()) {
            let [section, name] = guess.path;
            if let Some(section) = document.get_mut(section).and_then(Value::as_object_mut) {
                section.remove(name);
            }
        }
    }

    fn lay(&self, document: &mut Value, fill: Fill) {
        let Value::Object(fields) = document else { return };
        for example in &self.examples {
            let mut example = example.clone();
            example.retain(|name, _| !OTHERS.contains(&name.as_str()));
            lay(fields, &PROPOSAL, &example, fill);
        }
    }
}

/// What comes into a field that is missing, by the value of an example.
type Fill = fn(&'static Field, &Value) -> Value;

/// What each of several components says for itself.
const OF_ONE: &[&str] =
    &["component", "from", "to", "size", "scheme", "package_url", "steps", "required_steps", "reverts"];

/// What is there stays as it is.
fn lay(fields: &mut Map<String, Value>, shape: &'static Object, example: &Map<String, Value>, fill: Fill) {
    let of_several = fields.contains_key("components");
    for (name, value) in example {
        let Some(field) = shape.field(name) else { continue };
        if of_several && OF_ONE.contains(&name.as_str()) {
            continue;
        }
        match (&field.kind, value) {
            (Kind::Object(inner), Value::Object(example)) => {
                let there = fields.entry(name.as_str()).or_insert_with(|| Map::new().into());
                if let Value::Object(there) = there {
                    lay(there, inner, example, fill);
                }
            }
            (Kind::List(Kind::Object(inner)), Value::Array(examples)) => {
                lay_items(fields, field, (inner, examples), fill);
            }
            // What has a meaning when nobody writes it is not asked for.
            _ if field.doc.contains("when left out") => {}
            _ => drop(fields.entry(name.as_str()).or_insert_with(|| fill(field, value))),
        }
    }
}

/// Where the items of a list differ by a word, such as the areas of compatibility, each word of the example gets its own; else one
/// item stands for all.
fn lay_items(
    fields: &mut Map<String, Value>,
    list: &'static Field,
    (inner, examples): (&'static Object, &[Value]),
    fill: Fill,
) {
    // Which components change is known.
    if list.name == "components" {
        return;
    }
    let there = fields.entry(list.name).or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(items) = there else { return };
    let by = inner.fields.iter().find(|field| field.required).filter(|field| matches!(field.kind, Kind::Choice(_)));
    for example in examples.iter().filter_map(Value::as_object) {
        let word = by.and_then(|field| example.get(field.name).map(|word| (field, word)));
        let same = |item: &Value| word.is_none_or(|(field, word)| item.get(field.name) == Some(word));
        let at = items.iter().position(same).unwrap_or_else(|| {
            items.push(Map::new().into());
            items.len() - 1
        });
        let Some(Value::Object(item)) = items.get_mut(at) else { continue };
        // A word by itself would be a claim that nobody has made.
        if let Some((field, word)) = word.filter(|_| example.len() > 1) {
            item.entry(field.name).or_insert_with(|| word.clone());
        }
        lay(item, inner, example, fill);
    }
}
