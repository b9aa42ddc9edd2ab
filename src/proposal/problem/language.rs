//! In what a document is written.

/// In what the document is written: who writes TOML is not helped by JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::proposal) enum Language {
    Json,
    Toml,
}

impl Language {
    pub(super) const fn field(self) -> &'static str {
        if let Self::Toml = self { "key" } else { "field" }
    }

    /// What its authors call a kind of value that is `an object` elsewhere.
    pub(super) fn noun(self, noun: &'static str) -> &'static str {
        if self == Self::Toml && noun == "an object" { "a table" } else { noun }
    }
}
