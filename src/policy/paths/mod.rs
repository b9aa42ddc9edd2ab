//! Finding fields that do not exist, in a rule that has not run yet.
//!
//! A misspelt field of a section that most proposals leave out would go unnoticed for months: reading any field of nothing
//! gives nothing. So the fields are followed through the syntax tree from `p` and `evidence`, through variables, loops,
//! closures and functions of the same file, as far as what they are can be told; what can't is found at run time.

mod bodies;
mod calls;
mod what;
mod words;

use crate::finding::Fault;
use crate::policy::fault::{self, Misuse};
use crate::policy::header::Header;
use crate::policy::tracked::{no_field_of_list, no_parameter, unknown_field};
use crate::proposal::model::{EVIDENCE, PROPOSAL};
use crate::source::Source;
use bodies::{after, extent, inside};
use rhai::{AST, ASTFlags, ASTNode, Expr, Position, Stmt, StmtBlock};
use std::collections::HashSet;
use std::sync::Arc;
use what::What;

/// Checks every field that can be told from the script.
pub fn check(id: &str, source: &Arc<Source>, ast: &AST, header: &Header) -> Vec<Fault> {
    let bodies = ast.iter_functions().filter_map(|function| {
        let function = ast.shared_lib().get_script_fn(function.name, function.params.len())?;
        Some(extent(function))
    });
    let mut reader = Reader {
        header,
        ast,
        bodies: bodies.collect(),
        wrong: Vec::new(),
        calls: Vec::new(),
        followed: HashSet::new(),
        scope: Vec::new(),
    };
    reader.call("check", vec![What::Object(&PROPOSAL)]);
    while let Some(call) = reader.calls.pop() {
        reader.function(&call);
    }
    let mut wrong = reader.wrong;
    wrong.sort_by_key(|(position, _)| (position.line(), position.position()));
    wrong.dedup_by(|a, b| a.0 == b.0);
    let fault = |(position, misuse): (Position, Misuse)| {
        Fault::new(misuse.code, format!("the rule `{id}` can't be loaded: {}", misuse.message))
            .help(misuse.help)
            .at(fault::place(source, position), "here")
    };
    wrong.into_iter().map(fault).collect()
}

/// The most calls that are followed. Functions that hand their arguments round in other orders can be called in more ways than
/// anybody can count.
const MOST_CALLS: usize = 500;

/// A function to follow, and what it is called with.
struct Call {
    name: String,
    arguments: Vec<What>,
}

struct Reader<'a> {
    header: &'a Header,
    ast: &'a AST,
    /// Where the bodies of all functions begin and end, closures among them.
    bodies: Vec<(Position, Position)>,
    wrong: Vec<(Position, Misuse)>,
    calls: Vec<Call>,
    followed: HashSet<String>,
    scope: Vec<(String, What)>,
}

