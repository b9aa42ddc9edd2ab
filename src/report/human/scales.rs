//! Of what scale the proposals of a run are, and why.

use super::paint::{DIM, Paint};
use crate::proposal::Scale;
use crate::report::escape;
use crate::verdict::{Judgement, Scaled};

const LONGEST: usize = 400;
/// So many proposals have a line each; nobody reads more, and the report for programs has them all.
const MOST: usize = 20;

/// The scales of the first proposals, each with its file, and how many of each scale the others are.
#[derive(Debug, Default)]
pub(super) struct Scales {
    first: Vec<(String, String)>,
    others: [usize; Scale::ALL.len()],
}

impl Scales {
    pub(super) fn add(&mut self, paint: &Paint, judgement: &Judgement) {
        let Some(scaled) = &judgement.scale else { return };
        if self.first.len() < MOST {
            let file = escape::line(&judgement.file, LONGEST, paint.ellipsis());
            self.first.push((of(paint, scaled), file));
        } else {
            self.others[scaled.scale as usize] += 1;
        }
    }

    /// Of which file needs saying only where there are several.
    pub(super) fn rows(&self, paint: &Paint, proposals: usize) -> Vec<String> {
        let row = |(scale, file): &(String, String)| {
            if proposals == 1 { scale.clone() } else { format!("{scale} {}", paint.text(DIM, file)) }
        };
        let mut rows: Vec<_> = self.first.iter().map(row).collect();
        let others: usize = self.others.iter().sum();
        if others > 0 {
            let each = Scale::ALL.iter().zip(self.others).filter(|(_, number)| *number > 0);
            let each: Vec<_> = each.map(|(scale, number)| format!("{number} {}", scale.as_str())).collect();
            rows.push(format!("and {others} more: {}", each.join(", ")));
        }
        rows
    }
}

/// `routine (a patch step …)`: what a proposal had to show, and why.
pub(super) fn of(paint: &Paint, scaled: &Scaled) -> String {
    let why = escape::line(&scaled.why, LONGEST, paint.ellipsis());
    format!("{} {}", scaled.scale.as_str(), paint.text(DIM, &format!("({why})")))
}
