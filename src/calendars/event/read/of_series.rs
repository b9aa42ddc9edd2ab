//! What an event that stands for one occurrence of a series has from that series.

use super::{Category, Component, Property, Reading};
use crate::calendars::scope::{Unmarked, concerns, nearly, purpose_said, says_for_what};
use crate::source::Source;
use std::collections::HashMap;
use std::sync::Arc;

/// The categories of series that hold, by their ids. One occurrence that is moved, or written without its categories, is still of its
/// series; what takes it out is cancelled, or says with a word of ours that it is something else.
pub struct OfSeries(HashMap<Arc<str>, Arc<[Category]>>);

impl OfSeries {
    /// Those of all series of a text.
    pub fn read(components: &[Component<'_>], source: &Arc<Source>, unmarked: Unmarked) -> Self {
        let mut series = HashMap::new();
        for component in components {
            let reading = Reading { component, source, zone: None };
            let is_cancelled = |status: &Property<'_>| status.value().trim().eq_ignore_ascii_case("CANCELLED");
            let (replaces, uid) = (reading.all("RECURRENCE-ID").next(), reading.all("UID").next());
            let Some(uid) = uid.filter(|_| replaces.is_none() && !reading.all("STATUS").any(is_cancelled)) else {
                continue;
            };
            let categories = reading.categories();
            let is_scoped = || categories.iter().any(|category| says_for_what(&category.text));
            if concerns(&categories) || (unmarked == Unmarked::Freeze && is_scoped()) {
                series.entry(Arc::from(uid.value())).or_insert_with(|| categories.into());
            }
        }
        Self(series)
    }

    /// Those of an event; none where it stands for no occurrence of such a series, or says itself what it is. Where it says for what it
    /// holds, it holds for that. What it has from its series is shared: a series can have thousands of both.
    pub(super) fn of(&self, reading: &Reading<'_, '_>, mut own: Vec<Category>) -> Arc<[Category]> {
        let replaces = reading.all("RECURRENCE-ID").next().filter(|_| !concerns(&own));
        let uid = replaces.and_then(|_| reading.all("UID").next());
        let Some(series) = uid.and_then(|uid| self.0.get(uid.value())) else { return own.into() };
        let said = series.iter().find(|category| purpose_said(&category.text).is_some());
        let purpose = said.and_then(|said| purpose_said(&said.text));
        own.retain(|category| {
            says_for_what(&category.text) || nearly(&category.text).is_some_and(|near| Some(near) != purpose)
        });
        if own.is_empty() {
            return Arc::clone(series);
        }
        said.cloned().into_iter().chain(own).collect()
    }
}
