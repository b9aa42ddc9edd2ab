//! Rules: the Rhai sandbox they run in, what they may call, loading them, and evaluating them over facts.
//!
//! Nothing outside this room names rhai. `sandbox` makes the engine and [`functions`] what rules may call; `tracked` is
//! the proposal as rules see it; `session` is the host's side of a running rule; `header`, `load` and `paths` make
//! rules of scripts; `evaluate` runs them.

mod evaluate;
mod fault;
mod fields;
mod functions;
mod header;
mod literal;
mod load;
mod memory;
mod mutate;
mod names;
mod operators;
mod pack;
mod paths;
mod reported;
mod sandbox;
mod session;
mod set;
mod terms;
mod tracked;

pub use evaluate::{Evaluation, Evaluator};
pub use functions::Function;
pub use header::{Header, Param};
pub use load::{Rule, RuleSet};
pub use mutate::{Mutant, mutants};
pub use pack::{Pack, builtin, pack};
pub use set::{Parameter, Setting};
pub use terms::{Part, RuleTerms};

/// What rules may call, by subject; `docs/functions.md` is made of it.
pub const fn functions() -> &'static [(&'static str, &'static [Function])] {
    functions::ALL
}
