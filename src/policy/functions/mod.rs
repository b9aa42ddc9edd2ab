//! What rules may call, by subject. Each file registers its functions and documents them; `docs/functions.md` is made of it.

pub mod collection;
mod purpose;
pub mod text;
pub mod time;
pub mod verbs;
pub mod version;
pub mod weekly;

use rhai::Engine;

/// One documented function.
#[derive(Debug)]
pub struct Function {
    /// As it is called: `days_before(later, earlier) -> whole number`.
    pub signature: &'static str,
    pub doc: &'static str,
}

/// All functions by subject.
pub const ALL: &[(&str, &[Function])] = &[
    ("Reporting", verbs::FUNCTIONS),
    ("Time", time::FUNCTIONS),
    ("Weekly periods", weekly::FUNCTIONS),
    ("Versions", version::FUNCTIONS),
    ("Text", text::FUNCTIONS),
    ("Lists", collection::FUNCTIONS),
];

pub fn register(engine: &mut Engine) {
    verbs::register(engine);
    time::register(engine);
    weekly::register(engine);
    version::register(engine);
    text::register(engine);
    collection::register(engine);
}
