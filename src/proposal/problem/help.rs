//! What to do about a problem, in the language of the document.

use super::Language;
use super::what::short;
use crate::proposal::shape::{Choice, Kind, Object};

pub(super) fn unknown_field(name: &str, shape: &Object, here: &[&str], language: Language) -> String {
    let names = shape.fields.iter().map(|field| field.name);
    if let Some(near) = nearest(name, names.clone()) {
        return if here.contains(&near) {
            format!("did you mean `{near}`? it is already here, so this one can go")
        } else {
            format!("did you mean `{near}`?")
        };
    }
    let free: Vec<_> = names.filter(|name| *name != "$schema" && !here.contains(name)).take(12).collect();
    match free.as_slice() {
        [] => "remove it".to_owned(),
        free => {
            format!("remove it, or use a {} that `{}` has, such as {}", language.field(), shape.name, listed(free))
        }
    }
}

pub(super) fn wrong_type(expected: &Kind, written: &str, found: &str, language: Language) -> String {
    let unquoted = written.trim_matches('"');
    // In quotes it would be no JSON, or a text that nobody means.
    let several = matches!(found, "a list" | "an object");
    match expected {
        _ if found == "null" => "leave the field out instead of writing null".to_owned(),
        Kind::Count { unit, .. } | Kind::Number { unit, .. } if unquoted.parse::<f64>().is_ok() => {
            format!("write {} without quotes: a number of {unit}", short(unquoted))
        }
        Kind::Count { unit, .. } | Kind::Number { unit, .. } => format!("write a number of {unit}, without quotes"),
        Kind::Flag => "write true or false, without quotes".to_owned(),
        Kind::Person if several => "write one, such as \"@ada\"".to_owned(),
        Kind::Name if several => "write one, such as \"payments-db\"".to_owned(),
        Kind::Text { .. } if several => "write one text, in quotes".to_owned(),
        Kind::Text { .. } | Kind::Name | Kind::Person => format!("write it in quotes: \"{}\"", short(unquoted)),
        Kind::List(Kind::Object(_)) if language == Language::Toml => {
            "write its name in two brackets, even for one: [[…]]".to_owned()
        }
        Kind::List(_) => "write a list, even for one: [ … ]".to_owned(),
        Kind::Object(object) if language == Language::Toml => table(object),
        Kind::Object(object) => format!("write an object: {}", first_sentence(object.doc)),
        other => format!("write {}", language.noun(pattern(other))),
    }
}

/// A table with what it must hold.
fn table(object: &Object) -> String {
    let required = object.fields.iter().filter(|field| field.required);
    let keys: Vec<_> = required
        .map(|field| format!("{} = {}", field.name, field.examples.first().copied().unwrap_or("\"…\"")))
        .collect();
    match keys.as_slice() {
        [] => format!("write a table: {}", first_sentence(object.doc)),
        keys => format!("write a table: {{ {} }}", keys.join(", ")),
    }
}

pub(super) fn missing_field(name: &str, doc: &str, example: Option<&str>, language: Language) -> String {
    let what = match (language, example) {
        (Language::Json, Some(example)) => format!("\"{name}\": {example}"),
        (Language::Json, None) => format!("\"{name}\""),
        (Language::Toml, Some(example)) => format!("{name} = {example}"),
        (Language::Toml, None) => format!("{name} = …"),
    };
    format!("add `{what}`: {}", first_sentence(doc))
}

pub(super) fn unknown_word(words: &[Choice], written: &str) -> String {
    let all: Vec<_> = words.iter().map(|choice| choice.word).collect();
    match nearest(written.trim_matches('"'), all.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? the words are {}", listed(&all)),
        None => format!("the words are {}", listed(&all)),
    }
}

/// How a value of a kind is written.
pub(in crate::proposal) fn pattern(kind: &Kind) -> &'static str {
    match kind {
        Kind::Name => "letters, digits and . _ - / @ : + only, beginning with a letter, a digit or @, at most 128",
        Kind::Person => {
            "the handle of a person, such as \"@ada\": a name as above, and no filler such as \"tbd\" or \"none\""
        }
        Kind::Instant => {
            "date, time and offset as in RFC 3339: \"2026-11-21T02:00:00+01:00\", in the years 1970 to 2199"
        }
        Kind::Date => "a day of the calendar: \"2026-11-21\", in the years 1970 to 2199",
        Kind::Time => "hours and minutes: \"22:00\"",
        Kind::Duration => "whole minutes as a number, or an ISO 8601 duration such as \"PT1H30M\" or \"P90D\"",
        Kind::Zone => "a name of the IANA time zone database: \"Europe/Berlin\", \"UTC\"",
        Kind::Digest => "\"sha256:\" and 64 hexadecimal digits in lower case",
        Kind::Plain => "a number, a text, true or false, or a list of them",
        Kind::Pointer => "a JSON Pointer to a place in it: /rollback/steps/0, or nothing for the whole",
        Kind::Json => "any JSON value",
        Kind::Edits => "an object of JSON Pointers and what stands there afterwards",
        other => other.noun(),
    }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

pub(in crate::proposal) fn first_sentence(doc: &str) -> String {
    let sentence = doc.split_once(". ").map_or(doc, |(first, _)| first).trim_end_matches('.');
    let mut characters = sentence.chars();
    let first = characters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    // An acronym keeps its capitals.
    if characters.clone().next().is_some_and(char::is_uppercase) {
        sentence.to_owned()
    } else {
        first + characters.as_str()
    }
}

/// The word that was probably meant, if one is near enough.
///
/// ```
/// use changegate::proposal::problem::nearest;
/// assert_eq!(nearest("rolback", ["rollback", "reason"]), Some("rollback"));
/// assert_eq!(nearest("colour", ["rollback", "reason"]), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A name of a megabyte is nobody's typo, and comparing it would take time in the square of its length.
    if word.len() > 64 {
        return None;
    }
    let similar = |a: &str, b: &str| {
        strsim::jaro_winkler(&a.to_lowercase().replace('-', "_"), &b.to_lowercase().replace('-', "_"))
    };
    known
        .into_iter()
        .map(|candidate| (similar(word, candidate), candidate))
        .filter(|(score, _)| *score > 0.82)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{Kind, Language, wrong_type};

    #[test]
    fn what_is_several_values_is_not_put_into_quotes() {
        let text = Kind::Text { max: 200 };
        for (kind, written, found, help) in [
            (&Kind::Person, r#"["@bo","@cy"]"#, "a list", r#"write one, such as "@ada""#),
            (&Kind::Name, r#"["a"]"#, "a list", r#"write one, such as "payments-db""#),
            (&text, r#"{"a":1}"#, "an object", "write one text, in quotes"),
            (&text, "3", "a whole number", r#"write it in quotes: "3""#),
            (&Kind::Name, "true", "true or false", r#"write it in quotes: "true""#),
        ] {
            assert_eq!(wrong_type(kind, written, found, Language::Json), help);
        }
    }
}
