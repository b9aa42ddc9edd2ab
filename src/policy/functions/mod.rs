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
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use crate::policy::sandbox;
    use std::collections::BTreeSet;

    /// What is registered and documented under another name: `in` calls `contains`, and a text with `${…}` calls `to_string`.
    const BEHIND_SYNTAX: &[&str] = &["contains", "to_string"];

    /// What the core of the language brings along and no rule has a use for; it reaches nothing outside the rule.
    const OF_THE_LANGUAGE: &[&str] = &["tag", "set_tag", "take"];

    /// The name that a documented signature is called by; none for operators.
    fn name(signature: &str) -> Option<&str> {
        let called = signature.split('(').next().unwrap_or_default().trim();
        let name = called.rsplit('.').next().unwrap_or_default();
        (!name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')).then_some(name)
    }

    fn registered() -> BTreeSet<String> {
        let engine = sandbox::engine();
        let signatures = engine.gen_fn_signatures(true);
        let names = signatures.iter().filter_map(|signature| signature.split('(').next());
        let names = names.map(|name| name.strip_prefix("get$").or_else(|| name.strip_prefix("set$")).unwrap_or(name));
        names
            .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains('$'))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn every_documented_function_is_registered() {
        let registered = registered();
        let missing: Vec<_> = ALL
            .iter()
            .flat_map(|(_, functions)| *functions)
            .filter_map(|function| name(function.signature))
            .filter(|name| !registered.contains(*name))
            .collect();
        assert!(missing.is_empty(), "documented, and not to be called: {missing:?}");
    }

    #[test]
    fn every_function_that_can_be_called_is_documented() {
        let documented: BTreeSet<_> =
            ALL.iter().flat_map(|(_, functions)| *functions).filter_map(|function| name(function.signature)).collect();
        let hidden: Vec<_> = registered()
            .into_iter()
            .filter(|name| {
                !documented.contains(name.as_str())
                    && !sandbox::REFUSED.contains(&name.as_str())
                    && !BEHIND_SYNTAX.contains(&name.as_str())
                    && !OF_THE_LANGUAGE.contains(&name.as_str())
            })
            .collect();
        assert!(hidden.is_empty(), "callable, and not documented: {hidden:?}");
    }
}
