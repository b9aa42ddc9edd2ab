//! One proposal: what blocks it, when it takes place, its text with what is said of it, and what else is known.

use super::finding::{in_full, sign, word};
use super::kept::Need;
use super::markup::{Markup, Prose, Short, put};
use super::rules::Rules;
use super::sheets::Sheets;
use super::text::Part;
use super::{evidence, timeline};
use crate::report::entry::{Entry, Weight};
use crate::roster::Left;
use crate::source::Source;
use crate::verdict::{Judgement, Outcome, Whose};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// Names in lists are cut here.
pub const LONGEST_NAME: usize = 120;
/// Of more findings of one proposal in one list the rest is counted.
const MOST_LISTED: usize = 100;
/// Of one proposal so many findings are shown in full.
const MOST_IN_FULL: usize = 300;
/// Of what made it be of its scale so many places are named.
const MOST_DECISIVE: usize = 3;

/// What lists, the matrix and the calendar show of a proposal.
#[derive(Debug)]
pub struct Row {
    pub number: usize,
    pub need: Need,
    pub outcome: Outcome,
    /// That it is no work of the change, where something is told of it all the same.
    pub on_base: Option<&'static str>,
    /// Why it is not judged, where it is not.
    pub left: Option<Left>,
    pub file: String,
    pub id: Option<String>,
    pub title: Option<String>,
    pub system: Option<String>,
    pub denials: usize,
    pub warnings: usize,
    pub errors: usize,
    /// The codes that spoke, by their numbers, each with the most that it said.
    pub codes: Vec<(usize, Weight)>,
    /// When it is worked on, and whether something is said against one of these times.
    pub windows: Vec<(Timestamp, Timestamp, bool)>,
    /// By which clock.
    pub zone: Option<TimeZone>,
}

/// A part of the body of a proposal.
#[derive(Debug)]
pub enum Bit {
    Markup(Markup),
    /// The next of its folded parts: what is told of it.
    Fold(Markup),
}

/// The body, with its folded parts by themselves: they are what is left out first.
#[derive(Debug, Default)]
pub struct Body {
    pub bits: Vec<Bit>,
    pub folds: Vec<Markup>,
}

impl Body {
    pub fn size(&self) -> usize {
        self.bits
            .iter()
            .map(|bit| match bit {
                Bit::Markup(markup) | Bit::Fold(markup) => markup.len(),
            })
            .sum()
    }

    fn add(&mut self, markup: Markup) {
        self.bits.push(Bit::Markup(markup));
    }
}

/// What lists show.
pub fn row(judgement: &Judgement, number: usize, rules: &Rules) -> Row {
    let mut codes: Vec<(usize, Weight)> = Vec::new();
    for entry in Entry::of_judgement(judgement) {
        let Some(code) = rules.number(entry.code) else { continue };
        match codes.iter_mut().find(|(known, _)| *known == code) {
            Some((_, weight)) => *weight = entry.weight.max(*weight),
            None => codes.push((code, entry.weight)),
        }
    }
    let at = |weight| Entry::of_judgement(judgement).filter(|entry| entry.weight == weight).count();
    let windows = judgement.course.iter().flat_map(|course| &course.windows);
    let against = timeline::Against::of(judgement);
    Row {
        number,
        need: Need::of(judgement),
        outcome: judgement.outcome(),
        on_base: on_base(judgement),
        left: judgement.left,
        file: judgement.file.clone(),
        id: judgement.id.clone(),
        title: judgement.title.clone(),
        system: judgement.course.as_ref().and_then(|course| course.system.clone()),
        denials: at(Weight::Error),
        warnings: at(Weight::Warning),
        errors: at(Weight::Fault),
        codes,
        zone: judgement.course.as_ref().map(|course| course.zone.clone()),
        windows: windows
            .map(|slot| (slot.start, slot.end, against.weight(&slot.place) >= Some(Weight::Error)))
            .collect(),
    }
}

/// In a few words what its body says in full.
fn on_base(judgement: &Judgement) -> Option<&'static str> {
    match judgement.whose() {
        Whose::Concern(_) => Some("as on the base"),
        Whose::Base => judgement.is_inherited().then_some("not of this change"),
        Whose::Run | Whose::Change => None,
    }
}

/// All that is shown of it. `whys` says whether each finding repeats why its rule is there.
pub fn body(judgement: &Judgement, number: usize, rules: &Rules, whys: bool) -> Body {
    let own = own_text(judgement);
    let entries: Vec<_> = Entry::of_judgement(judgement).collect();
    let mut sheets = Sheets::new(own.as_ref(), format!("p{number}"));
    for entry in entries.iter().take(MOST_IN_FULL) {
        sheets.take_in(entry);
    }
    judgement.accepted.iter().for_each(|accepted| sheets.link(&accepted.place));
    judgement.obligations.iter().for_each(|owed| sheets.link(&owed.place));
    let scaled = judgement.scale.iter().flat_map(|scaled| scaled.because.iter().take(MOST_DECISIVE));
    scaled.for_each(|because| sheets.link(&because.place));
    if let Some(course) = &judgement.course {
        timeline::places(course).for_each(|place| sheets.link(place));
    }
    let mut body = Body::default();
    body.add(facts(judgement, &sheets));
    body.add(listed(&entries, number, &sheets));
    let mut apart = Markup::default();
    for (at, entry) in entries.iter().enumerate().take(MOST_IN_FULL) {
        let full = in_full(entry, &format!("p{number}-f{at}"), &sheets, rules, whys);
        if let Some(full) = sheets.say(entry.primary.map(|label| &label.place), full) {
            put!(apart; full);
        }
    }
    if !apart.is_empty() {
        let mut out = Markup::default();
        put!(out; "<section><h3>Of no place in a file</h3>", apart, "</section>");
        body.add(out);
    }
    if let Some(course) = &judgement.course {
        body.add(timeline::drawn(course, number, &timeline::Against::of(judgement), &sheets, whys));
    }
    texts(&mut body, &sheets, judgement);
    body.add(evidence::of_judgement(judgement, &sheets));
    body
}

