//! Statements.

use super::super::{At, Loop, Node};
use super::expression::op_of;
use super::{Lowering, Refused, Result, place, refuse};
use rhai::{ASTFlags, Expr, Stmt, StmtBlock};

impl Lowering<'_> {
    pub(super) fn block_of(&mut self, statements: &[At], place: u32) -> At {
        let many = self.many(statements);
        self.push(Node::Block(many), place)
    }

    pub(super) fn block(&mut self, block: &StmtBlock) -> Result<At> {
        let outer = self.frame.scope.len();
        let statements =
            block.statements().iter().map(|statement| self.statement(statement)).collect::<Result<Vec<_>>>()?;
        self.frame.scope.truncate(outer);
        Ok(self.block_of(&statements, place(block.position())))
    }

    pub(super) fn statement(&mut self, statement: &Stmt) -> Result<At> {
        let here = place(statement.position());
        let node = match statement {
            Stmt::Noop(_) => Node::Nothing,
            Stmt::If(flow, _) => {
                Node::If(self.expression(&flow.expr)?, self.block(&flow.body)?, self.block(&flow.branch)?)
            }
            // The condition of `loop` is nothing.
            Stmt::While(flow, _) if matches!(flow.expr, Expr::Unit(_)) => {
                let always = self.push(Node::Flag(true), here);
                Node::While(always, self.block(&flow.body)?)
            }
            Stmt::While(flow, _) => Node::While(self.expression(&flow.expr)?, self.block(&flow.body)?),
            Stmt::Do(flow, flags, _) => {
                let body = self.block(&flow.body)?;
                Node::Do(body, self.expression(&flow.expr)?, flags.contains(ASTFlags::NEGATED))
            }
            Stmt::For(parts, _) => {
                let (item, counter, flow) = &**parts;
                let over = self.expression(&flow.expr)?;
                let outer = self.frame.scope.len();
                let at = place(item.pos);
                let item = self.declare(&item.name, false, at)?;
                let counter = counter
                    .as_ref()
                    .map(|counter| self.declare(&counter.name, false, place(counter.pos)))
                    .transpose()?;
                let body = self.block(&flow.body)?;
                self.frame.scope.truncate(outer);
                self.script.loops.to_mut().push(Loop { item, counter, over, body });
                Node::For(self.script.loops.len() as u16 - 1)
            }
            Stmt::Var(parts, flags, _) => {
                let value = self.expression(&parts.1)?;
                let constant = flags.contains(ASTFlags::CONSTANT);
                Node::Let(self.declare(&parts.0.name, constant, place(parts.0.pos))?, value)
            }
            Stmt::Assignment(parts) => {
                let op = match parts.0.get_op_assignment_info() {
                    None => None,
                    Some((.., op, symbol)) => {
                        Some(op_of(op).ok_or_else(|| refuse(&format!("the operator `{symbol}=`"), here))?)
                    }
                };
                let value = self.expression(&parts.1.rhs)?;
                let target = self.expression(&parts.1.lhs)?;
                self.assignable(target)?;
                return Ok(self.push(Node::Set(op, target, value), place(parts.0.position())));
            }
            Stmt::FnCall(call, position) => return self.call(call, *position),
            Stmt::Block(block) => return self.block(block),
            Stmt::Expr(expression) => return self.expression(expression),
            Stmt::BreakLoop(value, flags, _) if flags.contains(ASTFlags::BREAK) => {
                Node::Break(self.optional(value.as_deref(), here)?)
            }
            Stmt::BreakLoop(..) => Node::Continue,
            Stmt::Return(value, flags, _) if !flags.contains(ASTFlags::BREAK) => {
                Node::Return(self.optional(value.as_deref(), here)?)
            }
            _ => return Err(refuse("statement of this kind", here)),
        };
        Ok(self.push(node, here))
    }

    pub(super) fn optional(&mut self, value: Option<&Expr>, place: u32) -> Result<At> {
        match value {
            Some(value) => self.expression(value),
            None => Ok(self.push(Node::Nothing, place)),
        }
    }

    /// What is assigned to is a variable of the rule, or something in one.
    pub(super) fn assignable(&self, target: At) -> Result<()> {
        let mut at = target;
        loop {
            match self.script.node(at) {
                Node::Local(slot) => {
                    let constant = self.frame.scope.iter().rev().find(|variable| variable.slot == slot);
                    if constant.is_some_and(|variable| variable.constant) {
                        return Err(Refused {
                            code: "policy/syntax",
                            message: "it assigns to a constant".to_owned(),
                            help: "declare it with `let`",
                            place: self.script.places[at as usize],
                        });
                    }
                    return Ok(());
                }
                Node::Field(of, _) | Node::Item(of, _) => at = of,
                _ => {
                    return Err(Refused {
                        code: "policy/syntax",
                        message: "it assigns to what is no variable of its own".to_owned(),
                        help: "a rule can change what it has declared with `let`",
                        place: self.script.places[target as usize],
                    });
                }
            }
        }
    }
}
