//! Haste makes no rule milder: what a planned change is denied, the same change is denied in an emergency.

use crate::case::{Case, Expected, cases, judge};
use crate::{PackRule, of_each_rule};
use changegate::cases::OneRule;

/// The rules that are about haste itself, each with why it may say less of an emergency.
const OF_HASTE: &[(&str, &str)] = &[
    ("communication/before", "nobody announces an emergency days ahead"),
    ("communication/customers", "nobody announces an emergency days ahead"),
    ("fast-track/eligible", "it says that what is planned can wait"),
    ("freeze/respected", "the organisation says whom a freeze spares"),
    ("house/exploited-first", "it is about the fast track alone"),
    ("impact/outside-peak", "what ends an outage can't wait for a quiet hour, and is warned"),
    ("reason/benefit-outweighs", "it asks of an optional upgrade why now"),
    ("reason/optional-waits", "it is about optional upgrades"),
    ("reason/urgency-justified", "it says which urgency the class allows"),
    ("window/lead-time", "an emergency has none"),
    ("window/low-impact", "what can wait for a quiet hour is not an emergency"),
];

#[test]
fn no_rule_says_less_of_an_emergency_than_of_the_same_change_planned() {
    let milder = of_each_rule(milder_by_haste);
    assert!(milder.is_empty(), "{}", milder.join("\n"));
}

fn milder_by_haste((folder, (id, source)): &PackRule) -> Vec<String> {
    if OF_HASTE.iter().any(|(rule, _)| **rule == **id) {
        return Vec::new();
    }
    let rule = OneRule::new(id, source);
    let milder = |mut case: Case| {
        // Many rules tell of twenty that are denied: of an emergency they may be others, as more of what is found is denied.
        if case.expect.len() > 20 {
            return None;
        }
        // What the fast track spares is spared on purpose.
        case.set.retain(|pointer, _| !pointer.starts_with("/fast_track") && !pointer.starts_with("/reason/urgency"));
        case.remove.retain(|pointer| !pointer.starts_with("/fast_track") && !pointer.starts_with("/reason"));
        if case.base == "examples/fast-track.json" {
            case.remove.push("/fast_track".to_owned());
        }
        let mut as_if = |urgency: &str| {
            case.set.insert("/reason/urgency".to_owned(), urgency.into());
            judge(&rule, &case)
        };
        let planned = as_if("planned");
        let hasty = if planned.is_empty() { Vec::new() } else { as_if("emergency") };
        let mut left: Vec<_> = hasty.iter().collect();
        // Each is told by one of its own at the same place, or named by one of the whole that lacks more.
        let mut told = |one: &&Expected| {
            let own = left.iter().position(|other| one.at == other.at && rank(other) >= rank(one));
            own.map(|index| left.swap_remove(index)).is_some()
                || hasty.iter().any(|other| names(other, one) && rank(other) >= rank(one))
        };
        let lost = planned.iter().find(|one| !told(one))?;
        Some(format!("{id}: {}: {} {} is not told of an emergency", case.name, lost.level, lost.message))
    };
    cases(folder, id).into_iter().filter_map(milder).collect()
}

/// Whether what is told of a whole names the part of it that another one is told of.
fn names(whole: &Expected, part: &Expected) -> bool {
    let name = part.at.strip_prefix(&*whole.at).and_then(|rest| rest.strip_prefix('/'));
    name.is_some_and(|name| whole.message.contains(&format!("`{name}`")))
}

fn rank(found: &Expected) -> usize {
    ["info", "warn", "deny"].iter().position(|level| *level == found.level).unwrap()
}
