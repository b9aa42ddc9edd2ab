//! Versions, as vendors write them.

use super::Function;
use crate::proposal::version::{semver_level, version_before};
use rhai::Engine;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "semver_level(from, to) -> text",
        doc: "The size of the step from one version to another: `major`, `minor` or `patch` by Semantic Versioning 2.0, `none` where \
              they are equal, `backward` where it goes down, `unknown` where one of them is no dotted number. A leading `v` and \
              missing parts are allowed (`15.8` is `15.8.0`); below 1.0 a step of the second part is `major`, as SemVer promises \
              nothing there.",
    },
    Function {
        signature: "version_before(a, b) -> true or false",
        doc: "Whether one version comes before another; false where they can't be compared.",
    },
];

pub fn register(engine: &mut Engine) {
    engine.register_fn("semver_level", semver_level).register_fn("version_before", version_before);
}
