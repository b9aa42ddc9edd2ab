//! Expressions.

use super::super::{At, GLOBALS, Many, Node, Op};
use super::call::{captured, kept_closure};
use super::{Lowering, Refused, Result, place, refuse};
use rhai::{ASTFlags, Expr, Token};

impl Lowering<'_> {
    pub(super) fn all(&mut self, parts: &[Expr]) -> Result<Many> {
        let parts = parts.iter().map(|part| self.expression(part)).collect::<Result<Vec<_>>>()?;
        Ok(self.many(&parts))
    }

    pub(super) fn expression(&mut self, expression: &Expr) -> Result<At> {
        let here = place(expression.position());
        let node = match expression {
            Expr::Unit(_) => Node::Nothing,
            Expr::BoolConstant(flag, _) => Node::Flag(*flag),
            Expr::IntegerConstant(count, _) => Node::Count(*count),
            Expr::FloatConstant(number, _) => Node::Number(**number),
            Expr::CharConstant(character, _) => Node::Text(self.text(&character.to_string())),
            Expr::StringConstant(text, _) => Node::Text(self.text(text)),
            Expr::InterpolatedString(parts, _) => Node::Template(self.all(parts)?),
            Expr::Array(items, _) => Node::List(self.all(items)?),
            Expr::Map(entries, _) => {
                let mut parts = Vec::new();
                for (key, value) in &entries.0 {
                    let name = self.text(&key.name);
                    parts.push(self.push(Node::Text(name), place(key.pos)));
                    parts.push(self.expression(value)?);
                }
                Node::Map(self.many(&parts))
            }
            Expr::Variable(variable, ..) if variable.2.is_empty() => self.named(&variable.1, here)?,
            Expr::Stmt(_) if captured(expression).is_some() => return Err(kept_closure(here)),
            Expr::Stmt(block) => return self.block(block),
            Expr::FnCall(call, position) => return self.call(call, *position),
            Expr::Dot(parts, flags, _) | Expr::Index(parts, flags, _) => {
                plain(*flags, here)?;
                let base = self.expression(&parts.lhs)?;
                return self.chain(base, matches!(expression, Expr::Dot(..)), *flags, &parts.rhs);
            }
            Expr::And(parts, _) => Node::And(self.all(parts)?),
            Expr::Or(parts, _) => Node::Or(self.all(parts)?),
            Expr::Coalesce(parts, _) => Node::Coalesce(self.all(parts)?),
            Expr::DynamicConstant(..) => return Err(kept_closure(here)),
            Expr::Variable(..) => return Err(refuse("namespaces", here)),
            Expr::ThisPtr(_) => return Err(refuse("`this`", here)),
            _ => return Err(refuse("expression of this kind", here)),
        };
        Ok(self.push(node, here))
    }

    pub(super) fn named(&self, name: &str, here: u32) -> Result<Node> {
        if let Some(variable) = self.variable(name) {
            return Ok(Node::Local(variable.slot));
        }
        match GLOBALS.iter().position(|global| *global == name) {
            Some(number) => Ok(Node::Global(number as u8)),
            None => Err(Refused {
                code: "policy/unknown-variable",
                message: format!("there is no variable `{name}`"),
                help: "a rule knows `p`, `params`, `now`, `phase`, `scale`, `strict`, `evidence` and what it declares with `let`",
                place: here,
            }),
        }
    }

    /// `a.b[0].c` is a dot whose right side is an index whose right side is a dot.
    pub(super) fn chain(&mut self, base: At, dot: bool, flags: ASTFlags, rest: &Expr) -> Result<At> {
        match rest {
            Expr::Dot(parts, next, _) | Expr::Index(parts, next, _) if !flags.contains(ASTFlags::BREAK) => {
                plain(*next, place(rest.position()))?;
                let base = self.step(base, dot, &parts.lhs)?;
                self.chain(base, matches!(rest, Expr::Dot(..)), *next, &parts.rhs)
            }
            last => self.step(base, dot, last),
        }
    }

    pub(super) fn step(&mut self, base: At, dot: bool, step: &Expr) -> Result<At> {
        let here = place(step.position());
        let node = match step {
            Expr::Property(property, _) if dot => Node::Field(base, self.text(&property.2)),
            Expr::MethodCall(call, position) if dot => {
                return self.called(&call.name, Some(base), &call.args, place(*position));
            }
            Expr::StringConstant(name, _) if !dot => Node::Field(base, self.text(name)),
            index if !dot => Node::Item(base, self.expression(index)?),
            _ => return Err(refuse("expression of this kind", here)),
        };
        Ok(self.push(node, here))
    }
}

/// `?.` and `?[` would spare the rest of a chain; a field of nothing is nothing without them.
fn plain(flags: ASTFlags, here: u32) -> Result<()> {
    if flags.contains(ASTFlags::NEGATED) { Err(refuse("`?.` or `?[`", here)) } else { Ok(()) }
}

pub(super) fn op_of(token: &Token) -> Option<Op> {
    Some(match token {
        Token::EqualsTo => Op::Equal,
        Token::NotEqualsTo => Op::Unequal,
        Token::LessThan => Op::Less,
        Token::LessThanEqualsTo => Op::LessOrEqual,
        Token::GreaterThan => Op::More,
        Token::GreaterThanEqualsTo => Op::MoreOrEqual,
        Token::Plus => Op::Add,
        Token::Minus => Op::Subtract,
        Token::Multiply => Op::Multiply,
        Token::Divide => Op::Divide,
        Token::Modulo => Op::Remainder,
        Token::PowerOf => Op::Power,
        _ => return None,
    })
}
