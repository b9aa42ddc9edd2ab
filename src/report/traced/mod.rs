//! What a rule did over one proposal: for a person at a terminal, for programs, and as a page.

mod human;
mod json;

use crate::finding::{Fault, Finding, Level};
use crate::policy::{Note, Origin, Rule, So, Told, Trace, Why};
use crate::verdict::{Judgement, Outcome, Terms};
use jiff::civil::Date;

pub use human::write as write_trace;
pub use json::{begins, write as write_json_trace};

/// So many conditions are told of why a rule said what it said.
const MOST_WHY: usize = 6;

/// What is told of a rule and a proposal.
#[derive(Debug)]
pub struct Traced<'a> {
    /// By what was judged.
    pub terms: &'a Terms,
    /// The rule, as it is in this run.
    pub rule: &'a Rule,
    /// Of this rule alone, and of the proposal itself.
    pub judgement: &'a Judgement,
    /// Why the run could not judge.
    pub faults: &'a [Fault],
}

impl<'a> Traced<'a> {
    /// What it comes to. Where the rule was not run nothing passes.
    pub fn outcome(&self) -> Outcome {
        let own = self.judgement.outcome();
        let is_undecided = !self.faults.is_empty() || self.trace().is_none() && own == Outcome::Pass;
        if is_undecided { Outcome::Undecided } else { own }
    }

    pub(super) fn trace(&self) -> Option<&'a Trace> {
        self.judgement.trace.as_deref()
    }

    /// What the gate has found besides the rule: that the proposal is not valid.
    pub(super) fn besides(&self) -> impl Iterator<Item = &'a Finding> {
        self.judgement.findings.iter().filter(|finding| *finding.rule != *self.rule.id)
    }

    /// What the rule has found.
    pub(super) fn found(&self) -> impl Iterator<Item = &'a Finding> {
        self.judgement.findings.iter().filter(|finding| *finding.rule == *self.rule.id)
    }

    /// The outcome in a sentence.
    pub(super) fn told(&self) -> String {
        let Some(_) = self.trace() else { return "the rule was not run over it".to_owned() };
        let denials = self.found().filter(|finding| finding.blocks()).count();
        let warnings = self.found().filter(|finding| finding.level == Level::Warn && finding.waived.is_none()).count();
        let is_waived = self.found().any(|finding| finding.waived.is_some());
        let is_draft =
            self.besides().filter(|finding| finding.blocks()).all(|finding| &*finding.rule == "proposal/draft");
        match (self.outcome(), denials, warnings) {
            (Outcome::Undecided, ..) => "the rule failed, or not all is known that it is judged by".to_owned(),
            (Outcome::Blocked, 0, _) if is_draft => "the proposal is a draft, whatever the rule says".to_owned(),
            (Outcome::Blocked, 0, _) => "the proposal is not valid, whatever the rule says".to_owned(),
            (Outcome::Blocked, denials, _) => times("the rule denies", denials),
            (Outcome::Pass, ..) if is_waived => "the rule denies nothing that is not waived".to_owned(),
            (Outcome::Pass, _, 1..) => times("the rule denies nothing; it warns", warnings),
            (Outcome::Pass, ..) => "the rule has nothing against it".to_owned(),
        }
    }

    /// That the rule does not block yet, where it will.
    pub(super) fn staged(&self) -> Option<String> {
        self.rule.weighed(self.rule.level).1.map(|day| format!("warns, and blocks from {day}"))
    }

    /// What decided it, and how much more did. Of what decided the same several times the first is told.
    pub(super) fn why(&self) -> (Vec<&'a Why>, usize) {
        let Some(trace) = self.trace() else { return Default::default() };
        let reported = trace.why.iter().any(|why| why.so.reports());
        let failed = trace.why.iter().any(|why| why.so == So::Failed);
        let is_told =
            |why: &&Why| if failed { why.so.reports() || why.so == So::Failed } else { reported == why.so.reports() };
        let mut told: Vec<&Why> = Vec::new();
        for why in trace.why.iter().filter(is_told) {
            let is_same = |other: &&Why| (other.line, other.held, &other.text) == (why.line, why.held, &why.text);
            if reported || !told.iter().any(is_same) {
                told.push(why);
            }
        }
        let more = told.len().saturating_sub(MOST_WHY);
        // With the last one it came to its end.
        if more > 0 {
            told.drain(MOST_WHY - 1..told.len() - 1);
        }
        (told, more)
    }
}

fn times(what: &str, times: usize) -> String {
    if times < 2 { what.to_owned() } else { format!("{what} {times} times") }
}

/// From when on a report blocks that does not yet.
pub(super) fn later(blocks_on: Option<Date>) -> String {
    blocks_on.map_or_else(String::new, |day| format!(" (blocks from {day})"))
}

/// In which turn a condition decided something, and how often it was asked.
pub(super) fn when(why: &Why) -> String {
    let times = (why.times > 1).then(|| format!("asked {} times", why.times));
    let told: Vec<_> = Some(why.turn.clone()).filter(|turn| !turn.is_empty()).into_iter().chain(times).collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}

/// What came of a condition, after the condition itself.
pub(super) fn so(why: &Why) -> &'static str {
    match (why.so, why.held) {
        (So::Always, _) => "it reports, whatever else it finds",
        (So::Reached, _) => "it comes here, and reports",
        (So::Failed, _) if why.text.is_empty() => "it fails here",
        (So::Failed, _) => "fails here",
        (So::Ended, _) if why.text.is_empty() => "it comes to its end, and has reported nothing",
        (So::Each, _) => "has items, and it reports of each",
        (So::Weighed, true) => "holds, so it reports with all its weight",
        (So::Weighed, false) => "does not hold, so it reports no more than a warning",
        (So::Reported, true) => "holds, so it reports",
        (So::Reported, false) => "does not hold, so it reports",
        (So::Spared, true) => "holds, so it reports nothing here",
        (So::Spared, false) => "does not hold, so it reports nothing here",
        (So::Empty, _) => "has no item of which something could be reported",
        (So::Passed, true) => "holds, so it goes on",
        (So::Passed, false) => "does not hold, so it goes on",
        (So::Ended, true) => "holds, so it ends here",
        (So::Ended, false) => "does not hold, so it ends here",
    }
}

/// What a note is called that names nothing of the rule.
pub(super) const fn word(told: Told) -> &'static str {
    match told {
        Told::Set | Told::Value | Told::Made | Told::Condition(_) | Told::Turns => "",
        Told::Says(level, _) => level.as_str(),
        Told::Owes => "owed",
        Told::Ends => "ends here",
        Told::Fails => "fails here",
    }
}

/// Where a value was read, in words, and a name that can be gone to.
pub(super) fn place(origin: &Origin) -> String {
    match (&origin.place, origin.absent) {
        (Some(place), false) => place.to_string(),
        (Some(place), true) => format!("{} is absent in {place}", origin.pointer),
        (None, false) => format!("evidence {}", origin.pointer),
        (None, true) => format!("evidence {} is absent", origin.pointer),
    }
}

/// Notes with the values that each was made of.
pub(super) fn paragraphs(notes: &[Note]) -> Vec<&[Note]> {
    notes.chunk_by(|a, b| a.turn == b.turn && b.kind == Told::Value && a.kind != Told::Turns).collect()
}

/// Whether a note need not repeat its condition: it is the only one of its line, which stands above.
pub(super) fn stands_above(note: &Note, notes: &[Note]) -> bool {
    let is_other = |other: &Note| matches!(other.kind, Told::Condition(_)) && other.text != note.text;
    matches!(note.kind, Told::Condition(_)) && !notes.iter().any(is_other)
}
