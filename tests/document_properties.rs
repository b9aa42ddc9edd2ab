//! What holds of reading for any text: no panic, agreement with serde_json but for the differences that are meant, places
//! that hold what they are the places of, and one problem for one mistake.

#![allow(clippy::unwrap_used, reason = "a test")]

use changegate::document::{CODES, Document, Kind, Limits, Value};
use changegate::finding::Finding;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value as Json;

fn parse(text: impl Into<Vec<u8>>) -> Result<Document, Vec<Finding>> {
    Document::parse("p.json", text.into(), &Limits::default())
}

/// Any JSON value within the profile.
fn json() -> impl Strategy<Value = Json> {
    let float = any::<f64>().prop_filter("kept with its digits", |float| float.is_normal() || *float == 0.0);
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (-9i64..100).prop_map(Json::from),
        float.prop_map(Json::from),
        text().prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 80, 20, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Json::from),
            btree_map(text(), inner, 0..20).prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{0,3}", "[a-z~/\"\\\\\u{0}-\u{1f}é😀]{0,8}", any::<String>()]
}

/// The tokens of a value; in texts, every character as an escape if `escaped`.
fn tokens(value: &Json, escaped: bool) -> Vec<String> {
    let text = |text: &str| match escaped {
        true => format!("\"{}\"", text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<String>()),
        false => serde_json::to_string(text).unwrap(),
    };
    let mut out = Vec::new();
    match value {
        Json::Array(items) => {
            out.push("[".into());
            for (index, item) in items.iter().enumerate() {
                out.extend((index > 0).then(|| ",".into()));
                out.extend(tokens(item, escaped));
            }
            out.push("]".into());
        }
        Json::Object(members) => {
            out.push("{".into());
            for (index, (key, value)) in members.iter().enumerate() {
                out.extend((index > 0).then(|| ",".into()));
                out.extend([text(key), ":".into()]);
                out.extend(tokens(value, escaped));
            }
            out.push("}".into());
        }
        Json::String(string) => out.push(text(string)),
        _ => out.push(value.to_string()),
    }
    out
}

/// The tokens with white space before each.
fn written(tokens: &[String], spaces: &[&str]) -> String {
    tokens.iter().zip(spaces.iter().cycle()).flat_map(|(token, space)| [*space, token]).collect()
}

/// Any spelling of a value.
fn spelled() -> impl Strategy<Value = (Json, String)> {
    let spaces = vec(select(vec!["", " ", "\n", "\t\r\n  "]), 1..9);
    (json(), any::<bool>(), spaces).prop_map(|(value, escaped, spaces)| {
        let text = written(&tokens(&value, escaped), &spaces);
        (value, text)
    })
}

fn same(ours: Value<'_>, theirs: &Json) -> bool {
    match (ours.kind(), theirs) {
        (Kind::Null, Json::Null) => true,
        (Kind::Bool(one), Json::Bool(other)) => one == *other,
        (Kind::String(one), Json::String(other)) => one == other,
        // serde_json reads `-0` as a float and floats to within a unit in the last place; ours are exact.
        (Kind::Integer(one), Json::Number(other)) => {
            other.as_i64() == Some(one) || (one == 0 && other.as_f64() == Some(0.0))
        }
        (Kind::Float(one), Json::Number(other)) => {
            let exact: f64 = ours.place().text().parse().unwrap();
            let close = other.as_f64().is_some_and(|other| (one - other).abs() <= one.abs() * 1e-15);
            one.to_bits() == exact.to_bits() && close
        }
        (Kind::Array, Json::Array(items)) => {
            ours.len() == items.len() && ours.items().zip(items).all(|(one, other)| same(one, other))
        }
        (Kind::Object, Json::Object(members)) => {
            ours.len() == members.len()
                && members.iter().all(|(key, other)| ours.get(key).is_some_and(|one| same(one, other)))
        }
        _ => false,
    }
}

