//! How long an event is, by its end or its duration.

use super::super::moment::{self, Moment};
use super::super::property::{Property, unread};
use super::super::wrong::Wrong;
use super::Length;
use crate::source::Span;
use jiff::SignedDuration;

/// The longest event, some ten years: what is longer is a slip.
const LONGEST: SignedDuration = SignedDuration::from_hours(4_000 * 24);

pub(super) fn until(start: &Moment, end: Moment, span: Span) -> Result<Length, Wrong> {
    let range =
        || Wrong::new("calendar/out-of-range", span, "this is out of range", "events are in the years 1900 to 2199");
    let (Some(from), Some(to)) = (start.key(), end.key()) else { return Err(range()) };
    let last = end.readings().map_or(to, |readings| readings.later);
    let first = start.readings().map_or(from, |readings| readings.earlier);
    if last <= first {
        return Err(empty(span, "this event does not end after it starts"));
    }
    let local = to.to_zoned(start.zone.clone()).datetime();
    // Where the clocks change, the end can be after the start in one reading and not in the other; it is later all the same.
    let later = |length: SignedDuration, other| if length.is_positive() { length } else { other };
    let exact = later(to.duration_since(from), last.duration_since(first));
    let civil = later(local.duration_since(start.civil), exact);
    if exact > LONGEST {
        return Err(too_long(span));
    }
    Ok(Length::Until { end, civil, exact })
}

pub(super) fn duration_of(property: &Property<'_>, text: &str, span: Span, start: &Moment) -> Result<Length, Wrong> {
    if text.starts_with('-') {
        return Err(empty(span, "this event ends before it starts"));
    }
    let help = if start.all_day {
        "of whole days it is `P2D` or `P1W`"
    } else {
        "it is `PT90M`, `P1DT12H` or `P2W`, of at most 4000 days"
    };
    let duration = moment::duration(text).filter(|duration| !start.all_day || duration.seconds == 0);
    let duration = duration.ok_or_else(|| unread(property, text, span, help))?;
    if duration.days == 0 && duration.seconds == 0 {
        return Err(empty(span, "this event has no length"));
    }
    Ok(Length::For(duration))
}

pub(super) fn empty(span: Span, message: &str) -> Wrong {
    let help = "correct DTEND or DURATION; the end is the first moment that no longer belongs to the event";
    Wrong::new("calendar/empty-event", span, message, help)
}

fn too_long(span: Span) -> Wrong {
    let help = "an event is at most 4000 days long: correct its end";
    Wrong::new("calendar/out-of-range", span, "this event is longer than ten years", help)
}
