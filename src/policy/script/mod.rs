//! A rule's script, laid out to be run.
//!
//! Rhai parses rules. What its parser makes is lowered to a few flat tables without a pointer in them: so the scripts of the
//! built-in pack can be written down as constants when the program is built (`build.rs` uses this room by its path, and nothing
//! of the crate is named in here), and a run that starts has nothing to parse. Only what rules are made of has a node: what
//! has none, such as `throw`, a namespace or a closure that is kept, is refused when the rule is loaded.

mod laid;
mod lower;
mod parser;

pub use laid::Laid;
pub use lower::Refused;
pub use lower::lower;
pub use parser::Parser;
use std::borrow::Cow;

/// The names that a rule knows besides its own.
pub const GLOBALS: &[&str] = &["params", "now", "phase", "scale", "strict", "evidence"];

/// The number of a name among [`GLOBALS`]; none of them is past the last one.
pub const fn global(name: &str) -> u8 {
    let mut number = 0;
    while number < GLOBALS.len() && !same(GLOBALS[number].as_bytes(), name.as_bytes()) {
        number += 1;
    }
    number as u8
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The longest text a rule may hold or make, in bytes: above that of the longest text in a proposal (2,000 characters of at most
/// four bytes).
pub const LONGEST_TEXT: usize = 8_192;
pub const MOST_ITEMS: usize = 2_000;
pub const MOST_ENTRIES: usize = 2_000;

/// The place of a node in [`Script::nodes`].
pub type At = u32;

/// A stretch of [`Script::parts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Many {
    pub start: u32,
    pub len: u32,
}

/// An operator of two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}

/// One step of a script.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node {
    Nothing,
    Flag(bool),
    Count(i64),
    Number(f64),
    /// Its place among the texts.
    Text(u32),
    /// A text with values in it.
    Template(Many),
    List(Many),
    /// A key, its value, the next key …
    Map(Many),
    /// A variable, by its slot in the frame of the function.
    Local(u16),
    /// One of [`GLOBALS`].
    Global(u8),
    /// A field of a value, by its name among the texts.
    Field(At, u32),
    /// An item of a value.
    Item(At, At),
    Not(At),
    Negate(At),
    Binary(Op, At, At),
    And(Many),
    Or(Many),
    /// `a ?? b`: the first that is something.
    Coalesce(Many),
    /// A function of the gate, by its place in [`Script::callees`].
    Call(u16, Many),
    /// A function of the rule.
    Own(u16, Many),
    /// A closure, which stands as an argument of a [`Node::Call`] and nowhere else.
    Closure(u16),
    /// Whole numbers from one to another, and whether the last is one of them.
    Range(At, At, bool),
    If(At, At, At),
    While(At, At),
    /// The body, its condition, and whether it runs until that holds instead of as long as it does.
    Do(At, At, bool),
    For(u16),
    Let(u16, At),
    Set(Option<Op>, At, At),
    /// Adds an item to a list in a variable.
    Push(At, At),
    Block(Many),
    Return(At),
    Break(At),
    Continue,
}

/// `for (item, counter) in over { body }`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loop {
    pub item: u16,
    pub counter: Option<u16>,
    pub over: At,
    pub body: At,
}

/// A function of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Function {
    /// They have the first slots.
    pub params: u16,
    pub slots: u16,
    pub body: At,
    /// Where its body begins, as [`line_and_column`] reads it.
    pub place: u32,
    /// Where its body ends.
    pub end: u32,
}

/// A closure runs in the frame of the function that it stands in, and so sees its variables as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closure {
    /// The slot of its first parameter.
    pub first: u16,
    pub params: u16,
    pub body: At,
}

/// A function of the gate that a script calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Callee {
    /// Its place among the texts.
    pub name: u32,
    pub arguments: u16,
    /// Where it is called first.
    pub at: At,
}

/// A script. Of its functions, the first is `check`.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    pub nodes: Cow<'static, [Node]>,
    /// Line and column of each node, both from 1: see [`line_and_column`].
    pub places: Cow<'static, [u32]>,
    pub parts: Cow<'static, [At]>,
    /// All texts, one after the other, and where each ends.
    pub text: Cow<'static, str>,
    pub ends: Cow<'static, [u32]>,
    pub functions: Cow<'static, [Function]>,
    pub closures: Cow<'static, [Closure]>,
    pub loops: Cow<'static, [Loop]>,
    pub callees: Cow<'static, [Callee]>,
    /// The names of the rule's own functions, by their places among the texts.
    pub own: Cow<'static, [u32]>,
    /// The names of their parameters, one function after the other.
    pub params: Cow<'static, [u32]>,
}

