//! What was found, written into the cases: the expectations alone are replaced, and all else in the file stays as it is.

use super::run::TestedCase;
use crate::source::Place;
use serde_json::{Map, Value, json};

/// The text of a file of cases with what was found in the place of what was expected; none where nothing is otherwise. Characters that are `hidden` are
/// written as escapes: somebody reads the difference.
pub fn updated(cases: &[TestedCase], hidden: fn(char) -> bool) -> Option<String> {
    let source = &cases.first()?.case.place.source;
    let mut text = source.text().to_owned();
    let failed = cases.iter().filter(|tested| !tested.differences.is_empty());
    let mut edits: Vec<_> = failed.flat_map(edits).collect();
    // From the end, so that places before it stay what they are.
    edits.sort_by_key(|(start, ..)| std::cmp::Reverse(*start));
    for (start, end, with) in edits {
        text.replace_range(start..end, &shown(&with, hidden));
    }
    (text != source.text()).then_some(text)
}

/// JSON in which hidden characters are escaped, but for the white space between its values.
fn shown(json: &str, hidden: fn(char) -> bool) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if hidden(character) && !matches!(character, '\n' | '\r') {
            for unit in character.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(character);
        }
    }
    text
}

fn edits(tested: &TestedCase) -> Vec<(usize, usize, String)> {
    let case = &tested.case;
    let findings = tested.found.findings.iter().map(|finding| {
        let mut expected = Map::new();
        if finding.policy.is_none() {
            expected.insert("rule".to_owned(), json!(&*finding.rule));
        }
        expected.insert("level".to_owned(), json!(finding.level.as_str()));
        expected.insert("at".to_owned(), json!(finding.pointer));
        expected.insert("message".to_owned(), json!(finding.message));
        Value::Object(expected)
    });
    let expect = replaced(&case.expect_place, &findings.collect());
    let owed = json!(tested.found.owed);
    match &case.owed_place {
        Some(place) => vec![expect, replaced(place, &owed)],
        None if tested.found.owed.is_empty() => vec![expect],
        None => {
            // Behind `expect`, as there is no place of its own yet.
            let (start, end, with) = expect;
            let (indent, line_end) = (indent(&case.expect_place), line_end(&case.expect_place));
            vec![(start, end, format!("{with},{line_end}{indent}\"owed\": {}", pretty(&owed, &case.expect_place)))]
        }
    }
}

fn replaced(place: &Place, value: &Value) -> (usize, usize, String) {
    (place.span.start as usize, place.span.end as usize, pretty(value, place))
}

/// A value over several lines, each of which begins as the line does in which it stands.
fn pretty(value: &Value, place: &Place) -> String {
    let end = line_end(place);
    // A value that is in memory can be written to it.
    serde_json::to_string_pretty(value).unwrap_or_default().replace('\n', &format!("{end}{}", indent(place)))
}

/// With what the lines of a file end.
fn line_end(place: &Place) -> &'static str {
    if place.source.text().contains("\r\n") { "\r\n" } else { "\n" }
}

/// The white space with which a line begins.
fn indent(place: &Place) -> String {
    let before = place.source.text().get(..place.span.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.chars().take_while(|character| character.is_whitespace()).collect()
}
