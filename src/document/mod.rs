//! JSON text to a tree in which every key and every value knows its place.
//!
//! A finding is worth as much as the place it points to, and a proposal comes from the side that must not be trusted. No
//! JSON library at hand serves both: they drop the places, keep the last of two equal keys, or can be driven out of stack
//! by a kilobyte of brackets. So the gate has its own reader, which is small because it reads JSON and nothing more.
//!
//! **The profile.** RFC 8259 to the letter, in UTF-8 without a byte order mark, and beyond it:
//! - a key occurs once in its object, compared after escapes are resolved, because readers disagree on which of two counts;
//! - a number without fraction and exponent fits an `i64` and is kept exactly; any other becomes the nearest `f64`, which keeps 15
//!   significant digits, and is refused where there is none that does: beyond some 1.8e308, and nearer to zero than some 2.2e-308;
//! - a `\u` escape never leaves half a surrogate pair, which is no text;
//! - [`Limits`] on bytes and depth hold before anything is built.
//!
//! **Problems.** A text that breaks the profile gives no tree but all its problems at once, each with a stable code
//! ([`CODES`]) and its exact place. Reading goes on after a problem only where what was meant is certain; where it is not, the
//! first problem is the last one told. No problem is ever the echo of another.
//!
//! **Map.** `intake` turns bytes into text, `read` text into the `tree` (or problems), and `value` is the view on it.
//! `problem` holds the wording. `pointer` is RFC 6901. Nothing here knows what a proposal is.
//!
//! ```
//! use changegate::document::{Document, Kind, Limits};
//!
//! let text = br#"{"risk": {"level": 3}}"#.to_vec();
//! let document = Document::parse("proposal.json", text, &Limits::default()).unwrap();
//! let level = document.at("/risk/level").unwrap();
//! assert_eq!(level.kind(), Kind::Integer(3));
//! assert_eq!(level.place().to_string(), "proposal.json:1:20");
//!
//! let text = br#"{"risk": 9, "\u0072isk": 1,}"#.to_vec();
//! let problems = Document::parse("proposal.json", text, &Limits::default()).unwrap_err();
//! let told: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
//! assert_eq!(told, ["the key `risk` is used twice in one object", "a comma with nothing after it"]);
//! ```

mod intake;
mod pointer;
mod problem;
mod read;
#[cfg(test)]
mod tests;
mod toml;
mod tree;
mod value;

pub use problem::{CODES, TOO_LARGE};
pub use value::{Items, Kind, Value};

use crate::finding::Finding;
use crate::source::Source;
use std::fmt;
use std::sync::Arc;
use tree::Tree;

/// How much text is read at all. Both hold before memory or time is spent on what lies beyond them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest text, in bytes. Memory follows it: a tree commonly takes twice as much as its text, and at worst
    /// (`[0,0,0,…`, while its vector grows) some sixty times.
    pub bytes: usize,
    /// How many arrays and objects may lie inside one another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 20, depth: 64 }
    }
}

/// A JSON text that fits the profile, as a tree.
pub struct Document {
    source: Arc<Source>,
    tree: Tree,
}

impl Document {
    /// Reads the bytes of a file. `name` is what places in it are shown under.
    ///
    /// A reader that must not load a hostile file whole may pass its first `limits.bytes + 1` bytes: that is enough to
    /// refuse it.
    ///
    /// # Errors
    /// The problems of the text, at least one, in the order of their places.
    pub fn parse(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Self, Vec<Finding>> {
        let source = intake::source(name, bytes, limits.bytes).map_err(|refused| vec![*refused])?;
        let tree = read::tree(&source, limits.depth)?;
        Ok(Self { source, tree })
    }

    /// The text this was read from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The number of its values, those inside others included.
    pub fn size(&self) -> usize {
        self.tree.nodes.len()
    }

    /// The outermost value.
    pub fn root(&self) -> Value<'_> {
        Value::new(self, 0)
    }

    /// The value at a JSON Pointer (RFC 6901); none if there is none, or if the pointer is malformed.
    ///
    /// ```
    /// use changegate::document::{Document, Kind, Limits};
    /// let document = Document::parse("a.json", br#"{"a/b": [true]}"#.to_vec(), &Limits::default()).unwrap();
    /// assert_eq!(document.at("/a~1b/0").unwrap().kind(), Kind::Bool(true));
    /// assert!(document.at("/a~1b/00").is_none());
    /// ```
    pub fn at(&self, pointer: &str) -> Option<Value<'_>> {
        pointer::tokens(pointer)?.try_fold(self.root(), |value, token| {
            let token = token?;
            match value.kind() {
                Kind::Object => value.get(&token),
                Kind::Array => value.items().nth(pointer::index(&token)?),
                _ => None,
            }
        })
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({:?}, {} values)", self.source.name(), self.tree.nodes.len())
    }
}
