//! What a rule has read of the facts.

use super::Read;

/// What one rule has read of the facts, in order, each thing once.
///
/// Passing through an object on the way to a field is remembered as the last place, and is no reason: reasons are values,
/// and the absence of values.
#[derive(Debug, Default)]
pub struct Reads {
    reasons: Vec<Read>,
    last: Option<Read>,
    /// The last few, each in the place of the one so many reads before it: by these a place is found, however many were read.
    recent: [Option<Read>; RECENT],
    count: usize,
    seen: [Vec<u64>; 2],
    /// A bit for each absent field, which it shares with others: where it is not set, the field is new.
    absent: u64,
    /// What was read in the turns of the loops that run, those of the innermost last.
    aside: Vec<Read>,
}

/// A rule that reads more values than this before it reports has no use for a list of all of them.
const MOST_REASONS: usize = 64;

/// Between reading a value and reporting it as a place, a rule reads fewer others than this.
const RECENT: usize = 8;

impl Reads {
    /// Forgets everything, for the next rule.
    pub fn clear(&mut self) {
        self.reasons.clear();
        self.last = None;
        self.recent = [None; RECENT];
        self.aside.clear();
        self.absent = 0;
        for seen in &mut self.seen {
            seen.fill(0);
        }
    }

    /// Remembers a read; `reason` where the value itself was looked at.
    pub fn record(&mut self, read: Read, reason: bool) {
        self.last = Some(read);
        self.recent[self.count % RECENT] = Some(read);
        self.count = self.count.wrapping_add(1);
        if reason && self.reasons.len() < MOST_REASONS && self.is_new(read) {
            self.reasons.push(read);
        }
    }

    /// Moves the last place without a reason.
    pub fn point(&mut self, read: Read) {
        self.last = Some(read);
    }

    /// How many reasons there are, for [`Reads::set_aside`].
    pub fn mark(&self) -> usize {
        self.reasons.len()
    }

    /// How much is set aside, for the loop that begins.
    pub fn aside(&self) -> usize {
        self.aside.len()
    }

    /// Takes out the reasons since a mark: what was read in one turn of a loop is no reason for what is found in the next. `from` is what was
    /// set aside when the loop began.
    pub fn set_aside(&mut self, mark: usize, from: usize) {
        for read in self.reasons.drain(mark..) {
            if read.missing.is_none() {
                self.seen[read.root as usize][(read.node.0 / 64) as usize] &= !(1 << (read.node.0 % 64));
            }
            if self.aside.len() - from < MOST_REASONS {
                self.aside.push(read);
            }
        }
    }

    /// Puts them back: what was not found in any turn is found after the loop because of all of them.
    pub fn take_back(&mut self, from: usize) {
        for at in from..self.aside.len() {
            let read = self.aside[at];
            if self.reasons.len() < MOST_REASONS && self.is_new(read) {
                self.reasons.push(read);
            }
        }
        self.aside.truncate(from);
    }

    fn is_new(&mut self, read: Read) -> bool {
        // Absent fields are few before a rule reports one; values in a long list are many.
        if let Some(field) = read.missing {
            let bit = 1_u64 << (read.node.0.wrapping_mul(7).wrapping_add(field.index() as u32) % 64);
            let may_be_known = self.absent & bit != 0;
            self.absent |= bit;
            return !may_be_known || !self.reasons.contains(&read);
        }
        let seen = &mut self.seen[read.root as usize];
        let (word, bit) = ((read.node.0 / 64) as usize, 1_u64 << (read.node.0 % 64));
        if seen.len() <= word {
            seen.resize(word + 1, 0);
        }
        let new = seen[word] & bit == 0;
        seen[word] |= bit;
        new
    }

    /// What was looked at, in the order in which it was first read; at most 64.
    pub fn reasons(&self) -> &[Read] {
        &self.reasons
    }

    /// Whether more may have been read than is still known.
    pub fn are_cut(&self) -> bool {
        self.reasons.len() == MOST_REASONS
    }

    /// What was read last, or pointed at since: where a finding points that names no place.
    pub fn last(&self) -> Option<Read> {
        self.last
    }

    /// How often something was read.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// All that is still known of what was read, the last first.
    pub fn backwards(&self) -> impl Iterator<Item = Read> {
        let recent = (1..=RECENT).filter_map(|back| self.recent[self.count.wrapping_sub(back) % RECENT]);
        self.last.into_iter().chain(recent).chain(self.reasons.iter().rev().copied())
    }
}
