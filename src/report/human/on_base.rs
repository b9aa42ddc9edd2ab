//! What is said of proposals that stand on the base as they did, or whose plans do.

use super::listed::Listed;
use crate::report::counts::count;
use crate::roster::Left;
use crate::verdict::{Judgement, Outcome, Tally};

/// Gathered as the run goes.
#[derive(Debug, Default)]
pub(super) struct OnBase {
    /// What does not pass, and is no work of the change.
    inherited: Listed,
    /// What is judged by the rules of another phase, or will be.
    later: Listed,
}

impl OnBase {
    /// Adds a proposal; its file is said twice, in the paint of a list and by itself.
    pub(super) fn add(&mut self, painted: &str, file: &str, judgement: &Judgement) {
        let inherited = judgement
            .is_inherited()
            .then(|| format!("{file} is {}: as on the base, and not of this change", judgement.outcome()));
        self.inherited.extend(painted, inherited.into_iter());
        let later = match judgement.left {
            None if judgement.concern.is_some() && judgement.outcome() != Outcome::Pass => {
                judgement.concern.map(|concern| format!("{file} is {}: {}", judgement.outcome(), concern.why()))
            }
            Some(left @ Left::Plan) => Some(format!("{file}: {}", left.why())),
            _ if judgement.ends => {
                Some(format!("{file}: the change says how it ended, and it is judged by the rules of the phase close"))
            }
            _ => None,
        };
        self.later.extend(painted, later.into_iter());
    }

    /// For the one line of a report that says little else.
    pub(super) fn brief(&self) -> String {
        match self.inherited.number() {
            0 => String::new(),
            number => format!(" ({} as on the base, not of this change)", count(number, "proposal")),
        }
    }

    /// Each names its file.
    pub(super) fn inherited(&self) -> Vec<String> {
        self.inherited.rows(1)
    }

    /// What was not judged, or by the rules of another phase, each with the name of its row.
    pub(super) fn left(&self, tally: &Tally) -> Vec<(&'static str, String)> {
        let mut rows = Vec::new();
        if tally.closed > 0 {
            let (are, them) = if tally.closed == 1 { ("is", "it") } else { ("are", "them") };
            let closed = count(tally.closed, "proposal");
            rows.push(("closed", format!("{closed} {are} done, and as on the base; `--phase close` judges {them}")));
        }
        if tally.open > 0 {
            let are = if tally.open == 1 { "is" } else { "are" };
            let open = count(tally.open, "proposal");
            rows.push(("open", format!("{open} {are} open, as on the base, and not of this change")));
        }
        let names = std::iter::once("later").chain(std::iter::repeat(""));
        rows.extend(names.zip(self.later.rows(1)));
        rows
    }
}
