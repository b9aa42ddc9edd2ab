//! Schemas that let in what later versions add.

use serde_json::Value;

/// Readers meet fields of later versions; what is written now is held against the fields that the schema knows now.
pub fn close(schema: &mut Value) {
    if schema.get("properties").is_some() && schema.get("type").is_some() {
        schema["additionalProperties"] = false.into();
    }
    match schema {
        Value::Object(members) => members.values_mut().for_each(close),
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
