//! The report to look at: one page in one file, which loads nothing and runs no more than a few lines of its own.
//!
//! It is written when all is judged, as the verdict comes first. Kept until then is what a page has room for: the most needed first, and
//! counted what is left out.

mod brief;
mod calendar;
mod coverage;
mod evidence;
mod filters;
mod finding;
mod head;
mod kept;
mod list;
mod manual;
mod markup;
mod matrix;
mod proposal;
mod rules;
mod sheets;
mod terms;
mod text;
mod timeline;
mod trace;
mod verdict;

use super::Report;
use super::counts::{of_tally, to_the_second};
use super::entry::{Entry, Weight};
use super::foremost::Foremost;
use crate::evidence::Entry as Consulted;
use crate::policy::Kind;
use crate::verdict::{Judgement, OfRun, Tally, Terms};
use calendar::Freezes;
pub use coverage::write as write_coverage_page;
use head::Script;
pub(super) use head::begins;
use kept::{Kept, Need};
use markup::{Markup, put};
use proposal::{Body, Row};
use rules::Rules;
use sheets::Sheets;
use std::cmp::Reverse;
use std::io;
use std::sync::Arc;
use terms::Judged;
pub use trace::write as write_trace_page;

/// Proposals that are listed.
const MOST_ROWS: usize = 5_000;
/// Bytes of what is shown of single proposals, without what is folded.
const MOST_BYTES: usize = 6 << 20;
/// Bytes of what is told of further ones: what blocks them, and no more. That of every proposal of the list has room.
const MOST_BRIEF: usize = MOST_ROWS * brief::LONGEST;
/// Bytes of what is folded: lines of proposals of which nothing is said.
const MOST_FOLDED: usize = 2 << 20;
/// Findings and faults of the run itself.
const MOST_OF_RUN: usize = 500;
/// The first of so many proposals repeat at each finding why its rule is there.
const FEW: usize = 12;

/// Writes a page when all is judged.
#[derive(Debug)]
pub struct Html<W> {
    out: W,
    phase: &'static str,
    judged: String,
    judged_by: Judged,
    rules: Rules,
    seen: usize,
    rows: Kept<Row>,
    bodies: Kept<Body>,
    folds: Kept<Vec<Markup>>,
    briefs: Kept<Markup>,
    freezes: Freezes,
}

impl<W: io::Write> Html<W> {
    /// A report to a sink, in which nothing is written yet.
    pub fn new(out: W) -> Self {
        Self {
            out,
            phase: "",
            judged: String::new(),
            judged_by: Judged::default(),
            rules: Rules::default(),
            seen: 0,
            rows: Kept::new(MOST_ROWS),
            bodies: Kept::new(MOST_BYTES),
            folds: Kept::new(MOST_FOLDED),
            briefs: Kept::new(MOST_BRIEF),
            freezes: Freezes::default(),
        }
    }

    /// What was found of the run itself.
    fn of_run(&mut self, of_run: &OfRun, tally: &Tally) -> Markup {
        let mut sheets = Sheets::new(None, "run".to_owned());
        let entries: Vec<_> = Entry::of_run(of_run, tally).collect();
        let mut foremost = Foremost::new(MOST_OF_RUN);
        for entry in &entries {
            self.rules.count(entry, None);
            foremost.add(Reverse(entry.weight), || entry);
        }
        foremost.kept().for_each(|entry| sheets.take_in(entry));
        let mut out = Markup::default();
        if foremost.seen() > 0 {
            let heaviest = entries.iter().map(|entry| entry.weight).max();
            out.markup("<section class=\"run\"><h2>");
            out.markup(if heaviest == Some(Weight::Fault) {
                "Why the gate could not judge"
            } else {
                "Of the run itself"
            });
            out.markup("</h2>");
            for (at, entry) in foremost.kept().enumerate() {
                let full = finding::in_full(entry, &format!("run-f{at}"), &sheets, &self.rules, true);
                put!(out; full);
            }
            if foremost.left_out() > 0 {
                put!(out; "<p class=\"dim\">", foremost.left_out(), " more; the JSON report has them all.</p>");
            }
            out.markup("</section>");
            proposal::put_others(&mut out, &sheets);
        }
        let consulted: &[Arc<Consulted>] = &of_run.consulted;
        evidence::consulted(&mut out, consulted, "<h2>Evidence consulted about the run</h2>");
        out
    }
}

impl<W: io::Write> Report for Html<W> {
    fn begin(&mut self, terms: &Terms) -> io::Result<()> {
        let given = if terms.now_given { ", as given and not the clock’s" } else { "" };
        self.judged = format!(
            "Phase {}, judged as of {}{given}",
            terms.phase,
            to_the_second(&terms.now).replacen('T', " ", 1).replace('Z', " UTC")
        );
        self.phase = terms.phase;
        self.judged_by = Judged::of(terms);
        self.rules = Rules::of(terms);
        Ok(())
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        let number = self.seen;
        self.seen += 1;
        let order = (Reverse(Need::of(judgement)), judgement.whose(), number);
        Entry::of_judgement(judgement).for_each(|entry| self.rules.count(&entry, Some(number)));
        if !self.rows.takes(order) {
            self.rows.leave_out();
            return Ok(());
        }
        let meanwhile = judgement.course.iter().flat_map(|course| &course.meanwhile);
        for freeze in meanwhile.filter(|one| one.kind == Kind::Freeze) {
            self.freezes.add(freeze);
        }
        self.rows.add(order, 1, proposal::row(judgement, number, &self.rules));
        if let Some(brief) = brief::of(judgement) {
            self.briefs.add(order, brief.len(), brief);
        }
        if self.bodies.takes(order) {
            let mut body = proposal::body(judgement, number, &self.rules, number < FEW);
            let folds = std::mem::take(&mut body.folds);
            if self.bodies.add(order, body.size(), body) {
                self.folds.add(order, folds.iter().map(Markup::len).sum(), folds);
            }
        }
        Ok(())
    }

    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()> {
        let run = self.of_run(of_run, tally);
        let mut out = Markup::default();
        let outcome = tally.outcome();
        let title = format!("{}, {}", outcome.as_str(), of_tally(tally));
        head::begin(&mut out, &title, Script::Ours);
        put!(out; "<a class=\"skip\" href=\"#main\">To the verdict</a>\n");
        if self.rows.len() > 1 {
            // The filters need the script, which shows the way to them.
            put!(out; "<a class=\"skip\" href=\"#filters\" hidden>To the filters</a>\n<a class=\"skip\" href=\"#proposals\">To the proposals</a>\n");
        }
        list::put_signs(&mut out);
        put!(out; "<header><span class=\"brand\">changegate</span></header>\n<main id=\"main\" tabindex=\"-1\">\n");
        verdict::put_verdict(&mut out, tally, self.phase, &self.judged);
        put!(out; run);
        list::put_all(&mut out, self);
        // One proposal has said it already.
        if self.seen > 1 {
            self.rules.put(&mut out);
        }
        self.judged_by.put(&mut out, tally);
        put!(out; "</main>\n<footer><p>Written by changegate ", env!("CARGO_PKG_VERSION"), ". It depends on what was judged alone: the same proposals, rules and answers give the same page.</p></footer>\n");
        head::end(&mut out, Script::Ours);
        self.out.write_all(out.as_str().as_bytes())?;
        self.out.flush()
    }
}
