//! When the upgrade is worked on, so that all rules go by the same windows.

use super::{Args, Function};
use crate::facts::{Read, Root};
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::work_windows;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "work_windows() -> list",
        doc: "The stretches of time in which the upgrade is worked on: `p.window`, and those of `p.window.alternatives` in which a \
              stage begins that does not begin in the window itself. Each has a `start` and a later `end`. An alternative without \
              a stage is a time to fall back on, and none of these.",
        call: all_work_windows,
    },
    Function {
        signature: "path_of(object) -> text",
        doc: "Where an object stands, by names: `window.alternatives[0]`.",
        call: path_of,
    },
];

fn all_work_windows<'f>(run: &mut Run<'f>, _: Args<'f>) -> Answer<'f> {
    let tree = &run.facts.proposal;
    let lists = [&["window", "alternatives"][..], &["change", "rollout", "stages"]];
    let items = lists.iter().filter_map(|path| Some(tree.items(tree.path(path)?).len())).sum::<usize>();
    run.budget.work(items / 4)?;
    let windows = work_windows(tree);
    let node = |id| Node { root: Root::Proposal, id };
    // That an alternative counts has a reason, and that another one does not has none that could be shown.
    for stage in windows.iter().filter_map(|window| window.stage) {
        run.reads.record(Read { root: Root::Proposal, node: stage, missing: None }, true);
    }
    Ok(windows.iter().map(|window| Value::Node(node(window.node))).collect())
}

fn path_of<'f>(run: &mut Run<'f>, args: Args<'f>) -> Answer<'f> {
    match args.object(0)? {
        Some(node) => Ok(run.facts.tree(node.root).dotted(node.id).into()),
        None => Err(args.wrong(0, "an object").into()),
    }
}
