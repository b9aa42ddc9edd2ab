//! The tables of a script, as they lie.

use std::ops::Range;

use super::{At, Closure, Function, Loop, Many, Node};

/// The tables of a script that a run reads. Where they lie is found out once for a rule, and not at each step of it.
#[derive(Debug, Clone, Copy)]
pub struct Laid<'s> {
    pub nodes: &'s [Node],
    pub parts: &'s [At],
    pub text: &'s str,
    pub ends: &'s [u32],
    pub functions: &'s [Function],
    pub closures: &'s [Closure],
    pub loops: &'s [Loop],
}

impl<'s> Laid<'s> {
    /// Of a script that does nothing.
    pub const EMPTY: Self =
        Self { nodes: &[], parts: &[], text: "", ends: &[], functions: &[], closures: &[], loops: &[] };

    pub fn node(&self, at: At) -> Node {
        self.nodes[at as usize]
    }

    pub fn parts(&self, many: Many) -> &'s [At] {
        &self.parts[many.start as usize..][..many.len as usize]
    }

    /// A text by its number.
    pub fn text(&self, number: u32) -> &'s str {
        &self.text[self.lies(number)]
    }

    /// Its bytes, which is all that it takes to know a name.
    pub fn bytes(&self, number: u32) -> &'s [u8] {
        &self.text.as_bytes()[self.lies(number)]
    }

    fn lies(&self, number: u32) -> Range<usize> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        start as usize..self.ends[number as usize] as usize
    }
}
