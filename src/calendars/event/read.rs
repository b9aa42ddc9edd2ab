//! The properties of a VEVENT to an event.

mod of_series;

pub use of_series::OfSeries;

use super::super::component::{Component, repeated};
use super::super::moment::{self, Duration, Moment};
use super::super::property::{Property, one_line, unescaped, unread};
use super::super::rule::{End, Rule, Until};
use super::super::scope::{Unmarked, concerns, nearly, opens};
use super::super::wrong::{Wrong, Wrongs};
use super::length::{duration_of, empty, until};
use super::names::{SINGLE, known};
use super::{Category, Entry, Event, Length};
use crate::source::{Place, Source, Span};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;

impl Entry {
    /// Reads an event; none where something is wrong with it, which is kept in `wrongs`. Of one that can't hold nothing can be wrong but
    /// what says so: a shared calendar is full of reminders and meetings, written by programs of all kinds.
    pub fn read(
        component: &Component<'_>,
        source: &Arc<Source>,
        zone: Option<&TimeZone>,
        unmarked: Unmarked,
        of_series: &OfSeries,
        wrongs: &mut Wrongs,
    ) -> Option<Self> {
        let reading = Reading { component, source, zone };
        for property in &component.properties {
            wrongs.keep(known(property));
        }
        let categories = of_series.of(&reading, reading.categories());
        if unmarked == Unmarked::Nothing && !concerns(&categories) {
            let uid = reading.one("UID").and_then(|uid| reading.needed(uid, "UID"));
            let cancelled = reading.all("STATUS").any(|status| status.value().trim().eq_ignore_ascii_case("CANCELLED"));
            let nearly = categories.iter().find(|category| nearly(&category.text).is_some());
            let nearly = nearly.filter(|_| !cancelled).cloned();
            return uid.ok().map(|uid| Self { nearly, ..reading.without_event(uid) });
        }
        let status = reading.one("STATUS").and_then(|status| word(status, &["TENTATIVE", "CONFIRMED", "CANCELLED"]));
        if wrongs.keep(status)? == Some(2) {
            let uid = reading.one("UID").and_then(|uid| reading.needed(uid, "UID"));
            return wrongs.keep(uid).map(|uid| reading.without_event(uid));
        }
        reading.with_event(categories, wrongs)
    }
}

struct Reading<'c, 's> {
    component: &'c Component<'s>,
    source: &'c Arc<Source>,
    zone: Option<&'c TimeZone>,
}

type Single<'c, 's> = [Option<&'c Property<'s>>; SINGLE.len()];

impl<'c, 's> Reading<'c, 's> {
    fn all(&self, name: &str) -> impl Iterator<Item = &'c Property<'s>> {
        self.component.properties.iter().filter(move |property| property.is(name))
    }

    fn single(&self) -> Result<Single<'c, 's>, Wrong> {
        let mut single = [None; SINGLE.len()];
        for (slot, name) in single.iter_mut().zip(SINGLE) {
            *slot = self.one(name)?;
        }
        Ok(single)
    }

    fn one(&self, name: &str) -> Result<Option<&'c Property<'s>>, Wrong> {
        let mut all = self.all(name);
        match (all.next(), all.next()) {
            (Some(first), Some(again)) => Err(repeated(again).and(first.span(), "the first one is here")),
            (first, _) => Ok(first),
        }
    }

