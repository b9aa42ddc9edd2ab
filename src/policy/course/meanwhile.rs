//! What is on around the windows of a proposal.

use super::{Kind, Meanwhile, Slot, instant};
use crate::facts::{Facts, Reads};
use crate::policy::budget::Budget;
use crate::policy::functions::known::Known;
use crate::policy::functions::period::Period;
use crate::policy::functions::proposal::Proposal;
use crate::policy::functions::weekly::{Reading, Stretch};
use crate::proposal::{NodeId, Tree};
use crate::source::Place;
use jiff::SignedDuration;
use std::collections::HashSet;
use std::sync::Arc;

/// A stretch longer than this is no night's work, and of the periods of a year nobody draws a picture.
const LONGEST: SignedDuration = SignedDuration::from_hours(31 * 24);

/// All of it, by kind and time, each once.
pub(super) fn around(facts: &Facts, windows: &[Slot]) -> Vec<Meanwhile> {
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    for window in windows {
        for one in around_one(facts, reach(window)) {
            let at = (Arc::as_ptr(&one.place.source), one.place.span.start, one.place.span.end);
            if known.insert((one.kind, at, one.start, one.end)) {
                found.push(one);
            }
        }
    }
    found.sort_by_key(|one| (one.kind, one.start, one.end));
    found
}

/// A window with some time around it, to see where it lies.
fn reach(window: &Slot) -> Stretch {
    let length = window.end.duration_since(window.start);
    let around = length.max(SignedDuration::from_hours(2));
    let (start, end) = (window.start.checked_sub(around), window.end.checked_add(around));
    (start.unwrap_or(window.start), end.unwrap_or(window.end))
}

fn around_one(facts: &Facts, reach: Stretch) -> Vec<Meanwhile> {
    let (proposal, evidence) = (&*facts.proposal, &*facts.evidence);
    let mut all = Vec::new();
    all.extend(
        listed(evidence, "freezes", Kind::Freeze, reach).filter(|(item, _)| holds_for(facts, *item)).map(second),
    );
    all.extend(listed(evidence, "low_risk", Kind::LowRisk, reach).map(second));
    all.extend(periods(facts, "peak_periods", Kind::Peak, reach));
    all.extend(periods(facts, "low_risk_windows", Kind::LowRisk, reach));
    let asked = proposal.path(&["freeze"]).and_then(|node| of_node(proposal, node, "", Kind::Asked));
    let run = proposal.path(&["record"]).and_then(|record| {
        let at = |name| instant(proposal, proposal.get(record, name));
        let (start, end) = (at("started_at")?, at("finished_at")?);
        Some(Meanwhile { kind: Kind::Run, name: String::new(), start, end, place: proposal.place(record) })
    });
    all.extend(asked.into_iter().chain(run).filter(|one| meets(one, reach)));
    all.extend(others(evidence, reach));
    all
}

fn second<A, B>((_, second): (A, B)) -> B {
    second
}

fn meets(one: &Meanwhile, (start, end): Stretch) -> bool {
    one.start < end && start < one.end
}

/// The items of a list of the evidence that meet a stretch of time.
fn listed<'t>(
    tree: &'t Tree,
    list: &str,
    kind: Kind,
    reach: Stretch,
) -> impl Iterator<Item = (NodeId, Meanwhile)> + 't {
    let items = tree.path(&[list]).map(|list| tree.items(list)).unwrap_or_default();
    items.iter().filter_map(move |&item| {
        let mut one = of_node(tree, item, "name", kind).filter(|one| meets(one, reach))?;
        // What findings say of an event names its name.
        one.place = tree.place(tree.get(item, "name")?);
        Some((item, one))
    })
}

fn of_node(tree: &Tree, node: NodeId, name: &str, kind: Kind) -> Option<Meanwhile> {
    let at = |name| instant(tree, tree.get(node, name));
    let name = tree.get(node, name).and_then(|name| tree.text(name)).unwrap_or_default().to_owned();
    Some(Meanwhile { kind, name, start: at("start")?, end: at("end")?, place: tree.place(node) })
}

/// Whether a freeze may cover the system: whether it does is for the rules, which look at its sites as well.
fn holds_for(facts: &Facts, freeze: NodeId) -> bool {
    let (proposal, evidence) = (&*facts.proposal, &*facts.evidence);
    let systems = evidence.get(freeze, "systems").map(|list| evidence.items(list)).unwrap_or_default();
    let system = proposal.path(&["system", "id"]).and_then(|id| proposal.text(id));
    systems.is_empty() || systems.iter().any(|&name| evidence.text(name) == system)
}

/// The times of weekly periods and single stretches of the profile.
fn periods(facts: &Facts, list: &str, kind: Kind, (start, end): Stretch) -> Vec<Meanwhile> {
    let tree = &*facts.proposal;
    let periods = tree.path(&["system", list]).map(|list| tree.items(list)).unwrap_or_default();
    let named = ["system", "window"].iter().find_map(|of| tree.text(tree.path(&[of, "zone"])?));
    let Some(zone) = named.filter(|_| end.duration_since(start) <= LONGEST) else { return Vec::new() };
    let (known, mut reads, mut budget) = (Known::default(), Reads::default(), Budget::default());
    let mut proposal = Proposal { facts, tree, known: &known, reads: &mut reads, budget: &mut budget };
    let mut found = Vec::new();
    for &period in periods {
        proposal.budget.next_rule();
        let times = match kind {
            Kind::LowRisk => quiet(&mut proposal, period, (start, end), zone),
            _ => proposal
                .occurrences(period, (start, end), zone)
                .unwrap_or_default()
                .into_iter()
                .map(|(time, _)| time)
                .collect(),
        };
        let name = tree.get(period, "name").and_then(|name| tree.text(name)).unwrap_or_default();
        let place: Place = tree.place(period);
        found.extend(times.into_iter().map(|(start, end)| Meanwhile {
            kind,
            name: name.to_owned(),
            start,
            end,
            place: place.clone(),
        }));
    }
    found
}

/// Where a clock change makes a time ambiguous, a quiet one is the shorter.
fn quiet(proposal: &mut Proposal<'_>, period: NodeId, (start, end): Stretch, zone: &str) -> Vec<Stretch> {
    let times = match proposal.period(period, zone, Reading::Shorter) {
        Ok(Period::Once(Some(from), Some(to))) => vec![(from, to)],
        Ok(Period::Weekly(weekly)) => {
            weekly.occurrences(proposal.budget, start, end, Reading::Shorter).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    times.into_iter().filter(|&(from, to)| from < end && start < to).collect()
}

/// Other proposals of the run that are worked on then and concern this one.
fn others(evidence: &Tree, reach: Stretch) -> Vec<Meanwhile> {
    let items = |node: Option<NodeId>| node.map(|list| evidence.items(list)).unwrap_or_default();
    let proposals = items(evidence.path(&["proposals"])).iter();
    let open = proposals
        .filter(|&&other| evidence.get(other, "stage").and_then(|stage| evidence.text(stage)) != Some("closed"));
    let windows = open.flat_map(|&other| {
        let name = evidence.get(other, "id").and_then(|id| evidence.text(id)).unwrap_or_default();
        let windows = items(evidence.get(other, "windows")).iter();
        windows.filter_map(move |&window| {
            let one = of_node(evidence, window, "", Kind::Other)?;
            Some(Meanwhile { name: name.to_owned(), ..one })
        })
    });
    windows.filter(|one| meets(one, reach)).collect()
}
