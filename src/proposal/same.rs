//! When two values of documents are the same.

use crate::document;

/// Whether two values are the same, whatever their white space.
pub(super) fn same(a: document::Value<'_>, b: document::Value<'_>) -> bool {
    use document::Kind as Json;
    match (a.kind(), b.kind()) {
        (Json::Null, Json::Null) => true,
        (Json::Bool(a), Json::Bool(b)) => a == b,
        (Json::Integer(a), Json::Integer(b)) => a == b,
        (Json::Float(a), Json::Float(b)) => a == b,
        (Json::String(a), Json::String(b)) => a == b,
        (Json::Array, Json::Array) => a.len() == b.len() && a.items().zip(b.items()).all(|(a, b)| same(a, b)),
        (Json::Object, Json::Object) => {
            a.len() == b.len() && a.items().all(|a| a.key().and_then(|key| b.get(key)).is_some_and(|b| same(a, b)))
        }
        _ => false,
    }
}