/// Of what is no valid JSON the findings alone have the text.
fn own_text(judgement: &Judgement) -> Option<Arc<Source>> {
    let of_findings = judgement.findings.iter().map(|finding| &finding.primary.place.source);
    judgement
        .source
        .as_ref()
        .or_else(|| of_findings.into_iter().find(|source| source.name() == judgement.file))
        .cloned()
}

/// What it is, in a few words.
fn facts(judgement: &Judgement, sheets: &Sheets) -> Markup {
    let mut out = Markup::default();
    out.markup("<dl class=\"facts\">");
    fact(&mut out, "Proposal", judgement.id.as_deref());
    fact(&mut out, "File", Some(&judgement.file));
    if let Some(course) = &judgement.course {
        fact(&mut out, "System", course.system.as_deref());
        fact(&mut out, "Environment", course.environment.as_deref());
    }
    if let Some(scaled) = &judgement.scale {
        put!(out; "<div><dt>Scale</dt><dd>", scaled.scale.as_str(), if scaled.strict { ", judged strictly" } else { "" }, " <span class=\"dim\">", scaled.why);
        for because in scaled.because.iter().take(MOST_DECISIVE) {
            out.markup(" ");
            sheets.put_place(&mut out, &because.place);
        }
        out.markup("</span></dd></div>");
    }
    fact(&mut out, "Profile", judgement.profile.as_ref().map(|profile| profile.file.as_str()));
    if let Some(why) = judgement.whose().why(judgement.outcome()) {
        put!(out; "<div><dt>Change</dt><dd>It is ", why, ".</dd></div>");
    }
    if let Some(left) = judgement.left {
        put!(out; "<div><dt>Not judged</dt><dd>", Prose(left.why()), "</dd></div>");
    }
    if judgement.ends {
        out.markup("<div><dt>Phase</dt><dd>close: the change says how it ended, and leaves its plan as on the base.</dd></div>");
    }
    out.markup("</dl>");
    out
}

fn fact(out: &mut Markup, name: &'static str, value: Option<&str>) {
    if let Some(value) = value {
        put!(out; "<div><dt>", name, "</dt><dd>", Short(value, 2 * LONGEST_NAME), "</dd></div>");
    }
}

/// What blocks it, and what else is said, each with the way there.
fn listed(entries: &[Entry<'_>], number: usize, sheets: &Sheets) -> Markup {
    let mut out = Markup::default();
    let heavy = entries.iter().map(|entry| entry.weight).max();
    if heavy.is_none() {
        return out;
    }
    out.markup("<section class=\"blocks\">");
    out.markup(match heavy {
        Some(Weight::Fault) => "<h3>Why it could not be judged</h3>",
        Some(Weight::Error) => "<h3>What blocks it</h3>",
        _ => "<h3>What is said of it</h3>",
    });
    let mut ordered: Vec<_> = entries.iter().enumerate().collect();
    ordered.sort_by_key(|(at, entry)| (std::cmp::Reverse(entry.weight), *at));
    out.markup("<ol>");
    for (at, entry) in ordered.iter().take(MOST_LISTED.min(MOST_IN_FULL)) {
        out.markup("<li>");
        sign(&mut out, entry.weight);
        put!(out; "<span class=\"vh\">", word(entry), ": </span>");
        if *at < MOST_IN_FULL {
            put!(out; "<a href=\"#p", number, "-f", *at, "\">", Prose(entry.headline()), "</a>");
        } else {
            put!(out; Prose(entry.headline()));
        }
        put!(out; Prose(&entry.in_brackets()), " <code class=\"dim\">", entry.code, "</code> ");
        if let Some(label) = entry.primary {
            sheets.put_place(&mut out, &label.place);
        }
        out.markup("</li>");
    }
    out.markup("</ol>");
    if let more @ 1.. = entries.len().saturating_sub(MOST_LISTED) {
        put!(out; "<p class=\"dim\">", more, " more; the JSON report has them all.</p>");
    }
    out.markup("</section>");
    out
}

fn texts(body: &mut Body, sheets: &Sheets, judgement: &Judgement) {
    if let Some(own) = sheets.own() {
        let mut open = Markup::default();
        put!(open; "<section><h3>The proposal</h3><div class=\"text\" role=\"group\" tabindex=\"0\" aria-label=\"text of ", judgement.file, "\">");
        body.add(open);
        for part in own.whole() {
            match part {
                Part::Lines(lines) => body.add(lines),
                Part::Fold(told, lines) => {
                    body.bits.push(Bit::Fold(told));
                    body.folds.push(lines);
                }
            }
        }
        let mut close = Markup::default();
        close.markup("</div></section>");
        body.add(close);
    }
    let mut others = Markup::default();
    put_others(&mut others, sheets);
    body.add(others);
}

/// What findings name of other files.
pub fn put_others(out: &mut Markup, sheets: &Sheets) {
    for sheet in sheets.others() {
        put!(out; "<section><h3>From <code>", sheet.source.name(), "</code></h3><div class=\"text\" role=\"group\" tabindex=\"0\" aria-label=\"lines of ", sheet.source.name(), "\">");
        for (at, lines) in sheet.excerpts().iter().enumerate() {
            if at > 0 {
                out.markup("<p class=\"gap\" aria-hidden=\"true\">⋯</p>");
            }
            put!(out; lines);
        }
        out.markup("</div></section>");
    }
}
