//! Following calls: functions of the same file, and closures that are given to functions of lists.

use super::{Reader, What};
use rhai::{Expr, FnCallExpr, FnPtr, Stmt};

impl Reader<'_> {
    pub(super) fn function_call(&mut self, call: &FnCallExpr) -> What {
        let arguments: Vec<_> = call.args.iter().map(|argument| self.expression(argument)).collect();
        self.compared(call, &arguments);
        if self.ast.shared_lib().get_script_fn(call.name.as_str(), arguments.len()).is_some() {
            self.call(&call.name, arguments);
            return What::Unknown;
        }
        match (arguments.first(), call.args.get(1..)) {
            (Some(first), Some(rest)) => self.applied(*first, &call.name, rest),
            _ => What::Unknown,
        }
    }

    pub(super) fn method(&mut self, base: What, name: &str, arguments: &[Expr]) -> What {
        arguments.iter().for_each(|argument| {
            self.expression(argument);
        });
        self.applied(base, name, arguments)
    }

    /// A closure's name and the variables that it captures, which the engine makes its first parameters.
    fn closure(&mut self, argument: &Expr) -> Option<(String, Vec<What>)> {
        match argument {
            Expr::DynamicConstant(constant, _) => {
                let closure = constant.as_ref().clone().try_cast::<FnPtr>()?;
                Some((closure.fn_name().to_owned(), Vec::new()))
            }
            // A closure that captures is a block that shares the variables, and then curries the closure with them.
            Expr::Stmt(block) => match block.statements() {
                [Stmt::Share(_), Stmt::Expr(curried)] => self.closure(curried),
                _ => None,
            },
            Expr::FnCall(call, _) if call.name == "curry" => {
                let (name, _) = self.closure(call.args.first()?)?;
                let captured = call.args.iter().skip(1).map(|variable| match variable {
                    Expr::Variable(variable, ..) => self.variable(&variable.1),
                    _ => What::Unknown,
                });
                let captured = captured.collect();
                Some((name, captured))
            }
            _ => None,
        }
    }

    /// A function of a list: its closures are called with items of the list.
    fn applied(&mut self, list: What, name: &str, arguments: &[Expr]) -> What {
        for argument in arguments {
            if let Some((closure, mut arguments)) = self.closure(argument) {
                arguments.push(list.item());
                self.call(&closure, arguments);
            }
        }
        match name {
            "filter" => list,
            "find" => list.item(),
            _ => What::Unknown,
        }
    }
}