impl Reader<'_> {
    fn call(&mut self, name: &str, mut arguments: Vec<What>) {
        // A function may be given words of its own besides those of a choice.
        for argument in arguments.iter_mut().filter(|argument| argument.words().is_some()) {
            *argument = What::Unknown;
        }
        let key = arguments.iter().fold(name.to_owned(), |key, what| key + "/" + what.name());
        // What is not followed any more is found at run time.
        if self.followed.len() < MOST_CALLS && self.followed.insert(key) {
            self.calls.push(Call { name: name.to_owned(), arguments });
        }
    }

    /// Follows the statements of one function.
    fn function(&mut self, call: &Call) {
        let ast = self.ast;
        let Some(function) = ast.shared_lib().get_script_fn(&call.name, call.arguments.len()) else { return };
        let (start, end) = extent(function);
        self.scope = function.params.iter().map(|name| name.to_string()).zip(call.arguments.iter().copied()).collect();
        // The engine shows the bodies of all functions one after the other and does not say which is which; a body is told
        // by where it stands.
        ast.walk(&mut |path: &[ASTNode<'_>]| {
            if let [ASTNode::Stmt(statement)] = path
                && inside(statement.position(), start, end)
                && !self.nested(statement.position(), start, end)
            {
                self.statement(statement);
            }
            true
        });
    }

    /// Whether a position lies in a closure that stands inside the function between two positions.
    fn nested(&self, at: Position, start: Position, end: Position) -> bool {
        self.bodies.iter().any(|&(inner, close)| after(inner, start) && after(end, close) && inside(at, inner, close))
    }

    fn block(&mut self, block: &StmtBlock) {
        let outer = self.scope.len();
        block.statements().iter().for_each(|statement| self.statement(statement));
        self.scope.truncate(outer);
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::If(flow, _) | Stmt::While(flow, _) | Stmt::Do(flow, ..) | Stmt::TryCatch(flow, _) => {
                self.expression(&flow.expr);
                self.block(&flow.body);
                self.block(&flow.branch);
            }
            Stmt::Switch(switch, _) => {
                self.expression(&switch.0);
                for case in &switch.1.expressions {
                    self.expression(&case.lhs);
                    self.expression(&case.rhs);
                }
            }
            Stmt::For(parts, _) => {
                let (item, counter, flow) = &**parts;
                let list = self.expression(&flow.expr);
                let outer = self.scope.len();
                self.scope.push((item.name.to_string(), list.item()));
                self.scope.extend(counter.as_ref().map(|counter| (counter.name.to_string(), What::Unknown)));
                self.block(&flow.body);
                self.scope.truncate(outer);
            }
            Stmt::Var(parts, ..) => {
                let what = self.expression(&parts.1);
                self.scope.push((parts.0.name.to_string(), what));
            }
            Stmt::Assignment(parts) => {
                self.expression(&parts.1.rhs);
                // What a variable is after it was assigned to is not followed.
                if let Expr::Variable(variable, ..) = &parts.1.lhs {
                    self.scope
                        .iter_mut()
                        .filter(|(name, _)| *name == *variable.1)
                        .for_each(|(_, what)| *what = What::Unknown);
                }
            }
            Stmt::FnCall(call, _) => {
                let _ = self.function_call(call);
            }
            Stmt::Block(block) => self.block(block),
            Stmt::Expr(expression) => {
                let _ = self.expression(expression);
            }
            Stmt::BreakLoop(Some(expression), ..) | Stmt::Return(Some(expression), ..) => {
                let _ = self.expression(expression);
            }
            _ => {}
        }
    }

    fn expression(&mut self, expression: &Expr) -> What {
        match expression {
            Expr::Variable(variable, ..) => self.variable(&variable.1),
            Expr::Dot(parts, flags, _) | Expr::Index(parts, flags, _) => {
                let base = self.expression(&parts.lhs);
                self.chain(base, matches!(expression, Expr::Dot(..)), *flags, &parts.rhs)
            }
            Expr::FnCall(call, _) => self.function_call(call),
            Expr::Stmt(block) => {
                self.block(block);
                What::Unknown
            }
            Expr::InterpolatedString(parts, _) | Expr::Array(parts, _) => self.all(parts),
            Expr::And(parts, _) | Expr::Or(parts, _) | Expr::Coalesce(parts, _) => self.all(parts),
            Expr::Map(parts, _) => {
                parts.0.iter().for_each(|(_, value)| {
                    self.expression(value);
                });
                What::Unknown
            }
            _ => What::Unknown,
        }
    }

    fn all(&mut self, parts: &[Expr]) -> What {
        parts.iter().for_each(|part| {
            self.expression(part);
        });
        What::Unknown
    }

    fn variable(&self, name: &str) -> What {
        match self.scope.iter().rev().find(|(own, _)| own == name) {
            Some((_, what)) => *what,
            None if name == "params" => What::Params,
            None if name == "scale" => What::Scale,
            None if name == "phase" => What::Phase,
            None if name == "evidence" => What::Object(&EVIDENCE),
            None => What::Unknown,
        }
    }

    /// `a.b[0].c` is a dot whose right side is an index whose right side is a dot.
    fn chain(&mut self, base: What, dot: bool, flags: ASTFlags, rest: &Expr) -> What {
        match rest {
            Expr::Dot(parts, next, _) | Expr::Index(parts, next, _) if !flags.contains(ASTFlags::BREAK) => {
                let base = self.step(base, dot, &parts.lhs);
                self.chain(base, matches!(rest, Expr::Dot(..)), *next, &parts.rhs)
            }
            last => self.step(base, dot, last),
        }
    }

    fn step(&mut self, base: What, dot: bool, step: &Expr) -> What {
        match step {
            Expr::Property(property, position) if dot => self.field(base, &property.2, *position),
            Expr::MethodCall(call, _) if dot => self.method(base, &call.name, &call.args),
            Expr::StringConstant(name, position) if !dot => self.field(base, name, *position),
            index => {
                self.expression(index);
                base.item()
            }
        }
    }

    fn field(&mut self, base: What, name: &str, position: Position) -> What {
        match base {
            What::Object(shape) => match shape.field(name) {
                Some(field) => What::of(&field.kind),
                None if shape.derived.iter().any(|derived| derived.name == name) => What::Unknown,
                None => self.unknown(position, Some(unknown_field(shape, name))),
            },
            What::Map(kind) => What::of(kind),
            What::List(_) => self.unknown(position, Some(no_field_of_list(name))),
            What::Params if !self.header.params.contains_key(name) => {
                let names = self.header.params.keys().map(String::as_str);
                self.unknown(position, Some(no_parameter(name, names)))
            }
            _ => What::Unknown,
        }
    }

    fn unknown(&mut self, position: Position, misuse: Option<Misuse>) -> What {
        self.wrong.extend(misuse.map(|misuse| (position, misuse)));
        What::Unknown
    }
}
