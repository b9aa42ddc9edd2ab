//! Several fields of one object at once: asking for eleven of them one by one is most of what a small rule takes.

use super::{Args, Function};
use crate::facts::Read;
use crate::policy::fault::{Misuse, misuse};
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::{self, Node};
use crate::policy::value::{Length, Text, Value};
use crate::proposal::Value as Fact;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "absent(object, fields) -> list",
        doc: "The names of those fields that an object lacks; all of them where there is no object.",
        call: absent,
    },
    Function {
        signature: "total(object, fields) -> duration",
        doc: "The sum of the durations that an object has in these fields; those that it lacks take no time.",
        call: total,
    },
];

fn absent<'f>(run: &mut Run<'f>, args: Args<'f>) -> Answer<'f> {
    let mut names = args.texts(run, 1)?;
    if let Some(node) = args.object(0)? {
        let there: Vec<_> = present(run, node, &names)?.into_iter().map(|(name, _)| name).collect();
        let mut index = 0;
        names.retain(|_| {
            index += 1;
            !there.contains(&(index - 1))
        });
    }
    Ok(names.into_iter().map(Value::Text).collect())
}

fn total<'f>(run: &mut Run<'f>, args: Args<'f>) -> Answer<'f> {
    let names = args.texts(run, 1)?;
    let Some(node) = args.object(0)? else { return Ok(Value::Length(Length::ZERO)) };
    let sum = present(run, node, &names)?.into_iter().try_fold(0_i64, |sum, (_, minutes)| sum.checked_add(minutes?));
    sum.and_then(Length::of_minutes).map(Value::Length).ok_or_else(|| {
        misuse("policy/wrong-type", "`total` adds durations alone", "give it fields that hold a length of time").into()
    })
}

/// Those of some fields that an object has, by their numbers; with its minutes, where it is a length of time.
fn present(run: &mut Run<'_>, object: Node, names: &[Text<'_>]) -> Result<Vec<(usize, Option<i64>)>, Misuse> {
    let tree = run.facts.tree(object.root);
    let Fact::Object(shape, fields) = tree.value(object.id) else { return Ok(Vec::new()) };
    let mut there = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let index = shape.field_index(name).ok_or_else(|| tracked::unknown_field(shape, name))?;
        match fields[index] {
            Some(node) => {
                run.reads.record(Read { root: object.root, node, missing: None }, true);
                let minutes = if let Fact::Duration(minutes) = tree.value(node) { Some(*minutes) } else { None };
                there.push((number, minutes));
            }
            None => {
                let missing = Some(shape.fields[index].name);
                run.reads.record(Read { root: object.root, node: object.id, missing }, true);
            }
        }
    }
    Ok(there)
}
