//! Text to tree, in one pass over the bytes.
//!
//! Containers are kept on a stack of our own, so that no depth a caller allows can exhaust the thread's. A problem after
//! which the meaning is certain is reported and reading goes on ([`Reader::report`]); any other is the last
//! ([`Reader::stop`]).

mod keys;
mod number;
mod space;
mod stray;
mod string;

pub(super) use number::is_tiny;

use super::pointer;
use super::problem::{ByteOrderMark, Empty, Problem, Shape, Syntax, TooDeep, TooManyProblems, TrailingText};
use super::tree::{Children, Data, Node, Tree};
use crate::finding::Finding;
use crate::source::{Source, Span};
use std::sync::Arc;

/// Nobody mends more at once, and a hostile text can hold half a million.
const MOST_PROBLEMS: usize = 20;

/// Reads a text; the error holds at least one problem, in the order of their places.
pub(super) fn tree(source: &Arc<Source>, depth: usize) -> Result<Tree, Vec<Finding>> {
    let mut reader = Reader::new(source, depth);
    // What made it stop has been reported.
    let _ = reader.document();
    if reader.problems.is_empty() { Ok(reader.tree) } else { Err(reader.sorted()) }
}

/// Reading is over: the problem just reported leaves it open what the rest of the text means, or there were too many.
struct Stop;

type Read<T = ()> = Result<T, Stop>;

struct Reader<'t> {
    source: &'t Arc<Source>,
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Where the last value ended.
    ended: usize,
    depth: usize,
    tree: Tree,
    open: Vec<Frame<'t>>,
    /// Whether a value is about to be read or being read; until it has a node, it has its place in the tree through this.
    in_value: bool,
    /// That value's key, or empty.
    key: Span,
    /// Keys with problems of their own, by their first byte: nobody knows what they were to be, so they equal no other.
    doubtful: Vec<u32>,
    problems: Vec<Finding>,
    unreported: Option<Finding>,
}

/// A container that is not closed yet.
struct Frame<'t> {
    shape: Shape,
    node: u32,
    len: u32,
    seen: keys::Seen<'t>,
}

impl<'t> Reader<'t> {
    fn new(source: &'t Arc<Source>, depth: usize) -> Self {
        let text = source.text();
        Self {
            source,
            text,
            bytes: text.as_bytes(),
            at: 0,
            ended: 0,
            depth,
            // Commonly a value takes twenty or thirty bytes of text.
            tree: Tree { nodes: Vec::with_capacity(text.len() / 24), decoded: Vec::new() },
            open: Vec::new(),
            in_value: false,
            key: Span::default(),
            doubtful: Vec::new(),
            problems: Vec::new(),
            unreported: None,
        }
    }

