//! Edits of a document by JSON Pointer (RFC 6901).

use serde_json::{Map, Value};

/// No document that is read is deeper.
const DEEPEST: usize = 512;

/// Puts a value to a place; objects on the way are made, and `-` is the item after the last of a list.
///
/// # Errors
/// Why there is no such place.
pub(super) fn set(document: &mut Value, pointer: &str, value: Value) -> Result<(), String> {
    if pointer.split('/').count() > DEEPEST {
        return Err(format!("it has more than {DEEPEST} parts"));
    }
    let mut at = document;
    for name in names(pointer) {
        at = match at {
            Value::Object(members) => members.entry(name).or_insert_with(|| Value::Object(Map::new())),
            Value::Array(items) => {
                let index = if name == "-" { Some(items.len()) } else { index(&name) };
                let index = index.ok_or_else(|| format!("`{name}` is no place in a list"))?;
                if index == items.len() {
                    items.push(Value::Object(Map::new()));
                }
                let len = items.len();
                items.get_mut(index).ok_or_else(|| format!("there is no item {index} in a list of {len}"))?
            }
            _ => return Err(format!("there is nothing below a text, a number or the like, and so no `{name}`")),
        };
    }
    *at = value;
    Ok(())
}

/// Takes out what stands at a place.
///
/// # Errors
/// When nothing stands there.
pub(super) fn remove(document: &mut Value, pointer: &str) -> Result<(), String> {
    let nothing = || "nothing stands there".to_owned();
    let (parent, name) = pointer.rsplit_once('/').ok_or("the whole can't be taken out")?;
    let name = unescaped(name);
    match document.pointer_mut(parent).ok_or_else(nothing)? {
        // Not swapped with the last: the order of fields is that of findings.
        Value::Object(members) => members.shift_remove(&name).map(drop),
        Value::Array(items) => index(&name).filter(|index| *index < items.len()).map(|index| drop(items.remove(index))),
        _ => None,
    }
    .ok_or_else(nothing)
}

fn names(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(unescaped)
}

fn unescaped(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}

fn index(name: &str) -> Option<usize> {
    // No sign, and no zero before other digits.
    let digits = name.bytes().all(|byte| byte.is_ascii_digit()) && (name.len() == 1 || !name.starts_with('0'));
    if digits { name.parse().ok() } else { None }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test")]
mod tests {
    use super::{remove, set};
    use serde_json::json;

    #[test]
    fn places_are_made_where_they_can_be() {
        let mut document = json!({ "a": [1] });
        for (pointer, value) in [("/a/-", json!(2)), ("/a/0", json!(0)), ("/b/c~1d", json!(3))] {
            set(&mut document, pointer, value).expect("a place");
        }
        assert_eq!(document, json!({ "a": [0, 2], "b": { "c/d": 3 } }));
        assert_eq!(set(&mut document, "/a/5", json!(1)), Err("there is no item 5 in a list of 2".to_owned()));
        assert!(set(&mut document, "/a/00", json!(1)).is_err() && set(&mut document, "/a/0/x", json!(1)).is_err());
        set(&mut document, "", json!({ "c": 1 })).expect("the whole");
        assert_eq!(document, json!({ "c": 1 }));
    }

    #[test]
    fn what_is_not_there_can_not_be_removed() {
        let mut document = json!({ "a": { "b": 1 }, "c": [1, 2], "d": 1 });
        remove(&mut document, "/a/b").expect("it is there");
        remove(&mut document, "/c/0").expect("it is there");
        assert_eq!(document, json!({ "a": {}, "c": [2], "d": 1 }));
        for pointer in ["", "/a/b", "/c/1", "/x/y", "/d/e"] {
            assert!(remove(&mut document, pointer).is_err(), "{pointer}");
        }
    }
}
