//! What is said of the parameters of the built-in rules.

use changegate::facts::Phase;
use changegate::policy::{Description, Pack, Param, Rule, RuleSet, Unit, builtin};
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

/// Headers inside the binary were not read by the loader, which holds a default to its words.
#[test]
fn defaults_are_held_to_their_words() {
    let pack = Pack { sound: false, ..builtin() };
    let set = RuleSet::load(&[pack], &[], Phase::Plan).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let written = parameters();
    let mut held = 0;
    for (rule, name, _, described) in &written {
        let read = set.rule(rule).and_then(|rule| rule.header.description(name));
        assert_eq!(read, Some(described), "{rule}: {name}");
        let of_texts = matches!(described.unit, Some(Unit::Words | Unit::Roles | Unit::Fields | Unit::Severity));
        assert_eq!(described.vocabulary().is_some(), of_texts, "{rule}: {name}");
        held += usize::from(of_texts);
    }
    assert!(held > 60, "{held}");
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
