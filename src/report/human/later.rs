//! What is told of proposals that stand on the base: later than all that is told of the change, which so comes first where there is room for
//! so many in full.

use crate::verdict::Whose;
use std::collections::BTreeMap;

/// Something as it will be printed.
#[derive(Debug)]
pub(super) enum Kept {
    /// Which proposal the next ones are about.
    Heading(String),
    /// A finding or a fault on one line, and in full as long as there may be room for that.
    Entry { full: Option<String>, line: String },
}

/// Gathered as the run goes: what is nearest to the change first, each with how many findings and faults are in it.
#[derive(Debug, Default)]
pub(super) struct Later(BTreeMap<Whose, (usize, Vec<Kept>)>);

impl Later {
    /// Whether what is told of such a proposal is told later.
    pub(super) const fn takes(whose: Whose) -> bool {
        matches!(whose, Whose::Concern(_) | Whose::Base)
    }

    pub(super) fn add(&mut self, whose: Whose, kept: Kept) {
        let (entries, all) = self.0.entry(whose).or_default();
        *entries += usize::from(matches!(kept, Kept::Entry { .. }));
        all.push(kept);
    }

    /// How many findings and faults will stand before the next of such a proposal.
    pub(super) fn before(&self, whose: Whose) -> usize {
        self.0.range(..=whose).map(|(_, (entries, _))| entries).sum()
    }

    /// All of it, in order.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Kept> + use<> {
        std::mem::take(&mut self.0).into_values().flat_map(|(_, all)| all)
    }
}
