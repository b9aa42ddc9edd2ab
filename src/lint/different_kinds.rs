//! Values of a kind that fails the rule where they stand: it does so on the first proposal that gets there, and the gate is undecided.

use super::subject::{Answer, Found, Subject};
use crate::policy::Clash;

pub fn find(subject: &Subject<'_>) -> Answer {
    let found = subject.kinds.clashes.iter().filter_map(|clash| {
        let span = subject.span(clash.at());
        match clash {
            Clash::Fails { message, help, .. } => Some(Found::new(span, message, "fails here", *help)),
            Clash::Negative { .. } => {
                let message = "it compares with a number below 0, and what it compares is never below 0";
                let help = "correct the number; whether something is absent is asked with `== ()`";
                Some(Found::new(span, message, "compared here", help))
            }
            Clash::Letters { .. } => None,
        }
    });
    Ok(found.collect())
}
