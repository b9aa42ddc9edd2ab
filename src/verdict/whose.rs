//! Whose it is what a report tells: of the change that the run is about, or of what stands on the base.

use super::{Judgement, Outcome};
use crate::roster::Concern;

/// Whose something is, the nearest to the change first: where a report has no room for all, that is told before the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Of the run itself, as that the change touches what it is judged by.
    Run,
    /// Of a proposal of the change, or of a run about no change.
    Change,
    /// Of a proposal that the change leaves as it is on the base, and has to do with.
    Concern(Concern),
    /// Of another one that stands on the base.
    Base,
}

impl Whose {
    /// That of a proposal.
    pub const fn of(of_change: Option<bool>, concern: Option<Concern>) -> Self {
        match (of_change, concern) {
            (_, Some(concern)) => Self::Concern(concern),
            (Some(false), None) => Self::Base,
            _ => Self::Change,
        }
    }

    /// Whether a proposal does not pass, and is no work of the change.
    pub fn is_inherited(self, outcome: Outcome) -> bool {
        self == Self::Base && outcome != Outcome::Pass
    }

    /// Why a proposal of this outcome is told though the change leaves it as it is, where it does.
    pub fn why(self, outcome: Outcome) -> Option<&'static str> {
        match self {
            Self::Concern(concern) => Some(concern.why()),
            Self::Base if self.is_inherited(outcome) => Some("as on the base, and not of this change"),
            _ => None,
        }
    }
}

impl Judgement {
    /// Whose it is.
    pub const fn whose(&self) -> Whose {
        Whose::of(self.of_change, self.concern)
    }

    /// Whether it does not pass, and is no work of the change that the run is about.
    pub fn is_inherited(&self) -> bool {
        self.whose().is_inherited(self.outcome())
    }
}
