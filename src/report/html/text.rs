//! The text of a file with line numbers, and what is said of it at its lines.
//!
//! Lines around findings are shown; what lies between is folded, so that a proposal of three hundred lines is read like a review of it. Lines are
//! items of a list that begins with their number, which is short, and read aloud as what it is.

use super::markup::{Markup, Verbatim, put};
use crate::report::entry::Weight;
use crate::source::{Place, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Lines that are shown before and after one that something is said of.
const AROUND: u32 = 3;
/// Fewer lines than these are not worth folding.
const FEW: u32 = 4;
/// Characters of a line; of a longer one (a minified proposal) what surrounds its marks.
const LONGEST_LINE: usize = 600;
const AROUND_MARK: usize = 100;
/// Of more lines nobody unfolds all.
pub const MOST_LINES: u32 = 5_000;

/// A text of which something is said.
#[derive(Debug)]
pub struct Sheet {
    pub source: Arc<Source>,
    /// What begins the names of its lines, as anchors.
    pub anchor: String,
    /// By line: what is marked in it, in bytes of the text.
    marks: BTreeMap<u32, Vec<(Range<usize>, Weight)>>,
    /// By line: what is said of it.
    said: BTreeMap<u32, Vec<Markup>>,
    /// Lines that are referred to.
    linked: BTreeSet<u32>,
}

/// A part of a text as it is shown.
#[derive(Debug)]
pub enum Part {
    Lines(Markup),
    /// What is folded: what is told of it, and the lines.
    Fold(Markup, Markup),
}

impl Sheet {
    pub fn new(source: Arc<Source>, anchor: String) -> Self {
        Self { source, anchor, marks: BTreeMap::new(), said: BTreeMap::new(), linked: BTreeSet::new() }
    }

    /// Has a line be there to be referred to.
    pub fn link(&mut self, line: u32) {
        self.linked.insert(line);
    }

    /// Whether a line is there to be referred to.
    pub fn is_linked(&self, line: u32) -> bool {
        self.linked.contains(&line)
    }

    /// How many lines are referred to.
    pub fn links(&self) -> usize {
        self.linked.len()
    }

    /// Marks a place, as far as it lies in its first line.
    pub fn mark(&mut self, place: &Place, weight: Weight) {
        self.link(place.start().line);
        self.marks.entry(place.start().line).or_default().push((place.span.range(), weight));
    }

    /// Says something of a line.
    pub fn say(&mut self, line: u32, what: Markup) {
        self.link(line);
        self.said.entry(line).or_default().push(what);
    }

    /// The whole text, folded between what something is said of.
    pub fn whole(&self) -> Vec<Part> {
        let lines = self.source.lines();
        let said = self.said.keys().map(|&line| (line.saturating_sub(AROUND).max(1), (line + AROUND).min(lines)));
        let mut parts = Vec::new();
        let mut next = 1;
        for (first, last) in joined(said, FEW) {
            self.fold(&mut parts, next, first - 1);
            parts.push(Part::Lines(self.lines(first, last)));
            next = last + 1;
        }
        self.fold(&mut parts, next, lines);
        parts
    }

    fn fold(&self, parts: &mut Vec<Part>, first: u32, last: u32) {
        if first > last {
            return;
        }
        // At either end a few lines are shown as they are, too.
        if last - first + 1 < FEW {
            parts.push(Part::Lines(self.lines(first, last)));
            return;
        }
        let mut told = Markup::default();
        put!(told; "Lines ", first, " to ", last);
        for (at, section) in self.sections(first, last).into_iter().enumerate() {
            told.markup(if at == 0 { " <span class=\"in\">" } else { " · " });
            put!(told; Verbatim(section));
            if at == 7 {
                put!(told; " · …");
                break;
            }
        }
        if !self.sections(first, last).is_empty() {
            told.markup("</span>");
        }
        let last = last.min(first.saturating_add(MOST_LINES));
        parts.push(Part::Fold(told, self.lines(first, last)));
    }

    /// The sections of a proposal that begin in some lines, as people indent it: what folded lines are about.
    fn sections(&self, first: u32, last: u32) -> Vec<&str> {
        let lines = self.source.text().lines().skip(first as usize - 1).take((last - first) as usize + 1);
        let section = |line: &'_ str| -> Option<Range<usize>> {
            let name = line.strip_prefix("  \"").or_else(|| line.strip_prefix("\t\""))?;
            let (name, rest) = name.split_once('"')?;
            let opens = rest.trim_end().ends_with(['{', '[']) && name.len() < 30;
            let start = line.len() - name.len() - rest.len() - 1;
            opens.then_some(start..start + name.len())
        };
        lines.filter_map(|line| line.get(section(line)?)).collect()
    }

    /// Those lines alone that something refers to, with one around.
    pub fn excerpts(&self) -> Vec<Markup> {
        let lines = self.source.lines();
        let wanted = self.linked.iter().map(|&line| (line.saturating_sub(1).max(1), (line + 1).min(lines)));
        joined(wanted, 1).into_iter().map(|(first, last)| self.lines(first, last)).collect()
    }

    fn lines(&self, first: u32, last: u32) -> Markup {
        let mut out = Markup::default();
        put!(out; "<ol start=\"", first, "\">");
        let text = self.source.text();
        let start = self.source.offset(crate::source::Position { line: first, column: 1 }) as usize;
        let mut at = start;
        for (number, line) in (first..=last).zip(text[start..].split('\n')) {
            let marks = self.marks.get(&number).map(Vec::as_slice).unwrap_or_default();
            match (self.linked.contains(&number), marks.is_empty()) {
                (true, _) => {
                    put!(out; "<li id=\"", self.anchor, "-", number, "\">");
                }
                (false, _) => out.markup("<li>"),
            }
            put_line(&mut out, line.strip_suffix('\r').unwrap_or(line), at, marks);
            for said in self.said.get(&number).into_iter().flatten() {
                out.put(said);
            }
            at += line.len() + 1;
        }
        out.markup("</ol>");
        out
    }
}

