//! When the upgrade is worked on, so that all rules go by the same windows.

use super::parts;
use super::proposal::{Proposal, argument, section, uncounted};
use super::{Args, Function};
use crate::facts::{Read, Root};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::{Moment, Value, order};
use crate::proposal::{NodeId, WorkWindow};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "work_windows() -> list",
        doc: "The stretches of time in which the upgrade is worked on: `p.window`, and those of `p.window.alternatives` in which a \
              stage begins that does not begin in the window itself. Each has a `start` and a later `end`. An alternative without \
              a stage is a time to fall back on, and none of these.",
        call: all_work_windows,
    },
    Function {
        signature: "last_window() -> object",
        doc: "The one of these that ends last, for what has to hold until the work is done; `p.window` where it is the only one, \
              whatever it states.",
        call: last_window,
    },
    Function {
        signature: "next_window() -> object",
        doc: "The one of these that is open, or else the next to open; `()` where all are over.",
        call: next_window,
    },
    Function {
        signature: "worked_until() -> point in time",
        doc: "When the last of these that are over ended, where another one is still to be worked in; `()` where none is over, or all are.",
        call: worked_until,
    },
    Function {
        signature: "stated_last() -> object",
        doc: "What is stated just before the work of the window that is open: that one of `p.deploy.later` whose `at` is the latest, and \
              `p.deploy` where there is none, or where none of several `work_windows` is over yet. It has `at`, `by`, `backup`, `configuration`, `contacts_reached` and `running`.",
        call: stated_last,
    },
    Function {
        signature: "parts_of_window(fields) -> duration",
        doc: "What these parts of `p.window` take together. The rollback takes as long as `p.rollback.duration` says, where that is \
              longer; parts that are not stated take no time.",
        call: parts::parts_of_window,
    },
    Function {
        signature: "table_of_parts(fields) -> list",
        doc: "The same parts for the `table` of a report, each with its time.",
        call: parts::table_of_parts,
    },
    Function {
        signature: "decided_until(window) -> point in time",
        doc: "Until when a rollback can be decided in one of these: `p.window.latest_rollback_decision`, and in a later one as long \
              before its end as that is before the end of `p.window`; `()` where that is not known.",
        call: decided_until,
    },
    Function {
        signature: "named_window(window) -> text",
        doc: "What to call one of these in a sentence: `the window`, or ``the later window `window.alternatives[0]` ``.",
        call: named_window,
    },
    Function {
        signature: "path_of(object) -> text",
        doc: "Where an object stands, by names: `window.alternatives[0]`.",
        call: path_of,
    },
];

fn all_work_windows<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let mut proposal = uncounted(run);
    let windows = proposal.work_windows()?;
    // That an alternative counts has a reason, and that another one does not has none that could be shown.
    windows.iter().for_each(|window| proposal.because(window));
    Ok(windows.iter().map(|window| value(window.node)).collect())
}

fn last_window<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    match uncounted(run).last_later()? {
        Some(later) => Ok(value(later)),
        None => section(run, "window"),
    }
}

fn next_window<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let now = run.facts.now;
    let mut proposal = uncounted(run);
    let windows = proposal.work_windows()?;
    let next = windows.iter().filter(|window| now < window.end).min_by_key(|window| window.start);
    next.into_iter().for_each(|window| proposal.because(window));
    Ok(next.map_or(Value::Nothing, |window| value(window.node)))
}

fn worked_until<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let now = run.facts.now;
    let mut proposal = uncounted(run);
    let windows = proposal.work_windows()?;
    let next = windows.iter().find(|window| now < window.end);
    let ended = windows.iter().filter(|window| window.end <= now).max_by_key(|window| window.end);
    let (Some(next), Some(ended)) = (next, ended) else { return Ok(Value::Nothing) };
    [next, ended].into_iter().for_each(|window| proposal.because(window));
    Ok(Value::Moment(Moment(ended.end)))
}

fn stated_last<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let deploy = section(run, "deploy")?;
    let now = run.facts.now;
    let windows = uncounted(run).work_windows()?;
    // Before the first of them is over, nothing can be stated for a later one, and would hide what is stated for this one.
    if windows.len() < 2 || windows.iter().all(|window| now < window.end) {
        return Ok(deploy);
    }
    let mut walk = run.field(&deploy, "later").and_then(|later| run.walked(&later))?;
    let mut last: Option<(Value<'f>, Value<'f>)> = None;
    while let Some(one) = walk.next(run)? {
        let at = run.field(&one, "at")?;
        // Of two of one time the one that was added later counts.
        let newer = match &last {
            Some((_, other)) => order(&at, other)?.is_ge(),
            None => true,
        };
        if newer {
            last = Some((one, at));
        }
    }
    Ok(last.map_or(deploy, |(one, _)| one))
}

fn decided_until<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let main = section(run, "window")?;
    let decision = run.field(&main, "latest_rollback_decision")?;
    let window = args.value(0);
    let own = |value: &Value<'_>| if let Value::Node(node) = value { Some(node.id) } else { None };
    if argument(args, "a window of the proposal")? == own(&main) {
        return Ok(decision);
    }
    let (closes, end) = (run.field(&main, "end")?, run.field(window, "end")?);
    let (Value::Moment(decision), Value::Moment(closes), Value::Moment(end)) = (decision, closes, end) else {
        return Ok(Value::Nothing);
    };
    let left = closes.0.duration_since(decision.0);
    Ok(end.0.checked_sub(left).map_or(Value::Nothing, |until| Value::Moment(Moment(until))))
}

impl<'s> Proposal<'s> {
    /// The work windows, at what it costs to find them.
    fn work_windows(&mut self) -> Result<&'s [WorkWindow], Misuse> {
        let windows = self.all_work_windows();
        self.budget.work(windows.len() / 8)?;
        Ok(windows)
    }

    /// Those that are not the window itself, in the order of the document.
    pub fn later_windows(&mut self) -> Result<Vec<WorkWindow>, Misuse> {
        Ok(self.work_windows()?.iter().copied().filter(|window| window.stage.is_some()).collect())
    }

    /// The work window that ends last, where that is not the window itself.
    pub fn last_later(&mut self) -> Result<Option<NodeId>, Misuse> {
        let windows = self.work_windows()?;
        // Of two that end at one time the first is the one that everybody knows.
        let last = windows.iter().rev().max_by_key(|window| window.end);
        let later = last.filter(|window| window.stage.is_some());
        later.into_iter().for_each(|window| self.because(window));
        Ok(later.map(|window| window.node))
    }

    /// Records what makes an alternative one in which is worked.
    fn because(&mut self, window: &WorkWindow) {
        if let Some(node) = window.stage {
            self.reads.record(Read { root: Root::Proposal, node, missing: None }, true);
        }
    }
}

/// A window as a rule sees it.
pub(super) fn value<'f>(id: NodeId) -> Value<'f> {
    Value::Node(Node { root: Root::Proposal, id })
}

fn named_window<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(node) = args.object(0)? else { return Err(args.wrong(0, "a window").into()) };
    let path = run.facts.tree(node.root).dotted(node.id);
    Ok(if path == "window" { "the window".into() } else { format!("the later window `{path}`").into() })
}

fn path_of<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    match args.object(0)? {
        Some(node) => Ok(run.facts.tree(node.root).dotted(node.id).into()),
        None => Err(args.wrong(0, "an object").into()),
    }
}
