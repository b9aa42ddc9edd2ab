//! Names: nothing of a rule's own may hide what the gate gives it.
//!
//! A rule's own function comes before the gate's of the same name: `fn deny(message) {}` would lose every finding, and a
//! helper that happens to be called `contains` would answer for `in`. A variable named `now` is never read, as the gate answers
//! for that name first. Both pass in silence, so both are refused when the rule is loaded.

use super::fault;
use super::functions;
use super::script::GLOBALS;
use crate::finding::Fault;
use crate::proposal::problem::nearest;
use crate::source::Source;
use rhai::{AST, ASTNode, Expr, FnPtr, Position, Stmt};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Functions that the gate or the engine has besides the documented ones.
const OTHERS: &[&str] = &["call", "contains", "curry", "to_string"];

/// Checks the names of a rule.
pub fn check(id: &str, source: &Arc<Source>, ast: &AST) -> Vec<Fault> {
    let known: HashSet<&str> = functions::names().chain(OTHERS.iter().copied()).collect();
    let own: HashSet<&str> = ast.iter_functions().map(|function| function.name).collect();
    let mut names = Names { known, own, hidden: Vec::new(), unknown: Vec::new(), captures: HashMap::new() };
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
    own: HashSet<&'a str>,
    hidden: Vec<(Position, String)>,
    unknown: Vec<(Position, String)>,
    /// How many variables a closure captures: the engine makes them its first parameters.
    captures: HashMap<String, usize>,
}

impl Names<'_> {
    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::FnCall(call, position) | Expr::MethodCall(call, position) => {
                self.called(&call.name, *position);
                if call.name == "curry"
                    && let Some(Expr::DynamicConstant(closure, _)) = call.args.first()
                    && let Some(closure) = closure.as_ref().clone().try_cast::<FnPtr>()
                {
                    self.captures.insert(closure.fn_name().to_owned(), call.args.len() - 1);
                }
            }
            _ => {}
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::FnCall(call, position) => self.called(&call.name, *position),
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

    fn called(&mut self, name: &str, position: Position) {
        let operator = !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if !operator && !self.known.contains(name) && !self.own.contains(name) {
            self.unknown.push((position, name.to_owned()));
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
        let unknown = self.unknown.iter().map(|(position, name)| {
            let names = self.known.iter().chain(&self.own).copied().collect::<std::collections::BTreeSet<_>>();
            let help = match nearest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "the functions that rules may call are listed in docs/functions.md".to_owned(),
            };
            Fault::new(
                "policy/unknown-function",
                format!("the rule `{id}` can't be loaded: there is no function `{name}`"),
            )
            .help(help)
            .at(fault::place(source, *position), "called here")
        });
        let mut faults: Vec<_> = hidden.chain(unknown).collect();
        faults.sort_by_key(|fault| fault.labels.first().map(|label| label.place.span));
        faults.dedup_by(|a, b| a == b);
        faults
    }
}
