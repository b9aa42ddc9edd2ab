//! When an upgrade is worked on.

use super::tree::{NodeId, Tree, Value};
use jiff::Timestamp;

/// A stretch of time in which an upgrade is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkWindow {
    /// The object that has the two times: the window, or one of its alternatives.
    pub node: NodeId,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends; that moment no longer belongs to it.
    pub end: Timestamp,
    /// Of an alternative, the beginning of a stage that makes it one.
    pub stage: Option<NodeId>,
}

/// The window, and those of its alternatives in which a stage begins that does not begin in the window itself, in the order of the
/// document. Any other alternative is a time to fall back on, in which nothing happens as things stand. What lacks one of its
/// times, or ends before it begins, is none.
pub fn work_windows(tree: &Tree) -> Vec<WorkWindow> {
    let Some(window) = tree.path(&["window"]) else { return Vec::new() };
    let main = interval(tree, window);
    let mut windows: Vec<_> = main.into_iter().collect();
    let alternatives = tree.get(window, "alternatives").map(|list| tree.items(list)).unwrap_or_default();
    if alternatives.is_empty() {
        return windows;
    }
    let stages = tree.path(&["change", "rollout", "stages"]).map(|list| tree.items(list)).unwrap_or_default();
    let begins = stages.iter().filter_map(|&stage| {
        let node = tree.get(stage, "start")?;
        Some((instant(tree, node)?, node))
    });
    let mut later: Vec<_> = begins.filter(|(at, _)| main.is_none_or(|main| !main.holds(*at))).collect();
    later.sort_unstable();
    windows.extend(alternatives.iter().filter_map(|&alternative| {
        let window = interval(tree, alternative)?;
        let &(at, stage) = later.get(later.partition_point(|&(at, _)| at < window.start))?;
        window.holds(at).then_some(WorkWindow { stage: Some(stage), ..window })
    }));
    windows
}

impl WorkWindow {
    fn holds(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }
}

fn interval(tree: &Tree, node: NodeId) -> Option<WorkWindow> {
    let at = |name| instant(tree, tree.get(node, name)?);
    let (start, end) = (at("start")?, at("end")?);
    (start < end).then_some(WorkWindow { node, start, end, stage: None })
}

fn instant(tree: &Tree, node: NodeId) -> Option<Timestamp> {
    match tree.value(node) {
        Value::Instant(instant) => Some(*instant),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::work_windows;
    use crate::document::{Document, Limits};
    use crate::proposal::model::PROPOSAL;
    use crate::proposal::read;
    use serde_json::{Value, json};

    /// The windows of a proposal by their paths. All times are minutes of one hour.
    fn paths(window: Option<(u32, u32)>, alternatives: &[(u32, u32)], stages: &[u32]) -> Vec<String> {
        let at = |minute: u32| format!("2026-12-06T01:{minute:02}:00Z");
        let interval = |&(start, end): &(u32, u32)| json!({ "start": at(start), "end": at(end) });
        let mut proposal: Value =
            serde_json::from_str(&std::fs::read_to_string("examples/routine-patch.json").unwrap()).unwrap();
        proposal["window"] = window.as_ref().map_or(json!({}), interval);
        proposal["window"]["alternatives"] = alternatives.iter().map(interval).collect();
        let stages: Value = stages.iter().map(|&start| json!({ "name": "next", "start": at(start) })).collect();
        proposal["change"]["rollout"] = json!({ "strategy": "staged", "stages": stages });
        let document = Document::parse("a.json", proposal.to_string().into_bytes(), &Limits::default()).unwrap();
        let tree = read(&document, &PROPOSAL).unwrap();
        work_windows(&tree).iter().map(|window| tree.pointer(window.node)).collect()
    }

    #[test]
    fn an_alternative_counts_where_a_stage_begins_in_it() {
        let two = [(20, 30), (40, 50)];
        assert_eq!(paths(Some((0, 10)), &two, &[]), ["/window"]);
        assert_eq!(paths(Some((0, 10)), &two, &[5, 20]), ["/window", "/window/alternatives/0"]);
        assert_eq!(paths(Some((0, 10)), &two, &[49, 5]), ["/window", "/window/alternatives/1"]);
        assert_eq!(paths(Some((0, 10)), &two, &[10, 19, 30, 50]), ["/window"]);
        assert_eq!(paths(Some((0, 10)), &[(40, 50), (20, 30)], &[45, 25]).len(), 3);
    }

    #[test]
    fn what_begins_in_the_window_itself_takes_no_other_time() {
        assert_eq!(paths(Some((0, 10)), &[(0, 30), (5, 20)], &[0, 9]), ["/window"]);
        assert_eq!(paths(Some((0, 10)), &[(0, 30), (11, 20)], &[0, 10]), ["/window", "/window/alternatives/0"]);
    }

    #[test]
    fn what_is_no_stretch_of_time_is_none() {
        assert_eq!(paths(None, &[(20, 30), (30, 20), (20, 20)], &[20]), ["/window/alternatives/0"]);
        assert_eq!(paths(Some((10, 10)), &[], &[10]), [""; 0]);
    }
}
