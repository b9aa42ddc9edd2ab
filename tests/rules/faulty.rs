//! One faulty item among a thousand is found: each list of a good proposal is filled with copies of its first item, and what
//! is wrong with that one, which comes last, is told as it is where there are two copies.

use crate::change::{Change, changes, path_of};
use crate::good::{self, Good};
use crate::of_each;
use changegate::finding::Finding;
use changegate::proposal::model::PROPOSAL;
use changegate::proposal::shape::{Kind, LIST_MAX};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where one item that is right is enough, a single faulty one is nobody's business, in a list of few as of many.
const FEW: usize = 2;

#[test]
fn one_faulty_item_of_a_thousand_is_found() {
    let goods = good::all();
    let mut seen = BTreeSet::new();
    let lists: Vec<_> = goods.iter().flat_map(|good| lists(good).into_iter().map(move |list| (good, list))).collect();
    // Of several lists of one path the first is filled, in each phase.
    let lists: Vec<_> = lists.into_iter().filter(|(good, list)| seen.insert((good.phase, path_of(list)))).collect();
    let lost = of_each(&lists, |(good, list)| fault(good, list).map(|fault| lost(good, list, &fault)));
    let judged: Vec<_> = lost.into_iter().flatten().collect();
    assert!(judged.len() > 35, "faults were found in {} lists only", judged.len());
    let lost: Vec<_> = judged.into_iter().flatten().collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The lists of a proposal that have an item; of lists in lists those of the first items.
fn lists(good: &Good) -> Vec<String> {
    let changes = changes(&good.proposal, good.part).into_iter();
    let first = |change: Change| change.pointer.strip_suffix("/0").map(str::to_owned);
    changes.filter(|change| change.becomes.is_none()).filter_map(first).collect()
}

/// A change of the first item that a rule tells of which says nothing of the copies, and the rule.
fn fault(good: &Good, list: &str) -> Option<(Change, Arc<str>)> {
    let of_the_item = |change: &Change| {
        let below = change.pointer.strip_prefix(list).and_then(|rest| rest.strip_prefix("/0"));
        below.is_some_and(|rest| rest.starts_with('/') || rest.is_empty() && change.becomes.is_some())
    };
    let of_copies = good.judge(&filled(good, list, None, FEW)).findings;
    let new = |finding: &Finding| !of_copies.iter().any(|other| other.rule == finding.rule);
    changes(&good.proposal, good.part).into_iter().filter(of_the_item).find_map(|change| {
        let told = good.judge(&filled(good, list, Some(&change), FEW)).findings;
        let told = told.into_iter().find(new)?;
        (!told.rule.starts_with("proposal/")).then_some((change, told.rule))
    })
}

/// What is told of the last of few, and not of the last of many.
fn lost(good: &Good, list: &str, (change, rule): &(Change, Arc<str>)) -> Option<String> {
    let length = good.proposal.pointer(list).unwrap().as_array().unwrap().len();
    let judgement = good.judge(&filled(good, list, Some(change), LIST_MAX - length));
    if !judgement.faults.is_empty() {
        return Some(format!("{} {list}: {:?}", good.file, judgement.faults));
    }
    // Copies may be wrong, too, and of much that is wrong the first is told.
    let told = judgement.findings.iter().any(|finding| finding.rule == *rule);
    (!told).then(|| format!("{} {list}: {rule} is silent on {change} of the last of a thousand", good.file))
}

/// The proposal with copies of the first item of a list, each of another name, and after them that item itself, with a change.
fn filled(good: &Good, list: &str, change: Option<&Change>, copies: usize) -> Value {
    let mut proposal = good.proposal.clone();
    change.into_iter().for_each(|change| change.apply(&mut proposal));
    let items = proposal.pointer_mut(list).unwrap().as_array_mut().unwrap();
    let last = items.remove(0);
    let (whole, kind) = (&good.proposal.pointer(list).unwrap()[0], kind_of(list));
    items.extend((0..copies).map(|index| renamed(whole, kind, index)));
    items.push(last);
    proposal
}

/// The kind of the items of a list.
fn kind_of(list: &str) -> &'static Kind {
    const ROOT: &Kind = &Kind::Object(&PROPOSAL);
    let names = list.split('/').skip(1);
    let kind = names.fold(ROOT, |kind, name| match kind {
        Kind::Object(shape) => &shape.field(name).unwrap().kind,
        Kind::List(item) => item,
        _ => panic!("{list} is no list"),
    });
    let Kind::List(item) = kind else { panic!("{list} is no list") };
    item
}

/// A copy of another name: of an object the first name or text that it has to have, of a text itself. A choice has no other words.
fn renamed(item: &Value, kind: &Kind, index: usize) -> Value {
    let is_name = |kind: &Kind| matches!(kind, Kind::Name | Kind::Person | Kind::Text { .. });
    let mut item = item.clone();
    let name = match kind {
        Kind::Object(shape) => shape
            .fields
            .iter()
            .find(|field| field.required && is_name(&field.kind))
            .and_then(|field| item.get_mut(field.name)),
        kind => is_name(kind).then_some(&mut item),
    };
    if let Some(Value::String(text)) = name {
        *text = format!("{text}-{index}");
    }
    item
}
