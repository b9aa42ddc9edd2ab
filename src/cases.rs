//! Cases of a rule: proposals, and what the rule has to say of them.
//!
//! A file of cases stands beside its rule (`ticket.cases.json` beside `ticket.rhai`) and is read by a model of its own ([`CASES`]), so that
//! each expectation has a place. A case is [`Given`] a proposal with edits, which makes the facts, and expects findings; [`differences`]
//! are what the rule says otherwise, at the places of the expectations. Nothing here reads a clock: a case says by which time it is judged.

mod difference;
mod edit;
mod file;
mod given;
mod ground;
mod model;
mod mutation;
mod problem;
mod run;
mod suite;
mod update;

pub use difference::differences;
pub use file::{Case, CaseFile, Equal, Expected, of_rule, parse, read};
pub use given::{Edit, Given, NOW, Unjudged};
pub use ground::Ground;
pub use model::{CASES, schema};
pub use mutation::Mutation;
pub use run::{Asked, Found, OneRule, Tested, TestedCase, lacks, test};
pub use suite::Suite;
pub use update::updated;

/// What the name of a file of cases ends with, in place of the `.rhai` of its rule.
pub const ENDING: &str = ".cases.json";
