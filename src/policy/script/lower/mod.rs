//! From what Rhai's parser makes to a [`Script`].

mod call;
mod expression;
mod statement;

use super::{At, Function, GLOBALS, Many, Node, Script};
use rhai::{AST, ASTNode, Position};
use std::collections::HashMap;

/// What a rule is refused for, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub code: &'static str,
    pub message: String,
    pub help: &'static str,
    /// As [`super::line_and_column`] reads it.
    pub place: u32,
}

/// The most variables of one function, those of closures in it among them.
const MOST_VARIABLES: u16 = 200;

type Result<T> = std::result::Result<T, Refused>;

/// Lowers a parsed rule.
///
/// # Errors
/// When it uses what rules do not have.
pub fn lower(ast: &AST) -> Result<Script> {
    let mut lowering = Lowering::new(ast);
    lowering.functions()?;
    Ok(lowering.script)
}

struct Lowering<'a> {
    ast: &'a AST,
    script: Script,
    /// The numbers of texts that have one.
    texts: HashMap<String, u32>,
    /// The parameters of closures, by the names that Rhai gives these; variables that they use stand first.
    anonymous: HashMap<String, Vec<String>>,
    /// The numbers of the rule's own functions, by name and number of parameters.
    own: HashMap<(String, usize), u16>,
    frame: Frame,
}

/// The variables of the function that is being lowered.
#[derive(Default)]
struct Frame {
    /// In the order in which they were declared; one that hides another stands after it.
    scope: Vec<Variable>,
    slots: u16,
}

struct Variable {
    name: String,
    slot: u16,
    constant: bool,
}

impl<'a> Lowering<'a> {
    fn new(ast: &'a AST) -> Self {
        Self {
            ast,
            script: Script::EMPTY,
            texts: HashMap::new(),
            anonymous: HashMap::new(),
            own: HashMap::new(),
            frame: Frame::default(),
        }
    }

    fn functions(&mut self) -> Result<()> {
        let ast = self.ast;
        let mut all = Vec::new();
        for function in ast.iter_functions() {
            if let Some(kind) = function.this_type {
                return Err(Refused {
                    code: "policy/syntax",
                    message: format!("its function `{kind}.{}` belongs to a type", function.name),
                    help: "rules have functions without types: `fn name(item) { … }`",
                    place: 0,
                });
            }
            let params: Vec<_> = function.params.iter().map(|param| (*param).to_owned()).collect();
            if function.name.starts_with("anon$") {
                self.anonymous.insert(function.name.to_owned(), params);
            } else {
                all.push((function.name.to_owned(), params));
            }
        }
        all.sort_by_key(|(name, params)| (*name != "check" || params.len() != 1, name.clone(), params.len()));
        for (number, (name, params)) in all.iter().enumerate() {
            self.own.insert((name.clone(), params.len()), number as u16);
            let text = self.text(name);
            self.script.own.to_mut().push(text);
        }
        for (name, params) in all {
            self.frame = Frame::default();
            let (start, end) = self.span(&name, params.len());
            for param in &params {
                self.declare(param, false, start)?;
                let name = self.text(param);
                self.script.params.to_mut().push(name);
            }
            let body = self.body(&name, params.len())?;
            let (params, slots) = (params.len() as u16, self.frame.slots);
            let function = Function { params, slots, body, place: start, end };
            self.script.functions.to_mut().push(function);
        }
        Ok(())
    }

    /// The statements of a function. Rhai does not let anybody see the body of one; it walks through all of them, one after
    /// the other, so that those of an AST with one function are the body of that.
    fn body(&mut self, name: &str, params: usize) -> Result<At> {
        let mut only = self.ast.clone_functions_only();
        only.retain_functions(|_, _, other, count| other == name && count == params);
        let mut statements = Vec::new();
        let mut refused = None;
        only.walk(&mut |path: &[ASTNode<'_>]| {
            if let [ASTNode::Stmt(statement)] = path {
                match self.statement(statement) {
                    Ok(at) => statements.push(at),
                    Err(error) => refused = Some(error),
                }
            }
            refused.is_none()
        });
        match refused {
            Some(error) => Err(error),
            None => {
                let place = statements.last().map_or(0, |last| self.script.places[*last as usize]);
                Ok(self.block_of(&statements, place))
            }
        }
    }

    fn push(&mut self, node: Node, place: u32) -> At {
        self.script.nodes.to_mut().push(node);
        self.script.places.to_mut().push(place);
        self.script.nodes.len() as At - 1
    }

    /// Where the body of a function begins, and where it ends.
    fn span(&self, name: &str, params: usize) -> (u32, u32) {
        let function = self.ast.shared_lib().get_script_fn(name, params);
        function.map_or((0, 0), |function| (place(function.body.start_position()), place(function.body.end_position())))
    }

    fn many(&mut self, parts: &[At]) -> Many {
        let start = self.script.parts.len() as u32;
        self.script.parts.to_mut().extend(parts);
        Many { start, len: parts.len() as u32 }
    }

    fn text(&mut self, text: &str) -> u32 {
        if let Some(number) = self.texts.get(text) {
            return *number;
        }
        let number = self.script.ends.len() as u32;
        self.script.text.to_mut().push_str(text);
        let end = self.script.text.len() as u32;
        self.script.ends.to_mut().push(end);
        self.texts.insert(text.to_owned(), number);
        number
    }

    /// Gives a variable a slot. One named `now` would be read in place of the time that the gate gives.
    fn declare(&mut self, name: &str, constant: bool, here: u32) -> Result<u16> {
        if GLOBALS.contains(&name) {
            return Err(Refused {
                code: "policy/reserved-name",
                message: format!("it gives the name `{name}` to something of its own"),
                help: "the gate has given this name; use another one",
                place: here,
            });
        }
        let slot = self.frame.slots;
        if slot == MOST_VARIABLES {
            return Err(Refused {
                code: "policy/limit-variables",
                message: format!("a function of it has more than {MOST_VARIABLES} variables"),
                help: "one file holds one rule",
                place: here,
            });
        }
        self.frame.slots += 1;
        self.frame.scope.push(Variable { name: name.to_owned(), slot, constant });
        Ok(slot)
    }

    fn variable(&self, name: &str) -> Option<&Variable> {
        self.frame.scope.iter().rev().find(|variable| variable.name == name)
    }
}

/// As [`super::line_and_column`] reads it.
fn place(position: Position) -> u32 {
    let line = position.line().unwrap_or(0) as u32;
    let column = position.position().unwrap_or(0) as u32;
    line << 16 | column
}

fn refuse(what: &str, place: u32) -> Refused {
    Refused {
        code: "policy/syntax",
        message: format!("rules do not have {what}"),
        help: "what rules are made of is told in docs/functions.md",
        place,
    }
}
