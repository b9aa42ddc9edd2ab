//! What a rule says of its parameters, besides their defaults.

use super::vocabulary::Vocabulary;
use super::{Param, Reader, Unit};
use crate::policy::literal::{Entry, Literal, Value};
use crate::source::Span;
use std::borrow::Cow;

/// What a rule says of one of its parameters. Of built-in rules it stays where it stands in the binary, as no run that judges
/// reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The name of the parameter.
    pub parameter: Cow<'static, str>,
    /// What it is counted in, or what its texts are; none for true or false.
    pub unit: Option<Unit>,
    /// The least that a number may be, or the fewest items that a list may have: with less, the rule would let everything pass, or nothing.
    pub least: Option<i64>,
    /// The most that a number may be, or the most items that a list may have.
    pub most: Option<i64>,
    /// The field whose words its texts are, or the object whose fields they name; empty where its unit says that, and where any text will do.
    pub of: Cow<'static, str>,
    /// What it sets, in sentences.
    pub doc: Cow<'static, str>,
    /// Why the default is what it is; may be empty.
    pub why: Cow<'static, str>,
    /// What was published that says the same; empty where there is none.
    pub source: Cow<'static, str>,
}

/// Rhai keeps the word `default` to itself, so that it can't be a key.
const KEYS: &[&str] = &["value", "unit", "of", "least", "most", "doc", "why", "source"];

impl Description {
    /// The words that its texts are held to; none where it counts something, or any text will do.
    pub fn vocabulary(&self) -> Option<Vocabulary<'_>> {
        let of = self.unit?.of().unwrap_or(&self.of);
        if of.is_empty() { None } else { Vocabulary::at(of).ok() }
    }

    /// Which texts a parameter can have; nothing of one that has none.
    pub fn takes(&self) -> String {
        match self.vocabulary() {
            Some(vocabulary) => format!("{vocabulary}: {}", vocabulary.words.join(", ")),
            None => self.unit.filter(|unit| unit.is_of_texts()).map_or_else(String::new, |unit| {
                let what = if unit == Unit::Accounts { "names of accounts" } else { "texts" };
                format!("any {what}; no list holds those there are")
            }),
        }
    }
}

impl Reader<'_> {
    /// A parameter: its default alone, or a map with what there is to say of it besides.
    pub(super) fn parameter(&mut self, name: &str, literal: &Literal) -> Option<(Param, Option<Description>)> {
        if let Value::Map(entries) = &literal.value {
            return self.described(name, entries, literal).map(|(default, description)| (default, Some(description)));
        }
        let default = Param::read(literal);
        if default.is_none() {
            self.wrong(&format!("params.{name}"), VALUE, literal.span);
        }
        Some((default?, None))
    }

    fn described(&mut self, name: &str, entries: &[Entry], whole: &Literal) -> Option<(Param, Description)> {
        self.unknown_keys(&format!("the parameter `{name}` in its header"), entries, KEYS);
        let get = |key: &str| entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value);
        let key = |key: &str| format!("params.{name}.{key}");
        // What is missing is shown at the beginning of the parameter.
        let none = Span { end: whole.span.start + 2, ..whole.span };
        let default = get("value").and_then(Param::read);
        if default.is_none() {
            self.wrong(&key("value"), VALUE, get("value").map_or(none, |literal| literal.span));
        }
        let doc = self.text(get("doc"), &key("doc"), true, none).into();
        let why = self.text(get("why"), &key("why"), false, none).into();
        let source = self.text(get("source"), &key("source"), false, none).into();
        let default = default?;
        let unit = self.unit(&key("unit"), get("unit"), &default, none);
        let of = self.of(&key("of"), get("of"), unit, none);
        let least = get("least").and_then(|literal| self.least(&key("least"), literal, &default));
        let most = get("most").and_then(|literal| self.most(&key("most"), literal, &default));
        let description = Description { parameter: name.to_owned().into(), unit, of, least, most, doc, why, source };
        if let (Some(vocabulary), Some(value)) = (description.vocabulary(), get("value")) {
            self.hold(&key("value"), value, &vocabulary);
        }
        Some((default, description))
    }

    fn least(&mut self, key: &str, literal: &Literal, default: &Param) -> Option<i64> {
        match literal.value {
            Value::Count(least) if least > 0 && default.size().is_some_and(|size| size >= least as f64) => Some(least),
            _ => {
                self.wrong(key, "a whole number from 1 to the default, or to the number of its items", literal.span);
                None
            }
        }
    }

    fn most(&mut self, key: &str, literal: &Literal, default: &Param) -> Option<i64> {
        match literal.value {
            Value::Count(most) if default.size().is_some_and(|size| size <= most as f64) => Some(most),
            _ => {
                self.wrong(key, "a whole number from the default, or from the number of its items", literal.span);
                None
            }
        }
    }

    /// What the texts are words or fields of, where the unit does not say it by itself.
    fn of(&mut self, key: &str, literal: Option<&Literal>, unit: Option<Unit>, none: Span) -> Cow<'static, str> {
        let at = literal.map_or(none, |literal| literal.span);
        let must = match unit {
            // What is wrong with the unit is told already.
            None => return Cow::default(),
            Some(Unit::Words) => "a field of the proposal that has words, such as \"freeze.covers\"",
            Some(Unit::Fields) => "an object of the proposal, such as \"record.backup\"",
            Some(_) if literal.is_none() => return Cow::default(),
            Some(_) => "left out, as only \"words\" and \"fields\" are of something",
        };
        if let (Some(Unit::Words | Unit::Fields), Some(Value::Text(path))) =
            (unit, literal.map(|literal| &literal.value))
        {
            match Vocabulary::at(path) {
                Ok(vocabulary) if unit == Some(vocabulary.unit) => return path.clone().into(),
                Ok(_) => {}
                Err(Some(near)) => {
                    let message = format!("`{key}` in its header must be {must}");
                    let fault = self.fault(&message, &format!("did you mean `{near}`?"), at);
                    self.faults.push(fault);
                    return Cow::default();
                }
                Err(None) => {}
            }
        }
        self.wrong(key, must, at);
        Cow::default()
    }

    /// Holds the texts of a default to their words.
    fn hold(&mut self, key: &str, value: &Literal, vocabulary: &Vocabulary<'_>) {
        let items = if let Value::List(items) = &value.value { items.as_slice() } else { std::slice::from_ref(value) };
        for item in items {
            let Value::Text(word) = &item.value else { continue };
            if let Some(help) = vocabulary.lacks(word) {
                let message = format!("`{key}` in its header must hold {vocabulary}, and `{word}` is none");
                let fault = self.fault(&message, &help, item.span);
                self.faults.push(fault);
            }
        }
    }

    fn unit(&mut self, key: &str, literal: Option<&Literal>, default: &Param, none: Span) -> Option<Unit> {
        let at = literal.map_or(none, |literal| literal.span);
        let unit = match literal.map(|literal| &literal.value) {
            None if matches!(default, Param::Flag(_)) => return None,
            Some(Value::Text(word)) => Unit::parse(word),
            _ => None,
        };
        match unit {
            Some(unit) if unit.fits(default) => return Some(unit),
            _ if matches!(default, Param::Flag(_)) => self.wrong(key, "left out, as true or false has no unit", at),
            _ => {
                let fitting = Unit::ALL.into_iter().filter(|unit| unit.fits(default));
                let words: Vec<_> = fitting.map(|unit| format!("{:?}", unit.as_str())).collect();
                self.wrong(key, &format!("one of {}", words.join(", ")), at);
            }
        }
        None
    }
}

