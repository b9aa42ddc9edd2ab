//! What a proposal tells of the time before its window, and of single moments in it.

use super::{Mark, Point, point};
use crate::facts::Facts;
use crate::proposal::{NodeId, Tree, Value};

/// Each single time, where it stands.
const SINGLE: &[(Mark, &[&str])] = &[
    (Mark::Submitted, &["submitted_at"]),
    (Mark::RestoreTest, &["backup", "restore_test", "at"]),
    (Mark::IntegrityCheck, &["backup", "integrity_check", "at"]),
    (Mark::Backup, &["deploy", "backup", "at"]),
    (Mark::Tests, &["testing", "completed_at"]),
    (Mark::LoadTest, &["testing", "load", "at"]),
    (Mark::Rehearsal, &["rollback", "rehearsal", "at"]),
];

/// Each list of what has a time, with the field that names an item, where one does.
const LISTS: &[(Mark, &[&str], &str, &str)] = &[
    (Mark::Approval, &["approvals"], "at", "by"),
    (Mark::Notice, &["communication", "notices"], "at", ""),
    (Mark::Stage, &["change", "rollout", "stages"], "start", "name"),
];

/// All of them, by time.
pub(super) fn points(facts: &Facts) -> Vec<Point> {
    let tree = &*facts.proposal;
    let single = SINGLE.iter().filter_map(|(mark, path)| point(tree, tree.path(path)?, *mark, ""));
    let listed = LISTS.iter().flat_map(|&(mark, path, at, name)| {
        let items = tree.path(path).map(|list| tree.items(list)).unwrap_or_default();
        items.iter().filter_map(move |&item| of_item(tree, item, mark, at, name))
    });
    let mut points: Vec<_> = single.chain(listed).chain(end_of_support(facts)).collect();
    points.sort_by_key(|point| (point.at, point.mark));
    points
}

fn of_item(tree: &Tree, item: NodeId, mark: Mark, at: &str, name: &str) -> Option<Point> {
    let name = tree.get(item, name).and_then(|name| tree.text(name)).unwrap_or_default();
    point(tree, tree.get(item, at)?, mark, name)
}

/// From the first moment of that day on nobody mends the old version.
fn end_of_support(facts: &Facts) -> Option<Point> {
    let tree = &*facts.proposal;
    let node = tree.path(&["reason", "end_of_support"])?;
    let Value::Date(day) = tree.value(node) else { return None };
    let at = day.to_zoned(facts.zone()).ok()?.timestamp();
    Some(Point { mark: Mark::EndOfSupport, name: String::new(), at, place: tree.place(node) })
}