    fn with_event(&self, categories: Arc<[Category]>, wrongs: &mut Wrongs) -> Option<Entry> {
        let single = wrongs.keep(self.single())?;
        let [uid, summary, transp, start, end, duration, rule, replaces, exrule, _] = single;
        if let Some(exrule) = exrule {
            let help = "leave the days out with EXDATE";
            wrongs.push(Wrong::new("calendar/unsupported", exrule.span(), "EXRULE is not read", help));
        }
        let uid = wrongs.keep(self.needed(uid, "UID"));
        let transparent = wrongs.keep(word(transp, &["OPAQUE", "TRANSPARENT"]))? == Some(1);
        let start = wrongs.keep(self.needed(start, "DTSTART").and_then(|start| Ok((self.moment(start)?, start))))?;
        let length = wrongs.keep(self.length(&start, end, duration));
        let rule = wrongs.keep(rule.map(|rule| rule_of(rule, &start.0)).transpose());
        let replaces = wrongs.keep(replaces.map(|replaces| self.replaced(replaces, Some(&start.0))).transpose());
        let also = wrongs.keep(self.also(&start.0));
        let except = wrongs.keep(self.except(&start.0));
        let (uid, length, rule, replaces) = (uid?, length?, rule?, replaces?);
        if let (Some((_, span)), Some(_)) = (&rule, &replaces) {
            let help = "what replaces one occurrence does not come again by itself";
            wrongs.push(Wrong::new("calendar/unsupported", *span, "an event with RECURRENCE-ID has a rule", help));
        }
        let event = Event {
            name: summary
                .map(|summary| one_line(summary.value()))
                .filter(|name| !name.is_empty())
                .map_or_else(|| "unnamed event".into(), Arc::from),
            place: Place::new(self.source, summary.map_or(self.component.begin, Property::span)),
            opens: categories.iter().any(|category| opens(&category.text)),
            categories,
            start: start.0,
            length,
            rule,
            also: also?,
            except: except?,
            transparent,
        };
        Some(Entry { replaces: replaces.map(Ok), event: Some(event), ..Entry::of(uid) })
    }

    /// What can't be read of the occurrence that it stands for matters where that is one of a series that holds.
    fn without_event(&self, uid: &Property<'_>) -> Entry {
        let start = || self.one("DTSTART")?.map(|start| self.moment(start)).transpose();
        let replaces = self.one("RECURRENCE-ID").transpose();
        let replaces = replaces.map(|replaces| self.replaced(replaces?, start()?.as_ref()));
        Entry { replaces, ..Entry::of(uid) }
    }

    fn needed(&self, property: Option<&'c Property<'s>>, name: &str) -> Result<&'c Property<'s>, Wrong> {
        property.filter(|property| !property.value().trim().is_empty()).ok_or_else(|| {
            let message = format!("this event has no {name}");
            let help = "every event says with UID which it is and with DTSTART when it begins";
            Wrong::new(
                "calendar/missing-property",
                property.map_or(self.component.begin, Property::span),
                message,
                help,
            )
        })
    }

    fn moment(&self, property: &Property<'_>) -> Result<Moment, Wrong> {
        moment::moment(property, property.value(), property.value_span(), self.zone)
    }

    /// The moments of a property, of which all must be days if the start is, and times if it is one.
    fn like_start(&self, property: &Property<'_>, text: &str, span: Span, start: &Moment) -> Result<Moment, Wrong> {
        let moment = moment::moment(property, text, span, self.zone_beside(start))?;
        if moment.all_day == start.all_day { Ok(moment) } else { Err(kinds_differ(property, start)) }
    }

    /// The zone of what stands beside a start and names none: that of the start, unless that is no zone of a clock on a wall.
    fn zone_beside<'m>(&'m self, start: &'m Moment) -> Option<&'m TimeZone> {
        if start.zone == TimeZone::UTC { self.zone } else { Some(&start.zone) }
    }

