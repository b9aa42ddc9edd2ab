//! Writing down what came of a node: values, reports, and where they were read.

use super::shown::cut;
use super::tape::{Came, Seen};
use super::walk::{Here, Walk};
use super::{Note, Origin, Told};
use crate::facts::{Read, Root};
use crate::finding::Level;
use crate::policy::evaluate::effective;
use crate::policy::script::{At, Many};

/// Characters by which a value is known again.
const KNOWN_AGAIN: usize = 40;
/// Notes that are told of one rule.
const MOST: usize = 4_000;

impl Walk<'_> {
    pub(super) fn report(&mut self, here: Here<'_>, at: At) {
        let Some(kept) = here.frame.seen.get(&at) else { return };
        for (_, seen) in &kept.items {
            let Came::Report(number) = seen.came else { continue };
            let ((level, blocks_on), value) = match self.reported.get(number) {
                Some(reported) => (self.rule.weighed(effective(self.rule, reported.level)), reported.message.clone()),
                None => ((Level::Info, None), "one more than are told".to_owned()),
            };
            if here.reports {
                self.reports_at.push((at, here.turn.to_owned()));
            }
            let from = self.reported.get(number).and_then(|reported| reported.primary).map(|read| self.origin(read));
            let (turn, kind) = (here.turn.to_owned(), Told::Says(level, blocks_on));
            let note = Note { turn, text: String::new(), value, kind, from };
            self.put(at, note);
        }
    }

    pub(super) fn owed(&mut self, here: Here<'_>, at: At, arguments: Many) {
        if here.frame.seen.contains_key(&at) {
            let id = self.rule.script.parts(arguments).first().map(|id| self.words.of(*id)).unwrap_or_default();
            let (turn, text) = (here.turn.to_owned(), String::new());
            self.put(at, Note { turn, text, value: id, kind: Told::Owes, from: None });
        }
    }

    /// What came of a node, each time that is kept.
    pub(super) fn values(&mut self, here: Here<'_>, at: At, text: String, kind: Told) {
        let Some(kept) = here.frame.seen.get(&at) else { return };
        for (number, seen) in &kept.items {
            let note = self.value(seen, &several(here.turn, "time", *number, kept.times), text.clone(), kind);
            self.put(at, note);
        }
    }

    /// A variable is told where it is set, with all that is known of it; where it is used, what it takes to know it again.
    pub(super) fn variable(&mut self, here: Here<'_>, at: At) {
        let Some(kept) = here.frame.seen.get(&at) else { return };
        for (number, seen) in &kept.items {
            let value = cut(&seen.text, KNOWN_AGAIN);
            let turn = several(here.turn, "time", *number, kept.times);
            self.put(at, Note { turn, text: self.words.of(at), value, kind: Told::Value, from: None });
        }
    }

    pub(super) fn value(&self, seen: &Seen, turn: &str, text: String, kind: Told) -> Note {
        let from = seen.read.map(|read| self.origin(read));
        Note { turn: turn.to_owned(), text, value: seen.text.clone(), kind, from }
    }

    pub(super) fn origin(&self, read: Read) -> Origin {
        let place = self.facts.is_written(read).then(|| self.facts.place(read));
        let (absent, evidence) = (read.missing.is_some(), read.root == Root::Evidence);
        Origin { pointer: self.facts.pointer(read), place, absent, evidence }
    }

    pub fn line(&self, at: At) -> u32 {
        self.rule.script.begin(at).map_or(1, |(line, _)| line)
    }

    pub(super) fn put(&mut self, at: At, note: Note) {
        self.put_at(self.line(at), note);
    }

    pub(super) fn put_at(&mut self, line: u32, note: Note) {
        // Of what stands in no turn there is no more than the rule has.
        if self.notes >= MOST && !note.turn.is_empty() {
            self.cut = true;
            return;
        }
        let notes = self.lines.entry(line).or_default();
        let is_known = |other: &Note| other.turn == note.turn && other.text == note.text && other.value == note.value;
        if !notes.iter().any(is_known) {
            self.notes += 1;
            notes.push(note);
        }
    }
}

pub fn joined(outer: &str, inner: &str) -> String {
    if outer.is_empty() || inner.is_empty() { format!("{outer}{inner}") } else { format!("{outer}, {inner}") }
}

/// The turn, and which one of several in it.
pub fn several(turn: &str, noun: &str, number: u32, times: u32) -> String {
    if times < 2 { turn.to_owned() } else { joined(turn, &format!("{noun} {number} of {times}")) }
}
