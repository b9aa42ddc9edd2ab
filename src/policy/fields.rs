//! The names of fields that a rule reads, as they can be told from its text without parsing it. The build script asks for those
//! of the built-in rules, so that no run has to.

/// What stands behind a dot and is not called: every field that is read by its name, and perhaps some words that are none.
pub fn read_by(rule: &str) -> impl Iterator<Item = &str> {
    let script = rule.find("\nfn ").map_or(rule, |start| &rule[start..]);
    script.split('.').skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let named = rest.starts_with(|c: char| c.is_ascii_lowercase()) && !rest[end..].starts_with('(');
        named.then(|| &rest[..end])
    })
}
