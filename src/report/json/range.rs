//! Where something stands, for programs.

use crate::source::Place;
use serde::Serialize;

/// Where something begins.
#[derive(Serialize)]
pub struct Spot<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

impl<'a> Spot<'a> {
    pub(super) fn of(place: &'a Place) -> Self {
        let start = place.start();
        Self { file: place.source.name(), line: start.line, column: start.column }
    }
}

/// Where something begins and where it ends: the first character behind it.
#[derive(Serialize)]
pub struct Range<'a> {
    #[serde(flatten)]
    start: Spot<'a>,
    end_line: u32,
    end_column: u32,
}

impl<'a> Range<'a> {
    pub fn of(place: &'a Place) -> Self {
        let end = place.end();
        Self { start: Spot::of(place), end_line: end.line, end_column: end.column }
    }
}
