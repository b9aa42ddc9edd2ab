//! Lists: those of the facts and those that a rule makes, with the same functions.

use super::circles::circles;
use super::{Args, BY_SYNTAX, Function};
use crate::policy::fault::misuse;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::tracked::no_list;
use crate::policy::value::{List, Map, Text, Value, equal, order};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

pub const FUNCTIONS: &[Function] = &[
    Function { signature: "len(list) -> whole number", doc: "The number of items; 0 for an absent list.", call: len },
    Function {
        signature: "is_empty(list) -> true or false",
        doc: "Whether a list has no items, or is absent.",
        call: is_empty,
    },
    Function {
        signature: "item in list",
        doc: "Whether a list has an item that is equal; an absent list has none.",
        call: BY_SYNTAX,
    },
    Function {
        signature: "some(list, |item| …) -> true or false",
        doc: "Whether the condition holds for at least one item.",
        call: some,
    },
    Function {
        signature: "all(list, |item| …) -> true or false",
        doc: "Whether the condition holds for every item; true where there is none.",
        call: all,
    },
    Function {
        signature: "count(list, |item| …) -> whole number",
        doc: "For how many items the condition holds.",
        call: count,
    },
    Function {
        signature: "filter(list, |item| …) -> list",
        doc: "The items for which the condition holds.",
        call: filter,
    },
    Function { signature: "map(list, |item| …) -> list", doc: "What the function makes of each item.", call: map },
    Function {
        signature: "find(list, |item| …) -> item",
        doc: "The first item for which the condition holds, or `()`.",
        call: find,
    },
    Function {
        signature: "sorted(list, |item| …) -> list",
        doc: "The items in the order of what the function makes of each: points in time, days, numbers or texts, all of one kind. Items alike stay as \
              they stood.",
        call: sorted,
    },
    Function {
        signature: "grouped(list, |item| …) -> map",
        doc: "The items by what the function makes of each, which is a text, or `()` for those that are left out: a map of lists. Who asks something of \
              each of a thousand about another thousand looks it up there, and does not walk through them each time.",
        call: grouped,
    },
    Function {
        signature: "distinct(list) -> list",
        doc: "The texts of a list, each once, in the order in which they come first.",
        call: distinct,
    },
    Function {
        signature: "without(list, other) -> list",
        doc: "The texts of a list that another one lacks, or a map has no entry of.",
        call: without,
    },
    Function {
        signature: "join(list, separator) -> text",
        doc: "The texts of a list, one after the other.",
        call: join,
    },
    Function {
        signature: "listed(list) -> text",
        doc: "The texts of a list for a sentence: `a, b and c`; of more than twelve, the first and how many more.",
        call: listed,
    },
    Function {
        signature: "circles(names, needs) -> list of lists",
        doc: "Of names, and a map from each to a list of those that it needs: the circles in which they need each other, each as a list that \
              begins with the name which leads to it first; at most five. An order exists where there is none.",
        call: circles,
    },
    Function { signature: "push(list, item)", doc: "Adds an item to a list that the rule made.", call: BY_SYNTAX },
];

fn len<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    length(run, args).map(Value::Count)
}

fn is_empty<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    length(run, args).map(|count| Value::Flag(count == 0))
}

fn length<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Result<i64, Stop> {
    Ok(match args.value(0) {
        Value::Nothing => 0,
        Value::Node(list) => run.count_items(*list)?,
        Value::Text(text) => text.chars().count() as i64,
        Value::List(list) => list.items.len() as i64,
        Value::Given(items) => items.len() as i64,
        Value::Map(map) => map.entries.len() as i64,
        other => return Err(no_list(other).into()),
    })
}

/// What `in` asks.
pub fn contains<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    match (args.value(0), args.value(1)) {
        (Value::Text(text), Value::Text(part)) => Ok(Value::Flag(text.contains(&**part))),
        (Value::Map(map), Value::Text(key)) => Ok(Value::Flag(map.entries.contains_key(&**key))),
        (list, item) => Ok(Value::Flag(run.has(list, item)?)),
    }
}

impl<'f> Run<'f> {
    /// Whether a list has an item.
    pub fn has(&mut self, list: &Value<'f>, item: &Value<'f>) -> Result<bool, Stop> {
        let mut walk = self.walked(list)?;
        while let Some(other) = walk.next(self)? {
            if equal(&other, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn some<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    first(run, args, true).map(|found| Value::Flag(found.is_some()))
}

fn all<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    first(run, args, false).map(|found| Value::Flag(found.is_none()))
}

fn find<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    first(run, args, true).map(Option::unwrap_or_default)
}

fn filter<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    kept(run, args).map(|kept| kept.into_iter().collect())
}

fn count<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    kept(run, args).map(|kept| Value::Count(kept.len() as i64))
}

fn map<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let make = args.closure(1)?;
    let mut walk = run.walked(args.value(0))?;
    let mut made = Vec::with_capacity(walk.left());
    while let Some(item) = walk.next(run)? {
        made.push(run.closure(make, item)?);
    }
    Ok(made.into_iter().collect())
}

