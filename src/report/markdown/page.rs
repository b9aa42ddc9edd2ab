//! What a report in Markdown holds, whoever fills it: the run itself, or the report for programs that it has left.

use super::idle::Idle;
use super::inert::{text, verbatim};
use super::upgrade::{self, Upgrade};
use crate::git;
use crate::report::counts::{of_tally, to_the_second, when_passed};
use crate::report::entry::{Rank, Weight};
use crate::report::foremost::Foremost;
use crate::report::mending::{meanwhile, who_mends};
use crate::verdict::{Outcome, Tally, Whose};
use std::cmp::Reverse;
use std::fmt::Write as _;

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

/// A report in the making. All texts are those of others, and are made inert here.
#[derive(Debug)]
pub struct Page {
    /// The phase in which was judged.
    pub phase: String,
    /// The time by which was judged.
    pub now: String,
    /// Whether somebody gave that time.
    pub now_given: bool,
    /// The commit that was judged, and the one that it was judged by.
    pub commits: Option<(String, String)>,
    /// The rules that have no part.
    pub idle: Idle,
    rows: Foremost<Rank, String>,
    /// Those of the change first, whatever came of them: it is they that its author looks for.
    upgrades: Foremost<(Whose, Reverse<Weight>), String>,
    owed: Foremost<(), String>,
    accepted: Foremost<(), String>,
    consulted: Foremost<Reverse<Weight>, String>,
    unproven: usize,
}

/// A finding or a fault, as a row shows it.
#[derive(Debug)]
pub struct Row<'a> {
    pub weight: Weight,
    /// `deny`, `warn` …
    pub word: &'a str,
    pub code: &'a str,
    /// The file, or the file with line and column.
    pub place: Option<String>,
    /// Why it is told, where it is of a proposal that the change leaves as it is on the base.
    pub on_base: Option<&'static str>,
    /// Without the table that it may end with.
    pub message: &'a str,
    /// Of what a figure in the message is made: what, and how much.
    pub table: &'a [(String, String)],
    pub help: Option<&'a str>,
    /// What is to be known of its weight.
    pub aside: Option<String>,
    /// By whom it is let through, until when, by which ticket and why.
    pub waived: Option<(&'a str, &'a str, &'a str, &'a str)>,
}

impl Page {
    pub const fn new() -> Self {
        Self {
            phase: String::new(),
            now: String::new(),
            now_given: false,
            commits: None,
            idle: Idle::new(),
            rows: Foremost::new(MOST_ROWS),
            upgrades: Foremost::new(MOST_LINES),
            owed: Foremost::new(MOST_LINES),
            accepted: Foremost::new(MOST_LINES),
            consulted: Foremost::new(MOST_LINES),
            unproven: 0,
        }
    }

    pub fn add<'a>(&mut self, rank: Rank, row: impl FnOnce() -> Row<'a>) {
        self.rows.add(rank, || told(&row()));
    }

    /// A proposal, whatever came of it.
    pub fn add_upgrade(&mut self, one: &Upgrade<'_>) {
        let weight = match one.outcome {
            Outcome::Undecided => Weight::Fault,
            Outcome::Blocked => Weight::Error,
            Outcome::Pass if one.left.is_some() => Weight::Note,
            Outcome::Pass => Weight::Warning,
        };
        self.upgrades.add((one.whose, Reverse(weight)), || upgrade::told(one, mark(one.outcome)));
    }

    pub fn add_owed(&mut self, (id, what, due): (&str, &str, Option<&str>), file: &str) {
        self.owed.add((), || {
            let due = due.map_or_else(|| "no day set".to_owned(), |due| format!("by {}", text(due, LONGEST_NAME)));
            let (id, what) = (verbatim(id, LONGEST_NAME), text(what, LONGEST_MESSAGE));
            format!("| {due} | {id} | {what} | {} |\n", verbatim(file, LONGEST_NAME))
        });
    }

    pub fn add_accepted(&mut self, (by, reason): (&str, &str), path: &str, (file, line): (&str, u32)) {
        self.accepted.add((), || {
            let (by, reason) = (verbatim(by, LONGEST_NAME), text(reason, LONGEST_MESSAGE));
            let (path, file) = (verbatim(path, LONGEST_NAME), verbatim(file, LONGEST_NAME));
            format!("| {by} | {reason} | {path}, {file} line {line} |\n")
        });
    }

    /// A question with what came of it: its state, or the code and the reason why nobody could tell.
    pub fn add_consulted(&mut self, (provider, question): (&str, &str), answer: Result<&str, (&str, &str)>) {
        let (weight, state) = match answer {
            Err((code, why)) => {
                self.unproven += 1;
                let code = text(code, LONGEST_NAME);
                (Weight::Warning, format!("not to be had: {} ({code})", text(why, LONGEST_MESSAGE)))
            }
            Ok(state) => (Weight::Note, text(state, LONGEST_NAME)),
        };
        self.consulted.add(Reverse(weight), || {
            let (provider, question) = (text(provider, LONGEST_NAME), text(question, LONGEST_NAME));
            format!("| {provider} | {question} | {state} |\n")
        });
    }

    /// The whole, without a marker.
    pub fn write(&self, outcome: Outcome, tally: &Tally) -> String {
        let mut out = format!("## {} changegate: {outcome}\n\n", mark(outcome));
        let given = if self.now_given { ", as given" } else { "" };
        let (phase, now) = (text(&self.phase, LONGEST_NAME), text(&to_the_second(&self.now), LONGEST_NAME));
        let _ = write!(out, "{}. Phase {phase}, as of {now}{given}", of_tally(tally));
        if let Some((head, base)) = &self.commits {
            let short = |commit: &str| verbatim(git::short(commit), LONGEST_NAME);
            let _ = write!(out, ", commit {} by the rules of {}", short(head), short(base));
        }
        let _ = write!(out, ".\n\n{}\n\n", next(outcome, tally, &self.phase));
        // Where something blocks, that comes first.
        if outcome == Outcome::Pass {
            table(&mut out, &self.upgrades, upgrade::HEAD, LONGEST_LIST);
        }
        table(&mut out, &self.rows, "| | Where | What is wrong | What to do |\n|---|---|---|---|\n", LONGEST_TABLE);
        out.push_str(&self.idle.line());
        if outcome != Outcome::Pass {
            section(&mut out, &self.upgrades, "Proposals", upgrade::HEAD);
        }
        section(&mut out, &self.owed, "Owed afterwards", "| When | What | | Proposal |\n|---|---|---|---|\n");
        section(&mut out, &self.accepted, "Accepted by name", "| By | Why | Where |\n|---|---|---|\n");
        let evidence = match self.unproven {
            0 => "Evidence consulted".to_owned(),
            unproven => format!("Evidence consulted, {unproven} not to be had"),
        };
        section(&mut out, &self.consulted, &evidence, "| Source | Question | Answer |\n|---|---|---|\n");
        debug_assert!(out.len() < LONGEST, "{} bytes", out.len());
        out
    }
}

const fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "✅",
        Outcome::Blocked => "⛔",
        Outcome::Undecided => "❓",
    }
}

fn told(row: &Row<'_>) -> String {
    let mark = match row.weight {
        Weight::Fault => "❓",
        Weight::Error => "⛔",
        Weight::Warning => "⚠️",
        Weight::Note => "ℹ️",
    };
    let place = row.place.as_deref().map(|place| verbatim(place, LONGEST_NAME)).unwrap_or_default();
    let on_base = row.on_base.map(|why| format!("<br>{why}")).unwrap_or_default();
    let help = row.help.map(|help| text(help, LONGEST_MESSAGE)).unwrap_or_default();
    let waived = row.waived.map_or_else(String::new, |(by, expires, ticket, reason)| {
        let told = format!("waived by {by} until {expires} ({ticket}): {reason}");
        format!("<br>{}", text(&told, LONGEST_MESSAGE))
    });
    let aside =
        row.aside.as_ref().map_or_else(String::new, |aside| format!("<br>blocks {}", text(aside, LONGEST_NAME)));
    let (code, message) = (verbatim(row.code, LONGEST_NAME), text(row.message, LONGEST_MESSAGE));
    let rows = row.table.iter().take(MOST_LINES);
    let table: String =
        rows.map(|(what, much)| format!("<br>{} {}", text(what, LONGEST_NAME), text(much, LONGEST_NAME))).collect();
    format!("| {mark} {} {code} | {place}{on_base} | {message}{table}{aside}{waived} | {help} |\n", row.word)
}

/// A table of as many rows as there is room for, with how many are left out.
fn table<R: Ord>(out: &mut String, rows: &Foremost<R, String>, head: &str, longest: usize) {
    let mut shown = 0;
    let start = out.len();
    for row in rows.kept() {
        // One that is too long by itself hides no other.
        if out.len() - start + row.len() > longest {
            continue;
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
            let _ = write!(out, "\n{left} more; the JSON report has them all.\n");
        }
    }
    if rows.seen() > 0 {
        out.push('\n');
    }
}

/// What can be unfolded.
fn section<R: Ord>(out: &mut String, rows: &Foremost<R, String>, title: &str, head: &str) {
    if rows.seen() > 0 {
        let _ = write!(out, "<details><summary>{title} ({})</summary>\n\n", rows.seen());
        table(out, rows, head, LONGEST_LIST);
        out.push_str("</details>\n\n");
    }
}

/// What is to be done now, and by whom.
fn next(outcome: Outcome, tally: &Tally, phase: &str) -> String {
    match outcome {
        Outcome::Pass => when_passed(tally, phase),
        Outcome::Blocked => {
            let mending = who_mends(tally, "marked ⛔", "pushes");
            format!(
                "**Next:** {mending} `changegate explain RULE` says why a rule is there and shows what satisfies it."
            )
        }
        Outcome::Undecided => {
            let meanwhile = meanwhile(tally, "marked ⛔", "pushes");
            format!(
                "**Next:** the gate could not judge, so nothing may go ahead. Whoever runs it mends what is marked ❓, and runs it again.{meanwhile}"
            )
        }
    }
}
