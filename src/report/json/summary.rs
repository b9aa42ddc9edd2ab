//! What a run has come to, in the shape of `changegate.report/v1`.

use crate::verdict::Tally;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Summary {
    proposals: usize,
    evaluated: usize,
    ended: usize,
    closed: usize,
    open: usize,
    planned: usize,
    passed: usize,
    blocked: usize,
    undecided: usize,
    deny: usize,
    waived: usize,
    warn: usize,
    info: usize,
    faults: usize,
}

impl Summary {
    pub(super) const fn of(tally: &Tally) -> Self {
        let Tally {
            proposals,
            evaluated,
            ended,
            closed,
            open,
            planned,
            passed,
            blocked,
            undecided,
            deny,
            waived,
            warn,
            info,
            faults,
            denied: _,
            kept: _,
            own: _,
            inherited: _,
            none_due: _,
        } = *tally;
        Self {
            proposals,
            evaluated,
            ended,
            closed,
            open,
            planned,
            passed,
            blocked,
            undecided,
            deny,
            waived,
            warn,
            info,
            faults,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Exit<'a> {
    pub(super) status: u8,
    pub(super) causes: Vec<&'a str>,
}
