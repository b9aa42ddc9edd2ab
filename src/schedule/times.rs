//! The times of a proposal for which rules ask whether there is a freeze.

use crate::proposal::{NodeId, Tree, Value, work_windows};
use jiff::{SignedDuration, Timestamp};

/// From when to when, without its end.
pub type Stretch = (Timestamp, Timestamp);

/// The windows in which it is worked on, the beginnings of its stages, and the time in which it ran as its record says.
pub fn times(proposal: &Tree) -> Vec<Stretch> {
    let windows = work_windows(proposal).into_iter().map(|window| (window.start, window.end));
    let stages = proposal.path(&["change", "rollout", "stages"]).map(|list| proposal.items(list)).unwrap_or_default();
    let begins = stages.iter().filter_map(|&stage| instant(proposal, proposal.get(stage, "start")).map(moment));
    windows.chain(begins).chain(run(proposal)).collect()
}

/// Of one that tells of its end alone nobody knows when it began; its window is the earliest time that it tells.
fn run(proposal: &Tree) -> Option<Stretch> {
    let at = |path: &[&str]| instant(proposal, proposal.path(path));
    let end = at(&["record", "finished_at"])?;
    let start = at(&["record", "started_at"]).or_else(|| at(&["window", "start"])).unwrap_or(end);
    Some(if start < end { (start, end) } else { moment(end) })
}

/// The shortest stretch that begins at a point in time.
fn moment(at: Timestamp) -> Stretch {
    (at, at.checked_add(SignedDuration::from_nanos(1)).unwrap_or(at))
}

fn instant(tree: &Tree, node: Option<NodeId>) -> Option<Timestamp> {
    match tree.value(node?) {
        Value::Instant(at) => Some(*at),
        _ => None,
    }
}