const VALUE: &str = "a number, a text, true or false, or a list of these";

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test")]
mod tests {
    use super::super::{Param, Unit, read};
    use crate::source::Source;
    use std::sync::Arc;

    /// Reads a header with these parameters.
    fn header(params: &str) -> Result<super::super::Header, Vec<crate::finding::Fault>> {
        let text = format!(
            "const RULE = #{{ title: \"t\", why: \"w\", help: \"h\", phases: [\"plan\"], level: \"deny\", params: {params} }};"
        );
        read("a/b", &Arc::new(Source::new("a/b.rhai", text))).map(|(header, _)| header)
    }

    #[test]
    fn a_parameter_is_described_or_its_default_alone() {
        let header = header(
            r#"#{ limit: 3, on: #{ value: true, doc: "D." }, age: #{ value: 90, unit: "days", doc: " D. ", why: "W.", source: "S" } }"#,
        )
        .expect("a sound header");
        let defaults: Vec<_> = header.params.values().collect();
        assert_eq!(defaults, [&Param::Count(90), &Param::Count(3), &Param::Flag(true)]);
        assert_eq!(header.description("limit"), None);
        let of = |name: &str| header.description(name).expect("it is described");
        assert_eq!((of("on").unit, &*of("on").doc, &*of("on").why), (None, "D.", ""));
        let age = of("age");
        assert_eq!((age.unit, &*age.doc, &*age.why, &*age.source), (Some(Unit::Days), "D.", "W.", "S"));
        let told = [Param::Count(0), Param::Count(1), Param::Number(1.5)].map(|value| header.told("age", &value));
        assert_eq!(told, ["0 days", "1 day", "1.5 days"]);
        assert_eq!(header.told("limit", &Param::Count(3)), "3");
        assert_eq!(Unit::Roles.after(&Param::List(vec![Param::Text("owner".to_owned())])), "[\"owner\"] (roles)");
    }

