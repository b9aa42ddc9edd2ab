//! The cases of a rule ask about each of its conditions: where one holds always or never, or is shifted, at least one of them ends
//! otherwise, or `equal` beside the cases says why none can.

use crate::case::ground;
use crate::{PackRule, of_each_rule};
use changegate::cases::{Asked, test};
use changegate::files::Files;
use std::path::Path;

#[test]
fn every_condition_of_every_rule_is_asked_about() {
    let survivors = of_each_rule(survivors_of);
    let told = survivors.join("\n");
    assert!(told.is_empty(), "{} findings of `changegate test --mutate policies`:\n{told}", survivors.len());
}

fn survivors_of((_, rule): &PackRule) -> Vec<String> {
    let tested = test(&Files::folder(Path::new("")), ground(), rule, &Asked { mutate: true, ..Asked::default() });
    assert!(tested.faults.is_empty(), "{:#?}", tested.faults);
    let survivors = tested.mutation.map(|mutation| mutation.survivors).unwrap_or_default();
    let told = survivors
        .iter()
        .map(|survivor| format!("{}: {}: {}", survivor.primary.place, survivor.message, survivor.primary.text));
    told.collect()
}
