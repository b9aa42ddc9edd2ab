//! Other proposals of the run, beside this one.

use super::proposal::section;
use super::{Args, Function};
use crate::policy::run::{Answer, Run};
use crate::policy::value::{Value, equal};

pub const FUNCTIONS: &[Function] = &[Function {
    signature: "in_other_environment(other) -> true or false",
    doc: "Whether another proposal (one of `evidence.proposals`) is known to change another environment than this one: both name one that \
          their system has, as a name that it does not have may be misspelt.",
    call: in_other_environment,
}];

fn in_other_environment<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let other = args.value(0);
    let (change, system) = (section(run, "change")?, section(run, "system")?);
    let (here, there) = (run.field(&change, "environment")?, run.field(other, "environment")?);
    let (ours, theirs) = (run.field(&system, "environments")?, run.field(other, "environments")?);
    Ok(Value::Flag(run.has(&ours, &here)? && run.has(&theirs, &there)? && !equal(&here, &there)?))
}
