//! What an event that stands for one occurrence of a series has from that series.

use super::{Category, Component, Property, Reading, concerns};
use crate::source::Source;
use std::collections::HashMap;
use std::sync::Arc;

/// The categories of series that hold, by their ids. One occurrence that is moved, or written without its categories, is still of its
/// series; what takes it out is cancelled, or says with a word of ours that it is something else.
pub struct OfSeries(HashMap<Arc<str>, Vec<Category>>);

impl OfSeries {
    /// Those of all series of a text.
    pub fn read(components: &[Component<'_>], source: &Arc<Source>) -> Self {
        let mut series = HashMap::new();
        for component in components {
            let reading = Reading { component, source, zone: None };
            let is_cancelled = |status: &Property<'_>| status.value().trim().eq_ignore_ascii_case("CANCELLED");
            let (replaces, uid) = (reading.all("RECURRENCE-ID").next(), reading.all("UID").next());
            let Some(uid) = uid.filter(|_| replaces.is_none() && !reading.all("STATUS").any(is_cancelled)) else {
                continue;
            };
            let categories = reading.categories();
            if concerns(&categories) {
                series.entry(Arc::from(uid.value())).or_insert(categories);
            }
        }
        Self(series)
    }

    pub(super) fn of(&self, reading: &Reading<'_, '_>) -> Option<Vec<Category>> {
        reading.all("RECURRENCE-ID").next().filter(|_| !concerns(&reading.categories()))?;
        self.0.get(reading.all("UID").next()?.value()).cloned()
    }
}