/// Stretches of lines in order, of which those are one that have fewer lines between them than so many.
fn joined(stretches: impl Iterator<Item = (u32, u32)>, few: u32) -> Vec<(u32, u32)> {
    let mut all: Vec<(u32, u32)> = Vec::new();
    for (first, last) in stretches {
        match all.last_mut() {
            Some(before) if first <= before.1 + few => before.1 = before.1.max(last),
            _ => all.push((first, last)),
        }
    }
    all
}

/// A line with its marks; `at` is where it begins in the text.
pub fn put_line(out: &mut Markup, line: &str, at: usize, marks: &[(Range<usize>, Weight)]) {
    let within = |byte: usize| line.floor_char_boundary(byte.saturating_sub(at).min(line.len()));
    let marks: Vec<_> = marks.iter().map(|(range, weight)| (within(range.start)..within(range.end), *weight)).collect();
    let mut ends: Vec<usize> = marks.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
    ends.extend([0, line.len()]);
    ends.sort_unstable();
    ends.dedup();
    let long = line.len() > LONGEST_LINE;
    for pair in ends.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let heaviest = marks.iter().filter(|(range, _)| range.start <= start && end <= range.end);
        let text = &line[start..end];
        match heaviest.map(|(_, weight)| *weight).max() {
            Some(weight) => {
                put!(out; "<mark class=\"", class(weight), "\">", Verbatim(text), "</mark>");
            }
            None if long => shortened(out, text, start > 0, end < line.len()),
            None => put!(out; Verbatim(text)),
        }
    }
}

/// What lies next to a mark, of a text that is too long to be shown.
fn shortened(out: &mut Markup, text: &str, after: bool, before: bool) {
    let head = text.floor_char_boundary(if after || !before { AROUND_MARK } else { 0 });
    let tail = text.ceil_char_boundary(text.len().saturating_sub(if before { AROUND_MARK } else { 0 }));
    if head >= tail {
        put!(out; Verbatim(text));
    } else {
        put!(out; Verbatim(&text[..head]), "<i>… ", text[head..tail].chars().count(), " characters …</i>", Verbatim(&text[tail..]));
    }
}

/// What a weight is called in the style sheet.
pub const fn class(weight: Weight) -> &'static str {
    match weight {
        Weight::Fault => "fault",
        Weight::Error => "deny",
        Weight::Warning => "warn",
        Weight::Note => "note",
    }
}
