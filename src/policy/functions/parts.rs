//! What the parts of a window take together, so that all rules reckon alike.

use super::Args;
use super::proposal::section;
use crate::policy::fault::misuse;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::value::{Length, Value};

/// See [`super::windows::FUNCTIONS`].
pub fn parts_of_window<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let mut sum = Length::ZERO;
    each_part(run, args, |part| sum = Length(sum.0.saturating_add(part.length.0)))?;
    Ok(Value::Length(sum))
}

/// See [`super::windows::FUNCTIONS`].
pub fn table_of_parts<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let mut rows = Vec::new();
    each_part(run, args, |Part { name, length, of_plan }| {
        let source = if of_plan { " as `rollback.duration` says" } else { "" };
        let row = [name.replace('_', " ").into(), Value::from(format!("{length}{source}"))];
        rows.push(row.into_iter().collect());
    })?;
    Ok(Value::of_items(rows))
}

struct Part {
    name: &'static str,
    length: Length,
    /// Whether the plan of the rollback says so, which knows better than the window how long it takes.
    of_plan: bool,
}

/// Goes through those of the named parts that are stated.
fn each_part<'f>(run: &mut Run<'f>, args: &Args<'f>, mut take: impl FnMut(Part)) -> Result<(), Stop> {
    let names = args.texts(run, 0)?;
    let window = section(run, "window")?;
    let rollback = section(run, "rollback")?;
    for wanted in &names {
        let Some(name) = PARTS.iter().find(|known| **known == &**wanted) else {
            let message = format!("`{}` is no part of a window", &**wanted);
            return Err(misuse("policy/wrong-type", message, format!("its parts are {}", PARTS.join(", "))).into());
        };
        let stated = length(run.field(&window, name)?);
        let planned = if *name == ROLLBACK { length(run.field(&rollback, "duration")?) } else { None };
        if let Some((length, of_plan)) = taken(stated, planned) {
            take(Part { name, length, of_plan });
        }
    }
    Ok(())
}

/// How long a part takes, and whether its plan says so: that of the rollback knows better than the window how long it takes.
pub(in crate::policy) fn taken(part: Option<Length>, planned: Option<Length>) -> Option<(Length, bool)> {
    if planned > part { planned.map(|planned| (planned, true)) } else { part.map(|part| (part, false)) }
}

/// The part that has a plan of its own.
pub(in crate::policy) const ROLLBACK: &str = "rollback";

/// What is done in a window, in its order.
pub(in crate::policy) const PARTS: [&str; 8] = [
    "preparation",
    "final_backup",
    "upgrade",
    "verification",
    "repair",
    "rollback_decision",
    ROLLBACK,
    "communication",
];

fn length(value: Value<'_>) -> Option<Length> {
    if let Value::Length(length) = value { Some(length) } else { None }
}
