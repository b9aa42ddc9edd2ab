//! What a run about a change does not judge, as the change has nothing to do with it, or it was judged before.

use super::{Coming, Roster};
use crate::roster::entry::Seen;
use std::collections::HashSet;

/// Packages by their URLs and names.
pub type Packages = Vec<(String, String)>;

/// Why a run about a change does not judge a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It is done, and as on the base.
    Done,
    /// It is open, and as on the base: nothing that the change does is of it.
    Open,
    /// The change brings what later phases add to it, and its plan is as on the base, where it was judged.
    Plan,
}

/// Why a run about a change judges a proposal that the change leaves as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// The change pins what it proposes.
    Pins,
    /// The change brings a proposal that concerns it: it is judged by the rules that look at others.
    Meets,
}

impl Concern {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pins => "pins",
            Self::Meets => "meets",
        }
    }

    /// The one with this word.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Pins, Self::Meets].into_iter().find(|concern| concern.as_str() == word)
    }

    /// The same, as a sentence.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Pins => "as on the base, and the change pins what it proposes",
            Self::Meets => "as on the base, and the change brings a proposal that meets it",
        }
    }
}

/// What the configuration agrees to, and what the change touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Whether the change may come without a proposal.
    pub may_be_without: bool,
    /// Whether what it does to proposals may be all that it comes for.
    pub alone: bool,
}

impl Left {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "closed",
            Self::Open => "open",
            Self::Plan => "planned",
        }
    }

    /// The one with this word.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Done, Self::Open, Self::Plan].into_iter().find(|left| left.as_str() == word)
    }

    /// Why it is not judged, as a sentence, with code in backticks.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Done => "it is done, and as it was on the base: `--phase close` judges it",
            Self::Open => "it is open, as on the base, and not of this change",
            Self::Plan => {
                "its plan is as on the base, where it was judged; what is new is judged in the phases deploy and close"
            }
        }
    }
}

impl Roster {
    /// Whether the change that the run is about comes with the plan of a proposal, be it a valid one or not. One that is done, or ends with this
    /// change, speaks for no step of it: anybody could touch it.
    pub fn comes_with_the_change(&self) -> bool {
        let comes = |seen: &Seen| seen.comes != Coming::Not && seen.left.is_none() && !seen.ends();
        self.seen.iter().any(|seen| comes(seen) && seen.entry.as_ref().is_none_or(|entry| !entry.closed))
    }

    /// Leaves out what the change of a run about the plan has nothing to do with, when it is known which packages it pins otherwise.
    ///
    /// What is open and proposes one of them is of the change, whatever the change touches; what meets a proposal that the change brings is
    /// looked at again beside that. Where the change brings none, and nobody agrees that it may be without one, each that is open may be meant.
    pub fn leave(&mut self, pinned: &[(String, String)], terms: &Terms) {
        let is_open = |seen: &Seen| seen.told && seen.entry.as_ref().is_some_and(|entry| !entry.closed);
        for seen in self.seen.iter_mut().filter(|seen| is_open(seen) && seen.comes == Coming::Later && !seen.ends()) {
            seen.left = terms.alone.then_some(Left::Plan);
        }
        for index in self.meant_by(pinned) {
            if let Some(seen) = self.seen.get_mut(index) {
                (seen.left, seen.concern) = (None, (seen.comes == Coming::Not).then_some(Concern::Pins));
            }
        }
        let is_later = |seen: &Seen| seen.comes == Coming::Later;
        let comes = self.comes_with_the_change() || terms.alone && self.seen.iter().any(is_later);
        if !comes && !terms.may_be_without {
            return;
        }
        let stand = |(_, seen): &(usize, &Seen)| is_open(seen) && seen.comes == Coming::Not && seen.concern.is_none();
        let stand: Vec<_> = self.seen.iter().enumerate().filter(stand).map(|(index, _)| index).collect();
        let meets = |index: &usize| self.others(*index).shown.iter().any(|&other| self.is_brought(other));
        let (meeting, others): (Vec<_>, Vec<_>) = stand.into_iter().partition(meets);
        for (indices, left, concern) in [(meeting, None, Some(Concern::Meets)), (others, Some(Left::Open), None)] {
            for index in indices {
                (self.seen[index].left, self.seen[index].concern) = (left, concern);
            }
        }
    }

    /// Those that propose what the change pins. Where the change brings a proposal of that itself, no other is meant.
    fn meant_by(&self, pinned: &[(String, String)]) -> HashSet<usize> {
        let is_new =
            |(url, name): &&(String, String)| !self.proposed.proposing((url, name)).any(|index| self.is_brought(index));
        pinned.iter().filter(is_new).flat_map(|(url, name)| self.standing.proposing((url, name))).collect()
    }

    /// Whether the change brings the plan of a proposal.
    pub fn is_brought(&self, index: usize) -> bool {
        self.seen.get(index).is_some_and(|seen| seen.comes != Coming::Not && seen.left.is_none() && !seen.ends())
    }

    /// Why a proposal is judged that the change leaves as it is on the base.
    pub fn concern(&self, index: usize) -> Option<Concern> {
        self.seen.get(index)?.concern
    }

    /// Whether the change says of a proposal how it ended, and leaves its plan as it stood: then it is judged by the rules of its close.
    pub fn ends(&self, index: usize) -> bool {
        self.seen.get(index).is_some_and(Seen::ends)
    }

    /// Why the run does not judge a proposal, and the id of that; none of one that it does, and in a run about no change.
    pub fn left(&self, index: usize) -> Option<(Left, &str)> {
        let seen = self.seen.get(index)?;
        Some((seen.left?, &seen.entry.as_ref()?.id))
    }
}
