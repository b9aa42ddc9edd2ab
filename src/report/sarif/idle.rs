//! The rules that have no part in a run though they are there, as properties of the run: the standard has no place for why.

use super::location::inert;
use crate::verdict::{Part, RuleTerms};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Idle {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules_off: Vec<Off>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules_expired: Vec<Expired>,
}

#[derive(Debug, Serialize)]
struct Off {
    id: String,
    reason: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Expired {
    id: String,
    expires_on: String,
}

impl Idle {
    pub const fn none() -> Self {
        Self { rules_off: Vec::new(), rules_expired: Vec::new() }
    }

    pub fn of(rules: &[RuleTerms]) -> Self {
        let mut idle = Self::none();
        for rule in rules {
            let id = || inert(&rule.id);
            match &rule.part {
                Part::Off(reason) => idle.rules_off.push(Off { id: id(), reason: inert(reason) }),
                Part::Expired(day) => {
                    idle.rules_expired.push(Expired { id: id(), expires_on: day.to_string() });
                }
                Part::Evaluated | Part::OtherPhase(_) => {}
            }
        }
        idle
    }

    pub const fn is_none(&self) -> bool {
        self.rules_off.is_empty() && self.rules_expired.is_empty()
    }
}