    fn document(&mut self) -> Read {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
            self.report(ByteOrderMark(Span::new(0, self.at)))?;
        }
        self.space()?;
        if self.peek().is_none() {
            return self.stop(Empty(Span::default()));
        }
        self.value()?;
        while let Some(frame) = self.open.last() {
            let (shape, first) = (frame.shape, frame.len == 0);
            self.child(shape, first)?;
        }
        self.space()?;
        if self.peek().is_some() {
            let text = self.text[self.at..].lines().next().unwrap_or_default().trim_end();
            return self.stop(TrailingText { span: Span::new(self.at, self.at + text.len()), text });
        }
        Ok(())
    }

    /// The next child of the innermost container, or its end.
    fn child(&mut self, shape: Shape, first: bool) -> Read {
        self.space()?;
        match self.peek() {
            Some(byte) if byte == shape.closer() => return self.close(),
            Some(b',') if !self.commas(shape, first)? => return self.close(),
            Some(b',') => {}
            _ if first => {}
            _ => self.missing_comma(shape)?,
        }
        match shape {
            Shape::Array => {
                self.in_value = true;
                self.value()
            }
            Shape::Object => self.member(),
        }
    }

    /// Goes past the comma, and any that are there by mistake; false if the container ends after it.
    fn commas(&mut self, shape: Shape, first: bool) -> Read<bool> {
        let mut lonely = first;
        loop {
            let comma = Span::new(self.at, self.at + 1);
            if lonely {
                self.report(Syntax::MissingItem.at(comma))?;
            }
            self.at += 1;
            self.space()?;
            match self.peek() {
                Some(b',') => lonely = true,
                Some(byte) if byte == shape.closer() => {
                    // One problem a comma: `[,]` has nothing before it, which says it all.
                    if !lonely {
                        self.report(Syntax::TrailingComma.at(comma))?;
                    }
                    return Ok(false);
                }
                _ => return Ok(true),
            }
        }
    }

    fn member(&mut self) -> Read {
        let key = self.key()?;
        self.in_value = true;
        self.key = key;
        self.refuse_duplicate(key)?;
        self.space()?;
        if self.peek() == Some(b':') {
            self.at += 1;
            self.space()?;
        } else {
            self.missing_colon(key)?;
        }
        if matches!(self.peek(), Some(b',' | b'}')) {
            return self.key_without_value(key);
        }
        self.value()
    }

    fn value(&mut self) -> Read {
        let start = self.at;
        match self.peek() {
            Some(b'"') => {
                self.string(b'"')?;
                self.push(start, Data::Text)
            }
            Some(b'{') => self.open(Shape::Object),
            Some(b'[') => self.open(Shape::Array),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') if self.word("true") => self.push(start, Data::Bool(true)),
            Some(b'f') if self.word("false") => self.push(start, Data::Bool(false)),
            Some(b'n') if self.word("null") => self.push(start, Data::Null),
            _ => self.not_a_value(),
        }
    }

    /// Goes past the word if it stands here, and stands alone.
    fn word(&mut self, word: &str) -> bool {
        let end = self.at + word.len();
        let here =
            self.bytes[self.at..].starts_with(word.as_bytes()) && !self.bytes.get(end).is_some_and(stray::is_token);
        if here {
            self.at = end;
        }
        here
    }

    fn open(&mut self, shape: Shape) -> Read {
        let span = Span::new(self.at, self.at + 1);
        if self.open.len() >= self.depth {
            return self.stop(TooDeep { span, limit: self.depth });
        }
        let node = self.tree.nodes.len() as u32;
        // Becomes the container it is when it closes; nobody sees it before.
        self.push(self.at, Data::Null)?;
        self.at += 1;
        self.open.push(Frame { shape, node, len: 0, seen: keys::Seen::default() });
        Ok(())
    }

    fn close(&mut self) -> Read {
        self.at += 1;
        self.ended = self.at;
        let Some(frame) = self.open.pop() else { return Ok(()) };
        let children = Children { len: frame.len, next: self.tree.nodes.len() as u32 };
        let node = &mut self.tree.nodes[frame.node as usize];
        node.span.end = self.at as u32;
        node.data = match frame.shape {
            Shape::Array => Data::Array(children),
            Shape::Object => Data::Object(children),
        };
        Ok(())
    }

    /// A node for the value that was just read, as the next child of the innermost container. Never stops; returns what
    /// the functions that end with it return.
    fn push(&mut self, start: usize, data: Data) -> Read {
        let span = Span::new(start, self.at);
        let (parent, index) = match self.open.last_mut() {
            Some(frame) => {
                frame.len += 1;
                (frame.node, frame.len - 1)
            }
            None => (0, 0),
        };
        self.tree.nodes.push(Node { span, key: self.key, parent, index, data });
        self.ended = self.at;
        self.in_value = false;
        self.key = Span::default();
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// A problem after which the text still has one meaning.
    fn report(&mut self, problem: impl Into<Problem>) -> Read {
        let finding = problem.into().into_finding(self.source, self.pointer());
        if self.problems.len() == MOST_PROBLEMS {
            self.unreported = Some(finding);
            return Err(Stop);
        }
        self.problems.push(finding);
        Ok(())
    }

    /// A problem after which it could mean anything.
    fn stop<T>(&mut self, problem: impl Into<Problem>) -> Read<T> {
        self.report(problem)?;
        Err(Stop)
    }

    /// Where reading stands: the value at hand if it has a name, or else the innermost container that has one.
    fn pointer(&self) -> String {
        let Some(frame) = self.open.last() else { return String::new() };
        let mut text = self.tree.pointer(self.text, frame.node);
        match frame.shape {
            _ if !self.in_value => {}
            Shape::Array => pointer::push(&mut text, &frame.len.to_string()),
            Shape::Object if self.key.is_empty() => {}
            Shape::Object => pointer::push(&mut text, self.tree.text(self.text, self.key)),
        }
        text
    }

    /// In the order of the text, which is not quite that of their discovery: a trailing comma is told by what follows it.
    fn sorted(mut self) -> Vec<Finding> {
        self.problems.sort_by_key(|finding| finding.primary.place.span.start);
        if let Some(next) = self.unreported {
            // A text in wrong quotes is told when it has ended, after what is wrong inside it.
            let place = |finding: &Finding| (finding.primary.place.span, finding.pointer.clone());
            let latest = self.problems.last().into_iter().chain([&next]).map(place).max_by_key(|(span, _)| span.start);
            let (span, pointer) = latest.unwrap_or_default();
            let many = TooManyProblems { span, told: MOST_PROBLEMS };
            self.problems.push(Problem::from(many).into_finding(self.source, pointer));
        }
        self.problems
    }
}