    /// What is wrong, and the text that is shown for it.
    #[test]
    fn what_is_wrong_with_a_parameter_is_told_with_its_place() {
        let value = "a number, a text, true or false, or a list of these";
        let must = |key: &str, must: &str| format!("`params{key}` in its header must be {must}");
        let counted = "one of \"days\", \"hours\", \"minutes\", \"percent\", \"people\", \"stages\", \"upgrades\", \"times\", \"items\"";
        let texts = "one of \"words\", \"roles\", \"fields\", \"accounts\", \"texts\", \"severity\"";
        let some = "a text that says something";
        let least = "a whole number from 1 to the default, or to the number of its items";
        let most = "a whole number from the default, or from the number of its items";
        let of_words = "a field of the proposal that has words, such as \"freeze.covers\"";
        for (params, message, at) in [
            ("[1]", must("", "a map from names to parameters"), "[1]"),
            ("#{ a: [#{}] }", must(".a", value), "[#{}]"),
            (r#"#{ a: #{ unit: "days", doc: "D." } }"#, must(".a.value", value), "#{"),
            (r#"#{ a: #{ value: #{}, unit: "days", doc: "D." } }"#, must(".a.value", value), "#{}"),
            (r#"#{ a: #{ value: 1, unit: "days" } }"#, must(".a.doc", some), "#{"),
            (r#"#{ a: #{ value: 1, unit: "days", doc: 2 } }"#, must(".a.doc", some), "2"),
            (r#"#{ a: #{ value: 1, unit: "days", doc: "D.", why: " " } }"#, must(".a.why", some), "\" \""),
            (r#"#{ a: #{ value: 1, unit: "days", doc: "D.", source: 1979 } }"#, must(".a.source", some), "1979"),
            (r#"#{ a: #{ value: 1, doc: "D." } }"#, must(".a.unit", counted), "#{"),
            (r#"#{ a: #{ value: [1.5], unit: "weeks", doc: "D." } }"#, must(".a.unit", counted), "\"weeks\""),
            (r#"#{ a: #{ value: 1, unit: "roles", doc: "D." } }"#, must(".a.unit", counted), "\"roles\""),
            (r#"#{ a: #{ value: ["x"], unit: "days", doc: "D." } }"#, must(".a.unit", texts), "\"days\""),
            (
                r#"#{ a: #{ value: true, unit: "days", doc: "D." } }"#,
                must(".a.unit", "left out, as true or false has no unit"),
                "\"days\"",
            ),
            (r#"#{ a: #{ value: 1, unit: "days", least: 2, doc: "D." } }"#, must(".a.least", least), "2"),
            (r#"#{ a: #{ value: 1, unit: "days", least: 0, doc: "D." } }"#, must(".a.least", least), "0"),
            (r#"#{ a: #{ value: ["x"], unit: "texts", least: "1", doc: "D." } }"#, must(".a.least", least), "\"1\""),
            (r#"#{ a: #{ value: true, least: 1, doc: "D." } }"#, must(".a.least", least), "1"),
            (r#"#{ a: #{ value: 3, unit: "days", most: 2, doc: "D." } }"#, must(".a.most", most), "2"),
            (r#"#{ a: #{ value: true, most: 2, doc: "D." } }"#, must(".a.most", most), "2"),
            (r#"#{ a: #{ value: ["x"], unit: "words", doc: "D." } }"#, must(".a.of", of_words), "#{"),
            (r#"#{ a: #{ value: ["x"], unit: "words", of: 1, doc: "D." } }"#, must(".a.of", of_words), "1"),
            (
                r#"#{ a: #{ value: ["x"], unit: "words", of: "freeze", doc: "D." } }"#,
                must(".a.of", of_words),
                "\"freeze\"",
            ),
            (
                r#"#{ a: #{ value: ["x"], unit: "words", of: "freeze.cover", doc: "D." } }"#,
                must(".a.of", of_words),
                "\"freeze.cover\"",
            ),
            (
                r#"#{ a: #{ value: ["x"], unit: "fields", of: "freeze.covers", doc: "D." } }"#,
                must(".a.of", "an object of the proposal, such as \"record.backup\""),
                "\"freeze.covers\"",
            ),
            (
                r#"#{ a: #{ value: ["x"], unit: "texts", of: "freeze.covers", doc: "D." } }"#,
                must(".a.of", "left out, as only \"words\" and \"fields\" are of something"),
                "\"freeze.covers\"",
            ),
            (
                r#"#{ a: #{ value: ["database", "databse"], unit: "words", of: "freeze.covers", doc: "D." } }"#,
                must(".a.value", "").replace(" be ", " hold words of `freeze.covers`, and `databse` is none"),
                "\"databse\"",
            ),
            (
                r#"#{ a: #{ value: "hihg", unit: "severity", doc: "D." } }"#,
                must(".a.value", "").replace(" be ", " hold words of `fast_track.severity`, and `hihg` is none"),
                "\"hihg\"",
            ),
            (
                r#"#{ a: #{ value: ["ownr"], unit: "roles", doc: "D." } }"#,
                must(".a.value", "").replace(" be ", " hold words of `approvals[].role`, and `ownr` is none"),
                "\"ownr\"",
            ),
            (
                r#"#{ a: #{ value: 1, unit: "days", doc: "D.", sorce: "S" } }"#,
                "the parameter `a` in its header has no place for `sorce`".to_owned(),
                "sorce",
            ),
        ] {
            let faults = header(params).expect_err(params);
            let [fault] = faults.as_slice() else { panic!("{params}: {faults:#?}") };
            assert_eq!(fault.message, format!("the rule `a/b` can't be loaded: {message}"), "{params}");
            assert_eq!(fault.labels[0].place.text(), at, "{params}");
        }
    }
}
