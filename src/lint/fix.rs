//! Mending what lints found, where that is safe: what is taken out was never read, and nothing else changes by it.

use super::{Linted, Told, lint};
use crate::files::Files;
use crate::finding::Finding;
use crate::source::{Place, Source, Span};
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
    /// What was mended, at the places of the text as it was.
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

    /// The same rule without what was mended, as its file still is.
    #[must_use]
    pub fn undone(self, files: &Files) -> Self {
        Self::unmended(files, &(self.linted.rule, self.before))
    }
}

/// Mends a rule, reads it again, and goes on until nothing is left that can be mended.
pub fn fix(files: &Files, rule: &(Arc<str>, Arc<Source>)) -> Fixed {
    let mut fixed = Fixed::unmended(files, rule);
    let mut rounds: Vec<Vec<Span>> = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let Some((text, mended, taken)) = mend(&fixed) else { break };
        let source = Arc::new(Source::new(fixed.source.name(), text));
        let linted = lint(files, &(Arc::clone(&rule.0), Arc::clone(&source)));
        // What could not be read any more is not written.
        if !linted.faults.is_empty() {
            break;
        }
        for mut finding in mended {
            let span = rounds.iter().rev().fold(finding.primary.place.span, |span, taken| before(span, taken));
            finding.primary.place = Place::new(&fixed.before, span);
            fixed.mended.push(finding);
        }
        rounds.push(taken);
        (fixed.source, fixed.linted) = (source, linted);
    }
    fixed.mended.sort_by_key(|finding| finding.primary.place.span);
    fixed
}

/// The text after one round, what that mends, and what was taken out, from the beginning on; none where there is nothing.
fn mend(fixed: &Fixed) -> Option<(String, Vec<Finding>, Vec<Span>)> {
    let mut text = fixed.source.text().to_owned();
    let (mut mended, mut taken) = (Vec::new(), Vec::new());
    let mut untouched = text.len();
    // From the end, so that the places before stay what they are.
    let mut all: Vec<_> = fixed.linted.told.iter().filter_map(|told| Some((told, told.found.out?))).collect();
    all.sort_by_key(|(_, out)| std::cmp::Reverse(*out));
    for (told, out) in all {
        // Of two on one line, the other one has its turn in the next round.
        if out.end as usize <= untouched {
            text.replace_range(out.range(), "");
            untouched = text[..out.start as usize].rfind('\n').map_or(0, |at| at + 1);
            mended.push(Told::finding(told, &fixed.source));
            taken.push(out);
        }
    }
    taken.reverse();
    (!mended.is_empty()).then_some((text, mended, taken))
}

/// Where a stretch of a text stood before something was taken out of that.
fn before(span: Span, taken: &[Span]) -> Span {
    let at = |byte: u32, is_end: bool| {
        taken.iter().fold(byte, |at, out| {
            let follows = if is_end { out.start < at } else { out.start <= at };
            if follows { at + out.len() as u32 } else { at }
        })
    };
    Span { start: at(span.start, false), end: at(span.end, true) }
}
