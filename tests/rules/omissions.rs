//! What is changed in a good proposal is noticed: each of its fields is left out in turn, each text says nothing, and each number, time
//! and word becomes another one. Mutants of rules can't show this: a rule that asks too little has no condition that could be changed.

use crate::change::{Change, changes};
use crate::good::{self, Good};
use crate::of_each;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What nobody notices, with the reason: `PHASE SORT PATH # REASON`. A path has `*` for any item of a list, and one that ends in
/// `/**` is all that stands below. The sorts:
///
/// - `lost`: it is left out;
/// - `filler`, `empty`: the text is `tbd` and the like, or `yes` and the like, and at least one of these passes;
/// - `number`, `time`, `duration`, `word`: it is another one, and all others pass.
const UNNOTICED: &str = "tests/data/omissions.txt";

/// A change of one sort to one value, in all places of one path.
type Places<'a> = Vec<(&'a Good, Change)>;

#[test]
fn what_is_changed_in_a_good_proposal_is_noticed() {
    let known = fs::read_to_string(UNNOTICED).unwrap();
    let known: Vec<_> = known.lines().filter_map(|line| Some(line.split_once(" # ")?.0)).collect();
    let goods = good::all();
    let mut fields: BTreeMap<String, BTreeMap<String, Places>> = BTreeMap::new();
    for good in &goods {
        for change in changes(&good.proposal, good.part) {
            let values = fields.entry(format!("{} {change}", good.phase.as_str())).or_default();
            values.entry(format!("{:?}", change.becomes)).or_default().push((good, change));
        }
    }
    let fields: Vec<_> = fields.into_iter().collect();
    let unnoticed = of_each(&fields, |(field, values)| (!is_noticed(values)).then(|| field.clone()));
    let found: BTreeSet<_> = unnoticed.into_iter().flatten().collect();
    let new: Vec<_> = found.iter().filter(|change| !known.iter().any(|known| covers(known, change))).collect();
    assert!(new.is_empty(), "{} changes that no rule notices, and {UNNOTICED} lists none: {new:#?}", new.len());
    let gone: Vec<_> = known.iter().filter(|known| !found.iter().any(|change| covers(known, change))).collect();
    assert!(gone.is_empty(), "{UNNOTICED} lists what is noticed: {gone:#?}");
}

fn covers(known: &str, change: &str) -> bool {
    known.strip_suffix("**").map_or(known == change, |above| change.starts_with(above))
}

/// Of texts that say nothing each has to be noticed; of other numbers, times and words one, as there are others that are right, too.
fn is_noticed(values: &BTreeMap<String, Places>) -> bool {
    let mut sorts = values.values().flatten().map(|(_, change)| change.sort);
    let says_nothing = sorts.all(|sort| ["lost", "filler", "empty"].contains(&sort));
    let mut values = values.values();
    if says_nothing { values.all(|places| is_told(places)) } else { values.any(|places| is_told(places)) }
}

/// Whether a change is told of: what is lost in each place of the exact proposals, which have no field for nothing, and as `tbd` in each
/// of them; elsewhere in one place.
fn is_told(places: &Places) -> bool {
    // One item of several may well be missed by nobody.
    let is_field = |change: &Change| change.sort == "lost" && change.pointer.ends_with(|c: char| !c.is_ascii_digit());
    let each = |change: &Change| is_field(change) || change.becomes.as_ref().is_some_and(|value| value == "tbd");
    let mut exact = places.iter().filter(|(good, change)| good.exact && each(change)).peekable();
    if exact.peek().is_some() {
        return exact.all(|(good, change)| !passes(good, change));
    }
    places.iter().any(|(good, change)| !passes(good, change))
}

fn passes(good: &Good, change: &Change) -> bool {
    let judgement = good.judge(&change.applied(&good.proposal));
    assert!(judgement.faults.is_empty(), "{} {change} at {}: {:#?}", good.file, change.pointer, judgement.faults);
    judgement.findings.is_empty()
}
