//! Rhai's parser, without what a rule has no use for. Nothing is run by the engine that it belongs to.

use super::{GLOBALS, LONGEST_TEXT, MOST_ENTRIES, MOST_ITEMS};
use rhai::{AST, Engine, OptimizationLevel, ParseError, Scope};

/// Words of the language that a rule has no use for. `try` could hide that a rule failed; `import` reads files; `eval` and
/// function pointers by name make a rule that can't be read off its text; `switch` compares in a way of its own.
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
];

/// Parses rules; one serves all threads.
#[derive(Debug)]
pub struct Parser {
    engine: Engine,
    /// The names that rules see besides their own, so that a misspelt one is found.
    globals: Scope<'static>,
}

impl Default for Parser {
    fn default() -> Self {
        let mut engine = Engine::new_raw();
        for word in REFUSED {
            engine.disable_symbol(*word);
        }
        engine
            .set_optimization_level(OptimizationLevel::None)
            .set_strict_variables(true)
            // Interned strings are shared behind one lock, which keeps threads from running side by side.
            .set_max_strings_interned(0)
            .set_max_expr_depths(32, 32)
            .set_max_string_size(LONGEST_TEXT)
            .set_max_array_size(MOST_ITEMS)
            .set_max_map_size(MOST_ENTRIES)
            .set_max_functions(50);
        let mut globals = Scope::new();
        for name in GLOBALS {
            globals.push_constant(*name, ());
        }
        Self { engine, globals }
    }
}

impl Parser {
    /// Parses the text of a rule.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(&self, text: &str) -> Result<AST, ParseError> {
        self.engine.compile_with_scope(&self.globals, text)
    }
}
