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
use crate::report::counts::count;
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
    let windows = course.windows.iter().enumerate().collect();
    let (windows, left_out) = foremost(windows, MOST_DRAWN, |(_, slot)| against.denies(&slot.place));
    for (at, slot) in windows {
        let anchor = format!("t{number}-{at}");
        put!(out; night::drawn(course, slot, &anchor, against));
    }
    if let more @ 1.. = left_out + course.further {
        put!(out; "<p class=\"dim\">", count(more, "more window"), " are not drawn; those that are denied come first.</p>");
    }
    if let Some(drawn) = before::drawn(course, &format!("t{number}-b"), against) {
        put!(out; drawn);
    }
    put!(out; table::told(course, against, sheets, whole), "</section>");
    out
}

/// So many of a list, of more those first that are denied, in the order in which they stand; and how many are left out.
fn foremost<T>(all: Vec<T>, most: usize, is_denied: impl Fn(&T) -> bool) -> (Vec<T>, usize) {
    let left_out = all.len().saturating_sub(most);
    if left_out == 0 {
        return (all, 0);
    }
    let (mut first, mut rest): (Vec<_>, Vec<_>) = all.into_iter().enumerate().partition(|(_, one)| is_denied(one));
    first.append(&mut rest);
    first.truncate(most);
    first.sort_by_key(|(at, _)| *at);
    (first.into_iter().map(|(_, one)| one).collect(), left_out)
}
