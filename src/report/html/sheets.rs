//! The texts that the findings of one proposal are about: its own first, and what else they name.

use super::markup::{Markup, put};
use super::text::Sheet;
use crate::report::entry::{Entry, Weight};
use crate::source::{Place, Source};
use std::sync::Arc;

/// Of more files nobody reads excerpts.
const MOST_SHEETS: usize = 12;
/// Of another file so many lines are shown.
const MOST_LINES: usize = 40;

/// All of them.
#[derive(Debug, Default)]
pub struct Sheets {
    all: Vec<Sheet>,
    anchor: String,
    has_own: bool,
}

impl Sheets {
    /// With the proposal's own text first, where there is one; `anchor` begins the names of all lines.
    pub fn new(own: Option<&Arc<Source>>, anchor: String) -> Self {
        let mut sheets = Self { all: Vec::new(), anchor, has_own: own.is_some() };
        sheets.all.extend(own.map(|source| Sheet::new(Arc::clone(source), sheets.anchor.clone())));
        sheets
    }

    /// Has every place be there that an entry names.
    pub fn take_in(&mut self, entry: &Entry<'_>) {
        if let Some(label) = entry.primary {
            self.mark(&label.place, entry.weight);
        }
        for label in entry.related {
            self.mark(&label.place, Weight::Note);
        }
        for because in entry.because {
            self.link(&because.place);
        }
        if let Some(waived) = entry.waived {
            self.link(&waived.place);
        }
    }

    fn mark(&mut self, place: &Place, weight: Weight) {
        if let Some(sheet) = self.of(place) {
            sheet.mark(place, weight);
        }
    }

    /// Has a place be there to be referred to.
    pub fn link(&mut self, place: &Place) {
        if let Some(sheet) = self.of(place) {
            sheet.link(place.start().line);
        }
    }

    /// The sheet in which a place can be shown.
    fn of(&mut self, place: &Place) -> Option<&mut Sheet> {
        // What the gate found out by itself stands in no file.
        if place.source.name().is_empty() {
            return None;
        }
        let at = match self.at(place) {
            Some(at) => at,
            None if self.all.len() < MOST_SHEETS => {
                let anchor = format!("{}x{}", self.anchor, self.all.len());
                self.all.push(Sheet::new(Arc::clone(&place.source), anchor));
                self.all.len() - 1
            }
            None => return None,
        };
        let own = self.is_own(at);
        Some(&mut self.all[at]).filter(|sheet| own || sheet.links() < MOST_LINES)
    }

    fn at(&self, place: &Place) -> Option<usize> {
        let same = |sheet: &Sheet| {
            Arc::ptr_eq(&sheet.source, &place.source)
                || (sheet.source.name() == place.source.name() && sheet.source.digest() == place.source.digest())
        };
        self.all.iter().position(same)
    }

    const fn is_own(&self, at: usize) -> bool {
        self.has_own && at == 0
    }

    /// Says something at its place; gives it back where that is not shown.
    pub fn say(&mut self, place: Option<&Place>, what: Markup) -> Option<Markup> {
        let Some(place) = place else { return Some(what) };
        match self.of(place) {
            Some(sheet) => {
                sheet.say(place.start().line, what);
                None
            }
            None => Some(what),
        }
    }

    /// Writes where something is: a link, where it is shown.
    pub fn put_place(&self, out: &mut Markup, place: &Place) {
        let start = place.start();
        let Some(at) = self.at(place).filter(|&at| self.all[at].is_linked(start.line)) else {
            if !place.source.name().is_empty() {
                put!(out; "<span class=\"at\">", place.source.name(), ":", start.line, ":", start.column, "</span>");
            }
            return;
        };
        put!(out; "<a class=\"at\" href=\"#", self.all[at].anchor, "-", start.line, "\">");
        if self.is_own(at) {
            put!(out; "line ", start.line);
        } else {
            put!(out; place.source.name(), ":", start.line);
        }
        out.markup("</a>");
    }

    pub fn own(&self) -> Option<&Sheet> {
        self.all.first().filter(|_| self.has_own)
    }

    /// Those of other files.
    pub fn others(&self) -> &[Sheet] {
        self.all.get(usize::from(self.has_own)..).unwrap_or_default()
    }
}
