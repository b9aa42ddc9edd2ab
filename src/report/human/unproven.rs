//! What nobody could tell of what proposals claim.

use super::paint::Paint;
use crate::evidence::{Answer, Entry};
use crate::report::escape;
use std::sync::Arc;

const LONGEST: usize = 400;
/// So many are told; the report for programs has them all.
const MOST: usize = 20;

/// What was asked, of whom, and whether they could tell.
pub(super) fn told(paint: &Paint, entry: &Entry) -> String {
    let told = format!("{}, asked of {}: {}", entry.question, entry.of, entry.answer.state());
    escape::line(&told, 240, paint.ellipsis())
}

/// The first of what was asked in vain, each once, and how much there is.
#[derive(Debug, Default)]
pub(super) struct Unproven {
    first: Vec<String>,
    all: usize,
    /// All that was asked about the run itself.
    pub(super) of_run: Vec<String>,
}

impl Unproven {
    pub(super) fn add(&mut self, paint: &Paint, consulted: &[Arc<Entry>]) {
        for entry in consulted {
            let Answer::Unavailable { why, help, .. } = &entry.answer else { continue };
            let told = escape::line(&format!("{}: {why}; {help}", entry.question), LONGEST, paint.ellipsis());
            if self.first.contains(&told) {
                continue;
            }
            self.all += 1;
            if self.first.len() < MOST {
                self.first.push(told);
            }
        }
    }

    /// What was asked about the run itself.
    pub(super) fn add_of_run(&mut self, paint: &Paint, consulted: &[Arc<Entry>]) {
        self.add(paint, consulted);
        self.of_run.extend(consulted.iter().map(|entry| told(paint, entry)));
    }

    pub(super) fn rows(&self) -> Vec<String> {
        let mut rows = self.first.clone();
        if self.all > rows.len() {
            rows.push(format!("and {} more; `--report json=FILE` has them all", self.all - rows.len()));
        }
        rows
    }
}
