//! How severe a weakness is.

use super::{Args, Function};
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "severity_of(score) -> text",
        doc: "The severity of a CVSS score, by the bands of versions 3 and 4: `critical` from 9.0, `high` from 7.0, `medium` from 4.0, `low` \
              above 0, else `none`.",
        call: severity_of,
    },
    Function {
        signature: "severity_below(severity, other) -> true or false",
        doc: "Whether a severity (`none`, `low`, `medium`, `high`, `critical`) is lower than another one. One that is not stated is \
              not.",
        call: severity_below,
    },
];

const SEVERITIES: [&str; 5] = ["none", "low", "medium", "high", "critical"];

fn severity_of<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let score = match args.value(0) {
        Value::Number(score) => *score,
        Value::Count(score) => *score as f64,
        _ => return Err(args.wrong(0, "a number").into()),
    };
    let bands = [(9.0, "critical"), (7.0, "high"), (4.0, "medium")];
    let low = if score > 0.0 { "low" } else { "none" };
    Ok(bands.iter().find(|(from, _)| score >= *from).map_or(low, |(_, band)| band).into())
}

fn severity_below<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    if args.value(0).is_nothing() {
        return Ok(Value::Flag(false));
    }
    let rank = |word: &str| SEVERITIES.iter().position(|severity| *severity == word);
    // What is no severity is lower than none, and none is high enough for it: it is a slip in the configuration.
    let (one, other) = (rank(args.text(0)?), rank(args.text(1)?).unwrap_or(SEVERITIES.len()));
    Ok(Value::Flag(one.is_none_or(|one| one < other)))
}
