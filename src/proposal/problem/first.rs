//! The first problems of a document, and how many there are besides.

use super::{Problem, What};
use crate::source::Place;

/// So many are told of one document. Nobody mends more at a time, and a hostile one has a problem every few bytes.
pub const MOST_TOLD: usize = 100;

/// Problems as they are found, in whatever order, of which those that stand first in the document are kept.
#[derive(Debug, Default)]
pub(in crate::proposal) struct First {
    /// Those that may be told, and one more, to show where the others begin.
    kept: Vec<Problem>,
    /// Where the last of them begins, when there are as many as are kept: nothing from here on comes to be told.
    bound: Option<u32>,
    dropped: usize,
}

impl First {
    /// Adds the problem at a place. It is made only if it may come to be told: the pointer of each could be as long as the document.
    pub fn add(&mut self, place: Place, make: impl FnOnce(Place) -> Problem) {
        if self.bound.is_some_and(|bound| place.span.start >= bound) {
            self.dropped += 1;
            return;
        }
        self.kept.push(make(place));
        if self.kept.len() > 2 * MOST_TOLD {
            self.sort();
        }
    }

    /// The first ones in the order of the document; where there are more, the last says how many.
    pub fn told(mut self) -> Vec<Problem> {
        self.sort();
        if let Some(next) = self.kept.get_mut(MOST_TOLD) {
            next.what = What::TooManyProblems { more: self.dropped + 1 };
            next.related.clear();
        }
        self.kept
    }

    fn sort(&mut self) {
        self.kept.sort_by_key(|problem| problem.place.span.start);
        self.dropped += self.kept.len().saturating_sub(MOST_TOLD + 1);
        self.kept.truncate(MOST_TOLD + 1);
        self.bound = self.kept.get(MOST_TOLD).map(|problem| problem.place.span.start);
    }
}
