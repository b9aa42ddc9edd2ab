//! Several fields of one object at once: asking for eleven of them one by one is most of what a small rule takes.

use super::Function;
use super::collection::texts;
use super::time::Length;
use crate::facts::Read;
use crate::policy::fault::misuse;
use crate::policy::session;
use crate::policy::tracked::{self, Node};
use crate::proposal::Value;
use rhai::{Array, Dynamic, Engine, EvalAltResult};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "absent(object, fields) -> list",
        doc: "The names of those fields that an object lacks; all of them where there is no object.",
    },
    Function {
        signature: "total(object, fields) -> duration",
        doc: "The sum of the durations that an object has in these fields; those that it lacks take no time.",
    },
];

pub fn register(engine: &mut Engine) {
    engine
        .register_fn("absent", |object: Dynamic, fields: Dynamic| {
            let mut names = texts(&fields)?;
            if let Some(node) = object.read_lock::<Node>() {
                let there = present(*node, &names)?.into_iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
                names.retain(|name| !there.contains(name));
            }
            Ok::<_, Box<EvalAltResult>>(names.into_iter().map(Dynamic::from).collect::<Array>())
        })
        .register_fn("total", |object: Dynamic, fields: Dynamic| {
            let names = texts(&fields)?;
            let Some(node) = object.read_lock::<Node>() else { return Ok(Length(0)) };
            let sum =
                present(*node, &names)?.into_iter().try_fold(0_i64, |sum, (_, minutes)| sum.checked_add(minutes?));
            sum.map(Length).ok_or_else(|| {
                misuse("policy/wrong-type", "`total` adds durations alone", "give it fields that hold a length of time")
            })
        });
}

/// Those of some fields that an object has; with its minutes, where it is a length of time.
fn present(object: Node, names: &[String]) -> Result<Vec<(&String, Option<i64>)>> {
    session::with(|session| {
        let tree = session.facts.tree(object.root);
        let Value::Object(shape, fields) = tree.value(object.id) else { return Ok(Vec::new()) };
        let mut there = Vec::new();
        for name in names {
            let index = shape.field_index(name).ok_or_else(|| tracked::unknown_field(shape, name))?;
            match fields[index] {
                Some(node) => {
                    session.reads.record(Read { root: object.root, node, missing: None }, true);
                    let minutes = if let Value::Duration(minutes) = tree.value(node) { Some(*minutes) } else { None };
                    there.push((name, minutes));
                }
                None => {
                    let missing = Some(shape.fields[index].name);
                    session.reads.record(Read { root: object.root, node: object.id, missing }, true);
                }
            }
        }
        Ok(there)
    })?
}
