//! What rules may call, by subject. Each file registers its functions and documents them; `docs/functions.md` is made of it.

pub mod collection;
mod fields;
pub mod proposal;
mod purpose;
mod roles;
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
    ("Objects", fields::FUNCTIONS),
    ("The proposal", proposal::FUNCTIONS),
];

/// The names of all documented functions.
pub fn names() -> impl Iterator<Item = &'static str> {
    let signatures = ALL.iter().flat_map(|(_, functions)| functions.iter().map(|function| function.signature));
    signatures.filter_map(|signature| {
        let name = signature.split_once('(')?.0.trim_start_matches('.');
        name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_').then_some(name)
    })
}

pub fn register(engine: &mut Engine) {
    verbs::register(engine);
    time::register(engine);
    weekly::register(engine);
    version::register(engine);
    text::register(engine);
    collection::register(engine);
    fields::register(engine);
    proposal::register(engine);
}
