//! Calls of functions, and closures, which are arguments of calls.

use super::super::{At, Callee, Closure, Node};
use super::expression::op_of;
use super::{Lowering, Refused, Result, place, refuse};
use rhai::{Expr, FnCallExpr, FnPtr, Position, Stmt};

impl Lowering<'_> {
    pub(super) fn call(&mut self, call: &FnCallExpr, position: Position) -> Result<At> {
        let here = place(position);
        if call.is_qualified() || call.capture_parent_scope {
            return Err(refuse("calls of this kind", here));
        }
        // What follows `!` or `-` on its own has one operand; `in` is a call of `contains`.
        let name = call.name.as_str();
        if name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return self.called(name, None, &call.args, here);
        }
        let node = match (name, call.args.as_slice()) {
            ("!", [of]) => Node::Not(self.expression(of)?),
            ("-", [of]) => Node::Negate(self.expression(of)?),
            ("+", [of]) => return self.expression(of),
            ("..", [from, to]) => Node::Range(self.expression(from)?, self.expression(to)?, false),
            ("..=", [from, to]) => Node::Range(self.expression(from)?, self.expression(to)?, true),
            (symbol, [left, right]) => {
                let op = call.op_token.as_ref().and_then(op_of);
                let op = op.ok_or_else(|| refuse(&format!("the operator `{symbol}`"), here))?;
                Node::Binary(op, self.expression(left)?, self.expression(right)?)
            }
            (symbol, _) => return Err(refuse(&format!("the operator `{symbol}`"), here)),
        };
        Ok(self.push(node, here))
    }

    pub(super) fn called(&mut self, name: &str, base: Option<At>, arguments: &[Expr], here: u32) -> Result<At> {
        let count = arguments.len() + usize::from(base.is_some());
        let mut parts = Vec::from_iter(base);
        if base.is_some() && self.own.keys().any(|(own, _)| own == name) {
            return Err(Refused {
                code: "policy/syntax",
                message: format!("it calls its own function `{name}` as a method"),
                help: "give it what stands before the dot as an argument: `name(item)`",
                place: here,
            });
        }
        if let Some(&own) = self.own.get(&(name.to_owned(), count)) {
            for argument in arguments {
                parts.push(self.expression(argument)?);
            }
            let many = self.many(&parts);
            return Ok(self.push(Node::Own(own, many), here));
        }
        if name == "push" && count == 2 {
            for argument in arguments {
                parts.push(self.expression(argument)?);
            }
            self.assignable(parts[0])?;
            return Ok(self.push(Node::Push(parts[0], parts[1]), here));
        }
        for argument in arguments {
            parts.push(match captured(argument) {
                Some(closure) => self.closure(&closure, place(argument.start_position()))?,
                None => self.expression(argument)?,
            });
        }
        let many = self.many(&parts);
        let name = self.text(name);
        let at = self.script.nodes.len() as At;
        let known =
            self.script.callees.iter().position(|callee| callee.name == name && usize::from(callee.arguments) == count);
        let number = known.unwrap_or_else(|| {
            self.script.callees.to_mut().push(Callee { name, arguments: count as u16, at });
            self.script.callees.len() - 1
        });
        Ok(self.push(Node::Call(number as u16, many), here))
    }

    /// A closure runs in the frame of the function that it stands in, and so sees the variables around it.
    pub(super) fn closure(&mut self, closure: &Captured, here: u32) -> Result<At> {
        let outer = self.frame.scope.len();
        let params = self.anonymous.get(&closure.name).cloned().unwrap_or_default();
        let first = self.frame.slots;
        for param in params.iter().skip(closure.captured) {
            self.declare(param, false, here)?;
        }
        let body = self.body(&closure.name, params.len())?;
        self.frame.scope.truncate(outer);
        let params = (params.len() - closure.captured.min(params.len())) as u16;
        self.script.closures.to_mut().push(Closure { first, params, body });
        Ok(self.push(Node::Closure(self.script.closures.len() as u16 - 1), here))
    }
}

/// A closure among the arguments of a call.
pub(super) struct Captured {
    name: String,
    /// How many variables around it its body uses: Rhai puts them before its parameters, by their names.
    captured: usize,
}

pub(super) fn captured(argument: &Expr) -> Option<Captured> {
    match argument {
        Expr::DynamicConstant(constant, _) => {
            let closure = constant.as_ref().clone().try_cast::<FnPtr>()?;
            Some(Captured { name: closure.fn_name().to_owned(), captured: 0 })
        }
        // One that uses variables around it is a block that shares them, and then curries the closure with them.
        Expr::Stmt(block) => match block.statements() {
            [Stmt::Share(_), Stmt::Expr(curried)] => captured(curried),
            _ => None,
        },
        Expr::FnCall(call, _) if call.name == "curry" => {
            let closure = captured(call.args.first()?)?;
            Some(Captured { captured: call.args.len() - 1, ..closure })
        }
        _ => None,
    }
}

pub(super) fn kept_closure(place: u32) -> Refused {
    Refused {
        code: "policy/syntax",
        message: "it keeps a closure".to_owned(),
        help: "write a closure where it is used: `some(list, |item| …)`; what several places need is a function: `fn name(item) { … }`",
        place,
    }
}
