//! What was expected in the place of a value of another kind.

use crate::proposal::shape::Kind;
use crate::proposal::tree::Key;

/// The kind by which an object was expected, for the problem's wording.
pub fn expected_object(key: &Key) -> &'static Kind {
    match key {
        Key::Field(field) => match &field.kind {
            Kind::List(item) => item,
            kind => kind,
        },
        _ => &Kind::Map(&Kind::Plain),
    }
}

/// The same of a list or a map.
pub fn list_of(key: &Key) -> &'static Kind {
    if let Key::Field(field) = key { &field.kind } else { &Kind::List(&Kind::Plain) }
}
