//! The engine that rules run in: nothing is there but what a rule needs, and everything has a limit.

use super::{functions, operators, session, tracked};
use crate::finding::Fault;
use rhai::{AST, Engine, OptimizationLevel};

/// Words of the language that a rule has no use for. `try` could hide that a rule failed; `import` reads files; `eval` and
/// function pointers by name make a rule that can't be read off its text; `switch` looks for equal values without asking our
/// operators, so that `switch "9" { 9 => … }` matches nothing and says nothing.
///
/// `parse_json` and `get_fn_metadata_list` come with
/// the core of the language.
///
/// Only words are refused here. `exit` and `sleep` are functions, and are not there because no package is.
const REFUSED: &[&str] = &[
    "eval",
    "import",
    "export",
    "try",
    "catch",
    "throw",
    "print",
    "debug",
    "Fn",
    "curry",
    "is_def_fn",
    "is_def_var",
    "switch",
    "global",
    "parse_json",
    "get_fn_metadata_list",
];

/// The longest text a rule can make, in bytes: above that of the longest text in a proposal (2,000 characters of at most four
/// bytes), and small enough that all a rule can keep within its operations stays far under the limit on memory.
const LONGEST_TEXT: usize = 8_192;

/// Makes the engine. It takes well under a millisecond; one serves all threads.
///
/// The engine is the raw one, and no package is put into it: the standard one can read files, and even its smallest package
/// holds `sleep`, which no limit sees, and `exit`, which ends a rule as if it had nothing to say.
pub fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    for word in REFUSED {
        engine.disable_symbol(*word);
    }
    engine
        .set_optimization_level(OptimizationLevel::None)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        // The fast operators answer comparisons of different kinds with false before ours are asked.
        .set_fast_operators(false)
        // Interned strings are shared behind one lock, which keeps threads from running side by side.
        .set_max_strings_interned(0)
        .set_max_call_levels(32)
        .set_max_expr_depths(32, 32)
        .set_max_string_size(LONGEST_TEXT)
        .set_max_array_size(2_000)
        .set_max_map_size(500)
        .set_max_variables(200)
        .set_max_functions(50)
        .set_max_modules(0)
        .on_progress(|_| session::progress());
    #[expect(deprecated, reason = "the engine marks this call as one that may change, not as one to avoid")]
    engine.on_var(|name, _, _| session::global(name));
    tracked::register(&mut engine);
    operators::register(&mut engine);
    functions::register(&mut engine);
    engine
}

/// The names that rules see besides their own, so that a misspelt one is found when the rule is loaded.
pub fn globals() -> rhai::Scope<'static> {
    let mut scope = rhai::Scope::new();
    for name in session::GLOBALS {
        scope.push_constant(*name, ());
    }
    scope
}

/// The statement that runs a rule.
///
/// # Errors
/// When the engine does not take it, which would be a fault of this program.
pub fn call(engine: &Engine) -> Result<AST, Fault> {
    let mut scope = globals();
    scope.push_constant("p", ());
    engine
        .compile_with_scope(&scope, "check(p)")
        .map_err(|error| Fault::new("internal/engine", format!("the rules can't be run: {error}")))
}