fn sorted<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let make = args.closure(1)?;
    let mut walk = run.walked(args.value(0))?;
    let mut keyed = Vec::new();
    while let Some(item) = walk.next(run)? {
        keyed.push((run.closure(make, item.clone())?, item));
    }
    run.budget.work(keyed.len())?;
    // Of one kind with the first, each can be held against each.
    for (key, _) in &keyed {
        order(&keyed[0].0, key)?;
    }
    keyed.sort_by(|(a, _), (b, _)| order(a, b).unwrap_or(Ordering::Equal));
    Ok(keyed.into_iter().map(|(_, item)| item).collect())
}

fn grouped<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let make = args.closure(1)?;
    let mut walk = run.walked(args.value(0))?;
    let mut groups: BTreeMap<Text<'f>, List<'f>> = BTreeMap::new();
    while let Some(item) = walk.next(run)? {
        let key = match run.closure(make, item.clone())? {
            Value::Nothing => continue,
            Value::Text(key) => key,
            other => {
                let message = format!("this closure gives {} where a text is needed", other.kind());
                return Err(misuse("policy/wrong-type", message, "write it as a text: `|item| `${item.at}``").into());
            }
        };
        let group = groups.entry(key).or_default();
        group.depth = group.depth.max(item.depth().saturating_add(1));
        group.items.push(item);
    }
    let depth = groups.values().map(|group| group.depth).max().unwrap_or(0).saturating_add(1);
    run.budget.work(groups.len())?;
    let entries = groups.into_iter().map(|(key, group)| (key, Value::List(Rc::new(group)))).collect();
    Ok(Value::Map(Rc::new(Map { entries, depth })))
}

/// The first item for which a test answers `wanted`.
fn first<'f>(run: &mut Run<'f>, args: &Args<'f>, wanted: bool) -> Result<Option<Value<'f>>, Stop> {
    let test = args.closure(1)?;
    let mut walk = run.walked(args.value(0))?;
    while let Some(item) = walk.next(run)? {
        if holds(run, test, item.clone())? == wanted {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

fn kept<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Result<Vec<Value<'f>>, Stop> {
    let test = args.closure(1)?;
    let mut walk = run.walked(args.value(0))?;
    let mut kept = Vec::new();
    while let Some(item) = walk.next(run)? {
        if holds(run, test, item.clone())? {
            kept.push(item);
        }
    }
    Ok(kept)
}

fn holds<'f>(run: &mut Run<'f>, test: u16, item: Value<'f>) -> Result<bool, Stop> {
    match run.closure(test, item)? {
        Value::Flag(flag) => Ok(flag),
        other => {
            let message = format!("this closure gives {} where true or false is needed", other.kind());
            Err(misuse("policy/wrong-type", message, "ask for something: `|item| item.x == ()`").into())
        }
    }
}

/// A list of so few is gone through faster than a table of it is made.
const FEW: usize = 16;

fn distinct<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let texts = args.texts(run, 0)?;
    let mut kept: Vec<&Text<'f>> = Vec::new();
    let mut seen = HashSet::new();
    for text in &texts {
        let is_new =
            if texts.len() > FEW { seen.insert(&**text) } else { !kept.iter().any(|before| ***before == **text) };
        if is_new {
            kept.push(text);
        }
    }
    Ok(kept.into_iter().cloned().map(Value::Text).collect())
}

fn without<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    if let Value::Map(map) = args.value(1) {
        let kept = args.texts(run, 0)?.into_iter().filter(|text| !map.entries.contains_key(&**text));
        return Ok(kept.map(Value::Text).collect());
    }
    let other = args.texts(run, 1)?;
    let table: HashSet<&str> = other.iter().filter(|_| other.len() > FEW).map(|text| &**text).collect();
    let is_other = |text: &Text<'f>| {
        if other.len() > FEW { table.contains(&**text) } else { other.iter().any(|other| **other == **text) }
    };
    Ok(args.texts(run, 0)?.into_iter().filter(|text| !is_other(text)).map(Value::Text).collect())
}

fn join<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let texts = args.texts(run, 0)?;
    Ok(joined(&texts, args.text(1)?).into())
}

fn listed<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    /// A sentence names no more than these, and says how many it leaves out.
    const MOST: usize = 12;
    let texts = args.texts(run, 0)?;
    if texts.len() > MOST {
        let named = joined(&texts[..MOST - 1], ", ");
        return Ok(format!("{named} and {} more", texts.len() - MOST + 1).into());
    }
    Ok(match texts.as_slice() {
        [] => "none".into(),
        [one] => Value::Text(one.clone()),
        [some @ .., last] => format!("{} and {}", joined(some, ", "), &**last).into(),
    })
}

fn joined(texts: &[Text<'_>], separator: &str) -> String {
    texts.iter().map(|text| &**text).collect::<Vec<_>>().join(separator)
}
