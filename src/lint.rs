//! What can be wrong with a rule that loads: told of its text, without running it.
//!
//! What a rule can't be loaded with stays the business of [`crate::policy`], and is told here as it is there. A lint is one file with one
//! function, [`LINTS`] holds them together, and [`crate::codes`] says of each what it is about.

mod above_level;
mod allow;
mod diff;
mod different_kinds;
mod fix;
mod misleading_place;
mod never_reports;
mod no_advice;
mod no_cases;
mod order_of_letters;
mod subject;
mod tokens;
mod unreachable;
mod unused_parameter;
mod unused_variable;

pub use diff::diff;
pub use fix::{Fixed, fix};

use crate::facts::Phase;
use crate::files::Files;
use crate::finding::{Fault, Finding, Label, Level};
use crate::policy::{Pack, RuleSet};
use crate::source::{Place, Source};
use std::sync::Arc;
use subject::{Answer, Found, Subject};

/// One thing that rules are looked through for.
pub struct Lint {
    /// Its code: `lint/unused-variable`.
    pub code: &'static str,
    find: fn(&Subject<'_>) -> Answer,
}

impl std::fmt::Debug for Lint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}

/// All there are, in the order of the alphabet.
pub const LINTS: &[Lint] = &[
    Lint { code: "lint/above-level", find: above_level::find },
    Lint { code: "lint/different-kinds", find: different_kinds::find },
    Lint { code: "lint/misleading-place", find: misleading_place::find },
    Lint { code: "lint/never-reports", find: never_reports::find },
    Lint { code: "lint/no-advice", find: no_advice::find },
    Lint { code: "lint/no-cases", find: no_cases::find },
    Lint { code: "lint/order-of-letters", find: order_of_letters::find },
    Lint { code: "lint/unreachable", find: unreachable::find },
    Lint { code: "lint/unused-parameter", find: unused_parameter::find },
    Lint { code: "lint/unused-variable", find: unused_variable::find },
];

/// What was found in one rule.
#[derive(Debug)]
pub struct Linted {
    /// The rule.
    pub rule: Arc<str>,
    /// Its text.
    pub source: Arc<Source>,
    /// Why it can't be loaded, or not all be looked at.
    pub faults: Vec<Fault>,
    told: Vec<Told>,
}

/// What a lint found.
#[derive(Debug)]
struct Told {
    code: &'static str,
    found: Found,
}

impl Told {
    fn finding(&self, source: &Arc<Source>) -> Finding {
        let Found { span, message, label, help, .. } = &self.found;
        let label = Label::new(Place::new(source, *span), *label);
        Finding { help: Some(help.clone()), ..Finding::new(self.code, Level::Warn, message, label) }
    }
}

impl Linted {
    /// What lints found, in the order of the text, and whether it can be mended by [`fix`].
    pub fn findings(&self) -> impl Iterator<Item = (Finding, bool)> {
        self.told.iter().map(|told| (told.finding(&self.source), told.found.out.is_some()))
    }

    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.told.is_empty() && self.faults.is_empty()
    }
}

/// Looks through a rule. `files` has its cases beside it.
pub fn lint(files: &Files, (id, source): &(Arc<str>, Arc<Source>)) -> Linted {
    let pack = Pack { rules: vec![(Arc::clone(id), Arc::clone(source))], sound: false };
    let mut linted = Linted { rule: Arc::clone(id), source: Arc::clone(source), faults: Vec::new(), told: Vec::new() };
    let rules = match RuleSet::load(&[pack], &[], Phase::Plan) {
        Ok(RuleSet { rules }) => rules,
        Err(faults) => return Linted { faults, ..linted },
    };
    for rule in &rules {
        let subject = Subject::new(files, rule);
        let mut told = Vec::new();
        for lint in LINTS {
            match (lint.find)(&subject) {
                Ok(found) => told.extend(found.into_iter().map(|found| Told { code: lint.code, found })),
                Err(faults) => linted.faults.extend(faults),
            }
        }
        linted.told = allow::sift(&subject, told);
        linted.told.sort_by_key(|told| (told.found.span, told.code));
    }
    linted
}
