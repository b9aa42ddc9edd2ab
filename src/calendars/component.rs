//! Components: what stands between `BEGIN:VEVENT` and `END:VEVENT`. A calendar is read in one pass over its lines, and of all that
//! can stand in it events alone are kept.

use super::line::lines;
use super::property::Property;
use super::wrong::{Wrong, Wrongs, shown};
use super::zone;
use crate::source::Span;
use jiff::tz::TimeZone;

/// How deep components may be nested. Nothing that the standards define needs more than three.
const DEEPEST: usize = 8;

/// A component, by where it begins, and its properties.
#[derive(Debug)]
pub(super) struct Component<'s> {
    pub begin: Span,
    pub properties: Vec<Property<'s>>,
}

/// What there is to know of a text before its events are understood.
#[derive(Debug, Default)]
pub(super) struct Parts<'s> {
    pub events: Vec<Component<'s>>,
    /// The zone of the calendar, for whatever names no other.
    pub zone: Option<TimeZone>,
}

/// Reads the components of a text.
pub(super) fn components<'s>(text: &'s str, wrongs: &mut Wrongs) -> Parts<'s> {
    let mut pass = Pass { parts: Parts::default(), open: Vec::new(), seen: Seen::default(), skipped: None };
    for line in lines(text) {
        let Some(property) = wrongs.keep(Property::read(line)) else {
            // One line that is none may be a folding gone wrong, and each one after it would be told as well.
            if wrongs.is_full() {
                return pass.parts;
            }
            continue;
        };
        // What is wrong with the order of components makes all that follows something else.
        if let Err(wrong) = pass.property(property, wrongs) {
            wrongs.push(wrong);
            return pass.parts;
        }
    }
    if let Some((name, begin)) = pass.open.last() {
        wrongs.push(order(*begin, format!("this {} is not ended", shown(name)), "the text may have been cut off"));
    } else if pass.seen.calendar.is_none() && wrongs.is_empty() {
        let help = "a calendar is what stands between BEGIN:VCALENDAR and END:VCALENDAR";
        wrongs.push(Wrong::new("calendar/not-a-calendar", Span::default(), "this is no iCalendar text", help));
    }
    pass.parts
}

struct Pass<'s> {
    parts: Parts<'s>,
    /// The components that have begun and not ended, by their names.
    open: Vec<(String, Span)>,
    seen: Seen,
    /// How deep the component is in which nothing is kept.
    skipped: Option<usize>,
}

/// Where properties of the calendar stand that can stand once.
#[derive(Default)]
struct Seen {
    calendar: Option<Span>,
    zone: Option<Span>,
}

impl<'s> Pass<'s> {
    fn property(&mut self, property: Property<'s>, wrongs: &mut Wrongs) -> Result<(), Wrong> {
        if property.is("BEGIN") {
            return self.begin(&property);
        }
        if property.is("END") {
            return self.end(&property);
        }
        match (self.open.as_slice(), self.skipped) {
            ([], _) => return Err(order(property.span(), "this line stands outside of the calendar", "take it away")),
            ([_], None) => wrongs.keep(self.of_calendar(&property)).unwrap_or_default(),
            ([_, _], None) => {
                if let Some(event) = self.parts.events.last_mut() {
                    event.properties.push(property);
                }
            }
            // What a VTIMEZONE says is not read, its name included: many stand there for events that are none of ours.
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, property: &Property<'_>) -> Result<(), Wrong> {
        let name = property.value().trim().to_ascii_uppercase();
        let at = property.span();
        if self.open.len() == DEEPEST {
            let message = format!("components are nested deeper than {DEEPEST}");
            return Err(Wrong::new("calendar/too-deep", at, message, "no calendar needs this: see who wrote it"));
        }
        if self.open.is_empty() {
            if let Some(first) = self.seen.calendar.replace(at) {
                let wrong = order(at, "a second calendar begins here", "keep each calendar in a file of its own");
                return Err(wrong.and(first, "the first one is here"));
            }
            if name != "VCALENDAR" {
                let message = format!("`{}` stands outside of a calendar", shown(&name));
                return Err(order(at, message, "a calendar begins with BEGIN:VCALENDAR"));
            }
        } else if name == "VCALENDAR" || (name == "VEVENT" && self.open.len() > 1 && self.within_event()) {
            let message = format!("`{name}` begins before what it stands in was ended");
            return Err(order(at, message, "an END may be missing before it"));
        } else if self.open.len() == 1 && name == "VEVENT" {
            self.parts.events.push(Component { begin: at, properties: Vec::new() });
        } else if self.skipped.is_none() {
            self.skipped = Some(self.open.len());
        }
        self.open.push((name, at));
        Ok(())
    }

    fn within_event(&self) -> bool {
        self.open.iter().any(|(name, _)| name == "VEVENT")
    }

    fn end(&mut self, property: &Property<'_>) -> Result<(), Wrong> {
        let name = property.value().trim();
        let Some((open, begin)) = self.open.pop() else {
            return Err(order(property.span(), "nothing is open that could end here", "take this line away"));
        };
        if !open.eq_ignore_ascii_case(name) {
            let message = format!("`{}` ends here, and {} is open", shown(name), shown(&open));
            return Err(order(property.span(), message, "each BEGIN has its END").and(begin, "this is open"));
        }
        if self.skipped == Some(self.open.len()) {
            self.skipped = None;
        }
        Ok(())
    }

    /// What the calendar says of itself.
    fn of_calendar(&mut self, property: &Property<'_>) -> Result<(), Wrong> {
        let among = |known: &[&str]| known.iter().any(|known| property.value().trim().eq_ignore_ascii_case(known));
        let refused =
            |message: String, help: &str| Err(Wrong::new("calendar/unsupported", property.value_span(), message, help));
        let value = shown(property.value());
        if property.is("VERSION") && !among(&["2.0"]) {
            return refused(format!("this is version `{value}`"), "export the calendar as iCalendar 2.0");
        }
        if property.is("CALSCALE") && !among(&["GREGORIAN"]) {
            return refused(format!("the calendar scale `{value}` is not read"), "export it as GREGORIAN");
        }
        if property.is("METHOD") && !among(&["PUBLISH", "REQUEST"]) {
            return refused(
                format!("this is a message about events, `{value}`, and no calendar"),
                "export the whole calendar instead",
            );
        }
        if property.is("X-WR-TIMEZONE") {
            if let Some(first) = self.seen.zone.replace(property.span()) {
                return Err(repeated(property).and(first, "the first one is here"));
            }
            self.parts.zone = Some(zone::zone(property.value().trim(), property.value_span())?);
        }
        Ok(())
    }
}

/// A property that can stand once.
pub(super) fn repeated(property: &Property<'_>) -> Wrong {
    let message = format!("{} stands twice", shown(&property.name().to_ascii_uppercase()));
    Wrong::new("calendar/repeated-property", property.span(), message, "keep one of them")
}

fn order(span: Span, message: impl Into<String>, help: &str) -> Wrong {
    Wrong::new("calendar/syntax", span, message, help)
}
