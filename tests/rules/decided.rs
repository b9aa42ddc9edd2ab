//! Whatever is changed in a good proposal, of a critical system or of a small one, is decided, and is the same when it is asked again.

use crate::change::changes;
use crate::{good, of_each};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// Of all single changes each thirty-first is made: of six fillers or four durations that is now one and now the other. `omissions`
/// makes more of them, and few in what is of a small system.
/// `SWEEP=all` makes each of them, in some minutes.
const STEP: usize = 31;
/// How many pairs of changes, each judged twice.
const PAIRS: usize = 300;

#[test]
fn one_change_is_decided() {
    let goods = good::all();
    let all =
        goods.iter().flat_map(|good| changes(&good.proposal, good.part).into_iter().map(move |change| (good, change)));
    let step = if std::env::var("SWEEP").is_ok_and(|sweep| sweep == "all") { 1 } else { STEP };
    let some: Vec<_> = all.step_by(step).collect();
    let told = of_each(&some, |(good, change)| {
        let faults = good.judge(&change.applied(&good.proposal)).faults;
        (!faults.is_empty()).then(|| format!("{} {change} at {}: {faults:?}", good.file, change.pointer))
    });
    let undecided: Vec<_> = told.into_iter().flatten().collect();
    assert!(undecided.is_empty(), "{}", undecided.join("\n"));
}

#[test]
fn two_changes_at_once_are_decided_and_always_alike() {
    // The same ones in each run: what is found once is found by everybody.
    let mut runner = TestRunner::deterministic();
    let mut any = |count: usize| (0..count).new_tree(&mut runner).unwrap().current();
    // Nothing is kept from one judgement to the other: not the rules, nor the profiles.
    let (goods, again) = (good::all(), good::all());
    let all: Vec<_> = goods.iter().map(|good| changes(&good.proposal, "")).collect();
    let mut pair = || {
        let which = any(goods.len());
        (which, [any(all[which].len()), any(all[which].len())])
    };
    let pairs: Vec<_> = (0..PAIRS).map(|_| pair()).collect();
    let told = of_each(&pairs, |(which, pair)| {
        let good = &goods[*which];
        let mut proposal = good.proposal.clone();
        pair.iter().for_each(|change| all[*which][*change].apply(&mut proposal));
        let judgement = good.judge(&proposal);
        let alike = format!("{judgement:?}") == format!("{:?}", again[*which].judge(&proposal));
        let pair = pair.map(|change| format!("{} at {}", all[*which][change], all[*which][change].pointer));
        (!alike || !judgement.faults.is_empty())
            .then(|| format!("{} with {pair:?}: alike {alike}, {:?}", good.file, judgement.faults))
    });
    let wrong: Vec<_> = told.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
