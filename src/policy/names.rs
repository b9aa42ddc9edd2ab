//! Names: nothing of a rule's own may hide what the gate gives it.
//!
//! A rule's own function comes before the gate's of the same name: `fn deny(message) {}` would lose every finding, and a
//! helper that happens to be called `contains` would answer for `in`. A variable named `now` would be read in place of the time that
//! the gate gives. Both pass in silence, so both are refused when the rule is loaded.

use super::fault;
use super::functions;
use super::script::GLOBALS;
use crate::finding::Fault;
use crate::source::Source;
use rhai::{AST, ASTNode, Expr, FnPtr, Position, Stmt};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Checks the names of a rule.
pub fn check(id: &str, source: &Arc<Source>, ast: &AST) -> Vec<Fault> {
    let known: HashSet<&str> = functions::names().collect();
    let mut names = Names { known, hidden: Vec::new(), captures: HashMap::new() };
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        match path.last() {
            Some(ASTNode::Expr(expression)) => names.expression(expression),
            Some(ASTNode::Stmt(statement)) => names.statement(statement),
            _ => {}
        }
        true
    });
    names.functions(ast);
    names.faults(id, source)
}

struct Names<'a> {
    known: HashSet<&'a str>,
    hidden: Vec<(Position, String)>,
    /// How many variables a closure captures: the engine makes them its first parameters.
    captures: HashMap<String, usize>,
}

impl Names<'_> {
    fn expression(&mut self, expression: &Expr) {
        if let Expr::FnCall(call, _) = expression
            && call.name == "curry"
            && let Some(Expr::DynamicConstant(closure, _)) = call.args.first()
            && let Some(closure) = closure.as_ref().clone().try_cast::<FnPtr>()
        {
            self.captures.insert(closure.fn_name().to_owned(), call.args.len() - 1);
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Var(parts, ..) => self.declared(&parts.0.name, parts.0.pos),
            Stmt::For(parts, _) => {
                self.declared(&parts.0.name, parts.0.pos);
                if let Some(counter) = &parts.1 {
                    self.declared(&counter.name, counter.pos);
                }
            }
            _ => {}
        }
    }

    /// The functions that a rule makes: their names, unless they are closures, and their parameters.
    fn functions(&mut self, ast: &AST) {
        for function in ast.iter_functions() {
            let Some(script) = ast.shared_lib().get_script_fn(function.name, function.params.len()) else { continue };
            let position = script.body.start_position();
            if self.known.contains(function.name) {
                self.hidden.push((position, function.name.to_owned()));
            }
            let captured = self.captures.get(function.name).copied().unwrap_or(0);
            script.params.iter().skip(captured).for_each(|name| self.declared(name, position));
        }
    }

    fn declared(&mut self, name: &str, position: Position) {
        if GLOBALS.contains(&name) {
            self.hidden.push((position, name.to_owned()));
        }
    }

    fn faults(self, id: &str, source: &Arc<Source>) -> Vec<Fault> {
        let hidden = self.hidden.iter().map(|(position, name)| {
            Fault::new(
                "policy/reserved-name",
                format!("the rule `{id}` can't be loaded: it gives the name `{name}` to something of its own"),
            )
            .help("the gate has given this name; use another one")
            .at(fault::place(source, *position), "here")
        });
        let mut faults: Vec<_> = hidden.collect();
        faults.sort_by_key(|fault| fault.labels.first().map(|label| label.place.span));
        faults.dedup_by(|a, b| a == b);
        faults
    }
}
