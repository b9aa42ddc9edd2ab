//! What is said of proposals that stand on the base as they did, or whose plans do.

use super::listed::Listed;
use crate::report::counts::count;
use crate::roster::Left;
use crate::verdict::{Judgement, Outcome, Tally};

/// Gathered as the run goes.
#[derive(Debug, Default)]
pub(super) struct OnBase {
    /// What does not pass, and is no work of the change, or is judged as the change has to do with it.
    not_passing: Listed,
    /// How many of these are no work of the change.
    inherited: usize,
    /// What is judged by the rules of another phase, or will be.
    later: Listed,
}

impl OnBase {
    /// Adds a proposal; its file is said twice, in the paint of a list and by itself.
    pub(super) fn add(&mut self, painted: &str, file: &str, judgement: &Judgement) {
        let outcome = judgement.outcome();
        let why = judgement.whose().why(outcome).filter(|_| outcome != Outcome::Pass);
        self.not_passing.extend(painted, why.map(|why| format!("{file} is {outcome}: {why}")).into_iter());
        self.inherited += usize::from(judgement.is_inherited());
        let later = match judgement.left {
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
        match self.inherited {
            0 => String::new(),
            number => format!(" ({} as on the base, not of this change)", count(number, "proposal")),
        }
    }

    /// Each names its file.
    pub(super) fn not_passing(&self) -> Vec<String> {
        self.not_passing.rows(1)
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
