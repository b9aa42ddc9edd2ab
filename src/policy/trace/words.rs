//! Expressions of a script in words: as its author has written them, or nearly so, on one line.

use super::shown::cut;
use crate::policy::arithmetic::symbol;
use crate::policy::load::Rule;
use crate::policy::script::{At, GLOBALS, Many, Node, Op};

/// Characters of an expression.
const LONGEST: usize = 90;
/// How deep expressions are told that stand in others.
const DEEP: usize = 12;

/// What a rule says at its nodes.
#[derive(Clone, Copy)]
pub struct Words<'r> {
    pub rule: &'r Rule,
}

impl<'r> Words<'r> {
    /// An expression.
    pub fn of(self, at: At) -> String {
        cut(&self.written(at, DEEP), LONGEST)
    }

    /// The word that stands where a node does: the name of a variable.
    pub fn name(self, at: At) -> &'r str {
        let (line, column) = self.rule.script.place(at);
        let text = self.line(line);
        let start = text.char_indices().nth(column.saturating_sub(1) as usize).map_or(text.len(), |(byte, _)| byte);
        let rest = &text[start..];
        // A variable that is declared stands after its word.
        let rest = ["let ", "const "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim_start();
        &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())]
    }

    /// The name of the parameter in `|item| …`.
    pub fn item(self, closure: At) -> Option<&'r str> {
        let (line, column) = self.rule.script.place(closure);
        let text = self.line(line);
        let start = text.char_indices().nth(column.saturating_sub(1) as usize).map_or(0, |(byte, _)| byte);
        let name = text[start..].split('|').nth(1)?.trim();
        (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(name)
    }

    /// The text of a line, from 1.
    pub fn line(self, line: u32) -> &'r str {
        self.rule.source.text().lines().nth((line as usize).saturating_sub(1)).unwrap_or_default()
    }

    /// The name of a function of the gate.
    pub fn callee(self, callee: u16) -> &'r str {
        let script = &self.rule.script;
        script.text(script.callees[usize::from(callee)].name)
    }

    /// The name of a function of the rule.
    pub fn own(self, function: u16) -> &'r str {
        let script = &self.rule.script;
        script.own.get(usize::from(function)).map_or("check", |name| script.text(*name))
    }

    fn written(self, at: At, deep: usize) -> String {
        if deep == 0 {
            return "…".to_owned();
        }
        let deep = deep - 1;
        let script = &self.rule.script;
        let part = |of: At| self.within(of, self.binds(at), deep);
        match script.node(at) {
            Node::Nothing => "()".to_owned(),
            Node::Flag(flag) => flag.to_string(),
            Node::Count(count) => count.to_string(),
            Node::Number(number) => number.to_string(),
            Node::Text(text) => format!("\"{}\"", script.text(text)),
            Node::Template(_) => "`…`".to_owned(),
            Node::List(items) => format!("[{}]", self.joined(items, ", ", deep)),
            Node::Map(_) => "#{…}".to_owned(),
            Node::Local(_) => self.name(at).to_owned(),
            Node::Global(number) => GLOBALS[usize::from(number)].to_owned(),
            Node::Field(of, name) => format!("{}.{}", part(of), script.text(name)),
            Node::Item(of, index) => format!("{}[{}]", part(of), self.written(index, deep)),
            Node::Not(of) => format!("!{}", part(of)),
            Node::Negate(of) => format!("-{}", part(of)),
            Node::Binary(op, left, right) => format!("{} {} {}", part(left), symbol(op), part(right)),
            Node::And(parts) => script.parts(parts).iter().map(|of| part(*of)).collect::<Vec<_>>().join(" && "),
            Node::Or(parts) => script.parts(parts).iter().map(|of| part(*of)).collect::<Vec<_>>().join(" || "),
            Node::Coalesce(parts) => script.parts(parts).iter().map(|of| part(*of)).collect::<Vec<_>>().join(" ?? "),
            Node::Call(callee, arguments) => self.call(at, self.callee(callee), arguments, deep),
            Node::Own(function, arguments) => format!("{}({})", self.own(function), self.joined(arguments, ", ", deep)),
            Node::Closure(number) => {
                let body = self.written(script.closures[usize::from(number)].body, deep);
                format!("|{}| {body}", self.item(at).unwrap_or("…"))
            }
            Node::Range(from, to, inclusive) => {
                format!("{}{}{}", part(from), if inclusive { "..=" } else { ".." }, part(to))
            }
            Node::If(condition, ..) => format!("if {} {{…}}", self.written(condition, deep)),
            Node::Block(statements) => match script.parts(statements) {
                [only] => self.written(*only, deep),
                _ => "{…}".to_owned(),
            },
            _ => "…".to_owned(),
        }
    }

    /// A call, as it is written: of what stands before the dot, or of its arguments alone.
    fn call(self, at: At, name: &str, arguments: Many, deep: usize) -> String {
        let script = &self.rule.script;
        let parts = script.parts(arguments);
        if name == "contains"
            && let [list, item] = parts
        {
            return format!("{} in {}", self.within(*item, 3, deep), self.within(*list, 3, deep));
        }
        match parts.split_first() {
            Some((first, rest)) if self.is_before(*first, at) => {
                let rest: Vec<_> = rest.iter().map(|of| self.written(*of, deep)).collect();
                format!("{}.{name}({})", self.within(*first, 9, deep), rest.join(", "))
            }
            _ => format!("{name}({})", self.joined(arguments, ", ", deep)),
        }
    }

    /// Whether a node stands before another one.
    fn is_before(self, at: At, other: At) -> bool {
        self.rule.script.place(at) < self.rule.script.place(other)
    }

    fn joined(self, parts: Many, with: &str, deep: usize) -> String {
        let parts = self.rule.script.parts(parts).iter().map(|of| self.written(*of, deep));
        parts.collect::<Vec<_>>().join(with)
    }

    /// How tightly the parts of a node are bound.
    fn binds(self, at: At) -> u8 {
        match self.rule.script.node(at) {
            Node::Or(_) => 1,
            Node::And(_) => 2,
            Node::Binary(Op::Equal | Op::Unequal | Op::Less | Op::LessOrEqual | Op::More | Op::MoreOrEqual, ..) => 3,
            Node::Call(callee, _) if self.callee(callee) == "contains" => 3,
            Node::Range(..) => 4,
            Node::Coalesce(_) => 5,
            Node::Binary(Op::Add | Op::Subtract, ..) => 6,
            Node::Binary(..) => 7,
            Node::Not(_) | Node::Negate(_) => 8,
            _ => 9,
        }
    }

    /// A part of what binds so tightly.
    fn within(self, at: At, tightly: u8, deep: usize) -> String {
        let text = self.written(at, deep);
        if self.binds(at) < tightly { format!("({text})") } else { text }
    }
}
