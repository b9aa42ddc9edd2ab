//! From the controls of published frameworks to the rules that serve them.

use crate::policy::Rule;
use std::collections::BTreeMap;

/// Each framework with its controls, and the rules of each.
#[derive(Debug, Default)]
pub struct Frameworks<'r>(pub BTreeMap<&'r str, BTreeMap<Control<'r>, Vec<&'r Rule>>>);

/// What a framework calls one of its controls: of two that differ in a number the smaller one comes first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Control<'r> {
    order: Vec<(u64, &'r str)>,
    pub name: &'r str,
}

impl<'r> Frameworks<'r> {
    /// A rule says `NIST-800-53 CP-9`: the framework, and behind a blank its control.
    pub(super) fn of(rules: &'r [Rule]) -> Self {
        let mut all = Self::default();
        for rule in rules {
            for control in &rule.header.controls {
                let (framework, name) = control.split_once(' ').unwrap_or((control, ""));
                let of_it = all.0.entry(framework).or_default().entry(Control::of(name)).or_default();
                of_it.push(rule);
            }
        }
        all
    }
}

impl<'r> Control<'r> {
    fn of(name: &'r str) -> Self {
        let mut order = Vec::new();
        let mut rest = name;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (number, behind) = rest.split_at(digits);
            let text = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
            let (text, behind) = behind.split_at(text);
            order.push((number.parse().unwrap_or(u64::from(!number.is_empty())), text));
            rest = behind;
        }
        Self { order, name }
    }
}

#[cfg(test)]
mod tests {
    use super::Control;

    #[test]
    fn controls_stand_in_the_order_of_their_numbers() {
        let mut controls = ["A.8.32", "CC8.1", "A.8.9", "A.5.30", "CM-3(2)", "CM-3", ""].map(Control::of);
        controls.sort();
        assert_eq!(controls.map(|control| control.name), ["", "A.5.30", "A.8.9", "A.8.32", "CC8.1", "CM-3", "CM-3(2)"]);
    }
}
