//! Several fields of one object at once: asking for eleven of them one by one is most of what a small rule takes.

use super::time::time_zone;
use super::{Args, Function};
use crate::facts::Read;
use crate::policy::fault::{Misuse, misuse};
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::{self, Node};
use crate::policy::value::{Length, Text, Value};
use crate::proposal::shape::FieldNumber;
use crate::proposal::{NodeId, Value as Fact};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "absent(object, fields) -> list",
        doc: "The names of those fields that an object lacks; all of them where there is no object.",
        call: absent,
    },
    Function {
        signature: "not_of_zone(object, fields, zone) -> list",
        doc: "The names of those fields whose point in time is written with an offset that the IANA time zone does not have then, as after \
              a change of clocks; one that is written in UTC, with `Z`, is of every zone.",
        call: not_of_zone,
    },
    Function {
        signature: "total(object, fields) -> duration",
        doc: "The sum of the durations that an object has in these fields; those that it lacks take no time.",
        call: total,
    },
];

fn not_of_zone<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (names, zone) = (args.texts(run, 1)?, time_zone(args.text(2)?)?);
    let Some(object) = args.object(0)? else { return Ok(Value::Given(&[])) };
    let mut elsewhere = Vec::new();
    for (number, field) in present(run, object, &names)? {
        let Fact::Instant(instant) = run.facts.tree(object.root).value(field) else {
            let message = "`not_of_zone` looks at points in time alone";
            return Err(misuse("policy/wrong-type", message, "give it fields that hold one").into());
        };
        // As it was written, in quotes: `"2026-12-06T02:00:00+01:00"`.
        let place = run.facts.tree(object.root).place(field);
        let written = place.text().trim_matches('"');
        let offset = instant.to_zoned(zone.clone()).strftime("%:z").to_string();
        if !written.is_empty() && !written.ends_with('Z') && !written.ends_with(&offset) {
            elsewhere.push(Value::Text(names[number].clone()));
        }
    }
    Ok(elsewhere.into_iter().collect())
}

fn absent<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
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

fn total<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let names = args.texts(run, 1)?;
    let Some(node) = args.object(0)? else { return Ok(Value::Length(Length::ZERO)) };
    let there = present(run, node, &names)?;
    let tree = run.facts.tree(node.root);
    let minutes = |field| if let Fact::Duration(minutes) = tree.value(field) { Some(*minutes) } else { None };
    let sum = there.into_iter().try_fold(0_i64, |sum, (_, field)| sum.checked_add(minutes(field)?));
    sum.and_then(Length::of_minutes).map(Value::Length).ok_or_else(|| {
        misuse("policy/wrong-type", "`total` adds durations alone", "give it fields that hold a length of time").into()
    })
}

/// Those of some fields that an object has, by their numbers, with where they stand.
fn present(run: &mut Run<'_>, object: Node, names: &[Text<'_>]) -> Result<Vec<(usize, NodeId)>, Misuse> {
    let tree = run.facts.tree(object.root);
    let Fact::Object(shape, fields) = tree.value(object.id) else { return Ok(Vec::new()) };
    let mut there = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let index = shape.field_index(&**name).ok_or_else(|| tracked::unknown_field(shape, name))?;
        match fields[index] {
            Some(node) => {
                run.reads.record(Read { root: object.root, node, missing: None }, true);
                there.push((number, node));
            }
            None => {
                let missing = Some(FieldNumber::new(index));
                run.reads.record(Read { root: object.root, node: object.id, missing }, true);
            }
        }
    }
    Ok(there)
}