    fn length(
        &self,
        (start, at): &(Moment, &Property<'_>),
        end: Option<&Property<'_>>,
        duration: Option<&Property<'_>>,
    ) -> Result<Length, Wrong> {
        match (end, duration) {
            (Some(end), Some(duration)) => {
                let help = "keep DTEND or DURATION";
                let message = "this event says twice when it ends";
                Err(Wrong::new("calendar/repeated-property", duration.span(), message, help)
                    .and(end.span(), "and here"))
            }
            (Some(end), None) => {
                let moment = self.like_start(end, end.value(), end.value_span(), start)?;
                until(start, moment, end.span()).map_err(|wrong| wrong.and(at.span(), "and starts here"))
            }
            (None, Some(property)) => duration_of(property, property.value(), property.value_span(), start),
            (None, None) if start.all_day => Ok(Length::For(Duration { days: 1, seconds: 0 })),
            (None, None) => {
                Err(empty(at.span(), "this event has no length: it says when it starts, and not when it ends"))
            }
        }
    }

    fn replaced(&self, property: &Property<'_>, start: Option<&Moment>) -> Result<(Moment, Span), Wrong> {
        if let Some((range, span)) = property.param("RANGE")? {
            let message = format!("`RANGE={}` is not read", super::super::wrong::shown(range));
            let help = "end the series with UNTIL, and begin another one";
            return Err(Wrong::new("calendar/unsupported", span, message, help));
        }
        // It can be of another kind than the start: that is how one time of a series becomes a whole day.
        let zone = start.map_or(self.zone, |start| self.zone_beside(start));
        Ok((moment::moment(property, property.value(), property.value_span(), zone)?, property.span()))
    }

    fn also(&self, start: &Moment) -> Result<Vec<(Moment, Option<Length>)>, Wrong> {
        let mut also = Vec::new();
        for property in self.all("RDATE") {
            let periods = property.param("VALUE")?.is_some_and(|(kind, _)| kind.eq_ignore_ascii_case("PERIOD"));
            for (text, span) in property.items() {
                also.push(if periods {
                    self.period(property, text, span, start)?
                } else {
                    (self.like_start(property, text, span, start)?, None)
                });
            }
        }
        Ok(also)
    }

    fn except(&self, start: &Moment) -> Result<Vec<(Timestamp, Span)>, Wrong> {
        let mut except = Vec::new();
        for property in self.all("EXDATE") {
            for (text, span) in property.items() {
                except.push((key(&self.like_start(property, text, span, start)?, span)?, span));
            }
        }
        Ok(except)
    }

    /// `start/end` or `start/duration`.
    fn period(
        &self,
        property: &Property<'_>,
        text: &str,
        span: Span,
        start: &Moment,
    ) -> Result<(Moment, Option<Length>), Wrong> {
        if start.all_day {
            return Err(kinds_differ(property, start));
        }
        let Some((from, to)) = text.split_once('/') else {
            return Err(unread(
                property,
                text,
                span,
                "a period is `20261218T180000Z/PT2H`, or has an end in place of the duration",
            ));
        };
        let time = |text| moment::of_kind(property, text, span, self.zone_beside(start), false);
        let from = time(from)?;
        let length = if to.starts_with(['P', '+', '-']) {
            duration_of(property, to, span, &from)?
        } else {
            until(&from, time(to)?, span)?
        };
        Ok((from, Some(length)))
    }

    fn categories(&self) -> Vec<Category> {
        let items = self.all("CATEGORIES").flat_map(Property::items);
        let texts = items.map(|(text, span)| (unescaped(text), span)).filter(|(text, _)| !text.trim().is_empty());
        texts
            .map(|(text, span)| Category { text: text.trim().to_owned(), place: Place::new(self.source, span) })
            .collect()
    }
}

/// Which of the words a property has.
fn word(property: Option<&Property<'_>>, words: &[&str]) -> Result<Option<usize>, Wrong> {
    let Some(property) = property else { return Ok(None) };
    let found = words.iter().position(|word| word.eq_ignore_ascii_case(property.value().trim()));
    let help = || format!("it is one of {}", words.join(", "));
    found.map(Some).ok_or_else(|| unread(property, property.value(), property.value_span(), &help()))
}

fn rule_of(property: &Property<'_>, start: &Moment) -> Result<(Rule, Span), Wrong> {
    let rule = Rule::read(property)?;
    let End::Until(until) = rule.end else { return Ok((rule, property.span())) };
    if matches!(until, Until::Day(_)) != start.all_day {
        let help = "UNTIL is a day where DTSTART is one, and else a time, best in UTC: it tells apart whether the last day belongs to it";
        let message = "DTSTART and UNTIL are not both days or both times";
        return Err(Wrong::new("calendar/kinds-differ", property.span(), message, help));
    }
    let (last, first) = (until.key(start), start.key());
    if last.zip(first).is_some_and(|(last, first)| last < first) {
        let help = "correct UNTIL, or take the event away";
        return Err(Wrong::new(
            "calendar/empty-event",
            property.span(),
            "this rule ends before the event starts",
            help,
        ));
    }
    Ok((rule, property.span()))
}

fn key(moment: &Moment, span: Span) -> Result<Timestamp, Wrong> {
    moment.key().ok_or_else(|| {
        Wrong::new("calendar/out-of-range", span, "this is out of range", "events are in the years 1900 to 2199")
    })
}

fn kinds_differ(property: &Property<'_>, start: &Moment) -> Wrong {
    let (is, not) = if start.all_day { ("a day", "times") } else { ("a time", "days") };
    let message = format!("DTSTART is {is}, and these are {not}");
    let help = "write both in the same way: days with `VALUE=DATE`, times without";
    Wrong::new("calendar/kinds-differ", property.span(), message, help)
}
