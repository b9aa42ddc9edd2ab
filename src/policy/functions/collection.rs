//! Lists: those of the facts and those that a rule makes, with the same functions.

use super::Function;
use crate::policy::fault::misuse;
use crate::policy::operators::{equal, kind};
use crate::policy::session;
use crate::policy::tracked::{self, Node};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, ImmutableString, Map, NativeCallContext};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

pub const FUNCTIONS: &[Function] = &[
    Function { signature: "len(list) -> whole number", doc: "The number of items; 0 for an absent list." },
    Function { signature: "is_empty(list) -> true or false", doc: "Whether a list has no items, or is absent." },
    Function { signature: "item in list", doc: "Whether a list has an item that is equal; an absent list has none." },
    Function {
        signature: "some(list, |item| …) -> true or false",
        doc: "Whether the condition holds for at least one item.",
    },
    Function {
        signature: "all(list, |item| …) -> true or false",
        doc: "Whether the condition holds for every item; true where there is none.",
    },
    Function { signature: "count(list, |item| …) -> whole number", doc: "For how many items the condition holds." },
    Function { signature: "filter(list, |item| …) -> list", doc: "The items for which the condition holds." },
    Function { signature: "map(list, |item| …) -> list", doc: "What the function makes of each item." },
    Function {
        signature: "find(list, |item| …) -> item",
        doc: "The first item for which the condition holds, or `()`.",
    },
    Function {
        signature: "distinct(list) -> list",
        doc: "The texts of a list, each once, in the order in which they come first.",
    },
    Function { signature: "without(list, other) -> list", doc: "The texts of a list that another one lacks." },
    Function { signature: "join(list, separator) -> text", doc: "The texts of a list, one after the other." },
    Function {
        signature: "listed(list) -> text",
        doc: "The texts of a list for a sentence: `a, b and c`; of more than twelve, the first and how many more.",
    },
    Function { signature: "push(list, item)", doc: "Adds an item to a list that the rule made." },
];

pub fn register(engine: &mut Engine) {
    engine
        .register_fn("len", |list: Dynamic| length(&list))
        .register_fn("is_empty", |list: Dynamic| length(&list).map(|count| count == 0))
        .register_fn("contains", |list: Dynamic, item: Dynamic| contains(&list, &item))
        .register_fn("some", |context: NativeCallContext<'_>, list: Dynamic, test: FnPtr| {
            Ok::<_, Box<EvalAltResult>>(first(&context, &list, &test, true)?.is_some())
        })
        .register_fn("all", |context: NativeCallContext<'_>, list: Dynamic, test: FnPtr| {
            Ok::<_, Box<EvalAltResult>>(first(&context, &list, &test, false)?.is_none())
        })
        .register_fn("find", |context: NativeCallContext<'_>, list: Dynamic, test: FnPtr| {
            first(&context, &list, &test, true).map(Option::unwrap_or_default)
        })
        .register_fn("filter", |context: NativeCallContext<'_>, list: Dynamic, test: FnPtr| {
            filter(&context, &list, &test)
        })
        .register_fn("count", |context: NativeCallContext<'_>, list: Dynamic, test: FnPtr| {
            filter(&context, &list, &test).map(|kept| kept.len() as i64)
        })
        .register_fn("map", |context: NativeCallContext<'_>, list: Dynamic, make: FnPtr| {
            walk(&list)?.map(|item| make.call_within_context::<Dynamic>(&context, (item?,))).collect::<Result<Array>>()
        })
        .register_fn("distinct", |list: Dynamic| texts(&list).map(distinct))
        .register_fn("without", |list: Dynamic, other: Dynamic| without(&list, &other))
        .register_fn("join", |list: Dynamic, separator: &str| texts(&list).map(|texts| texts.join(separator)))
        .register_fn("listed", |list: Dynamic| texts(&list).map(|texts| listed(&texts)))
        .register_fn("push", |list: &mut Array, item: Dynamic| list.push(item))
        .register_iterator::<Array>()
        .register_iterator::<std::ops::Range<i64>>()
        .register_iterator::<std::ops::RangeInclusive<i64>>();
}

