//! What an expression is, as far as its fields go.

use crate::proposal::shape::{Kind, Object};

/// What an expression is, as far as it matters for its fields.
#[derive(Debug, Clone, Copy)]
pub enum What {
    Object(&'static Object),
    List(&'static Kind),
    Map(&'static Kind),
    Params,
    Unknown,
}

impl What {
    pub const fn of(kind: &'static Kind) -> Self {
        match kind {
            Kind::Object(object) => Self::Object(object),
            Kind::List(item) => Self::List(item),
            Kind::Map(value) => Self::Map(value),
            _ => Self::Unknown,
        }
    }

    pub const fn item(self) -> Self {
        if let Self::List(kind) = self { Self::of(kind) } else { Self::Unknown }
    }

    /// A name for the set of calls that were followed: one function called with the same shapes is followed once.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Object(object) => object.name,
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Params => "params",
            Self::Unknown => "",
        }
    }
}
