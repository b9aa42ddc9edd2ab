//! Versions, as vendors write them.

use super::{Args, Function};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::version::{is_prerelease, is_same, semver_level, version_before};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "semver_level(from, to) -> text",
        doc: "The size of the step from one version to another: `major`, `minor` or `patch` by Semantic Versioning 2.0, `none` where \
              they are equal, `backward` where it goes down, `unknown` where they can't be compared. What people write around a dotted \
              number is read: a leading `v` or name (`pg-14.1`), `9.8p1`, `1.0rc1`, `jdk-17.0.8+7`, `1:2.3-4ubuntu5`; missing parts are \
              allowed (`15.8` is `15.8.0`). Two names, two epochs of which one is not written, or an ending that one of them lacks and \
              nobody can rank (`16.4-alpine`) are not compared. Below 1.0 a step of the second part is `major`, as SemVer promises \
              nothing there. A later build of one version, after a `+`, is a `patch` from it, and an earlier one `backward`.",
        call: level,
    },
    Function {
        signature: "version_before(a, b) -> true or false",
        doc: "Whether one version comes before another; false where they can't be compared.",
        call: before,
    },
    Function {
        signature: "same_version(a, b) -> true or false",
        doc: "Whether two versions are one, however they are written: `v16.4` and `pg-16.4` are 16.4. Another build, after a `+`, is another one. \
              Of a list, whether it is one of these.",
        call: same,
    },
    Function {
        signature: "is_prerelease(version) -> true or false",
        doc: "Whether a version is one that its maker has not released yet, as it says itself: `16.4-rc1`, `17beta1`, `2.0.0-SNAPSHOT`.",
        call: prerelease,
    },
];

fn level<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    weigh(run, args)?;
    Ok(semver_level(args.text(0)?, args.text(1)?).into())
}

fn before<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    weigh(run, args)?;
    Ok(Value::Flag(version_before(args.text(0)?, args.text(1)?)))
}

fn same<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let a = args.text(0)?;
    // Nothing is no empty list here: whoever compares with what is absent has not asked.
    if matches!(args.value(1), Value::Text(_) | Value::Nothing) {
        weigh(run, args)?;
        return Ok(Value::Flag(is_same(a, args.text(1)?)));
    }
    let steps = a.len() / 8;
    Ok(Value::Flag(args.any_text(run, 1, steps, |b| is_same(a, b))?))
}

fn prerelease<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let version = args.text(0)?;
    run.budget.work(version.len() / 8)?;
    Ok(Value::Flag(is_prerelease(version)))
}

/// A version of thousands of parts is none, and takes long to tell.
fn weigh(run: &mut Run<'_>, args: &Args<'_>) -> Result<(), Misuse> {
    run.budget.work((args.text(0)?.len() + args.text(1)?.len()) / 8)
}
