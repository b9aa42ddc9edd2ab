//! When it takes place, drawn: whether all fits, what it meets, and how old is what it rests on.

mod against;
mod before;
mod moment;
mod night;
mod scale;
mod table;
mod words;

use super::markup::{Markup, put};
use super::sheets::Sheets;
use crate::source::Place;
use crate::verdict::Course;
pub use against::Against;

/// Of more windows one table tells all.
const MOST_DRAWN: usize = 4;

/// The places of all that is drawn.
pub fn places(course: &Course) -> impl Iterator<Item = &Place> {
    let windows = course.windows.iter().flat_map(|slot| {
        slot.parts
            .iter()
            .map(|part| &part.place)
            .chain(slot.decision.iter().map(|point| &point.place))
            .chain([&slot.place])
    });
    windows.chain(course.meanwhile.iter().map(|one| &one.place)).chain(course.points.iter().map(|point| &point.place))
}

/// The drawings of a proposal, and the same in words; the whole of it, or its windows alone.
pub fn drawn(course: &Course, number: usize, against: &Against<'_>, sheets: &Sheets, whole: bool) -> Markup {
    let mut out = Markup::default();
    if course.windows.is_empty() && course.points.is_empty() {
        return out;
    }
    out.markup("<section class=\"times\"><h3>When</h3>");
    for (at, slot) in course.windows.iter().enumerate().take(MOST_DRAWN) {
        let anchor = format!("t{number}-{at}");
        put!(out; night::drawn(course, slot, &anchor, against));
    }
    if let Some(drawn) = before::drawn(course, &format!("t{number}-b"), against) {
        put!(out; drawn);
    }
    put!(out; table::told(course, against, sheets, whole), "</section>");
    out
}