impl Script {
    /// One that does nothing.
    pub const EMPTY: Self = Self {
        nodes: Cow::Borrowed(&[]),
        places: Cow::Borrowed(&[]),
        parts: Cow::Borrowed(&[]),
        text: Cow::Borrowed(""),
        ends: Cow::Borrowed(&[]),
        functions: Cow::Borrowed(&[]),
        closures: Cow::Borrowed(&[]),
        loops: Cow::Borrowed(&[]),
        callees: Cow::Borrowed(&[]),
        own: Cow::Borrowed(&[]),
        params: Cow::Borrowed(&[]),
    };

    pub fn node(&self, at: At) -> Node {
        self.laid().node(at)
    }

    /// Its tables, as a run reads them.
    pub fn laid(&self) -> Laid<'_> {
        Laid {
            nodes: &self.nodes,
            parts: &self.parts,
            text: &self.text,
            ends: &self.ends,
            functions: &self.functions,
            closures: &self.closures,
            loops: &self.loops,
        }
    }

    pub fn place(&self, at: At) -> (u32, u32) {
        line_and_column(self.places[at as usize])
    }

    pub fn parts(&self, many: Many) -> &[At] {
        self.laid().parts(many)
    }

    /// Where the text of a node begins: an operator stands after its first part, and a call of `.help` after what is helped.
    pub fn begin(&self, at: At) -> Option<(u32, u32)> {
        let own = Some(self.place(at)).filter(|(line, _)| *line > 0);
        // The parts of a block may be on later lines, and none is before it.
        let parts = if matches!(self.node(at), Node::Block(_)) { Vec::new() } else { self.made_of(at) };
        parts.into_iter().filter_map(|part| self.begin(part)).chain(own).min()
    }

    /// The nodes that a node is made of, in the order in which they stand in the text or nearly so.
    pub fn made_of(&self, at: At) -> Vec<At> {
        match self.node(at) {
            Node::Template(parts)
            | Node::List(parts)
            | Node::Map(parts)
            | Node::And(parts)
            | Node::Or(parts)
            | Node::Coalesce(parts)
            | Node::Call(_, parts)
            | Node::Own(_, parts)
            | Node::Block(parts) => self.parts(parts).to_vec(),
            Node::Field(of, _)
            | Node::Not(of)
            | Node::Negate(of)
            | Node::Let(_, of)
            | Node::Return(of)
            | Node::Break(of) => {
                vec![of]
            }
            Node::Item(a, b) | Node::Binary(_, a, b) | Node::Range(a, b, _) | Node::While(a, b) | Node::Do(a, b, _) => {
                vec![a, b]
            }
            Node::Set(_, target, value) | Node::Push(target, value) => vec![target, value],
            Node::If(condition, then, otherwise) => vec![condition, then, otherwise],
            Node::For(number) => {
                let turn = self.loops[usize::from(number)];
                vec![turn.over, turn.body]
            }
            Node::Closure(number) => vec![self.closures[usize::from(number)].body],
            Node::Nothing | Node::Flag(_) | Node::Count(_) | Node::Number(_) | Node::Text(_) => Vec::new(),
            Node::Local(_) | Node::Global(_) | Node::Continue => Vec::new(),
        }
    }

    /// The names of the parameters of a function.
    pub fn params_of(&self, function: usize) -> impl Iterator<Item = &str> {
        let before: usize = self.functions[..function].iter().map(|function| usize::from(function.params)).sum();
        let names = &self.params[before..before + usize::from(self.functions[function].params)];
        names.iter().map(|name| self.text(*name))
    }

    /// Whether it reads one of these fields of the evidence.
    pub fn reads_of_evidence(&self, fields: &[&str]) -> bool {
        const EVIDENCE: u8 = global("evidence");
        let reads = |node: &Node| match *node {
            Node::Field(of, name) => self.node(of) == Node::Global(EVIDENCE) && fields.contains(&self.text(name)),
            _ => false,
        };
        self.nodes.iter().any(reads)
    }

    /// A text by its number.
    pub fn text(&self, number: u32) -> &str {
        self.laid().text(number)
    }
}

/// The line and the column of a place.
pub fn line_and_column(place: u32) -> (u32, u32) {
    (place >> 16, place & 0xffff)
}
