//! What is said of the parameters of the built-in rules.

use changegate::facts::Phase;
use changegate::policy::{Description, Param, Rule, RuleSet, Unit, builtin};
use changegate::proposal::model::PROPOSAL;
use changegate::proposal::shape::Kind;
use std::fmt::Write;

#[test]
fn every_parameter_of_the_pack_is_described() {
    let mut wrong = String::new();
    for (rule, name, default, described) in parameters() {
        for (key, text) in [("doc", &described.doc), ("why", &described.why)] {
            if !text.ends_with('.') || text.starts_with(char::is_lowercase) {
                writeln!(wrong, "{rule}: `{key}` of `{name}` is no sentence: {text}").unwrap();
            }
        }
        if described.source.ends_with('.') {
            writeln!(wrong, "{rule}: `source` of `{name}` ends with a full stop").unwrap();
        }
        if described.unit.is_none() && !matches!(default, Param::Flag(_)) {
            writeln!(wrong, "{rule}: `{name}` has no unit").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Whoever changes a list of words has to know which words there are, and a word that the schema does not have matches nothing.
#[test]
fn words_of_parameters_are_words_of_the_field_that_is_named() {
    let mut wrong = String::new();
    let all = parameters();
    // "As `other`, for critical systems." leads to the text that names the field.
    let doc_of = |rule: &str, name: &str| {
        let found = all.iter().find(|(of, other, ..)| of == rule && other == name);
        found.map(|(.., described)| described.doc.clone()).unwrap_or_default()
    };
    for (rule, name, default, described) in &all {
        let doc = match described.doc.strip_prefix("As `").and_then(|rest| rest.split_once('`')) {
            Some((other, _)) => doc_of(rule, other),
            None => described.doc.clone(),
        };
        if doc.is_empty() {
            writeln!(wrong, "{rule}: there is no parameter as which `{name}` could be").unwrap();
        }
        let named = match described.unit {
            Some(Unit::Words) => doc.rsplit('`').nth(1).unwrap_or_default(),
            Some(Unit::Roles) => "approvals[].role",
            _ => continue,
        };
        let words = words(named);
        if words.is_empty() {
            writeln!(wrong, "{rule}: `{name}` names no field that has words: {}", described.doc).unwrap();
        }
        let Param::List(items) = default else { panic!("{rule}: `{name}` is no list") };
        for item in items.iter().filter(|item| !words.iter().any(|word| **item == Param::Text((*word).to_owned()))) {
            writeln!(wrong, "{rule}: `{name}` lists {item}, which `{named}` does not have").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The parameters of all built-in rules: the rule, the name, the default, and what is said of it.
fn parameters() -> Vec<(String, String, Param, Description)> {
    let set = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let of = |rule: &Rule| {
        let described = |(name, default): (&String, &Param)| {
            let description =
                rule.header.description(name).unwrap_or_else(|| panic!("{}: nothing is said of `{name}`", rule.id));
            (rule.id.to_string(), name.clone(), default.clone(), description.clone())
        };
        rule.header.params.iter().map(described).collect::<Vec<_>>()
    };
    let all: Vec<_> = set.rules.iter().flat_map(of).collect();
    assert!(all.len() > 100, "{}", all.len());
    all
}

/// The words of the field at a path such as `freeze.covers`; none where there is no such field or any text may stand in it.
fn words(path: &str) -> Vec<&'static str> {
    let mut kind = &Kind::Object(&PROPOSAL);
    for name in path.split('.') {
        let Kind::Object(object) = kind else { return Vec::new() };
        let Some(field) = object.field(name.trim_end_matches("[]")) else { return Vec::new() };
        kind = &field.kind;
        while let Kind::List(items) = kind {
            kind = items;
        }
    }
    if let Kind::Choice(choices) = kind { choices.iter().map(|choice| choice.word).collect() } else { Vec::new() }
}
