//! Rules: their scripts, what they may call, loading them, and evaluating them over facts.
//!
//! Nothing outside this room names rhai, which parses rules. `script` is what a parsed rule is turned into, and `run` runs it over
//! the facts, which `tracked` shows, with a `budget`; [`functions`] is what rules may call; `header`, `load` and `paths` make rules
//! of texts; `evaluate` makes findings of what they report.

mod arithmetic;
mod budget;
mod course;
mod coverage;
mod days;
mod derived;
mod evaluate;
mod fault;
mod functions;
mod header;
mod length;
mod link;
mod literal;
mod load;
mod mutate;
mod pack;
mod paths;
mod reported;
mod run;
mod script;
mod set;
mod terms;
mod trace;
mod tracked;
mod value;
mod walk;
mod written;

pub use budget::STACK;
pub use course::{Course, Kind, Mark, Meanwhile, Part as PartOfWindow, Point, Slot};
pub use coverage::{Coverage, Steps, Turn, Way};
pub use days::Days;
pub use evaluate::Evaluation;
pub use functions::Function;
pub use header::{Description, Header, Param, Unit, Vocabulary};
pub use length::Length;
pub use load::{Rule, RuleSet};
pub use mutate::Mutant;
pub use pack::{Pack, bad_id, builtin, pack};
pub use set::{Parameter, Setting};
pub use terms::{Part, RuleTerms};
pub use trace::{Note, Origin, So, Told, Trace, TracedLine, Why};

// What lints look at.
pub(crate) use fault::place_at;
pub(crate) use literal::{Entry, Value as LiteralValue, header as literal};
pub(crate) use paths::{Clash, Kinds};
pub(crate) use script::{At, GLOBALS, Many, Node, Op, Script};

/// What one rule may cost, each with its name; `docs/functions.md` tells it.
pub fn limits() -> Vec<(&'static str, String)> {
    budget::limits()
}

/// What rules may call, by subject; `docs/functions.md` is made of it.
pub const fn functions() -> &'static [(&'static str, &'static [Function])] {
    functions::ALL
}