/// The items of a list of the facts, of a list of the rule, or of nothing.
fn walk(list: &Dynamic) -> Result<Box<dyn Iterator<Item = Result<Dynamic>>>> {
    if list.is_unit() {
        return Ok(Box::new(std::iter::empty()));
    }
    if let Some(node) = list.read_lock::<Node>() {
        return Ok(Box::new(tracked::items(*node)?));
    }
    match list.as_array_ref() {
        Ok(array) => {
            session::work(array.len() / 8)?;
            Ok(Box::new(array.clone().into_iter().map(Ok)))
        }
        Err(_) => Err(no_list(list)),
    }
}

fn length(list: &Dynamic) -> Result<i64> {
    if list.is_unit() {
        return Ok(0);
    }
    if let Some(node) = list.read_lock::<Node>() {
        return tracked::len(*node);
    }
    if let Ok(text) = list.as_immutable_string_ref() {
        return Ok(text.chars().count() as i64);
    }
    if let Ok(map) = list.as_map_ref() {
        return Ok(map.len() as i64);
    }
    list.as_array_ref().map(|array| array.len() as i64).map_err(|_| no_list(list))
}

fn contains(list: &Dynamic, item: &Dynamic) -> Result<bool> {
    if let (Ok(text), Ok(part)) = (list.as_immutable_string_ref(), item.as_immutable_string_ref()) {
        return Ok(text.contains(part.as_str()));
    }
    if let (Some(map), Ok(key)) = (list.read_lock::<Map>(), item.as_immutable_string_ref()) {
        return Ok(map.contains_key(key.as_str()));
    }
    for other in walk(list)? {
        if equal(&other?, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The first item for which a test answers `wanted`.
fn first(context: &NativeCallContext<'_>, list: &Dynamic, test: &FnPtr, wanted: bool) -> Result<Option<Dynamic>> {
    for item in walk(list)? {
        let item = item?;
        if test.call_within_context::<bool>(context, (item.clone(),))? == wanted {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

fn filter(context: &NativeCallContext<'_>, list: &Dynamic, test: &FnPtr) -> Result<Array> {
    let mut kept = Array::new();
    for item in walk(list)? {
        let item = item?;
        if test.call_within_context::<bool>(context, (item.clone(),))? {
            kept.push(item);
        }
    }
    Ok(kept)
}

/// The texts of a list.
pub fn texts(list: &Dynamic) -> Result<Vec<String>> {
    walk(list)?
        .map(|item| {
            let item = item?;
            match item.as_immutable_string_ref() {
                Ok(text) => Ok(text.to_string()),
                Err(_) => {
                    let help = "take a field of each item with `map` first";
                    Err(misuse(
                        "policy/wrong-type",
                        format!("this list holds {} where texts are needed", kind(&item)),
                        help,
                    ))
                }
            }
        })
        .collect()
}

fn distinct(texts: Vec<String>) -> Array {
    let mut seen = std::collections::HashSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).map(|text| ImmutableString::from(text).into()).collect()
}

fn without(list: &Dynamic, other: &Dynamic) -> Result<Array> {
    let other: std::collections::HashSet<_> = texts(other)?.into_iter().collect();
    Ok(texts(list)?
        .into_iter()
        .filter(|text| !other.contains(text))
        .map(|text| ImmutableString::from(text).into())
        .collect())
}

fn listed(texts: &[String]) -> String {
    /// A sentence names no more than these, and says how many it leaves out.
    const MOST: usize = 12;
    if texts.len() > MOST {
        return format!("{} and {} more", texts[..MOST - 1].join(", "), texts.len() - MOST + 1);
    }
    match texts {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}

fn no_list(value: &Dynamic) -> Box<EvalAltResult> {
    misuse("policy/wrong-type", format!("{} is no list", kind(value)), "give it a list of the proposal, or `[…]`")
}
