//! What a rule leaves behind while it runs: the value of each expression, in the turn and the call in which it came.
//!
//! It is bounded whatever the rule and the facts are: of the turns of a loop some are kept, and of all values so many.

use crate::facts::Read;
use crate::policy::script::{At, Script};
use std::collections::{BTreeMap, BTreeSet};

/// The first so many turns of a loop are kept, besides the last.
const FIRST: u32 = 2;
/// So many are kept of those in which something was reported.
const TOLD: usize = 3;
/// Values and turns that are kept of one rule.
const MOST: usize = 20_000;

/// What an expression came to.
#[derive(Debug, Clone)]
pub struct Seen {
    /// As it is shown.
    pub text: String,
    pub came: Came,
    /// Where it was read, where it was.
    pub read: Option<Read>,
}

/// What a value is to a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    Flag(bool),
    Nothing,
    /// A report, by its number.
    Report(usize),
    Other,
}

/// A turn of a loop, a call of a function of the rule or of a closure; the outermost is `check`.
#[derive(Debug, Default)]
pub struct Frame {
    /// What came of the nodes that were evaluated in it.
    pub seen: BTreeMap<At, Kept<Seen>>,
    /// By the body of a loop or of a closure, or by the call of a function of the rule.
    pub inner: BTreeMap<At, Kept<Self>>,
    /// The item that it is about; of a function its arguments.
    pub given: Vec<Seen>,
    /// Whether something was reported in it, or it failed.
    told: bool,
    size: usize,
}

/// Some of those that there were.
#[derive(Debug)]
pub struct Kept<T> {
    pub times: u32,
    /// With their numbers, from 1.
    pub items: Vec<(u32, T)>,
    told: Vec<u32>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { times: 0, items: Vec::new(), told: Vec::new() }
    }
}

impl<T> Kept<T> {
    /// Adds the next one, and gives back what is no more kept.
    fn add(&mut self, what: T, told: bool) -> Option<T> {
        self.times = self.times.saturating_add(1);
        let given_up = |(number, _): &(u32, T)| *number > FIRST && !self.told.contains(number);
        let lost = if self.items.last().is_some_and(given_up) { self.items.pop() } else { None };
        if told && self.told.len() < TOLD {
            self.told.push(self.times);
        }
        self.items.push((self.times, what));
        lost.map(|(_, what)| what)
    }

    pub fn last(&self) -> Option<&T> {
        self.items.last().map(|(_, what)| what)
    }
}

/// What is left behind by the rule that runs.
#[derive(Debug)]
pub struct Tape {
    /// The bodies of loops and closures.
    turns: BTreeSet<At>,
    /// Those of functions.
    functions: BTreeSet<At>,
    /// From `check` to what runs.
    frames: Vec<Frame>,
    /// The calls of functions that are being answered.
    sites: Vec<At>,
    kept: usize,
    /// Whether more was evaluated than is kept.
    pub cut: bool,
}

impl Tape {
    pub fn new(script: &Script) -> Self {
        let loops = script.loops.iter().map(|turns| turns.body);
        let turns = loops.chain(script.closures.iter().map(|closure| closure.body));
        // What is gone through by its condition has no entry of its own.
        let whiles = script.nodes.iter().filter_map(|node| match *node {
            crate::policy::script::Node::While(_, body) | crate::policy::script::Node::Do(body, ..) => Some(body),
            _ => None,
        });
        Self {
            turns: turns.chain(whiles).collect(),
            functions: script.functions.iter().map(|function| function.body).collect(),
            frames: vec![Frame::default()],
            sites: Vec::new(),
            kept: 0,
            cut: false,
        }
    }

    /// Whether what begins at a node has a frame of its own. That of `check` is there.
    pub fn begins(&self, at: At) -> bool {
        self.turns.contains(&at) || self.functions.contains(&at) && !self.sites.is_empty()
    }

    pub fn begin(&mut self, given: Vec<Seen>) {
        self.frames.push(Frame { given, size: 1, ..Frame::default() });
    }

    /// The frame ends that began at a node.
    pub fn end(&mut self, at: At) {
        if self.frames.len() < 2 {
            return;
        }
        let (Some(frame), Some(site)) = (self.frames.pop(), self.site(at)) else { return };
        let Some(outer) = self.frames.last_mut() else { return };
        outer.told |= frame.told;
        let kept = outer.inner.entry(site).or_default();
        if self.kept >= MOST && frame.seen.is_empty() {
            self.cut = true;
            kept.times = kept.times.saturating_add(1);
            return;
        }
        let (told, size) = (frame.told, frame.size);
        self.kept += 1;
        outer.size += size;
        if let Some(lost) = kept.add(frame, told) {
            outer.size = outer.size.saturating_sub(lost.size);
            self.kept = self.kept.saturating_sub(lost.size);
        }
    }

    fn site(&self, at: At) -> Option<At> {
        if self.turns.contains(&at) { Some(at) } else { self.sites.last().copied() }
    }

    /// A function of the rule is called from a node.
    pub fn call(&mut self, site: At) {
        self.sites.push(site);
    }

    pub fn answered(&mut self) {
        self.sites.pop();
    }

    /// What runs has reported something, or failed.
    pub fn tell(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.told = true;
        }
    }

    /// Whether no more is kept of what runs. Of `check` itself all is: it is no more than the rule has.
    pub fn is_full(&mut self) -> bool {
        let is_full = self.kept >= MOST && self.frames.len() > 1;
        self.cut |= is_full;
        is_full
    }

    pub fn see(&mut self, at: At, seen: Seen) {
        let Some(frame) = self.frames.last_mut() else { return };
        self.kept += 1;
        frame.size += 1;
        let told = matches!(seen.came, Came::Report(_));
        if frame.seen.entry(at).or_default().add(seen, told).is_some() {
            self.kept -= 1;
            frame.size -= 1;
        }
    }

    /// All that is left, when the rule has ended.
    pub fn whole(mut self) -> Frame {
        self.frames.truncate(1);
        self.frames.pop().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn the_first_the_last_and_what_was_told_are_kept() {
        let mut kept = Kept::default();
        for number in 1..=1000_u32 {
            kept.add((), [7, 8, 500, 501, 502].contains(&number));
        }
        let numbers: Vec<_> = kept.items.iter().map(|(number, ())| *number).collect();
        assert_eq!((kept.times, numbers), (1000, vec![1, 2, 7, 8, 500, 1000]));
    }
}
