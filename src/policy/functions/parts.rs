//! What the parts of a window take together, so that all rules reckon alike.

use super::Args;
use super::proposal::section;
use crate::policy::fault::misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::value::{Length, Map, Text, Value};
use std::fmt::Write;
use std::rc::Rc;

/// See [`super::windows::FUNCTIONS`].
pub fn parts_of_window<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let names = args.texts(run, 0)?;
    let window = section(run, "window")?;
    let rollback = section(run, "rollback")?;
    let (mut sum, mut told) = (Length::ZERO, String::new());
    for name in &names {
        let Some(known) = PARTS.iter().find(|known| **known == &**name) else {
            let message = format!("`{}` is no part of a window", &**name);
            return Err(misuse("policy/wrong-type", message, format!("its parts are {}", PARTS.join(", "))).into());
        };
        let mut part = length(run.field(&window, known)?);
        let mut as_planned = "";
        if *known == "rollback" {
            // The plan of the rollback knows better than the window how long it takes.
            let planned = length(run.field(&rollback, "duration")?);
            if planned > part {
                part = planned;
                as_planned = " as `rollback.duration` says";
            }
        }
        let Some(part) = part else { continue };
        sum = Length(sum.0.saturating_add(part.0));
        let comma = if told.is_empty() { "" } else { ", " };
        let _ = write!(told, "{comma}{} {part}{as_planned}", known.replace('_', " "));
    }
    let entries = [(Text::Borrowed("time"), Value::Length(sum)), (Text::Borrowed("told"), told.into())];
    Ok(Value::Map(Rc::new(Map { entries: entries.into(), depth: 1 })))
}

const PARTS: [&str; 8] = [
    "preparation",
    "final_backup",
    "upgrade",
    "verification",
    "repair",
    "rollback_decision",
    "rollback",
    "communication",
];

fn length(value: Value<'_>) -> Option<Length> {
    if let Value::Length(length) = value { Some(length) } else { None }
}
