//! The report for a job summary and for a comment on a pull request, as GitHub and GitLab render Markdown.
//!
//! One text serves both: it stays under the length of the shorter one, with the most important first and the rest counted.

mod inert;

use super::Report;
use super::counts::of_tally;
use super::entry::{Entry, Weight};
use super::foremost::Foremost;
use crate::evidence::{Answer, Entry as Consulted};
use crate::verdict::{Judgement, OfRun, Outcome, Tally, Terms};
use inert::{text, verbatim};
use std::fmt::Write as _;
use std::io;

/// The first line, by which the gate knows its own comment again among those of its author.
pub const MARKER: &str = "<!-- changegate -->";

/// A comment on GitHub may have 65,536 characters; some are left for who posts it.
const LONGEST: usize = 65_000;
/// Rows of findings: what the tables after them take is left.
const LONGEST_TABLE: usize = 40_000;
const LONGEST_LIST: usize = 5_000;
const LONGEST_MESSAGE: usize = 500;
const LONGEST_NAME: usize = 200;
/// No row has fewer characters than would let more of them fit.
const MOST_ROWS: usize = 1_000;
const MOST_LINES: usize = 100;

/// Whether a text begins as this report does.
pub(super) fn begins(text: &[u8]) -> bool {
    text.starts_with(MARKER.as_bytes())
}

/// Writes Markdown when all is judged.
#[derive(Debug)]
pub struct Markdown<W> {
    out: W,
    phase: &'static str,
    now: String,
    now_given: bool,
    rows: Foremost<String>,
    owed: Foremost<String>,
    accepted: Foremost<String>,
    consulted: Foremost<String>,
    unproven: usize,
}

impl<W: io::Write> Markdown<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self {
            out,
            phase: "",
            now: String::new(),
            now_given: false,
            rows: Foremost::new(MOST_ROWS),
            owed: Foremost::new(MOST_LINES),
            accepted: Foremost::new(MOST_LINES),
            consulted: Foremost::new(MOST_LINES),
            unproven: 0,
        }
    }

    fn add<'a>(&mut self, entries: impl Iterator<Item = Entry<'a>>, file: Option<&str>) {
        for entry in entries {
            self.rows.add(entry.weight, || row(&entry, file));
        }
    }

    fn add_consulted(&mut self, consulted: &Consulted) {
        let (weight, state) = match &consulted.answer {
            Answer::Unavailable { code, why, .. } => {
                self.unproven += 1;
                (Weight::Warning, format!("not to be had: {} ({})", text(why, LONGEST_MESSAGE), code.as_str()))
            }
            answer => (Weight::Note, answer.state().to_owned()),
        };
        self.consulted.add(weight, || {
            let question = text(&consulted.question.to_string(), LONGEST_NAME);
            format!("| {} | {question} | {state} |\n", consulted.question.provider().as_str())
        });
    }
}

impl<W: io::Write> Report for Markdown<W> {
    fn begin(&mut self, terms: &Terms) -> io::Result<()> {
        (self.phase, self.now, self.now_given) = (terms.phase, terms.now.clone(), terms.now_given);
        Ok(())
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        self.add(Entry::of_judgement(judgement), Some(&judgement.file));
        judgement.consulted.iter().for_each(|entry| self.add_consulted(entry));
        let file = verbatim(&judgement.file, LONGEST_NAME);
        for owed in &judgement.obligations {
            self.owed.add(Weight::Note, || {
                let due = owed
                    .due
                    .as_ref()
                    .map_or_else(|| "no day set".to_owned(), |due| format!("by {}", text(due, LONGEST_NAME)));
                let (id, what) = (verbatim(&owed.id, LONGEST_NAME), text(&owed.what, LONGEST_MESSAGE));
                format!("| {due} | {id} | {what} | {file} |\n")
            });
        }
        for accepted in &judgement.accepted {
            self.accepted.add(Weight::Note, || {
                let (by, reason) = (verbatim(&accepted.by, LONGEST_NAME), text(&accepted.reason, LONGEST_MESSAGE));
                let (path, line) = (verbatim(&accepted.path, LONGEST_NAME), accepted.place.start().line);
                format!("| {by} | {reason} | {path}, {file} line {line} |\n")
            });
        }
        Ok(())
    }

    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()> {
        self.add(Entry::of_run(of_run, tally), None);
        of_run.consulted.iter().for_each(|entry| self.add_consulted(entry));
        let outcome = tally.outcome();
        let mut out = format!("{MARKER}\n## {} changegate: {outcome}\n\n", mark(outcome));
        let given = if self.now_given { ", as given" } else { "" };
        let _ = write!(
            out,
            "{}. Phase {}, as of {}{given}.\n\n",
            of_tally(tally),
            self.phase,
            text(&self.now, LONGEST_NAME)
        );
        let _ = write!(out, "{}\n\n", next(outcome, tally));
        table(&mut out, &self.rows, "| | Where | What is wrong | What to do |\n|---|---|---|---|\n", LONGEST_TABLE);
        section(&mut out, &self.owed, "Owed afterwards", "| When | What | | Proposal |\n|---|---|---|---|\n");
        section(&mut out, &self.accepted, "Accepted by name", "| By | Why | Where |\n|---|---|---|\n");
        let evidence = match self.unproven {
            0 => "Evidence consulted".to_owned(),
            unproven => format!("Evidence consulted, {unproven} not to be had"),
        };
        section(&mut out, &self.consulted, &evidence, "| Source | Question | Answer |\n|---|---|---|\n");
        debug_assert!(out.len() < LONGEST, "{} bytes", out.len());
        self.out.write_all(out.as_bytes())?;
        self.out.flush()
    }
}

const fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "✅",
        Outcome::Blocked => "⛔",
        Outcome::Undecided => "❓",
    }
}

fn row(entry: &Entry<'_>, file: Option<&str>) -> String {
    let mark = match entry.weight {
        Weight::Fault => "❓",
        Weight::Error => "⛔",
        Weight::Warning => "⚠️",
        Weight::Note => "ℹ️",
    };
    let place = match (entry.primary, file) {
        (Some(label), _) => verbatim(&label.place.to_string(), LONGEST_NAME),
        (None, Some(file)) => verbatim(file, LONGEST_NAME),
        (None, None) => String::new(),
    };
    let help = entry.help.map(|help| text(help, LONGEST_MESSAGE)).unwrap_or_default();
    let waived = entry.waived.map_or_else(String::new, |waived| {
        let told = format!("waived by {} until {} ({}): {}", waived.by, waived.expires, waived.ticket, waived.reason);
        format!("<br>{}", text(&told, LONGEST_MESSAGE))
    });
    let (code, message) = (verbatim(entry.code, LONGEST_NAME), text(entry.headline(), LONGEST_MESSAGE));
    let rows = entry.table.map(|table| table.rows.as_slice()).unwrap_or_default().iter();
    let table: String =
        rows.map(|(what, much)| format!("<br>{}", text(&format!("{what} {much}"), LONGEST_NAME))).collect();
    format!("| {mark} {} {code} | {place} | {message}{table}{waived} | {help} |\n", entry.word)
}

/// A table of as many rows as there is room for, with how many are left out.
fn table(out: &mut String, rows: &Foremost<String>, head: &str, longest: usize) {
    let mut shown = 0;
    let start = out.len();
    for row in rows.kept() {
        if out.len() - start + row.len() > longest {
            break;
        }
        if shown == 0 {
            out.push_str(head);
        }
        out.push_str(row);
        shown += 1;
    }
    match rows.seen() - shown {
        0 => {}
        left => {
            let _ = write!(out, "\n{left} more are in the log and in the other reports.\n");
        }
    }
    if rows.seen() > 0 {
        out.push('\n');
    }
}

/// What can be unfolded.
fn section(out: &mut String, rows: &Foremost<String>, title: &str, head: &str) {
    if rows.seen() > 0 {
        let _ = write!(out, "<details><summary>{title} ({})</summary>\n\n", rows.seen());
        table(out, rows, head, LONGEST_LIST);
        out.push_str("</details>\n\n");
    }
}

/// What is to be done now, and by whom.
fn next(outcome: Outcome, tally: &Tally) -> String {
    match outcome {
        Outcome::Pass if tally.warn > 0 => "The upgrade may go ahead; the warnings do not block it.".to_owned(),
        Outcome::Pass => "The upgrade may go ahead.".to_owned(),
        Outcome::Blocked => {
            "**Next:** whoever wrote the proposal mends what is marked ⛔, and pushes. `changegate explain RULE` says why a rule is there and shows what satisfies it.".to_owned()
        }
        Outcome::Undecided => {
            "**Next:** the gate could not judge, so nothing may go ahead. Whoever runs it mends what is marked ❓, and runs it again.".to_owned()
        }
    }
}
