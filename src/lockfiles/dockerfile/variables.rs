//! Variables in the name of an image.

use std::collections::HashMap;

/// The longest name that is made of variables: each can hold others twice.
const LONGEST: usize = 500;

/// The text with its variables replaced; none where one is not known, or is changed on the way (`${name:+…}`, `${name#…}`).
///
/// # Errors
/// What the variables stand for is too long.
pub(super) fn expand(text: &str, known: &HashMap<String, String>) -> Result<Option<String>, String> {
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        done.push_str(before);
        let value = if let Some(braced) = after.strip_prefix('{') {
            let Some((inner, behind)) = braced.split_once('}') else { return Ok(None) };
            rest = behind;
            braces(inner, known)
        } else {
            let end = after.find(|found: char| !is_name(found)).unwrap_or(after.len());
            rest = after.get(end..).unwrap_or_default();
            known.get(after.get(..end).unwrap_or_default()).map(String::as_str)
        };
        let Some(value) = value else { return Ok(None) };
        done.push_str(value);
        if done.len() > LONGEST {
            return Err(format!("variables that stand for more than {LONGEST} bytes"));
        }
    }
    done.push_str(rest);
    Ok(Some(done))
}

/// `name`, `name:-default` or `name-default`.
fn braces<'v>(inner: &'v str, known: &'v HashMap<String, String>) -> Option<&'v str> {
    let end = inner.find(|found: char| !is_name(found)).unwrap_or(inner.len());
    let (name, operator) = inner.split_at(end);
    let value = known.get(name).map(String::as_str);
    match operator {
        "" => value,
        _ => {
            let (default, also_empty) = match operator.strip_prefix(":-") {
                Some(default) => (default, true),
                None => (operator.strip_prefix('-')?, false),
            };
            value
                .filter(|value| !also_empty || !value.is_empty())
                .or(Some(default).filter(|default| !default.contains('$')))
        }
    }
}

fn is_name(found: char) -> bool {
    found.is_ascii_alphanumeric() || found == '_'
}