/// All values of a document.
fn all(value: Value<'_>) -> Vec<Value<'_>> {
    let mut found = vec![value];
    let mut at = 0;
    while let Some(value) = found.get(at).copied() {
        found.extend(value.items());
        at += 1;
    }
    found
}

/// What holds of problems whatever the text: known code, order, places within the text, and our style.
fn sound(problems: &[Finding]) -> Result<(), TestCaseError> {
    prop_assert!(!problems.is_empty() && problems.len() <= 21);
    let starts: Vec<_> = problems.iter().take(20).map(|problem| problem.primary.place.span.start).collect();
    prop_assert!(starts.is_sorted());
    for problem in problems {
        prop_assert!(CODES.contains(&&*problem.rule));
        prop_assert!(problem.help.as_deref().is_some_and(|help| !help.is_empty() && !help.ends_with('.')));
        prop_assert!(problem.message.len() < 400 && !problem.message.ends_with('.'), "{}", problem.message);
        for label in problem.related.iter().chain([&problem.primary]) {
            let span = label.place.span;
            prop_assert!(span.start <= span.end && label.place.source.text().get(span.range()).is_some());
        }
    }
    Ok(())
}

/// Agreement on one text, with the differences that are meant: ours may refuse more, and for these reasons only.
fn agree(bytes: &[u8]) -> Result<(), TestCaseError> {
    let theirs = serde_json::from_slice::<Json>(bytes);
    match (parse(bytes), theirs) {
        (Ok(ours), Ok(theirs)) => prop_assert!(same(ours.root(), &theirs)),
        (Ok(_), Err(error)) => prop_assert!(false, "serde_json refuses: {error}"),
        (Err(problems), theirs) => {
            sound(&problems)?;
            let meant = ["proposal/duplicate-key", "proposal/number-out-of-range", "proposal/too-deep"];
            let stricter = problems.iter().any(|problem| meant.contains(&&*problem.rule));
            prop_assert!(theirs.is_err() || stricter, "{problems:?}");
        }
    }
    Ok(())
}

/// A mistake in a list of tokens, and the token at which it is to be told.
fn mistaken(mut tokens: Vec<String>, kind: usize, index: Index) -> Option<(Vec<String>, usize)> {
    let closes = |token: &str| matches!(token, "]" | "}");
    let opens = |token: &str| matches!(token, "[" | "{");
    let at = |tokens: &[String], wanted: &dyn Fn(usize) -> bool| {
        let places: Vec<_> = (0..tokens.len()).filter(|&at| wanted(at)).collect();
        (!places.is_empty()).then(|| *index.get(&places))
    };
    let place = match kind {
        0 => {
            let place = index.index(tokens.len());
            tokens.insert(place, "/* , ] */".into());
            place
        }
        1 => {
            let place = at(&tokens, &|at| closes(&tokens[at]) && !opens(&tokens[at - 1]))?;
            tokens.insert(place, ",".into());
            place
        }
        2 => {
            let place = at(&tokens, &|at| tokens[at] == ",")?;
            tokens.insert(place, ",".into());
            place + 1
        }
        3 => {
            let place = at(&tokens, &|at| closes(&tokens[at]))?;
            tokens[place] = if tokens[place] == "]" { "}".into() } else { "]".into() };
            place
        }
        _ => {
            let broken = [
                "NaN",
                "1e999",
                "'x'",
                r#""\x""#,
                r#""\ud800""#,
                "\"\t\"",
                "01",
                "+1",
                "9223372036854775808",
                "None",
                "1.2.3",
            ];
            let is_value = |at: usize| {
                let followed = tokens.get(at + 1).is_none_or(|next| next != ":");
                followed && !matches!(&*tokens[at], "[" | "]" | "{" | "}" | "," | ":")
            };
            let place = at(&tokens, &is_value)?;
            tokens[place] = broken[kind % broken.len()].into();
            place
        }
    };
    Some((tokens, place))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in vec(any::<u8>(), 0..200)) {
        agree(&bytes)?;
    }

    #[test]
    fn any_soup_of_tokens_is_read_as_serde_json_reads_it(soup in vec(select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"a\":", "\"b\":1", "'", "'a'", "\\", "\\u", "\\ud83d", "\\ude00", "1",
        "-", "0", "1.5", "1e9", "1e999", ".", "+", "true", "nul", "NaN", "//", "/*", "*/", "#", " ", "\n", "\t", "\r", "\0", "é",
        "\u{a0}", "\u{feff}", "=", ";", "a",
    ]), 0..24)) {
        agree(soup.concat().as_bytes())?;
    }

    #[test]
    fn what_is_written_is_read((value, text) in spelled()) {
        let document = parse(text).unwrap();
        prop_assert!(same(document.root(), &value));
    }

    #[test]
    fn one_changed_byte_is_read_as_serde_json_reads_it(
        (_, text) in spelled(), at in any::<Index>(), how in 0..3, byte in prop_oneof![any::<u8>(), select(b"\"\\,:[]{}0-.eE \n".to_vec())],
    ) {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => { bytes.remove(at); }
        }
        agree(&bytes)?;
    }

    #[test]
    fn places_hold_what_they_are_the_places_of((_, text) in spelled()) {
        let document = parse(text).unwrap();
        for value in all(document.root()) {
            let again = parse(value.place().text()).unwrap();
            prop_assert!(same(again.root(), &serde_json::from_str(value.place().text()).unwrap()));
            prop_assert_eq!(again.root().kind(), value.kind());
            prop_assert_eq!(again.root().len(), value.len());
            prop_assert_eq!(value.key().is_some(), value.parent().is_some_and(|parent| parent.kind() == Kind::Object));
            if let (Some(key), Some(span)) = (value.key(), value.key_span()) {
                let key_again = parse(document.source().slice(span)).unwrap();
                prop_assert_eq!(key_again.root().kind(), Kind::String(key));
            }
        }
    }

    #[test]
    fn pointers_lead_back((_, text) in spelled()) {
        let document = parse(text).unwrap();
        for value in all(document.root()) {
            let found = document.at(&value.pointer()).unwrap();
            prop_assert_eq!(found.span(), value.span());
            for (index, item) in value.items().enumerate() {
                prop_assert_eq!(item.index(), index);
                prop_assert_eq!(item.parent().unwrap().span(), value.span());
            }
        }
    }

    #[test]
    fn one_mistake_is_one_problem(value in json(), kind in 0usize..15, index in any::<Index>()) {
        let Some((tokens, place)) = mistaken(tokens(&value, false), kind, index) else { return Ok(()) };
        let text = tokens.join(" ");
        let start = tokens[..place].iter().map(|token| token.len() + 1).sum::<usize>();
        let problems = parse(text.as_str()).unwrap_err();
        sound(&problems)?;
        prop_assert_eq!(problems.len(), 1, "{}: {:?}", text, problems);
        let told = problems[0].primary.place.span;
        prop_assert!((start..start + tokens[place].len()).contains(&(told.start as usize)), "{}: {:?}", text, problems);
    }

    #[test]
    fn a_missing_comma_is_one_problem(value in json(), index in any::<Index>()) {
        let mut tokens = tokens(&value, false);
        let commas: Vec<_> = (0..tokens.len()).filter(|&at| tokens[at] == ",").collect();
        if commas.is_empty() {
            return Ok(());
        }
        let at = *index.get(&commas);
        tokens.remove(at);
        let problems = parse(tokens.join("\n")).unwrap_err();
        prop_assert_eq!(problems.len(), 1, "{:?}", problems);
        prop_assert!(problems[0].message.starts_with("a comma is missing"));
        prop_assert_eq!(problems[0].primary.place.start().line as usize, at, "at the end of the value before it");
    }

    #[test]
    fn a_text_cut_off_is_one_problem((_, text) in spelled(), at in any::<Index>()) {
        let text = text.trim();
        let at = text.floor_char_boundary(at.index(text.len()));
        let problems = parse(&text[..at]).err().unwrap_or_default();
        prop_assert!(problems.len() <= 1, "{:?}", problems);
        let bounded = text.starts_with(['[', '{', '"']);
        prop_assert!(problems.len() == 1 || !bounded);
    }

    #[test]
    fn a_repeated_key_is_found_wherever_it_stands(mut keys in vec(text(), 1..40), from in any::<Index>(), escaped: bool) {
        keys.sort();
        keys.dedup();
        let repeated = from.index(keys.len());
        let mut members: Vec<_> = keys.iter().map(|key| tokens(&Json::from(key.as_str()), false).concat() + ":[{}]").collect();
        let text = format!("{{{}}}", members.join(","));
        prop_assert!(parse(text).is_ok());
        members.push(tokens(&Json::from(keys[repeated].as_str()), escaped).concat() + ":0");
        let problems = parse(format!("{{\n{}}}", members.join(",\n"))).unwrap_err();
        prop_assert_eq!(problems.len(), 1);
        prop_assert_eq!(&*problems[0].rule, "proposal/duplicate-key");
        prop_assert_eq!(problems[0].primary.place.start().line as usize, keys.len() + 2);
        prop_assert_eq!(problems[0].related[0].place.start().line as usize, repeated + 2);
    }
}
