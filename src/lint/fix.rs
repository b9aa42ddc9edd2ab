//! Mending what lints found, where that is safe: what is taken out was never read, and nothing else changes by it.

use super::{Linted, Told, lint};
use crate::files::Files;
use crate::finding::Finding;
use crate::source::Source;
use std::sync::Arc;

/// What is mended may show more that can be; no rule has as many variables and parameters.
const MOST_ROUNDS: usize = 1_000;

/// What became of a rule.
#[derive(Debug)]
pub struct Fixed {
    /// Its text as it was.
    pub before: Arc<Source>,
    /// Its text as it is then; the same where nothing was mended.
    pub source: Arc<Source>,
    /// What was mended, at the places of the text in which it was found.
    pub mended: Vec<Finding>,
    /// What is left.
    pub linted: Linted,
}

impl Fixed {
    /// A rule that is only looked through.
    pub fn unmended(files: &Files, rule: &(Arc<str>, Arc<Source>)) -> Self {
        let source = || Arc::clone(&rule.1);
        Self { before: source(), source: source(), mended: Vec::new(), linted: lint(files, rule) }
    }
}

/// Mends a rule, reads it again, and goes on until nothing is left that can be mended.
pub fn fix(files: &Files, rule: &(Arc<str>, Arc<Source>)) -> Fixed {
    let mut fixed = Fixed::unmended(files, rule);
    for _ in 0..MOST_ROUNDS {
        let Some((text, mended)) = mend(&fixed) else { break };
        let source = Arc::new(Source::new(fixed.source.name(), text));
        let linted = lint(files, &(Arc::clone(&rule.0), Arc::clone(&source)));
        // What could not be read any more is not written.
        if !linted.faults.is_empty() {
            break;
        }
        fixed.mended.extend(mended);
        (fixed.source, fixed.linted) = (source, linted);
    }
    fixed
}

/// The text with one round of edits, and what they mend; none where there is nothing.
fn mend(fixed: &Fixed) -> Option<(String, Vec<Finding>)> {
    let mut text = fixed.source.text().to_owned();
    let mut mended = Vec::new();
    let mut untouched = text.len();
    // From the end, so that the places before stay what they are.
    let mut all: Vec<_> = fixed.linted.told.iter().filter_map(|told| Some((told, told.found.edit.as_ref()?))).collect();
    all.sort_by_key(|(_, edit)| std::cmp::Reverse(edit.span));
    for (told, edit) in all {
        // Of two on one line, the other one has its turn in the next round.
        if edit.span.end as usize <= untouched {
            text.replace_range(edit.span.range(), &edit.text);
            untouched = text[..edit.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
            mended.push(Told::finding(told, &fixed.source));
        }
    }
    mended.reverse();
    (!mended.is_empty()).then_some((text, mended))
}
