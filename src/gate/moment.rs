//! When a proposal is judged: one gate can judge in each phase, and as of any time.

use super::Gate;
use crate::facts::Phase;
use crate::policy::RuleSet;
use crate::verdict::Judgement;
use jiff::Timestamp;

/// When in its life a proposal is judged, and as of which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When in its life.
    pub phase: Phase,
    /// As of which time. Which rules block by then, and which waivers hold, goes by the day of the run all the same.
    pub now: Timestamp,
}

impl Gate {
    /// That of the run.
    pub const fn moment(&self) -> Moment {
        Moment { phase: self.phase, now: self.now }
    }

    /// The rules as they are in a phase.
    pub(super) fn rules_in(&self, phase: Phase) -> &RuleSet {
        if phase == self.phase {
            return &self.rules;
        }
        let cell = match phase {
            Phase::Plan => &self.in_phases[0],
            Phase::Deploy => &self.in_phases[1],
            Phase::Close => &self.in_phases[2],
        };
        cell.get_or_init(|| self.rules.in_phase(phase))
    }

    /// Judges the bytes of one file by itself, in another phase than that of the run or as of another time.
    pub fn judge_at(&self, file: &str, bytes: Vec<u8>, moment: Moment) -> Judgement {
        self.judge_among_at(file, bytes, &super::Others::default(), moment)
    }
}
