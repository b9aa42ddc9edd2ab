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

impl Left {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "closed",
            Self::Open => "open",
            Self::Plan => "planned",
        }
    }

    /// Why it is not judged, as a sentence, with code in backticks.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Done => "it is done, and as it was on the base: `--phase close` judges it",
            Self::Open => "it is open, as on the base, and the change is not of it",
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

    /// Leaves out what the change of a run about the plan has nothing to do with, when it is known which packages it pins otherwise. What is open
    /// and proposes one of them is of the change, whatever the change touches. Where the change touches no proposal, and nobody agrees that it
    /// `may_be_without` one, each that is open may be meant.
    pub fn leave(&mut self, pinned: &[(String, String)], may_be_without: bool) {
        let of_change = pinned.iter().flat_map(|(url, name)| self.standing.proposing((url, name)));
        let of_change: HashSet<usize> = of_change.collect();
        let comes = self.comes_with_the_change() || self.seen.iter().any(|seen| seen.comes == Coming::Later);
        for (index, seen) in self.seen.iter_mut().enumerate() {
            let Some(entry) = seen.entry.as_ref().filter(|entry| !entry.closed) else { continue };
            if of_change.contains(&index) {
                continue;
            }
            match seen.comes {
                Coming::Later if !entry.ended => seen.left = Some(Left::Plan),
                Coming::Not if comes || may_be_without => seen.left = Some(Left::Open),
                _ => {}
            }
        }
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
