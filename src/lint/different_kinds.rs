//! Comparisons of values that can't be compared: the rule fails on the first proposal that gets there, and the gate is undecided.

use super::subject::{Answer, Found, Subject};
use crate::policy::{Clash, clashes};

pub fn find(subject: &Subject<'_>) -> Answer {
    let found = clashes(subject.script, &subject.rule.header).into_iter().filter_map(|clash| {
        let (message, help) = match clash {
            Clash::Kinds { sides: [left, right], .. } => (
                format!("it compares {left} with {right}, which fails the rule"),
                "compare values of one kind: durations with `minutes(5)`, `hours(2)` or `days(90)`, times with `now` or another field",
            ),
            Clash::NoOrder { noun, .. } => (
                format!("it asks which is less, and {noun} has no order, which fails the rule"),
                "ask with `==`, or count with `len(list)`",
            ),
            Clash::Negative { .. } => (
                "it compares with a number below 0, and what it compares is never below 0".to_owned(),
                "correct the number; whether something is absent is asked with `== ()`",
            ),
            Clash::Letters { .. } => return None,
        };
        Some(Found::new(subject.span(clash.at()), message, "compared here", help))
    });
    Ok(found.collect())
}
